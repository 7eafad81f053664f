"""Run summa's TextRank."""

from __future__ import annotations

from summarize.languages import find_language


def textrank(text: str, language: str, words: int) -> list[str]:
    """Summarize in about the given number of words; the result may be longer."""
    from summa.summarizer import summarize

    name = find_language(language).name.lower()
    sentences: list[str] = summarize(text, words=words, language=name, split=True)
    return sentences

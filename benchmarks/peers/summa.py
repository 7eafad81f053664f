"""summa's TextRank as a whole system."""

from __future__ import annotations

from summarize.languages import find_language


def textrank(text: str, language: str, words: int) -> list[str]:
    """Its summary at a number of words, which it may pass: the benchmark cuts it."""
    from summa.summarizer import summarize

    name = find_language(language).name.lower()
    sentences: list[str] = summarize(text, words=words, language=name, split=True)
    return sentences

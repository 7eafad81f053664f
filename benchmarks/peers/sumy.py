"""Run sumy's summarizers with its parser, stemmer and stop words.

Regexes split sentences and words, since sumy's own tokenizer needs NLTK data that would have to be
downloaded.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any

from summarize.languages import find_language


# The ranking is slow, and the same for every length.
@lru_cache(maxsize=4)
def _order(summarizer_class: Any, text: str, language: str) -> list[tuple[int, str]]:
    """Rank the sentences; return (position, sentence) pairs, best first."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.utils import get_stop_words

    class RegexTokenizer(Tokenizer):  # type: ignore[misc]  # sumy has no types.
        def __init__(self) -> None:
            self._language = name

        def to_sentences(self, paragraph: str) -> tuple[str, ...]:
            return tuple(re.split(r"(?<=[.!?])\s+", paragraph.strip()))

        def to_words(self, sentence: str) -> tuple[str, ...]:
            return tuple(re.findall(r"[^\W\d_]+", sentence))

    def record(sentences: Any, count: Any, rating: Any, *args: Any, **kwargs: Any) -> Any:
        rate = rating.__getitem__ if isinstance(rating, dict) else rating
        rated = [(rate(s, *args, **kwargs), place, str(s)) for place, s in enumerate(sentences)]
        found.extend((place, text) for _, place, text in sorted(rated, key=lambda r: r[0], reverse=True))
        return ()

    name = find_language(language).name.lower()
    found: list[tuple[int, str]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        summarizer = summarizer_class(Stemmer(name))
        summarizer.stop_words = get_stop_words(name)
        summarizer._get_best_sentences = record
        summarizer(PlaintextParser.from_string(text, RegexTokenizer()).document, None)
    return found


def _run(summarizer_class: Any, text: str, language: str, words: int) -> list[str]:
    """Select the best sentences that fit, at least one, in reading order."""
    chosen: list[tuple[int, str]] = []
    for place, sentence in _order(summarizer_class, text, language):
        words -= len(sentence.split())
        if words < 0 and chosen:
            break
        chosen.append((place, sentence))
    return [sentence for _, sentence in sorted(chosen)]


def textrank(text: str, language: str, words: int) -> list[str]:
    """Summarize with sumy's TextRank."""
    from sumy.summarizers.text_rank import TextRankSummarizer

    return _run(TextRankSummarizer, text, language, words)


def lexrank(text: str, language: str, words: int) -> list[str]:
    """Summarize with sumy's LexRank."""
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return _run(LexRankSummarizer, text, language, words)


def lsa(text: str, language: str, words: int) -> list[str]:
    """Summarize with sumy's LSA."""
    from sumy.summarizers.lsa import LsaSummarizer

    return _run(LsaSummarizer, text, language, words)

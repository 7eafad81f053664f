"""sumy as a whole system: its parser, stemmer, stop words and summarizers.

Its own splitter needs NLTK data that must be downloaded; a regex stands in for it.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

from summarize.languages import find_language


def _run(summarizer_class: Any, text: str, language: str, words: int) -> list[str]:
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.utils import get_stop_words

    class RegexTokenizer(Tokenizer):  # type: ignore[misc]
        def __init__(self) -> None:
            self._language = name

        def to_sentences(self, paragraph: str) -> tuple[str, ...]:
            return tuple(re.split(r"(?<=[.!?])\s+", paragraph.strip()))

        def to_words(self, sentence: str) -> tuple[str, ...]:
            return tuple(re.findall(r"[^\W\d_]+", sentence))

    name = find_language(language).name.lower()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        summarizer = summarizer_class(Stemmer(name))
        summarizer.stop_words = get_stop_words(name)
        document = PlaintextParser.from_string(text, RegexTokenizer()).document
        # The longest that fits, in reading order. More sentences are never fewer words: it takes its best n.
        fits, too_many = 1, max(1, words // 12) + 1
        while too_many - fits > 1:
            middle = (fits + too_many) // 2
            if sum(len(str(s).split()) for s in summarizer(document, middle)) <= words:
                fits = middle
            else:
                too_many = middle
        return [str(sentence) for sentence in summarizer(document, fits)]


def textrank(text: str, language: str, words: int) -> list[str]:
    """sumy's TextRank."""
    from sumy.summarizers.text_rank import TextRankSummarizer

    return _run(TextRankSummarizer, text, language, words)


def lexrank(text: str, language: str, words: int) -> list[str]:
    """sumy's LexRank."""
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return _run(LexRankSummarizer, text, language, words)


def lsa(text: str, language: str, words: int) -> list[str]:
    """sumy's LSA."""
    from sumy.summarizers.lsa import LsaSummarizer

    return _run(LsaSummarizer, text, language, words)

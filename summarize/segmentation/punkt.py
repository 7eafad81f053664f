"""Sentences by the Punkt algorithm, as the second opinion to the rules.

Where Punkt's parameters come from, first that applies:

1. the text itself, when it is long enough to learn from;
2. the user's installed NLTK models, when there is one for the language;
3. nothing: Punkt without a model knows no abbreviations.

Nothing is ever downloaded. Paragraphs, wrapped lines, headings and the cutting of
overlong stretches are those of :mod:`summarize.segmentation`.

References
----------
Kiss and Strunk (2006), "Unsupervised Multilingual Sentence Boundary Detection",
Computational Linguistics 32(4), doi:10.1162/coli.2006.32.4.485.
"""

from __future__ import annotations

from nltk.data import find
from nltk.tokenize.punkt import (
    PunktLanguageVars,
    PunktParameters,
    PunktSentenceTokenizer,
    PunktTrainer,
    load_punkt_params,
)

from summarize.document import Sentence
from summarize.languages import Language
from summarize.segmentation.rules import FULL_STOPS, Habits
from summarize.segmentation.sentences import Span, build_sentences

# Fewer characters show too few abbreviations too few times: some 15,000 words of English.
_LONG_ENOUGH = 100_000


def split_sentences_punkt(text: str, language: Language) -> tuple[Sentence, ...]:
    """Sentences of a text, with the boundaries inside a paragraph found by Punkt.

    Parameters
    ----------
    text : str
        Any text at all.
    language : Language
        Names the installed model, and marks that end a sentence besides ".", "?" and "!".

    Returns
    -------
    tuple of Sentence
        As for :func:`summarize.segmentation.split_sentences`.
    """
    tokenizer = PunktSentenceTokenizer(lang_vars=_language_vars(language))
    tokenizer._params = _find_parameters(text, language)

    def find_spans(view: str, start: int, end: int, habits: Habits, casual: bool) -> list[Span]:
        return _trim(view, start, [start + stop for _, stop in tokenizer.span_tokenize(view[start:end])], end)

    return build_sentences(text, language, find_spans)


def _language_vars(language: Language) -> PunktLanguageVars:
    marks = (".", "?", "!", *language.stops, *FULL_STOPS)
    return type("_LanguageVars", (PunktLanguageVars,), {"sent_end_chars": marks})()


def _find_parameters(text: str, language: Language) -> PunktParameters:
    if len(text) >= _LONG_ENOUGH:
        return PunktTrainer(text, lang_vars=_language_vars(language)).get_params()
    try:
        return load_punkt_params(find(f"tokenizers/punkt_tab/{language.name.lower()}/"))
    except (LookupError, ValueError):
        return PunktParameters()


def _trim(view: str, start: int, stops: list[int], end: int) -> list[Span]:
    """Ranges between the stops without the white space around them."""
    spans = []
    begin = start
    for stop in [*stops, end]:
        close = stop
        while close > begin and view[close - 1].isspace():
            close -= 1
        while begin < close and view[begin].isspace():
            begin += 1
        if begin < close:
            spans.append((begin, close))
            begin = close
    return spans

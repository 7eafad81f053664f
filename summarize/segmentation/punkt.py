"""Split a text into sentences with the Punkt algorithm, as an alternative to the rules.

The parameters of Punkt come from the first of these sources that applies:

1. the text itself, if it is long enough to train on;
2. the user's installed NLTK models, if they include the language;
3. none: without a model, Punkt knows no abbreviations.

Nothing is ever downloaded. Blocks, kinds and the splitting of very long sentences are the same as in
:mod:`~summarize.segmentation.sentences`.

References
----------
Kiss and Strunk (2006), "Unsupervised Multilingual Sentence Boundary Detection",
Computational Linguistics 32(4), doi:10.1162/coli.2006.32.4.485.
"""

from __future__ import annotations

from collections.abc import Sequence

from nltk.data import find
from nltk.tokenize.punkt import (
    PunktLanguageVars,
    PunktParameters,
    PunktSentenceTokenizer,
    PunktTrainer,
    load_punkt_params,
)

from summarize.document import Block, Sentences
from summarize.languages import Language
from summarize.segmentation.rules import STRONG_TERMINATORS, Rules
from summarize.segmentation.sentences import Span, build_sentences

# Some 15,000 words of English. In a shorter text, abbreviations are too few and too rare to train on.
_MIN_TRAINING_TEXT = 100_000


def split_sentences_punkt(
    text: str, language: Language, blocks: Sequence[Block] = (), holes: Sequence[Span] = ()
) -> Sentences:
    """Split a text into sentences, with the boundaries inside a block found by Punkt.

    Parameters
    ----------
    text : str
        Any text.
    language : Language
        Selects the installed model, and the terminators in addition to ".", "?" and "!".
    blocks, holes : sequence, optional
        What the format of the text says about it, as in `summarize.document.Text`.

    Returns
    -------
    Sentences
        As from :func:`~summarize.segmentation.sentences.split_sentences`.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> [s.text for s in split_sentences_punkt("One came. Two left.", find_language("en"))]
    ['One came.', 'Two left.']
    """
    tokenizer = PunktSentenceTokenizer(lang_vars=_language_vars(language))
    tokenizer._params = _find_parameters(text, language)

    def find_spans(view: str, start: int, end: int, rules: Rules, lowercase: bool) -> list[Span]:
        return _trim(view, start, [start + stop for _, stop in tokenizer.span_tokenize(view[start:end])], end)

    return build_sentences(text, language, find_spans, blocks, holes)


def _language_vars(language: Language) -> PunktLanguageVars:
    terminators = (".", "?", "!", *language.terminators, *STRONG_TERMINATORS)
    return type("_LanguageVars", (PunktLanguageVars,), {"sent_end_chars": terminators})()


def _find_parameters(text: str, language: Language) -> PunktParameters:
    if len(text) >= _MIN_TRAINING_TEXT:
        return PunktTrainer(text, lang_vars=_language_vars(language)).get_params()
    try:
        return load_punkt_params(find(f"tokenizers/punkt_tab/{language.name.lower()}/"))
    except (LookupError, ValueError):
        return PunktParameters()


def _trim(view: str, start: int, ends: list[int], end: int) -> list[Span]:
    """Return the ranges between the given ends, without the white space around them."""
    spans = []
    begin = start
    for stop in [*ends, end]:
        close = stop
        while close > begin and view[close - 1].isspace():
            close -= 1
        while begin < close and view[begin].isspace():
            begin += 1
        if begin < close:
            spans.append((begin, close))
            begin = close
    return spans

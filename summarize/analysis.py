"""From texts to documents: language, sentences, terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summarize.document import Block, Document, Mark, Part, Sentence, Text
from summarize.tokenization.terms import find_terms, name_tokenizer

if TYPE_CHECKING:
    from summarize.languages import Language
    from summarize.settings import Method


def analyze(text: Text, method: Method) -> Document:
    """Find the sentences of a text and their terms.

    Parameters
    ----------
    text : Text
    method : Method
        Its language, segmenter, title and query are used. Without a title, that of the text is.

    Returns
    -------
    Document
    """
    language = method.language or _detect(_select_prose(text))
    sentences = method.split(text.text, language, text.blocks, text.holes)
    title = method.settings.title or text.title
    return _build(text, sentences, language, method, title=title)


def analyze_together(texts: Sequence[Text], method: Method) -> Document:
    """Find the sentences of several texts and their terms, as one document.

    Parameters
    ----------
    texts : sequence of Text
        In the order in which they are read.
    method : Method
        As for `analyze`; by default, the language is the one that most of the text is in. Without a title,
        the titles of all texts are used.

    Returns
    -------
    Document
        Its text is all texts joined by empty lines; its `parts` say which range belongs to which text.
    """
    joined = "\n\n".join(text.text for text in texts)
    language = method.language or _detect("\n\n".join(map(_select_prose, texts)))
    sentences: list[Sentence] = []
    parts: list[Part] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    start = paragraph = 0
    for text in texts:
        first = len(sentences)
        for s in method.split(text.text, language, text.blocks, text.holes):
            span = (len(sentences), s.start + start, s.end + start, s.text, s.paragraph + paragraph)
            sentences.append(Sentence(*span, s.kind, s.shown))
        blocks += [replace(block, start=block.start + start, end=block.end + start) for block in text.blocks]
        marks += [replace(mark, start=mark.start + start) for mark in text.marks]
        parts.append(Part(text.source, start, start + len(text.text), first, len(sentences)))
        start += len(text.text) + 2
        paragraph = sentences[-1].paragraph + 1 if sentences else 0
    title = method.settings.title or "\n".join(text.title for text in texts if text.title) or None
    whole = Text(joined, tuple(blocks), marks=tuple(marks))
    return _build(whole, tuple(sentences), language, method, title=title, parts=tuple(parts))


def _select_prose(text: Text) -> str:
    """Return what shows the language of a text: its prose, without the wrapper around it."""
    if not text.blocks:
        return text.text
    return "\n".join(text.text[block.start : block.end] for block in text.blocks if block.is_prose)


def _detect(text: str) -> Language:
    from summarize.languages.detection import detect_language

    return detect_language(text)


def _build(
    text: Text,
    sentences: tuple[Sentence, ...],
    language: Language,
    method: Method,
    *,
    title: str | None,
    parts: tuple[Part, ...] = (),
) -> Document:
    """Find the terms of the sentences, the title and the query, and number them together."""
    n = len(sentences)
    query = method.settings.query
    texts = [s.text if s.shown is None or s.kind == "heading" else s.shown for s in sentences]
    labels = _find_labels(sentences, text.blocks)
    for index, label in labels.items():
        texts[index] = texts[index][len(label) :]
    terms = find_terms([*texts, title or "", query or "", *labels.values()], language)
    ids = np.array(terms.ids, dtype=np.int32)
    offsets = np.array(terms.offsets, dtype=np.int64)
    # Terms are numbered by first appearance: those of the sentences come first, then those of the title.
    n_known = int(ids[: offsets[n]].max(initial=-1)) + 1
    n_terms = max(n_known, int(ids[: offsets[n + 1]].max(initial=-1)) + 1)
    asked = ids[offsets[n + 1] : offsets[n + 2]]
    n_words = np.array(terms.n_words[:n], dtype=np.int64)
    n_words[list(labels)] += np.array(terms.n_words[n + 2 :], dtype=np.int64)
    return Document(
        text=text.text,
        sentences=sentences,
        language=language.code,
        source=text.source,
        terms=ids[: offsets[n]],
        offsets=offsets[: n + 1],
        vocabulary=terms.vocabulary[:n_terms],
        n_words=n_words,
        segmenter=method.settings.segmenter,
        tokenizer=name_tokenizer(language),
        title=tuple(ids[offsets[n] : offsets[n + 1]].tolist()),
        parts=parts,
        blocks=text.blocks,
        marks=text.marks,
        query=tuple(asked[asked < n_known].tolist()),
    )


def _find_labels(sentences: tuple[Sentence, ...], blocks: tuple[Block, ...]) -> dict[int, str]:
    """Find the sentences that begin with the name of their speaker, which is printed but not compared."""
    turns = {block.start: block.speaker for block in blocks if block.kind == "speech" and block.speaker}
    labels = {}
    for sentence in sentences if turns else ():
        speaker = turns.get(sentence.start)
        if speaker and sentence.text.startswith(speaker):
            colon = len(speaker) + len(sentence.text[len(speaker) :].partition(" ")[0]) + 1
            labels[sentence.index] = sentence.text[:colon]
    return labels

"""Turn texts into documents: language, sentences, terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from summarize.document import CANDIDATES, Block, Document, Mark, Part, Sentence, Sentences, Text
from summarize.errors import InputError
from summarize.languages import GENERIC, Language
from summarize.places import Place, find_places, parse_pages
from summarize.tokenization.terms import Terms, find_terms_each, name_tokenizer

if TYPE_CHECKING:
    from summarize.settings import Method, Settings

# Number of sentences whose strings are in memory at a time.
_SLICE = 1_000
# Characters that show the language of one of several texts.
_MIN_DETECTED = 200


def analyze(text: Text, method: Method) -> Document:
    """Find the sentences of a text and their terms.

    Parameters
    ----------
    text : Text
    method : Method
        Its language, segmenter, title and query are used; if it has no title, that of the text.

    Returns
    -------
    Document
    """
    [document] = analyze_each([text], method)
    return document


def analyze_each(texts: Sequence[Text], method: Method) -> list[Document]:
    """Find the sentences of each text and their terms as `analyze` does, but faster.

    Parameters
    ----------
    texts : sequence of Text
        A few dozen. Each document depends only on its own text.
    method : Method

    Returns
    -------
    list of Document
        One for each text.

    Notes
    -----
    Each stage runs for all texts before the next begins, because code that stays in the caches of the
    processor runs faster.
    """
    languages = [method.language or _detect(_select_prose(text)) for text in texts]
    split = [
        Sentences.of(text.text, method.split(text.text, language, text.blocks, text.holes))
        for text, language in zip(texts, languages, strict=True)
    ]
    drafts = [
        _Draft(text, sentences, language, method.settings.title or text.title)
        for text, sentences, language in zip(texts, split, languages, strict=True)
    ]
    return _build_each(drafts, method)


def analyze_together(texts: Sequence[Text], method: Method) -> Document:
    """Find the sentences of several texts and their terms, as one document.

    Parameters
    ----------
    texts : sequence of Text
        In the order in which they are read.
    method : Method
        As for `analyze`; by default, the language is the one that most of the text is in, and each text is
        split by the rules of its own. Without a title, the titles of all texts are used.

    Returns
    -------
    Document
        Its text is all texts joined by blank lines; its `parts` say which range belongs to which text.
    """
    joined = "\n\n".join(text.text for text in texts)
    proses = [*map(_select_prose, texts)]
    language = method.language or _detect("\n\n".join(proses))
    columns: tuple[list[Any], ...] = ([], [], [], [], [])
    parts: list[Part] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    start = paragraph = 0
    for text, prose in zip(texts, proses, strict=True):
        rules = method.language or _detect_part(prose, language)
        own = Sentences.of(text.text, method.split(text.text, rules, text.blocks, text.holes))
        first = len(columns[0])
        columns[0].extend(each + start for each in own.starts)
        columns[1].extend(each + start for each in own.ends)
        columns[2].extend(each + paragraph for each in own.paragraphs)
        columns[3].extend(own.kinds)
        columns[4].extend(own.shown)
        blocks += [block._replace(start=block.start + start, end=block.end + start) for block in text.blocks]
        marks += [mark._replace(start=mark.start + start) for mark in text.marks]
        parts.append(Part(text.source, start, start + len(text.text), first, len(columns[0])))
        start += len(text.text) + 2
        paragraph = columns[2][-1] + 1 if columns[2] else 0
    title = method.settings.title or "\n".join(text.title for text in texts if text.title) or None
    whole = Text(joined, tuple(blocks), marks=tuple(marks))
    draft = _Draft(whole, Sentences(joined, *columns), language, title, tuple(parts))
    [document] = _build_each([draft], method)
    return document


def _select_prose(text: Text) -> str:
    """Return what tells the language of a text: its prose, without the wrapper around it."""
    if not text.blocks:
        return text.text
    return "\n".join(text.text[block.start : block.end] for block in text.blocks if block.is_prose)


def _detect(text: str) -> Language:
    from summarize.languages.detection import detect_language

    return detect_language(text)


def _detect_part(text: str, whole: Language) -> Language:
    """Detect the language of one of several texts; that of the whole if the text does not show it."""
    found = _detect(text) if len(text) >= _MIN_DETECTED else GENERIC
    return whole if found is GENERIC else found


class _Draft(NamedTuple):
    """What a document is built from."""

    text: Text
    sentences: Sentences
    language: Language
    title: str | None
    parts: tuple[Part, ...] = ()


def _build_each(drafts: Sequence[_Draft], method: Method) -> list[Document]:
    """Find the terms of the sentences, the title and the query of each document, and number them together."""
    query = method.settings.query or ""
    labels = [_find_labels(draft.sentences, draft.text.blocks) for draft in drafts]
    strings = [
        _Compared(draft.sentences, own, (draft.title or "", query, *own.values()))
        for draft, own in zip(drafts, labels, strict=True)
    ]
    places: dict[Language, list[int]] = {}
    for i, draft in enumerate(drafts):
        places.setdefault(draft.language, []).append(i)
    terms: dict[int, Terms] = {}
    for language, own_places in places.items():
        found = find_terms_each([strings[i] for i in own_places], language)
        terms.update(zip(own_places, found, strict=True))
    return [
        _build(draft, own, terms[i], method)
        for i, (draft, own) in enumerate(zip(drafts, labels, strict=True))
    ]


class _Compared(Sequence[str]):
    """The strings to tokenize: sentences as printed, without the names of speakers, and then others."""

    def __init__(self, sentences: Sentences, labels: dict[int, str], others: tuple[str, ...]) -> None:
        self._sentences, self._labels, self._others = sentences, labels, others

    def __len__(self) -> int:
        return len(self._sentences) + len(self._others)

    def __iter__(self) -> Iterator[str]:
        starts = range(0, len(self), _SLICE)
        return chain.from_iterable(self[first : first + _SLICE] for first in starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        start, stop, _ = place.indices(len(self))
        n = len(self._sentences)
        others = self._others[max(start - n, 0) : max(stop - n, 0)]
        return [*self._strip(self._sentences[start:stop]), *others]

    def _strip(self, sentences: Sequence[Sentence]) -> list[str]:
        texts = [s.text if s.shown is None or s.kind == "heading" else s.shown for s in sentences]
        for place, sentence in enumerate(sentences) if self._labels else ():
            texts[place] = texts[place][len(self._labels.get(sentence.index, "")) :]
        return texts


def _build(draft: _Draft, labels: dict[int, str], terms: Terms, method: Method) -> Document:
    """Build a document from the terms of its sentences, its title, its query and its labels."""
    text, sentences, language, title, parts = draft
    n = len(sentences)
    ids, offsets, n_words = terms.ids, terms.offsets, terms.n_words[:n]
    # Terms are numbered by first appearance: first those of the sentences, then those of the title.
    n_terms = n_known = len(terms.vocabulary)
    if len(ids) > offsets[n]:
        n_known = int(ids[: offsets[n]].max(initial=-1)) + 1
        n_terms = max(n_known, int(ids[: offsets[n + 1]].max(initial=-1)) + 1)
    asked = ids[offsets[n + 1] : offsets[n + 2]]
    if labels:
        n_words[list(labels)] += terms.n_words[n + 2 :]
    document = Document(
        text=text.text,
        sentences=sentences,
        language=language.code,
        source=text.source,
        terms=ids[: offsets[n]],
        offsets=offsets[: n + 1],
        vocabulary=terms.vocabulary[:n_terms],
        n_words=n_words,
        cues=terms.cues[:n],
        segmenter=method.settings.segmenter,
        tokenizer=name_tokenizer(language),
        title=tuple(ids[offsets[n] : offsets[n + 1]].tolist()),
        parts=parts,
        blocks=text.blocks,
        marks=text.marks,
        query=tuple(asked[asked < n_known].tolist()),
    )
    settings = method.settings
    if settings.pages is None and settings.section is None and settings.exclude_section is None:
        return document
    return _restrict(document, settings)


def _restrict(document: Document, settings: Settings) -> Document:
    """Keep the sentences of some pages and sections; the others become ``"excluded"``."""
    places = find_places(document, range(len(document)))
    pages = parse_pages(settings.pages) if settings.pages is not None else None
    wanted, unwanted = ((each or "").casefold() for each in (settings.section, settings.exclude_section))
    sentences = document.sentences
    kinds = []
    for kind, place in zip(sentences.kinds, places, strict=True):
        number = place.page or place.slide
        sections = [each.casefold() for each in place.section]
        is_wanted = (
            (pages is None or (number is not None and any(number in each for each in pages)))
            and (not wanted or any(wanted in each for each in sections))
            and (not unwanted or not any(unwanted in each for each in sections))
        )
        kinds.append(kind if is_wanted else "excluded")
    if CANDIDATES.isdisjoint(kinds):
        raise InputError(document.source or "the text", _explain_nothing(settings, places))
    return replace(document, sentences=sentences.replace_kinds(kinds))


def _explain_nothing(settings: Settings, places: list[Place]) -> str:
    """Explain that no sentence is on the pages, or in the sections, that were asked for."""
    if settings.pages is not None and settings.section is None:
        numbers = [number for place in places if (number := place.page or place.slide)]
        found = f"pages {min(numbers)} to {max(numbers)}" if numbers else "no pages"
        return f"has no text on the pages {settings.pages}; it has {found}"
    names = list(dict.fromkeys(name for place in places for name in place.section))
    found = ", ".join(map(repr, names[:10])) or "no sections"
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    asked = settings.section if settings.section is not None else f"outside {settings.exclude_section}"
    return f"has no text in the section {asked!r}; it has {found}{more}"


def _find_labels(sentences: Sentences, blocks: tuple[Block, ...]) -> dict[int, str]:
    """Find the sentences that begin with the name of their speaker, which is printed but not compared."""
    turns = {block.start: block.speaker for block in blocks if block.kind == "speech" and block.speaker}
    labels = {}
    for index, start in enumerate(sentences.starts) if turns else ():
        speaker = turns.get(start)
        text = sentences[index].text if speaker else ""
        if speaker and text.startswith(speaker):
            colon = len(speaker) + len(text[len(speaker) :].partition(" ")[0]) + 1
            labels[index] = text[:colon]
    return labels

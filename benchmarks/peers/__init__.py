"""Other people's summarizers, whole, with their own sentences: one file a peer, one line here.

A peer is a callable ``(text, language, words) -> list of sentences`` in reading order; the benchmark
cuts what it returns at the cap. What it raises counts as no summary of that document.
"""

from __future__ import annotations

import importlib.util
from typing import NamedTuple


class Entry(NamedTuple):
    """Where a peer is, the package it needs, what it was given, and its languages (none: it says itself)."""

    module: str
    function: str
    package: str
    distribution: str
    fairness: str
    languages: tuple[str, ...] = ()


PEERS = {
    "peer:sumy-textrank": Entry(
        "benchmarks.peers.sumy",
        "textrank",
        "sumy",
        "sumy",
        "its stemmer and stop words; a regex for sentences and words in place of NLTK data to be downloaded; "
        "as many sentences as fit",
    ),
    "peer:sumy-lexrank": Entry("benchmarks.peers.sumy", "lexrank", "sumy", "sumy", "the same"),
    "peer:sumy-lsa": Entry("benchmarks.peers.sumy", "lsa", "sumy", "sumy", "the same"),
    "peer:summa": Entry(
        "benchmarks.peers.summa", "textrank", "summa", "summa", "the cap as its words=; its own splitter"
    ),
    "peer:newspaper": Entry(
        "benchmarks.peers.newspaper",
        "frequency",
        "newspaper",
        "newspaper4k",
        "the first line as title; a regex for sentences in place of NLTK data; the best that fit",
        ("en", "de", "fr", "es", "ru", "pt", "it"),
    ),
    "peer:pysummarization": Entry(
        "benchmarks.peers.pysummarization",
        "frequency",
        "pysummarization",
        "pysummarization",
        "its plain tokenizer and its best sentences, one for every twenty words of the cap",
        ("en",),
    ),
}
DISTRIBUTIONS = tuple(dict.fromkeys(entry.distribution for entry in PEERS.values()))


def installed() -> dict[str, Entry]:
    """The peers that can run here."""
    return {name: entry for name, entry in PEERS.items() if importlib.util.find_spec(entry.package)}

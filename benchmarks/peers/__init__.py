"""Other people's summarizers, whole, with their own sentences: one file a peer, one line here.

A peer is a callable ``(text, language, words) -> list of sentences``, best first where it says so; the
benchmark cuts what it returns at the cap, and says so.
"""

from __future__ import annotations

import importlib.util
from typing import NamedTuple


class Entry(NamedTuple):
    """Where a peer is, the package it needs, and what it was given."""

    module: str
    function: str
    package: str
    fairness: str


PEERS = {
    "peer:sumy-textrank": Entry(
        "benchmarks.peers.sumy",
        "textrank",
        "sumy",
        "its stemmer and stop words; a regex for sentences and words",
    ),
    "peer:sumy-lexrank": Entry("benchmarks.peers.sumy", "lexrank", "sumy", "the same"),
    "peer:sumy-lsa": Entry("benchmarks.peers.sumy", "lsa", "sumy", "the same"),
    "peer:summa": Entry("benchmarks.peers.summa", "textrank", "summa", "the cap as words=, its own splitter"),
    "peer:newspaper": Entry(
        "benchmarks.peers.newspaper", "frequency", "newspaper", "the first line as title; English only"
    ),
    "peer:pysummarization": Entry(
        "benchmarks.peers.pysummarization",
        "frequency",
        "pysummarization",
        "its default abstractor; English only",
    ),
}


def installed() -> dict[str, Entry]:
    """The peers that can run here."""
    return {name: entry for name, entry in PEERS.items() if importlib.util.find_spec(entry.package)}

"""Run summarizers of other packages as complete systems.

A peer is a function ``(text, language, words) -> list of sentences``, in reading order. The benchmark
truncates the result to the maximum length, and treats an exception as a missing summary. To add a peer,
add a module and an entry in `PEERS`.
"""

from __future__ import annotations

import importlib.util
from typing import NamedTuple


class Peer(NamedTuple):
    """A summarizer of another package.

    Attributes
    ----------
    module, function : str
        Location of the wrapper.
    package, distribution : str
        Import name and distribution name of the package.
    setup : str
        How the peer is run.
    languages : tuple of str
        Codes of the supported languages. If empty, the peer raises an error for those it does not support.
    """

    module: str
    function: str
    package: str
    distribution: str
    setup: str
    languages: tuple[str, ...] = ()


PEERS = {
    "peer:sumy-textrank": Peer(
        "benchmarks.peers.sumy",
        "textrank",
        "sumy",
        "sumy",
        "its own stemmer and stop words; a regex splits sentences and words, since NLTK's data would be a "
        "download; as many sentences as fit",
    ),
    "peer:sumy-lexrank": Peer("benchmarks.peers.sumy", "lexrank", "sumy", "sumy", "as above"),
    "peer:sumy-lsa": Peer("benchmarks.peers.sumy", "lsa", "sumy", "sumy", "as above"),
    "peer:summa": Peer(
        "benchmarks.peers.summa",
        "textrank",
        "summa",
        "summa",
        "the maximum length as words=; its own sentence splitter",
    ),
    "peer:newspaper": Peer(
        "benchmarks.peers.newspaper",
        "frequency",
        "newspaper",
        "newspaper4k",
        "the first line as the title; a regex splits sentences; the best sentences that fit",
        ("en", "de", "fr", "es", "ru", "pt", "it"),
    ),
    "peer:pysummarization": Peer(
        "benchmarks.peers.pysummarization",
        "frequency",
        "pysummarization",
        "pysummarization",
        "its simple tokenizer; its best sentences, one for every twenty words of the maximum length",
        ("en",),
    ),
}
DISTRIBUTIONS = tuple(dict.fromkeys(peer.distribution for peer in PEERS.values()))


def installed() -> dict[str, Peer]:
    """Return the peers whose package is installed."""
    return {name: peer for name, peer in PEERS.items() if importlib.util.find_spec(peer.package)}

"""Fill a length with sentences, one by one: what all selectors share.

A selector gives each sentence a value, which depends on those already chosen. The rest is the same for all:
whole sentences come before fragments, no text is repeated, the sentences of a long text come from all of it,
several texts take turns, and the length is never exceeded.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from summarize.document import CANDIDATES
from summarize.features.asides import Asides
from summarize.features.query import find_about
from summarize.selectors.budget import measure_costs
from summarize.selectors.fragments import Crumbs, Fragments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document
    from summarize.length import Length

# The order of choice. Promised sentences complete a quotation that has been started.
_PROMISED, _WHOLE, _TOGETHER, _LEANING, _CRUMB, _QUOTED, _NEVER = range(7)
# From this many sentences on, a text is divided into sections that take turns.
_MIN_LONG = 1500
_N_SECTIONS = 10
# Sentences that a section may give in one turn, in a text of `_MIN_LONG` sentences.
_MAX_FROM_SECTION = 3


def fill(
    document: Document,
    scores: NDArray[np.float64],
    length: Length,
    value: Callable[[int], float],
    add: Callable[[int], None] | None = None,
    *,
    bounds: Sequence[float] | None = None,
    tolerance: float = math.inf,
) -> list[int]:
    """Choose the most valuable sentence that fits, again and again.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
        Scores of a ranker. Only their order matters: a ranking in the order of the text is not spread over
        the sections of a long text.
    length : Length
    value : callable
        From the index of a sentence to its value, given the sentences chosen so far; ``-inf`` drops the
        sentence. As sentences are chosen, values may only decrease, except that of the sentence right after
        a chosen one.
    add : callable, optional
        Called with the index of each chosen sentence.
    bounds : sequence of float, optional
        Upper bounds of the values, which make it unnecessary to compute most values.
    tolerance : float
        Stop when the best sentence that still fits is worth less, by more than this, than one that did not
        fit.

    Returns
    -------
    list of int
        Indices of the sentences, in the order of choice. No text is repeated, up to white space.

    Notes
    -----
    Sentences that stand on their own come first. Fragments, asides and crumbs (see `Fragments`,
    `Asides` and `Crumbs`) follow if the length is in sentences, then what a mail quotes of another; in any
    other length, the room stays empty unless there is nothing else.

    If there is a query, only sentences about it are chosen. From 1,500 sentences on, the ten sections of a
    text take turns, which are shorter the longer the text is. Of several texts, each has a turn before any
    has a second one, if there is room for a sentence of each.

    Values only decrease, so each is updated only when it reaches the top of a heap [1]_.

    References
    ----------
    .. [1] Minoux 1978, doi:10.1007/BFb0006528

    Examples
    --------
    >>> from summarize import segment
    >>> from summarize.length import Length
    >>> text = "And now? The council of the town wants a new bridge. The old bridge fell on Monday."
    >>> document = segment(text)
    >>> scores = np.array([3.0, 2.0, 1.0])
    >>> fill(document, scores, Length(20, "words"), scores.tolist().__getitem__)
    [1, 2]
    >>> fill(document, scores, Length(3, "sentences"), scores.tolist().__getitem__)
    [1, 2, 0]
    """
    return _Filling(document, scores, length, value, add, bounds, tolerance).run()


class _Filling:
    """The state of one selection."""

    def __init__(
        self,
        document: Document,
        scores: NDArray[np.float64],
        length: Length,
        value: Callable[[int], float],
        add: Callable[[int], None] | None,
        bounds: Sequence[float] | None,
        tolerance: float,
    ) -> None:
        self.sentences = document.sentences
        self.costs, self.left = measure_costs(document, length)
        self.limit = self.left
        self.in_sentences = length.unit == "sentences"
        self.value, self.add, self.tolerance = value, add, tolerance
        self.bound = value if bounds is None else bounds.__getitem__
        self.fragments = Fragments(document)
        self.tiers = [_WHOLE if kind in CANDIDATES else _NEVER for kind in self.sentences.kinds]
        for i in self.fragments.led:
            self.tiers[i] = max(self.tiers[i], _LEANING)
        for i, kind in enumerate(self.sentences.kinds) if document.blocks else ():
            if kind == "quoted":
                self.tiers[i] = _QUOTED
        if document.query:
            for i in (~find_about(document)).nonzero()[0].tolist():
                self.tiers[i] = _NEVER
        # Whether a sentence is torn, an aside or a crumb is determined only when it comes first.
        self.asides, self.crumbs = Asides(document), Crumbs(document)
        self.is_sorted, self.is_read = bytearray(len(document)), bytearray(len(document))
        self.groups = _Groups(document, scores, self.costs, self.left, in_sentences=self.in_sentences)
        self.chosen: list[int] = []
        self.done: set[int] = set()
        self.seen: set[str] = set()
        # For each group, tier, value (negative) and index of its sentences; a value is an upper bound.
        self.heaps: list[list[tuple[int, float, int]]] = [[] for _ in range(len(self.groups))]
        # Tier, turn, value, index and group of the first sentence of each group.
        self.firsts: list[tuple[int, int, float, int, int]] = []

    def run(self) -> list[int]:
        costs, left, bound = self.costs, self.left, self.bound
        fitting = [
            (tier, -bound(i), i) for i, tier in enumerate(self.tiers) if tier < _NEVER and costs[i] <= left
        ]
        if len(self.heaps) == 1:
            self.heaps[0] = fitting
        else:
            for entry in fitting:
                self.heaps[self.groups.find(entry[-1])].append(entry)
        for group, heap in enumerate(self.heaps):
            heapq.heapify(heap)
            self._announce(group)
        min_cost = min(self.costs, default=0)
        # Rises when a sentence does not fit, so that much weaker ones do not take its place.
        min_value = -math.inf
        while self.firsts and self.left >= min_cost:
            tier, turn, stale, i, group = heapq.heappop(self.firsts)
            heap = self.heaps[group]
            if not heap or heap[0] != (tier, stale, i):
                continue  # Another sentence is now the first of the group, and is in `firsts` already.
            heapq.heappop(heap)
            if i not in self.done:
                self._sort(i)
                value = self.value(i)
                current = (self.tiers[i], self.groups.count_turns(group), -value)
                if current != (tier, turn, stale):
                    heapq.heappush(heap, (self.tiers[i], -value, i))
                elif tier >= _LEANING and self.chosen and not self.in_sentences:
                    break
                elif value == -math.inf:
                    self.done.add(i)
                elif not self._fits(i):
                    if tier == _TOGETHER:
                        self.tiers[i] = _LEANING
                        heapq.heappush(heap, (_LEANING, -value, i))
                    else:
                        self.done.add(i)
                    min_value = max(min_value, value - self.tolerance)
                elif value < min_value:
                    break
                else:
                    self._choose(i, group)
            self._announce(group)
        return self.chosen

    def _sort(self, i: int) -> None:
        """Put a sentence into a lower tier if it is torn, an aside or a crumb."""
        if self.is_sorted[i]:
            return
        self.is_sorted[i] = True
        self._tear(i)
        if self.tiers[i] < _CRUMB and i in self.crumbs:
            self.tiers[i] = _CRUMB
        elif self.tiers[i] < _LEANING and i in self.asides:
            self.tiers[i] = _LEANING

    def _tear(self, i: int) -> None:
        """Put a sentence into a lower tier if it is torn."""
        if not self.is_read[i]:
            self.is_read[i] = True
            if self.tiers[i] < _LEANING and self.fragments.is_torn(i):
                self.tiers[i] = _LEANING if self.fragments.find_unit(i) is None else _TOGETHER

    def _list_members(self, i: int) -> list[int]:
        """List the sentences that are chosen together with one."""
        if self.tiers[i] != _TOGETHER or self.in_sentences:
            return [i]
        unit = self.fragments.find_unit(i) or (i,)
        return [k for k in unit if self.tiers[k] < _NEVER and k not in self.done]

    def _fits(self, i: int) -> bool:
        return sum(self.costs[k] for k in self._list_members(i)) <= self.left

    def _choose(self, i: int, group: int) -> None:
        for k in self._list_members(i):
            self.done.add(k)
            text = " ".join(self.sentences[k].text.split())
            if text in self.seen:
                continue
            self.seen.add(text)
            self.chosen.append(k)
            self.left -= self.costs[k]
            if self.add is not None:
                self.add(k)
            self.groups.add(self.groups.find(k))
            self._release(k)

    def _release(self, i: int) -> None:
        """Put back the sentences that become better by the choice of another one."""
        self._tear(i)
        if i + 1 < len(self.tiers):
            self._put(i + 1)
        unit = self.fragments.find_unit(i)
        if unit is None:
            return
        rest = [k for k in unit if k not in self.done and self.tiers[k] < _NEVER]
        # A quotation that is started is completed; a lead-in may follow once all that it leads to is chosen.
        if self.tiers[i] == _TOGETHER or len(rest) == 1:
            for k in rest:
                self._sort(k)
                if self.tiers[k] in (_TOGETHER, _LEANING):
                    self.tiers[k] = _PROMISED if self.tiers[i] == _TOGETHER else _WHOLE
                    self._put(k)

    def _put(self, i: int) -> None:
        # One that no longer fits still sets the value that weaker ones must reach.
        if self.tiers[i] < _NEVER and i not in self.done and self.costs[i] <= self.limit:
            group = self.groups.find(i)
            heapq.heappush(self.heaps[group], (self.tiers[i], -self.bound(i), i))
            self._announce(group)

    def _announce(self, group: int) -> None:
        heap = self.heaps[group]
        if heap:
            tier, value, i = heap[0]
            heapq.heappush(self.firsts, (tier, self.groups.count_turns(group), value, i, group))


class _Groups:
    """Sections of a long text, or several texts, which take turns.

    So the ten sentences for a novel come from all of it, and the summary of three texts from each of them.
    """

    def __init__(
        self,
        document: Document,
        scores: NDArray[np.float64],
        costs: list[int],
        budget: int,
        *,
        in_sentences: bool,
    ) -> None:
        n = len(document)
        texts = [(part.first, part.stop) for part in document.parts] or [(0, n)]
        self._starts: list[int] = []
        self._text_of: list[int] = []
        # Number of sentences that a section gives in one turn.
        self._per_turn: list[int] = []
        spread = n >= _MIN_LONG and not bool((np.diff(scores) <= 0).all())
        for text, (first, stop) in enumerate(texts):
            size = stop - first
            n_sections = _N_SECTIONS if spread and size >= _MIN_LONG else 1
            for section in range(n_sections):
                self._starts.append(first + size * section // n_sections)
                self._text_of.append(text)
                most = max(1, _MAX_FROM_SECTION * _MIN_LONG // size) if n_sections > 1 else n + 1
                self._per_turn.append(most)
        self._counts = [0] * len(self._starts)
        self._in_text = [0] * len(texts)
        # For a length in sentences always, so that a shorter summary is the beginning of a longer one.
        typical = 1 if in_sentences or not n else sorted(costs)[n // 2]
        self._all_texts = len(texts) > 1 and (in_sentences or typical * len(texts) <= budget)

    def __len__(self) -> int:
        return len(self._starts)

    def find(self, i: int) -> int:
        """Find the group of a sentence. An empty text has no group."""
        return bisect_right(self._starts, i) - 1

    def add(self, group: int) -> None:
        self._counts[group] += 1
        self._in_text[self._text_of[group]] += 1

    def count_turns(self, group: int) -> int:
        """Count the turns that a group has had. Of several texts, those without a turn come first."""
        turns = self._counts[group] // self._per_turn[group]
        if self._all_texts and self._in_text[self._text_of[group]]:
            turns += len(self._starts) + 1
        return turns

"""Each term keeps a number of its own, whatever interrupts the numbering."""

from __future__ import annotations

import pytest

from summarize.languages import find_language
from summarize.tokenization.forms import Forms
from summarize.tokenization.words import load_word_finder


class Interrupted(list[str]):
    """A list whose first `append` is interrupted, before or after it has done its work."""

    def __init__(self, *, late: bool) -> None:
        super().__init__()
        self._late, self._is_first = late, True

    def append(self, term: str) -> None:
        if self._late or not self._is_first:
            super().append(term)
        if self._is_first:
            self._is_first = False
            raise KeyboardInterrupt


@pytest.mark.parametrize("late", [False, True])
def test_interrupted_numbering_gives_no_two_terms_one_number(late: bool) -> None:
    language = find_language("en")
    forms = Forms(language, load_word_finder(language))
    forms.terms = Interrupted(late=late)
    with pytest.raises(KeyboardInterrupt):
        forms["cats"]
    assert [forms.terms[forms[form]] for form in ("dogs", "cats", "dogs,", "cats.")] == [
        "dog",
        "cat",
        "dog",
        "cat",
    ]

"""Errors: their messages, their attributes, and their way through pickle."""

from __future__ import annotations

import pickle
import re

import pytest

from summarize import errors, summarize
from summarize.errors import (
    DocumentError,
    InputError,
    LengthError,
    MissingExtraError,
    OptionError,
    SummarizeError,
    UnknownNameError,
)
from summarize.rankers import RANKERS

RAISED = [
    InputError("a.pdf", "is a PDF document"),
    DocumentError("a.txt", "took more than 2 s"),
    LengthError("not a length: 'x'"),
    OptionError("weight: found 2"),
    UnknownNameError("ranker", "textrnk", ["lead", "textrank"]),
    MissingExtraError("html", "reading a web page", "page.html"),
]


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_pickle_keeps_message_and_attributes(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (str(copy), vars(copy)) == (str(error), vars(error))


@pytest.mark.parametrize(
    "kind",
    [value for name, value in vars(errors).items() if name.endswith("Error")],
    ids=lambda kind: kind.__name__,
)
def test_every_error_is_a_summarize_error(kind):
    assert issubclass(kind, SummarizeError)


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_every_attribute_is_documented_and_annotated(error):
    documented = "\n".join(
        kind.__doc__ or "" for kind in type(error).__mro__ if kind.__module__ == errors.__name__
    )
    annotated = {name for kind in type(error).__mro__ for name in kind.__dict__.get("__annotations__", ())}
    for name in vars(error):
        assert re.search(rf"^ *{name} : ", documented, re.MULTILINE)
        assert name in annotated


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("textrnk", "textrank"),
        ("TextRank", "textrank"),
        ("LEAD", "lead"),
        ("lexrnk", "lexrank"),
        ("zzz", None),
        ("", None),
    ],
)
def test_most_similar_name_is_suggested(name, suggestion):
    assert UnknownNameError("ranker", name, ["lead", "lexrank", "textrank"]).suggestion == suggestion


def test_message_with_a_suggestion():
    error = UnknownNameError("ranker", "textrnk", ["lead", "textrank"])
    assert str(error) == "unknown ranker 'textrnk'; did you mean 'textrank'? accepted: lead, textrank"


def test_message_without_a_suggestion():
    error = UnknownNameError("ranker", "bert", ["lead", "textrank"])
    assert str(error) == "unknown ranker 'bert'; accepted: lead, textrank"


def test_name_that_is_not_a_string_has_no_suggestion():
    assert UnknownNameError("ranker", 3, RANKERS).suggestion is None


def test_misspelled_ranker_raises_an_error_with_a_suggestion():
    with pytest.raises(UnknownNameError) as caught:
        summarize("One. Two.", ranker="textrnk")
    assert (caught.value.kind, caught.value.name) == ("ranker", "textrnk")
    assert caught.value.known == tuple(RANKERS)
    assert caught.value.suggestion == "textrank"

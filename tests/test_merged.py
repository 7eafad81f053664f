"""One summary of several texts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import segment, summarize, summarize_merged
from summarize.errors import LengthError, OptionError, UnknownNameError
from summarize.features.scores import document_position_scores, position_scores
from summarize.pipeline import segment_merged
from summarize.rankers.lead import lead
from summarize.renderers.plain import render_markdown, render_text
from summarize.renderers.records import render_json
from summarize.selectors import SELECTORS
from summarize.settings import resolve_ranker

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
MONDAY = "The bridge fell on Monday night. Nobody was hurt when it fell. The mayor wants a new one by May."
TUESDAY = "The old bridge fell on Monday night. Ferries cross the river now. They are free."
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "*c*"]),
        st.lists(
            st.sampled_from(["The cat sat.", "A dog ran home!", "Cats and dogs?", "\n\n", " "]), max_size=6
        ).map(" ".join),
    ),
    max_size=5,
)


@given(TEXTS, st.sampled_from(sorted(SELECTORS)))
@settings(deadline=None)
def test_offsets_slice_the_text_of_the_source(texts, selector):
    summary = summarize_merged(texts, length=4, selector=selector, language="en")
    record = json.loads(render_json(summary))
    assert [s["source"] for s in record["sentences"]] == [
        summary.document.find_part(i).source for i in summary.order
    ]
    for sentence, index in zip(record["sentences"], summary.order, strict=True):
        part = summary.document.find_part(index)
        text = texts[summary.document.parts.index(part)][1]
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]


@given(TEXTS)
@settings(deadline=None)
def test_sentences_are_in_the_order_of_the_texts(texts):
    summary = summarize_merged(texts, length=5, language="en")
    parts = summary.document.parts
    places = [(parts.index(summary.document.find_part(i)), i) for i in summary.order]
    assert places == sorted(places)


@given(TEXTS, st.integers(1, 30))
@settings(deadline=None)
def test_summary_of_several_texts_never_exceeds_the_length(texts, limit):
    assert len(str(summarize_merged(texts, length=f"{limit} words", language="en")).split()) <= limit


@pytest.mark.parametrize("name", ["textrank", "lexrank", "lsa", "centroid"])
def test_order_of_texts_does_not_change_scores(name):
    rank = resolve_ranker(name)
    options = {} if name == "textrank" else {"position_weight": 0.5}
    forward = rank(segment_merged([("a", MONDAY), ("b", TUESDAY)], language="en"), **options)
    backward = rank(segment_merged([("b", TUESDAY), ("a", MONDAY)], language="en"), **options)
    np.testing.assert_allclose(forward, np.concatenate([backward[3:], backward[:3]]), atol=1e-9)


def test_positions_start_anew_in_each_text():
    document = segment_merged([("a", MONDAY), ("b", ""), ("c", TUESDAY)], language="en")
    expected = np.concatenate([position_scores(3), position_scores(3)])
    np.testing.assert_array_equal(document_position_scores(document), expected)


def test_lead_takes_turns_among_texts():
    document = segment_merged([("a", MONDAY), ("b", "One."), ("c", TUESDAY)], language="en")
    assert np.argsort(-lead(document)).tolist() == [0, 3, 4, 1, 5, 2, 6]


def test_sentence_in_two_texts_is_chosen_once():
    texts = [("a", MONDAY), ("b", MONDAY), ("c", TUESDAY)]
    chosen = str(summarize_merged(texts, length=3, language="en"))
    assert chosen.count("fell on Monday night") == 1


def test_each_text_is_split_by_the_rules_of_its_language():
    paths = [SEEDS / f"article.{code}.txt" for code in ("fr", "de")]
    alone = [sentence.text for path in paths for sentence in segment(path).sentences]
    assert [sentence.text for sentence in segment_merged(paths).sentences] == alone


def test_short_text_is_split_by_the_rules_of_the_whole():
    document = segment_merged([SEEDS / "article.de.txt", "Am 3. Oktober: OK. Dr. No."])
    assert [document.sentences[i].text for i in range(*document.parts[1][3:])][0] == "Am 3. Oktober: OK."


def test_texts_without_a_source_are_numbered():
    document = summarize_merged([MONDAY, TUESDAY], language="en").document
    assert [part.source for part in document.parts] == ["1", "2"]


def test_merging_one_text_does_not_change_its_scores():
    merged = summarize_merged([("a", MONDAY)], language="en", selector="greedy")
    alone = summarize(MONDAY, language="en", selector="greedy")
    np.testing.assert_array_equal(merged.scores, alone.scores)
    assert merged.indices == alone.indices


def test_summary_of_no_texts_is_empty():
    assert str(summarize_merged([])) == ""
    assert render_text(summarize_merged([])) == ""


def test_text_and_markdown_name_every_source():
    summary = summarize_merged([("a_1", MONDAY), ("b", TUESDAY)], length=100, language="en")
    assert render_text(summary).startswith("==> a_1 <==\nThe bridge fell")
    assert "\n\n==> b <==\n" in render_text(summary)
    assert "\n\n## b\n\n- " in render_markdown(summary)


def test_signature_contains_the_number_of_texts():
    assert "|texts:2|" in summarize_merged([MONDAY, TUESDAY]).signature
    assert "texts:" not in summarize(MONDAY).signature


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"length": 0}, LengthError),
        ({"ranker": "none"}, UnknownNameError),
        ({"selector": "none"}, UnknownNameError),
        ({"order": "none"}, UnknownNameError),
        ({"options": {"nonsense": 1}}, OptionError),
    ],
)
def test_invalid_setting_is_rejected_for_several_texts(arguments, error):
    with pytest.raises(error):
        summarize_merged([MONDAY, TUESDAY], **arguments)

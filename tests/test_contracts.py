"""What every entry of every table keeps to; a new entry is tested by its line in the table."""

from __future__ import annotations

import json
import re
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import Settings, summarize, summarize_merged
from summarize.batch.files import summarize_files
from summarize.inputs import READERS
from summarize.languages import find_language
from summarize.length import Length
from summarize.outputs import OUTPUTS
from summarize.pipeline import segment
from summarize.rankers import RANKERS
from summarize.renderers import RENDERERS, RendererEntry
from summarize.segmentation import SEGMENTERS
from summarize.selectors import SELECTORS
from summarize.tokenization.tokens import load_token_counter

TABLES = {
    "rankers": RANKERS,
    "selectors": SELECTORS,
    "segmenters": SEGMENTERS,
    "renderers": RENDERERS,
    "inputs": READERS,
    "outputs": OUTPUTS,
}
ENTRIES = [
    pytest.param(entry, id=f"{table}-{name}")
    for table, entries in TABLES.items()
    for name, entry in entries.items()
]
OURS = [name for name in RANKERS if not name.startswith("sumy")]
TEXTS = (
    "",
    " \n\t ",
    "One sentence.",
    "It was. He is not. They were.",
    "The cat sat on the mat. " * 20,
    "猫が好きです。犬は走る。" * 3,
    "السلام عليكم. كيف الحال؟",
    "# Gas\n\nGas was found at sea. The gas field is large.\n\n- one\n- two\n\nShips sail. It rained.",
)
WORDS = st.lists(
    st.sampled_from(
        ["Gas was found.", "The gas field is large!", "But it rained.", "Ships sail?", "\n\n", "# Gas\n"]
    ),
    max_size=14,
).map(" ".join)
UNITS = ("sentences", "words", "chars", "tokens", "%")


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_loads_and_says_what_it_is(entry):
    function = entry.load()
    assert callable(function)
    assert function.__doc__ and import_module(function.__module__).__doc__
    assert entry.summary and not entry.summary.endswith(".")


@pytest.mark.parametrize("table", TABLES)
def test_names_can_be_typed_on_a_command_line(table):
    assert all(re.fullmatch(r"[.a-z0-9-]+", name) for name in TABLES[table])


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", RANKERS)
def test_a_ranker_gives_a_finite_score_for_each_sentence_and_changes_nothing(name, text):
    document = segment(text)
    before = document.terms.tobytes(), document.offsets.tobytes()
    scores = np.asarray(RANKERS[name].load()(document), dtype=float)
    assert scores.shape == (len(document),)
    assert np.isfinite(scores).all()
    assert (document.terms.tobytes(), document.offsets.tobytes()) == before
    assert np.array_equal(scores, RANKERS[name].load()(document))


@pytest.mark.parametrize("name", RANKERS)
def test_a_ranker_names_a_selector_of_the_table(name):
    assert RANKERS[name].selector in SELECTORS


@given(WORDS, st.integers(1, 40), st.sampled_from(UNITS), st.sampled_from(list(SELECTORS)))
@settings(deadline=None, max_examples=200)
def test_a_selector_chooses_candidates_once_within_the_length(text, limit, unit, selector):
    summary = summarize(text, length=f"{limit} {unit}", selector=selector, language="en")
    document = summary.document
    assert sorted(summary.turns) == list(summary.indices) == sorted(set(summary.indices))
    assert all(document.sentences[i].candidate for i in summary.turns)
    count, _ = load_token_counter()
    size = {
        "sentences": len(summary),
        "words": len(str(summary).split()),
        "chars": len(str(summary)),
        "tokens": count(str(summary)),
        "%": 100 * len(str(summary).split()) / max(1, int(document.n_words.sum())),
    }
    assert size[unit] <= limit


@given(WORDS, st.integers(1, 8), st.sampled_from(OURS), st.sampled_from(list(SELECTORS)))
@settings(deadline=None, max_examples=200)
def test_a_shorter_summary_has_the_first_turns_of_a_longer_one(text, n, ranker, selector):
    choices = {"ranker": ranker, "selector": selector, "language": "en"}
    longest = summarize(text, length=100, **choices).turns
    assert summarize(text, length=n, **choices).turns == longest[:n]


@pytest.mark.parametrize("selector", SELECTORS)
def test_ties_go_to_the_earlier_sentence(selector):
    text = "Alpha beta gamma. Delta epsilon zeta. Eta theta iota."
    assert summarize(text, length=1, ranker=lambda document: np.zeros(3), selector=selector).turns == (0,)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", SEGMENTERS)
def test_a_segmenter_gives_ranges_in_order_without_white_space_around_them(name, text):
    sentences = SEGMENTERS[name].load()(text, find_language("en"))
    end = paragraph = 0
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert end <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.paragraph >= paragraph
        end, paragraph = sentence.end, sentence.paragraph


@pytest.mark.parametrize("name", RENDERERS)
def test_a_renderer_ends_with_a_newline_unless_there_is_nothing(name):
    render = RENDERERS[name].load()
    for text in TEXTS:
        for explain in (False, True):
            rendered = render(summarize(text, explain=explain, language="en"))
            assert rendered == "" or rendered.endswith("\n")
    merged = render(summarize_merged([("a.txt", TEXTS[7]), ("b.txt", TEXTS[3])], length=4, language="en"))
    assert "a.txt" in merged and "b.txt" in merged


def test_a_suffix_belongs_to_one_renderer():
    suffixes = [entry.suffix for entry in RENDERERS.values()]
    assert len(set(suffixes)) == len(suffixes)


@pytest.fixture(params=[*RENDERERS, "shouted"])
def renderer(request, monkeypatch):
    """Every renderer, and one that is new: a function and a line in the table."""
    if request.param == "shouted":
        monkeypatch.setattr(import_module("summarize.renderers.plain"), "shout", _shout, raising=False)
        entry = RendererEntry("summarize.renderers.plain:shout", "loud", ".loud", heading="*** {}\n")
        monkeypatch.setitem(RENDERERS, "shouted", entry)
    return request.param


def _shout(summary):
    return "".join(f"{sentence.text.upper()}!\n" for sentence in summary.sentences)


@pytest.fixture
def folder(tmp_path):
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "a.txt").write_text("Gas was found.", encoding="utf-8")
    (inputs / "b.txt").write_text("Ships sail.", encoding="utf-8")
    return inputs


def _run(inputs, output, **options):
    outcomes = list(summarize_files(inputs, str(output), Settings(), jobs=1, **options))
    assert [outcome.problem for outcome in outcomes] == [None] * len(outcomes)


def test_a_renderer_writes_a_directory(renderer, folder, tmp_path):
    _run([str(folder)], tmp_path / "out", form=renderer, several=False)
    suffix = RENDERERS[renderer].suffix
    for name, sentence in (("a", "Gas was found."), ("b", "Ships sail.")):
        written = (tmp_path / "out" / f"{name}.summary{suffix}").read_text(encoding="utf-8")
        assert sentence.lower() in written.lower()
        assert written.endswith("\n")


def test_a_renderer_writes_several_summaries_into_one_file(renderer, folder, tmp_path):
    output = tmp_path / "out.txt"
    _run([str(folder)], output, form=renderer)
    written = output.read_text(encoding="utf-8")
    assert written.lower().index("gas was found.") < written.lower().index("ships sail.")
    assert written.count("a.txt") == written.count("b.txt") == 1


def test_a_suffix_names_its_renderer(renderer, folder, tmp_path):
    suffix = RENDERERS[renderer].suffix
    _run([str(folder)], tmp_path / f"out{suffix}")
    named = (tmp_path / f"out{suffix}").read_text(encoding="utf-8")
    _run([str(folder)], tmp_path / "other.data", form=renderer)
    other = (tmp_path / "other.data").read_text(encoding="utf-8")
    if renderer == "jsonl":  # In a table of records, scores of all sentences are left out either way.
        assert [json.loads(line)["summary"] for line in named.splitlines()] == [
            "Gas was found.",
            "Ships sail.",
        ]
    assert named == other


def test_a_length_in_tokens_is_a_hard_cap(news):
    count, name = load_token_counter()
    summary = summarize(news, length="60 tokens")
    assert 20 < count(str(summary)) <= 60
    assert f"length:60 tokens({name})" in summary.signature
    assert summary.length == Length.parse("60 tokens")

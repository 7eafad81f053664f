"""Facts about the benchmark of coverage, its statistics, its oracle and its gate."""

from __future__ import annotations

import csv
import json
import re
from itertools import combinations

import numpy as np
import pytest

from benchmarks import corpora, peers
from benchmarks.peers import sumy as peers_sumy
from benchmarks.quality import coverage, evaluation, floors, score
from benchmarks.quality.oracle import choose_oracle
from summarize import Length, segment
from summarize.languages import find_language
from summarize.metrics.intrinsic import source_coverage
from summarize.metrics.rouge import find_tokenizer, rouge, rouge_n
from summarize.rankers import RANKERS
from summarize.selectors import SELECTORS

METHODS = ("lead+greedy", "random+greedy", "textrank+greedy", "ensemble+mmr", "oracle")
LENGTHS = evaluation.list_lengths((25, 100), (10,))
SOME = corpora.read_seeds().slice(0, 3)


@pytest.fixture(scope="module")
def values():
    return evaluation.measure_corpus(SOME, METHODS, LENGTHS, jobs=1, cache=None)


def test_every_seed_has_a_text_and_references():
    examples = corpora.read_seeds().examples
    assert len(examples) == 13
    assert all(len(example.references) == 3 for example in examples)


def test_every_ranker_and_selector_is_measured():
    methods = evaluation.list_methods(slow=True)
    assert {f"{r}+{s}" for r in RANKERS for s in SELECTORS} <= set(methods)


def test_no_cap_is_exceeded(values):
    words = values[..., evaluation.MEASURES.index("words")]
    totals = [segment(e.document, language=e.language).n_words.sum() for e in SOME.examples]
    for k, length in enumerate(LENGTHS):
        caps = [length.limit if length.unit == "words" else total * length.limit // 100 for total in totals]
        assert (words[:, :, k] <= np.array(caps)[:, None]).all()


@pytest.fixture(scope="module")
def climbed():
    """What the oracle climbs, the mean of ROUGE-1 and ROUGE-2, of every method, and their names."""
    methods = [*evaluation.list_methods(slow=False), *peers.installed()]
    lengths = evaluation.list_lengths((25, 100), (10,))
    values = evaluation.measure_corpus(corpora.read_seeds(), methods, lengths, 1, None)
    return methods, values[..., :2].mean(axis=-1)


def test_no_method_is_above_the_oracle_on_the_mean(climbed):
    methods, values = climbed
    oracle = values[:, methods.index("oracle")]
    assert (oracle > 0).all()
    for k, method in enumerate(methods):
        known = ~np.isnan(values[:, k]).any(axis=1)
        assert (values[known, k].mean(axis=0) <= oracle[known].mean(axis=0)).all(), method


def test_an_extract_above_the_oracle_is_rare(climbed):
    """It is greedy, so here and there another extract is better, but not by much."""
    methods, values = climbed
    own = [k for k, method in enumerate(methods) if method not in peers.PEERS]
    excess = values[:, own] - values[:, [methods.index("oracle")]]
    assert (excess > 1e-12).mean() < 0.01
    assert excess.max() < 0.03


def test_the_oracle_is_nearly_the_best_of_all_extracts():
    """Against every extract there is, of texts that are short enough to try all."""
    cap = Length(40, "words")
    for example in corpora.read_seeds().examples:
        whole = segment(example.document, language=example.language)
        document = segment(whole.text[: whole.sentences[9].start], language=example.language)
        candidates = [s.index for s in document.sentences if s.candidate]
        tokenize = find_tokenizer(example.language)
        reference = tokenize(example.references[0])

        def value(indices, document=document, tokenize=tokenize, reference=reference):
            words = [t for i in sorted(indices) for t in tokenize(document.sentences[i].text)]
            return (rouge_n(words, reference, 1).f1 + rouge_n(words, reference, 2).f1) / 2

        best = max(
            value(chosen)
            for size in range(len(candidates) + 1)
            for chosen in combinations(candidates, size)
            if document.n_words[list(chosen)].sum() <= cap.limit
        )
        found = value(choose_oracle(document, reference, cap, tokenize))
        assert 0.8 * best <= found <= best + 1e-12, example.id


def test_a_shuffled_corpus_has_the_same_means(values):
    shuffled = corpora.Corpus("seeds", SOME.examples[::-1])
    again = evaluation.measure_corpus(shuffled, METHODS, LENGTHS, jobs=1, cache=None)
    known = slice(0, len(evaluation.MEASURES))  # the others need extracts by people
    np.testing.assert_allclose(again[..., known].mean(axis=0), values[..., known].mean(axis=0), rtol=1e-12)


def test_what_was_measured_is_read_again(tmp_path, monkeypatch):
    first = evaluation.measure_corpus(SOME, METHODS[:1], LENGTHS, jobs=1, cache=tmp_path)
    monkeypatch.setattr(evaluation, "measure_example", None)
    again = evaluation.measure_corpus(SOME, METHODS[:1], LENGTHS, 1, tmp_path)
    np.testing.assert_array_equal(again, first)


def test_an_interrupted_run_goes_on_with_the_documents_that_are_left(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluation, "BLOCK", 1)
    measure, done = evaluation.measure_example, []

    def count(job):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(job[0].id)
        return measure(job)

    monkeypatch.setattr(evaluation, "measure_example", count)
    with pytest.raises(KeyboardInterrupt):
        evaluation.measure_corpus(SOME, METHODS, LENGTHS, 1, tmp_path)
    del done[:]
    values_ = evaluation.measure_corpus(SOME, METHODS, LENGTHS, 1, tmp_path)
    assert done == [SOME.examples[2].id]
    assert values_.shape[:2] == (3, len(METHODS))


def test_two_processes_measure_the_same(values):
    np.testing.assert_array_equal(evaluation.measure_corpus(SOME, METHODS, LENGTHS, 2, None), values)


# --- Random -----------------------------------------------------------------------------------------

# Sentences of four words each: under a cap of four words a random extract is one of them, each as likely.
EQUAL = (
    "Parrots build large nests. Dogs bark very loudly. Cats sleep all day. Parrots eat ripe fruit. "
    "Horses run across fields. Dogs chase small cats."
)


@pytest.fixture(scope="module")
def drawn():
    """Values of random on many documents with the same expectation."""
    examples = tuple(
        corpora.Example(str(k), EQUAL + f"\n\nDay {k} was quiet.", ("Dogs bark.",), "en") for k in range(300)
    )
    corpus = corpora.Corpus("equal", examples)
    lengths = evaluation.list_lengths((4,), ())
    values = evaluation.measure_corpus(corpus, ["random+greedy"], lengths, 1, None)
    return corpus, coverage.tabulate(corpus, ["random+greedy"], lengths, values)


@pytest.mark.parametrize("measure", ["coverage", "rouge1", "words"])
def test_the_interval_of_random_covers_its_expectation(drawn, measure):
    corpus, rows = drawn
    (row,) = [row for row in rows if (row.measure, row.length) == (measure, "4 words")]
    means = []
    for example in corpus.examples:
        document = segment(example.document, language="en")
        assert set(document.n_words.tolist()) == {4}
        each = {
            "coverage": lambda i, d=document: source_coverage(d, [i]),
            "rouge1": lambda i, d=document: rouge(d.sentences[i].text, "Dogs bark.")["rouge1"].f1,
            "words": lambda i: 4.0,
        }[measure]
        means.append(np.mean([each(i) for i in range(len(document))]))
    assert row.low <= np.mean(means) <= row.high
    assert row.high - row.low < 0.1


def test_random_draws_anew_for_every_document(drawn):
    corpus, _ = drawn
    firsts = {
        int(scores.argmax())
        for example in corpus.examples[:40]
        for scores in evaluation._Judge(example)._score("random")
    }
    assert firsts == set(range(7))


def test_what_takes_too_long_is_left_out(monkeypatch):
    def dawdle(document):
        while True:
            pass

    monkeypatch.setattr(evaluation, "PATIENCE", 0.01)
    monkeypatch.setattr(evaluation, "resolve_ranker", lambda name: dawdle)
    got = evaluation.measure_corpus(SOME, ["sumy-kl+greedy", "sumy-kl+mmr", "oracle"], LENGTHS, 1, None)
    assert np.isnan(got[:, :2]).all()
    assert not np.isnan(got[:, 2, :, 0]).any()


def test_sumy_whole_chooses_what_sumy_chooses():
    pytest.importorskip("sumy")
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    class Words(Tokenizer):
        def __init__(self):
            self._language = "english"

        def to_sentences(self, paragraph):
            return tuple(re.split(r"(?<=[.!?])\s+", paragraph.strip()))

        def to_words(self, sentence):
            return tuple(re.findall(r"[^\W\d_]+", sentence))

    (text,) = [e.document for e in corpora.read_seeds().examples if e.id.startswith("news")]
    theirs = TextRankSummarizer(Stemmer("english"))
    theirs.stop_words = get_stop_words("english")
    expected = [str(s) for s in theirs(PlaintextParser.from_string(text, Words()).document, 3)]
    cap = sum(len(s.split()) for s in expected)
    assert peers_sumy.textrank(text, "en", cap) == expected


# --- Tables -----------------------------------------------------------------------------------------


def test_the_difference_of_a_method_from_itself_is_nothing(values):
    rows = coverage.tabulate(SOME, METHODS, LENGTHS, values)
    mine = [row for row in rows if row.method == "lead+greedy" and row.measure.endswith("-lead")]
    assert {row.measure for row in mine} >= {"rouge2-lead", "coverage-lead"}
    assert {row.length for row in mine} == {"25 words", "100 words", "10%", "area"}
    assert all((row.mean, row.low, row.high) == (0, 0, 0) for row in mine)


def test_a_difference_is_that_of_the_means(values):
    rows = coverage.tabulate(SOME, METHODS, LENGTHS, values, against="oracle")
    figure = {(row.method, row.measure, row.length): row.mean for row in rows}
    for name in ("rouge2", "rougeLsum", "coverage"):
        expected = figure["textrank+greedy", name, "100 words"] - figure["oracle", name, "100 words"]
        assert figure["textrank+greedy", f"{name}-oracle", "100 words"] == pytest.approx(expected)


def test_f1_lies_between_its_parts(values):
    one = [k for k, method in enumerate(METHODS) if not method.startswith("random")]  # that is a mean
    column = {name: values[:, one, :, k] for k, name in enumerate(evaluation.NAMES)}
    for name in ("rouge1", "rouge2", "rougeLsum"):
        precision, recall = column[f"{name} precision"], column[f"{name} recall"]
        assert (column[name] <= np.maximum(precision, recall) + 1e-12).all()
        assert (column[name] >= np.minimum(precision, recall) - 1e-12).all()


def test_a_star_marks_what_is_beyond_chance():
    def row(low, high):
        return coverage.Row("c", "m", "", "25 words", 9, "rouge2-lead", (low + high) / 2, low, high)

    assert "+2.0* [1.0, 3.0]" in coverage.make_table([row(0.01, 0.03)], "rouge2-lead")
    assert "-2.0* [-3.0, -1.0]" in coverage.make_table([row(-0.03, -0.01)], "rouge2-lead")
    assert "+1.0 [-1.0, 3.0]" in coverage.make_table([row(-0.01, 0.03)], "rouge2-lead")


def test_area_and_knee_stand_in_a_table(values):
    rows = coverage.tabulate(SOME, METHODS, LENGTHS, values)
    lines = coverage.make_overview(rows).splitlines()
    assert "| method | rouge2, area | rouge2, knee | coverage, area | coverage, knee |" in lines
    knees = [row for row in rows if row.length == "knee" and row.measure == "coverage"]
    assert {row.method for row in knees} == set(METHODS)
    assert all(row.mean in (25, 100) and row.low >= 25 and row.high <= 100 for row in knees)


@pytest.mark.parametrize("name", ["texrank", "textrank+gredy", "peer:gensim"])
def test_a_method_that_is_not_there_is_said(name, capsys):
    assert coverage.main(["--methods", name]) == 2
    assert "accepted" in capsys.readouterr().err


def test_the_base_of_differences_is_measured_too(tmp_path, capsys):
    options = ["--methods", "lead", "--against", "textrank", "--words", "25", "--percents", "", "--jobs", "1"]
    assert coverage.main([*options, "--no-cache", "--results", str(tmp_path)]) == 0
    text = (tmp_path / "coverage.md").read_text(encoding="utf-8")
    assert "## rouge2, difference from textrank" in text
    assert "--methods lead --against textrank" in text
    assert "| textrank+greedy | 0.0 [0.0, 0.0] |" in text


def test_the_table_is_tidy(tmp_path, capsys):
    options = ["--methods", "lead+greedy", "--words", "50", "--percents", "", "--jobs", "1", "--no-cache"]
    assert coverage.main([*options, "--results", str(tmp_path)]) == 0
    assert "lead+greedy" in capsys.readouterr().out
    with (tmp_path / "coverage.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == tuple(coverage.Row.__dataclass_fields__)
    assert {"rouge1", "rouge2", "rougeLsum", "coverage", "redundancy"} <= {row["measure"] for row in rows}


def test_the_oracle_finds_the_sentence_that_is_the_reference():
    document = segment("Cats sleep all day. Dogs bark at night. Birds sing in the morning.", language="en")
    tokenize = find_tokenizer("en")
    assert choose_oracle(document, tokenize("Dogs bark at night."), Length(10, "words"), tokenize) == [1]


def test_the_floors_are_held_and_a_drop_is_named():
    pinned = json.loads(floors.FLOORS.read_text(encoding="utf-8"))
    lower = {name: value - 0.01 for name, value in pinned.items()}
    assert floors.find_drops(pinned, pinned) == []
    assert len(floors.find_drops(pinned, lower)) == len(pinned)
    assert len(floors.find_drops(pinned, {})) == len(pinned)


def test_floors_are_lowered_only_on_request(tmp_path, monkeypatch):
    path = tmp_path / "floors.json"
    path.write_text('{"a": 0.5}', encoding="utf-8")
    monkeypatch.setattr(floors, "measure", lambda: {"a": 0.4})
    assert floors.main(["--floors", str(path)]) == 1
    floors.main(["--floors", str(path), "--raise"])
    assert json.loads(path.read_text(encoding="utf-8")) == {"a": 0.5}
    floors.main(["--floors", str(path), "--lower"])
    assert json.loads(path.read_text(encoding="utf-8")) == {"a": 0.4}


def test_a_summary_of_any_tool_is_scored(tmp_path, capsys):
    (tmp_path / "s").write_text("Dogs bark at night.", encoding="utf-8")
    (tmp_path / "r").write_text("Dogs bark.", encoding="utf-8")
    (tmp_path / "d").write_text("Cats sleep. Dogs bark at night.", encoding="utf-8")
    assert (
        score.main(
            [
                "--summary",
                str(tmp_path / "s"),
                "--reference",
                str(tmp_path / "r"),
                "--document",
                str(tmp_path / "d"),
            ]
        )
        == 0
    )
    printed = capsys.readouterr().out
    assert f"{rouge('Dogs bark at night.', 'Dogs bark.')['rouge1'].f1:.4f}" in printed
    assert "coverage" in printed


def test_a_missing_summary_is_said(tmp_path, capsys):
    assert score.main(["--summary", str(tmp_path / "no"), "--reference", str(tmp_path / "no")]) == 1
    assert "no such file" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "de", "zh"])
@pytest.mark.parametrize("name", peers.PEERS)
def test_no_peer_passes_the_cap(name, language):
    if name not in peers.installed():
        pytest.skip(f"{peers.PEERS[name].distribution} is not installed (extra: bench)")
    examples = [e for e in corpora.read_seeds().examples if e.language == language][:1]
    lengths = evaluation.list_lengths((3, 25, 100), (10,))
    got = evaluation.measure_corpus(corpora.Corpus("one", tuple(examples)), [name], lengths, 1, None)
    words = got[0, 0, :, evaluation.NAMES.index("words")]
    total = segment(examples[0].document, language=language).n_words.sum()
    known = ~np.isnan(words)
    assert known.all() or language != "en"
    assert (words[known] <= np.array([3, 25, 100, total * 10 // 100])[known]).all()
    assert (words[1:][known[1:]] > 0).all()  # three words are too few for some


@pytest.mark.parametrize(
    ("language", "sentences", "limit", "kept"),
    [
        ("en", ["One two three.", "Four five."], 4, ["One two three.", "Four"]),
        ("en", ["One two three.", "Four five."], 5, ["One two three.", "Four five."]),
        ("en", ["", "One two."], 1, ["One"]),
        ("zh", ["今天下雨。", "明天晴。"], 6, ["今天下雨。", "明天"]),
    ],
)
def test_a_summary_is_cut_at_the_cap(language, sentences, limit, kept):
    assert evaluation.cut_at(sentences, limit, find_language(language)) == kept


def test_a_peer_that_fails_is_left_out_of_its_figures(monkeypatch):
    name = "peer:sumy-textrank"

    def fail(text, language, words):
        raise LookupError("no such language")

    monkeypatch.setattr("benchmarks.peers.sumy.textrank", fail)
    got = evaluation.measure_corpus(SOME, [name, "lead+greedy"], LENGTHS, 1, None)
    rows = coverage.tabulate(SOME, [name, "lead+greedy"], LENGTHS, got)
    assert {row.method for row in rows} == {"lead+greedy"}
    assert "seeds 3" in coverage._explain_peers([name], rows)

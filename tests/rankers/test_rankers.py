"""Facts about the rankers: one contract for all, and each against an outside authority."""

from __future__ import annotations

import math
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.errors import OptionError
from summarize.pipeline import segment
from summarize.rankers import RANKERS
from summarize.rankers.centroid import centroid
from summarize.rankers.directed import directed
from summarize.rankers.lexrank import lexrank
from summarize.rankers.lsa import lsa
from summarize.rankers.textrank import textrank
from summarize.settings import resolve_ranker

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
FAST = [name for name in RANKERS if not name.startswith("sumy-")]
HARD = {
    "empty": "",
    "one sentence": "The cat sat on the mat.",
    "stop words": "It was. He is. They were.",
    "all equal": "The cat sat on the mat. " * 30,
    "one word a sentence": "Cats. Dogs. Birds. Cats. Fish.",
    "nothing shared": "Cats sleep. Dogs bark. Birds sing.",
}


def read(name):
    return segment((SEEDS / name).read_text(encoding="utf-8"))


def vectors(document):
    """Unit tf-idf vectors, written out."""
    n = len(document)
    rows = [document.terms[a:b] for a, b in zip(document.offsets, document.offsets[1:], strict=False)]
    matrix = np.zeros((n, len(document.vocabulary)))
    for i, row in enumerate(rows):
        for term in row:
            matrix[i, term] += 1
    matrix *= np.log(1 + n / (matrix > 0).sum(axis=0))
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.divide(matrix, norms, out=np.zeros_like(matrix), where=norms > 0)


def pagerank(weights):
    graph = networkx.from_numpy_array(np.asarray(weights))
    scores = networkx.pagerank(graph, alpha=0.85, tol=1e-14, max_iter=10_000)
    return np.array([scores[i] for i in range(len(weights))])


def overlaps(document, self_loops=False):
    """The weights of Mihalcea & Tarau 2004, pair by pair."""
    rows = [
        document.terms[a:b].tolist() for a, b in zip(document.offsets, document.offsets[1:], strict=False)
    ]
    weights = np.zeros((len(rows), len(rows)))
    for i, a in enumerate(rows):
        for j, b in enumerate(rows):
            if i != j or self_loops:
                weights[i, j] = len(set(a) & set(b)) / (math.log(max(2, len(a))) + math.log(max(2, len(b))))
    return weights


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
@pytest.mark.parametrize("name", RANKERS)
def test_scores_are_finite_and_one_a_sentence(name, text):
    document = segment(text, language="en")
    scores = resolve_ranker(name)(document)
    assert scores.shape == (len(document),)
    assert scores.dtype == np.float64
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", FAST)
def test_ten_thousand_sentences(name):
    text = " ".join(f"Word{i % 97} meets word{i % 89} near place{i % 13}." for i in range(10_000))
    document = segment(text, language="en")
    assert len(document) == 10_000
    scores = resolve_ranker(name)(document)
    assert scores.shape == (10_000,)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("seed", ["news.en.txt", "report.en.txt", "article.de.txt", "article.zh.txt"])
def test_textrank_is_networkx_pagerank_of_the_papers_weights(seed):
    document = read(seed)
    np.testing.assert_allclose(textrank(document), pagerank(overlaps(document)), rtol=1e-8)


@pytest.mark.parametrize("seed", ["news.en.txt", "report.en.txt", "article.ru.txt"])
def test_lexrank_is_networkx_pagerank_of_the_cosines(seed):
    document = read(seed)
    unit = vectors(document)
    np.testing.assert_allclose(lexrank(document), pagerank(unit @ unit.T), rtol=1e-8)


def test_lexrank_with_a_threshold_is_pagerank_of_the_neighbours():
    document = read("news.en.txt")
    unit = vectors(document)
    np.testing.assert_allclose(lexrank(document, threshold=0.1), pagerank(unit @ unit.T > 0.1), rtol=1e-8)


@pytest.mark.parametrize("rank", [textrank, lexrank], ids=["textrank", "lexrank"])
@pytest.mark.parametrize("seed", ["report.en.txt", "paper.en.txt", "article.ja.txt"])
def test_the_linear_form_agrees_with_the_dense_one(rank, seed, monkeypatch):
    document = read(seed)
    dense = rank(document)
    monkeypatch.setattr(f"summarize.rankers.{rank.__name__}._MAX_DENSE", 0)
    monkeypatch.setattr("summarize.features.tfidf._MAX_DENSE_CELLS", 0)
    np.testing.assert_allclose(rank(document), dense, rtol=1e-8)


@given(st.lists(st.lists(st.sampled_from("abcdefghijk"), max_size=9), min_size=1, max_size=30))
@settings(deadline=None, max_examples=200)
def test_linear_and_dense_agree_on_random_documents(sentences):
    text = " ".join("X" + " ".join(f"word{letter}" for letter in words) + "." for words in sentences)
    document = segment(text, language="en")
    for rank, module in ((textrank, "textrank"), (lexrank, "lexrank")):
        dense = rank(document)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(f"summarize.rankers.{module}._MAX_DENSE", 0)
            patch.setattr("summarize.features.tfidf._MAX_DENSE_CELLS", 0)
            np.testing.assert_allclose(rank(document), dense, rtol=1e-8)


def test_textrank_with_self_loops_is_sumys():
    # Distinct words in every sentence: sumy counts repeated ones by product.
    text = (
        "Green parrots build nests. Parrots eat green apples quickly. Apples ripen during autumn. "
        "Autumn storms destroy nests. Farmers harvest apples before storms arrive."
    )
    document = segment(text, language="en")
    ours = textrank(document, self_loops=True)
    sumys = resolve_ranker("sumy-textrank")(document)
    np.testing.assert_allclose(ours / ours.sum(), sumys / sumys.sum(), rtol=1e-3)


def test_textbook_lsa_is_the_singular_value_decomposition():
    from sklearn.decomposition import TruncatedSVD

    document = read("news.en.txt")
    n = len(document)
    rows = [document.terms[a:b] for a, b in zip(document.offsets, document.offsets[1:], strict=False)]
    matrix = np.array([np.bincount(row, minlength=len(document.vocabulary)) for row in rows], dtype=float)
    matrix *= np.log(1 + n / (matrix > 0).sum(axis=0))
    # Its transformed rows are U Σ: the norms of these are the paper's scores.
    expected = np.linalg.norm(
        TruncatedSVD(5, algorithm="arpack", random_state=0).fit_transform(matrix), axis=1
    )
    np.testing.assert_allclose(lsa(document, n_topics=5, variant="textbook"), expected, rtol=1e-6, atol=1e-12)


def test_lsa_of_all_topics_is_the_sum_of_cosines():
    document = read("news.en.txt")
    unit = vectors(document)
    expected = unit @ unit.sum(axis=0)
    np.testing.assert_allclose(lsa(document, n_topics=len(document)), expected, rtol=1e-8)


def test_centroid_is_the_mean_cosine():
    document = read("report.en.txt")
    unit = vectors(document)
    np.testing.assert_allclose(centroid(document), (unit @ unit.T).mean(axis=1), atol=1e-12)


def test_directed_is_the_papers_double_sum():
    document = read("paper.en.txt")
    cosine = vectors(document) @ vectors(document).T
    expected = -0.3 * np.tril(cosine, -1).sum(axis=1) + np.triu(cosine, 1).sum(axis=1)
    np.testing.assert_allclose(
        directed(document, backward_weight=-0.3, forward_weight=1.0), expected, atol=1e-10
    )


@pytest.mark.parametrize("name", ["textrank", "lexrank", "centroid", "lsa"])
def test_reordering_sentences_permutes_the_scores(name):
    sentences = [s.text for s in read("news.en.txt").sentences if s.candidate]
    order = np.random.default_rng(1).permutation(len(sentences))
    rank = resolve_ranker(name)
    before = segment("\n\n".join(sentences), language="en")
    after = segment("\n\n".join(sentences[i] for i in order), language="en")
    assert len(before) == len(after) == len(sentences)
    np.testing.assert_allclose(rank(after), rank(before)[order], rtol=1e-7, atol=1e-12)


def test_the_seed_decides_what_is_drawn():
    document = read("news.en.txt")
    draw = resolve_ranker("random")
    assert (draw(document, seed=1) == draw(document, seed=1)).all()
    assert (draw(document, seed=1) != draw(document, seed=2)).any()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("textrank", {"damping": 1.0}),
        ("lexrank", {"damping": -1}),
        ("lexrank", {"threshold": 2}),
        ("lsa", {"n_topics": 0}),
        ("lsa", {"variant": "other"}),
        ("directed", {"backward_weight": "x"}),
        ("random", {"seed": 1.5}),
    ],
)
def test_values_out_of_range_are_refused_by_name(name, options):
    with pytest.raises(OptionError, match=next(iter(options))):
        resolve_ranker(name)(segment("A cat. A dog."), **options)


def test_the_rankers_that_look_at_titles_are_those_that_the_help_names():
    from summarize.cli.command import command

    text = (SEEDS / "news.en.txt").read_text(encoding="utf-8")
    plain, named = segment(text), segment(text, title="A refinery in Tianjin")
    looking = {name for name in RANKERS if (resolve_ranker(name)(plain) != resolve_ranker(name)(named)).any()}
    assert looking == {"learned", "sumy-edmundson"}
    (option,) = (param for param in command.params if param.name == "title")
    assert "used by learned and sumy-edmundson" in " ".join(option.help.split())


@pytest.mark.parametrize("head", ["{}\n\n", "# {}\n\n"], ids=["line", "Markdown"])
def test_a_heading_of_the_text_is_a_title(head):
    """The sentence with its words gains most, against a heading whose words stand nowhere."""
    body = (
        "The council met on Monday to hear about roads, and it heard for hours.\n\n"
        "Nobody spoke of the mill, whose owner is in trouble with his bank.\n\n"
        "The roads of the town are old, and the bridges of the town are older."
    )
    scores = []
    for title in ("Trouble at the mill", "Silence in the port"):
        document = segment(head.format(title) + body, language="en")
        assert [s.kind for s in document.sentences] == ["heading", "sentence", "sentence", "sentence"]
        scores.append(resolve_ranker("sumy-edmundson")(document)[1:])
    assert np.argmax(scores[0] - scores[1]) == 1


def test_a_title_speaks_for_the_sentence_with_its_words():
    text = (SEEDS / "meeting.en.txt").read_text(encoding="utf-8")
    rank = resolve_ranker("learned")
    plain = segment(text, language="en")
    for sentence in [s for s in plain.sentences if s.candidate and plain.n_words[s.index] > 8][::10]:
        titled = segment(text, language="en", title=sentence.text)
        gains = rank(titled) - rank(plain)
        assert sentence.index in np.flatnonzero(gains >= gains.max() - 1e-9), sentence.text

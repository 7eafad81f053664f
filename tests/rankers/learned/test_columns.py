"""Features of terms, against loops over sentences."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from summarize.document import Document
from summarize.features.chunk import Chunk
from summarize.pipeline import segment, segment_merged
from summarize.rankers.learned.columns import COLUMNS, compute_features

ARTICLE = (
    "The council closed the old bridge on Monday. Engineers had found cracks in the bridge.\n\n"
    "But the mayor said the bridge would open again. Shops near the river lost customers. "
    "Repairs to the bridge cost 3 million euros, the council said."
)


# Include lone surrogates, which strings can contain but files cannot.
TEXTS = st.text(st.characters(), max_size=300)


@given(TEXTS)
def test_features_are_finite_for_any_text(text: str) -> None:
    document = segment(text, language="en")
    assume(len(document))
    features = compute_features(Chunk([document]))
    assert features.shape == (len(document), len(COLUMNS))
    assert np.isfinite(features).all()


@given(st.lists(st.one_of(st.just(""), TEXTS), max_size=4))
def test_features_are_finite_for_any_texts(texts: list[str]) -> None:
    document = segment_merged([(None, text) for text in texts], language="en")
    assume(len(document))
    assert np.isfinite(compute_features(Chunk([document]))).all()


def test_column_names_are_distinct() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)


def weigh(document: Document) -> list[dict[int, float]]:
    """Compute unit tf-idf vectors with loops."""
    sentences = [
        document.terms[document.offsets[i] : document.offsets[i + 1]].tolist() for i in range(len(document))
    ]
    found = []
    for terms in sentences:
        vector = {
            term: terms.count(term) * math.log(1 + len(sentences) / sum(term in other for other in sentences))
            for term in set(terms)
        }
        length = math.sqrt(sum(value * value for value in vector.values()))
        found.append({term: value / length for term, value in vector.items()})
    return found


def add_up(vectors: Iterable[dict[int, float]]) -> dict[int, float]:
    total: dict[int, float] = {}
    for vector in vectors:
        for term, value in vector.items():
            total[term] = total.get(term, 0.0) + value
    return total


def dot(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(value * other.get(term, 0.0) for term, value in one.items())


def cosine(one: dict[int, float], other: dict[int, float]) -> float:
    return dot(one, other) / math.sqrt(dot(one, one) * dot(other, other))


def test_similarities_equal_a_loop_over_pairs_of_sentences() -> None:
    document = segment(ARTICLE, language="en")
    features = compute_features(Chunk([document]))
    vectors = weigh(document)
    n = len(vectors)
    similarity = [[dot(one, other) for other in vectors] for one in vectors]
    degrees = [sum(row) for row in similarity]
    central = add_up({t: v * degrees[i] for t, v in vectors[i].items()} for i in range(n))
    terms = [document.terms[a:b].tolist() for a, b in pairwise(document.offsets)]
    mass = add_up({t: math.log(1 + n / sum(t in own for own in terms))} for own in terms for t in own)
    lead = add_up({t: v * math.exp(-i / 10) for t, v in vectors[i].items()} for i in range(n))
    expected = {
        "centrality": [(sum(row) - 1) / (n - 1) for row in similarity],
        "after": [sum(similarity[i][i + 1 :]) / max(1, n - 1 - i) for i in range(n)],
        "before": [sum(similarity[i][:i]) / max(1, i) for i in range(n)],
        "centroid": [cosine(vectors[i], mass) for i in range(n)],
        "second centrality": [cosine(vectors[i], central) for i in range(n)],
        "first sentences": [cosine(vectors[i], add_up(vectors[:3])) for i in range(n)],
        "directed": [
            (sum(similarity[i][i + 1 :]) - 0.3 * sum(similarity[i][:i])) / (n - 1) for i in range(n)
        ],
        "last sentences": [cosine(vectors[i], add_up(vectors[-3:])) for i in range(n)],
        "lead": [cosine(vectors[i], lead) for i in range(n)],
    }
    for column, values in expected.items():
        np.testing.assert_allclose(features[:, COLUMNS.index(column)], values, atol=1e-8, err_msg=column)


def test_paragraph_is_compared_with_all_others() -> None:
    document = segment(ARTICLE, language="en")
    features = compute_features(Chunk([document]))
    vectors = weigh(document)
    similarity = cosine(add_up(vectors[:2]), add_up(vectors[2:]))
    np.testing.assert_allclose(features[:, COLUMNS.index("paragraph likeness")], similarity, atol=1e-8)
    np.testing.assert_allclose(features[:, COLUMNS.index("opening likeness")], [similarity] * 2 + [0] * 3)


def test_paragraph_most_similar_to_the_others_has_rank_0() -> None:
    text = "Cats sleep. Dogs bark.\n\nRain fell.\n\nCats purr.\n\nDogs bark and cats sleep."
    document = segment(text, language="en")
    vectors = weigh(document)
    paragraphs = [vectors[:2], vectors[2:3], vectors[3:4], vectors[4:]]
    similarity = [
        cosine(add_up(own), add_up(v for other in paragraphs if other is not own for v in other))
        for own in paragraphs
    ]
    assert len({round(value, 9) for value in similarity}) == 4
    ranks = [sum(other > own for other in similarity) / 3 for own in similarity]
    expected = [ranks[0], *ranks]
    np.testing.assert_allclose(
        compute_features(Chunk([document]))[:, COLUMNS.index("paragraph rank")], expected
    )


def test_sums_over_terms_equal_loops() -> None:
    document = segment(f"{ARTICLE} Engineers had found cracks, cracks everywhere.", language="en")
    sentences = [
        document.terms[document.offsets[i] : document.offsets[i + 1]].tolist() for i in range(len(document))
    ]
    n, everything = len(sentences), [term for terms in sentences for term in terms]
    spread = {term: sum(term in terms for terms in sentences) for term in everything}
    rarity = {term: math.log(1 + n / spread[term]) for term in spread}
    mass = {term: everything.count(term) * rarity[term] for term in spread}
    before = [set().union(*sentences[:i]) for i in range(n)]
    after = [set().union(*sentences[i + 1 :]) for i in range(n)]

    def mean(count: Callable[[int, int], float]) -> list[float]:
        return [sum(count(i, term) for term in terms) / len(terms) for i, terms in enumerate(sentences)]

    phrases = [list(pairwise(terms)) for terms in sentences]
    times = Counter(pair for pairs in phrases for pair in pairs)
    assert max(times.values()) > 1
    expected = {
        # The first occurrence of a term counts as often as the sentence has it.
        "new words": mean(lambda i, term: term not in before[i]),
        "words to come": mean(lambda i, term: term in after[i]),
        "new words to come": mean(lambda i, term: term not in before[i] and term in after[i]),
        "frequency": mean(lambda i, term: everything.count(term) / len(everything)),
        "rarity": mean(lambda i, term: rarity[term]),
        "mass": [sum(mass[term] for term in terms) / sum(mass.values()) for terms in sentences],
        "overlap": [
            sum(spread[term] - 1 for term in terms) / math.log(int(words) + 2) / (n - 1)
            for terms, words in zip(sentences, document.n_words, strict=True)
        ],
        "phrases": [sum(times[pair] > 1 for pair in pairs) / len(pairs) for pairs in phrases],
        "log phrases": [sum(math.log(times[pair]) for pair in pairs) / len(pairs) for pairs in phrases],
    }
    features = compute_features(Chunk([document]))
    for column, values in expected.items():
        np.testing.assert_allclose(features[:, COLUMNS.index(column)], values, err_msg=column)


def test_text_without_terms_has_zeros_for_terms() -> None:
    features = compute_features(Chunk([segment("It is. He was.", language="en")]))
    assert not features[:, [COLUMNS.index(each) for each in ("rarity", "centroid", "after", "phrases")]].any()


def test_headings_are_summed_for_the_cosine() -> None:
    document = segment("# Bridges\n\nThe bridge fell.\n\n# Ships\n\nNo ship sank. Ships wait.", language="en")
    vectors = weigh(document)
    assert [s.kind == "heading" for s in document.sentences] == [True, False, True, False, False]
    headings = add_up([vectors[0], vectors[2]])
    expected = [cosine(vector, headings) for vector in vectors]
    assert expected[1] > 0
    np.testing.assert_allclose(
        compute_features(Chunk([document]))[:, COLUMNS.index("headings together")], expected
    )


def test_terms_in_other_parts_count_as_shares_of_these_parts() -> None:
    texts = ["Bridges fall. Ships sink.", "Ships wait.", "Ships burn. It is."]
    document = segment_merged([(None, text) for text in texts], language="en")
    # "Bridge", "fall" and "sink" occur in no other text, "ship" in both others, and so on.
    np.testing.assert_allclose(
        compute_features(Chunk([document]))[:, COLUMNS.index("in other parts")], [0, 1 / 2, 1 / 2, 1 / 2, 0]
    )


def test_sentence_without_terms_has_no_words_to_come() -> None:
    features = compute_features(
        Chunk([segment("The bridge fell. It was. The bridge was old.", language="en")])
    )
    np.testing.assert_allclose(features[:, COLUMNS.index("words to come")], [1 / 2, 0, 0])


def test_empty_text_among_others_changes_nothing() -> None:
    texts = [("a", "Bridges fall. Ships sink."), ("b", "Ships wait.")]
    expected = compute_features(Chunk([segment_merged(texts, language="en")]))
    found = compute_features(Chunk([segment_merged([("e", ""), *texts, ("f", " ")], language="en")]))
    np.testing.assert_allclose(found, expected)
    alone = compute_features(Chunk([segment_merged([*texts[:1], ("e", "")], language="en")]))
    np.testing.assert_allclose(alone, compute_features(Chunk([segment(texts[0][1], language="en")])))

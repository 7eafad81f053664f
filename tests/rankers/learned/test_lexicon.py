"""Words that readers pick, as features."""

from __future__ import annotations

import numpy as np

from summarize.features.chunk import Chunk
from summarize.pipeline import segment
from summarize.rankers.learned.columns import PICKED_WORDS, compute_features
from summarize.rankers.learned.lexicon import load_words

ARTICLE = (
    "The council closed the old bridge on Monday. Engineers had found cracks in the bridge.\n\n"
    "But the mayor said the bridge would open again. Shops near the river lost customers. "
    "Repairs to the bridge cost 3 million euros, the council said."
)


def test_weights_of_words_are_looked_up_and_summed() -> None:
    document = segment(ARTICLE, language="en")
    known = load_words("en")
    assert len(known) > 100
    sentences = [
        [document.vocabulary[t] for t in document.terms[start:end].tolist()]
        for start, end in zip(document.offsets, document.offsets[1:], strict=False)
    ]
    values = [[known.get(term, 0) / 100 for term in terms] for terms in sentences]
    expected = [[sum(v) / len(v), sum(v)] for v in values]
    assert any(any(row) for row in expected)
    np.testing.assert_allclose(compute_features(Chunk([document]))[:, PICKED_WORDS], expected)


def test_language_without_trained_words_has_zeros() -> None:
    assert load_words("fi") == {}
    document = segment("Valtuusto sulki sillan. Silta avataan keväällä.", language="fi")
    assert not compute_features(Chunk([document]))[:, PICKED_WORDS].any()

"""Learning which words readers pick."""

from __future__ import annotations

import numpy as np

from benchmarks.training.words import apply_unseen_words, apply_words, fit_words, format_words
from summarize.rankers.learned.columns import PICKED_WORDS


def test_word_that_is_always_picked_has_the_largest_weight(examples) -> None:
    weights = fit_words(examples)["en"]
    assert max(weights, key=weights.__getitem__) == "dog"
    assert weights["ship"] < 0


def test_word_in_few_documents_has_no_weight(examples) -> None:
    assert "dog" not in fit_words(examples[:7]).get("en", {})


def test_columns_are_the_mean_and_the_sum_of_the_weights(examples) -> None:
    example = examples[0]
    document = example.narrow
    inputs = apply_words(example, {"en": {"dog": 0.5, "town": 0.25}})
    sums = []
    for i in range(len(document)):
        start, stop = document.offsets[i : i + 2]
        terms = [document.vocabulary[term] for term in document.terms[start:stop]]
        sums.append(0.5 * terms.count("dog") + 0.25 * terms.count("town"))
    sizes = np.diff(document.offsets)
    np.testing.assert_allclose(inputs[:, PICKED_WORDS[0]], np.array(sums) / sizes, rtol=1e-6)
    np.testing.assert_allclose(inputs[:, PICKED_WORDS[1]], sums, rtol=1e-6)


def test_words_of_unseen_examples_are_learned_from_others(examples) -> None:
    """A word that occurs in eight examples of one inner fold only has no weight for them."""
    seen = [apply_words(example, fit_words(examples)) for example in examples]
    unseen = apply_unseen_words(examples)
    assert [each.shape for each in unseen] == [each.shape for each in seen]
    assert any((a != b).any() for a, b in zip(seen, unseen, strict=True))


def test_written_words_are_read_again(tmp_path, monkeypatch) -> None:
    from summarize.rankers.learned import lexicon

    path = tmp_path / "words.txt"
    words = {"de": {"rat": -0.5}, "en": {"council": 0.25, "ship": -1.0}}
    path.write_text(format_words(words), encoding="utf-8")
    monkeypatch.setattr(lexicon, "_WORDS", str(path))
    read = {code: lexicon.load_words.__wrapped__(code) for code in words}
    assert read == {"de": {"rat": -50}, "en": {"council": 25, "ship": -100}}

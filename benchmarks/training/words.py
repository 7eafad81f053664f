"""Learn which words occur in the sentences that readers pick.

The weights are those of a logistic regression: is a sentence picked, given which terms it has? Training
examples get the weights of a model that has not seen them, because with its own picks the columns of a
document would look better than they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.examples import Example
from summarize.rankers.learned.columns import COLUMNS, PICKED_WORDS

# Terms in fewer documents have no weight.
MIN_DOCUMENTS = 8
# The inverse of the strength of regularization.
C = 0.1
N_INNER_FOLDS = 5

Floats32 = NDArray[np.float32]
Words = dict[str, dict[str, float]]


def fit_words(examples: Sequence[Example]) -> Words:
    """Fit the weights of terms; those of each language are a dictionary of their own."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    documents = [example.narrow for example in examples]
    n_documents = Counter((d.language, term) for d in documents for term in set(d.vocabulary))
    known = sorted(term for term, n in n_documents.items() if n >= MIN_DOCUMENTS)
    if not known:
        return {}
    places = {term: k for k, term in enumerate(known)}
    rows, columns, first = [], [], 0
    for document in documents:
        own = [places.get((document.language, term), -1) for term in document.vocabulary]
        for i, (start, stop) in enumerate(zip(document.offsets, document.offsets[1:], strict=False)):
            found = sorted({own[term] for term in document.terms[start:stop].tolist()} - {-1})
            rows += [first + i] * len(found)
            columns += found
        first += len(document)
    table = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(first, len(known)))
    picked = np.concatenate([example.targets > 0 for example in examples])
    model = LogisticRegression(C=C, class_weight="balanced", solver="liblinear", tol=1e-3, random_state=0)
    weights = model.fit(table, picked).coef_[0].round(2)
    words: Words = {}
    for (language, term), weight in zip(known, weights.tolist(), strict=True):
        if weight:
            words.setdefault(language, {})[term] = weight
    return words


def apply_words(example: Example, words: Words) -> Floats32:
    """Return the inputs of an example, with the columns of the words filled in.

    Parameters
    ----------
    example : Example
    words : dict of str to dict of str to float
        From `fit_words`.

    Returns
    -------
    ndarray of float32, shape (n_kept, n_inputs)
    """
    document = example.narrow
    known = words.get(document.language, {})
    weights = np.array([known.get(term, 0.0) for term in document.vocabulary])
    sizes = np.diff(document.offsets)
    rows = np.arange(len(document)).repeat(sizes)
    sums = np.bincount(rows, weights[document.terms], len(document))
    inputs = example.inputs.copy()
    for column, values in zip(PICKED_WORDS, (sums / np.maximum(sizes, 1), sums), strict=True):
        inputs[:, column] = values
        deviation = values.std() if values.std() > 1e-9 else np.inf
        inputs[:, column + len(COLUMNS)] = (values - values.mean()) / deviation
    return inputs


def apply_unseen_words(examples: Sequence[Example], seed: int = 1) -> list[Floats32]:
    """Return the inputs of training examples, each with words learned from examples of other folds."""
    folds = np.random.default_rng(seed).permutation(len(examples)) % N_INNER_FOLDS
    inputs: list[Floats32] = [np.empty(0, np.float32)] * len(examples)
    for fold in range(N_INNER_FOLDS):
        words = fit_words([each for each, own in zip(examples, folds, strict=True) if own != fold])
        for k in np.flatnonzero(folds == fold).tolist():
            inputs[k] = apply_words(examples[k], words)
    return inputs


def format_words(words: Words) -> str:
    """Format the file that `summarize.rankers.learned.lexicon.load_words` reads.

    Examples
    --------
    >>> print(format_words({"en": {"council": 0.25}}), end="")
    [en]
    council 25
    """
    lines = []
    for language in sorted(words):
        lines.append(f"[{language}]")
        lines += [f"{term} {round(100 * weight)}" for term, weight in sorted(words[language].items())]
    return "\n".join(lines) + "\n"

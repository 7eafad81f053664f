"""Standardize scores, and add a preference for early sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def standardize(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale values to zero mean and unit variance.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)

    Returns
    -------
    ndarray of float64, shape (n,)
        ``(values - mean) / deviation``, or zeros if all values are equal up to rounding.

    Examples
    --------
    >>> standardize(np.array([1.0, 2.0, 3.0, 2.0]))
    array([-1.41421356,  0.        ,  1.41421356,  0.        ])
    >>> standardize(np.array([5.0, 5.0]))
    array([0., 0.])
    """
    if not len(values):
        return values
    n = len(values)
    # numpy's own mean and standard deviation take several times as long on so few values.
    centered: NDArray[np.float64] = values - np.add.reduce(values) / n
    deviation = math.sqrt(float(centered @ centered) / n)
    largest = float(np.maximum.reduce(np.abs(values)))
    return centered / deviation if deviation > 1e-12 * largest else centered * 0


def add_position(document: Document, scores: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """Add a preference for early sentences: ``z(scores) + weight * z(exp(-i / 10))``.

    ``z`` is `standardize`. The position ``i`` starts from 0 in each part of the document.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
    weight : float
        The `position_weight` of a ranker.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        The scores unchanged if the weight is 0 or there are fewer than two sentences.

    Raises
    ------
    OptionError
        If the weight is not a finite number.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("One came. Two came. Three came.", language="en")
    >>> add_position(document, np.ones(3), 1.0).round(2)
    array([ 1.24, -0.04, -1.2 ])
    """
    check_number("position_weight", weight)
    if weight == 0 or len(scores) < 2:
        return scores
    return standardize(scores) + weight * standardize(document_position_scores(document))


def document_position_scores(document: Document) -> NDArray[np.float64]:
    """Score the sentences of a document by position, starting again in each of its parts.

    Parameters
    ----------
    document : Document

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        The `position_scores` of each part, concatenated.

    Examples
    --------
    >>> from summarize import summarize_merged
    >>> document = summarize_merged(["One came. Two came.", "Three came."], language="en").document
    >>> document_position_scores(document).round(2)
    array([1. , 0.9, 1. ])
    """
    if not document.parts:
        return position_scores(len(document))
    return np.concatenate([position_scores(part.stop - part.first) for part in document.parts])


def position_scores(n: int) -> NDArray[np.float64]:
    """Score n sentences by position: ``exp(-i / 10)``.

    Parameters
    ----------
    n : int

    Returns
    -------
    ndarray of float64, shape (n,)
        Starts at 1 and decreases; about 0.1 for the 24th sentence.

    Examples
    --------
    >>> position_scores(3).round(2)
    array([1.  , 0.9 , 0.82])
    """
    scores: NDArray[np.float64] = np.exp(-np.arange(n) / 10)
    return scores

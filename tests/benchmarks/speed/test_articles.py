"""Synthetic articles for the speed benchmarks."""

from __future__ import annotations

import pytest

from benchmarks.speed.articles import make_articles

ARTICLES = make_articles(20, words=100)


def test_articles_are_different():
    assert len(set(ARTICLES)) == len(ARTICLES)


def test_articles_are_the_same_on_every_call():
    assert make_articles(20, words=100) == ARTICLES


@pytest.mark.parametrize("article", ARTICLES[:3])
def test_article_has_about_the_requested_length(article):
    assert 95 <= len(article.split()) <= 160

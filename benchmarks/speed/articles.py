"""Make synthetic articles for the speed benchmarks."""

from __future__ import annotations

import random

from benchmarks.corpora import SEEDS

_LETTERS = str.maketrans("0123456789", "aeioukrtmn")


def make_articles(n: int, words: int = 500) -> list[str]:
    """Make different articles from the sentences of the English seeds.

    Sentences are drawn with a fixed seed, and each gets a rare word, like the names in real articles, so that
    the vocabulary grows with the number of articles.

    Parameters
    ----------
    n : int
        Number of articles.
    words : int
        Approximate length of each article.

    Returns
    -------
    list of str
        Articles with paragraphs of three sentences.
    """
    from summarize import segment

    pool = []
    for path in sorted(SEEDS.glob("*.en.txt")):
        document = segment(path.read_text(encoding="utf-8"), language="en")
        pool += [" ".join(s.text.split()) for s in document.sentences if s.candidate]
    draw = random.Random(0)
    articles = []
    for k in range(n):
        sentences: list[str] = []
        size = 0
        while size < words:
            sentence = draw.choice(pool)
            size += len(sentence.split()) + 1
            name = f"{k}{len(sentences):02}".translate(_LETTERS).capitalize()
            sentences.append(f"{sentence[:-1]} near {name}{sentence[-1]}")
        articles.append("\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)))
    return articles

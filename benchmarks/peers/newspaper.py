"""Run newspaper4k's summarizer, without its downloader and HTML parser.

A regex splits sentences, since the package's own splitter needs NLTK data that would have to be downloaded.
"""

from __future__ import annotations

import re


def frequency(text: str, language: str, words: int) -> list[str]:
    """Select the best sentences that fit, by title words, sentence length, position and frequent words."""
    from newspaper import nlp
    from newspaper.text import StopWords

    stop_words = StopWords(language)
    title = text.strip().partition("\n")[0]
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text.strip()) if s]
    keys = nlp.keywords(text, stop_words, 10)
    title_words = [word for word in stop_words.tokenizer(title) if word not in stop_words.stop_words]
    chosen, left = [], words
    for place, sentence, _ in nlp.scored_sentences(sentences, title_words, keys, stop_words):
        if len(sentence.split()) <= left:
            left -= len(sentence.split())
            chosen.append((place, sentence))
    return [sentence for _, sentence in sorted(chosen)]

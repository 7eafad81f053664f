"""Split a text into sentences: the table of segmenters.

A segmenter is a function ``(text, Language, blocks, holes) -> tuple of Sentence``, where `blocks` and `holes`
are those of `summarize.document.Text`. To add one, write its module and its line here.
"""

from __future__ import annotations

from summarize.registry import Entry

SEGMENTERS = {
    "rules": Entry(
        "summarize.segmentation.sentences:split_sentences",
        "rules and abbreviation lists for each language",
    ),
    "punkt": Entry(
        "summarize.segmentation.punkt:split_sentences_punkt",
        "the Punkt algorithm, from NLTK (Kiss & Strunk 2006)",
    ),
}
DEFAULT = "rules"

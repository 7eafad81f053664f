"""Measure how often the language of a single sentence is detected.

    python -m benchmarks.segmentation.languages --data DIR

`--data` is a folder of ``*.jsonl.gz`` files as for `benchmarks.segmentation.boundaries`. Every sentence with
a letter is a text of its own. The table is printed: the share of sentences whose language is found, with a
bootstrap interval over sentences, for all of them and for those with fewer than twelve and five words.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import report
from benchmarks.segmentation.boundaries import read_corpora
from summarize.languages.detection import detect_language

# Sentences of a file to measure, drawn at random, and how often they are resampled.
_MAX_SENTENCES, _RESAMPLES = 2_000, 1_000


def measure_share(found: Sequence[bool]) -> tuple[float, float, float]:
    """Return the share of true values in percent, and the limits of its 95 % interval.

    Examples
    --------
    >>> measure_share([True, True])
    (100.0, 100.0, 100.0)
    """
    share = 100 * sum(found) / len(found)
    generator = random.Random(0)
    means = sorted(100 * sum(generator.choices(found, k=len(found))) / len(found) for _ in range(_RESAMPLES))
    return share, means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for every file."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.segmentation.languages",
        description="Measure the detection of languages.",
    )
    data = os.environ.get("SUMMARIZE_SENTENCES")
    parser.add_argument("--data", type=Path, default=data, help="folder of *.jsonl.gz files")
    options = parser.parse_args(arguments)
    if options.data is None:
        parser.error("--data is missing")
    rows = []
    for name, code, paragraphs in read_corpora(options.data):
        texts = []
        for paragraph in paragraphs:
            start = 0
            for end in paragraph.ends:
                texts.append(paragraph.text[start:end].strip())
                start = end
        texts = [text for text in texts if any(map(str.isalpha, text))]
        texts = random.Random(0).sample(texts, min(_MAX_SENTENCES, len(texts)))
        results = [(len(text.split()), detect_language(text).code == code) for text in texts]
        cells: list[object] = [name, len(results)]
        for limit in (10**9, 12, 5):
            found = [is_right for n_words, is_right in results if n_words < limit]
            cells.append(report.format_interval(*measure_share(found)) if found else "")
        rows.append(cells)
    print(report.markdown_table(("data", "sentences", "all, %", "< 12 words, %", "< 5 words, %"), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())

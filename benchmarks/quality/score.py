"""Score any summary, whoever wrote it.

    python -m benchmarks.quality.score --summary FILE --reference FILE... [--document FILE] [--language CODE]

ROUGE against the references, the best of several; with the document also the measures that need none
(the summary's sentences are looked up in it, so these are for extracts).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from summarize import Document, segment
from summarize.errors import SummarizeError
from summarize.metrics import intrinsic
from summarize.metrics.rouge import rouge
from summarize.reading import read_path


def find_extract(document: Document, summary: str) -> tuple[list[int], int]:
    """The sentences of the document that make the summary, and how many of the summary's are not in it."""
    places = {" ".join(s.text.split()): s.index for s in reversed(document.sentences)}
    lines = [" ".join(s.text.split()) for s in segment(summary, language=document.language).sentences]
    return sorted({places[line] for line in lines if line in places}), sum(
        line not in places for line in lines
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a measure a line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.score", description="Score a summary."
    )
    parser.add_argument("--summary", required=True)
    parser.add_argument("--reference", nargs="+", required=True)
    parser.add_argument("--document", help="what was summarized")
    parser.add_argument("--language", default="en")
    parser.add_argument("--several", choices=("best", "mean"), default="best")
    options = parser.parse_args(arguments)
    try:
        summary = read_path(options.summary).text
        references = [read_path(path).text for path in options.reference]
        text = read_path(options.document).text if options.document else None
    except SummarizeError as error:
        print(error, file=sys.stderr)
        return 1
    for name, score in rouge(summary, references, options.language, options.several).items():
        print(f"{name:<12} P {score.precision:.4f}  R {score.recall:.4f}  F1 {score.f1:.4f}")
    print(f"{'words':<12} {len(summary.split())}")
    if text is not None:
        document = segment(text, language=options.language)
        indices, strange = find_extract(document, summary)
        print(f"{'coverage':<12} {intrinsic.source_coverage(document, indices):.4f}")
        print(f"{'divergence':<12} {intrinsic.divergence(document, indices):.4f}")
        print(f"{'redundancy':<12} {intrinsic.redundancy(document, indices):.4f}")
        print(f"{'dangling':<12} {intrinsic.dangling_starts(document, indices):.4f}")
        if strange:
            print(f"{strange} sentences of the summary are not in the document", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

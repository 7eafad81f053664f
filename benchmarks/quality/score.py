"""Score a summary, from any tool, against reference summaries.

    python -m benchmarks.quality.score --summary FILE --reference FILE... [--document FILE] [--language CODE]

Prints ROUGE against the best of the references. With ``--document``, it also prints the measures that need
no reference. These apply to extracts, since they look up the sentences of the summary in the document.
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
    """Find the sentences of an extract in its document.

    Returns
    -------
    indices : list of int
        Sorted indices of the sentences found.
    n_missing : int
        Number of summary sentences that are not in the document.

    Examples
    --------
    >>> document = segment("Cats sleep. Dogs bark.", language="en")
    >>> find_extract(document, "Dogs bark. Birds sing.")
    ([1], 1)
    """
    places = {" ".join(s.text.split()): s.index for s in reversed(document.sentences)}
    lines = [" ".join(s.text.split()) for s in segment(summary, language=document.language).sentences]
    return sorted({places[line] for line in lines if line in places}), sum(
        line not in places for line in lines
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one measure per line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.score", description="Score a summary."
    )
    parser.add_argument("--summary", required=True, help="the summary to score")
    parser.add_argument("--reference", nargs="+", required=True, help="reference summaries")
    parser.add_argument("--document", help="the text that was summarized")
    parser.add_argument("--language", default="en", help="language code (default: %(default)s)")
    parser.add_argument(
        "--several", choices=("best", "mean"), default="best", help="how to combine several references"
    )
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
        indices, n_missing = find_extract(document, summary)
        print(f"{'coverage':<12} {intrinsic.source_coverage(document, indices):.4f}")
        print(f"{'divergence':<12} {intrinsic.divergence(document, indices):.4f}")
        print(f"{'redundancy':<12} {intrinsic.redundancy(document, indices):.4f}")
        print(f"{'dangling':<12} {intrinsic.dangling_starts(document, indices):.4f}")
        if n_missing:
            print(f"sentences of the summary that are not in the document: {n_missing}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

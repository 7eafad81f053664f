"""Read documents: time for a page, memory, and how many of the sentences are whole, beside other libraries.

    python -m benchmarks.reading.documents FILE... [--write]

A sentence of at least eight words is whole if it begins with a capital or a digit and ends with a stop.
Sentences are found by this package in the text of each library, so that only the reading differs. Each
library reads all files of a format in a process of its own; those that are not installed are left out.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import markdown_table, provenance, write_text

RESULT = Path(__file__).parents[1] / "results" / "reading.md"
_MIN_WORDS = 8
_BEGIN, _END = re.compile(r"\W*[^\W_a-z]"), re.compile(r"[.!?:。！？।][\"'”’»)\]]*\d*\Z")


class Measurement(NamedTuple):
    """What one library makes of the files of one format.

    Attributes
    ----------
    files, pages : int
        `pages` are 0 if the format has none.
    failed : int
        Files that were refused.
    seconds : float
        CPU seconds.
    size : int
        Bytes of the files.
    memory : float
        Peak of the process, in MB.
    whole, sentences : int
        Long sentences that are whole, and all long ones.
    """

    files: int
    pages: int
    failed: int
    seconds: float
    size: int
    memory: float
    whole: int
    sentences: int


def _read_own(path: Path) -> tuple[str, int]:
    from summarize.reading import read_path

    text = read_path(path)
    pages = [mark.value for mark in text.marks if mark.kind == "page"]
    return "", max((page for page in pages if isinstance(page, int)), default=0)


def _read_pypdf(path: Path) -> tuple[str, int]:
    import pypdf

    reader = pypdf.PdfReader(path)
    return "\n".join(page.extract_text() for page in reader.pages), len(reader.pages)


def _read_pdfminer(path: Path) -> tuple[str, int]:
    from pdfminer.high_level import extract_text

    text = extract_text(path)
    return text, text.count("\f")


def _read_markitdown(path: Path) -> tuple[str, int]:
    from markitdown import MarkItDown

    return str(MarkItDown().convert(str(path)).text_content), 0


def _read_docx2txt(path: Path) -> tuple[str, int]:
    import docx2txt

    return str(docx2txt.process(str(path))), 0


READERS: dict[str, tuple[Callable[[Path], tuple[str, int]], tuple[str, ...]]] = {
    "summarize": (_read_own, ()),
    "pypdf": (_read_pypdf, (".pdf",)),
    "pdfminer.six": (_read_pdfminer, (".pdf",)),
    "markitdown": (_read_markitdown, (".pdf", ".docx", ".pptx", ".xlsx", ".epub")),
    "docx2txt": (_read_docx2txt, (".docx",)),
}


def count_whole(sentences: list[str]) -> tuple[int, int]:
    """Count the long sentences that are whole, and all long ones.

    Examples
    --------
    >>> count_whole(["The weir of the town was built in 1821.", "and it leaked from the first day on."])
    (1, 2)
    """
    long = [each for each in sentences if len(each.split()) >= _MIN_WORDS]
    return sum(bool(_BEGIN.match(each) and _END.search(each)) for each in long), len(long)


def _measure(name: str, paths: list[Path], results: multiprocessing.Queue[Measurement | None]) -> None:
    """Read files with one library, in a process of its own."""
    from summarize import segment
    from summarize.reading import read_path

    read = READERS[name][0]
    failed = pages = size = whole = total = 0
    seconds = 0.0
    for path in paths:
        begin = time.process_time()
        try:
            text, n_pages = read(path)
        except ImportError:
            results.put(None)
            return
        except Exception:
            failed += 1
            continue
        seconds += time.process_time() - begin
        pages, size = pages + n_pages, size + path.stat().st_size
        document = segment(read_path(path) if name == "summarize" else text)
        one, all_of = count_whole([each.printed for each in document.sentences if each.candidate])
        whole, total = whole + one, total + all_of
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    results.put(Measurement(len(paths), pages, failed, seconds, size, memory, whole, total))


def measure(name: str, paths: list[Path]) -> Measurement | None:
    """Measure one library on the files of a format; None if it is not installed."""
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[Measurement | None] = context.Queue()
    worker = context.Process(target=_measure, args=(name, paths, results))
    worker.start()
    result = results.get()
    worker.join()
    return result


def main() -> None:
    """Print a table, and write it if that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write the table to {RESULT.name}")
    arguments = parser.parse_args()
    by_suffix: dict[str, list[Path]] = defaultdict(list)
    for path in arguments.files:
        by_suffix[path.suffix.lower()].append(path)
    rows = []
    for suffix, paths in sorted(by_suffix.items()):
        for name, (_, suffixes) in READERS.items():
            found = measure(name, paths) if not suffixes or suffix in suffixes else None
            if found is None:
                continue
            n_read = max(1, found.files - found.failed)
            per = f"{1000 * found.seconds / found.pages:.1f}" if found.pages else ""
            rows.append(
                (
                    f"{suffix} · {name}",
                    f"{found.files}, {found.failed} refused",
                    found.pages or "",
                    per,
                    f"{1000 * found.seconds / n_read:.0f}",
                    f"{found.memory:.0f}",
                    f"{100 * found.whole / max(1, found.sentences):.1f}",
                    found.sentences,
                )
            )
    header = (
        "format · library",
        "files",
        "pages",
        "ms a page",
        "ms a file",
        "MB",
        "whole, %",
        "long sentences",
    )
    table = markdown_table(header, rows)
    print(table)
    if arguments.write:
        about = (
            "Time is CPU time. A long sentence has at least eight words; "
            "it is whole if it begins with a capital or a digit, and ends with a stop."
        )
        where = provenance("benchmarks.reading.documents")
        write_text(f"# Reading documents\n\n{where}\n\n{about}\n\n{table}\n", RESULT)


if __name__ == "__main__":
    main()

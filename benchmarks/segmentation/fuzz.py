"""Fuzz the segmentation.

    python -m benchmarks.segmentation.fuzz [-max_total_time=60] [other options of libFuzzer]

Needs atheris (``pip install atheris``), and runs until it is stopped. It searches for a text that

- breaks the partition: text outside every sentence, an empty sentence, or a wrong offset,
- leaves a document without a candidate sentence, or
- takes more than a second plus a second per 100,000 characters.
"""

from __future__ import annotations

import sys
import time

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: pip install atheris")

with atheris.instrument_imports(include=["summarize"]):
    from summarize.languages import GENERIC, LANGUAGES
    from summarize.segmentation.sentences import split_sentences

LANGUAGE_LIST = [GENERIC, *LANGUAGES.values()]


def check(text: str, number: int) -> None:
    """Raise AssertionError if splitting a text breaks an invariant."""
    start = time.process_time()
    sentences = split_sentences(text, LANGUAGE_LIST[number % len(LANGUAGE_LIST)])
    seconds = time.process_time() - start
    covered = 0
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
        assert not text[covered : sentence.start].strip()
        covered = sentence.end
    assert not text[covered:].strip()
    assert not sentences or any(sentence.candidate for sentence in sentences)
    assert seconds < 1 + len(text) / 100_000, f"{seconds:.1f} s for {len(text)} characters"


def main() -> None:
    """Run atheris on the segmentation."""

    def run(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        number, times = provider.ConsumeIntInRange(0, 255), provider.ConsumeIntInRange(1, 2000)
        text = provider.ConsumeUnicode(provider.remaining_bytes())
        check(text, number)
        check(text[:200] * times, number)

    atheris.Setup(sys.argv, run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

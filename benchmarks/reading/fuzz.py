"""Read mutated documents: none may raise anything but an `InputError`, take long, or crash.

    python -m benchmarks.reading.fuzz FILE... --count 20000

Each file is mutated in five ways: bytes are flipped, a range is deleted, doubled or zeroed, and the file is
cut. In a ZIP archive the parts are mutated too, before they are packed again. A process of its own reads
them, so that a crash is counted.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import signal
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

_MAX_SECONDS = 20


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Mutate a file in one of five ways.

    Examples
    --------
    >>> len(mutate(bytes(100), random.Random(1))) <= 200
    True
    """
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.7:
        return _mutate_part(data, chance)
    return _mutate_bytes(data, chance)


def _mutate_bytes(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    start = chance.randrange(len(data))
    stop = min(len(data), start + chance.randint(1, max(2, len(data) // 10)))
    way = chance.randrange(5)
    if way == 0:
        changed = bytearray(data)
        for _ in range(chance.randint(1, 30)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    if way == 1:
        return data[:start] + data[stop:]
    if way == 2:
        return data[:stop] + data[start:stop] + data[stop:]
    if way == 3:
        return data[:start] + bytes(stop - start) + data[stop:]
    return data[:start]


def _mutate_part(data: bytes, chance: random.Random) -> bytes:
    """Mutate a part of an archive, and pack it again."""
    source = zipfile.ZipFile(io.BytesIO(data))
    names = source.namelist()
    chosen = chance.choice(names)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            part = source.read(name)
            archive.writestr(name, _mutate_bytes(part, chance) if name == chosen else part)
    return file.getvalue()


def _read(connection: Any, data: bytes, suffix: str, seed: int) -> None:
    """Read mutations until told to stop; send the number of each and what became of it."""
    from summarize import segment
    from summarize.errors import SummarizeError
    from summarize.reading import decode

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    chance = random.Random(seed)
    while True:
        changed = mutate(data, chance)
        connection.send(("begin", None))
        signal.alarm(_MAX_SECONDS)
        try:
            segment(decode(changed, f"a{suffix}"))
            result = "read"
        except SummarizeError:
            result = "refused"
        except Exception as error:
            result = f"{type(error).__name__}: {error}"[:200]
        signal.alarm(0)
        connection.send(("end", result))


def fuzz(path: Path, count: int, seed: int) -> Counter[str]:
    """Read mutations of a file; count what became of them.

    Parameters
    ----------
    path : Path
    count : int
    seed : int

    Returns
    -------
    Counter of str
        ``"read"``, ``"refused"``, ``"crashed or took too long"``, or the error.
    """
    data = path.read_bytes()
    results: Counter[str] = Counter()
    while results.total() < count:
        ours, theirs = multiprocessing.Pipe()
        worker = multiprocessing.Process(target=_read, args=(theirs, data, path.suffix, seed), daemon=True)
        worker.start()
        theirs.close()
        try:
            while results.total() < count:
                what, result = ours.recv()
                if what == "end":
                    results[result] += 1
        except EOFError:
            results["crashed or took too long"] += 1
            seed += 1
        worker.kill()
        worker.join()
    return results


def main() -> None:
    """Print one line for each file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for path in arguments.files:
        begin = time.perf_counter()
        results = fuzz(path, arguments.count, arguments.seed)
        seconds = time.perf_counter() - begin
        shown = ", ".join(f"{n:,} {what}" for what, n in results.most_common(8))
        print(f"{path.name}: {shown} ({seconds:.0f} s)", flush=True)


if __name__ == "__main__":
    main()

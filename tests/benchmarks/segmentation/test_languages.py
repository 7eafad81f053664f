"""The benchmark of language detection."""

from __future__ import annotations

import gzip
import json

from benchmarks.segmentation import languages


def test_row_has_the_share_of_all_sentences_and_of_short_ones(tmp_path, capsys):
    text = "The council and the mayor agree. The ferry is slow."
    line = json.dumps({"text": text, "ends": [32, 51], "language": "en"})
    with gzip.open(tmp_path / "news.en.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(line)
    assert languages.main(["--data", str(tmp_path)]) == 0
    full = "100.0 [100.0, 100.0]"
    assert capsys.readouterr().out.splitlines()[-2:][0] == f"| news.en | 2 | {full} | {full} | {full} |"

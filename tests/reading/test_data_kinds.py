"""Logs, code and tables are told from prose; the cheap tests admit whatever the patterns match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.reading import data_kinds


@pytest.mark.parametrize(
    "line",
    [
        "2024-03-12 09:14:22 INFO gauge read",
        "[12/03/24, 09:14:22] gauge read",
        "Tue Mar  3 09:14:22 gauge kernel: read",
        "Mar 3 09:14 gauge",
        "1710234862 09:14 read",
        "[ERROR] gauge",
        "WARN: gauge",
        "10.0.0.1 - - [12/Mar/2024]",
    ],
)
def test_a_line_of_a_log_passes_the_cheap_test(line):
    assert data_kinds._LOG.match(line)
    assert data_kinds._may_be_logged(line)


@pytest.mark.parametrize(
    "line",
    [
        "x = read(gauge)",
        "level += 1",
        "}",
        "],",
        "// the gauge",
        "/* the gauge",
        "gauge.read()",
        "import gauge",
        "from gauge import read",
        "#include <gauge.h>",
        "use gauge;",
        "def read(gauge):",
        "else: read",
        "struct gauge {",
    ],
)
def test_a_line_of_code_passes_the_cheap_test(line):
    assert data_kinds._CODE.match(line)
    assert data_kinds._may_be_code(line)


@given(st.from_regex(rf"\A(?:{data_kinds._LOG.pattern})").map(str.strip))
def test_whatever_looks_logged_passes_the_cheap_test(line):
    assert not data_kinds._LOG.match(line) or data_kinds._may_be_logged(line)


@given(st.from_regex(rf"\A(?:{data_kinds._CODE.pattern})").map(str.strip))
def test_whatever_looks_like_code_passes_the_cheap_test(line):
    assert not data_kinds._CODE.match(line) or data_kinds._may_be_code(line)

"""What README and docs show is what users get."""

from __future__ import annotations

import pytest

from tests.docs.examples import (
    ROOT,
    RUNNABLE,
    copy_repository,
    find_blocks,
    find_pages,
    run_console,
    run_page,
)

PAGES = find_pages()
MAX_NOT_RUN = 14


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_print_what_the_page_shows(path, tmp_path):
    found = run_page(path.read_text(encoding="utf-8"), copy_repository(tmp_path / "summarize"))
    wrong = [f"{path}:{block.line}\n{now}" for block, now in found if now != block.body]
    assert not wrong, "\n".join(["to accept all: python tests/docs/examples.py", *wrong])


def test_few_blocks_are_not_run():
    blocks = [block for path in PAGES for block in find_blocks(path.read_text(encoding="utf-8"))]
    reasons = [block.reason for block in blocks if block.reason is not None]
    assert all(reasons)
    assert len(reasons) <= MAX_NOT_RUN


def test_blocks_that_look_like_commands_are_of_a_kind_that_is_run():
    for path in PAGES:
        for block in find_blocks(path.read_text(encoding="utf-8")):
            assert block.kind in (*RUNNABLE, "text", "json", "bibtex"), f"{path}:{block.line}"


def test_a_wrong_output_is_found(tmp_path):
    shown = "$ echo one\ntwo\n"
    copy_repository(tmp_path / "summarize")
    assert run_console(shown, tmp_path / "summarize") == "$ echo one\none\n"


def test_a_command_may_go_on_in_the_next_line(tmp_path):
    assert run_console("$ echo \\\n> one\none\n", tmp_path) == "$ echo \\\n> one\none\n"


def test_a_block_of_python_without_prompts_must_not_print(tmp_path):
    [(block, now)] = run_page("```python\nprint(1)\n```\n", tmp_path)
    assert now == block.body + "1\n"


def test_a_wrong_doctest_is_found(tmp_path):
    [(_, now)] = run_page("```python\n>>> x = 1\n>>> x + 1\n3\n```\n", tmp_path)
    assert now == ">>> x = 1\n>>> x + 1\n2\n"

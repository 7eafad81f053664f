"""Facts about the journal."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.batch.journal import Finished, Journal, make_key
from summarize.errors import OutputError


def test_what_was_committed_is_found_by_another_process_while_the_run_goes_on(tmp_path):
    path = str(tmp_path / "j")
    journal = Journal(path, resume=True)
    journal.add(b"key", b"piece")
    journal.commit()
    assert Finished(path).find(b"key") == b"piece"
    assert Finished(path).find(b"other") is None
    journal.close(remove=False)


def test_without_resume_it_begins_anew(tmp_path):
    path = str(tmp_path / "j")
    for resume, found in ((False, None), (True, b"piece"), (False, None)):
        journal = Journal(path, resume=resume)
        assert Finished(path).find(b"key") == found
        journal.add(b"key", b"piece")
        journal.close(remove=False)


def test_it_goes_when_there_is_nothing_in_it(tmp_path):
    Journal(str(tmp_path / "j"), resume=True).close(remove=False)
    assert list(tmp_path.iterdir()) == []


def test_it_can_go(tmp_path):
    journal = Journal(str(tmp_path / "j"), resume=False)
    journal.add(b"key", b"piece")
    journal.close(remove=True)
    assert list(tmp_path.iterdir()) == []


def test_what_was_made_last_is_found(tmp_path):
    for piece in (b"first", b"second"):
        journal = Journal(str(tmp_path / "j"), resume=True)
        journal.add(b"key", piece)
        journal.close(remove=False)
    assert Finished(str(tmp_path / "j")).find(b"key") == b"second"


def test_a_resumed_run_finds_by_an_index_which_a_new_one_does_without(tmp_path):
    for resume, indices in ((False, 0), (True, 1)):
        journal = Journal(str(tmp_path / "j"), resume=resume)
        journal.add(b"key", b"piece")
        journal.close(remove=False)
        with contextlib.closing(sqlite3.connect(tmp_path / "j")) as database:
            (found,) = database.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index'").fetchone()
        assert found == indices


def test_a_name_is_taken_once_a_run(tmp_path):
    for _ in range(2):
        journal = Journal(str(tmp_path / "j"), resume=True)
        assert [journal.take_name(name) for name in ("a", "b", "a", "\udcff")] == [True, True, False, True]
        journal.close(remove=False)


def test_a_file_that_is_no_journal_is_said(tmp_path):
    (tmp_path / "j").write_bytes(b"This is no database. " * 99)
    with pytest.raises(OutputError, match="cannot be written"):
        Journal(str(tmp_path / "j"), resume=True)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_keys_are_equal_where_their_parts_are(parts, others):
    assert (make_key(*parts) == make_key(*others)) == (parts == others)

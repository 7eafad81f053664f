"""A stanza is one unit, printed with its lines apart; prose and lists are not verse."""

from __future__ import annotations

import pytest

from summarize import segment
from summarize.segmentation.blocks import find_lines
from summarize.segmentation.verse import find_verse

STANZAS = (
    "The ferry came at dead of night,\n  And all the oars were wet,\nAnd on the shore a single light\n"
    "  Was burning yet.\n\n"
    "She laid her hand upon the rope,\n  And felt the river draw,\nAnd what she lost there of her hope\n"
    "  Nobody saw."
)


def test_stanza_is_one_sentence() -> None:
    first, second = segment(STANZAS).sentences
    assert first.text == STANZAS.split("\n\n")[0]
    assert first.printed == (
        "The ferry came at dead of night, / And all the oars were wet, / And on the shore a single light / "
        "Was burning yet."
    )
    assert second.candidate


def test_long_stanza_is_divided_where_a_sentence_ends() -> None:
    text = "\n".join(STANZAS.replace("\n\n", "\n").split("\n") * 3)
    assert find_verse(text, find_lines(text)) == [(k, k + 4) for k in range(0, 24, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry came at night.\nAll the oars were wet.\nA light was burning.\nNobody saw it.",
        "Council votes to close the bridge\nEngineers find rust\nFerry to run two more boats\nMayor asks "
        "for money",
        "- The ferry,\n- All the oars,\n- And a light,\n- But no bridge.",
        "The ferry has run between the two islands for ninety years, and no\none remembers a summer "
        "without it. It "
        "carries the mail, the milk and\nthe doctor, and in the spring, when the ice is gone, it takes "
        "the\ncows "
        "over, too. Nobody has ever counted them.",
        "Ada Holm,\nWestmark Institute,\nNorth Street,\nBrandle.",
    ],
)
def test_other_lines_are_no_verse(text: str) -> None:
    assert find_verse(text, find_lines(text)) == []

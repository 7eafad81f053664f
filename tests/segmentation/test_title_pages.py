"""The title page of a plain text is found by the form of its lines."""

from __future__ import annotations

import pytest

from summarize import segment

STORY = (
    "The ferry has run between the two islands for ninety years, and nobody remembers a summer without it. "
    "It carries the mail, the milk and the doctor.\n\n"
    "In the spring the engine failed, and the islands were alone for nine days. The council has bought "
    "another "
    "engine since then, which is smaller and uses half of the oil.\n\n"
    "The captain wants to retire next year. His daughter has sailed with him since she was twelve, and she "
    "will "
    "take over the ferry."
)
GERMAN = (
    "Die Fähre verkehrt seit neunzig Jahren zwischen den beiden Inseln, und niemand erinnert sich an einen "
    "Sommer ohne sie. Sie bringt die Post, die Milch und den Arzt.\n\n"
    "Im Frühjahr fiel der Motor aus, und die Inseln waren neun Tage lang allein. Der Rat hat seither einen "
    "neuen gekauft, der kleiner ist und halb so viel Öl braucht."
)
CHINESE = (
    "渡船在两个岛之间行驶了九十年，没有人记得哪个夏天没有它。它运送邮件、牛奶和医生。\n\n"
    "春天发动机坏了，两个岛与外界隔绝了九天。议会后来买了一台新的发动机，它更小，用油只有一半。\n\n"
    "船长打算明年退休。他的女儿从十二岁起就和他一起出海，她将接管渡船。"
)

PAGES = {
    "book": "THE FERRY\n\nA Tale of Two Islands\n\nby\n\nAda Holm\n\nCONTENTS\n\nCHAPTER I\n\nCHAPTER "
    "II\n\nCHAPTER I",
    "paper": "FerryNet: Learning the Wind from Pictures\n\nAda Holm1, Maud Ahlgren2 and Dora Lind1\n"
    "1 Westmark Institute\n2 Brandle University\n{ada,dora}@westmark.example",
    "court": "                 United States Court of Appeals\n\n                   FOR THE NORTHERN "
    "CIRCUIT\n\n"
    "Argued May 3, 1997      Decided June 7, 1997\n\n                       No. 96-1111\n\n"
    "                  Ferry Owners, Inc., et al.,\n                         Appellants\n\n"
    "                            v.\n\n                    City of Brandle,\n                        "
    "Appellee",
    "speech": "MAYOR ADA HOLM'S ADDRESS TO THE COUNCIL OF BRANDLE ON THE FERRY AND ON THE MAIL, 1946.\n\n"
    "To the Council of Brandle:",
    "specification": "Ferry Working Group                                          A. Holm\n"
    "Request for Comments: 7777                        Westmark Institute\n\n"
    "              Ferry Transfer Protocol",
    "article": "Ferry to stay\n\nBy Ada Holm\n\n3 May 2015",
}


@pytest.mark.parametrize("name", PAGES)
def test_title_page_is_not_chosen(name: str) -> None:
    document = segment(f"{PAGES[name]}\n\n{STORY}")
    chosen = [sentence for sentence in document.sentences if sentence.candidate]
    assert len(chosen) == 6
    assert chosen[0].text.startswith("The ferry has run")


@pytest.mark.parametrize(
    ("page", "text", "begin"),
    [
        ("DIE FÄHRE\n\nvon Ada Holm\n\nBrandle, 3. Mai 1946", GERMAN, "Die Fähre verkehrt"),
        ("渡船的故事\n\n王小明", CHINESE, "渡船在两个岛"),
    ],
)
def test_title_page_is_found_in_other_languages(page: str, text: str, begin: str) -> None:
    document = segment(f"{page}\n\n{text}")
    assert next(s.text for s in document.sentences if s.candidate).startswith(begin)


def test_licence_above_a_text_is_boilerplate() -> None:
    licence = (
        "Copyright (c) 2015 Ada Holm\n\nPermission is hereby granted, free of charge, to any person who "
        "obtains a "
        "copy of this software, to use it without limits."
    )
    kinds = [s.kind for s in segment(f"{licence}\n\n{STORY}").sentences]
    assert kinds[:2] in (["boilerplate", "boilerplate"], ["navigation", "boilerplate"])
    assert kinds[2:] == ["sentence"] * 6


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "great hotel\nGood food\nNice staff\nThe room was clean.\nGreat view\nBad wifi",
        "so we went on\n\nand nobody spoke\n\nuntil the ferry came",
        "HE CAME AT NIGHT.\n\nNOBODY SAW HIM.\n\nTHE FERRY WAS GONE.",
    ],
)
def test_text_without_a_title_page_is_whole(text: str) -> None:
    assert all(sentence.candidate for sentence in segment(text).sentences)

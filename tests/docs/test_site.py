"""The pages of the site are all in its menu, and links to headings lead to one."""

from __future__ import annotations

import re

import pytest

from tests.docs.examples import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def find_anchors(page: str) -> set[str]:
    """Find the anchors of the headings of a page, as GitHub and the site name them.

    >>> find_anchors("# Why this one?\\n\\n## `auto`\\n")
    {'why-this-one', 'auto'}
    """
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_menu_once():
    named = re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
    assert sorted(named) == sorted(path.name for path in DOCS.glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_to_headings_lead_to_one(path):
    text = path.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", text):
        page = (path.parent / target) if target else path
        assert anchor in find_anchors(page.read_text(encoding="utf-8")), f"{target}#{anchor}"


def test_design_names_every_module():
    named = set(re.findall(r"[a-z_]+", (DOCS / "design.md").read_text(encoding="utf-8")))
    modules = {path.stem for path in (ROOT / "summarize").rglob("*.py")} - {"__init__", "__main__"}
    assert modules <= named


def test_pictures_have_a_description():
    for path in PAGES:
        assert "![](" not in path.read_text(encoding="utf-8"), path

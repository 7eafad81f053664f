"""README and docs name everything that there is, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import summarize
from summarize.inputs import READERS
from summarize.outputs import OUTPUTS
from summarize.rankers import DEFAULT, RANKERS
from summarize.renderers import RENDERERS
from summarize.selectors import SELECTORS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_readme_has_at_most_130_lines():
    assert len(read("README.md").splitlines()) <= 130


def test_every_option_is_documented_and_no_other():
    shown = subprocess.run(
        [sys.executable, "-m", "summarize", "--help"], capture_output=True, text=True, check=True
    )
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", re.sub(r"-\n\s+", "-", shown.stdout)))
    tables = "\n".join(line for line in read("docs/command-line.md").splitlines() if line.startswith("|"))
    assert set(re.findall(r"--[a-z][a-z-]+", tables)) == options


@pytest.mark.parametrize("name", [*RANKERS, *SELECTORS, *RENDERERS])
def test_every_ranker_selector_and_renderer_is_described(name):
    assert f"| `{name}`" in read("docs/methods.md") or f", `{name}`" in read("docs/methods.md")


def test_the_default_ranker_is_named():
    assert f"`{DEFAULT}` (default)" in read("README.md")


@pytest.mark.parametrize(
    "suffix", [*READERS, *(each.partition(".gz")[0].partition(".zst")[0] for each in OUTPUTS)]
)
def test_every_format_of_files_is_named(suffix):
    assert f"`{suffix}`" in read("docs/many-files.md")


@pytest.mark.parametrize("name", [each for each in summarize.__all__ if not each.startswith("_")])
def test_every_public_name_is_in_the_reference(name):
    reference = read("docs/api.md")
    assert re.search(rf"::: summarize\.\w+(\.\w+)*\.{name}$", reference, re.M) or name == "SummarizeError"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists() or (path.resolve().parent / target).exists(), target


def test_the_tree_in_the_design_names_every_module():
    design = read("docs/design.md")
    modules = [path for path in (ROOT / "summarize").iterdir() if not path.name.startswith(("_", "py.typed"))]
    missing = [path.name for path in modules if not re.search(rf"\b{path.stem}\b", design)]
    assert not missing

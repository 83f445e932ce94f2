"""`make docs`: the committed pages are what it writes, and every link of the documentation leads somewhere."""

import re
from pathlib import Path

import pytest
from write_docs import GENERATORS, PROJECT, problem_pages

DOCS = sorted((PROJECT / "docs").rglob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```|`[^`\n]+`", re.DOTALL | re.MULTILINE)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


def anchors_of(page):
    """Return the anchors that GitHub gives to the headings of *page*."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("pages", GENERATORS, ids=lambda generator: generator.__name__)
def test_the_committed_pages_are_what_make_docs_writes(pages):
    stale = [path for path, text in pages() if (PROJECT / path).read_text(encoding="utf-8") != text]
    assert stale == []


def test_there_is_no_page_of_a_code_that_is_gone():
    committed = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "docs" / "problems").iterdir()}
    assert committed == {path for path, _ in problem_pages()} - {"docs/problems.md"}


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_a_link_in_the_documentation_leads_somewhere(page):
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    for link in LINK.findall(text):
        if not re.match(r"https?://", link):
            path, _, anchor = link.partition("#")
            target = Path(page.parent / path) if path else page
            assert target.exists(), link
            assert not anchor or anchor in anchors_of(target), link

"""The table of mistakes in docs/editors.md: each is made, and what the page says that one sees is what one sees."""

import re
from pathlib import Path

import pytest

EDITORS = (Path(__file__).resolve().parents[1] / "docs" / "editors.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \(\[(CD\d+)\]\(problems/(CD\d+)\.md\)\) \| [^|]+ \|$", re.MULTILINE)
TABLE = EDITORS[EDITORS.index("## Mistakes that everybody makes") :]
CARD = "content/claims/bridge-cost.yaml"
TYPED = {  # what happened, and what of the card became what
    "a text has a colon and a space": ("because: Nobody", "because: The cost: nobody"),
    "no space after the colon of a field": ("status: unverified\n", "status:unverified\n"),
    "a tab at the beginning of a line": ("    stance", "\tstance"),
    "a line begins too far left or right": ("    stance", "   stance"),
    "a quotation mark is not closed": ("because: Nobody", 'because: "Nobody'),
    "a list without “- ”": (
        "  - source: article-a\n    stance: supports\n    ",
        "  source: article-a\n  stance: supports\n  ",
    ),
    "a date as people write it": ("reviewed: 2030-05-03", "reviewed: 3 May 2030"),
    "a card that is not there": ("- bridge", "- brigde"),
    "a status above the evidence": ("status: unverified\n", "status: corroborated\n"),
}


def make_mistake(site, what):
    """Make the mistake *what* in the small site, and return what is found then."""
    site.claim(evidence=["source: article-a\n    stance: supports\n    quote: Some four million"])
    card = site.root / CARD
    text = card.read_text(encoding="utf-8")
    if what == "a file name with capital letters":
        card.rename(card.with_name("Bridge-Cost.yaml"))
    elif what == "a quote typed from memory":
        return site.problems(site.articles({"article-a": "The bridge cost some 4 million, the council said."}))
    elif what == "a published card changed without a word":
        site.lock()
        card.write_text(text.replace("because: Nobody", "because: Still nobody"), encoding="utf-8")
    else:
        right, wrong = TYPED[what]
        assert text.count(right) == 1
        card.write_text(text.replace(right, wrong), encoding="utf-8")
    return site.problems()


@pytest.mark.parametrize(("what", "seen", "code", "page"), ROW.findall(TABLE), ids=lambda value: value)
def test_who_makes_the_mistake_sees_the_message(site, what, seen, code, page):
    assert code == page
    found = make_mistake(site, what)
    assert [problem.code for problem in found if seen in problem.message] == [code]


def test_every_row_of_the_table_is_read():
    rows = [line for line in TABLE.splitlines() if line.startswith("| ")]
    assert len(ROW.findall(TABLE)) == len(rows) - 1 == len(TYPED) + 3

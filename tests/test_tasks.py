"""The kinds of task: in one order, with a reason each, which the editors' guide shows as it stands in the code."""

import re
from pathlib import Path

import pytest

from claimdeck.desk.tasks import TASK_KINDS, Task, by_card, named, weakest_first
from claimdeck.model.cards import ClaimCard
from claimdeck.read.content import CardFile

PROJECT = Path(__file__).resolve().parents[1]


def task(kind, id_, *loc, weight=()):
    return Task(
        kind, "claim", CardFile(id_, f"content/claims/{id_}.yaml", ClaimCard(), None), loc, "Why.", "Do.", weight
    )


def test_the_guide_shows_every_kind_in_this_order_with_its_reason():
    guide = (PROJECT / "docs" / "editors.md").read_text(encoding="utf-8")
    section = guide.partition("## What to do next")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    assert rows == [("what it names", "why it stands there"), *TASK_KINDS.values()]


def test_every_kind_has_a_label_of_its_own_without_a_comma():
    labels = [label for label, _ in TASK_KINDS.values()]
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if "," in label] == []


def test_every_kind_is_made_somewhere_and_none_that_is_not_in_the_table():
    text = "".join(
        (PROJECT / f"claimdeck/desk/{name}_tasks.py").read_text(encoding="utf-8") for name in ("claim", "shared")
    )
    assert set(re.findall(r'ask\(\s*"([a-z-]+)"', text)) == set(TASK_KINDS)


def test_tasks_come_by_kind_then_weight_then_card_then_field():
    told = [
        task("draft", "a"),
        task("quote", "b", "evidence", 10, "quote"),
        task("quote", "b", "evidence", 9, "quote"),
        task("quote", "a", "evidence", 11, "quote"),
        task("review-due", "a", "reviewed", weight=(-400,)),
        task("review-due", "b", "reviewed", weight=(-500,)),
        task("retracted", "z", "evidence", 0, "source"),
    ]
    assert [(each.kind, each.file.id, each.loc[1:2]) for each in weakest_first(told)] == [
        ("retracted", "z", (0,)),
        ("quote", "a", (11,)),
        ("quote", "b", (9,)),
        ("quote", "b", (10,)),
        ("review-due", "b", ()),
        ("review-due", "a", ()),
        ("draft", "a", ()),
    ]


def test_cards_come_in_the_order_of_their_weakest_task():
    told = [task("override", "b"), task("quote", "a"), task("review-due", "b"), task("draft", "c")]
    assert [[each.kind for each in card] for card in by_card(told)] == [
        ["override", "review-due"],
        ["quote"],
        ["draft"],
    ]


@pytest.mark.parametrize(
    ("ids", "phrase"),
    [("a", "a"), ("abc", "a, b and c"), ("abcd", "a, b, c and 1 more"), ("abcdef", "a, b, c and 3 more")],
)
def test_of_many_cards_three_are_named(ids, phrase):
    assert named(list(ids)) == phrase

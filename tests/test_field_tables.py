"""The tables of fields in docs/cards.md; that they are fresh is tested with the other pages in test_write_docs.py."""

import re

import pytest
from field_tables import GROUPS, PAGE, field_reference, with_tables

from claimdeck.model import cards, settings
from claimdeck.model.descriptions import fields_of
from claimdeck.model.fields import Part


def test_a_table_stands_between_its_markers_and_nothing_else_changes():
    text = "Before.\n\n<!-- fields: topic -->\nold\n<!-- end -->\n\nAfter.\n"
    assert with_tables(text) == (
        "Before.\n\n<!-- fields: topic -->\n| field | | for example |\n|---|---|---|\n"
        "| `name` | **Required.** The name of the subject. | `The bridge` |\n"
        "| `description` | One sentence on it. | `What the new bridge over the river cost.` |\n"
        "<!-- end -->\n\nAfter.\n"
    )


def test_several_groups_in_one_table_are_told_apart():
    table = with_tables("<!-- fields: said and override -->\n<!-- end -->")
    assert re.findall(r"^\| `([a-z._]+)`", table, re.MULTILINE) == [
        *("said.by", "said.on"),
        *("override.reason", "override.by", "override.on"),
    ]


def test_an_unknown_group_is_an_error():
    with pytest.raises(KeyError):
        with_tables("<!-- fields: nothing -->\n<!-- end -->")


def test_the_page_tells_every_field_of_every_group():
    [(path, text)] = field_reference()
    assert path == PAGE
    told = {name for names in re.findall(r"<!-- fields: ([a-z. ]+) -->", text) for name in names.split(" and ")}
    assert told == set(GROUPS)
    for module in (cards, settings):
        parts = {part for part in vars(module).values() if isinstance(part, type) and issubclass(part, Part)}
        assert parts - set(GROUPS.values()) == {Part}
    for group in GROUPS.values():
        for field in fields_of(group):
            assert f"{field.description} | `{field.example}` |" in text

"""The descriptions: one for every field, a sentence, with an example that the field takes."""

import re

import pytest
from pydantic import BaseModel

from claimdeck.model import cards, settings
from claimdeck.model.descriptions import DESCRIPTIONS, fields_of
from claimdeck.model.fields import Part
from claimdeck.read.documents import parse_document
from claimdeck.read.explain import field_names

PARTS = [
    part
    for module in (cards, settings)
    for part in vars(module).values()
    if isinstance(part, type) and issubclass(part, Part) and part not in {Part, cards.Card}
]
FIELDS = [(part, field) for part in PARTS for field in fields_of(part)]


@pytest.mark.parametrize("part", PARTS)
def test_every_field_is_described_once_and_nothing_else_is(part):
    names = [field.name for field in fields_of(part)]
    assert sorted(names) == sorted(field_names(part, ()))
    own = set(names) - set(DESCRIPTIONS[cards.Card] if issubclass(part, cards.Card) else ())
    assert set(DESCRIPTIONS[part]) == own


def test_only_models_are_described():
    assert set(DESCRIPTIONS) == {*PARTS, cards.Card}


@pytest.mark.parametrize(("part", "field"), FIELDS)
def test_a_description_is_one_sentence(part, field):
    assert issubclass(part, BaseModel)
    assert re.fullmatch(r"[A-Z`][^.]*(?:`[^`]*`[^.]*)*\.", field.description)


@pytest.mark.parametrize(("part", "field"), FIELDS)
def test_an_example_is_something_that_the_field_takes(part, field):
    document = parse_document(f"{field.name}: {field.example}\n", "card.yaml")
    assert document.problems == []
    others = {name: parse_document(example, "").value for name, _, example, required in fields_of(part) if required}
    part.model_validate(others | document.value)


def test_required_fields_come_first_and_those_of_all_cards_last():
    fields = list(fields_of(cards.ClaimCard))
    assert tuple(field.name for field in fields if field.required) == cards.ClaimCard.REQUIRED
    assert [field.required for field in fields] == sorted((field.required for field in fields), reverse=True)
    assert [field.name for field in fields][-2:] == ["draft", "aliases"]


def test_a_field_is_named_as_editors_write_it():
    assert [field.name for field in fields_of(cards.Related)] == ["claim", "as"]

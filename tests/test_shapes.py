"""Shapes: what JSON Schema says of single values and groups; whole cards are tested in test_schema.py."""

import pytest
from hypothesis import given as given_any
from hypothesis import strategies
from jsonschema import Draft202012Validator
from pydantic_core import PydanticCustomError

from claimdeck.desk.shapes import CHECKED, NONSENSE, demands_of, given, or_blank, says, shape_of, spellings
from claimdeck.model import cards, fields
from claimdeck.model.settings import Settings

TEXTS = strategies.one_of(
    strategies.text(),
    strategies.dates().map(str),
    strategies.from_regex(r"[0-9]{1,4}(-[0-9]{2}){0,2}", fullmatch=True),
    strategies.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True),
    strategies.from_regex(r"[hH]ttps?://[a-z.:@/?#\[\]]{0,9}", fullmatch=True),
    strategies.text("ab \n", min_size=60, max_size=90),
)
PLAIN = [
    fields.check_id,
    fields.check_date,
    fields.check_day,
    fields.check_address,
    fields.check_language,
    fields.check_quote,
    fields.check_short,
    fields.parse_number,
    fields.parse_answer,
]


def fits(schema, value):
    return Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize("check", PLAIN, ids=lambda check: check.__name__)
@given_any(text=TEXTS)
def test_a_text_that_a_check_takes_fits_its_shape(check, text):
    text = text.strip()
    try:
        check(text)
    except PydanticCustomError:
        return
    assert not text or fits(CHECKED[check], text)


@pytest.mark.parametrize("check", PLAIN, ids=lambda check: check.__name__)
def test_nonsense_does_not_fit_and_its_pattern_says_what_does(check):
    assert not fits(CHECKED[check], NONSENSE)
    assert check is fields.parse_answer or CHECKED[check]["patternErrorMessage"].endswith(".")


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (fields.check_id, "Bridge"),
        (fields.check_id, "bridge-"),
        (fields.check_id, "page"),
        (fields.check_id, "a" * 101),
        (fields.check_date, "2030-02-30"),
        (fields.check_date, "2030-13"),
        (fields.check_date, "0000"),
        (fields.check_day, "2030-05"),
        (fields.check_day, "2030-04-31"),
        (fields.check_address, "ftp://example.org/"),
        (fields.check_address, "https://example.org/a b"),
        (fields.check_language, "e"),
        (fields.check_quote, "word " * 26),
        (fields.check_short, "x" * 76),
        (fields.parse_number, "10,900"),
        (fields.parse_number, "-1"),
        (fields.parse_days, "0"),
        (fields.parse_answer, "yes"),
    ],
)
def test_a_text_that_a_check_refuses_does_not_fit(check, text):
    with pytest.raises(PydanticCustomError):
        check(text)
    assert not fits(CHECKED[check], text)


@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_a_blank_counts_as_left_out(blank):
    assert fits(or_blank({"enum": []}), blank)
    assert not fits(given("name"), {"name": blank})


@pytest.mark.parametrize("nothing", [[], {}])
def test_an_empty_list_or_group_says_nothing(nothing):
    assert not fits(given("name"), {"name": nothing})


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("bridge", ["bridge"]),
        ("1984", ["1984", 1984]),
        ("1e3", ["1e3", 1000]),
        ("true", ["true", True]),
        ("1984-a", ["1984-a"]),
    ],
)
def test_a_word_that_yaml_takes_for_a_number_is_both(word, ways):
    assert spellings(word) == ways
    assert all(fits(says("topic", word), {"topic": way}) for way in ways)
    assert not fits(says("topic", word), {})


@pytest.mark.parametrize("model", [*cards.MODELS.values(), Settings])
def test_a_shape_and_its_demands_are_schemas(model):
    Draft202012Validator.check_schema(shape_of(model))
    Draft202012Validator.check_schema(demands_of(model))


def test_what_a_group_inside_needs_is_demanded_too():
    demands = demands_of(cards.ClaimCard, ("short",))
    assert fits(demands, {"short": "x", "evidence": [{"source": "a", "stance": "supports"}]})
    assert not fits(demands, {"short": "x", "evidence": [{"source": "a"}]})
    assert not fits(demands, {"short": "x", "figure": {"measure": "killed"}})
    assert fits(demands, {"short": "x", "happened": "2030"})
    assert not fits(demands, {"short": "x", "happened": {"to": None}})

"""Numbers, dates, figures and languages as readers see them."""

from decimal import Decimal

import pytest

from claimdeck.judge.deck import Range
from claimdeck.model.cards import Figure, Span
from claimdeck.model.settings import Settings
from claimdeck.present.words import (
    amount_in_words,
    counted,
    direction_of,
    figure_in_words,
    kinds_in_words,
    number_in_words,
    range_in_words,
    sentence,
    span_in_words,
)

SETTINGS = Settings.model_validate(
    {
        "title": "A site",
        "measures": {"killed": {"label": "killed"}, "troops-sent": {"label": "troops sent"}},
        "populations": {"north-korean-troops": {"label": "North Korean troops"}},
    }
)


def figure(**fields: object) -> Figure:
    return Figure.model_validate({"measure": "killed", **fields})


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0, 0, "0"), (2, 2, "2"), (0, 1, "0 or 1"), (1, 2, "1 or 2"), (1, 4, "1 to 4"), (1200, 1200, "1,200")],
)
def test_a_range_is_said_as_one_number_where_it_is_one(low, high, words):
    assert range_in_words(Range(low, high)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [("500", "500"), ("10900", "10,900"), ("2.5", "2.5"), ("1.10", "1.10"), ("1000000", "1,000,000"), ("0", "0")],
)
def test_a_number_keeps_its_digits_and_gets_thousands_marks(number, words):
    assert number_in_words(Decimal(number)) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ("2024-11-20", "20 November 2024"),
        ("2024-11", "November 2024"),
        ("2024", "2024"),
        ({"from": "2024-12-14", "to": "2024-12-15"}, "14 to 15 December 2024"),
        ({"from": "2024-11-30", "to": "2024-12-01"}, "30 November to 1 December 2024"),
        ({"from": "2024-12-31", "to": "2025-01-01"}, "31 December 2024 to 1 January 2025"),
        ({"from": "2024-11", "to": "2024-12"}, "November to December 2024"),
        ({"from": "2024-11-14", "to": "2024-12"}, "14 November 2024 to December 2024"),
        ({"from": "2023-12-14", "to": "2024-12-14"}, "14 December 2023 to 14 December 2024"),
        ({"from": "2024-11"}, "since November 2024"),
        ({"to": "2024-11-20"}, "by 20 November 2024"),
        ({"around": "2024-11-20"}, "around 20 November 2024"),
    ],
)
def test_a_time_is_said_once_and_open_ends_are_named(span, words):
    assert span_in_words(Span.model_validate(span)) == words


def test_a_time_is_said_briefly_on_the_catalogue_line():
    assert span_in_words(Span.model_validate("2024-11-20"), short=True) == "20 Nov 2024"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"about": "500"}, "about 500"),
        ({"exactly": "8"}, "exactly 8"),
        ({"at_least": "30"}, "at least 30"),
        ({"at_most": "30"}, "at most 30"),
        ({"over": "10000"}, "more than 10,000"),
        ({"between": ["10000", "12000"]}, "10,000 to 12,000"),
        ({"about": "1000", "per": "day"}, "about 1,000 a day"),
        ({"exactly": "0"}, "exactly 0"),
    ],
)
def test_the_comparator_of_a_figure_is_said(fields, words):
    assert amount_in_words(figure(**fields)) == words


def test_a_figure_is_said_with_all_that_it_holds():
    whole = figure(
        about="500",
        of="north-korean-troops",
        scope="cumulative",
        as_of="2024-12-17",
        period={"from": "2024-11", "to": "2024-12"},
    )
    assert figure_in_words(whole, SETTINGS) == (
        "about 500 killed (North Korean troops; in total; as of 17 December 2024; November to December 2024)"
    )


def test_a_figure_that_says_no_more_than_a_number_has_no_brackets():
    assert figure_in_words(figure(about="500"), SETTINGS) == "about 500 killed"


def test_a_measure_that_is_not_in_the_settings_is_said_by_its_id():
    assert figure_in_words(figure(measure="lost", about="5", of="nobody"), SETTINGS) == "about 5 lost (nobody)"


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("ko", "ltr"),
        ("ar", "rtl"),
        ("he", "rtl"),
        ("AR-EG", "rtl"),
        ("fa-IR", "rtl"),
        ("arn", "ltr"),
        ("ckb", "rtl"),
    ],
)
def test_the_direction_follows_from_the_language(language, direction):
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["article"], "1 article"),
        (["article", "article", "article"], "3 articles"),
        (["article", "video"], "2 sources"),
        (["wire", "wire"], "2 wire reports"),
    ],
)
def test_sources_are_called_by_their_kind_where_they_have_one_in_common(kinds, words):
    assert kinds_in_words(kinds) == words


@pytest.mark.parametrize(("number", "words"), [(0, "0 sources"), (1, "1 source"), (1500, "1,500 sources")])
def test_a_count_agrees_with_its_noun(number, words):
    assert counted(number, "source", "sources") == words


@pytest.mark.parametrize(
    ("text", "told"), [("says so", "Says so"), ("NIS says", "NIS says"), ("élan", "Élan"), ("", "")]
)
def test_a_sentence_begins_with_a_capital_and_is_else_left_alone(text, told):
    assert sentence(text) == told

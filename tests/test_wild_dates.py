"""Dates as strangers write them: read where they can mean one day only."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.desk.wild_dates import parse_wild_date
from claimdeck.model.dates import is_date


@pytest.mark.parametrize(
    "text",
    [
        "2024-12-16",
        " 2024-12-16 ",
        "2024-12-16T23:30:00Z",
        "2024-12-16T23:30:00.000+09:00",
        "2024-12-16 10:05",
        "2024/12/16",
        "2024.12.16",
        "Dec. 16, 2024",
        "Dec 16 2024",
        "December 16, 2024",
        "December 16th, 2024",
        "December 16, 2024 at 5:15 p.m.",
        "16 December 2024",
        "16. December 2024",
        "16 Dec 2024 10:00",
        "Mon, 16 Dec 2024 10:00:00 +0000",
        "Monday, 16 December 2024",
    ],
)
def test_a_date_that_can_mean_one_day_only_is_read(text):
    assert parse_wild_date(text) == "2024-12-16"


def test_a_month_and_a_year_stay_what_they_are():
    assert parse_wild_date("2024-12") == "2024-12"
    assert parse_wild_date("2024") == "2024"
    assert parse_wild_date("Sept. 2, 2024") == "2024-09-02"


@pytest.mark.parametrize(
    "text",
    [
        *("16/12/2024", "12/16/2024", "03/04/2024", "16.12.2024", "16-12-2024", "yesterday", "", "1734307200000"),
        *(
            "2024-13-01",
            "2024-02-30",
            "Smarch 3, 2024",
            "Ma 3, 2024",
            "2024-12T10:00",
            "２０２４-12-16",
            "16 December 24",
        ),
        *("0000-00-00", "2024-12-16-17"),
    ],
)
def test_what_is_no_date_or_could_mean_two_days_is_not_guessed(text):
    assert parse_wild_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%d %B %Y", "%b. %d, %Y", "%Y-%m-%dT%H:%M:%SZ"]))
def test_every_day_is_read_in_every_form(day, form):
    assert parse_wild_date(day.strftime(form)) == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_gives_a_date_or_none(text):
    found = parse_wild_date(text)
    assert found is None or is_date(found)

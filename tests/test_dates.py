"""Dates: days, months and years that exist, kept as text."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.model.dates import date_in_words, first_day, is_date, is_day, last_day

dates = st.dates(date(1000, 1, 1)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@pytest.mark.parametrize("text", ["2024-11-20", "2024-11", "2024", "2024-02-29", "1999-12-31"])
def test_days_months_and_years_are_dates(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-02-30",
        "2023-02-29",
        "2024-13",
        "2024-00",
        "2024-1-5",
        "20241120",
        "24-11-20",
        "2024-11-20T10:00",
        "2024-W05",
        "2024-11-",
        "0000",
        " 2024",
        "2024\n",
        "20 November 2024",
        "２０２４-11-20",
        "-2024",
        "2024/11/20",
    ],
)
def test_a_day_that_does_not_exist_or_another_form_is_no_date(text):
    assert not is_date(text)


def test_only_a_whole_day_is_a_day():
    assert [is_day(text) for text in ("2024-11-20", "2024-11", "2024", "2024-11-31")] == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-11-20", "2024-11-20", "2024-11-20"),
    ],
)
def test_a_date_covers_its_first_to_its_last_day(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize(
    ("text", "words", "short"),
    [
        ("2024-11-20", "20 November 2024", "20 Nov 2024"),
        ("2024-11-05", "5 November 2024", "5 Nov 2024"),
        ("2024-11", "November 2024", "Nov 2024"),
        ("2024", "2024", "2024"),
    ],
)
def test_a_date_is_written_for_readers(text, words, short):
    assert (date_in_words(text), date_in_words(text, short=True)) == (words, short)


@given(dates)
def test_a_date_begins_before_it_ends_and_the_day_after_is_outside(text):
    first, last = date.fromisoformat(first_day(text)), date.fromisoformat(last_day(text))
    assert first <= last
    assert first.isoformat().startswith(text)
    assert last.isoformat().startswith(text)
    if last < date.max:
        assert not (last + timedelta(1)).isoformat().startswith(text)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_not(text):
    assert is_date(text) in (True, False)
    assert not is_day(text) or is_date(text)

"""Fields: each kind of value is taken as typed or refused with what is wrong and what to do."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from claimdeck.model import fields


def taken(kind, text):
    return TypeAdapter(kind).validate_python(text)


def refused(kind, text):
    """Return what is wrong with *text* and what to do."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)
    context = caught.value.errors()[0]["ctx"]
    assert context["hint"]
    return context["message"]


@pytest.mark.parametrize("text", ["bridge-cost", "rfa-2024-11-27", "a", "7", "a--b", "x" * 100])
def test_an_id_is_lower_case_letters_digits_and_hyphens(text):
    assert taken(fields.Id, text) == text


@pytest.mark.parametrize(
    "text", ["Bridge", "bridge_cost", "bridge cost", "brücke", "-a", "a-", "../a", "a/b", "a.b", "x" * 101, "٣"]
)
def test_anything_else_is_no_id(text):
    assert "not an id" in refused(fields.Id, text)


def test_page_is_reserved():
    assert "reserved" in refused(fields.Id, "page")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "https://example.org:8080/",
        "https://例え.jp/パス",
        "https://[::1]/",
        "https://example.org/@desk?to=a@example.org",
        "HTTPS://Example.org",
        "https://аррӏе.example/",
    ],
)
def test_a_web_address_is_taken(text):
    assert taken(fields.Address, text) == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "mailto:a@example.org",
        "//example.org/",
        "example.org",
        "https://",
        "https:///path",
        "https://example.org/a b",
        'https://example.org/"',
        "https://example.org/<b>",
        "https://[::1",
        "https:example.org",
        "https:\\\\example.org\\",
        "https://bank.example@example.org/",
        "https://user:password@example.org/",
        "https://example.org:x/",
        "https://example.org:99999/",
        "https://a}b/",
        "https://ex%61mple.org/",
        "https://example.org\uff03@other.example/",
        "view-source:https://example.org/",
        "blob:https://example.org/",
        "vbscript:x",
    ],
)
def test_another_scheme_or_half_an_address_is_refused(text):
    assert "not a web address" in refused(fields.Address, text)


@pytest.mark.parametrize("text", ["en", "de", "fil", "pt-BR", "zh-Hant-TW", "sr-Latn"])
def test_a_language_tag_is_taken(text):
    assert taken(fields.Language, text) == text


@pytest.mark.parametrize("text", ["e", "english", "en_GB", "en-", "de de", "12"])
def test_what_has_not_the_form_of_a_language_tag_is_refused(text):
    assert "language tag" in refused(fields.Language, text)


@pytest.mark.parametrize(
    ("text", "number"), [("500", 500), ("0", 0), ("10900", 10900), ("2.5", Decimal("2.5")), ("007", 7)]
)
def test_a_number_is_digits(text, number):
    assert taken(fields.Number, text) == number


@pytest.mark.parametrize(
    "text", ["10,900", "-5", "+5", "1e3", "½", "５00", "NaN", "inf", ".5", "5.", "0x10", "1_000", "five", "9" * 16]
)
def test_signs_marks_and_words_are_no_number(text):
    assert "not a number" in refused(fields.Number, text)


@pytest.mark.parametrize("text", ["yes", "no", "True", "1", "on"])
def test_an_answer_is_true_or_false_and_nothing_else(text):
    assert (taken(fields.Answer, "true"), taken(fields.Answer, "false")) == (True, False)
    assert "neither true nor false" in refused(fields.Answer, text)


def test_a_quote_has_at_most_twenty_five_words():
    assert taken(fields.Quote, " ".join(["word"] * 25))
    assert "26 words" in refused(fields.Quote, " ".join(["word"] * 26))


def test_short_has_at_most_seventy_five_characters():
    assert taken(fields.Short, "x" * 75)
    assert "76 characters" in refused(fields.Short, "x" * 76)


def test_a_date_may_be_a_month_and_a_day_may_not():
    assert taken(fields.Date, "2024-11") == "2024-11"
    assert "not written as a day" in refused(fields.Day, "2024-11")
    assert "not a date that exists" in refused(fields.Date, "2024-11-31")
    assert "not written as a date" in refused(fields.Date, "31.11.2024")


@given(st.text(max_size=60))
def test_any_text_is_taken_as_it_is_or_refused(text):
    for kind in (fields.Id, fields.Address, fields.Language, fields.Date, fields.Day):
        try:
            found = taken(kind, text)
        except ValidationError:
            continue
        assert found == text


@pytest.mark.parametrize(("kind", "words"), [(fields.Answer, "neither true nor false"), (fields.Days, "not a number")])
@pytest.mark.parametrize("value", [{"a": "b"}, ["a"], None])
def test_a_group_or_a_list_where_a_word_belongs_is_refused(kind, words, value):
    assert words in refused(kind, value)

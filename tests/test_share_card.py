"""What a share picture says, and that everything in it has room."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.model.urls import Home
from claimdeck.present.share_card import (
    BARE_STAMP,
    CARD,
    FOOT,
    HEAD,
    LEFT,
    RIGHT,
    SIZES,
    SMALL_SIZES,
    STATEMENT,
    Line,
    ShareCard,
    ShareText,
    lay_out,
    share_text,
)
from claimdeck.present.typeface import SERIF, typefaces
from claimdeck.present.views import Views

STYLESHEET = (
    ":root { --card: light-dark(#FFFDF9, #1d1f23); --ink: #abc; --rule: oklch(80% 0 0); --confirmed: #1c6b3c; }"
)
TEXT = ShareText(
    "bridge-cost",
    "reviewed 3 May 2030",
    "The new bridge cost 4 million crowns.",
    "The bridge cost 4 million",
    "full",
    ("Confirmed", "confirmed"),
    "3 articles · 1 or 2 origins · 0 to 2 not a party",
    "The Bridge File",
    "example.org",
    {},
)
LETTERS = st.sampled_from(sorted(typefaces()[SERIF].widths.keys() - {" ", "\u00a0"}))


def with_(**fields: object) -> ShareCard:
    return lay_out(ShareText(**(vars(TEXT) | fields)))


def texts_of(card: ShareCard) -> list[str]:
    return [line.text for line in card.lines]


def lines_of_statement(card: ShareCard) -> list[Line]:
    return [line for line in card.lines if STATEMENT[0] < line.baseline < STATEMENT[1]]


def statement_of(card: ShareCard) -> list[str]:
    return [line.text for line in lines_of_statement(card)]


def check_room(card: ShareCard) -> None:
    """Fail where a line leaves the margins, the statement its field, or one line meets the next."""
    for line in card.lines:
        margins = (LEFT, RIGHT) if line.ground == "card" else (CARD[0], CARD[2])
        assert margins[0] <= line.left <= line.right <= margins[1], line
    statement = lines_of_statement(card)
    for line in statement:
        assert line.baseline - HEAD * line.size // 100 >= STATEMENT[0]
        assert line.baseline + FOOT * line.size // 100 <= STATEMENT[1] + 1
    for one, other in pairwise(statement):
        assert other.baseline - one.baseline >= 1.1 * one.size


def sentence_of(length: int) -> str:
    """Return a statement of *length* letters."""
    text = ("The new bridge over the river was paid for by nobody who would say so on the record and " * 6)[
        : length - 1
    ]
    return f"{text.rstrip()}{'n' * (length - 1 - len(text.rstrip()))}."


@pytest.mark.parametrize("length", [*range(10, 301, 29), 300])
def test_a_statement_of_up_to_300_letters_stands_there_whole_and_large_enough_to_read(length):
    text = sentence_of(length)
    card = with_(claim=text)
    check_room(card)
    assert len(text) == length
    assert " ".join(statement_of(card)) == text
    assert min(line.size for line in lines_of_statement(card)) >= SIZES[-1]


def test_the_longer_a_statement_the_smaller_its_type():
    sizes = [with_(claim=sentence_of(length)).lines[2].size for length in range(40, 301, 20)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == SIZES[0]


def test_a_word_of_45_letters_is_not_broken():
    word = "Pneumonoultramicroscopicsilicovolcanoconiosis"
    card = with_(claim=f"The mayor said that {word} had shut the bridge.")
    check_room(card)
    assert len(word) == 45
    assert any(word in line for line in statement_of(card))


def test_a_word_wider_than_the_card_is_broken():
    card = with_(claim="x" * 200, short="y" * 200)
    check_room(card)
    assert "".join(statement_of(card)) == "x" * 200


def test_a_statement_too_long_to_be_read_gives_way_to_its_short_form():
    assert statement_of(with_(claim=sentence_of(500))) == ["The bridge cost 4 million"]


def test_without_a_short_form_a_very_long_statement_is_set_smaller():
    card = with_(claim=sentence_of(500), short="")
    check_room(card)
    assert " ".join(statement_of(card)) == sentence_of(500)
    assert card.lines[2].size in SMALL_SIZES


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=70), min_size=1, max_size=120),
    st.text(LETTERS, min_size=1, max_size=150),
    st.text(LETTERS, max_size=90),
)
def test_whatever_the_words_everything_has_room(words, title, label):
    card = with_(claim=" ".join(words), short="", title=title, host=f"{'a' * len(label)}.org", numbers=title)
    check_room(card)
    check_room(with_(id="b" * 200, labels=(label, "confirmed")))


@pytest.mark.parametrize("statement", ["새 다리", "הגשר עלה 4 מיליון", "پل چهار میلیون", "The bridge 🌉", "Мост"])
def test_a_statement_in_letters_that_the_fonts_lack_is_left_out(statement):
    for card in (with_(claim=statement), with_(short=statement)):
        assert not card.has_statement
        assert card.stamp.size == BARE_STAMP
        assert texts_of(card) == [TEXT.id, TEXT.reviewed, TEXT.numbers, TEXT.title, TEXT.host]


def test_a_title_that_cannot_be_drawn_leaves_the_host():
    assert texts_of(with_(title="다리 기록"))[-1] == "example.org"
    assert "다리 기록" not in texts_of(with_(title="다리 기록"))
    assert texts_of(with_(title="다리 기록", host="다리.example"))[-1] == TEXT.numbers


def test_a_label_that_cannot_be_drawn_gives_way_to_the_id_of_its_status():
    assert with_(labels=("확인됨", "confirmed")).stamp.label == "CONFIRMED"


def test_a_long_title_drops_the_host_and_a_long_id_the_review():
    assert TEXT.host not in texts_of(with_(title="The Bridge File " * 5))
    assert TEXT.reviewed not in texts_of(with_(id="bridge-cost-" * 5))
    assert len(texts_of(with_(reviewed=""))) == len(texts_of(lay_out(TEXT))) - 1


def test_a_picture_says_what_the_card_says(site):
    site.claim("bridge-cost", reviewed="2030-05-03")
    deck = site.deck
    text = share_text(deck.claims["bridge-cost"], Views(deck, Home.at(deck.settings.url)), STYLESHEET)
    assert text.claim == "The new bridge cost 4 million crowns."
    assert text.reviewed == "reviewed 3 May 2030"
    assert text.labels == ("Unverified", "unverified")
    assert text.numbers == "1 article · 1 origin · 0 or 1 not a party"
    assert (text.title, text.host) == ("The Bridge File", "example.org")


def test_colors_are_the_light_ones_of_the_stylesheet(site):
    site.claim("bridge-cost", status="confirmed")
    deck = site.deck
    text = share_text(deck.claims["bridge-cost"], Views(deck, Home.at(deck.settings.url)), STYLESHEET)
    assert text.colors["card"] == "#fffdf9"
    assert text.colors["status"] == "#1c6b3c"
    assert text.colors["ink"] == "#abc"
    assert text.colors["rule"] == "#000000"  # not written as #rrggbb
    assert text.colors["paper"] == "#ffffff"  # not given


def test_the_numbers_name_who_disputes_and_who_is_missing(site):
    site.source("article-b")
    site.claim("one", evidence=["{source: article-a, stance: supports}", "{source: article-b, stance: disputes}"])
    site.claim("none", evidence=["{source: article-a, stance: disputes}", "{source: article-b, stance: disputes}"])
    site.claim("dark", evidence=["{source: article-a, stance: supports, via: [unknown]}"])
    deck = site.deck
    views = Views(deck, Home.at(deck.settings.url))
    assert {
        id_: share_text(claim, views, "").numbers for id_, claim in deck.claims.items() if id_ != "bridge-cost"
    } == {
        "one": "1 article · 1 origin · 0 or 1 not a party · 1 source disputes it",
        "none": "No source supports it · 2 sources dispute it",
        "dark": "1 article · 0 or 1 origin · 0 or 1 not a party",
    }

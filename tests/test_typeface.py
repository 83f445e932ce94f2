"""Widths, pairs and line breaks of the faces in share pictures."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.present.typeface import SERIF, TYPED, TYPED_BOLD, plain, typefaces

ROOM = 1032
SERIF_FACE = typefaces()[SERIF]
LETTERS = st.sampled_from(sorted(SERIF_FACE.widths.keys() - {" ", "\u00a0"}))
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=1, max_size=30)


def test_every_letter_of_the_typed_face_is_equally_wide():
    for name in (TYPED, TYPED_BOLD):
        assert set(typefaces()[name].widths.values()) == {600}
        assert typefaces()[name].width("claim", 100) == 300


def test_two_letters_that_would_gape_stand_closer():
    face = SERIF_FACE
    assert face.width("AV", 100) < face.width("A", 100) + face.width("V", 100)
    assert face.width("HH", 1000) == 2 * face.width("H", 1000)


def test_letters_can_be_spread():
    assert typefaces()[TYPED].places("abc", 100, spread=8) == [0, 68, 136, 204]


@pytest.mark.parametrize(
    ("text", "drawable"),
    [
        ("Łódź, Trüber, coûté 4 € – “naïve”", True),
        ("다리", False),
        ("הגשר", False),
        ("پل", False),
        ("Кудо", False),
        ("bridge 🌉", False),
        ("", True),
    ],
)
def test_a_face_knows_which_letters_it_has(text, drawable):
    assert SERIF_FACE.has(text) is drawable


def test_what_is_never_seen_is_left_out_and_letters_are_composed():
    assert plain("Mu\u0308hle\u200b\u00ad \n nord\u2011ost\u200e 10\u202f000") == "Mühle nord-ost 10\u00a0000"


@given(WORDS, st.sampled_from([20, 36, 72]))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(words, size):
    text = " ".join(words)
    for lines in (SERIF_FACE.lines(text, size, ROOM), SERIF_FACE.balanced(text, size, ROOM)):
        assert max(SERIF_FACE.width(line, size) for line in lines) <= ROOM
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(SERIF_FACE.balanced(text, size, ROOM)) == len(SERIF_FACE.lines(text, size, ROOM))


def test_balanced_lines_leave_no_word_alone():
    text = "The lower ferry runs all night while the old bridge is shut."
    filled, balanced = SERIF_FACE.lines(text, 45, ROOM), SERIF_FACE.balanced(text, 45, ROOM)
    widths = [SERIF_FACE.width(line, 45) for line in balanced]
    assert len(filled) == len(balanced) == 2
    assert filled[1] == "shut."
    assert max(widths) - min(widths) < ROOM // 4


@given(st.text(LETTERS, max_size=200), st.sampled_from([23, 32]))
def test_a_cut_text_fits_and_says_that_it_was_cut(text, size):
    cut = SERIF_FACE.cut(text, size, 300)
    assert SERIF_FACE.width(cut, size) <= 300
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(st.text(LETTERS, max_size=80))
def test_letters_stand_one_after_the_other(text):
    places = SERIF_FACE.places(text, 288)
    assert len(places) == len(text) + 1
    assert all(first < second for first, second in pairwise(places))

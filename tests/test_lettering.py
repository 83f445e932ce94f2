"""Words in drawn boxes: no line is wider than it was taken to be."""

from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from claimdeck.pipeline import judge_site
from claimdeck.present.lettering import lines_of, width_of

PROJECT = Path(__file__).resolve().parents[1]
FACES = {False: "newsreader-text.woff2", True: "typed-400.woff2"}


@cache
def metrics(typed: bool) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    """Return what a face of the site has: glyphs by code point, their widths, and the units of its size."""
    font = TTFont(PROJECT / "static/fonts" / FACES[typed])
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


def real_width(text: str, size: float, typed: bool) -> float:
    glyphs, widths, units = metrics(typed)
    return sum(widths[glyphs[ord(letter)]][0] for letter in text) * size / units


@pytest.mark.parametrize("typed", [False, True])
def test_names_of_the_dossier_are_not_wider_in_the_real_face(typed):
    names = [claimant.name for claimant in judge_site(PROJECT).deck.claimants.values()]
    wider = {name for name in names if real_width(name, 15, typed) > width_of(name, 15, typed) * 1.02}
    assert len(names) > 40
    assert wider == set()


def test_words_stay_together_while_they_fit():
    assert lines_of("one two three", 60, 10, typed=True) == ("one two", "three")
    assert lines_of("one", 60, 10, typed=True) == ("one",)


def test_a_word_longer_than_a_line_is_cut():
    assert lines_of("abcdefghijkl mn", 36, 10, typed=True, at_most=9) == ("abcdef", "ghijkl", "mn")


def test_what_is_beyond_the_last_line_is_left_out_with_a_sign():
    lines = lines_of("one two three four five six", 36, 10, typed=True, at_most=2)
    assert lines == ("one", "two…")
    assert all(width_of(line, 10, typed=True) <= 36 for line in lines)


@pytest.mark.parametrize(("text", "width"), [("다리", 20), ("橋", 10), ("é", 6), ("e\u0301", 6), ("", 0)])
def test_letters_of_full_width_count_as_such_and_marks_not_at_all(text, width):
    assert width_of(text, 10, typed=True) == pytest.approx(width)


def test_nothing_is_one_empty_line():
    assert lines_of("", 60, 10) == ("",)

"""The table of codes: it holds those in use and no others, says of each what an editor needs, and each is shown."""

import re
from pathlib import Path

import pytest

from claimdeck.desk.codes import CODES
from tests.broken_sites import BROKEN, weight_of

CLAIMDECK = Path(__file__).resolve().parents[1] / "claimdeck"
SENTENCE = re.compile(r"[A-Z`].*[^.]\.")


def codes_in_use():
    texts = (path.read_text(encoding="utf-8") for path in CLAIMDECK.rglob("*.py") if path.name != "codes.py")
    return {code for text in texts for code in re.findall(r'"(CD\d+)"', text)}


def test_the_table_holds_the_codes_in_use_and_no_others():
    assert set(CODES) == codes_in_use()


def test_codes_stand_in_order():
    assert list(CODES) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_what_is_wrong_and_what_to_do_in_one_sentence_each(code):
    told = CODES[code]
    assert SENTENCE.fullmatch(told.wrong)
    assert SENTENCE.fullmatch(told.remedy)
    assert not re.search(r"[.!?] [A-Z]|\|", told.wrong + told.remedy)
    assert not told.why or SENTENCE.fullmatch(told.why)


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_broken_site_of_its_weight(code):
    assert (BROKEN / CODES[code].site / "problems.txt").is_file()
    assert weight_of(CODES[code].site) is CODES[code].severity


def test_no_two_codes_are_shown_by_one_site():
    sites = [told.site for told in CODES.values()]
    assert len(set(sites)) == len(sites)

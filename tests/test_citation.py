"""How a claim is cited: pinned to its review, with the caveat, in words and as BibTeX."""

import re

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.citation import cite_as_bibtex, cite_in_words
from claimdeck.present.views import Views


@pytest.fixture
def cite(site):
    """Return a function that gives both citations of the small site's claim with these fields."""

    def both(**fields):
        site.claim("bridge-cost", **fields)
        views = Views(site.deck, Home.at("https://example.org/bridge-file/"))
        claim = views.deck.claims["bridge-cost"]
        return cite_in_words(claim, views), cite_as_bibtex(claim, views)

    return both


def test_both_name_the_day_of_the_review_the_address_and_the_caveat(cite):
    for text in cite():
        assert "3 May 2030" in text
        assert "https://example.org/bridge-file/claims/bridge-cost/" in text
        assert "The status may have changed since." in text
        assert "“Unverified”" in text


def test_the_key_of_the_entry_is_pinned_to_the_review(cite):
    assert cite()[1].startswith("@misc{bridge-cost-2030-05-03,\n")
    assert cite(draft="true", reviewed=None)[1].startswith("@misc{bridge-cost,\n")


def test_a_publisher_is_the_author_and_stays_one_name(site, cite):
    site.settings("publisher: {name: Bridge & Daughters}\n")
    words, entry = cite()
    assert words.startswith("Bridge & Daughters, ")
    assert r"author = {{Bridge \& Daughters}}" in entry


@pytest.mark.parametrize("short", ["100% of {all} #1 costs_$", "a } b {", r"a ~ ^ \ b"])
def test_no_title_can_break_an_entry(cite, short):
    entry = cite(short=f"'{short}'")[1]
    title = re.search(r"title = \{\{(.*)\}\},", entry)[1]
    bare = re.sub(r"\\[&%$#_]|\\text\w+\{\}", "", title)
    assert not re.search(r"[&%$#_{}~^\\]", bare)
    assert entry.count("{") == entry.count("}")  # as BibTeX counts, which knows no escaped braces

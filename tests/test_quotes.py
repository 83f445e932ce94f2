"""Quotes: verbatim, in whole words, folded alike on both sides; and the fragment that leads to them."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.judge.quotes import digest, find_quote, fold, verified_quote, verify_quote

ARTICLE = """What the bridge cost

“The bridge cost us four million,” the mayor said.  The auditor said
it cost us seven million, and not four.

The bridge cost more than the old one. Nobody disputes it.
"""


def fragment(quote, article):
    return verify_quote(quote, article).fragment


def texts_of(directive):
    """Return prefix, start, end and suffix of a text directive."""
    parts = directive.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, *end = [unquote(part) for part in parts]
    return prefix, start, (end[0] if end else ""), suffix


def count_places(words, text):
    """Return at how many places *words* stand in *text*, those that overlap included."""
    return sum(text.startswith(words, start) for start in range(len(text)))


@pytest.mark.parametrize(
    "quote",
    [
        "The bridge cost us four million",
        "“The bridge cost us four million,” the mayor said",
        '"The bridge cost us four million," the mayor said',
        "‘The bridge cost us four million,’ the mayor said",
        "«The bridge cost us four million,» the mayor said",
        "The auditor said it cost us seven million",
        "the mayor said. The auditor",
    ],
)
def test_quotation_marks_and_white_space_do_not_matter(quote):
    assert verify_quote(quote, ARTICLE)


@pytest.mark.parametrize(
    "quote",
    [
        "the bridge cost us four million",  # case
        "The bridge cost us four million.",  # punctuation
        "The bridge cost us 4 million",
        "The bridge cost four million",
        "The bridge cost us … million",
        "What the bridge cost The",
    ],
)
def test_nothing_else_is_forgiven(quote):
    assert verify_quote(quote, ARTICLE) is None


def test_a_composed_and_a_decomposed_letter_are_one():
    assert verify_quote("the caf\u00e9 by the bridge", "It was the cafe\u0301 by the bridge.")


def test_only_whole_words_are_found():
    assert find_quote("cost us", "costs, cost usage") is None
    assert find_quote("bridge", "footbridge bridges bridge") == 19
    assert find_quote("four", "forty-four") == 6


def test_scripts_without_spaces_need_no_word_ends():
    assert verify_quote("橋は四百万", "その橋は四百万だった。")


def test_a_digest_is_that_of_the_folded_text():
    assert digest("“four  million”") == digest("'four million'")
    assert digest("four million") != digest("Four million")


def test_a_quote_is_known_by_its_digest():
    recorded = verify_quote("The bridge cost us four million", ARTICLE)
    assert verified_quote("The bridge  cost us four million", [recorded]) == recorded
    assert verified_quote("The bridge cost us", [recorded]) is None


def test_a_record_holds_the_digest_of_the_whole_article():
    assert verify_quote("The bridge", ARTICLE).article == digest(ARTICLE)


def test_a_short_quote_that_stands_once_is_its_own_fragment():
    assert fragment("Nobody disputes it", ARTICLE) == "Nobody%20disputes%20it"


def test_a_quote_that_stands_twice_is_told_apart_by_a_word_beside_it():
    article = "Once we counted and paid, then we counted and left."
    assert fragment("we counted", article) == "Once-,we%20counted"


def test_places_that_overlap_are_two_places():
    assert fragment("no no", "They said no no no.") == "no%20no,-no."


def test_no_fragment_is_given_where_six_words_a_side_cannot_tell_the_places_apart():
    article = " ".join(["all the same words again and again we say"] * 3)
    assert fragment("again we say", article) == ""


def test_case_does_not_tell_two_places_apart_because_browsers_ignore_it():
    prefix, start, _, suffix = texts_of(fragment("The bridge", "Here the bridge. There: The bridge."))
    assert prefix or suffix
    assert start == "The bridge"


def test_marks_that_a_directive_uses_itself_are_encoded():
    assert (
        fragment("well-known, they said & left", "A well-known, they said & left it.")
        == "well%2Dknown%2C%20they%20said%20%26%20left"
    )


def test_a_long_quote_is_led_to_by_its_first_and_last_words():
    quote = "one two three four five six seven eight nine ten eleven twelve"
    _, start, end, _ = texts_of(fragment(quote, f"Zero {quote} thirteen."))
    assert (start, end) == ("one two three", "ten eleven twelve")


words = st.lists(
    st.sampled_from(["the", "bridge", "cost", "us", "four", "million", "and", "more"]), min_size=1, max_size=30
)


@given(st.text(max_size=100))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_looking_for_any_words_in_any_text_never_fails(quote, article):
    if fold(quote):
        found = verify_quote(quote, article)
        assert found is None or fold(quote) in fold(article)


@given(words, st.data())
def test_whole_words_of_an_article_are_found_in_it(article, data):
    start = data.draw(st.integers(0, len(article) - 1))
    end = data.draw(st.integers(start + 1, len(article)))
    assert verify_quote(" ".join(article[start:end]), " ".join(article)) is not None


@given(words, st.data())
def test_a_fragment_leads_to_one_place_only_with_at_most_six_words_a_side(article, data):
    start = data.draw(st.integers(0, len(article) - 1))
    end = data.draw(st.integers(start + 1, len(article)))
    text = " ".join(article)
    directive = fragment(" ".join(article[start:end]), text)
    if directive:
        prefix, first, last, suffix = texts_of(directive)
        assert len(prefix.split()) <= 6
        assert len(suffix.split()) <= 6
        for whole in [first, last] if last else [" ".join(filter(None, [prefix, first, suffix]))]:
            assert count_places(f" {whole} ", f" {text} ") == 1


@given(words, st.data())
def test_a_quote_that_stands_once_always_has_a_fragment_no_longer_than_itself(article, data):
    start = data.draw(st.integers(0, len(article) - 1))
    end = data.draw(st.integers(start + 1, len(article)))
    text, quote = " ".join(article), " ".join(article[start:end])
    if count_places(quote, text) == 1:
        assert 0 < len(unquote(fragment(quote, text))) <= len(quote)

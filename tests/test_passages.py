"""The passage nearest to a quote that its article does not have, and the difference in words."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.judge.passages import (
    MOST_SEEDS,
    MOST_WINDOWS,
    best_windows,
    explain_missing,
    nearest_passage,
    seeds,
    words_of,
)
from claimdeck.judge.quotes import find_quote

ARTICLE = """What the bridge cost

“The bridge cost us four million,” the mayor said – and nobody laughed.  The auditor counted the ferries
killed and wounded by the storm—all nine of them. A well-known painter had said so in March.

The river rose. People in the town hall waited for the old bell, which does not ring on Sundays.
"""
COMMON = ("the", "of", "and", "a", "in", "to", "that", "it", "was", "on")


def explain(quote, article=ARTICLE, **others):
    assert find_quote(quote, article) is None
    message, hint = explain_missing(quote, "article-a", {"article-a": article, **others})
    assert message.startswith("these words do not stand in the text of article-a")
    assert message.endswith(".")
    assert hint.endswith(".")
    assert len(message) + len(hint) <= 400
    return message.removeprefix("these words do not stand in the text of article-a").lstrip(":, "), hint


@pytest.mark.parametrize(
    ("quote", "difference", "passage"),
    [
        (
            "the ferries killed or wounded by the storm",
            "the article has ‘killed and wounded’ where the quote has ‘killed or wounded’.",
            "the ferries killed and wounded by the storm",
        ),
        ("The bridge cost four million", "the quote leaves out ‘us’ after ‘cost’.", "The bridge cost us four million"),
        (
            "The auditor also counted the ferries",
            "the quote adds ‘also’ after ‘auditor’.",
            "The auditor counted the ferries",
        ),
        (
            "Yesterday people in the town hall waited",
            "the article has ‘rose. People’ where the quote has ‘Yesterday people’.",
            "rose. People in the town hall waited",
        ),
        (
            "the bridge cost us four million",
            "only capital letters differ: the article has ‘The’ where the quote has ‘the’.",
            "The bridge cost us four million",
        ),
        (
            "The bridge cost us four million.",
            "only punctuation marks differ: the article has ‘million,’ where the quote has ‘million.’.",
            "The bridge cost us four million,",
        ),
        (
            "nobody laughed, The auditor counted",
            "only punctuation marks differ: the article has ‘laughed.’ where the quote has ‘laughed,’.",
            "nobody laughed. The auditor counted",
        ),
        (
            "the mayor said — and nobody laughed",
            "only dashes differ: the article has ‘–’ where the quote has ‘—’.",
            "the mayor said – and nobody laughed",
        ),
        (
            "wounded by the storm — all nine of them",
            "only spaces differ: the article has ‘storm—all’ where the quote has ‘storm — all’.",
            "wounded by the storm—all nine of them",
        ),
        (
            "A well known painter",
            "only dashes and spaces differ: the article has ‘well-known’ where the quote has ‘well known’.",
            "A well-known painter",
        ),
        (
            "The “bridge” cost us four million",
            "only quotation marks differ: the article has ‘bridge’ where the quote has ‘“bridge”’.",
            "The bridge cost us four million",
        ),
        (
            "a well-known painter, had said so",
            "only capital letters and punctuation marks differ: "
            "the article has ‘A well-known painter’ where the quote has ‘a well-known painter,’.",
            "A well-known painter had said so",
        ),
        (
            "which doesn’t ring on Sundays",
            "the article has ‘which does not ring’ where the quote has ‘which doesn’t ring’.",
            "which does not ring on Sundays",
        ),
    ],
)
def test_the_difference_is_told_in_words_and_the_passage_as_the_article_has_it(quote, difference, passage):
    told, hint = explain(quote)
    assert told == difference
    assert hint == f"Quote letter for letter; the nearest passage reads “{passage}”."


def test_of_many_differences_two_are_told():
    told, _ = explain("People in a town hall wait for the new bell, which did not ring on Mondays")
    assert told.count("where the quote has") == 2
    assert told.endswith("; and 3 more differences.")


def test_words_left_out_under_an_ellipsis_are_shown():
    for dots in ("…", "...", "[…]", " … "):
        told, hint = explain(f"People in the town hall{dots}does not ring on Sundays")
        assert told == "together: where the quote has “…”, the article has “waited for the old bell, which”."
        assert hint.startswith("Quote one unbroken passage")


def test_an_ellipsis_between_words_that_do_not_stand_there_is_a_difference_like_others():
    told, _ = explain("The bridge cost us … five million")
    assert "‘us four million’ where the quote has ‘us … five million’" in told


def test_another_source_that_has_the_words_is_named():
    told, hint = explain("The lamp broke", **{"article-b": "Then: the lamp. The lamp broke.", "article-c": "Nothing."})
    assert told == "but in that of “article-b”."
    assert hint == "Write `source: article-b`, if that is the one you mean."


@pytest.mark.parametrize("quote", ["purple elephants dance", "…", "?!", "橋は四百万"])
def test_where_nothing_comes_near_that_is_said(quote):
    told, hint = explain(quote)
    assert told == "and nothing there comes near them."
    assert "article-a.txt" in hint


def test_an_empty_article_has_nothing_near():
    assert nearest_passage("four million", "") is None


def test_what_nobody_sees_in_the_article_is_told_and_not_printed():
    told, hint = explain("The bridge cost us", "They said: The bri\u00addge cost\u202e us nothing.")
    assert told == "the nearest passage there holds an invisible character."
    assert "\u202e" not in hint


def test_scripts_without_spaces_are_compared_letter_by_letter():
    told, hint = explain("その橋は五百万だった", "町の話。その橋は四百万だった。")
    assert told == "the article has ‘は四百’ where the quote has ‘は五百’."
    assert "“その橋は四百万だった”" in hint


def test_words_of_any_length_are_cut_in_a_message():
    article = " ".join(f"word{number}{'x' * 40}" for number in range(200))
    words = article.split()[50:75]
    words[3], words[9], words[20] = "a" * 60, "b" * 60, "c" * 60
    message, hint = explain_missing(" ".join(words), "article-a", {"article-a": article})
    assert len(message) + len(hint) <= 520
    assert "bbbb" in message


def passage_in(draw_from, article, change):
    """Return a stretch of *article* (words), from where to where it stands, and the same changed at random."""
    start = draw_from.randrange(len(article) - 25)
    length = draw_from.randint(10, 25)
    quote = []
    for number, word in enumerate(article[start : start + length]):
        chance = draw_from.random() if 0 < number < length - 1 else 1
        if chance < change / 3:
            continue
        quote.append(f"{word}x" if chance < 2 * change / 3 else word)
        quote += ["indeed"] if 2 * change / 3 <= chance < change else []
    return start, start + length, " ".join(quote)


def long_article(draw_from, length):
    """Return words as in a report: each second one is common, the others come from a large stock, some twice."""
    stock = [
        f"{a}{b}{number}" for number in range(40) for a in ("brid", "fer", "riv", "tow") for b in ("ge", "ry", "er")
    ]
    return [draw_from.choice(COMMON if number % 2 else stock) for number in range(length)]


def overlap(found, spans):
    """Return how much of the words at *spans* the passage *found* holds."""
    return sum(found.start <= first and end <= found.end for first, end in spans) / len(spans)


@given(st.integers(0, 10**6))
def test_a_passage_changed_at_random_is_found_where_it_was(seed):
    draw_from = random.Random(seed)
    article = long_article(draw_from, 1_500)
    start, end, quote = passage_in(draw_from, article, change=0.1)
    text = " ".join(article)
    found = nearest_passage(quote, text)
    assert found is not None
    assert text[found.start : found.end] == found.text
    assert overlap(found, words_of(text).spans[start:end]) >= 0.7


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_quote_and_any_article_are_answered(quote, article):
    if quote.strip() and find_quote(quote, article) is None:
        message, hint = explain_missing(quote, "article-a", {"article-a": article})
        assert message
        assert hint


def test_of_an_article_of_a_megabyte_only_a_few_windows_are_compared():
    draw_from = random.Random(1)
    article = long_article(draw_from, 170_000)
    text = " ".join(article)
    assert len(text) > 900_000
    words = words_of(text)
    for _ in range(50):
        start, end, quote = passage_in(draw_from, article, change=0.1)
        keys = words_of(quote).keys
        assert len(seeds(keys, words)) <= MOST_SEEDS
        windows = best_windows(keys, words)
        assert len(windows) <= MOST_WINDOWS
        assert sum(last - first for first, last in windows) <= MOST_WINDOWS * 4 * (len(keys) + 5)
        found = nearest_passage(quote, text)
        assert overlap(found, words.spans[start:end]) >= 0.7

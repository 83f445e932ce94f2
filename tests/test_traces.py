"""What is asked of a deck is noted, and the answers are told apart by all that they say and by nothing else."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pytest
from markupsafe import Markup

from claimdeck.model.urls import Home
from claimdeck.present.traces import Traces
from claimdeck.present.views import Views


@pytest.fixture
def traces():
    """Traces of one collection of words, and one by pairs."""
    traces = Traces()
    traces.collection("words", {"a": "one", "b": "two"})
    traces.collection("pairs", {("a", "b"): "three"})
    return traces


@pytest.mark.parametrize(
    ("ask", "question"),
    [
        (lambda words: words["a"], "words a"),
        (lambda words: words.get("c"), "words c"),
        (lambda words: "c" in words, "words c"),
        (lambda words: words.get(None), "words None"),
        (len, "words #"),
        (bool, "words #"),
        (list, "words *"),
        (lambda words: words.keys() >= {"a"}, "words a"),
        (lambda words: list(words.values()), "words *"),
        (lambda words: list(words.items()), "words *"),
        (dict, "words *"),
        (lambda words: {**words}, "words *"),
        (lambda words: words == {}, "words *"),
        (lambda words: sorted(words), "words *"),
    ],
)
def test_every_way_to_ask_is_noted(ask, question):
    traces = Traces()
    words = traces.collection("words", {"a": "one", "b": "two"})
    _, asked = traces.asked_by(partial(ask, words))
    assert question in asked


def test_a_key_of_two_words_is_noted_and_found(traces):
    pairs = traces.collection("pairs", {("a", "b"): "three"})
    assert traces.asked_by(lambda: pairs["a", "b"]) == ("three", ("pairs a b",))
    assert traces.answer("pairs a b") == traces.answer("pairs a b")
    assert traces.answer("pairs a b") != traces.answer("pairs a c")


def test_what_one_file_asked_is_not_held_against_the_next():
    traces = Traces()
    words = traces.collection("words", {"a": "one", "b": "two"})
    assert traces.asked_by(lambda: words["a"])[1] == ("words a",)
    assert traces.asked_by(lambda: words["b"])[1] == ("words b",)


@pytest.mark.parametrize("question", ["words a", "words *"])
def test_an_answer_changes_with_what_is_answered(traces, question):
    before = traces.answer(question)
    traces.collection("words", {"a": "one", "b": "two"})
    assert traces.answer(question) == before
    traces.collection("words", {"a": "other", "b": "two"})
    assert traces.answer(question) != before


def test_how_many_there_are_is_another_answer_only_if_it_is_another_number(traces):
    before = traces.answer("words #")
    traces.collection("words", {"a": "other", "b": "two"})
    assert traces.answer("words #") == before
    traces.collection("words", {"a": "one"})
    assert traces.answer("words #") != before


def test_a_collection_that_is_gone_answers_otherwise(traces):
    assert traces.answer("gone a") != traces.answer("words a")


@dataclass(frozen=True)
class Pair:
    one: object
    other: object = None


@dataclass(frozen=True)
class OtherPair:
    one: object
    other: object = None


ALIKE_TO_CARELESS_EYES = [
    *(1, "1", 1.0, True, None, "None", [1], ["1"], [[1]], [1, [2]], [[1], 2], "[1]", {"a": 1}, {"a": "1"}, {"b": 1}),
    *(Pair(1), OtherPair(1), Pair(None, 1), Pair("1"), Decimal(1), Decimal("1.0"), ["a,b"], ["a", "b"], "a,b", [], {}),
]


def test_different_values_are_told_apart(traces):
    told = [traces.tell(value) for value in ALIKE_TO_CARELESS_EYES]
    assert len(set(told)) == len(told)


def test_what_nobody_has_said_how_to_tell_is_refused(traces):
    for value in (object(), {1, 2}, iter([1])):
        with pytest.raises(TypeError):
            traces.tell(value)


def test_what_was_rendered_is_no_part_of_a_key(traces):
    with pytest.raises(TypeError, match="rendered"):
        traces.key_of(partial(shout, Markup("<b>a</b>"), 1))


def test_what_a_collection_follows_from_is_told_of_all_cards_unless_it_is_said(site):
    def bases():
        views = Views(site.deck, Home.at("https://example.org/"))
        views.traces.collection("words", {}, lambda: "always the same")
        return views.ready_to_answer().answer("steps ="), views.traces.answer("words =")

    before = bases()
    assert bases() == before
    site.claim("bridge-cost", because="Nobody else says so.")
    assert bases()[0] != before[0]
    assert bases()[1] == before[1]


def shout(word: str, times: int) -> str:
    return word.upper() * times


def test_a_key_names_what_is_called_and_with_what(traces):
    calls = [
        partial(shout, "a", 1),
        partial(shout, "a", 2),
        partial(shout, "a", times=1),
        partial(shout, word="a"),
        shout,
    ]
    assert len({traces.key_of(call) for call in calls}) == len(calls)
    assert traces.key_of(partial(shout, "a", 1)) == traces.key_of(partial(shout, "a", 1))


def test_what_hides_in_a_function_is_no_key(traces):
    hidden = 1
    with pytest.raises(TypeError, match="hides"):
        traces.key_of(lambda: hidden)


@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        (lambda site: site.claim("bridge-cost"), False),
        (lambda site: site.claim("bridge-cost", analysis="More of it."), False),  # asked for as what it became
        (lambda site: site.claim("bridge-cost", because="Nobody else says so."), True),
        (lambda site: site.source("article-a", title="Another title"), True),
        (lambda site: site.claim("other"), False),
        (lambda site: site.claim("other", related=["{claim: bridge-cost, as: context}"]), True),
        (lambda site: site.claim("other", related=["{claim: bridge-cost, as: supersedes}"]), True),
    ],
)
def test_a_claim_is_told_with_all_that_was_joined_to_it(site, edit, changes):
    def told():
        traces = Views(site.deck, Home.at("https://example.org/")).ready_to_answer()
        return traces.answer("claims bridge-cost")

    before = told()
    edit(site)
    assert (told() != before) is changes

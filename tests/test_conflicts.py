"""Figures that cannot both be true: found among many claims, each pair once, and only where nobody said so."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.judge.conflicts import unrelated_conflicts, what_is_counted
from claimdeck.judge.deck import Claim, Relation
from claimdeck.judge.figures import compare, interval_of, why_apart
from claimdeck.model.cards import ClaimCard, Figure
from claimdeck.model.settings import Settings
from claimdeck.read.content import CardFile

MEASURES = "measures: {cost: {label: crowns spent}, days: {label: days}}\n"
WORDS = (
    {"exactly": Decimal(4)},
    {"about": Decimal(5)},
    {"over": Decimal(4)},
    {"at_most": Decimal(3)},
    {"at_least": Decimal(7)},
    {"between": (Decimal(2), Decimal(4))},
)
FIGURES = st.builds(
    lambda **fields: Figure.model_validate({name: value for name, value in fields.items() if value is not None}),
    measure=st.sampled_from(["cost", "days"]),
    about=st.integers(1, 9).map(Decimal),
    of=st.sampled_from([None, "town"]),
    scope=st.sampled_from([None, "incident", "cumulative"]),
    as_of=st.sampled_from([None, "2030-01-01", "2030-02-01"]),
    period=st.sampled_from([None, "2030", {"from": "2030-01-01"}]),
    per=st.sampled_from([None, "day"]),
)


def bare_claim(id_, number, position, related):
    """Return a claim that holds only a figure, and is *related* to the claim after it."""
    card = ClaimCard(figure=Figure.model_validate({"measure": "cost"} | number))
    relations = (Relation(f"claim-{position + 1}", related),) if related else ()
    return Claim(id_, CardFile(id_, "", card, None), relations=relations)


def begins(claim):
    interval = interval_of(claim.card.figure)
    return interval.low, interval.above


@pytest.fixture
def conflicts(site):
    """Return the conflicts of claims with these figures: “a < b +1” is a's with b, and one more."""

    def find(figures, **related):
        site.settings(MEASURES)
        for id_, figure in figures.items():
            site.claim(id_, figure=figure, related=related.get(id_))
        found = unrelated_conflicts(site.deck.claims.values())
        return [f"{each.claim.id} < {each.other.id} +{each.more}" for each in found]

    return find


def test_two_claims_of_one_thing_conflict_where_no_number_fits_both(conflicts):
    figures = {"a": "{measure: cost, exactly: 4}", "b": "{measure: cost, exactly: 5}"}
    assert conflicts(figures) == ["a < b +0"]


@pytest.mark.parametrize(
    "other",
    [
        "{measure: cost, between: [4, 5]}",
        "{measure: cost, at_least: 3}",
        "{measure: cost, at_most: 4}",
        "{measure: days, exactly: 5}",
        "{measure: cost, exactly: 5, per: day}",
        "{measure: cost, exactly: 5, scope: cumulative}",
    ],
)
def test_figures_that_agree_or_cannot_be_compared_do_not(conflicts, other):
    assert conflicts({"a": "{measure: cost, exactly: 4}", "b": other}) == []


def test_incidents_are_not_of_one_event_unless_a_relation_says_so(conflicts):
    figures = {
        "a": "{measure: cost, exactly: 4, scope: incident}",
        "b": "{measure: cost, exactly: 5, scope: incident}",
    }
    assert conflicts(figures) == []


@pytest.mark.parametrize("related", ["contradicts", "context", "supersedes"])
def test_any_relation_says_how_two_figures_stand_to_each_other(conflicts, related):
    figures = {"a": "{measure: cost, exactly: 4}", "b": "{measure: cost, exactly: 5}"}
    assert conflicts(figures, b=[f"{{claim: a, as: {related}}}"]) == []


def test_over_a_number_begins_above_it(conflicts):
    assert conflicts({"a": "{measure: cost, exactly: 4}", "b": "{measure: cost, over: 4}"}) == ["a < b +0"]
    assert conflicts({"a": "{measure: cost, exactly: 4}", "b": "{measure: cost, at_least: 4}"}) == []


def test_of_many_the_nearest_is_named_that_is_not_related_and_the_others_are_counted(conflicts):
    figures = {id_: f"{{measure: cost, exactly: {number}}}" for number, id_ in enumerate("abcd", 1)}
    assert conflicts(figures) == ["a < b +2", "b < c +1", "c < d +0"]
    assert conflicts(figures, a=["{claim: b, as: context}", "{claim: d, as: contradicts}"]) == [
        "a < c +0",
        "b < c +1",
        "c < d +0",
    ]


@given(FIGURES, FIGURES)
def test_what_is_counted_is_the_same_exactly_where_figures_of_two_events_can_be_compared(one, other):
    key = what_is_counted(one)
    apart = why_apart(one, other, Settings(title="T"), same_event=False)
    assert (key is not None and key == what_is_counted(other)) == (apart == "")


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([None, "contradicts"])), max_size=9))
def test_the_search_among_sorted_figures_finds_what_comparing_all_pairs_finds(told):
    claims = [bare_claim(f"claim-{n}", word, n, related) for n, (word, related) in enumerate(told)]
    pairs = [
        (one, other)
        for one in claims
        for other in claims
        if compare(one.card.figure, other.card.figure, Settings(), same_event=False).verdict == "conflict"
        and begins(one) < begins(other)
        and other.id not in {relation.claim for relation in one.relations}
    ]
    found = {each.claim.id: each for each in unrelated_conflicts(claims)}
    assert set(found) == {one.id for one, _ in pairs}
    for id_, each in found.items():
        above = [other for one, other in pairs if one.id == id_]
        assert each.more == len(above) - 1
        assert each.other in above
        assert begins(each.other) == min(begins(other) for other in above)


def test_ten_thousand_claims_of_one_thing_are_searched_in_a_moment():
    claims = [bare_claim(f"claim-{n}", {"exactly": Decimal(n)}, n, None) for n in range(10_000)]
    start = time.perf_counter()
    assert sum(1 for _ in unrelated_conflicts(claims)) == 9_999
    assert time.perf_counter() - start < 5

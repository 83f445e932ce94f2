"""Every figure once for each origin, and on one axis only with those it can be compared with."""

import pytest

from claimdeck.judge.figures import compare
from claimdeck.model.urls import Home
from claimdeck.present.figure_pages import charts_of, interval_in_words
from claimdeck.present.ranges import axes_of, figures_told
from claimdeck.present.views import Views

KILLED = "{measure: killed, about: 500, of: troops, scope: cumulative, as_of: 2030-05-01}"


@pytest.fixture
def bridge(site):
    """The small site with measures, populations and two more sources."""
    site.settings(
        """
        measures: {killed: {label: killed}, hurt: {label: hurt}}
        populations: {troops: {label: troops}, guards: {label: guards, part_of: troops}}
        """
    )
    for letter in "bc":
        site.claimant(f"outlet-{letter}", name=f"Outlet {letter}", kind="outlet")
        site.source(f"article-{letter}", outlet=f"outlet-{letter}", published="2030-05-04")
    return site


def piece(source: str, figure: str = "", stance: str = "supports", via: str = "") -> str:
    told = f", figure: {figure}" if figure else ""
    return f"{{source: article-{source}, stance: {stance}, via: [{via}]{told}}}"


def axes(site) -> dict[str, list[list[str]]]:
    deck = site.deck
    found = axes_of(figures_told(deck), deck)
    return {measure: [[row.origin for row in axis.told] for axis in each] for measure, each in found.items()}


def test_two_sources_of_one_origin_are_one_figure(bridge):
    bridge.claimant("gur", name="GUR")
    bridge.claim("bridge-cost", figure=KILLED, evidence=[piece("a", via="gur"), piece("b", via="gur")])
    [told] = figures_told(bridge.deck)
    assert (told.origin, list(told.sources), list(told.claims)) == ("gur", ["article-a", "article-b"], ["bridge-cost"])


def test_evidence_without_a_figure_gives_the_claims_own_only_where_it_supports_it(bridge):
    bridge.claim("bridge-cost", figure=KILLED, evidence=[piece("a"), piece("b", stance="disputes")])
    assert [told.origin for told in figures_told(bridge.deck)] == ["outlet-a"]


def test_totals_of_different_days_share_an_axis_in_order_of_time(bridge):
    later = KILLED.replace("05-01", "05-03").replace("500", "600")
    bridge.claim("bridge-cost", figure=KILLED, evidence=[piece("a"), piece("b", later)])
    [[axis]] = [axes_of(figures_told(bridge.deck), bridge.deck)["killed"]]
    assert [row.date for row in axis.told] == ["2030-05-01", "2030-05-03"]


@pytest.mark.parametrize(
    "other",
    [
        KILLED.replace("killed", "hurt"),
        KILLED.replace("troops", "guards"),
        KILLED.replace("cumulative", "incident"),
        KILLED.replace(", as_of: 2030-05-01", ""),
        KILLED.replace("as_of", "per: day, as_of"),
        KILLED.replace("as_of", "period: 2030, as_of"),
    ],
)
def test_what_cannot_be_compared_stands_on_an_axis_of_its_own_and_says_why(bridge, other):
    bridge.claim("bridge-cost", figure=KILLED, evidence=[piece("a"), piece("b", other)])
    deck = bridge.deck
    found = [axis for each in axes_of(figures_told(deck), deck).values() for axis in each]
    assert [len(axis.told) for axis in found] == [1, 1]
    assert all(axis.apart for axis in found if axis.told[0].figure.measure == "killed" and axis is not found[0])


def test_incidents_share_an_axis_only_where_they_are_of_one_event(bridge):
    incident = "{measure: killed, about: 500, of: troops, scope: incident}"
    fewer = incident.replace("500", "30")
    bridge.claim("bridge-cost", figure=incident, evidence=[piece("a")], related=["{claim: same, as: same-event}"])
    bridge.claim("same", figure=fewer, evidence=[piece("b")])
    bridge.claim("other", figure=fewer, evidence=[piece("c")])
    assert sorted(axes(bridge)["killed"], key=len) == [["outlet-c"], ["outlet-a", "outlet-b"]]


def test_a_figure_nobody_vouches_for_is_told_with_the_last_named_link(bridge):
    bridge.claim("bridge-cost", figure=KILLED, evidence=[piece("a", via="unknown")])
    [told] = figures_told(bridge.deck)
    assert (told.origin, told.via) == ("unknown", "outlet-a")


@pytest.mark.parametrize("name", ["figures-of-all-kinds", "every-field"])
def test_no_two_figures_of_one_axis_are_incomparable(build, name):
    deck = build(name).judged.deck
    for each in axes_of(figures_told(deck), deck).values():
        for axis in each:
            first, *others = axis.told
            for other in others:
                compared = compare(first.figure, other.figure, deck.settings, same_event=True)
                assert compared.verdict != "not-comparable" or "different days" in compared.reason


def test_every_figure_of_every_card_is_on_some_chart(build):
    deck = build("figures-of-all-kinds").judged.deck
    shown = {
        link.href
        for chart in charts_of(Views(deck, Home.at("https://example.org/")))
        for row in chart.rows
        for link in row.claims
    }
    with_figures = {id_ for id_, claim in deck.claims.items() if claim.card.figure}
    assert len(with_figures) > 15
    assert {f"/claims/{id_}/" for id_ in with_figures} <= shown


def test_a_bar_spans_what_its_figure_allows(bridge):
    more = KILLED.replace("about: 500", "at_least: 100")
    bridge.claim("bridge-cost", figure=KILLED, evidence=[piece("a"), piece("b", more)])
    [chart] = charts_of(Views(bridge.deck, Home.at("https://example.org/")))
    exact, open_ended = chart.rows
    assert exact.begin < exact.at < exact.end < 100
    assert (open_ended.begin, open_ended.end, open_ended.opens) == (open_ended.at, 100, "up")
    assert [row.span for row in chart.rows] == ["400 to 600", "100 or more"]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("exactly: 12", "12"),
        ("over: 100", "more than 100"),
        ("at_most: 12", "0 to 12"),
        ("between: [10, 12]", "10 to 12"),
    ],
)
def test_an_interval_is_said_in_words(bridge, figure, words):
    bridge.claim("bridge-cost", figure=f"{{measure: killed, {figure}}}", evidence=[piece("a")])
    [told] = figures_told(bridge.deck)
    assert interval_in_words(told.interval) == words

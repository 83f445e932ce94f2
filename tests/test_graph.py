"""The graph of a claim's provenance: who is origin, relay and source, and by which routes a statement went on."""

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.graph import CLAIM, FOLDED_ABOVE, Route, provenance_of
from claimdeck.present.views import Views


@pytest.fixture
def graph(site):
    """Return a function that gives the graph of a claim with these pieces: “source stance via via”."""
    site.claimant("council", name="The council", kind="agency", stake="party", stake_note="It paid.")
    site.claimant("mayor", name="The mayor", part_of="council")
    site.claimant("somebody", name="Somebody", kind="unnamed")
    site.claimant("wire", name="The wire", kind="outlet")
    for letter in "bcd":
        site.claimant(f"outlet-{letter}", name=f"Outlet {letter}", kind="outlet", stake="none")
        site.source(f"article-{letter}", outlet=f"outlet-{letter}")

    def provenance(*pieces: str):
        entries = [
            f"{{source: article-{source}, stance: {stance}, via: [{', '.join(via)}]}}"
            for source, stance, *via in (piece.split() for piece in pieces)
        ]
        site.claim("bridge-cost", evidence=entries)
        views = Views(site.deck, Home.at("https://example.org/"))
        return provenance_of(views.deck.claims["bridge-cost"], views)

    return provenance


def roles(provenance) -> dict[str, str]:
    return {node.name: node.role for node in provenance.nodes.values()}


def test_a_chain_leads_from_its_origin_over_relays_to_the_source_and_the_claim(graph):
    found = graph("a supports wire mayor")
    assert roles(found) == {"The mayor": "origin", "The wire": "relay", "Outlet A": "source", "This claim": "claim"}
    assert list(found.routes) == [
        Route("mayor", "wire", "supports"),
        Route("wire", "source article-a", "supports"),
        Route("source article-a", CLAIM, "supports"),
    ]


def test_an_origin_names_its_kind_its_stake_and_to_whom_it_belongs(graph):
    assert graph("a supports mayor").nodes["mayor"].notes == (
        "person",
        "part of The council",
        "a party to the events",
    )


def test_a_source_that_is_itself_the_origin_says_so_and_needs_no_other_box(graph):
    found = graph("b supports")
    assert roles(found) == {"Outlet b": "source", "This claim": "claim"}
    assert found.nodes["source article-b"].notes == ("2 May 2030", "supports", "its own account", "not a party")


@pytest.mark.parametrize("piece", ["a supports wire unknown", "a supports unknown"])
def test_a_trail_that_ends_in_the_dark_begins_at_an_unknown_node(graph, piece):
    found = graph(piece)
    assert roles(found)["Unknown"] == "unknown"
    assert next(iter(found.nodes.values())).notes == ("nobody says who",)


def test_somebody_without_a_name_is_unknown_too(graph):
    assert graph("a supports somebody").nodes["somebody"].role == "unknown"


def test_a_source_with_two_stances_has_a_route_for_each(graph):
    found = graph("a supports mayor", "a qualifies")
    assert [route.stance for route in found.routes_from("source article-a")] == ["supports", "qualifies"]
    notes = found.nodes["source article-a"].notes
    assert notes == ("2 May 2030", "supports and qualifies", "its own account", "stake unknown")


def test_a_mention_is_not_drawn_and_where_nothing_weighs_there_is_no_picture(graph):
    assert roles(graph("a supports", "b mentions")) == {"Outlet A": "source", "This claim": "claim"}
    assert graph("a mentions") is None


def test_who_relays_for_one_stance_and_begins_another_is_one_node(graph):
    found = graph("a supports wire mayor", "b disputes wire")
    assert found.nodes["wire"].role == "relay"
    assert len(found.nodes) == len(set(found.nodes))


def test_two_who_cite_each_other_for_different_stances_are_not_drawn(graph):
    assert graph("a supports wire mayor", "b disputes mayor wire") is None


def test_the_claim_carries_its_status(graph):
    assert graph("a supports").nodes[CLAIM].notes == ("UNVERIFIED",)


def test_many_sources_that_had_it_alike_are_one_node(site, graph):
    numbers = range(FOLDED_ABOVE)
    for number in numbers:
        site.source(f"article-n{number}")
    alike = [f"n{number} supports mayor" for number in numbers]
    assert len(graph(*alike).nodes) == FOLDED_ABOVE + 2
    found = graph(*alike, "b supports", "c disputes mayor")
    assert roles(found) == {
        "The mayor": "origin",
        "12 articles": "source",
        "Outlet c": "source",
        "Outlet b": "source",
        "This claim": "claim",
    }
    assert all(route.start in found.nodes and route.end in found.nodes for route in found.routes)

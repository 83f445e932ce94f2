"""What each source says of a claim: grouped by stance, its drift named, its figures and dates beside the others."""

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.evidence import COMPARED_AT_MOST, compared_figures, dates_beside, groups_of
from claimdeck.present.views import Views

HOME = Home.at("https://example.org/bridge-file/")
VOCABULARIES = """
    measures: {cost: {label: crowns spent}, hurt: {label: workers hurt}}
    populations: {workers: {label: workers}, welders: {label: welders, part_of: workers}}
    """
FIFTY = "{measure: hurt, about: 50, of: workers, scope: incident}"
NINETY = "{measure: hurt, about: 90, of: workers, scope: incident}"


@pytest.fixture
def bridge(site):
    """The small site with a council, two more outlets, a wire, and words for figures."""
    site.settings(VOCABULARIES)
    site.claimant("council", name="The council", kind="agency")
    site.claimant("outlet-b", name="Outlet B", kind="outlet")
    site.claimant("wire", name="The wire", kind="outlet")
    site.source("article-b", outlet="outlet-b", published="2030-05-04")
    site.source("copy-b", outlet="outlet-b", carries="wire")
    site.source("report", outlet="wire", kind="wire", published="2030-05-01")
    return site


def evidence_on(site, *entries: str, figure: str | None = FIFTY):
    """Return the view of each piece of *entries*, in their groups' order."""
    site.claim("bridge-cost", evidence=[f"{{{entry}}}" for entry in entries], figure=figure)
    assert [str(problem) for problem in site.judge().problems if problem.severity.word == "error"] == []
    deck = site.deck
    groups = groups_of(deck.claims["bridge-cost"], Views(deck, HOME))
    return [piece for group in groups for piece in group.evidence]


def comparisons(site, id_="bridge-cost"):
    deck = site.deck
    assert [str(problem) for problem in site.judge().problems if problem.severity.word == "error"] == []
    return [(c.label.text, c.verdict, c.reason) for c in compared_figures(deck.claims[id_], Views(deck, HOME))]


def test_evidence_is_grouped_by_stance_in_the_order_of_its_weight(bridge):
    stances = ["mentions", "qualifies", "supports", "disputes", "supports"]
    bridge.claim("bridge-cost", evidence=[f"{{source: article-a, stance: {stance}}}" for stance in stances])
    deck = bridge.deck
    groups = groups_of(deck.claims["bridge-cost"], Views(deck, HOME))
    assert [(group.title, len(group.evidence)) for group in groups] == [
        ("Supports", 2),
        ("Disputes", 1),
        ("Qualifies", 1),
        ("Mentions", 1),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "{measure: hurt, about: 60, of: workers, scope: incident}",
        "{measure: hurt, at_least: 50, of: workers, scope: incident}",
        "{measure: cost, about: 50, of: workers, scope: incident}",
        "{measure: hurt, about: 50, of: welders, scope: incident}",
        "{measure: hurt, between: [50, 60], of: workers, scope: incident}",
    ],
)
def test_a_figure_that_differs_in_number_comparator_measure_or_population_has_drifted(bridge, told):
    [piece] = evidence_on(bridge, f"source: article-a, stance: supports, figure: {told}")
    assert piece.drifted
    assert not piece.retold


@pytest.mark.parametrize(
    "told", [FIFTY, "{measure: hurt, about: 50, of: workers}", "{measure: hurt, about: 50.0, of: workers}"]
)
def test_a_figure_that_says_the_same_has_not_drifted(bridge, told):
    [piece] = evidence_on(bridge, f"source: article-a, stance: supports, figure: {told}")
    assert not piece.drifted


def test_without_a_figure_on_the_claim_nothing_drifts(bridge):
    [piece] = evidence_on(bridge, f"source: article-a, stance: supports, figure: {NINETY}", figure=None)
    assert not piece.drifted


def test_the_page_says_here_before_a_figure_that_drifted(bridge):
    evidence_on(bridge, f"source: article-a, stance: supports, figure: {NINETY}")
    html = bridge.render()["claims/bridge-cost/index.html"].decode()
    assert "The figure here: <mark>about 90 workers hurt (workers; one incident)</mark>." in html
    assert "Changed in the retelling" not in html


def test_a_change_in_the_retelling_is_said_where_the_earlier_link_was_read(bridge):
    told, earlier = evidence_on(
        bridge,
        f"source: article-b, stance: supports, via: [wire, council], figure: {NINETY}",
        f"source: report, stance: supports, via: [council], figure: {FIFTY}",
    )
    assert (told.drifted, told.retold) == (True, True)
    assert (earlier.drifted, earlier.retold) == (False, False)
    assert "Changed in the retelling" in bridge.render()["claims/bridge-cost/index.html"].decode()


def test_where_the_earlier_link_was_not_read_nobody_knows_who_changed_it(bridge):
    [piece] = evidence_on(bridge, f"source: article-b, stance: supports, via: [wire, council], figure: {NINETY}")
    assert (piece.drifted, piece.retold) == (True, False)


def test_a_source_that_is_no_link_of_the_chain_shows_no_retelling(bridge):
    told, _ = evidence_on(
        bridge,
        f"source: article-b, stance: supports, via: [wire, council], figure: {NINETY}",
        f"source: article-a, stance: supports, via: [council], figure: {FIFTY}",
    )
    assert (told.drifted, told.retold) == (True, False)


def test_a_figure_that_was_already_so_in_the_earlier_link_was_not_changed_after_it(bridge):
    told, _ = evidence_on(
        bridge,
        f"source: article-b, stance: supports, via: [wire, council], figure: {NINETY}",
        f"source: report, stance: supports, via: [council], figure: {NINETY}",
    )
    assert (told.drifted, told.retold) == (True, False)


def test_a_wire_that_is_carried_is_an_earlier_link(bridge):
    told, _ = evidence_on(
        bridge,
        f"source: copy-b, stance: supports, figure: {NINETY}",
        f"source: report, stance: supports, figure: {FIFTY}",
    )
    assert (told.drifted, told.retold) == (True, True)


def test_a_piece_tells_whom_its_source_cites_nearest_first(bridge):
    [piece] = evidence_on(
        bridge, "source: article-b, stance: supports, via: [wire, council, unknown], via_from: report"
    )
    assert [link.text for link in piece.citing] == ["The wire", "The council"]
    assert piece.dark
    assert piece.via_from.href == "/bridge-file/sources/report/"


def test_an_own_addition_is_not_said_to_be_carried(bridge):
    own, carried = evidence_on(
        bridge, "source: copy-b, stance: supports, own: true", "source: copy-b, stance: supports"
    )
    assert (own.own, own.carries) == (True, None)
    assert (carried.own, carried.carries.text) == (False, "The wire")


def test_a_verified_quote_leads_to_its_passage_and_another_to_the_article(bridge):
    quoted = "source: article-a, stance: supports, quote: the bridge cost four million"
    evidence_on(bridge, quoted)
    [piece] = evidence_on(bridge, quoted)
    assert (piece.verified, piece.to_passage, piece.passage) == (False, False, "https://example.net/bridge")
    bridge.lock({"article-a": "We learnt that the bridge cost four million. Nobody knows why."})
    [piece] = evidence_on(bridge, quoted)
    assert (piece.verified, piece.to_passage) == (True, True)
    assert piece.passage.startswith("https://example.net/bridge#:~:text=the%20bridge%20cost%20four%20million")


def test_a_figure_of_the_same_card_is_compared_where_it_is_another(bridge):
    evidence_on(
        bridge,
        f"source: article-a, stance: supports, figure: {FIFTY}",
        f"source: article-b, stance: disputes, figure: {NINETY}",
    )
    assert comparisons(bridge) == [("Outlet B, 4 May 2030", "conflicts", "")]


@pytest.mark.parametrize(
    ("relation", "figure", "verdict"),
    [
        ("same-event", "{measure: hurt, about: 60, of: workers, scope: incident}", "agrees"),
        ("same-event", NINETY, "conflicts"),
        ("context", NINETY, "not comparable"),
        ("same-event", "{measure: hurt, about: 90, of: welders, scope: incident}", "not comparable"),
        ("same-event", "{measure: cost, about: 90, of: workers, scope: incident}", "not comparable"),
        ("same-event", "{measure: hurt, about: 90, of: workers, scope: incident, per: day}", "not comparable"),
    ],
)
def test_a_figure_of_a_related_claim_is_compared_as_far_as_it_can_be(bridge, relation, figure, verdict):
    evidence_on(bridge, "source: article-a, stance: supports")
    bridge.claim("other", short="Another count", figure=figure, related=[f"{{claim: bridge-cost, as: {relation}}}"])
    [(label, found, reason)] = comparisons(bridge)
    assert (label, found) == ("Another count", verdict)
    assert bool(reason) == (verdict == "not comparable")


def test_claims_of_one_measure_and_topic_are_shown_too_but_not_without_end(bridge):
    evidence_on(bridge, "source: article-a, stance: supports")
    for number in range(COMPARED_AT_MOST + 3):
        bridge.claim(f"other-{number:02}", figure=NINETY)
    found = comparisons(bridge)
    assert len(found) == COMPARED_AT_MOST
    assert {verdict for _, verdict, _ in found} == {"not comparable"}


def test_dates_stand_side_by_side_as_each_source_puts_them(bridge):
    evidence_on(
        bridge,
        "source: article-a, stance: supports, happened: 2030-05-01",
        "source: article-b, stance: supports, happened: {from: 2030-04}",
        "source: report, stance: supports",
    )
    deck = bridge.deck
    assert [(link.note, link.text) for link in dates_beside(deck.claims["bridge-cost"], Views(deck, HOME))] == [
        ("Outlet A, 2 May 2030", "1 May 2030"),
        ("Outlet B, 4 May 2030", "since April 2030"),
    ]


def test_a_retracted_source_says_so_at_its_evidence(bridge):
    bridge.source("article-a", retracted="{on: 2030-06-01, note: The figure was invented.}")
    [piece] = evidence_on(bridge, "source: article-a, stance: supports")
    assert piece.retracted == "1 June 2030: The figure was invented."

"""The ladder: a rung's needs are held against a card's counts, and the message says what is lacking."""

import pytest

from claimdeck.judge.deck import Counts, Range
from claimdeck.judge.ladder import meets, needs_in_words, unmet
from claimdeck.model.settings import DEFAULT_LADDER, Settings

LADDER = {rung.id: rung for rung in DEFAULT_LADDER}
OWN_RUNG = "{{id: own, label: Own, symbol: x, mark: full, color: confirmed, meaning: Ours., needs: {}}}"


def carries(status, **counts):
    return meets(LADDER[status], Counts(**counts))


def ceiling(site, status, *evidence, **fields):
    """Return what is said of the bridge's card with this *status* and *evidence*; None if it may stand."""
    site.claim(status=status, evidence=list(evidence), **fields)
    found = [problem for problem in site.mistakes() if problem.code == "CD040"]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def town(site):
    """The small site with a second outlet, a mayor (a party) and an auditor (none)."""
    site.claimant("outlet-b", kind="outlet")
    site.source("article-b", outlet="outlet-b")
    site.claimant("mayor", stake="party", stake_note="She ordered it.")
    site.claimant("auditor", stake="none")
    return site


MAYOR = "{source: article-a, stance: supports, via: [mayor]}"
AUDITOR = "{source: article-b, stance: supports, via: [auditor]}"
NOBODY = "{source: article-b, stance: supports, via: [unknown]}"
DENIAL = "{source: article-b, stance: disputes, via: [auditor]}"


@pytest.mark.parametrize(
    ("status", "counts", "carried"),
    [
        ("confirmed", {"origins": Range(2, 2), "nonparty": Range(1, 1)}, True),
        ("confirmed", {"origins": Range(1, 2), "nonparty": Range(1, 1)}, False),
        ("confirmed", {"origins": Range(2, 2), "nonparty": Range(0, 2)}, False),
        ("confirmed", {"origins": Range(2, 2), "nonparty": Range(1, 1), "against": Range(0, 1)}, False),
        ("confirmed", {"admissions": Range(1, 1)}, True),
        ("confirmed", {"admissions": Range(1, 1), "against": Range(1, 1)}, False),
        ("corroborated", {"origins": Range(2, 2)}, True),
        ("corroborated", {"origins": Range(1, 3)}, False),
        ("corroborated", {"origins": Range(2, 2), "against": Range(0, 1)}, False),
        ("attributed", {"origins": Range(1, 1)}, True),
        ("attributed", {"origins": Range(0, 1)}, False),
        ("attributed", {"origins": Range(1, 1), "against": Range(1, 1)}, False),
        ("unverified", {}, True),
        ("unverified", {"against": Range(3, 3)}, True),
        ("disputed", {"origins": Range(1, 1), "against": Range(1, 1)}, True),
        ("disputed", {"origins": Range(1, 1), "against": Range(0, 1)}, False),
        ("disputed", {"against": Range(1, 1)}, False),
        ("contradicted", {"against": Range(2, 2), "against_nonparty": Range(1, 1)}, True),
        ("contradicted", {"against": Range(2, 2), "against_nonparty": Range(0, 2)}, False),
        ("contradicted", {"admissions_against": Range(1, 1)}, True),
        ("outdated", {"superseded": True}, True),
        ("outdated", {"origins": Range(5, 5)}, False),
    ],
)
def test_the_default_ladder_carries_what_the_format_says(status, counts, carried):
    assert carries(status, **counts) is carried


def test_the_default_ladder_has_its_seven_rungs_in_order():
    known = ["confirmed", "corroborated", "attributed", "unverified", "disputed", "contradicted", "outdated"]
    assert [rung.id for rung in Settings(title="x").ladder] == known


def test_a_rating_stands_only_on_the_axis_from_true_to_false():
    rated = {rung.id for rung in DEFAULT_LADDER if rung.rating}
    assert rated <= {"confirmed", "corroborated", "contradicted"}


def test_a_need_is_held_against_the_low_end_and_a_limit_against_the_high_end():
    counts = Counts(origins=Range(1, 3))
    assert unmet({"origins": 1}, counts) == []
    assert unmet({"origins": 2}, counts) == ["origins"]
    assert unmet({"max_origins": 3}, counts) == []
    assert unmet({"max_origins": 2}, counts) == ["max_origins"]


def test_every_count_can_be_needed_and_limited():
    counts = Counts(sources=2, disputing_sources=1)
    assert unmet({"sources": 2, "max_sources": 2, "disputing_sources": 1}, counts) == []
    assert unmet({"sources": 3, "max_disputing_sources": 0}, counts) == ["sources", "max_disputing_sources"]


def test_one_entry_of_a_list_of_needs_is_enough(town):
    town.settings("ladder:\n  - " + OWN_RUNG.format("[{origins: 9}, {sources: 1}]"))
    assert ceiling(town, "own", MAYOR, history=["{on: 2030-05-03, status: own, note: First.}"]) is None


def test_one_entry_must_be_met_whole(town):
    town.settings("ladder:\n  - " + OWN_RUNG.format("[{origins: 9, sources: 1}, {sources: 1, nonparty: 1}]"))
    assert ceiling(town, "own", MAYOR, history=["{on: 2030-05-03, status: own, note: First.}"])


def test_a_desk_may_set_needs_of_its_own(town):
    town.settings("ladder:\n  - " + OWN_RUNG.format("{max_nonparty: 0}"))
    history = ["{on: 2030-05-03, status: own, note: First.}"]
    assert ceiling(town, "own", MAYOR, history=history) is None
    assert ceiling(town, "own", AUDITOR, history=history)


def test_the_message_says_what_the_rung_needs_and_what_the_card_has_origin_by_origin(town):
    again = "{source: article-b, stance: supports, via: [outlet-a, mayor]}"
    problem = ceiling(town, "corroborated", MAYOR, again)
    assert (problem.place.path, problem.place.line) == ("content/claims/bridge-cost.yaml", 3)
    assert "“corroborated” needs 2 independent origins" in problem.message
    for words in ("has 1", "mayor", "outlet-a", "article-a", "article-b"):
        assert words in problem.message


def test_the_message_names_the_origins_that_a_rung_with_two_ways_would_count(town):
    problem = ceiling(town, "confirmed", MAYOR)
    assert "2 independent origins" in problem.message
    assert "mayor" in problem.message


def test_the_message_names_the_disputing_origins_that_the_card_has(town):
    problem = ceiling(town, "contradicted", MAYOR, DENIAL)
    assert "2 origins against it" in problem.message
    assert "auditor" in problem.message


def test_the_message_names_what_stands_against_the_card(town):
    problem = ceiling(town, "attributed", MAYOR, DENIAL)
    assert "auditor" in problem.message
    assert "article-b" in problem.message


def test_the_message_gives_a_range_where_a_trail_ends_in_the_dark(town):
    assert "has 1–2" in ceiling(town, "corroborated", MAYOR, NOBODY).message


def test_two_origins_of_which_one_is_no_party_carry_confirmed(town):
    assert ceiling(town, "confirmed", MAYOR, AUDITOR) is None


def test_two_parties_do_not_carry_confirmed(town):
    town.claimant("builder", stake="party", stake_note="He was paid.")
    builder = "{source: article-b, stance: supports, via: [builder]}"
    assert "not a party" in ceiling(town, "confirmed", MAYOR, builder).message


def test_an_admission_alone_carries_confirmed(town):
    assert ceiling(town, "confirmed", "{source: article-a, stance: supports, via: [mayor], admission: true}") is None


def test_one_for_and_one_against_carry_disputed_and_no_more(town):
    assert ceiling(town, "disputed", MAYOR, DENIAL) is None
    assert ceiling(town, "contradicted", MAYOR, DENIAL)


def test_an_override_is_the_way_past_a_ceiling(town):
    override = "{reason: The accounts lie open., by: The editor, on: 2030-05-03}"
    assert ceiling(town, "confirmed", MAYOR)
    assert ceiling(town, "confirmed", MAYOR, override=override) is None


@pytest.mark.parametrize("override", ["{reason: Because., by: The editor}", "{by: The editor, on: 2030-05-03}", "true"])
def test_half_an_override_is_none(town, override):
    town.claim(status="confirmed", evidence=[MAYOR, AUDITOR], override=override)
    assert [problem.code for problem in town.mistakes()] in (["CD011"], ["CD014"])


def test_a_superseded_card_may_be_outdated(build):
    claim = build("superseded").claim("nobody-has-said")
    assert claim.counts.superseded
    assert claim.card.status == "outdated"


def test_a_card_is_not_judged_by_evidence_that_could_not_be_read(town):
    town.source("article-b", outlet="outlet-b", published="2030-02-30")
    town.claim(status="corroborated", evidence=[MAYOR, AUDITOR.replace("auditor", "editor")])
    assert {problem.code for problem in town.mistakes()} >= {"CD012", "CD020"}
    assert "CD040" not in {problem.code for problem in town.mistakes()}


def test_needs_can_be_said_in_words():
    assert needs_in_words({"origins": 2, "max_against": 0}) == "2 independent origins and no origin against it"
    assert needs_in_words({"origins": 1}) == "1 independent origin"
    assert needs_in_words({"superseded": 1}) == "a claim that supersedes it"

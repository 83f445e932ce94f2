"""The record day by day: counts and rungs of what was published by then, and nothing of what came later."""

import pytest

from claimdeck.judge.record import days_of_record, record_by_day


@pytest.fixture
def record(site):
    """Return a function that lists the days of the small site: date, {claim: (rung, sources)}, claims that changed."""
    for letter, day in (("b", "2030-05-04"), ("c", "2030-05-06"), ("d", "2030-05")):
        site.claimant(f"outlet-{letter}", name=f"Outlet {letter}", kind="outlet", stake="none")
        site.source(f"article-{letter}", outlet=f"outlet-{letter}", published=day)

    def days():
        return [
            (
                day.date,
                {id_: (s.rung.id if s.rung else "", s.counts.sources) for id_, s in day.record.items()},
                {id_: then.counts.sources if then else None for id_, then in day.before.items()},
            )
            for day in record_by_day(site.deck)
        ]

    return days


def evidence(*pieces: str) -> list[str]:
    """Return pieces “source stance”."""
    return [f"{{source: article-{piece.split()[0]}, stance: {piece.split()[1]}}}" for piece in pieces]


def test_evidence_counts_from_the_day_on_which_its_source_was_published(site, record):
    site.claim("bridge-cost", evidence=evidence("a supports", "b supports", "c disputes"))
    assert record() == [
        ("2030-05-02", {"bridge-cost": ("attributed", 1)}, {"bridge-cost": None}),
        ("2030-05-04", {"bridge-cost": ("confirmed", 2)}, {"bridge-cost": 1}),
        ("2030-05-06", {"bridge-cost": ("disputed", 2)}, {"bridge-cost": 2}),
        ("2030-05", {"bridge-cost": ("disputed", 2)}, {}),
    ]


def test_a_claim_comes_on_record_with_the_first_source_that_supports_it(site, record):
    site.claim("bridge-cost", evidence=evidence("a disputes", "b supports"))
    site.claim("denied", evidence=evidence("a disputes"))
    first, second, *_ = record()
    assert set(first[1]) == {"denied"}
    assert second[1]["bridge-cost"] == ("disputed", 1)


def test_a_month_counts_as_its_last_day(site):
    site.source("month", published="2030-05")
    site.source("last", published="2030-05-31")
    site.source("next", published="2030-06-01")
    assert list(days_of_record(site.deck)) == ["2030-05-02", "2030-05", "2030-05-31", "2030-06-01"]


def test_a_claim_is_superseded_when_the_later_one_comes_on_record(site, record):
    site.settings(
        """
        ladder:
          - {id: gone, label: Gone, symbol: "◌", mark: ring, color: outdated, meaning: Over., needs: {superseded: true}}
          - {id: unverified, label: Unverified, symbol: "○", mark: empty, color: unverified, meaning: Who knows.}
        """
    )
    site.claim("bridge-cost", evidence=evidence("a supports"))
    site.claim("later", evidence=evidence("b supports"), related=["{claim: bridge-cost, as: supersedes}"])
    days = record()
    assert days[0][1] == {"bridge-cost": ("unverified", 1)}
    assert days[1][1] == {"bridge-cost": ("gone", 1), "later": ("unverified", 1)}
    assert set(days[1][2]) == {"bridge-cost", "later"}


def test_of_a_source_without_claims_there_is_a_day_all_the_same(record):
    assert [(date, changed) for date, _, changed in record()][1:] == [
        ("2030-05-04", {}),
        ("2030-05-06", {}),
        ("2030-05", {}),
    ]


def test_the_carried_rungs_are_those_of_the_record(build):
    for day in record_by_day(build("many-days").judged.deck):
        rungs = [standing.rung.id for standing in day.record.values() if standing.rung]
        assert {rung: number for rung, number in day.carried.items() if number} == {
            rung: rungs.count(rung) for rung in rungs
        }


def test_on_the_last_day_every_claim_stands_as_its_counts_say(build):
    deck = build("many-days").judged.deck
    *_, last = record_by_day(deck)
    assert {id_: s.counts for id_, s in last.record.items()} == {id_: c.counts for id_, c in deck.claims.items()}

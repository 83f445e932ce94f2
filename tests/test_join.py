"""JOIN: ids become links, and what follows from the cards is derived once, over whatever could be read."""

import pytest

from claimdeck.judge.deck import Chain, Counts, Range


def chain(site, evidence, **source):
    site.source("article-a", **source)
    site.claim(evidence=[evidence])
    (testimony,) = site.deck.claims["bridge-cost"].testimonies
    return testimony.chain


@pytest.fixture
def wired(site):
    """The small site with a wire and a mayor."""
    site.claimant("wire", kind="outlet")
    site.claimant("mayor")
    return site


def test_a_chain_begins_at_the_outlet_and_ends_at_the_origin(wired):
    found = chain(wired, "{source: article-a, stance: supports, via: [wire, mayor]}")
    assert (found, found.origin) == (Chain(("outlet-a", "wire", "mayor")), "mayor")


@pytest.mark.parametrize(
    ("witness", "origin"),
    [
        ("{source: article-a, stance: supports, own: true}", "outlet-a"),
        ("{source: article-a, stance: supports}", "wire"),
    ],
)
def test_a_source_that_is_itself_the_origin_stays_one_whomever_its_outlet_cites_elsewhere(wired, witness, origin):
    wired.source("article-a", carries="wire")
    wired.claim(evidence=[witness, "{source: article-a, stance: supports, via: [wire, mayor]}"])
    assert set(wired.deck.claims["bridge-cost"].origins) == {origin, "mayor"}


def test_one_mistake_hides_no_other_in_the_same_group(wired):
    entry = "{source: nowhere, stance: suports, via: [nobody, unknown, mayor]}"
    wired.claim(evidence=[entry], figure="{measure: nothing, about: 1, exactly: 2, foo: 3}")
    found = " ".join(problem.message for problem in wired.mistakes())
    assert all(word in found for word in ("nowhere", "suports", "nobody", "last word", "nothing", "2 numbers", "foo"))


def test_a_chain_that_ends_in_the_dark_has_no_origin(wired):
    found = chain(wired, "{source: article-a, stance: supports, via: [wire, unknown]}")
    assert (found, found.origin) == (Chain(("outlet-a", "wire"), dark=True), "unknown")


@pytest.mark.parametrize(
    ("evidence", "source", "origin"),
    [
        ("{source: article-a, stance: supports}", {}, "outlet-a"),
        ("{source: article-a, stance: supports}", {"carries": "wire"}, "wire"),
        ("{source: article-a, stance: supports, own: true}", {"carries": "wire"}, "outlet-a"),
        ("{source: article-a, stance: supports, via: [wire, mayor]}", {"carries": "wire"}, "mayor"),
        ("{source: article-a, stance: supports}", {"draws_on": "wire"}, "outlet-a"),
        ("{source: article-a, stance: supports, via: [unknown]}", {"draws_on": "wire"}, "unknown"),
    ],
)
def test_where_a_passage_leads(wired, evidence, source, origin):
    assert chain(wired, evidence, **source).origin == origin


def test_a_loop_in_one_chain_is_one_error_that_prints_it(wired):
    wired.claim(evidence=["{source: article-a, stance: supports, via: [wire, mayor, wire]}"])
    (problem,) = wired.mistakes()
    assert (problem.code, problem.place.line) == ("CD027", 9)
    assert "mayor → wire → mayor" in problem.message or "wire → mayor → wire" in problem.message


def test_a_loop_over_two_chains_is_one_error_that_prints_it(wired):
    wired.source("article-w", outlet="wire")
    loop = [
        "{source: article-a, stance: supports, via: [wire]}",
        "{source: article-w, stance: supports, via: [outlet-a]}",
    ]
    wired.claim(evidence=loop)
    (problem,) = [problem for problem in wired.mistakes() if problem.code != "CD064"]
    assert problem.code == "CD027"
    assert "outlet-a → wire → outlet-a" in problem.message or "wire → outlet-a → wire" in problem.message


def test_who_cites_itself_runs_in_a_circle_too(wired):
    wired.claim(evidence=["{source: article-a, stance: supports, via: [outlet-a]}"])
    assert "CD027" in [problem.code for problem in wired.mistakes()]


def test_what_one_says_and_another_denies_is_no_loop(wired):
    wired.source("article-w", outlet="wire")
    wired.claim(
        evidence=[
            "{source: article-a, stance: supports, via: [wire]}",
            "{source: article-w, stance: disputes, via: [outlet-a]}",
        ]
    )
    assert "CD027" not in [problem.code for problem in wired.mistakes()]


@pytest.mark.parametrize("via", ["[unknown, mayor]", "[mayor, unknown, wire]", "[unknown, unknown]"])
def test_unknown_is_the_last_word_of_a_chain_or_an_error(wired, via):
    wired.claim(evidence=[f"{{source: article-a, stance: supports, via: {via}}}"])
    assert [problem.code for problem in wired.mistakes() if problem.severity.word == "error"] == ["CD026"]


def test_a_ring_of_parts_is_one_error_that_prints_it(wired):
    wired.claimant("mayor", part_of="town")
    wired.claimant("town", kind="state", part_of="mayor")
    wired.claim(said="{by: mayor}")
    (problem,) = [problem for problem in wired.mistakes() if problem.severity.word == "error"]
    assert "mayor → town → mayor" in problem.message or "town → mayor → town" in problem.message


def test_an_article_comes_from_an_outlet(wired):
    wired.source("article-a", outlet="mayor")
    assert "outlet" in next(problem.message for problem in wired.mistakes() if problem.code == "CD026")


def test_own_says_nothing_of_a_source_that_carries_no_wire(wired):
    wired.claim(evidence=["{source: article-a, stance: supports, own: true}"])
    assert "CD026" in [problem.code for problem in wired.mistakes()]


@pytest.mark.parametrize(
    ("published", "updated", "on_record_to"),
    [
        (["2030-05-02", "2030-04-01"], None, "2030-05-02"),
        (["2030-05-02", "2030-04-01"], "2030-06-01", "2030-06-01"),
        (["2030-05-02", "2030-05"], None, "2030-05"),
        (["2030-05-02", "2029"], None, "2030-05-02"),
    ],
)
def test_the_record_goes_up_to_the_newest_date_of_its_sources(site, published, updated, on_record_to):
    site.source("article-a", published=published[0])
    site.source("article-b", published=published[1], updated=updated)
    site.claim(evidence=["{source: article-a, stance: supports}", "{source: article-b, stance: mentions}"])
    assert site.deck.claims["bridge-cost"].on_record_to == on_record_to


def test_withdrawn_claims_stand_apart(build):
    deck = build("every-field").judged.deck
    assert list(deck.withdrawn) == ["bridge-fell"]
    assert "bridge-fell" not in deck.claims


def test_a_withdrawn_claim_keeps_its_page_and_leaves_the_lists(build):
    built = build("every-field")
    assert b"We mixed it up with another bridge." in built.files["claims/bridge-fell/index.html"]
    assert "bridge-fell" not in {claim["id"] for claim in built.json["claims"]}


def test_a_draft_is_judged_and_not_built(build):
    built = build("every-field")
    assert "bridge-painted" in built.judged.deck.claims
    assert not any("bridge-painted" in path or b"painted blue" in content for path, content in built.files.items())


def test_a_quote_knows_whether_it_was_verified(build):
    verified = [t.verified for t in build("every-field").claim("bridge-cost").testimonies if t.card.quote]
    assert [bool(record) for record in verified] == [True, True]


def test_the_export_has_the_counts_under_their_promised_names(build):
    counts = build("one-wire-two-outlets").exported("thirty-leaks")["counts"]
    assert counts == {
        "sources": 2,
        "origins": {"low": 1, "high": 1},
        "nonparty": {"low": 0, "high": 1},
        "admissions": {"low": 0, "high": 0},
        "disputing_sources": 0,
        "disputing_origins": {"low": 0, "high": 0},
        "against": {"low": 0, "high": 0},
        "against_nonparty": {"low": 0, "high": 0},
        "admissions_against": {"low": 0, "high": 0},
        "superseded": False,
    }


def test_what_could_be_read_is_joined_though_another_card_could_not(site):
    site.write("content/topics/bridge.yaml", "name: a: b\n")
    site.claim("roof", evidence=["{source: nowhere, stance: supports}", "{source: article-a, stance: supports}"])
    claim = site.deck.claims["roof"]
    assert (claim.counts.origins, claim.sound) == (Range(1, 1), False)


def test_a_claim_without_supporting_evidence_counts_nothing(site):
    site.claim(evidence=["{source: article-a, stance: mentions}"])
    assert site.counts() == Counts()

"""The sentence with the three numbers, and the tree of origins below it."""

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.provenance import recorded_in_words, trail_of, trees_of
from claimdeck.present.views import Views

PARTY = {"kind": "agency", "stake": "party", "stake_note": "It paid."}
CLAIMANTS = {
    "mayor": {"name": "The mayor", "part_of": "council"},
    "council": {"name": "The council", **PARTY},
    "builder": {"name": "The builder", **PARTY},
    "friend": {"name": "A friend", "kind": "institute", "stake": "aligned", "stake_note": "The council owns it."},
    "auditor": {"name": "The auditor", "kind": "agency", "stake": "none"},
    "stranger": {"name": "A stranger"},
    "somebody": {"name": "Somebody", "kind": "unnamed"},
    "wire": {"name": "The wire", "kind": "outlet", "stake": "none"},
    "paper": {"name": "The paper", "kind": "outlet", "stake": "none"},
    "weekly": {"name": "The weekly", "kind": "outlet", "stake": "none"},
}
SOURCES = {
    "one": {"outlet": "paper"},
    "two": {"outlet": "weekly"},
    "film": {"outlet": "paper", "kind": "video"},
    "copy": {"outlet": "weekly", "carries": "wire"},
}


@pytest.fixture
def joined(site):
    """Return a function that joins a claim with evidence: each “source via via”, behind “stance:” or supporting."""
    for id_, fields in CLAIMANTS.items():
        site.claimant(id_, **fields)
    for id_, fields in SOURCES.items():
        site.source(id_, **fields)

    def join(*evidence: str):
        entries = []
        for piece in evidence:
            stance, _, route = piece.rpartition(":")
            source, *via = route.split()
            entries.append(f"{{source: {source}, stance: {stance or 'supports'}, via: [{', '.join(via)}]}}")
        site.claim("bridge-cost", evidence=entries)
        assert [str(problem) for problem in site.judge().problems if problem.severity.word == "error"] == []
        deck = site.deck
        return deck.claims["bridge-cost"], deck

    return join


@pytest.fixture
def trail(joined):
    return lambda *evidence: "".join(words for words, _ in trail_of(*joined(*evidence)))


@pytest.fixture
def tree(joined):
    """Return a function that gives the trees as nested dicts, “read in …” for a source."""

    def nodes(origins):
        return {
            node.name: {**{f"read in {link.text}": {} for link in node.read_in}, **nodes(node.leads_to.values())}
            for node in origins
        }

    def trees(*evidence: str):
        claim, deck = joined(*evidence)
        found = trees_of(claim, Views(deck, Home.at("https://example.org/")))
        return {each.stance: nodes(each.origins) for each in found}

    return trees


@pytest.mark.parametrize(
    ("origin", "stake"),
    [
        ("council", "The council, which is a party to the events"),
        ("mayor", "The mayor, who is a party to the events"),
        ("auditor", "The auditor, which is not a party to the events"),
        ("friend", "A friend, which is aligned with a party"),
        ("stranger", "A stranger (stake unknown)"),
    ],
)
def test_a_single_origin_is_named_with_its_stake(trail, origin, stake):
    assert trail(f"one {origin}") == f"1 article leads back to 1 origin, {stake}."


def test_without_via_the_outlet_is_the_origin(trail):
    assert trail("one") == "1 article leads back to 1 origin, The paper, which is not a party to the events."


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        (
            ("one council", "two council"),
            "2 articles lead back to 1 origin, The council, which is a party to the events.",
        ),
        (
            ("one wire council", "copy wire council"),
            "2 articles lead back to 1 origin, The council, which is a party to the events.",
        ),
        (
            ("one mayor", "two council"),
            "2 articles lead back to 1 origin, The council, which is a party to the events.",
        ),
        (
            ("one council", "one builder"),
            "1 article leads back to 2 independent origins (The builder, a party; The council, a party), "
            "0 of them not a party to the events.",
        ),
        (
            ("one council", "two auditor"),
            "2 articles lead back to 2 independent origins (The auditor, not a party; The council, a party), "
            "1 of them not a party to the events.",
        ),
        (
            ("one friend", "two auditor"),
            "2 articles lead back to 2 independent origins (The auditor, not a party; A friend, aligned with a party), "
            "2 of them not a party to the events.",
        ),
        (
            ("one stranger", "two auditor"),
            "2 articles lead back to 2 independent origins (The auditor, not a party; A stranger, stake unknown), "
            "1 or 2 of them not a party to the events.",
        ),
        (
            ("one stranger", "two auditor", "film friend", "copy unknown", "one council"),
            "4 sources lead back to 4 or 5 independent origins, 2 to 4 of them not a party to the events "
            "(1 aligned with one, 1 of unknown stake); part of the trail ends in the dark.",
        ),
        (
            ("one council", "film council"),
            "2 sources lead back to 1 origin, The council, which is a party to the events.",
        ),
    ],
)
def test_sources_and_origins_are_counted_and_shaded(trail, evidence, sentence):
    assert trail(*evidence) == sentence


@pytest.mark.parametrize("evidence", ["one unknown", "one somebody", "one wire unknown"])
def test_a_trail_that_ends_in_the_dark_has_no_origin_or_one(trail, evidence):
    assert trail(evidence) == "1 article leads back to 0 or 1 origin: nobody says where the trail leads."


def test_a_dark_end_beside_a_known_origin_widens_both_numbers(trail):
    assert trail("one council", "two unknown") == (
        "2 articles lead back to 1 or 2 independent origins (The council, a party; perhaps one that nobody names), "
        "0 or 1 of them not a party to the events."
    )


def test_people_of_one_whole_are_named_and_shaded_as_one_origin(site, trail):
    site.claimant("clerk", name="The clerk", part_of="council")
    assert trail("one mayor", "two clerk", "film auditor", "one unknown").startswith(
        "3 sources lead back to 2 or 3 independent origins "
        "(The auditor, not a party; The council, a party; perhaps one that nobody names), "
    )
    site.claimant("aide", name="An aide", part_of="friend")
    many = ("one friend", "two aide", "film auditor", "one stranger", "two council")
    assert "(1 aligned with one, 1 of unknown stake)" in trail(*many)


def test_dark_ends_behind_one_named_link_are_one(trail):
    assert trail("one wire unknown", "two wire unknown").startswith("2 articles lead back to 0 or 1 origin")


def test_only_where_something_is_known_does_a_part_end_in_the_dark(trail):
    sentence = trail("one unknown", "two unknown")
    assert sentence.startswith("2 articles lead back to 0 to 2 independent origins")
    assert "part of the trail" not in sentence


def test_never_is_an_unknown_stake_called_not_a_party(trail):
    assert "not a party" not in trail("one stranger")
    assert "(A stranger, stake unknown; perhaps one that nobody names)" in trail("one stranger", "two unknown")


@pytest.mark.parametrize("evidence", ["disputes:one council", "qualifies:one council", "mentions:one council"])
def test_a_claim_that_nobody_supports_says_so_first(trail, evidence):
    assert trail(evidence).startswith("No source supports it.")


def test_dispute_and_qualification_are_told_after_the_support(trail):
    assert trail("one council", "disputes:two auditor", "qualifies:film", "mentions:copy") == (
        "1 article leads back to 1 origin, The council, which is a party to the events. "
        "1 source disputes it, from 1 origin. 1 source qualifies it."
    )
    assert trail("disputes:one auditor", "disputes:two council", "qualifies:film", "qualifies:copy") == (
        "No source supports it. 2 sources dispute it, from 2 independent origins. 2 sources qualify it."
    )


def test_only_the_numbers_are_marked_as_numbers(joined):
    phrases = trail_of(*joined("one council", "two auditor", "qualifies:film"))
    assert [words for words, is_number in phrases if is_number] == [
        "2 articles",
        "2 independent origins",
        "1",
        "1 source",
    ]


def test_the_tree_leads_from_the_origin_through_its_relays_to_the_sources(tree):
    assert tree("one wire council", "copy wire council") == {
        "supports": {
            "The council": {
                "The wire": {"read in The paper, 2 May 2030": {}, "read in The weekly, 2 May 2030": {}},
            }
        }
    }


def test_an_outlet_of_its_own_word_is_origin_and_place_of_reading(tree):
    assert tree("one") == {"supports": {"The paper": {"read in The paper, 2 May 2030": {}}}}


def test_the_wire_that_a_source_carries_is_the_origin_of_its_text(tree):
    assert tree("copy") == {"supports": {"The wire": {"read in The weekly, 2 May 2030": {}}}}


def test_the_dark_has_a_place_in_the_tree(tree):
    assert tree("one wire unknown") == {"supports": {"Unknown": {"The wire": {"read in The paper, 2 May 2030": {}}}}}
    assert tree("one unknown") == {"supports": {"Unknown": {"read in The paper, 2 May 2030": {}}}}


def test_a_chain_that_another_source_carries_on_is_drawn_to_its_end(tree):
    assert tree("one wire", "two wire council") == {
        "supports": {
            "The council": {"The wire": {"read in The paper, 2 May 2030": {}, "read in The weekly, 2 May 2030": {}}}
        }
    }


def test_each_stance_that_weighs_has_a_tree_of_its_own(tree):
    found = tree("one council", "disputes:two auditor", "qualifies:film", "mentions:copy")
    assert list(found) == ["supports", "disputes", "qualifies"]
    assert list(found["disputes"]) == ["The auditor"]


def test_a_source_stands_once_below_an_origin_however_often_it_is_quoted(tree):
    assert tree("one council", "one council") == {"supports": {"The council": {"read in The paper, 2 May 2030": {}}}}


def test_the_card_says_until_when_the_record_was_read_and_when_it_was_reviewed(joined):
    claim, _ = joined("one council")
    assert recorded_in_words(claim) == "on the record to 2 May 2030 · reviewed 3 May 2030"

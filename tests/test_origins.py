"""Origins: chains join into one graph, its ends are counted, and what nobody knows only widens a range."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.judge import deck
from claimdeck.judge.deck import Claimant, Counts, Range, Source
from claimdeck.judge.origins import chain_of, count_evidence, find_loop
from claimdeck.model.cards import ClaimantCard, Evidence, SourceCard
from claimdeck.read.content import CardFile
from claimdeck.read.places import Places

RANGES = [name for name, value in Counts()._asdict().items() if isinstance(value, Range)]


@pytest.fixture
def town(site):
    """The small site with three outlets, a wire, and a town full of people."""
    for letter in "bc":
        site.claimant(f"outlet-{letter}", kind="outlet")
        site.source(f"article-{letter}", outlet=f"outlet-{letter}")
    site.claimant("wire", kind="outlet")
    site.source("wired", outlet="outlet-b", carries="wire")
    site.source("drawn", outlet="outlet-b", draws_on="wire")
    site.claimant("town", kind="state", stake="party", stake_note="It pays.")
    site.claimant("council", kind="agency", part_of="town")
    site.claimant("mayor", part_of="council")
    site.claimant("treasurer", part_of="town")
    site.claimant("auditor", stake="none")
    site.claimant("engineer", stake="aligned", stake_note="She drew it.")
    site.claimant("walker")
    site.claimant("official", kind="unnamed", part_of="town")
    site.claimant("voice", kind="unnamed")
    return site


def evidence(source, *via, stance="supports", more=""):
    return f"{{source: {source}, stance: {stance}, via: [{', '.join(via)}]{more}}}"


def against(source, *via, more=""):
    return evidence(source, *via, stance="disputes", more=more)


def joined(town, *entries):
    town.claim(evidence=list(entries))
    return town.deck.claims["bridge-cost"]


def counts(town, *entries):
    return joined(town, *entries).counts


def test_two_outlets_carrying_one_wire_count_as_one_origin(build):
    built = build("one-wire-two-outlets")
    claim = built.claim("thirty-leaks")
    assert list(claim.origins) == ["school-board"]
    assert claim.counts.sources == 2
    assert claim.counts.origins == Range(1, 1)
    assert built.exported("thirty-leaks")["origins"] == ["school-board"]


def test_without_via_the_outlet_is_the_origin(town):
    assert joined(town, evidence("article-b")).origins == ("outlet-b",)


def test_without_via_a_wire_is_the_origin_of_what_carries_it(town):
    assert joined(town, evidence("wired")).origins == ("wire",)


def test_a_passage_of_its_own_leads_to_the_outlet_and_not_to_the_wire(town):
    assert joined(town, evidence("wired", more=", own: true")).origins == ("outlet-b",)


def test_a_source_that_only_draws_on_a_wire_never_leads_to_it_by_guess(town):
    assert joined(town, evidence("drawn")).origins == ("outlet-b",)


def test_the_last_of_a_chain_is_the_origin(town):
    assert joined(town, evidence("article-a", "outlet-b", "auditor")).origins == ("auditor",)


def test_a_chain_that_another_one_continues_ends_where_the_longer_one_ends(town):
    claim = joined(town, evidence("article-a", "outlet-b"), evidence("article-b", "auditor"))
    assert claim.origins == ("auditor",)
    assert claim.counts.origins == Range(1, 1)


def test_origins_under_one_root_count_once_and_are_both_listed(town):
    claim = joined(town, evidence("article-a", "mayor"), evidence("article-b", "treasurer"))
    assert claim.origins == ("mayor", "treasurer")
    assert claim.counts.origins == Range(1, 1)


def test_joint_speakers_are_two_origins_in_one_source(build):
    claim = build("joint-speakers").claim("opens-in-may")
    assert (claim.counts.sources, claim.counts.origins) == (1, Range(2, 2))


def test_joint_speakers_of_one_root_are_one_origin(build):
    assert build("joint-speakers").claim("paid-by-the-town").counts.origins == Range(1, 1)


def test_an_unknown_end_only_widens(town):
    assert counts(town, evidence("article-a", "auditor")).origins == Range(1, 1)
    assert counts(town, evidence("article-a", "auditor"), evidence("article-b", "unknown")).origins == Range(1, 2)


def test_a_trail_that_ends_in_the_dark_has_none_or_one(town):
    assert counts(town, evidence("article-a", "unknown")).origins == Range(0, 1)


def test_chains_whose_last_named_link_is_the_same_share_one_unknown_end(build, town):
    assert build("unknown-end").claim("rebuilt-in-june").counts.origins == Range(0, 1)
    shared = counts(town, evidence("article-a", "walker", "unknown"), evidence("article-b", "walker", "unknown"))
    assert shared.origins == Range(0, 1)


def test_chains_with_different_last_named_links_have_unknown_ends_of_their_own(town):
    both = counts(town, evidence("article-a", "unknown"), evidence("article-b", "unknown"))
    assert both.origins == Range(0, 2)


def test_an_unnamed_claimant_who_belongs_to_nothing_is_an_unknown_end(build, town):
    claim = build("unknown-end").claim("rain-in-the-gym")
    assert (claim.origins, claim.counts.origins) == (("caretaker",), Range(1, 2))
    assert counts(town, evidence("article-a", "voice"), evidence("article-b", "voice")).origins == Range(0, 1)


def test_an_unnamed_claimant_of_a_known_body_counts_as_that_body(town):
    claim = joined(town, evidence("article-a", "official"), evidence("article-b", "mayor"))
    assert claim.counts.origins == Range(1, 1)
    assert claim.counts.nonparty == Range(0, 0)


@pytest.mark.parametrize(
    ("speaker", "nonparty"),
    [
        ("auditor", Range(1, 1)),  # none
        ("engineer", Range(1, 1)),  # aligned
        ("mayor", Range(0, 0)),  # a party, by inheritance
        ("walker", Range(0, 1)),  # nobody knows
        ("unknown", Range(0, 1)),
        ("voice", Range(0, 1)),
    ],
)
def test_not_a_party_is_who_has_no_stake_or_is_aligned_and_the_unknown_widens(town, speaker, nonparty):
    assert counts(town, evidence("article-a", speaker)).nonparty == nonparty


def test_a_stake_is_inherited_until_a_claimant_has_its_own(town):
    town.claimant("judge", part_of="council", stake="none")
    claimants = town.deck.claimants
    assert (claimants["mayor"].stake, claimants["mayor"].stake_from) == ("party", "town")
    assert (claimants["judge"].stake, claimants["judge"].root) == ("none", "town")
    assert (claimants["walker"].stake, claimants["walker"].stake_from) == ("unknown", None)


def test_only_what_supports_counts_as_a_source(town):
    mixed = [evidence("article-b", "auditor", stance=stance) for stance in ("qualifies", "mentions", "disputes")]
    found = counts(town, evidence("article-a"), evidence("article-a", "walker"), *mixed)
    assert (found.sources, found.disputing_sources) == (1, 1)


def test_against_leaves_out_those_who_also_support(town):
    found = counts(
        town, evidence("article-a", "mayor"), against("article-b", "treasurer"), against("article-c", "auditor")
    )
    assert found.disputing_origins == Range(2, 2)
    assert found.against == Range(1, 1)
    assert found.against_nonparty == Range(1, 1)


def test_an_unknown_end_against_only_widens_what_is_against(town):
    found = counts(town, evidence("article-a", "mayor"), against("article-b", "unknown"))
    assert (found.disputing_origins, found.against) == (Range(0, 1), Range(0, 1))


def test_an_admission_counts_on_its_own_side(build):
    built = build("admissions")
    admitted, denied = built.claim("nails-were-saved").counts, built.claim("roof-was-finished").counts
    assert (admitted.admissions, admitted.admissions_against) == (Range(1, 1), Range(0, 0))
    assert (denied.admissions, denied.admissions_against) == (Range(0, 0), Range(1, 1))


def test_two_admissions_under_one_root_are_one(town):
    found = counts(
        town,
        evidence("article-a", "mayor", more=", admission: true"),
        evidence("article-b", "treasurer", more=", admission: true"),
        evidence("article-c", "auditor"),
    )
    assert found.admissions == Range(1, 1)


def test_the_order_of_a_loop_is_that_of_the_arrows():
    assert find_loop({"a": ["b"], "b": ["c"], "c": ["a"]}) in (
        ["a", "b", "c", "a"],
        ["b", "c", "a", "b"],
        ["c", "a", "b", "c"],
    )
    assert find_loop({"a": ["b", "c"], "b": ["c"], "c": []}) == []


# Below: what holds for any evidence.  Speakers are ordered and only cite later ones, so that nothing loops.

PEOPLE = [f"person-{number}" for number in range(6)]


def claimant(id_, stake="unknown", kind="person", root=None):
    card = CardFile(id_, f"content/claimants/{id_}.yaml", ClaimantCard(name=id_, kind=kind), Places(id_))
    return Claimant(id_, card, root or id_, stake, None)


def told(outlet, via, stance="supports"):
    card = SourceCard(outlet=outlet, kind="article", language="en")
    entry = Evidence(source=f"from-{outlet}", stance=stance, via=tuple(via))
    file = CardFile(entry.source, entry.source, card, Places(entry.source))
    return deck.Testimony(0, entry, Source(entry.source, file), chain_of(entry, card))


speakers = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=4).map(sorted)
chains = st.builds(
    lambda outlet, via, dark, stance: told(outlet, [*via, *(["unknown"] if dark else [])], stance),
    st.sampled_from(["outlet-a", "outlet-b", "outlet-c"]),
    speakers,
    st.booleans(),
    st.sampled_from(["supports", "disputes", "mentions"]),
)
societies = st.fixed_dictionaries(
    {
        person: st.builds(
            claimant,
            st.just(person),
            st.sampled_from(["party", "aligned", "none", "unknown"]),
            st.sampled_from(["person", "unnamed"]),
            st.sampled_from([None, "town", "county"]),
        )
        for person in PEOPLE
    }
)


def counted(found, society):
    return count_evidence(found, society, superseded=False)[0]


@given(st.lists(chains, max_size=8), societies)
def test_every_count_has_its_ends_in_order(found, society):
    for name in RANGES:
        count = getattr(counted(found, society), name)
        assert 0 <= count.low <= count.high


@given(st.lists(chains, max_size=8), societies)
def test_there_are_at_most_as_many_origins_as_chains_and_never_none_at_the_high_end(found, society):
    supporting = {t.chain for t in found if t.card.stance == "supports"}
    assert bool(supporting) <= counted(found, society).origins.high <= len(supporting)


@given(st.lists(chains, max_size=8), societies)
def test_a_part_is_never_more_than_the_whole(found, society):
    got = counted(found, society)
    for part, whole in [("nonparty", "origins"), ("against", "disputing_origins"), ("against_nonparty", "against")]:
        assert getattr(got, part).low <= getattr(got, whole).low
        assert getattr(got, part).high <= getattr(got, whole).high


@given(st.lists(chains, max_size=8), societies, st.randoms())
def test_neither_order_nor_repetition_changes_a_count(found, society, random):
    shuffled = [*found, *found]
    random.shuffle(shuffled)
    assert counted(shuffled, society) == counted(found, society)


@given(st.lists(chains, max_size=8), societies)
def test_a_new_outlet_that_names_a_new_person_is_one_origin_more(found, society):
    before = counted(found, society).origins
    society["newcomer"] = claimant("newcomer")
    assert counted([*found, told("outlet-new", ["newcomer"])], society).origins == Range(
        before.low + 1, before.high + 1
    )


@given(st.lists(chains, max_size=8), societies)
def test_a_new_outlet_that_names_nobody_may_be_one_origin_more(found, society):
    before = counted(found, society).origins
    assert counted([*found, told("outlet-new", ["unknown"])], society).origins == Range(before.low, before.high + 1)


@given(st.lists(chains, max_size=8), societies)
def test_who_merely_mentions_a_claim_weighs_nothing(found, society):
    mentioning = [replace(t, card=t.card.model_copy(update={"stance": "mentions"})) for t in found]
    assert counted(mentioning, society) == Counts()

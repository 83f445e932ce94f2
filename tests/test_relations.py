"""Relations: each is shown from both sides, once; a pair has one, and nothing follows from two."""

import pytest

PAIR = ("bridge-cost", "roof")


@pytest.fixture
def pair(site):
    """Relate the small site's claim and a second one: `pair("narrows")`, `pair("context", "context")`."""

    def relate(one=None, other=None):
        for id_, about, word in (*[(PAIR[0], PAIR[1], one)], (PAIR[1], PAIR[0], other)):
            related = [f"{{claim: {about}, as: {word}}}"] if word else None
            site.claim(id_, related=related, evidence=["{source: article-a, stance: disputes}"])
        return site

    return relate


def shown(site):
    """Return what each claim shows of the others."""
    return {id_: [(r.claim, r.relationship) for r in claim.relations] for id_, claim in site.deck.claims.items()}


@pytest.mark.parametrize(
    ("written", "seen_from_there"),
    [
        ("same-event", "same-event"),
        ("contradicts", "contradicts"),
        ("context", "context"),
        ("narrows", "narrowed-by"),
        ("supersedes", "superseded-by"),
    ],
)
def test_a_relation_is_shown_from_both_sides(pair, written, seen_from_there):
    site = pair(written)
    assert site.mistakes() == []
    assert shown(site) == {"bridge-cost": [("roof", written)], "roof": [("bridge-cost", seen_from_there)]}


@pytest.mark.parametrize("word", ["same-event", "contradicts", "context"])
def test_a_relation_that_both_wrote_is_shown_once(pair, word):
    site = pair(word, word)
    assert site.mistakes() == []
    assert shown(site) == {"bridge-cost": [("roof", word)], "roof": [("bridge-cost", word)]}


@pytest.mark.parametrize(
    ("one", "other"),
    [("context", "same-event"), ("narrows", "narrows"), ("supersedes", "supersedes"), ("narrows", "context")],
)
def test_two_different_relations_of_one_pair_are_one_error(pair, one, other):
    assert [problem.code for problem in pair(one, other).mistakes()] == ["CD028"]


def test_two_different_relations_on_one_card_are_an_error(site):
    site.claim("roof")
    site.claim(related=["{claim: roof, as: context}", "{claim: roof, as: same-event}"])
    assert [problem.code for problem in site.mistakes()] == ["CD028"]


def test_one_relation_written_twice_is_shown_once(site):
    site.claim("roof")
    site.claim(related=["{claim: roof, as: context}", "{claim: roof, as: context}"])
    assert shown(site)["bridge-cost"] == [("roof", "context")]


def test_a_claim_is_not_related_to_itself(site):
    site.claim(related=["{claim: bridge-cost, as: context}"])
    assert [problem.code for problem in site.mistakes()] == ["CD028"]


@pytest.mark.parametrize("word", ["same-event", "context", "narrows"])
def test_nothing_is_transitive(site, word):
    site.claim("a", related=[f"{{claim: b, as: {word}}}"])
    site.claim("b", related=[f"{{claim: c, as: {word}}}"])
    site.claim("c")
    assert [other for other, _ in shown(site)["a"]] == ["b"]
    assert [other for other, _ in shown(site)["c"]] == ["b"]


def test_a_circle_of_supersedings_is_one_error_that_prints_it(site):
    for one, other in ("ab", "bc", "ca"):
        site.claim(one, related=[f"{{claim: {other}, as: supersedes}}"])
    (problem,) = site.mistakes()
    assert (
        "a → b → c → a" in problem.message or "b → c → a → b" in problem.message or "c → a → b → c" in problem.message
    )


def test_a_circle_of_narrowings_is_none(site):
    for one, other in ("ab", "bc", "ca"):
        site.claim(one, related=[f"{{claim: {other}, as: narrows}}"])
    assert site.mistakes() == []


def test_only_the_older_claim_is_superseded(build):
    built = build("superseded")
    assert [built.claim(id_).counts.superseded for id_ in ("nobody-has-said", "mayor-said-it")] == [True, False]
    assert built.exported("nobody-has-said")["related"] == [{"claim": "mayor-said-it", "as": "superseded-by"}]
    assert built.exported("mayor-said-it")["related"] == [{"claim": "nobody-has-said", "as": "supersedes"}]


def test_a_draft_supersedes_nothing(site):
    site.claim("newer", draft="true", related=["{claim: bridge-cost, as: supersedes}"])
    assert site.counts().superseded is False


def test_a_draft_is_related_to_nothing_in_the_built_site(site):
    site.claim("newer", draft="true", related=["{claim: bridge-cost, as: context}"])
    assert b"newer" not in site.render()["claims.json"]


def test_a_withdrawn_claim_supersedes_nothing(site):
    site.write(
        "content/claims/newer.yaml",
        "short: Newer\nwithdrawn: {on: 2030-06-01, note: x}\nrelated: [{claim: bridge-cost, as: supersedes}]\n",
    )
    assert site.counts().superseded is False


def test_a_relation_that_cannot_be_read_does_not_disagree_with_that_of_the_other_card(pair):
    site = pair("narows", "narrows")
    assert [problem.code for problem in site.mistakes()] == ["CD013"]

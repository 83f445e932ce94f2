"""JUDGE: the warnings of the format, exactly these; they fail only with --strict, and never for a draft."""

import pytest

from claimdeck import cli
from claimdeck.model.problems import Severity

QUOTING = "{source: article-a, stance: supports, quote: four million}"


def warnings(site):
    """Return the warnings as (code, file, line), “not yet recorded” left out."""
    found = site.mistakes()
    assert {problem.severity for problem in found} <= {Severity.WARNING}
    return [(problem.code, problem.place.path.removeprefix("content/"), problem.place.line) for problem in found]


def run(site, *arguments):
    return cli.main([*arguments, "--root", str(site.root)])


@pytest.fixture
def wired(site):
    """The small site whose article carries a wire's text."""
    site.claimant("wire", kind="outlet")
    site.claimant("mayor")
    site.source("article-a", carries="wire")
    return site


def test_a_site_that_is_not_yet_recorded_is_built_but_not_strictly(site, tmp_path):
    output = ["--output", str(tmp_path / "dist")]
    assert run(site, "build", "--strict", *output) == 1
    assert not (tmp_path / "dist").exists()
    assert run(site, "build", *output) == 0


def test_check_fails_on_a_warning_only_strictly(site):
    assert (run(site, "check"), run(site, "check", "--strict")) == (0, 1)
    site.lock()
    assert run(site, "check", "--strict") == 0


def test_run_lock_is_a_warning(site):
    site.lock()
    site.claim(corrections=["{on: 2030-06-01, kind: update, note: Read again.}"])
    assert warnings(site) == [("CD061", "claims/bridge-cost.yaml", 1)]
    assert run(site, "check", "--strict") == 1


def test_a_quote_that_is_not_verified_is_a_warning(site):
    site.claim(evidence=[QUOTING])
    assert warnings(site) == [("CD062", "claims/bridge-cost.yaml", 9)]
    site.lock({"article-a": "It cost four million."})
    assert warnings(site) == []


def test_a_chain_that_does_not_go_through_its_wire_is_a_warning(wired):
    wired.claim(evidence=["{source: article-a, stance: supports, via: [mayor]}"])
    assert warnings(wired) == [("CD063", "claims/bridge-cost.yaml", 9)]


@pytest.mark.parametrize(
    "rest", ["", ", via: [wire, mayor]", ", via: [wire, unknown]", ", via: [mayor], own: true", ", own: true"]
)
def test_a_chain_that_begins_at_its_wire_or_is_the_outlets_own_is_none(wired, rest):
    wired.claim(evidence=[f"{{source: article-a, stance: supports{rest}}}"], said="{by: mayor}")
    assert warnings(wired) == []


def test_a_chain_that_ends_in_the_dark_before_its_wire_is_a_warning(wired):
    wired.claim(evidence=["{source: article-a, stance: supports, via: [unknown]}"], said="{by: mayor}")
    assert [code for code, *_ in warnings(wired)] == ["CD063"]


def test_a_source_that_only_draws_on_a_wire_needs_no_chain_through_it(wired):
    wired.source("article-a", draws_on="wire")
    wired.claim(evidence=["{source: article-a, stance: supports, via: [mayor]}"])
    assert warnings(wired) == []


def test_a_source_a_claimant_and_a_topic_that_nothing_uses_are_warnings(site):
    site.source("article-b")
    site.claimant("mayor")
    site.write("content/topics/river.yaml", "name: The river\n")
    assert warnings(site) == [
        ("CD064", "claimants/mayor.yaml", 1),
        ("CD064", "sources/article-b.yaml", 1),
        ("CD064", "topics/river.yaml", 1),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"said": "{by: mayor}"},
        {"evidence": ["{source: article-a, stance: mentions, via: [mayor]}"]},
        {"said": "{by: spokeswoman}"},  # who is part of the mayor's office
    ],
)
def test_a_claimant_is_used_where_it_speaks_or_somebody_speaks_for_it(site, fields):
    site.claimant("mayor", kind="agency")
    site.claim(**fields)
    if "spokeswoman" in str(fields):
        site.claimant("spokeswoman", part_of="mayor")
    assert warnings(site) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"evidence": ["{source: article-a, stance: supports, via_from: article-b}"]},
        {"history": ["{on: 2030-05-03, status: unverified, sources: [article-b]}"]},
        {"evidence": ["{source: article-a, stance: supports}", "{source: article-b, stance: mentions}"]},
    ],
)
def test_a_source_is_used_wherever_a_claim_names_it(site, fields):
    site.source("article-b")
    site.claim(**fields)
    assert warnings(site) == []


def test_a_page_needs_no_use(site):
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWe count.\n")
    assert warnings(site) == []


def test_contradicts_without_disputing_evidence_is_a_warning(site):
    site.claim("roof", related=["{claim: bridge-cost, as: contradicts}"])
    assert warnings(site) == [("CD065", "claims/roof.yaml", 13)]


def test_contradicts_with_disputing_evidence_is_none(build):
    assert [problem.code for problem in build("disputed").problems] == []


def test_nothing_else_is_a_warning(site):
    site.claim(
        status="disputed",
        reviewed="1999-01-01",
        override="{reason: The accounts lie open., by: The editor, on: 2030-05-03}",
        related=["{claim: roof, as: same-event}"],
        said="{by: outlet-a}",
    )
    site.claim("roof", claim="The roof leaks.")
    site.source("article-a", title="null", retracted="{on: 2030-06-01, note: It was wrong.}")
    assert warnings(site) == []


def test_a_draft_fails_nothing_strictly(site):
    site.claim("roof", draft="true", status="confirmed", evidence=[QUOTING], because="")
    site.lock()
    assert {problem.severity for problem in site.mistakes()} == {Severity.NOTE}
    assert run(site, "check", "--strict") == 0


def test_a_changed_quote_is_an_error_until_lock_finds_the_new_words(site):
    site.claim(evidence=[QUOTING])
    article = {"article-a": "It cost four million, or five million."}
    site.lock(article)
    site.claim(evidence=[QUOTING.replace("four", "five")])
    assert [(problem.code, problem.severity) for problem in site.mistakes()] == [("CD052", Severity.ERROR)]
    site.lock(article)
    assert site.mistakes() == []


def test_words_that_the_article_does_not_have_are_an_error_for_check_and_for_lock(site):
    site.claim(evidence=[QUOTING])
    folder = site.articles({"article-a": "It cost five million."})
    (problem,) = [problem for problem in site.problems(folder) if problem.code == "CD055"]
    assert "five million" in problem.hint
    assert run(site, "lock", "--articles", str(folder)) == 1
    assert not (site.root / "content" / "desk.lock").exists()


def test_a_second_quote_from_a_source_is_new_and_not_changed(site):
    site.claim(evidence=[QUOTING])
    site.lock({"article-a": "It cost four million, or five million."})
    site.claim(
        evidence=[QUOTING, QUOTING.replace("supports", "mentions").replace("four", "five")],
        corrections=["{on: 2030-06-01, kind: update, note: x}"],
    )
    assert [code for code, *_ in warnings(site)] == ["CD061", "CD062"]


def test_a_verified_quote_stays_verified_when_lock_has_no_articles(site):
    site.claim(evidence=[QUOTING])
    site.lock({"article-a": "It cost four million."})
    site.claim(evidence=[QUOTING], corrections=["{on: 2030-06-01, kind: update, note: x}"])
    assert site.lock() == []


def test_the_page_says_verified_only_of_a_quote_that_is(site):
    site.claim(evidence=[QUOTING])
    assert b'"quote_verified": false' in site.render()["claims.json"]
    site.lock({"article-a": "It cost four million."})
    assert b'"quote_verified": true' in site.render()["claims.json"]

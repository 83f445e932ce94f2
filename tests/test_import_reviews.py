"""Importing ClaimReviews: drafts that pass `check`, all or none, and nothing twice."""

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.cli import main
from claimdeck.model.problems import Severity
from claimdeck.pipeline import judge_site
from tests.rendered import render_site

PROJECT = Path(__file__).resolve().parents[1]
GOOD_SITES = sorted((PROJECT / "tests" / "sites" / "good").iterdir())
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://example.net/checks/ferry",
    "claimReviewed": "The new ferry sank.",
    "author": {"@type": "Organization", "name": "Outlet B", "url": "https://example.net/"},
    "datePublished": "2030-05-03",
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "The mayor"},
        "appearance": {"@type": "SocialMediaPosting", "url": "https://example.org/posts/1"},
    },
}
WILD = {  # what editors of other sites wrote instead → what is wrong with it
    "type-as-list": {"@type": ["Article", "ClaimReview"]},
    "type-as-address": {"@type": "http://schema.org/ClaimReview"},
    "no-context": {"@context": None},
    "context-as-list": {"@context": ["http://schema.org/", {"x": "y"}]},
    "rating-one-is-best": {"reviewRating": {"ratingValue": 5, "bestRating": 1, "worstRating": 5}},
    "rating-as-text": {"reviewRating": {"ratingValue": "4", "bestRating": "5", "worstRating": "1"}},
    "rating-only-in-words": {"reviewRating": {"alternateName": "Half a truth: “maybe” # no"}},
    "rating-without-ends": {"reviewRating": {"ratingValue": 3}},
    "rating-as-list": {"reviewRating": [{"ratingValue": []}, 3, None]},
    "date-in-words": {"datePublished": "Dec. 16, 2030"},
    "date-ambiguous": {"datePublished": "16/12/2030", "dateModified": "yesterday"},
    "date-with-zone": {"datePublished": "2030-12-16T23:59:59-08:00"},
    "date-of-mail": {"datePublished": "Mon, 16 Dec 2030 10:00:00 GMT"},
    "address-empty": {"url": ""},
    "address-relative": {"url": "/checks/ferry"},
    "address-with-spaces": {"url": "https://example.net/a b"},
    "address-as-group": {"url": {"@id": "https://example.net/checks/ferry"}},
    "author-as-text": {"author": "Outlet B"},
    "author-as-list": {"author": [{"@type": "Person", "name": "A writer"}, "Outlet B", 4]},
    "author-missing": {"author": None},
    "reviewed-as-text": {"itemReviewed": "The new ferry sank."},
    "reviewed-as-work": {"itemReviewed": {"@type": "CreativeWork", "author": "The mayor", "datePublished": "2030"}},
    "reviewed-as-list": {"itemReviewed": [{"@type": "Claim"}, {"@type": "VideoObject", "url": "https://example.org/v"}]},
    "appearances": {"itemReviewed": {"firstAppearance": "https://example.org/1", "appearance": ["x", {"url": ""}, []]}},
    "claim-too-long": {"claimReviewed": "The new ferry sank: " + "and sank again, " * 40},
    "claim-with-html": {"claimReviewed": "<p>The &quot;new&quot; ferry&nbsp;<b>sank</b></p><script>alert(1)</script>"},
    "claim-with-yaml": {"claimReviewed": "- *ferry: &a !b | {c} # \"d\" 'e' @f `g` %h\n--- ..."},
    "claim-with-hidden-characters": {"claimReviewed": "The \u202enew\u2069 fer\u200bry\x1b[31m \ud800sank\x00."},
    "claim-as-list": {"claimReviewed": ["The new ferry sank.", "The old one too."]},
    "claim-in-another-script": {"claimReviewed": "새 배가 가라앉았다."},
    "language-as-word": {"inLanguage": "English"},
    "names-of-all-kinds": {"author": {"name": {"a": "b"}}, "publisher": [[["x"]]], "itemReviewed": 7},
    "deep": {"itemReviewed": {"author": {"author": {"author": {"author": [[[[[{"name": "x"}]]]]]}}}}},
}  # fmt: skip


@pytest.fixture
def run(site, tmp_path, capsys):
    """Return a function that imports a file with this content into the small site: exit code, stdout, stderr."""

    def run_import(content, name="reviews.json"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        code = main(["import", str(file), "--root", str(site.root)])
        captured = capsys.readouterr()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", captured.out + captured.err)
        return code, captured.out, captured.err

    return run_import


def files_of(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def mistakes(root):
    """Return what `check` finds but notes and what is not yet recorded."""
    problems = render_site(judge_site(root))[1]
    return [str(problem) for problem in problems if problem.severity > Severity.NOTE and problem.code != "CD060"]


def test_an_import_tells_the_files_what_was_lost_and_the_count(run, site):
    code, out, err = run(REVIEW | {"reviewBody": "A long text"})
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "content/claimants/the-mayor.yaml",
        "content/claimants/outlet-b.yaml",
        "content/sources/outlet-b-2030-05-03.yaml",
        "content/claimants/example-org.yaml",
        "content/sources/example-org.yaml",
        "content/claims/the-new-ferry-sank.yaml",
        "ClaimReview 1: content/claims/the-new-ferry-sank.yaml",
        "  not mapped: reviewBody: “A long text”: no card has a field for it.",
        "1 ClaimReview: 1 draft claim in 6 new files, 0 known already.",
    ]
    assert mistakes(site.root) == []


def test_their_verdict_is_no_status(run, site):
    run(REVIEW)
    card = site.judge().content.claims["the-new-ferry-sank"].card
    assert (card.draft, card.status, card.because) == (True, "", "")
    assert [(each.stance, each.note) for each in card.evidence] == [
        ("supports", None),
        ("disputes", "Their verdict: “False”, 1 on its scale from 1 (worst) to 5 (best)."),
    ]


@pytest.mark.parametrize("name", WILD)
def test_an_untidy_review_becomes_drafts_that_check_only_notes_and_is_not_imported_twice(run, site, name):
    wild = {key: value for key, value in (REVIEW | WILD[name]).items() if value is not None}
    before = files_of(site.root)
    code, _, _ = run(wild)
    after = files_of(site.root)
    assert code == 0
    assert {path: after[path] for path in before} == before
    assert any(path.startswith("content/claims/") for path in set(after) - set(before))
    assert mistakes(site.root) == []
    code, out, _ = run(wild)
    assert code == 0
    assert out.splitlines()[-1] == "1 ClaimReview: 0 draft claims in 0 new files, 1 known already."
    assert files_of(site.root) == after


def test_all_untidy_reviews_of_one_file_are_imported_at_once(run, site):
    reviews = [REVIEW | fields | {"url": f"https://example.net/{name}"} for name, fields in WILD.items()]
    code, out, _ = run({"@graph": reviews})
    assert code == 0
    assert f"{len(WILD)} ClaimReviews: {len(WILD)} draft claims" in out
    assert mistakes(site.root) == []
    assert run({"@graph": reviews})[1].endswith(f"{len(WILD)} known already.\n")


def test_a_review_given_twice_is_imported_once(run):
    code, out, _ = run([REVIEW, REVIEW | {"url": "http://www.example.net/checks/ferry/#x"}])
    assert code == 0
    assert "ClaimReview 2 ([1]): known already as content/claims/the-new-ferry-sank.yaml." in out


def test_two_claims_on_one_page_are_two_reviews_and_known_each(run):
    pair = [REVIEW, REVIEW | {"claimReviewed": "The old ferry sank."}]
    assert "2 draft claims" in run(pair)[1]
    assert "2 known already" in run(pair)[1]


def test_a_draft_that_was_reworded_stays_known(run, site):
    run(REVIEW)
    path = site.root / "content/claims/the-new-ferry-sank.yaml"
    path.rename(path.with_name("ferry-sank.yaml"))
    path = path.with_name("ferry-sank.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("The new ferry sank.", "A ferry sank."), encoding="utf-8")
    assert "known already as content/claims/ferry-sank.yaml" in run(REVIEW)[1]


def test_a_review_without_a_claim_makes_no_card(run, site):
    before = files_of(site.root)
    code, out, _ = run(
        [{"@type": "ClaimReview"}, {"@type": "ClaimReview", "claimReviewed": "<br>", "url": "https://example.net"}]
    )
    assert code == 1
    assert out.splitlines()[-1] == "2 ClaimReviews: 0 draft claims in 0 new files, 0 known already, 2 without a claim."
    assert files_of(site.root) == before


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\x00\x1b[2J\xff", b"<html>", b"[" * 100_000, b"null", b" " * 5_000_001]
)
def test_garbage_gives_a_sentence_and_writes_nothing(run, site, content):
    before = files_of(site.root)
    code, out, err = run(content)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert err.endswith(".\n")
    assert files_of(site.root) == before


def test_a_file_that_is_not_there_gives_a_sentence(site, capsys):
    assert main(["import", "nothing\x1b[2J.json", "--root", str(site.root)]) == 1
    assert capsys.readouterr().err == "there is no file nothing[2J.json.\n"


def test_where_a_file_stands_for_a_folder_nothing_is_written(run, site):
    shutil.rmtree(site.root / "content/claims")
    site.write("content/claims", "no folder")
    before = files_of(site.root)
    code, _, err = run(REVIEW)
    assert (code, "Nothing was written." in err) == (1, True)
    assert files_of(site.root) == before


def test_a_folder_that_leads_out_of_the_site_is_refused(run, site, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    shutil.rmtree(site.root / "content/claims")
    (site.root / "content/claims").symlink_to(tmp_path / "elsewhere")
    code, _, err = run(REVIEW)
    assert (code, "leads out of content/" in err) == (1, True)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_lock_that_cannot_be_read_is_in_the_way(run, site):
    site.write("content/desk.lock", "nonsense")
    before = files_of(site.root)
    code, _, err = run(REVIEW)
    assert (code, "the lock cannot be read" in err) == (1, True)
    assert files_of(site.root) == before


def test_without_content_there_is_nowhere_to_write(run, site):
    shutil.rmtree(site.root / "content")
    assert run(REVIEW)[0] == 1
    assert not (site.root / "content").exists()


@pytest.mark.parametrize("name", [*(path.name for path in GOOD_SITES), "the dossier"])
def test_a_page_that_we_built_comes_back_as_a_draft(run, site, tmp_path, name):
    root = tmp_path / "built"
    root.mkdir()
    source = PROJECT if name == "the dossier" else PROJECT / "tests" / "sites" / "good" / name
    shutil.copytree(source / "content", root / "content")
    shutil.copy(source / "site.yaml", root)
    judged = judge_site(root)
    pages = {
        path: page for path, page in render_site(judged)[0].items() if re.fullmatch(r"claims/[^/]+/index\.html", path)
    }
    for path, page in sorted(pages.items())[:3]:
        if b"ClaimReview" not in page:  # a redirect, or withdrawn
            continue
        card = judged.deck.claims[path.split("/")[1]].card
        code, out, _ = run(page, "index.html")
        assert code == 0
        assert "1 draft claim" in out
        made = next(claim for claim in site.judge().content.claims.values() if claim.card.claim == card.short)
        assert made.card.draft
        assert made.card.evidence
    assert pages
    assert mistakes(site.root) == []


NAMES = ("@type", "@id", "name", "url", "author", "ratingValue", "bestRating", "appearance", "text", "datePublished")
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(sorted(REVIEW)), values, max_size=6))
def test_whatever_a_review_holds_the_drafts_pass_check(tmp_path_factory, fields):
    root = tmp_path_factory.mktemp("any")
    (root / "content").mkdir()
    shutil.copy(PROJECT / "tests" / "sites" / "good" / "minimal" / "site.yaml", root)
    (root / "any.json").write_text(json.dumps(REVIEW | fields | {"@type": "ClaimReview"}), encoding="utf-8")
    assert main(["import", str(root / "any.json"), "--root", str(root)]) in {0, 1}
    judged = judge_site(root)
    assert judged.content.unread == set()
    assert mistakes(root) == []

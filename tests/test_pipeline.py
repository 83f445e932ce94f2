"""The recipe of a build: all problems of all stages in one run, drafts left out, nothing written on an error."""

import json
import shutil

import pytest

from claimdeck.model.problems import Severity, SiteError
from claimdeck.pipeline import build_site, judge_site
from claimdeck.write.move import finish_move, move_is_unfinished, staged_at
from tests.rendered import render_site


def codes(problems, severity=Severity.ERROR):
    return [problem.code for problem in problems if problem.severity is severity]


def snapshot(folder):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def test_a_build_reports_what_it_did(site, tmp_path):
    report = build_site(site.root, tmp_path / "dist")
    assert (report.claims, report.sources) == (1, 1)
    assert report.output.written == len([path for path in (tmp_path / "dist").rglob("*") if path.is_file()])
    assert codes(report.problems) == []
    assert codes(report.problems, Severity.WARNING) == ["CD060"]


def test_mistakes_of_every_stage_are_told_in_one_run(site, tmp_path):
    site.settings('ladder: [{id: sure, label: Sure, symbol: "●", mark: full, color: mauve, meaning: We saw it.}]\n')
    site.write("content/topics/bridge.yaml", "name: The bridge\ncolour: blue\n")  # READ
    site.claim("bridge-cost", status="sure", history=["{on: 2030-05-03, status: sure}"])
    site.claim("dangling", status="sure", topics=["tunnel"], history=["{on: 2030-05-03, status: sure}"])  # JOIN
    site.write("content/pages/about.md", "---\ntitle: About\n---\n[x](claim:nowhere)\n")  # CHECK
    site.write("content/desk.lock", "{}")
    with pytest.raises(SiteError) as failure:
        build_site(site.root, tmp_path / "dist")
    assert set(codes(failure.value.problems)) == {"CD010", "CD015", "CD020", "CD054", "CD070"}


def test_a_ceiling_is_told_beside_a_mistake_in_another_card(site):
    site.claim("bridge-cost", status="confirmed")
    site.claim("dangling", topics=["tunnel"])
    assert sorted(codes(site.problems())) == ["CD020", "CD040"]


def test_two_pages_at_one_address_are_told_beside_a_mistake_elsewhere(site):
    site.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n")
    site.write("static/root/about/index.html", "<p>mine</p>")
    site.claim("dangling", topics=["tunnel"])
    assert sorted(codes(site.problems())) == ["CD020", "CD072"]


@pytest.mark.parametrize("link", ["/nowhere/", "/status/unknown/", "/claims.csvx", "#nowhere"])
def test_a_dead_link_inside_the_site_is_told_at_its_line(site, link):
    site.write("content/pages/about.md", f"---\ntitle: About\n---\nA line.\n\nA [link]({link}).\n")
    [problem] = [problem for problem in site.problems() if problem.severity is Severity.ERROR]
    assert (problem.place.path, problem.place.line) == ("content/pages/about.md", 6)


@pytest.mark.parametrize(
    "name", ["robots.txt", "claims.json", "claims/bridge-cost.json", "search/words.json", "digests.json"]
)
def test_a_static_file_that_would_be_overwritten_is_told(site, name):
    site.write(f"static/root/{name}", "ours")
    told = f"static/root/{name}:1:1: /{name} is made by the build, which overwrites it. Take it away, or rename it."
    assert [str(problem) for problem in site.mistakes()] == [told]


def test_a_static_file_may_take_the_place_of_a_picture_and_stand_anywhere_else(site):
    for name in ("claims/bridge-cost.png", ".well-known/security.txt", "robots-2.txt", "claims/table.csv"):
        site.write(f"static/root/{name}", "ours")
    assert site.mistakes() == []


def test_problems_come_in_order_of_their_places_each_once(site):
    site.claim("z", topics=["tunnel"])
    site.claim("a", topics=["tunnel", "tunnels"])
    places = [str(problem.place) for problem in site.problems() if problem.severity is Severity.ERROR]
    assert len(places) == 3
    assert places == sorted(places)


def test_warnings_stand_in_the_report_and_fail_only_a_strict_build(site, tmp_path):
    site.write("content/topics/unused.yaml", "name: Unused\n")
    report = build_site(site.root, tmp_path / "dist")
    assert "CD064" in codes(report.problems, Severity.WARNING)
    with pytest.raises(SiteError):
        build_site(site.root, tmp_path / "strict", strict=True)
    assert not (tmp_path / "strict").exists()


def test_a_failed_build_leaves_the_earlier_site_as_it_was(site, tmp_path):
    build_site(site.root, tmp_path / "dist")
    before = snapshot(tmp_path)
    site.write("content/pages/about.md", "---\ntitle: About\n---\n[gone](/nowhere/)\n")
    with pytest.raises(SiteError):
        build_site(site.root, tmp_path / "dist")
    site.remove("content/pages/about.md")
    assert snapshot(tmp_path) == before
    assert not (tmp_path / "dist.next").exists()


def test_an_interrupted_move_is_finished_first_even_if_this_build_then_fails(site, tmp_path):
    output = tmp_path / "dist"
    build_site(site.root, output)
    staged = staged_at(tmp_path / "dist.next", "index.html")
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"the newer home")
    (tmp_path / "dist.next" / "lock").touch()
    (tmp_path / "dist.next" / "journal").write_text(json.dumps({"write": ["index.html"], "remove": []}))
    site.claim("dangling", topics=["tunnel"])
    assert move_is_unfinished(output)
    with pytest.raises(SiteError):
        build_site(site.root, output)
    assert (output / "index.html").read_bytes() == b"the newer home"
    assert not finish_move(output)


def test_the_next_build_brings_an_interrupted_site_to_what_its_cards_say(site, tmp_path):
    build_site(site.root, tmp_path / "whole")
    build_site(site.root, tmp_path / "dist")
    (tmp_path / "dist.next" / "files").mkdir(parents=True)
    written = sorted(path.name for path in (tmp_path / "dist").glob("*.html"))
    for name in written:
        shutil.copy(tmp_path / "dist" / name, staged_at(tmp_path / "dist.next", name))
    journal = {"write": written, "remove": ["404.html"]}
    (tmp_path / "dist.next" / "lock").touch()
    (tmp_path / "dist.next" / "journal").write_text(json.dumps(journal))
    build_site(site.root, tmp_path / "dist")
    names = {path.relative_to(tmp_path / "whole") for path in (tmp_path / "whole").rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path / "dist") for path in (tmp_path / "dist").rglob("*") if path.is_file()} == names
    assert all((tmp_path / "dist" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes() for name in names)


def test_a_draft_does_not_exist_in_a_build_and_its_mistakes_are_notes(site):
    before = site.render()
    site.claim("idea", draft="true", status="confirmed", topics=["tunnel"], evidence=None, because=None)
    problems = site.problems()
    assert codes(problems) == []
    assert codes(problems, Severity.NOTE)
    assert site.render() == before


@pytest.mark.parametrize(
    "reference",
    [
        {"related": ["{claim: idea, as: context}"]},
        {"topics": ["bridge", "idea"]},
        {"evidence": ["{source: idea, stance: supports}"]},
        {"evidence": ["{source: article-a, stance: supports, via: [idea]}"]},
        {"analysis": "See [the idea](claim:idea)."},
        {"analysis": "See [the idea](/topics/idea/)."},
    ],
)
def test_a_published_card_that_refers_to_a_draft_is_an_error(site, reference):
    site.claim("idea", draft="true")
    site.source("idea", draft="true")
    site.claimant("idea", draft="true")
    site.write("content/topics/idea.yaml", "draft: true\nname: An idea\n")
    site.claim("bridge-cost", **reference)
    errors = [problem for problem in site.problems() if problem.severity is Severity.ERROR]
    assert [problem.place.path for problem in errors] == ["content/claims/bridge-cost.yaml"]
    assert "idea" in errors[0].message


def test_a_draft_supersedes_nothing(site):
    site.claim("idea", draft="true", related=["{claim: bridge-cost, as: supersedes}"])
    assert site.counts().superseded is False


def test_a_preview_shows_drafts_and_marks_them(site):
    site.claim("idea", draft="true", short="An idea", topics=["tunnel"])
    files, _ = render_site(judge_site(site.root), drafts=True)
    html = files["claims/idea/index.html"].decode()
    assert "<strong>Draft.</strong>" in html
    assert "draft · " in files["claims/index.html"].decode()


def test_the_barest_draft_can_be_previewed(site):
    site.write("content/claims/idea.yaml", "draft: true\n")
    site.write("content/sources/idea.yaml", "draft: true\n")
    site.write("content/claimants/idea.yaml", "draft: true\n")
    site.write("content/topics/idea.yaml", "draft: true\n")
    files, problems = render_site(judge_site(site.root), drafts=True)
    assert codes(problems) == []
    assert {f"{kind}/idea/index.html" for kind in ("claims", "sources", "claimants", "topics")} <= set(files)


def test_another_place_of_publication_changes_every_address(site, tmp_path):
    build_site(site.root, tmp_path / "dist", base_url="https://preview.example.net/pr/7")
    html = (tmp_path / "dist" / "index.html").read_text(encoding="utf-8")
    assert 'href="https://preview.example.net/pr/7/"' in html
    assert 'href="/pr/7/claims/"' in html
    files = [
        path for path in (tmp_path / "dist").rglob("*") if path.suffix in {".html", ".json", ".xml", ".txt", ".csv"}
    ]
    naming = {path.name for path in files if "/bridge-file/" in path.read_text(encoding="utf-8")}
    assert naming == {"feed.xml", "feed.json"}  # whose ids hold wherever the site is built for


def test_of_some_files_only_their_pages_are_made_and_judged(site):
    site.claim("other", analysis="See [it](claim:nowhere).")
    site.write("content/pages/about.md", "---\ntitle: About\n---\n[gone](/gone/)\n")
    judged = site.judge()
    everything, problems = render_site(judged)
    some, some_problems = render_site(judged, only=lambda path: path == "content/pages/about.md")
    pages = {path for path in some if path.endswith(".html")}
    assert pages == {"about/index.html"}
    assert some["about/index.html"] == everything["about/index.html"]
    here = "content/pages/about.md"
    assert [p for p in some_problems if p.place.path == here] == [p for p in problems if p.place.path == here] != []

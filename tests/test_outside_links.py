"""Outside addresses: which are asked, when again, and what an editor is told, at which place."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from claimdeck import __version__
from claimdeck.cli import main
from claimdeck.desk.ask import Manners
from claimdeck.desk.outside_links import CACHE, GOOD_FOR, check_outside_links, outside_uses
from tests.web_server import serve_web

BUILD = Path(__file__).resolve().parents[1] / "build.py"
TODAY = date(2030, 6, 1)
QUICK = Manners(timeout=2.0, pause=0.0)


@pytest.fixture
def web(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with serve_web() as server:
        yield server


@pytest.fixture
def linked(site, web):
    """The small site, its one source at an address of the local server."""
    site.source("article-a", url=web.url("/article#:~:text=the%20bridge"))
    return site


def links(site, today=TODAY, path="", **options):
    """Return what is wrong with the outside addresses of *site*, in its files whose path begins with *path*."""
    return check_outside_links(
        site.judge(),
        lambda name: name.startswith(path),
        lambda _asked, _of: None,
        today=today,
        **{"manners": QUICK, **options},
    )


def told(problems):
    return [f"{problem.code} {problem}" for problem in problems]


def test_an_address_that_is_there_is_no_problem_and_is_asked_without_its_fragment(linked, web):
    assert links(linked) == []
    assert web.asked == [("HEAD", "/article")]
    assert web.agents == {f"Claimdeck/{__version__} (link check; +https://example.org/bridge-file/)"}


def test_a_dead_address_is_a_warning_at_its_place(linked, web):
    web.answers["/article"] = 404
    address = web.url("/article#:~:text=the%20bridge")
    assert told(links(linked)) == [
        f"CD090 content/sources/article-a.yaml:3:6: warning: {address} leads nowhere: it answered 404. "
        "Correct it; where the page is gone for good, give an archived copy."
    ]


def test_an_address_that_could_not_be_checked_is_a_note(linked, web):
    web.answers["/article"] = 503
    [note] = told(links(linked))
    assert note.startswith("CD091 content/sources/article-a.yaml:3:6: note: ")
    assert "could not be checked: it answered 503." in note


def test_an_address_that_has_moved_for_good_is_a_note_that_tells_the_new_one(linked, web):
    web.answers["/article"] = (301, "/news/article")
    [note] = told(links(linked))
    assert note.startswith("CD092 content/sources/article-a.yaml:3:6: note: ")
    assert f" has moved to {web.url('/news/article')}." in note


def test_one_address_on_three_cards_is_asked_once_and_told_at_each(linked, web):
    web.answers["/article"] = 410
    linked.source("article-b", url=web.url("/article"))
    linked.source("article-c", url=web.url("/other"), also_at=[web.url("/third"), web.url("/article#end")])
    problems = links(linked)
    assert sorted(web.asked) == [("HEAD", "/article"), ("HEAD", "/other"), ("HEAD", "/third")]
    assert [str(problem.place) for problem in problems] == [
        "content/sources/article-a.yaml:3:6",
        "content/sources/article-b.yaml:3:6",
        "content/sources/article-c.yaml:10:5",
    ]


def test_every_field_with_an_address_is_asked(site):
    site.settings(
        "publisher: {name: The desk, url: https://a.example/desk}\n"
        "repository: https://a.example/code\n"
        "license: {name: Free, url: https://a.example/license}\n"
    )
    site.source("article-a", also_at=["https://a.example/2"], archive_url="https://a.example/archive")
    site.claim(
        "bridge-cost", analysis='|\n  See\n  [one](https://a.example/one "One"), [again](https://a.example/one).'
    )
    site.claim("plain", analysis='"See [it](https://a.example/plain), `[no](https://a.example/code)` and /claims/."')
    text = "A\n[b][1], [c](<https://a.example/c>), [m](mailto:a@example.org), [d](claim:plain).\n\n[1]: https://a.example/b\n"
    site.write("content/pages/about.md", f"---\ntitle: About\n---\n{text}")
    assert {f"{use.place} {use.address}" for use in outside_uses(site.judge())} == {
        "site.yaml:3:34 https://a.example/desk",
        "site.yaml:4:13 https://a.example/code",
        "site.yaml:5:28 https://a.example/license",
        "content/sources/article-a.yaml:3:6 https://example.net/bridge",
        "content/sources/article-a.yaml:9:5 https://a.example/2",
        "content/sources/article-a.yaml:10:14 https://a.example/archive",
        "content/claims/bridge-cost.yaml:14:9 https://a.example/one",
        "content/claims/bridge-cost.yaml:14:47 https://a.example/one",
        "content/claims/plain.yaml:12:11 https://a.example/plain",
        "content/pages/about.md:7:6 https://a.example/b",
        "content/pages/about.md:5:14 https://a.example/c",
    }


def test_an_address_that_begins_another_one_is_told_at_its_own_place(linked, web):
    linked.claim("bridge-cost", analysis=f"|\n  [a]({web.url('/a/b')}) and\n  [b]({web.url('/a')}).")
    web.answers["/a"] = 404
    assert [str(problem.place) for problem in links(linked)] == ["content/claims/bridge-cost.yaml:14:7"]


def test_only_the_files_that_are_wanted_are_asked(linked, web):
    linked.source("article-b", url=web.url("/b"))
    links(linked, path="content/sources/article-b.yaml")
    assert web.asked == [("HEAD", "/b")]


def test_where_no_host_at_all_is_found_no_address_is_called_dead(site):
    site.source("article-a", url="http://a.invalid/", archive_url="http://b.invalid/")
    assert {problem.code for problem in links(site)} == {"CD091"}


def test_problems_of_drafts_are_notes(linked, web):
    web.answers["/draft"] = 404
    linked.source("article-b", url=web.url("/draft"), draft="true")
    assert [problem.severity.word for problem in links(linked)] == ["note"]


def test_a_good_answer_holds_for_a_week_and_a_bad_one_is_asked_again(linked, web):
    linked.source("article-b", url=web.url("/b"))
    web.answers |= {"/b": 503, "/article": (301, "/moved")}
    first = links(linked)
    again = links(linked, TODAY + timedelta(days=GOOD_FOR - 1))
    assert told(again) == told(first)
    assert sorted(web.asked) == [("HEAD", "/article"), ("HEAD", "/b"), ("HEAD", "/b"), ("HEAD", "/moved")]
    web.answers["/b"] = 200
    assert len(links(linked)) == 1
    web.asked.clear()
    links(linked)
    assert web.asked == []
    links(linked, TODAY + timedelta(days=GOOD_FOR))
    assert ("HEAD", "/article") in web.asked


def test_what_is_known_stands_in_the_cache_with_its_day(linked, web):
    links(linked)
    links(linked, path="site.yaml")  # keeps what is known of others
    written = json.loads((linked.root / CACHE).read_text(encoding="utf-8"))
    known = {"day": "2030-06-01", "verdict": "good", "why": "", "moved_to": ""}
    assert written == {"version": 1, "links": {web.url("/article"): known}}


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"[]",
        b'"links"',
        b"\xff\xfe",
        b'{"version": 2, "links": {}}',
        b'{"version": 1}',
        b'{"version": 1, "links": {"https://a.example/": {"verdict": "good"}}}',
        b'{"version": 1, "links": {"https://a.example/": {"day": "yesterday", "verdict": "good"}}}',
        b'{"version": 1, "links": {"https://a.example/": {"day": "2030-06-01", "colour": "green"}}}',
        b'{"version": 1, "links": {"https://a.example/": []}}',
        b"[" * 100_000,
    ],
)
def test_a_broken_cache_counts_as_empty(linked, web, broken):
    linked.write(CACHE, broken)
    assert links(linked) == []
    assert len(web.asked) == 1
    assert links(linked) == []
    assert len(web.asked) == 1


def test_a_day_to_come_in_the_cache_is_not_believed(linked, web):
    links(linked, TODAY + timedelta(days=400))
    links(linked)
    assert len(web.asked) == 2


@pytest.fixture
def run(linked, capsys):
    """Return a function that runs `check` with *arguments* on the linked site: its exit code, stdout, stderr."""

    def run_check(*arguments):
        code = main(["check", *arguments, "--root", str(linked.root)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_check


def test_check_asks_nothing_unless_it_is_told_to(run, web, linked):
    for command in (["check"], ["build"], ["lock"]):
        assert main([*command, "--root", str(linked.root)]) == 0
    assert web.asked == []
    assert not (linked.root / CACHE).exists()
    assert run("--links")[0] == 0
    assert len(web.asked) == 1


def test_a_dead_address_fails_only_a_strict_check(run, web, linked):
    linked.lock()
    web.answers["/article"] = 404
    code, out, err = run("--links")
    assert (code, "1 warning" in out, err.count("\n")) == (0, True, 1)
    assert "\r" not in err
    assert run("--links", "--strict")[0] == 1
    web.answers["/article"] = 403
    assert run("--links", "--strict")[0] == 0


def test_its_problems_are_printed_in_every_form_beside_the_others(run, web):
    web.answers["/article"] = 404
    codes = {problem["code"] for problem in json.loads(run("--links", "--format", "json")[1])}
    assert codes == {"CD060", "CD090"}
    place = "file=content/sources/article-a.yaml,line=3,col=6,title=CD090"
    assert f"::warning {place}::http%3A//" in run("--links", "--format", "github")[1].replace("http://", "http%3A//")


def test_of_files_that_are_named_only_the_addresses_are_asked(run, web, linked):
    linked.source("article-b", url=web.url("/b"))
    run("content/sources/article-b.yaml", "--links")
    assert web.asked == [("HEAD", "/b")]


@pytest.mark.skipif(os.name != "posix", reason="there are no pseudo-terminals here")
def test_a_terminal_is_told_how_far_it_is_where_that_takes_long(linked, web):
    for number in range(3):  # the same server is asked with a pause between
        linked.source(f"article-{number}", url=web.url(f"/{number}"))
    ours, theirs = os.openpty()
    command = [sys.executable, BUILD, "check", "--links", "--root", linked.root]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    with open(ours, "rb") as terminal:  # noqa: PTH123 – a terminal has no path
        told = terminal.read1()
    assert (done.returncode, b" of 4 addresses asked" in told, b"\r" in done.stdout) == (0, True, False)

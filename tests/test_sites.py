"""Whole sites: each broken one gives exactly its problems and writes nothing; each good one builds."""

import shutil
from pathlib import Path

import pytest

from claimdeck import cli
from claimdeck.desk.codes import CODES
from claimdeck.model.problems import Severity
from claimdeck.pipeline import build_site, lock_site
from tests.broken_sites import ASKING, expected, problems_of, weight_of

SITES = Path(__file__).parent / "sites"
BROKEN = sorted(path.name for path in (SITES / "broken").iterdir())
WITH_ARTICLES = [name for name in BROKEN if (SITES / "broken" / name / "articles").is_dir()]
ERRORS = [name for name in BROKEN if weight_of(name) is Severity.ERROR and name not in WITH_ARTICLES]
WARNINGS = [name for name in BROKEN if weight_of(name) is Severity.WARNING and not name.startswith(ASKING)]
GOOD = sorted(path.name for path in (SITES / "good").iterdir())


def files_in(folder):
    """Return the bytes and the time of change of every file in *folder*."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def copy_of(kind, name, tmp_path):
    return Path(shutil.copytree(SITES / kind / name, tmp_path / name))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """An earlier site, built."""
    output = tmp_path_factory.mktemp("published") / "dist"
    build_site(SITES / "good" / "minimal", output)
    return output


def test_there_are_at_least_forty_broken_sites():
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_site_has_exactly_its_problems_each_of_the_weight_that_its_code_has(name, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    problems = problems_of(name)
    assert [str(problem) for problem in problems if problem.severity >= weight_of(name)] == expected(name)
    assert [problem for problem in problems if problem.severity is not CODES[problem.code].severity] == []


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_shown_by_its_broken_site(code, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    site = CODES[code].site
    assert [p.code for p in problems_of(site) if p.severity >= weight_of(site)] == [code]


@pytest.mark.parametrize("name", BROKEN)
def test_one_mistake_is_one_line(name):
    assert len(expected(name)) == 1


@pytest.mark.parametrize("name", ERRORS)
def test_on_a_broken_site_nothing_is_written(name, tmp_path, capsys):
    root = copy_of("broken", name, tmp_path)
    before = files_in(root)
    assert cli.main(["build", "--root", str(root), "--output", str(tmp_path / "dist")]) == 1
    assert not (tmp_path / "dist").exists()
    assert files_in(root) == before
    assert "Nothing was written." in capsys.readouterr().err


@pytest.mark.parametrize("name", ERRORS)
def test_a_broken_site_leaves_the_earlier_one_as_it_was(name, published):
    before = files_in(published)
    assert cli.main(["build", "--root", str(SITES / "broken" / name), "--output", str(published)]) == 1
    assert files_in(published) == before


@pytest.mark.parametrize("name", [*ERRORS, *WITH_ARTICLES])
def test_check_and_lock_refuse_a_broken_site_too(name, tmp_path):
    root = copy_of("broken", name, tmp_path)
    articles = ["--articles", str(root / "articles")] if name in WITH_ARTICLES else []
    before = files_in(root)
    assert cli.main(["check", "--root", str(root), *articles]) == 1
    assert cli.main(["lock", "--root", str(root), *articles]) == 1
    assert files_in(root) == before


@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_stops_a_strict_check_and_a_strict_build_and_no_other(name, tmp_path):
    root = copy_of("broken", name, tmp_path)
    before = files_in(root)
    assert cli.main(["check", "--root", str(root)]) == 0
    assert cli.main(["check", "--root", str(root), "--strict"]) == 1
    assert cli.main(["build", "--root", str(root), "--output", str(tmp_path / "dist"), "--strict"]) == 1
    assert files_in(root) == before
    assert not (tmp_path / "dist").exists()
    assert cli.main(["build", "--root", str(root), "--output", str(tmp_path / "dist")]) == 0


@pytest.mark.parametrize("name", GOOD)
def test_a_good_site_builds_without_a_warning(name, tmp_path):
    root = SITES / "good" / name
    output = tmp_path / "dist"
    assert cli.main(["build", "--root", str(root), "--output", str(output), "--strict"]) == 0
    assert (output / "index.html").is_file()


@pytest.mark.parametrize("name", GOOD)
def test_a_good_site_gives_the_same_bytes_in_two_folders(name, tmp_path):
    first, second = tmp_path / "one" / "dist", tmp_path / "two" / "elsewhere"
    build_site(SITES / "good" / name, first)
    build_site(copy_of("good", name, tmp_path), second)
    assert {path: content for path, (content, _) in files_in(first).items()} == {
        path: content for path, (content, _) in files_in(second).items()
    }


@pytest.mark.parametrize("name", GOOD)
def test_a_second_build_of_a_good_site_writes_nothing(name, tmp_path):
    output = tmp_path / "dist"
    build_site(SITES / "good" / name, output)
    before = files_in(output)
    report = build_site(SITES / "good" / name, output)
    assert (report.output.written, report.output.removed) == (0, 0)
    assert files_in(output) == before


@pytest.mark.parametrize("name", GOOD)
def test_the_lock_of_a_good_site_is_what_lock_writes(name, tmp_path):
    root = copy_of("good", name, tmp_path)
    articles = root / "articles"
    recorded = (root / "content" / "desk.lock").read_bytes()
    (root / "content" / "desk.lock").unlink()
    lock_site(root, articles if articles.is_dir() else None)
    assert (root / "content" / "desk.lock").read_bytes() == recorded


def test_five_mistakes_in_four_cards_are_five_messages_in_one_run(site):
    site.claim(status="unverifed", topics=["bridges"])
    site.source("article-a", published="2030-02-30")
    site.claimant("outlet-a", name="Outlet A", kind="outlet", stake="party")
    site.write("content/topics/bridge.yaml", "name: The bridge\ndescripton: What it cost.\n")
    errors = [problem for problem in site.problems() if problem.severity is Severity.ERROR]
    assert [(problem.place.path, problem.place.line, problem.code) for problem in errors] == [
        ("content/claimants/outlet-a.yaml", 3, "CD011"),
        ("content/claims/bridge-cost.yaml", 3, "CD024"),
        ("content/claims/bridge-cost.yaml", 7, "CD020"),
        ("content/sources/article-a.yaml", 4, "CD012"),
        ("content/topics/bridge.yaml", 2, "CD010"),
    ]

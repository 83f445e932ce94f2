"""The two judges of `make audit`: what they say is counted right, and one that cannot be asked is no pass."""

import sys

import pytest
from audit import NotAuditedError, count_pages, main
from audit_scores import audits_that_cost, median_scores, missed_bars, render_table

GOOD = {"performance": 97, "accessibility": 100, "best-practices": 95, "seo": 100}


def report(performance=0.97, accessibility=1, **audits):
    """Return what Lighthouse says of a page; *audits* are those that weigh on its performance."""
    scores = {"performance": performance, "accessibility": accessibility, "best-practices": 0.95, "seo": 1}
    categories = {name: {"score": score, "auditRefs": []} for name, score in scores.items()}
    categories["performance"]["auditRefs"] = [{"id": name, "weight": 10} for name in audits]
    categories["seo"]["auditRefs"] = [{"id": "weightless", "weight": 0}]
    told = {name: {"id": name, **audit} for name, audit in audits.items()}
    return {"categories": categories, "audits": told | {"weightless": {"id": "weightless", "score": 0}}}


def test_a_page_is_scored_by_the_median_of_its_runs():
    assert median_scores([report(0.92), report(1), report(0.97)]) == GOOD


def test_a_category_that_could_not_be_worked_out_counts_as_nothing():
    assert median_scores([report(None)])["performance"] == 0


def test_scores_at_their_bars_pass():
    assert list(missed_bars({"home": GOOD | {"performance": 95}})) == []


@pytest.mark.parametrize(("category", "score"), [("performance", 94), ("accessibility", 99), ("seo", 94)])
def test_a_score_below_its_bar_is_named_with_its_page(category, score):
    [line] = missed_bars({"home": GOOD, "figures": GOOD | {category: score}})
    assert line.startswith(f"figures: {category} is {score}, ")


def test_only_audits_that_took_points_off_are_told():
    told = report(
        speed={"score": 0.85, "displayValue": "3.7 s"}, shift={"score": 1}, paint={"score": 0.9}, absent={"score": None}
    )
    assert audits_that_cost(told) == ["speed (3.7 s)", "paint"]


def test_the_table_has_a_row_for_each_page_and_one_for_the_bars():
    assert render_table({"home": GOOD}).splitlines() == [
        "| page | performance | accessibility | best-practices | seo |",
        "| --- | --- | --- | --- | --- |",
        "| home | 97 | 100 | 95 | 100 |",
        "| the bar | 95 | 100 | 95 | 95 |",
    ]


@pytest.mark.parametrize(("judge", "missing"), [("nu", "Java"), ("lighthouse", "npm")])
def test_without_its_program_a_judge_does_not_pass(judge, missing, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CLAIMDECK_BROWSER", sys.executable)
    assert main([judge]) == 2
    assert f"audit.py: {missing} " in capsys.readouterr().err


def test_a_java_that_cannot_run_the_checker_does_not_pass(tmp_path, monkeypatch, capsys):
    for name, code in {"java": 1, "npm": 0}.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\nexit {code}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["nu"]) == 2
    assert "audit.py: Java 17 " in capsys.readouterr().err


def test_a_folder_without_a_site_does_not_pass(tmp_path):
    with pytest.raises(NotAuditedError, match=r"no index\.html"):
        count_pages(tmp_path)

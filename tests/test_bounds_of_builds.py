"""What a build may say and hold is bounded: how many problems it prints, how much memory it takes."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from claimdeck.desk.messages import github_lines, json_lines, text_lines
from claimdeck.desk.summary import render_summary
from claimdeck.model.problems import Place, error
from claimdeck.read.models import MOST_TOLD
from tests.large_site import write_large_site

PROJECT = Path(__file__).resolve().parents[1]


def problems_of(number):
    return [error(Place("content/claims/a.yaml", line + 1), "CD010", "x" * 200, "y") for line in range(number)]


@pytest.mark.parametrize(
    "lines", [partial(text_lines, told=str), github_lines, lambda told: render_summary(told, None).splitlines()]
)
def test_of_a_hundred_thousand_problems_a_hundred_or_two_are_printed(lines):
    printed = lines(problems_of(100_000))
    assert 100 < len(printed) <= 210
    assert "more" in printed[-1]


def test_json_has_all_of_them():
    assert len(json.loads("\n".join(json_lines(problems_of(100_000))))) == 100_000


@pytest.mark.parametrize("form", ["text", "github", "json", "markdown"])
def test_a_card_with_43_500_wrong_fields_is_told_in_bounded_lines(site, form):
    fields = ", ".join(f"a{number}: 1" for number in range(290))
    site.write("content/claims/ill.yaml", "evidence:\n" + f"  - {{{fields}}}\n" * 150)
    command = [sys.executable, "build.py", "check", "--root", str(site.root), "--format", form]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    printed = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 1
    assert 100 < len(printed) <= MOST_TOLD + 10
    assert max(map(len, printed)) < 1_000


MEMORY = 1_000  # megabytes that a build of 10,000 claims may take: the bound that docs/reliability.md states
PEAK = """
import resource, sys
from claimdeck.cli import main
sys.argv[1:] = ["build", "--root", sys.argv[1], "--jobs", "1", "--no-cache"]
status = main()
unit = 1 if sys.platform == "darwin" else 1024
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000, file=sys.stderr)
sys.exit(status)
"""


def peak_of(root, claims):
    """Return how many megabytes a build of *claims* claims in *root* takes at its peak."""
    write_large_site(root, claims)
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("pictures: false\n")
    command = [sys.executable, "-c", PEAK, str(root)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stderr.splitlines()[-1])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the peak")
def test_what_a_claim_adds_to_memory_keeps_a_build_of_10_000_within_the_bound(tmp_path):
    few, many = 100, 500
    small, large = peak_of(tmp_path / "few", few), peak_of(tmp_path / "many", many)
    assert large + (large - small) / (many - few) * (10_000 - many) < MEMORY


@pytest.mark.skipif("CLAIMDECK_LARGE" not in os.environ, reason="CLAIMDECK_LARGE asks for the build of 10,000 claims")
def test_a_build_of_10_000_claims_is_within_the_bound(tmp_path):
    peak = peak_of(tmp_path, 10_000)
    print(f"{peak} MB")
    assert peak < MEMORY

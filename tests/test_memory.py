"""A build of 10,000 claims keeps to the memory that docs/reliability.md states."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.large_site import write_large_site

PROJECT = Path(__file__).resolve().parents[1]
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

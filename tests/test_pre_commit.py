"""The hook that checks cards before a commit: which files it takes, and what it runs with them."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[1]
CONFIG = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
HOOK = CONFIG["repos"][0]["hooks"][0]


def is_taken(path: str) -> bool:
    return re.search(HOOK["files"], path) is not None  # as pre-commit asks


def run_hook(site, *files):
    """Run the hook's command with the Python at hand, as pre-commit does: in the root, with the changed files."""
    python, *rest = shlex.split(HOOK["entry"])
    assert python == ".venv/bin/python"
    command = [sys.executable, str(PROJECT / rest[0]), *rest[1:], "--root", str(site.root), *files]
    return subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=False)


def test_it_takes_cards_and_settings_and_nothing_else():
    cards = [path.relative_to(PROJECT).as_posix() for path in (PROJECT / "content").glob("[!.]*/[!.]*")]
    assert len(cards) > 100
    assert all(is_taken(path) for path in [*cards, "site.yaml"])
    others = (
        "content/desk.lock",
        "content/.schema/claim.schema.json",
        "docs/site.yaml",
        "README.md",
        "claimdeck/cli.py",
    )
    assert not any(is_taken(path) for path in others)


def test_it_passes_a_good_card_and_stops_a_wrong_one_with_its_place(site):
    site.claim("other", status="unverifed")
    assert run_hook(site, "content/claims/bridge-cost.yaml").returncode == 0
    done = run_hook(site, "content/claims/other.yaml", "content/claims/bridge-cost.yaml")
    assert done.returncode == 1
    assert "content/claims/other.yaml:3:9" in done.stderr


@pytest.mark.parametrize("key", ["id", "name", "entry", "language", "files"])
def test_it_says_all_that_a_local_hook_must(key):
    assert CONFIG["repos"][0]["repo"] == "local"
    assert HOOK[key]

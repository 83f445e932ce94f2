"""How much work a build does, counted, so that a loaded machine changes nothing.

A bound that a change undercuts is lowered with it; one that has to be raised is raised with the reason beside it.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.contest import CARD, SETTLED
from tests.benchmarks.corpus import make_corpus
from tests.benchmarks.counted import WORK
from tests.benchmarks.dossier import card_text, record_dossier, write_dossier
from tests.benchmarks.edits import CLAIM, with_body, with_title

PROJECT = Path(__file__).resolve().parents[1]
CLAIMS = 40

BOUNDS = {
    "cold": {
        "cards parsed": 96,  # 40 claims, 8 sources, 8 claimants, 40 topics
        "files parsed by libyaml": 15,  # site.yaml, and cards that are not plain
        "texts converted": 14,  # by the library: those of rough cards
        "pages rendered": 204,
        "files written": 294,  # the search is cut into more files, each of which a reader loads sooner
        "kB written": 2700,  # a tenth of air, for words that a template gains
        "modules of ours": 96,  # writing has three more: moving, places, turns
        "libraries": 7,
    },
    "nothing to do": {
        "cards parsed": 0,
        "files parsed by libyaml": 0,
        "texts converted": 0,
        "pages rendered": 0,
        "files written": 0,
        "modules of ours": 13,  # what tells progress is there before it is known that there is none
        "libraries": 0,
    },
    "one text edited": {
        "cards parsed": 1,
        "files parsed by libyaml": 1,
        "texts converted": 14,
        "pages rendered": 1,
        "files written": 2,
    },
    "one title edited": {
        "cards parsed": 1,
        "files parsed by libyaml": 2,
        "texts converted": 14,
        "pages rendered": 38,
        "files written": 43,  # one more of the search
    },
    "--version": {"modules of ours": 8, "libraries": 0},
}


def counted(*arguments):
    """Return what the command in *arguments* did, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.counted", *map(str, arguments)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def files_in(folder):
    """Return when each file in *folder* was written, and its size, by path."""
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*") if path.is_file()}


def built(root):
    """Build the dossier in *root* and return what that took, and what was written."""
    before = files_in(root / "dist")
    counts = counted("build", "--root", root, "--jobs", 1)
    after = files_in(root / "dist")
    sizes = [size for path, (when, size) in after.items() if before.get(path) != (when, size)]
    return {**counts, "files written": len(sizes), "kB written": round(sum(sizes) / 1000)}


@pytest.fixture(scope="module")
def costs(tmp_path_factory):
    """What the builds of one dossier took, by name."""
    root, corpus = tmp_path_factory.mktemp("dossier"), make_corpus(CLAIMS, rough=True)
    write_dossier(corpus, root)
    assert record_dossier(corpus, root)
    time.sleep(SETTLED)
    found = {"cold": built(root), "nothing to do": built(root)}
    for name, edit in (("one text edited", with_body), ("one title edited", with_title)):
        (root / CARD).write_text(card_text(edit(corpus.claims[CLAIM], 1)), encoding="utf-8")
        found[name] = built(root)
    found["--version"] = counted("--version")
    return found


def beyond(name, counts):
    """Return what of *counts* is beyond the bounds of *name*, with both numbers."""
    return {what: (counts[what], most) for what, most in BOUNDS[name].items() if counts[what] > most}


@pytest.mark.parametrize("name", BOUNDS)
def test_no_command_does_more_than_it_did(name, costs):
    print(name, costs[name])
    assert beyond(name, costs[name]) == {}


def test_what_is_counted_is_done_at_all(costs):
    assert [what for what, number in costs["cold"].items() if number == 0] == []


@pytest.mark.parametrize("name", [name for name in BOUNDS if "pages rendered" in BOUNDS[name]])
@pytest.mark.parametrize("what", WORK.values())
def test_a_bound_is_so_near_that_work_done_once_more_is_beyond_it(name, what, costs):
    assert what in beyond(name, costs[name] | {what: costs[name][what] + 1}), "lower the bound: less is done now"

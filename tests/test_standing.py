"""A site that stands as it was built is not built again; after any change it is."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimdeck.model.problems import Place, warning
from claimdeck.pipeline import build_site
from claimdeck.write.standing import STATE, Report, Written, inputs_of, keep_standing, standing

PROJECT = Path(__file__).resolve().parents[1]
TOLD = Report(1, 1, Written(0, 60, 0), [warning(Place("site.yaml", 2, 3), "CD064", "odd.", "Look.")])
CARD = "content/claims/bridge-cost.yaml"


@pytest.fixture
def stands(site, tmp_path):
    """Return a function that tells whether the small site stands as it was built (a minute ago, as it were)."""
    output = tmp_path / "dist"
    site.write("static/note.txt", "A note.")
    site.write("templates/pages/not_found.html", '{% extends "base.html" %}')
    build_site(site.root, output)
    keep_standing(site.root, output, "asked", inputs_of(site.root, time.time_ns() + 60_000_000_000), TOLD)

    def ask(asked="asked"):
        return standing(site.root, output, asked)

    assert ask() == TOLD
    return ask


def same_size_and_time(path: Path) -> None:
    before = path.stat()
    content = path.read_bytes()
    path.write_bytes(content[:-2] + b"x\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


EDITS = {
    "a card": lambda site, _: site.claim("bridge-cost", claim="Another sentence."),
    "a card of the same size and time": lambda site, _: same_size_and_time(site.root / CARD),
    "a new card": lambda site, _: site.claim("other"),
    "a deleted card": lambda site, _: site.remove(CARD),
    "a renamed card": lambda site, _: (site.root / CARD).rename(site.root / "content/claims/other.yaml"),
    "a copy in its place": lambda site, _: (
        shutil.copy2(site.root / CARD, site.root / "x") and (site.root / "x").replace(site.root / CARD)
    ),
    "the settings": lambda site, _: site.settings("tagline: Anew\n"),
    "the lock": lambda site, _: site.write("content/desk.lock", "{}"),
    "a template": lambda site, _: site.write("templates/pages/not_found.html", "Gone."),
    "a new template": lambda site, _: site.write("templates/pages/home.html", "Home."),
    "a static file": lambda site, _: site.write("static/note.txt", "Another note."),
    "a static file less": lambda site, _: site.remove("static/note.txt"),
    "a page that was changed": lambda _, output: (output / "index.html").write_text("defaced"),
    "a page that was deleted": lambda _, output: (output / "claims/bridge-cost/index.html").unlink(),
    "a file of somebody else": lambda _, output: (output / "diary.txt").write_text("mine"),
    "the output gone": lambda _, output: shutil.rmtree(output),
    "a move that was interrupted": lambda _, output: output.with_name("dist.next").mkdir(),
    "the state cut short": lambda site, _: site.write(STATE, '{"asked": "asked", "inputs'),
    "the state of another shape": lambda site, _: site.write(STATE, "[1]"),
    "the state of other words": lambda site, _: site.write(
        STATE, (site.root / STATE).read_text().replace("warning", "x")
    ),
    "the state gone": lambda site, _: site.remove(STATE),
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_a_change_it_stands_no_more(site, stands, edit, tmp_path):
    EDITS[edit](site, tmp_path / "dist")
    assert stands() is None


def test_asked_otherwise_it_does_not_stand(stands):
    assert stands("asked otherwise") is None


def test_what_changed_just_before_is_not_kept(site, stands):
    assert inputs_of(site.root, time.time_ns()) == ""
    keep_standing(site.root, site.root.parent / "dist", "asked", "", TOLD)
    assert stands() is None
    assert not (site.root / STATE).exists()


def test_a_link_to_nothing_is_for_the_build_to_tell(site):
    (site.root / "content/claims/gone.yaml").symlink_to("nowhere.yaml")
    assert inputs_of(site.root, time.time_ns() + 60_000_000_000) == ""


def test_a_copy_of_a_folder_with_its_cache_does_not_stand(site, stands, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(site.root, copy)
    assert stands() == TOLD
    assert standing(copy, tmp_path / "dist", "asked") is None


def test_with_nothing_to_do_no_library_is_loaded(site):
    command = [sys.executable, "-X", "importtime", str(PROJECT / "build.py"), "build", "--root", str(site.root)]
    site.lock()
    time.sleep(2.1)  # until what was just written has settled
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert "0 files written" not in first.stdout
    assert "0 files written, " in second.stdout
    loaded = {line.rpartition("|")[2].strip() for line in second.stderr.splitlines() if line.startswith("import time")}
    assert not loaded & {"jinja2", "pydantic", "yaml", "markdown", "claimdeck.pipeline"}
    counts = [done.stdout.partition(":")[0] for done in (first, second)]
    assert counts[0] == counts[1] == "1 claim, 1 source"

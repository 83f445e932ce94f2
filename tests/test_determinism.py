"""Same input, same bytes: on any machine, in any folder, at any time, in any order."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ELSEWHERE = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Caracas", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    {"PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": "2", "COLUMNS": "20"},
]


@pytest.fixture
def rich(site):
    """A small site with something of everything that could depend on an order, a locale or a clock."""
    site.settings(
        """
        license: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
        measures: {cost: {label: crowns}, hurt: {label: hurt}}
        populations: {welders: {label: Welders, part_of: workers}, workers: {label: Workers}}
        """
    )
    for name in ("Ilona", "ılker", "Ångström", "åsa", "Zoë", "李"):
        site.claimant(f"claimant-{len(name)}-{ord(name[0])}", name=name, kind="agency")
    ids = sorted(path.stem for path in (site.root / "content/claimants").glob("claimant-*.yaml"))
    pieces = [f"{{source: article-a, stance: supports, via: [{id_}]}}" for id_ in reversed(ids)]
    site.claim("bridge-cost", evidence=pieces, figure="{measure: cost, about: 4000000}", aliases="[old-cost]")
    site.claim("other", related=["{claim: bridge-cost, as: same-event}"], evidence=pieces, topics="[bridge, paint]")
    site.write("content/topics/paint.yaml", "name: İ ı paint\n")
    site.write(
        "content/pages/about.md",
        "---\ntitle: Über uns\n---\nA note.[^1] [Mail](mailto:a@example.org)\n\n[^1]: Ünder.\n",
    )
    return site


def built(root: Path, output: Path, **environment: str) -> dict[str, bytes]:
    """Build the site in *root* with the *environment* given, and return its files."""
    command = [sys.executable, str(PROJECT / "build.py"), "build", "--root", str(root), "--output", str(output)]
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "SYSTEMROOT", "TMPDIR"}}
    done = subprocess.run(command, env=kept | environment, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def test_clock_language_and_hash_seed_change_nothing(rich, tmp_path):
    first = built(rich.root, tmp_path / "first", PYTHONHASHSEED="7", TZ="UTC", LC_ALL="C.UTF-8")
    for number, environment in enumerate(ELSEWHERE):
        assert built(rich.root, tmp_path / f"other-{number}", **environment) == first, environment


def test_the_folder_and_the_order_in_which_files_were_made_change_nothing(rich, tmp_path):
    first = built(rich.root, tmp_path / "dist")
    copy = tmp_path / "a copy" / "with ünïcode"
    for path in sorted(rich.root.rglob("*"), reverse=True):
        if path.is_file():
            target = copy / path.relative_to(rich.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (86_400, 86_400))
    assert built(copy, tmp_path / "elsewhere" / "public") == first


def test_what_was_there_before_changes_nothing(rich, tmp_path):
    first = built(rich.root, tmp_path / "fresh")
    rich.claim("later", short="Gone again")
    built(rich.root, tmp_path / "grown")
    rich.remove("content/claims/later.yaml")
    assert built(rich.root, tmp_path / "grown") == first


def test_a_second_build_writes_nothing(rich, tmp_path):
    built(rich.root, tmp_path / "dist")
    before = {path: path.stat() for path in (tmp_path / "dist").rglob("*")}
    built(rich.root, tmp_path / "dist")
    assert {path: path.stat() for path in (tmp_path / "dist").rglob("*")} == before


def test_no_file_tells_the_folder_in_which_it_was_built(rich, tmp_path):
    files = built(rich.root, tmp_path / "dist")
    assert [path for path, content in files.items() if str(tmp_path).encode() in content] == []
    assert [path for path, content in files.items() if str(PROJECT).encode() in content] == []


def test_lock_gives_the_same_bytes_in_another_language_and_order(rich, tmp_path):
    locks = set()
    for environment in ELSEWHERE:
        command = [sys.executable, str(PROJECT / "build.py"), "lock", "--root", str(rich.root)]
        (rich.root / "content/desk.lock").unlink(missing_ok=True)
        subprocess.run(
            command, env={"PATH": os.environ["PATH"], **environment}, check=True, capture_output=True, cwd=tmp_path
        )
        locks.add((rich.root / "content/desk.lock").read_bytes())
    assert len(locks) == 1

"""Same input, same bytes: on any machine, in any folder, at any time, in any order."""

import os
import re
import shutil
import subprocess
import sys
import time
from ast import literal_eval
from collections.abc import Callable
from pathlib import Path

import pytest

from claimdeck.model.store import SETTLED
from tests.conftest import SITES, SmallSite

PROJECT = Path(__file__).resolve().parents[1]
ODD_START = PROJECT / "tests/odd_start.py"
ELSEWHERE = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "1", "HOME": ""},
    {"TZ": "America/Caracas", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    {"PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": "2", "COLUMNS": "20", "SOURCE_DATE_EPOCH": "86400"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii", "TERM": "dumb"},
]
LONG = "a  folder, 'its' #1 %41 & ${HOME} ünïcode\u0301 " + 150 * "l"
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """A small site with something of everything that could depend on an order, a locale or a clock; to be copied."""
    site = SmallSite(tmp_path_factory.mktemp("rich") / "site")
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


@pytest.fixture(scope="module")
def first(rich, tmp_path_factory):
    """The files of that site, built on an ordinary day."""
    return built(rich.root, tmp_path_factory.mktemp("first") / "dist", "--no-cache")


def built(root: Path, output: Path, *options: str, start: tuple[str, ...] = ("build.py",), umask=-1, **environment):
    """Build the site in *root* with the *options* and the *environment* given, and return its files by their paths."""
    script, *way = start
    command = [sys.executable, str(PROJECT / script), *way, "build", "--root", str(root), "--output", str(output)]
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "SYSTEMROOT", "TMPDIR"}}
    given = {name: value for name, value in (kept | environment).items() if value or name != "HOME"}
    done = subprocess.run([*command, *options], env=given, cwd=root, capture_output=True, check=False, umask=umask)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    return files_in(output)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files at and below *folder* by their paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def copy_of(root: Path, target: Path, change: Callable[[bytes], bytes] = bytes) -> Path:
    """Return a copy of the site in *root* without its cache, files made last to first, long ago, each *changed*."""
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_file() and ".cache" not in path.parts:
            copied = target / path.relative_to(root)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(change(path.read_bytes()))
            os.utime(copied, (86_400, 86_400))
    return target


@pytest.mark.parametrize("environment", ELSEWHERE, ids=lambda environment: "-".join(environment))
def test_clock_language_and_hash_seed_change_nothing(rich, first, tmp_path, environment):
    assert built(rich.root, tmp_path / "dist", "--no-cache", **environment) == first


def test_the_folder_and_the_age_of_its_files_change_nothing(rich, first, tmp_path):
    copy = copy_of(rich.root, tmp_path / LONG / "site")
    assert built(copy, tmp_path / "elsewhere" / LONG) == first
    assert built(copy, tmp_path / "elsewhere" / LONG) == first  # from a cache with such a path


@pytest.mark.parametrize("order", ["reversed", "1", "2"])
def test_the_order_in_which_a_file_system_lists_changes_nothing(rich, first, tmp_path, order):
    start = ("tests/odd_start.py", f"shuffled:{order}")
    assert built(rich.root, tmp_path / "dist", "--no-cache", start=start) == first


def test_an_odd_start_lists_folders_in_another_order(tmp_path):
    names = [f"{number:02}" for number in range(30)]
    for name in names:
        (tmp_path / name).touch()
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import odd_start; odd_start.list_shuffled(sys.argv[2])\n"
        "import os, glob, pathlib; here = pathlib.Path(sys.argv[3])\n"
        "lists = os.listdir(here), [entry.name for entry in os.scandir(here)], [path.name for path in here.iterdir()]\n"
        "print(*map(list, (*lists, (path.name for path in here.glob('*')))), sep='\\n')"
    )
    told = set()
    for order in ("reversed", "1"):
        command = [sys.executable, "-c", code, str(ODD_START.parent), order, str(tmp_path)]
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        assert len(listed) == 4
        assert all(sorted(literal_eval(line)) == names for line in listed)
        told |= set(listed)
    assert str(names) not in told
    assert str(names[::-1]) in told


def test_one_process_or_many_with_the_cache_or_without_change_nothing(tmp_path):
    first = built(PROJECT, tmp_path / "dist", "--jobs", "1", "--no-cache")
    assert built(PROJECT, tmp_path / "dist-7", "--jobs", "7", "--no-cache") == first  # its pictures are drawn by 7
    copy = copy_of(PROJECT / "content", tmp_path / "site/content").parent
    shutil.copy(PROJECT / "site.yaml", copy)
    assert built(copy, tmp_path / "copy", "--jobs", "3") == first
    shutil.rmtree(tmp_path / "copy/claims")
    assert built(copy, tmp_path / "copy", "--jobs", "2") == first
    assert any(path.endswith(".png") for path in first)


@pytest.mark.parametrize("name", ["every-field", "korean"])
def test_line_ends_of_windows_in_cards_change_nothing(tmp_path, name):
    root = copy_of(SITES / "good" / name, tmp_path / "unix")
    other = copy_of(root, tmp_path / "windows", lambda content: content.replace(b"\n", b"\r\n"))
    assert built(other, tmp_path / "other") == built(root, tmp_path / "dist")


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_a_checkout_on_windows_has_the_bytes_of_all_that_is_published_as_it_stands(tmp_path):
    kept = ["templates", "static", "claimdeck/present/fonts", "tests/sites/broken"]
    made = copy_of(PROJECT / ".github", tmp_path / "made/.github").parent
    for name in kept:
        copy_of(PROJECT / name, made / name)
    shutil.copy(PROJECT / ".gitattributes", made)
    git = ("git", "-c", "core.autocrlf=true", "-c", "user.name=Desk", "-c", "user.email=desk@example.org")
    quiet = {"check": True, "capture_output": True, "env": os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}}
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message=All")):
        subprocess.run([*git, *command], cwd=made, **quiet)
    subprocess.run([*git, "clone", "--quiet", made.as_uri(), str(tmp_path / "clone")], **quiet)
    for name in kept:
        assert files_in(tmp_path / "clone" / name) == files_in(PROJECT / name)


@posix_only
@pytest.mark.parametrize(("umask", "file", "folder"), [(0o022, 0o644, 0o755), (0o077, 0o600, 0o700), (0, 0o666, 0o777)])
def test_the_umask_says_who_may_read_what_is_published_and_changes_no_byte(rich, first, tmp_path, umask, file, folder):
    assert built(rich.root, tmp_path / "dist", "--no-cache", umask=umask) == first
    paths = [tmp_path / "dist", *(tmp_path / "dist").rglob("*")]
    assert {(path.is_dir(), path.stat().st_mode & 0o777) for path in paths} == {(False, file), (True, folder)}


def test_where_the_sources_cannot_be_written_the_site_is_built_and_nothing_said_of_it(rich, first, tmp_path):
    root, before, told = rich.root, files_in(rich.root), []
    command = [sys.executable, str(ODD_START), f"read-only:{root}", "build", "--root", str(root)]
    youngest = max(path.stat().st_ctime_ns for path in root.rglob("*"))
    time.sleep(max(0, SETTLED + youngest - time.time_ns()) / 1e9)  # then it would be kept what they say
    for _ in range(2):
        done = subprocess.run([*command, "--output", str(tmp_path / "dist")], capture_output=True, text=True)
        assert files_in(tmp_path / "dist") == first
        told.append((done.returncode, done.stderr, re.sub(r" in .*", "", done.stdout)))
    assert files_in(root) == before
    copy = ["--root", str(copy_of(root, tmp_path / "site"))]
    usual = subprocess.run([*command[:1], str(PROJECT / "build.py"), "build", *copy], capture_output=True, text=True)
    new, old = f"{len(first)} files written, 0 unchanged", f"0 files written, {len(first)} unchanged"
    assert told[0] == (0, usual.stderr, re.sub(r" in .*", "", usual.stdout))
    assert told[1] == (0, usual.stderr, told[0][2].replace(new, old))


@posix_only
def test_a_user_without_a_home_gets_the_same_site(rich, first, tmp_path):
    assert built(rich.root, tmp_path / "dist", "--no-cache", start=("tests/odd_start.py", "homeless")) == first


def test_what_was_there_before_changes_nothing(rich, first, tmp_path):
    grown = copy_of(rich.root, tmp_path / "site")
    later = grown / "content/claims/later.yaml"
    later.write_bytes((grown / "content/claims/other.yaml").read_bytes())
    assert "claims/later/index.html" in built(grown, tmp_path / "dist")
    later.unlink()
    assert built(grown, tmp_path / "dist") == first


def test_a_second_build_writes_nothing(rich, tmp_path):
    root = copy_of(rich.root, tmp_path / "site")
    built(root, tmp_path / "dist")
    before = {path: path.stat() for path in (tmp_path / "dist").rglob("*")}
    built(root, tmp_path / "dist")
    assert {path: path.stat() for path in (tmp_path / "dist").rglob("*")} == before


def test_no_file_tells_the_folder_in_which_it_was_built(rich, first):
    assert [path for path, content in first.items() if str(rich.root.parent).encode() in content] == []
    assert [path for path, content in first.items() if str(PROJECT).encode() in content] == []


def test_lock_gives_the_same_bytes_in_another_language_and_order(rich, tmp_path):
    locks, root = set(), copy_of(rich.root, tmp_path / "site")
    for environment in ELSEWHERE:
        command = [sys.executable, str(PROJECT / "build.py"), "lock", "--root", str(root)]
        (root / "content/desk.lock").unlink(missing_ok=True)
        subprocess.run(
            command, env={"PATH": os.environ["PATH"], **environment}, check=True, capture_output=True, cwd=tmp_path
        )
        locks.add((root / "content/desk.lock").read_bytes())
    assert len(locks) == 1


@pytest.mark.parametrize("environment", ELSEWHERE[2:], ids=lambda environment: "-".join(environment))
def test_what_is_printed_is_the_same_in_another_language(rich, environment):
    told = []
    for given in ({"PYTHONUTF8": "1"}, environment):
        command = [sys.executable, str(PROJECT / "build.py"), "desk", "--today", "2030-06-01", "--root", str(rich.root)]
        kept = {"PATH": os.environ["PATH"], **given, "COLUMNS": "80"}
        told.append(subprocess.run(command, env=kept, capture_output=True, check=True).stdout)
    assert told[0] == told[1]
    assert "×".encode() in told[0]

"""A build that fails or dies at any one of its file operations leaves the old site, or the new one after the next."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from claimdeck.model.problems import RefusedError
from claimdeck.model.store import replace_file
from claimdeck.write.move import finish_move, move_is_unfinished
from tests.failing_disk import FAULTS, OPERATIONS, Disk, striking
from tests.small_outputs import NEW, OLD, site_in, write_site

PROJECT = Path(__file__).resolve().parents[1]
CHANGING = {  # what changes files, or brings them to the disk, however it is called
    *("open", "write", "write_bytes", "write_text", "writelines", "truncate", "ftruncate", "fdopen", "pwrite"),
    *("mkdir", "makedirs", "touch", "mkfifo", "mknod", "symlink", "symlink_to", "link", "hardlink_to", "sendfile"),
    *("replace", "rename", "renames", "move", "copy", "copy2", "copyfile", "copytree", "copyfileobj", "copy_into"),
    *("unlink", "remove", "removedirs", "rmdir", "rmtree", "chmod", "fchmod", "chown", "utime", "setxattr"),
    *("fsync", "fdatasync", "sync", "flock", "lockf", "locking", "connect", "execute", "executemany"),
    *("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile", "move_into", "rename_to"),
}
COMES_TO = {  # what each of them that the code uses comes to, among the operations that can fail here
    "open": {"open", "os.open"},
    "write": {"write"},
    "write_bytes": {"open", "write"},
    "rmtree": {"unlink", "rmdir"},
    "locking": {"flock"},  # as another system calls it
    "execute": {"connect"},  # SQLite keeps its file whole itself; that one cannot be had stands for all
    "executemany": {"connect"},
    **{name: {name} for name in ("mkdir", "replace", "unlink", "rmdir", "fsync", "sync", "flock", "connect")},
}


def calls_in(path: Path) -> set[str]:
    """Return the names of all that is called in a file."""
    functions = [
        node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    named = {function.attr for function in functions if isinstance(function, ast.Attribute)}
    return named | {function.id for function in functions if isinstance(function, ast.Name)}


def sweep(mode: str, step: int, folder: Path) -> Counter[str]:
    """Break off builds in *folder* in *mode* at every *step*th of their operations; return at how many of each kind."""
    command = [sys.executable, "-m", "tests.failing_disk", mode, str(step), str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["found"] == []
    assert told["struck"].pop("") == 1  # the last one was done before it could be broken off
    return Counter(told["struck"])


def failed_build(output: Path, disk: Disk) -> str:
    """Return what a build of NEW in the place of OLD says on *disk*; "" where it succeeds."""
    shutil.rmtree(output.parent, ignore_errors=True)
    write_site(OLD, output)
    try:
        with striking(disk.strike):
            write_site(NEW, output)
    except RefusedError as refusal:
        return str(refusal)
    return ""


def test_writing_killed_before_any_of_its_operations_leaves_a_whole_site_at_the_latest_after_the_next(tmp_path):
    struck = sweep("killed", 1, tmp_path)
    assert set(struck) == {*OPERATIONS, "write"} - {"connect", "fsync"}
    assert struck.total() > 25


@pytest.mark.parametrize("mode", ["killed", "full", "locked"])
def test_so_does_a_whole_build_with_its_caches_and_says_what_to_do_where_it_can(site, mode):
    site.claim("one", short="The first")
    step = int(os.environ.get("EVERY", "7"))  # `make soak` breaks it off at each
    assert sweep(mode, step, site.root.parent).total() > 100 / step


@pytest.mark.parametrize("once", [True, False], ids=["once", "from then on"])
@pytest.mark.parametrize("mode", FAULTS)
def test_any_operation_on_the_output_may_fail_in_any_way(tmp_path, mode, once):
    output, number, done = tmp_path / "desk" / "dist", 0, False
    while not done:
        disk = Disk(mode, number, once)
        told = failed_build(output, disk)
        here, done, number = site_in(output), not disk.struck, number + 1
        assert told or here == NEW
        assert here in (OLD, NEW) or move_is_unfinished(output)
        assert not told or ("as it was" in told and here == OLD) or "the next `build` finishes it" in told
        write_site(NEW, output)
        assert site_in(output) == NEW
        assert [path.name for path in output.parent.iterdir()] == ["dist"]
    assert number > 25


def test_what_can_fail_here_is_all_that_writing_does():
    files = [*(PROJECT / "claimdeck" / "write").glob("*.py"), PROJECT / "claimdeck" / "model" / "store.py"]
    used = set().union(*map(calls_in, files)) & CHANGING
    assert used - COMES_TO.keys() == set()
    assert set().union(*(COMES_TO[name] for name in used)) == {*OPERATIONS, "write"}


def test_all_that_is_staged_is_on_the_disk_before_its_journal_has_a_name(tmp_path):
    disk = Disk("full", first=10_000)
    failed_build(tmp_path / "desk" / "dist", disk)
    assert disk.done.count("sync") == 1
    before, after = disk.done[: disk.done.index("sync")], disk.done[disk.done.index("sync") + 1 :]
    assert before.count("write") == 4  # two pages, the digests, the journal
    assert "replace" not in before
    assert after[0] == "replace"
    assert "write" not in after


def test_a_full_disk_while_the_site_is_moved_is_told_and_the_move_finished_once_there_is_room(tmp_path):
    output = tmp_path / "desk" / "dist"
    told = ""
    for number in range(100):
        told = failed_build(output, Disk("full", number))
        if "half old, half new" in told:
            break
    assert all(words in told for words in ("dist", "No space left on device", "Make room"))
    assert finish_move(output)
    assert site_in(output) == NEW


def test_a_replaced_file_is_whole_whatever_fails_and_nothing_stays_beside_it(tmp_path):
    path = tmp_path / "desk.lock"
    for mode in FAULTS:
        for number in range(10):
            path.write_bytes(b"old")
            disk = Disk(mode, number, once=True)
            try:
                with striking(disk.strike):
                    replace_file(path, b"the new one")
            except OSError:
                assert path.read_bytes() == b"old"
            else:
                assert path.read_bytes() == b"the new one"
            assert list(tmp_path.iterdir()) == [path]
        assert not disk.struck

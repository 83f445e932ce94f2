"""Builds of one output take turns; no turn outlives its process."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from claimdeck.model.problems import RefusedError
from claimdeck.write.turns import turn
from tests.failing_disk import striking
from tests.small_outputs import NEW, OLD, site_in, write_site

PROJECT = Path(__file__).resolve().parents[1]
HOLDER = """
import os, sys, time
from pathlib import Path
from claimdeck.write.turns import turn
with turn(Path(sys.argv[1])):
    if "and a child" in sys.argv and not os.fork():
        os.write(1, f"{os.getpid()}\\n".encode())
    else:
        os.write(1, b"mine\\n")
    time.sleep(60)
"""
WRITER = """
import sys
from pathlib import Path
from tests.failing_disk import striking
from tests.small_outputs import NEW, OLD, write_site
for number in range(40):
    write_site({"OLD": OLD, "NEW": NEW}[sys.argv[2]], Path(sys.argv[1]))
"""


@pytest.fixture
def output(tmp_path) -> Path:
    return tmp_path / "dist"


@pytest.fixture
def start(output, running):
    """Return a function that starts Python code in processes of their own, which end with the test."""

    def start_one(code: str, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, str(output), *words]
        running.append(subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True))
        return running[-1]

    return start_one


def has_turn(output: Path) -> bool:
    """Tell whether a build that came now would have to wait; it comes, waits until it is told to, and goes."""

    class WaitedError(Exception):
        """Somebody else has the turn."""

    def waiting() -> None:
        raise WaitedError

    try:
        with turn(output, waiting):
            return False
    except WaitedError:
        return True


def test_a_turn_leaves_nothing_behind(output):
    with turn(output):
        assert output.with_name("dist.next").exists()
    assert list(output.parent.iterdir()) == []


def test_who_comes_later_waits_and_is_told(output, start):
    holder = start(HOLDER)
    assert holder.stdout.readline() == "mine\n"
    told = []

    def waiting() -> None:
        told.append("waits")
        holder.kill()

    with turn(output, waiting):
        holder.wait()
    assert told


def test_two_outputs_side_by_side_know_no_turns(output):
    with turn(output):
        assert not has_turn(output.with_name("public"))


def test_two_names_of_one_output_are_one(output):
    output.mkdir()
    output.with_name("public").symlink_to(output)
    with turn(output):
        assert has_turn(output.with_name("public"))


def test_a_turn_ends_with_its_process_however_that_ends(output, start):
    for ending in (signal.SIGKILL, signal.SIGTERM):
        holder = start(HOLDER)
        holder.stdout.readline()
        assert has_turn(output)
        holder.send_signal(ending)
        holder.wait()
        assert output.with_name("dist.next").exists()
        assert not has_turn(output)
        assert not output.with_name("dist.next").exists()


def test_a_turn_lasts_while_a_child_of_its_dead_process_may_still_write(output, start):
    holder = start(HOLDER, "and a child")
    lines = {holder.stdout.readline(), holder.stdout.readline()}
    [child] = [int(line) for line in lines if line != "mine\n"]
    holder.kill()
    holder.wait()
    try:
        assert has_turn(output)
    finally:
        os.kill(child, signal.SIGKILL)
    with turn(output):  # once the system has taken the child away
        pass


def test_what_a_turn_leaves_in_its_folder_stays_with_the_lock_for_the_next(output):
    with turn(output):
        (output.with_name("dist.next") / "journal").touch()
    assert sorted(path.name for path in output.with_name("dist.next").iterdir()) == ["journal", "lock"]


def test_a_lock_that_is_a_link_is_not_followed(output):
    output.with_name("dist.next").mkdir()
    (output.with_name("dist.next") / "lock").symlink_to(output.with_name("elsewhere"))
    with pytest.raises(RefusedError, match=r"dist\.next"), turn(output):
        pass
    assert not output.with_name("elsewhere").exists()


def test_a_lock_that_is_taken_away_between_being_opened_and_locked_is_none(output):
    first, second, steps = turn(output), turn(output), []

    def strike(name: str) -> None:
        if name == "flock" and not steps:
            steps.append("opened")
            first.__exit__(None, None, None)
            second.__enter__()

    def waiting() -> None:
        if "waits" not in steps:
            steps.append("waits")
            second.__exit__(None, None, None)

    first.__enter__()
    with striking(strike), turn(output, waiting):
        steps.append("comes in")
    assert steps == ["opened", "waits", "comes in"]


def test_many_threads_have_their_turns_one_after_the_other(output):
    inside, most = [], []

    def work() -> None:
        for _ in range(20):
            with turn(output):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (80, 1)
    assert list(output.parent.iterdir()) == []


def test_builds_that_meet_leave_the_site_of_one_of_them_whole(output, start):
    writers = [start(WRITER, state) for state in ("OLD", "NEW", "OLD")]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert site_in(output) in (OLD, NEW)
    assert not output.with_name("dist.next").exists()
    assert write_site(site_in(output), output).written == 0

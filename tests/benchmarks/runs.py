"""Runs programs as whole processes, by turns, and keeps what each run took."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

RAM_DISK = Path("/dev/shm")
START = Path(__file__).with_name("start.py")


@dataclass(frozen=True)
class Run:
    """What one run took; the memory is the most that one of its processes had at one moment, in MiB."""

    seconds: float
    memory: float


class FailedRunError(Exception):
    """A program that is measured failed; the message is what it said."""


def run(command: Sequence[str | Path], folder: Path) -> Run:
    """Run *command* in *folder* and return what it took; FailedRunError where it fails.

    A small process starts it: on Linux a process counts as its own what the one that started it had in memory.
    """
    starter: list[str | Path] = [sys.executable, "-I", "-S", START, *command]
    done = subprocess.run(starter, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace")
        raise FailedRunError(f"{' '.join(map(str, command))}: {said[-2000:]}")
    seconds, memory = done.stdout.splitlines()[-1].split()
    return Run(float(seconds), float(memory))


def take_turns(jobs: dict[str, Callable[[], Run]], runs: int, say: Callable[[str], None]) -> dict[str, list[Run]]:
    """Return *runs* runs of each of *jobs*: one after the other, then all again, so that each meets every mood."""
    found: dict[str, list[Run]] = {name: [] for name in jobs}
    for number in range(runs):
        for name, job in jobs.items():
            found[name].append(job())
            say(f"  run {number + 1} of {runs}, {name}: {found[name][-1].seconds:.2f} s")
    return found


def typical(runs: Sequence[Run]) -> Run:
    """Return the medians of *runs*."""
    return Run(median(each.seconds for each in runs), median(each.memory for each in runs))


def fast_folder() -> Path:
    """Return the RAM disk where there is one: a file system that deletes and makes many files has moods of its own."""
    return RAM_DISK if os.access(RAM_DISK, os.W_OK) else Path(tempfile.gettempdir())

"""A disk that fails: whatever a build does to files is counted, and any of it can be made to fail, or to be the last.

The one place where tests put something of their own in the place of what the system offers.  Run as a program it
breaks off one build after the other, each at the next operation, and says in JSON what came of it:
`python -m tests.failing_disk MODE STEP FOLDER`; without a site in FOLDER it is the bare writing of files.
"""

import errno
import fcntl
import io
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from claimdeck.desk.build import build_unless_standing
from claimdeck.model.problems import RefusedError
from claimdeck.write.move import move_is_unfinished
from tests.small_outputs import NEW, OLD, contents, write_site

Strike = Callable[[str], None]  # is called with the name of an operation before it is done; of a write, in its middle

OPERATIONS: dict[str, ModuleType] = {
    **dict.fromkeys(("mkdir", "replace", "unlink", "rmdir", "fsync", "sync"), os),
    "open": io,
    "os.open": os,
    "flock": fcntl,
    "connect": sqlite3,
}
TAKES_ROOM = {"open", "os.open", "write", "mkdir", "connect"}
NEEDS_RIGHTS = {"open", "os.open", "mkdir", "replace", "unlink", "rmdir", "connect"}
FAULTS = {  # how the system fails from one operation on: at what, and why
    "full": (TAKES_ROOM, errno.ENOSPC),
    "locked": (NEEDS_RIGHTS, errno.EACCES),
    "read-only": (NEEDS_RIGHTS | {"write"}, errno.EROFS),
    "broken": ({*OPERATIONS, "write"}, errno.EIO),
}


class Written(io.FileIO):
    """A file whose writes are counted, each in the middle of its bytes."""

    strike: Strike

    def write(self, content: Any) -> int:
        """Write all of *content*, or half."""
        half = len(content) // 2
        return super().write(content[:half]) + (self.strike("write") or super().write(content[half:]))


@contextmanager
def striking(strike: Strike) -> Iterator[None]:
    """Call *strike* before each operation that changes a file, and wherever one can be told to fail."""
    real = {name: vars(module)[name.rpartition(".")[2]] for name, module in OPERATIONS.items()}

    def struck(name: str, *args: Any, **options: Any) -> Any:
        if name != "mkdir" or not Path(args[0]).exists():  # it asks for many that are there
            strike(name)
        return real[name](*args, **options)

    def opened(path: Any, mode: str = "r", buffering: int = -1, *args: Any, **options: Any) -> Any:
        if mode == "r" or mode == "rb":
            return real["open"](path, mode, buffering, *args, **options)
        assert mode == "wb", mode  # no other way of writing is covered
        strike("open")
        file = Written(path, mode)
        file.strike = strike
        return io.BufferedWriter(file) if buffering else file

    def opened_low(path: Any, flags: int, *args: Any, **options: Any) -> Any:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            strike("os.open")
        return real["os.open"](path, flags, *args, **options)

    def connected(*args: Any, **options: Any) -> sqlite3.Connection:
        try:
            strike("connect")
        except OSError as fault:
            raise sqlite3.OperationalError(str(fault)) from fault
        return real["connect"](*args, **options)

    ours: dict[str, Any] = {name: partial(struck, name) for name in OPERATIONS}
    ours |= {"open": opened, "os.open": opened_low, "connect": connected}
    shutil.rmtree(os.devnull, ignore_errors=True)  # what it asks the system for is asked for once, while that is whole
    try:
        for name, module in OPERATIONS.items():
            vars(module)[name.rpartition(".")[2]] = ours[name]
        yield
    finally:
        for name, module in OPERATIONS.items():
            vars(module)[name.rpartition(".")[2]] = real[name]


class Disk:
    """Fails as *mode* says from the operation number *first* on; *once*: at that one alone.  Counts all operations."""

    def __init__(self, mode: str, first: int, once: bool = False) -> None:
        self.mode, self.first, self.once = mode, first, once
        self.done: list[str] = []
        self.struck = ""

    def strike(self, name: str) -> None:
        """Fail, or let the operation *name* be done."""
        number = len(self.done)
        self.done.append(name)
        if number < self.first or (self.once and number > self.first):
            return
        self.struck = self.struck or name
        if self.mode == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        names, why = FAULTS[self.mode]
        if name in names:
            raise OSError(why, os.strerror(why))


class Sweep:
    """A site that changes between two states, and is each time broken off in *mode* at the next operation."""

    def __init__(self, mode: str, folder: Path) -> None:
        self.mode, self.root, self.output = mode, folder / "site", folder / "site" / "dist"
        self.sites: list[dict[str, bytes]] = []
        for _ in range(2):
            self.change()
            self.build()
            self.sites.append(contents(self.output))
        self.found: list[str] = []
        self.struck: Counter[str] = Counter()

    def build(self) -> None:
        """Build the site as it stands."""
        how: dict[str, Any] = {"base_url": None, "strict": False, "force": False, "cached": True, "jobs": 1}
        build_unless_standing(self.root, self.output, tell=lambda *_: None, **how)

    def change(self) -> None:
        """Bring the cards from one state to the other."""
        here, there = (self.root / "content" / "claims" / f"{name}.yaml" for name in ("one", "two"))
        if there.exists():
            here, there = there, here
        here.rename(there)

    def run(self, step: int) -> None:
        """Break off builds at each operation that is a multiple of *step*, until one is done before it can be."""
        number = 0
        while self.break_off(number):
            number += step

    def break_off(self, number: int) -> bool:
        """Break off a build at the operation *number*, then build again; return whether there was such an operation."""
        old, new = self.sites[1], self.sites[0]
        self.sites.reverse()
        kept = {path: (self.output / path).stat() for path in old.keys() & new.keys() if old[path] == new[path]}
        self.change()
        struck, told = self.killed(number) if self.mode == "killed" else self.failed(number)
        self.struck[struck] += 1
        self.judge(f"{number} ({struck})", told, old, new)
        self.build()
        place = f"{number} ({struck}), built again"
        self.expect(contents(self.output) == new, place, "is not the new site")
        self.expect(not (self.root / "dist.next").exists(), place, "left its folder")
        touched = [path for path, stat in kept.items() if not same_file(stat, (self.output / path).stat())]
        self.expect(not touched, place, f"touched {touched[:3]}")
        return bool(struck)

    def judge(self, place: str, told: str, old: dict[str, bytes], new: dict[str, bytes]) -> None:
        """Hold what stands in the output now, and what was *told* ("" after success), against the promise."""
        here = contents(self.output)
        mixed = [path for path, content in here.items() if content not in (old.get(path), new.get(path))]
        self.expect(not mixed, place, f"holds what is neither old nor new: {mixed[:3]}")
        lost = [path for path in old.keys() & new.keys() if path not in here]
        self.expect(not lost, place, f"lost {lost[:3]}")
        self.expect(here in (old, new) or move_is_unfinished(self.output), place, "is half new without a journal")
        is_clear = told.count(". ") >= 2 and str(self.root) in told and ("as it was" in told or "next `build`" in told)
        self.expect(is_clear if told else self.mode == "killed" or here == new, place, f"says “{told}”")
        self.expect("as it was" not in told or here == old, place, f"is not what it says: “{told}”")

    def failed(self, number: int) -> tuple[str, str]:
        """Return at what a build failed, "" where it was done before, and what it said of that."""
        disk = Disk(self.mode, number)
        try:
            with striking(disk.strike):
                self.build()
        except RefusedError as refusal:
            return disk.struck, str(refusal)
        return disk.struck, ""

    def killed(self, number: int) -> tuple[str, str]:
        """Return before what a build was killed, "" where it was done before; it says nothing."""
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            disk = Disk(self.mode, number)
            with striking(lambda name: (os.write(writer, f"{name}\n".encode()), disk.strike(name))[1]):
                self.build()
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            names = pipe.read().split()
        _, status = os.waitpid(child, 0)
        self.expect(os.WIFSIGNALED(status) or status == 0, str(number), f"ended with {status}")
        return names[-1] if os.WIFSIGNALED(status) else "", ""

    def expect(self, is_so: bool, place: str, otherwise: str) -> None:
        """Note that at *place* something is *otherwise*, unless it *is_so*."""
        if not is_so:
            self.found.append(f"{place}: {otherwise}")


class BareSweep(Sweep):
    """The same without cards: two states of a few files."""

    is_new = False

    def build(self) -> None:
        """Write the files of the state that it is in."""
        write_site(NEW if self.is_new else OLD, self.output)

    def change(self) -> None:
        """Take the other state."""
        self.is_new = not self.is_new


def same_file(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether it is the same file, with the same time."""
    return (one.st_ino, one.st_mtime_ns) == (other.st_ino, other.st_mtime_ns)


if __name__ == "__main__":
    folder = Path(sys.argv[3])
    sweep = (Sweep if (folder / "site").exists() else BareSweep)(sys.argv[1], folder)
    sweep.run(int(sys.argv[2]))
    print(json.dumps({"found": sweep.found, "struck": dict(sweep.struck)}))

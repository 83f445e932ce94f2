"""Start build.py on an odd machine: `python odd_start.py WAY build --root DIR`.

Here alone parts of Python are replaced, or made to fail.

The ways: `shuffled:SEED` lists folders in another order; `offline` refuses every socket and every other program;
`read-only:DIR` refuses to change anything in DIR, as a file system does that is mounted so; `homeless` is a user
whom the system knows by number only.
"""

import errno
import os
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - see list_shuffled
SOCKETS = ("socket.", "ssl.", "urllib.", "http.", "ftplib.", "smtplib.")
PROGRAMS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.")
CHANGES = (
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "os.link",
    "os.symlink",
    "shutil.",
    "tempfile.",
)


class Shuffled:
    """A folder's entries in an order of ours, used as those of os.scandir are."""

    def __init__(self, entries) -> None:
        self.entries = iter(entries)

    def __iter__(self):
        return self.entries

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *_raised) -> None:
        self.close()

    def close(self) -> None:
        """Do nothing: all entries are known."""


def list_shuffled(seed: str) -> None:
    """List every folder in an order that *seed* decides; before pathlib is loaded, which keeps these functions."""
    import random

    scandir, listdir, chance = os.scandir, os.listdir, random.Random(seed)

    def scan(path="."):
        with scandir(path) as entries:
            return Shuffled(in_other_order(entries, lambda entry: os.fsdecode(entry.name)))

    def in_other_order(entries, name_of):
        entries = sorted(entries, key=name_of, reverse=True)
        if seed != "reversed":
            chance.shuffle(entries)
        return entries

    os.scandir = scan
    os.listdir = lambda path=".": in_other_order(listdir(path), os.fsdecode)


def refuse_outside() -> None:
    """Refuse sockets and other programs from now on."""

    def refuse(event: str, told: tuple[object, ...]) -> None:
        if event.startswith(SOCKETS + PROGRAMS):
            raise PermissionError(errno.EPERM, f"{event} {told} is refused here")

    sys.addaudithook(refuse)


def refuse_changes(folder: str) -> None:
    """Refuse to change anything in *folder* from now on."""
    import sqlite3

    def is_inside(path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(folder)

    def refuse(event: str, told: tuple[object, ...]) -> None:
        if event == "sqlite3.connect" and is_inside(told[0]):
            raise sqlite3.OperationalError("unable to open database file")
        writes = event == "open" and isinstance(told[2], int) and told[2] & (os.O_WRONLY | os.O_RDWR)
        if (writes or event.startswith(CHANGES)) and any(map(is_inside, told)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), told[0])

    sys.addaudithook(refuse)


def know_no_user() -> None:
    """Know of no user from now on, and of no home folder."""
    import pwd

    def find_nobody(user: int) -> None:
        raise KeyError(f"getpwuid(): uid not found: {user}")

    os.environ.pop("HOME", None)
    pwd.getpwuid = find_nobody


WAYS = {
    "homeless": lambda _: know_no_user(),
    "shuffled": list_shuffled,
    "offline": lambda _: refuse_outside(),
    "read-only": refuse_changes,
}

if __name__ == "__main__":
    way, _, detail = sys.argv.pop(1).partition(":")
    WAYS[way](detail)
    sys.path[0] = PROJECT
    from claimdeck.cli import main

    sys.exit(main())

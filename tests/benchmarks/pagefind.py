"""Runs Pagefind over a built site: what the time of our own index is held against."""

import importlib.util
from pathlib import Path

from tests.benchmarks.runs import run

NAMES = ("pagefind", "pagefind.exe")


def pagefind_program() -> Path | None:
    """Return the program that the package pagefind_bin brings; None without it."""
    found = importlib.util.find_spec("pagefind_bin")
    folders = [Path(folder) for folder in (found.submodule_search_locations or [] if found else [])]
    return next((path for folder in folders for name in NAMES if (path := folder / name).is_file()), None)


def pagefind_seconds(program: Path, site: Path, folder: Path) -> float:
    """Return what one index of all pages of *site* takes, put into *folder*; FailedRunError where there is none."""
    return run([program, "--site", site, "--output-path", folder / "pagefind"], folder).seconds

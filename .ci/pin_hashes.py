"""Write beside each pin of the requirements files the SHA-256 of the packages that may be installed for it.

`make pins`, after a version was changed: pip is asked what it would install on all of SYSTEMS and PYTHONS,
and names what has no package there.  Chooses no version.
"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
DESKS = (  # the platforms of each system, the oldest first: what fits it fits the newer ones
    ("manylinux2014_x86_64", "manylinux_2_28_x86_64"),
    ("manylinux2014_aarch64", "manylinux_2_28_aarch64"),
    ("macosx_10_13_x86_64", "macosx_13_0_x86_64"),
    ("macosx_11_0_arm64", "macosx_14_0_arm64"),
    ("win_amd64",),
)
CONTAINERS = (  # Alpine: it can build a site, but Playwright has no package for it
    ("musllinux_1_1_x86_64", "musllinux_1_2_x86_64"),
    ("musllinux_1_1_aarch64", "musllinux_1_2_aarch64"),
)
SYSTEMS = {"requirements.txt": DESKS + CONTAINERS, "requirements-dev.txt": DESKS}
DRY_RUN = (sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed", "--no-deps")
PIN = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^\s;\\]+)(?P<only>[ ]*;[^\\\n]*?)?[ ]*(?:\\\n[ ]+--hash=\S+[ ]*)*$", re.M
)


class NotPinnedError(Exception):
    """What pip said of a pin that it cannot fulfil."""


def main() -> int:
    """Write the hashes into both files, and say how many; 1, and that file as it was, where a package is missing."""
    try:
        for name, systems in SYSTEMS.items():
            path = PROJECT / name
            text = path.read_text(encoding="utf-8")
            hashes = hashes_of(pins_in(text), product(PYTHONS, systems))
            path.write_text(with_hashes(text, hashes), encoding="utf-8", newline="\n")
            print(f"{name}: {len(hashes)} pins, {sum(map(len, hashes.values()))} packages.", flush=True)
    except NotPinnedError as reason:
        print(f"pin_hashes.py: {reason}", file=sys.stderr)
        return 1
    return 0


def pins_in(text: str) -> list[str]:
    """Return what a requirements file pins, as `name==version`; on which systems is left out."""
    return [f"{pin['name']}=={pin['version']}" for pin in PIN.finditer(text)]


def with_hashes(text: str, hashes: Mapping[str, Iterable[str]]) -> str:
    """Return the *text* of a requirements file, each pin with its *hashes* and no others."""

    def write(pin: re.Match[str]) -> str:
        found = sorted(hashes[pin["name"]])
        return " \\\n".join(
            [f"{pin['name']}=={pin['version']}{pin['only'] or ''}", *(f"    --hash=sha256:{each}" for each in found)]
        )

    return PIN.sub(write, text)


def hashes_of(pins: list[str], targets: Iterable[tuple[str, Sequence[str]]]) -> dict[str, set[str]]:
    """Return the SHA-256 of all packages that pip would install for *pins* on *targets*, by the name of the project."""
    found: dict[str, set[str]] = defaultdict(set)
    for python, platforms in targets:
        for package in asked_of_pip(pins, python, platforms):
            found[canonical(package["metadata"]["name"])].add(
                package["download_info"]["archive_info"]["hashes"]["sha256"]
            )
    return dict(found)


def canonical(name: str) -> str:
    """Return the one spelling of a project's name that our files use; only ruamel.yaml keeps its dot."""
    name = re.sub(r"[-_.]+", "-", name).lower()
    return "ruamel.yaml" if name == "ruamel-yaml" else name


def asked_of_pip(pins: list[str], python: str, platforms: Sequence[str]) -> list[dict[str, Any]]:
    """Return what pip reports of the packages that it would install; NotPinnedError where one is missing."""
    with TemporaryDirectory() as scratch:
        report = str(Path(scratch, "report.json"))
        where = ["--python-version", python, *(f"--platform={platform}" for platform in platforms)]
        options = ["--only-binary=:all:", "--target", scratch, "--report", report, *where]
        command = [*DRY_RUN, *options, *pins]
        told = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        if told.returncode:
            raise NotPinnedError(f"for Python {python} on {', '.join(platforms)}:\n{told.stderr}")
        installed: list[dict[str, Any]] = json.loads(Path(report).read_text(encoding="utf-8"))["install"]
        return installed


if __name__ == "__main__":
    sys.exit(main())

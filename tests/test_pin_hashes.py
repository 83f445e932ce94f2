"""The pins: exact, with hashes, and of everything that is installed with them."""

import base64
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import audit
import pin_hashes
import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]
SITE, DEV = (PROJECT / name for name in pin_hashes.SYSTEMS)
OFFLINE = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
MARKERS = [  # what tells one system from another, and what one Python from another
    {"sys_platform": system, "platform_system": name, "os_name": kind, "python_version": python}
    | {"python_full_version": f"{python}.0"}
    for system, name, kind in (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
    for python in pin_hashes.PYTHONS
]


def pinned(*files: Path) -> dict[str, Requirement]:
    """Return what *files* pin, by name, read as pip reads it."""
    lines = "\n".join(file.read_text(encoding="utf-8") for file in files).replace("\\\n", " ").splitlines()
    found = [Requirement(line.partition("--hash")[0]) for line in lines if re.match(r"\w", line)]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def needed_by(name: str, extras: set[str]) -> set[str]:
    """Return what the installed package *name* needs on any of the systems and Pythons that we name."""
    needed = map(Requirement, metadata.requires(name) or ())
    places = [default_environment() | marker | {"extra": extra} for marker in MARKERS for extra in {"", *extras}]
    return {
        canonicalize_name(one.name)
        for one in needed
        if one.marker is None or any(one.marker.evaluate(place) for place in places)
    }


def installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


@pytest.mark.parametrize("file", [SITE, DEV], ids=lambda file: file.name)
def test_every_pin_is_exact_and_has_hashes_and_a_reason_above(file):
    text = file.read_text(encoding="utf-8")
    blocks = re.findall(r"^(#[^\n]*)\n([a-z0-9][^\n]*(?:\n    [^\n]*)*)", text, re.MULTILINE)
    assert len(blocks) == len(pinned(file)) == len(pin_hashes.pins_in(text)) > 10
    for reason, block in blocks:
        assert re.match(r"# (by [a-z]|.*: )", reason), block
        assert re.fullmatch(r"[a-z0-9.-]+==[\w.]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", block), block


def test_what_a_pinned_package_needs_is_pinned_too_on_every_system():
    for files in ([SITE], [SITE, DEV]):
        pins = pinned(*files)
        names = [name for name in pins if installed(name)]
        assert len(names) >= len(pins) - 1  # one is for Windows only
        needed = {need: name for name in names for need in needed_by(name, pins[name].extras)}
        assert {need: name for need, name in needed.items() if need not in pins} == {}


def test_a_reason_that_names_other_packages_is_true():
    pins = pinned(SITE, DEV)
    text = SITE.read_text(encoding="utf-8") + DEV.read_text(encoding="utf-8")
    told = re.findall(r"^# by ([^;\n]+?)(?:;.*|, which.*)?\n([a-z0-9.-]+)==", text, re.MULTILINE)
    named = [(by, name) for bys, name in told for by in bys.split(", ")]
    assert len(named) > 30
    assert [(by, name) for by, name in named if canonicalize_name(name) not in needed_by(by, pins[by].extras)] == []


def test_what_runs_the_tests_is_what_is_pinned():
    pins = pinned(SITE, DEV)
    versions = {name: metadata.version(name) for name in pins if installed(name)}
    assert {name: version for name, version in versions.items() if not pins[name].specifier.contains(version)} == {}


def test_hashes_are_written_as_they_stand_and_old_ones_go():
    text = '# a: does a thing\na==1 \\\n    --hash=sha256:00\n# by a\nb.c==2.0 ; sys_platform == "win32"\n'
    assert pin_hashes.pins_in(text) == ["a==1", "b.c==2.0"]
    fresh = pin_hashes.with_hashes(text, {"a": ["22", "11"], "b.c": ["33"]})
    assert fresh == (
        "# a: does a thing\na==1 \\\n    --hash=sha256:11 \\\n    --hash=sha256:22\n"
        '# by a\nb.c==2.0 ; sys_platform == "win32" \\\n    --hash=sha256:33\n'
    )
    assert pin_hashes.with_hashes(fresh, {"a": ["11", "22"], "b.c": ["33"]}) == fresh


def test_pip_installs_what_was_pinned_and_nothing_that_was_changed_since(tmp_path, monkeypatch):
    for name, text in (OFFLINE | {"PIP_FIND_LINKS": str(tmp_path)}).items():
        monkeypatch.setenv(name, text)
    package(tmp_path, "one_thing", "1.0", "good = True\n")
    hashes = pin_hashes.hashes_of(["one-thing==1.0"], [("3.12", ["win_amd64"]), ("3.13", ["manylinux2014_x86_64"])])
    assert {name: len(found) for name, found in hashes.items()} == {"one-thing": 1}
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(pin_hashes.with_hashes("# one-thing: is one\none-thing==1.0\n", hashes), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--target", str(tmp_path / "lib"), "-r", str(requirements)]
    subprocess.run(command, check=True, capture_output=True)
    assert (tmp_path / "lib/one_thing.py").read_text(encoding="utf-8") == "good = True\n"
    package(tmp_path, "one_thing", "1.0", "good = False\n")
    done = subprocess.run([*command, "--upgrade"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_a_package_that_is_missing_somewhere_is_named_with_the_place(tmp_path, monkeypatch):
    for name, text in (OFFLINE | {"PIP_FIND_LINKS": str(tmp_path)}).items():
        monkeypatch.setenv(name, text)
    with pytest.raises(pin_hashes.NotPinnedError, match=r"(?s)Python 3\.12 on win_amd64.*one-thing==1\.0"):
        pin_hashes.hashes_of(["one-thing==1.0"], [("3.12", ["win_amd64"])])


def package(folder: Path, name: str, version: str, code: str) -> None:
    """Write a package of one module, as a registry would give it, into *folder*."""
    about = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": code,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},sha256={_record_hash(text)},{len(text)}\n" for path, text in files.items())
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in (files | {f"{about}/RECORD": record}).items():
            wheel.writestr(path, text)


def _record_hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def test_the_routine_that_contributing_describes_is_there():
    told = (
        (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## To move a pin")[2].partition("\n## ")[0]
    )
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z]+)`", told))
    assert targets == {"pins", "check", "audit"}
    assert {target for target in targets if f"\n{target}:" not in makefile} == set()
    assert "python .ci/pin_hashes.py" in makefile.partition("\npins:")[2].partition("\n\n")[0]
    assert {path for path in re.findall(r"`(\S+\.(?:py|txt|md))`", told) if not (PROJECT / path).is_file()} == set()


def test_the_judges_from_npm_are_pinned():
    assert all(re.fullmatch(r"[a-z-]+@\d+\.\d+\.\d+", package) for package in (audit.NU, audit.LIGHTHOUSE))

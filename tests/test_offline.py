"""No command but `serve` and `check --links` needs the network, or another program."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SITES

PROJECT = Path(__file__).resolve().parents[1]
ODD_START = PROJECT / "tests/odd_start.py"
UTF8 = {"PYTHONIOENCODING": "utf-8"}
STAGES = ("pipeline", "write", "present", "judge", "read", "model")  # what a build is made of
OUTSIDE = {  # what could ask the network, another program, the machine, chance or the clock
    *("asyncio", "ctypes", "ftplib", "getpass", "http", "locale", "platform", "pty", "random", "secrets", "smtplib"),
    *("socket", "socketserver", "ssl", "subprocess", "tempfile", "time", "urllib.error", "urllib.request", "uuid"),
    *("tornado", "livereload", "watchfiles"),
}
BY_THE_CLOCK = {
    "claimdeck/read/cache.py": {"time"},  # only to tell which files changed too lately
    "claimdeck/write/turns.py": {"time"},  # only to wait for another build
}
REVIEW = {
    "@type": "ClaimReview",
    "url": "https://example.net/checks/ferry",
    "claimReviewed": "The new ferry sank.",
    "author": {"@type": "Organization", "name": "Outlet Z", "url": "https://example.net/"},
    "datePublished": "2030-05-03",
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "A ferryman"}},
}
SESSION = [  # each with what it says when it did its work
    ("build --verify", "files written"),
    ("check", " claims, "),
    ("desk", "claims"),
    ("schema", "content/.schema/"),
    ("new topic ferry", "content/topics/ferry.yaml"),
    ("import {file}", "content/claims/"),
    ("rename source {source} renamed-source", "is now renamed-source"),
    ("lock", "content/desk.lock"),
    ("build", "files written"),
]


def start(*words: str) -> subprocess.CompletedProcess[str]:
    """Run build.py where no socket can be opened and no program started."""
    command = [sys.executable, str(ODD_START), "offline", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=os.environ | UTF8)


def copy_of(site: Path, root: Path) -> Path:
    shutil.copytree(site / "content", root / "content")
    shutil.copy(site / "site.yaml", root)
    return root


def test_a_session_at_the_desk_needs_no_network_and_no_other_program(tmp_path):
    root, review = copy_of(SITES / "good/every-field", tmp_path / "site"), tmp_path / "review.json"
    review.write_text(json.dumps(REVIEW), encoding="utf-8")
    for line, told in SESSION:
        words = [word.format(file=review, source="outlet-c-2030-05") for word in line.split()]
        done = start(*words, "--root", str(root))
        assert done.returncode == 0, (line, done.stderr)
        assert told in done.stdout, (line, done.stdout)
    done = start("new", "dossier", str(tmp_path / "dossier"))
    assert (done.returncode, done.stderr) == (0, "")


def test_several_processes_that_build_a_site_need_neither(tmp_path):
    root = copy_of(PROJECT, tmp_path / "site")
    for words in (["build", "--jobs", "3"], ["check"]):
        done = start(*words, "--root", str(root))
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "tries",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socketpair()",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_where_those_are_refused_they_are_refused(tries):
    code = f"import odd_start; odd_start.refuse_outside(); {tries}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ODD_START.parent, capture_output=True, text=True)
    assert done.returncode == 1
    assert "is refused here" in done.stderr


def test_nothing_that_a_build_is_made_of_imports_what_asks_outside():
    package = PROJECT / "claimdeck"
    modules = [path for stage in STAGES for path in [package / f"{stage}.py", *sorted((package / stage).glob("*.py"))]]
    found = {}
    for module in (module for module in modules if module.is_file()):
        name = module.relative_to(PROJECT).as_posix()
        if outside := imports_of(module) & OUTSIDE - BY_THE_CLOCK.get(name, set()):
            found[name] = outside
    assert len(modules) > 60
    assert found == {}


def imports_of(module: Path) -> set[str]:
    """Return all that *module* imports, each with the packages that it lies in."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {
        ".".join(parts[: length + 1]) for name in names for parts in [name.split(".")] for length in range(len(parts))
    }

"""Commands that run beside each other on one site: what they share stays whole, and so does what they write."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from claimdeck.cli import main
from claimdeck.model.problems import RefusedError
from claimdeck.pipeline import build_site
from claimdeck.write.turns import turn
from tests.small_outputs import contents

PROJECT = Path(__file__).resolve().parents[1]
ROUNDS = 2


@pytest.fixture
def start(site, running):
    """Return a function that starts a command on the small site; none of them outlives the test."""

    def start_command(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(PROJECT / "build.py"), words[0], "--root", str(site.root), *words[1:]]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        return running[-1]

    return start_command


def cold(site, folder: Path, base_url: str | None = None) -> dict[str, bytes]:
    """Return the files of the site, made of nothing but its cards."""
    build_site(site.root, folder, cached=False, base_url=base_url)
    return contents(folder)


def test_builds_checks_and_locks_at_once_leave_the_site_its_lock_and_the_cache_whole(site, start, tmp_path):
    for number in range(ROUNDS):
        site.claim("bridge-cost", because=f"Nobody shows how, for the time number {number}.")
        (site.root / "content" / "desk.lock").unlink(missing_ok=True)
        running = [start(command) for command in ("build", "check", "lock", "build", "check")]
        told = {process.communicate()[0] for process in running}
        assert {process.returncode for process in running} == {0}, told
        assert not [text for text in told if "Traceback" in text]
        json.loads((site.root / "content" / "desk.lock").read_text(encoding="utf-8"))
    assert main(["build", "--root", str(site.root)]) == 0
    assert contents(site.root / "dist") == cold(site, tmp_path / "cold")
    assert sorted(path.name for path in site.root.iterdir()) == [".cache", "content", "dist", "site.yaml"]


def test_two_builds_for_two_places_at_once_leave_the_site_of_one_and_each_can_follow(site, start, tmp_path):
    places = [f"https://{name}.example.net/" for name in ("one", "two")]
    expected = [cold(site, tmp_path / f"cold-{number}", place) for number, place in enumerate(places)]
    for _ in range(ROUNDS):
        running = [start("build", "--base-url", place) for place in places]
        assert [process.communicate()[1] or process.returncode for process in running] == [0, 0]
        assert contents(site.root / "dist") in expected
    for place, files in zip(places, expected, strict=True):
        assert main(["build", "--root", str(site.root), "--base-url", place]) == 0
        assert contents(site.root / "dist") == files


def test_what_a_build_keeps_of_its_output_it_keeps_before_another_one_can_begin(site, tmp_path):
    """Otherwise it would take the pages of the other one for its own."""
    output, waited = tmp_path / "dist", []

    def come_in(_report: object) -> None:
        def waiting() -> None:
            waited.append(True)
            raise RefusedError("that will do")

        with pytest.raises(RefusedError), turn(output, waiting):
            pass

    build_site(site.root, output, then=come_in)
    assert waited == [True]


def test_a_preview_stays_up_beside_builds_and_they_beside_it(site, start, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert main(["schema", "--root", str(site.root)]) == 0
    preview = start("serve", "--port", str(port))
    for number in range(ROUNDS):
        site.claim("bridge-cost", because=f"Nobody shows how, for the time number {number}.")
        build = start("build")
        assert build.communicate()[1] or build.returncode == 0
        assert b"The bridge cost 4 million" in answer(f"http://127.0.0.1:{port}/claims/bridge-cost/")
    assert preview.poll() is None
    assert contents(site.root / "dist") == cold(site, tmp_path / "cold")


def answer(address: str) -> bytes:
    """Return what stands at *address*, once somebody answers there."""
    for _ in range(200):
        try:
            with urlopen(address, timeout=10) as response:
                return response.read()
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")


def test_where_the_system_refuses_a_build_says_in_one_sentence_what_to_do_and_ends_with_1(site, capsys, tmp_path):
    output = tmp_path / ("long" * 100)
    assert main(["build", "--root", str(site.root), "--output", str(output)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{output} cannot be written (File name too long). Choose a shorter name.")
    assert told.count("\n") == 1


def test_a_link_that_leads_to_itself_is_no_output(site, capsys):
    (site.root / "dist").symlink_to("dist")
    assert main(["build", "--root", str(site.root)]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err
    assert (site.root / "dist").readlink() == Path("dist")


@pytest.mark.parametrize("odd", ["a file", "folders", "no databases", "a link"])
def test_a_cache_that_cannot_be_used_costs_time_only(site, tmp_path, odd):
    expected, cache = cold(site, tmp_path / "cold"), site.root / ".cache"
    if odd == "a file":
        cache.write_text("mine")
    elif odd == "a link":
        cache.symlink_to(tmp_path / "elsewhere")
    for name in ("cards.sqlite", "files.sqlite", "standing.json") if odd in ("folders", "no databases") else ():
        cache.mkdir(exist_ok=True)
        (cache / name).mkdir() if odd == "folders" else (cache / name).write_text("no database" * 100)
    for _ in range(2):
        assert main(["build", "--root", str(site.root)]) == 0
        assert main(["check", "--root", str(site.root)]) == 0
        assert contents(site.root / "dist") == expected
    assert not (tmp_path / "elsewhere").exists()

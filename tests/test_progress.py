"""Progress is told on one line, on a terminal, from the second second on, and leaves nothing behind."""

import os
import subprocess
import sys

import pytest

from claimdeck.desk.progress import Progress
from claimdeck.read.static import PROJECT
from tests.large_site import write_large_site


def test_each_word_is_written_over_the_last_and_the_end_leaves_an_empty_line():
    written = []
    progress = Progress(written.append, patience=0)
    with progress as tell:
        tell("files made", 20, 1500)
        progress.next = 0
        tell("cards read", 7, 0)
    assert written == ["\r20 of 1,500 files made", "\r7 cards read          ", "\r            ", "\r"]


def test_what_is_done_soon_is_not_told_of():
    written = []
    with Progress(written.append) as tell:
        tell("files made", 20, 1500)
    assert written == []


def test_it_is_not_told_more_often_than_eyes_can_follow():
    written = []
    with Progress(written.append, patience=0) as tell:
        for done in range(1000):
            tell("files made", done, 1000)
    assert len(written) < 20


COMMAND = [sys.executable, str(PROJECT / "build.py"), "build", "--jobs", "1", "--no-cache", "--root"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal")
def test_a_long_build_tells_a_terminal_and_nobody_else(tmp_path):
    import pty

    write_large_site(tmp_path / "site", 200)
    settings = tmp_path / "site" / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "pictures: false\n", encoding="utf-8")
    piped = subprocess.run([*COMMAND, str(tmp_path / "site")], capture_output=True, text=True, check=True)
    terminal, end = pty.openpty()
    done = subprocess.run([*COMMAND, str(tmp_path / "site")], stdout=subprocess.PIPE, stderr=end, check=True)
    os.close(end)
    told = os.read(terminal, 1_000_000).decode()
    os.close(terminal)
    assert "\r" not in piped.stderr + piped.stdout
    assert "files made" in told
    assert b"\r" not in done.stdout
    assert done.stdout.startswith(b"200 claims")

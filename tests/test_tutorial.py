"""docs/tutorial.md, followed literally: each file written, each command typed at a terminal, each answer compared.

Three things are not compared as they stand: how many seconds a build took, how many files it wrote or left (the site's
own pages and fonts are among them), and the port of the preview, which may be taken here.  The terminal is 80 columns
wide and without colors.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.fenced_blocks import BLOCK, Block, parse_blocks

pty = pytest.importorskip("pty", exc_type=ImportError, reason="needs a terminal as Linux and macOS have it")

PROJECT = Path(__file__).resolve().parents[1]
TUTORIAL = (PROJECT / "docs" / "tutorial.md").read_text(encoding="utf-8")
PREVIEW = "http://127.0.0.1:5500/"
SHOWN = re.compile(rf"`({PREVIEW}[^`]*)`[^`“]*“([^”]*)”")  # an address of the preview, and words that stand there
PATIENCE = 20  # seconds in which the preview must answer, or show what was saved


def comparable(answer: str) -> str:
    """Return *answer* without what differs from one machine, or one release, to the next."""
    answer = re.sub(r"\d+ files written, \d+ unchanged", "… files written, … unchanged", answer)
    return re.sub(r"\(\d+\.\d s\)", "(… s)", answer)


def apply_diff(text: str, diff: str) -> str:
    """Return *text* with the changes of *diff*; the lines that it keeps or takes away must stand there once."""
    for change in diff.split("\n\n"):
        lines = change.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
        new = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
        places = [match.start() for match in re.finditer(rf"^(?={re.escape(old)})", text, re.MULTILINE)]
        assert len(places) == 1, f"these lines do not stand there once:\n{old}"
        text = text[: places[0]] + new + text[places[0] + len(old) :]
    return text


@dataclass
class Reader:
    """Somebody who does what a text says, in the folder *desk*, with `build.py` in it."""

    desk: Path
    preview: subprocess.Popen[bytes] | None = None
    port: int = 0

    def follow(self, text: str) -> None:
        """Do what *text* says, block by block; AssertionError where it is not as the text says."""
        blocks = iter(parse_blocks(text))
        for block in blocks:
            for address, words in SHOWN.findall(block.before):
                self.look_at(address, words)
            if block.language == "sh":
                expected = next(blocks)
                assert (expected.before.strip(), expected.language) == ("", "text"), f"no answer to {block.text}"
                answer = "".join(self.type_in(command) for command in block.text.splitlines())
                assert comparable(answer) == comparable(expected.text)
            elif block.language:
                self.do(block)

    def do(self, block: Block) -> None:
        """Write, change, delete or look for the files of *block*; ValueError where nobody is told what to do."""
        if path := block.named("(?:into|as)"):
            self.desk.joinpath(path).parent.mkdir(exist_ok=True)
            self.desk.joinpath(path).write_text(block.text, encoding="utf-8")
        elif block.language == "diff" and (path := block.named("In")):
            file = self.desk / path
            file.write_text(apply_diff(file.read_text(encoding="utf-8"), block.text), encoding="utf-8")
        elif folder := block.named("[Dd]elete these files in"):
            for name in block.text.split():
                self.desk.joinpath(folder, name).unlink()
        elif folder := block.named("[Aa]mong the files in"):
            names = [line.split()[0] for line in block.text.splitlines()]
            assert [name for name in names if not self.desk.joinpath(folder, name).is_file()] == []
        else:
            raise ValueError(f"nobody is told what to do with this block:\n{block.text}")

    def type_in(self, command: str) -> str:
        """Type *command*, and return what the terminal shows then."""
        program, *words = shlex.split(command)
        assert program == "python"
        if "serve" in words:
            self.port = free_port()
            words += ["--port", str(self.port)]
        ours, theirs = pty.openpty()
        environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80"}
        process = subprocess.Popen(
            [sys.executable, *words], cwd=self.desk, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        if "serve" in words:
            self.preview = process
            answer = read_terminal(ours, "(Ctrl-C ends it).\n").replace(f":{self.port}/", ":5500/")
        else:
            answer = read_terminal(ours)
            process.wait()
            os.close(ours)
        return answer

    def look_at(self, address: str, words: str) -> None:
        """Look at the page of the preview until *words* stand there."""
        page, end = "", time.monotonic() + PATIENCE
        while words not in page:
            assert time.monotonic() < end, f"{address} does not show “{words}”"
            page = self.ask(address.replace(PREVIEW, f"http://127.0.0.1:{self.port}/"))

    def ask(self, address: str) -> str:
        """Return the page at *address*, empty where there is none."""
        try:
            with build_opener(ProxyHandler({})).open(address, timeout=PATIENCE) as answer:
                return re.sub(r"<[^>]*>", "", answer.read().decode())
        except URLError:
            time.sleep(0.1)
            return ""

    def press_control_c(self) -> int:
        """End the preview as its last line says, and return its exit code."""
        assert self.preview
        self.preview.send_signal(signal.SIGINT)
        return self.preview.wait(PATIENCE)


def read_terminal(terminal: int, until: str = "") -> str:
    """Return what is printed on *terminal*: up to the words *until*, or all of it."""
    shown = b""
    while not (until and shown.decode(errors="replace").replace("\r\n", "\n").endswith(until)):
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux says so where the program has ended
            break
        if not part:
            break
        shown += part
    lines = shown.decode().replace("\r\n", "\n").split("\n")
    return "\n".join(line.rpartition("\r")[2] for line in lines)  # of what is written over itself, the last is seen


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture
def reader(tmp_path):
    """A reader of the tutorial, next to whose folder there is nothing yet."""
    desk = tmp_path / "claimdeck"
    desk.mkdir()
    (desk / "build.py").symlink_to(PROJECT / "build.py")
    reader = Reader(desk)
    yield reader
    if reader.preview and reader.preview.poll() is None:
        reader.preview.kill()
        reader.preview.wait()


def test_the_tutorial_does_what_it_says(reader):
    reader.follow(TUTORIAL)
    assert reader.press_control_c() == 130


def test_the_tutorial_goes_through_every_command_of_a_first_card():
    typed = " ".join(block.text for block in parse_blocks(TUTORIAL) if block.language == "sh")
    commands = ("new dossier", "serve", "new source", "new claimant", "new topic", "new claim", "check", "lock", "desk")
    assert [command for command in (*commands, "build --root") if f"build.py {command}" not in typed] == []


def test_the_tutorial_has_no_block_that_is_not_fenced():
    assert re.findall(r"^(?: {4}|\t).*", BLOCK.sub("", TUTORIAL), re.MULTILINE) == []
    assert BLOCK.sub("", TUTORIAL).count("```") == 0


def test_a_block_that_nobody_is_told_to_use_is_an_error(reader):
    with pytest.raises(ValueError, match="nobody is told"):
        reader.follow("Look:\n\n```yaml\ntitle: T\n```\n")


def test_a_command_without_its_answer_is_an_error(reader):
    with pytest.raises(AssertionError, match="no answer"):
        reader.follow("```sh\npython build.py --version\n```\n\nIt answers:\n\n```text\nno\n```\n")


def test_another_answer_than_the_one_that_is_printed_is_an_error(reader):
    with pytest.raises(AssertionError):
        reader.follow("```sh\npython build.py --version\n```\n\n```text\nclaimdeck none\n```\n")


def test_a_file_that_is_named_and_not_there_is_an_error(reader):
    with pytest.raises(AssertionError, match=r"site\.yaml"):
        reader.follow("Among the files in `.`:\n\n```text\nsite.yaml\n```\n")


@pytest.mark.parametrize("diff", ["-b\n+c\n", " a\n-c\n", "-a\n\n-a\n"])
def test_a_change_of_lines_that_do_not_stand_there_once_is_an_error(diff):
    with pytest.raises(AssertionError, match="do not stand there once"):
        apply_diff("a\nb\nb\n", diff)


def test_a_change_puts_lines_where_it_says():
    assert apply_diff("a: 1\nb: 2\n", "-a: 1\n+a: 3\n\n b: 2\n+c: 4\n") == "a: 3\nb: 2\nc: 4\n"


def test_seconds_and_numbers_of_files_are_not_compared_and_all_else_is():
    first, second = ("1 claim: {} files written, 0 unchanged, {} removed in dist ({} s)." for _ in range(2))
    assert comparable(first.format(71, 0, 0.4)) == comparable(second.format(72, 0, 9.1))
    assert comparable(first.format(71, 0, 0.4)) != comparable(second.format(71, 1, 0.4))

"""The store: one file is replaced whole, or not touched."""

import subprocess
import sys
from pathlib import Path

from claimdeck.model.store import replace_file

PROJECT = Path(__file__).resolve().parents[1]
WRITER = """
import sys
from pathlib import Path
from claimdeck.model.store import replace_file
for number in range(200):
    replace_file(Path(sys.argv[1]), f"{sys.argv[2]} {number}".encode())
"""


def test_a_new_file_is_written_with_the_folders_above_it(tmp_path):
    path = tmp_path / "content" / "desk.lock"
    assert replace_file(path, b"one") is True
    assert path.read_bytes() == b"one"


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "desk.lock"
    path.write_bytes(b"one")
    assert replace_file(path, b"two") is True
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_holds_the_content_already_is_not_touched(tmp_path):
    path = tmp_path / "desk.lock"
    path.write_bytes(b"one")
    before = path.stat()
    assert replace_file(path, b"one") is False
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_what_another_reader_has_open_stays_whole_while_the_file_is_replaced(tmp_path):
    path = tmp_path / "desk.lock"
    path.write_bytes(b"one")
    with path.open("rb") as reader:
        replace_file(path, b"a longer text")
        assert reader.read() == b"one"


def test_two_programs_can_replace_one_file_at_the_same_moment(tmp_path):
    path = tmp_path / "claim.schema.json"
    commands = [[sys.executable, "-c", WRITER, str(path), name] for name in ("new", "serve")]
    writers = [subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) for command in commands]
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    assert path.read_bytes() in {b"new 199", b"serve 199"}
    assert list(tmp_path.iterdir()) == [path]

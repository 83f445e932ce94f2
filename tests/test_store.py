"""The store: one file is replaced whole, or not touched."""

from claimdeck.model.store import replace_file


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

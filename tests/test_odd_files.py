"""Odd files are survived: each is a problem with its place, hides no other card's, and never a traceback."""

import json
import os
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from claimdeck.desk.json_ld import read_json_ld
from claimdeck.model.problems import UsageError
from claimdeck.read.content import read_content
from claimdeck.read.lock import read_articles
from claimdeck.read.static import STYLESHEET, read_static

TOPIC = "content/topics/odd.yaml"
KURDISH = "name: Br\u00fccke\n"
PROJECT = Path(__file__).resolve().parents[1]

UTF_8 = "this file is not UTF-8 text."
NO_FILE = "this is not a file."
TAB = "this is not YAML: there is a tab where spaces belong."
EMPTY = "this file is empty."
BYTES = {
    "UTF-16 with its mark": (KURDISH.encode("utf-16"), UTF_8, 1),
    "UTF-16 without, little end first": ("name: Bridge\n".encode("utf-16-le"), UTF_8, 2),
    "UTF-16 without, big end first": ("name: Bridge\n".encode("utf-16-be"), UTF_8, 1),
    "UTF-32": (KURDISH.encode("utf-32"), UTF_8, 1),
    "Latin-1": (KURDISH.encode("latin-1"), UTF_8, 9),
    "Latin-1 behind a byte order mark": (b"\xef\xbb\xbf" + KURDISH.encode("latin-1"), UTF_8, 9),
    "half of a surrogate pair": (b"name: \xed\xa0\x80\n", UTF_8, 7),
    "a NUL byte": (b"name: a\x00b\n", UTF_8, 8),
    "a thousand NUL bytes": (b"name: a" + b"\x00" * 1000 + b"\n", UTF_8, 8),
    "nothing": (b"", EMPTY, 1),
    "a byte order mark": (b"\xef\xbb\xbf", EMPTY, 1),
    "white space": (b"   \n\n  \n", EMPTY, 1),
    "comments": (b"# one\n# two\n", EMPTY, 1),
    "a tab for indentation": (
        b"name: a\n\tdescription: b\n",
        TAB,
        1,
    ),
}


@pytest.fixture
def told(site):
    """Return the message of the one problem that a site with two more mistakes has beside these two."""
    site.claim("ill", status="sure")
    site.source("article-a", published="soon")

    def tell():
        problems = site.mistakes()
        others = [
            problem.message for problem in problems if problem.place.path.endswith(("ill.yaml", "article-a.yaml"))
        ]
        assert others == ["status “sure” is not on the ladder.", "“soon” is not written as a date."]
        assert [letter for problem in problems for letter in str(problem) if not letter.isprintable()] == []
        (odd,) = [problem for problem in problems if problem.message not in others]
        assert odd.hint
        return odd

    return tell


@pytest.mark.parametrize("name", BYTES)
def test_a_file_of_other_bytes_is_told_where_they_begin(site, told, name):
    content, message, column = BYTES[name]
    site.write(TOPIC, content)
    problem = told()
    assert (problem.place.path, problem.place.column, problem.message) == (TOPIC, column, message)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_are_no_fault(site, end, mark):
    site.write(TOPIC, mark + f"name: Br\u00fccke{end}description: |{end}  one{end}  two{end}".encode())
    card = read_content(site.root / "content")[0].topics["odd"].card
    assert (card.name, card.description) == ("Br\u00fccke", "one\ntwo")


def bound_socket(path):
    """Make a socket at *path*, however long the way to it is."""
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


SPECIAL = {
    "a folder": (lambda path: path.mkdir(), "a folder in topics/ is not read."),
    "a fifo": (lambda path: os.mkfifo(path), NO_FILE),
    "a socket": (bound_socket, NO_FILE),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "this link leads out of content/."),
    "a link to nothing": (lambda path: path.symlink_to("nothing.yaml"), "this link leads out of content/."),
    "a link to itself": (lambda path: path.symlink_to("odd.yaml"), "this link leads out of content/."),
    "a link out": (lambda path: path.symlink_to("/etc/passwd"), "this link leads out of content/."),
}


@pytest.mark.parametrize("name", SPECIAL)
def test_what_is_no_file_of_the_site_is_told_and_not_read(site, told, name):
    make, message = SPECIAL[name]
    make(site.root / TOPIC)
    problem = told()
    assert (problem.place.path, problem.message) == (TOPIC, message)


@pytest.mark.parametrize("name", ["site.yaml", "content/desk.lock", STYLESHEET])
@pytest.mark.parametrize("make", ["a folder", "a fifo", "a device"])
def test_no_other_file_that_is_read_may_be_a_special_one(site, name, make):
    path = site.root / name
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    SPECIAL[make][0](path)
    assert name in {problem.place.path for problem in site.problems() if problem.code in {"CD005", "CD006"}}


@pytest.mark.parametrize("name", [*(f"{device}{n}" for device in ("com", "lpt") for n in (0, 9)), "con", "nul", "aux"])
def test_no_card_is_called_as_windows_calls_a_device(site, told, name):
    site.write(f"content/topics/{name}.yaml", "name: The bridge\n")
    assert told().message == f"“{name}” is a reserved id."


def test_no_alias_is_called_so_either(site):
    site.claim(aliases="[nul]")
    assert [problem.message for problem in site.mistakes()] == ["“nul” is a reserved id."]


NAMES = {
    "of capitals, which some systems take for another one": (b"Bridge.yaml", "“Bridge” cannot be an id."),
    "with an accent": ("br\u00fccke.yaml".encode(), "“br\u00fccke” cannot be an id."),
    "with the accent apart": ("bru\u0308cke.yaml".encode(), "“bru\u0308cke” cannot be an id."),
    "ending in a dot": (b"bridge..yaml", "“bridge.” cannot be an id."),
    "ending in a space": (b"bridge .yaml", "“bridge ” cannot be an id."),
    "with a line break": (b"a\nb.yaml", "“a\\nb” cannot be an id."),
    "that a terminal would obey": (b"a\x1b[31m.yaml", "“a\\x1b[31m” cannot be an id."),
    "of no letters": (b"\xff\xfe.yaml", "“\\udcff\\udcfe” cannot be an id."),
    "of 255 bytes": (b"x" * 250 + b".yaml", f"“{'x' * 250}” cannot be an id."),
    "with its ending in capitals": (b"odd.YAML", "a topic is a file ending in .yaml."),
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_id_is_told_as_text(site, told, name):
    written, message = NAMES[name]
    with open(os.fsencode(site.root / "content/topics") + b"/" + written, "w") as file:  # noqa: PTH123 - bytes
        file.write("name: The bridge\n")
    assert told().message == message


def test_a_folder_of_any_name_and_depth_in_content_is_one_problem(site, told):
    deepest = site.root / "content/deep" / "/".join(["d"] * 500)
    deepest.mkdir(parents=True)
    assert told().message == "content/deep is not a place for cards."


def checked_without_rights(root):
    """Return the problems that `check` finds where it may not read what its user may not: root may read all."""
    command = [sys.executable, "-m", "tests.without_rights", "check", "--root", str(root), "--format", "json"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize(
    ("paths", "mode", "told"),
    [
        ([TOPIC, "content/desk.lock", STYLESHEET, "static/parts"], 0o000, None),
        (["content/topics"], 0o444, ["content/topics/bridge.yaml", TOPIC]),
        (["content/topics", "site.yaml"], 0o000, None),
        (["content"], 0o000, ["content"]),
    ],
)
def test_what_may_not_be_read_is_told_with_its_place(site, paths, mode, told):
    for name in (TOPIC, "content/desk.lock", STYLESHEET, "static/parts/x.svg"):
        site.write(name, "x: y\n")
    for path in paths:
        (site.root / path).chmod(mode)
    try:
        problems = checked_without_rights(site.root)
    finally:
        for path in paths:
            (site.root / path).chmod(0o755)
    denied = [problem for problem in problems if problem["code"] == "CD005"]
    assert sorted(problem["file"].rstrip("/") for problem in denied) == sorted(told or paths)
    assert {problem["message"] for problem in denied} == {"this cannot be read (Permission denied)."}


def test_a_card_that_vanishes_while_cards_are_read_is_told_and_the_rest_is_read(site):
    for number in range(10, 70):
        site.write(f"content/topics/topic-{number}.yaml", "name: The bridge\n")

    def take_away(*_):
        (site.root / "content/topics/topic-69.yaml").unlink(missing_ok=True)

    content, problems = read_content(site.root / "content", tell=take_away)
    assert [(problem.place.path, problem.message) for problem in problems] == [
        ("content/topics/topic-69.yaml", NO_FILE)
    ]
    assert len(content.topics) == 60


def test_a_card_that_grows_while_cards_are_read_is_told(site):
    for number in range(10, 70):
        site.write(f"content/topics/topic-{number}.yaml", "name: The bridge\n")
    grow = partial(site.write, "content/topics/topic-69.yaml", "name: " + "x" * 1_000_000)
    problems = read_content(site.root / "content", tell=lambda *_: grow())[1]
    assert [problem.message for problem in problems] == ["this file is larger than 1,000,000 bytes."]


@pytest.mark.parametrize(
    ("content", "message"), [(b"\xff", UTF_8), (b"a\x00b", UTF_8), (b"x" * 5_000_001, "this file is larger")]
)
def test_an_article_of_other_bytes_is_told_with_its_name(tmp_path, content, message):
    (tmp_path / "article-a.txt").write_bytes(content)
    with pytest.raises(UsageError, match=message) as told:
        read_articles(tmp_path, ["article-a", "article-b"])
    assert "article-a.txt:1:" in str(told.value)


@pytest.mark.parametrize("name", ["a folder", "a fifo", "a device", "a link to nothing", "a link to itself"])
def test_an_article_and_a_file_to_import_are_files(tmp_path, name):
    path = tmp_path / "article-a.txt"
    SPECIAL[name][0](path)
    with pytest.raises(UsageError, match=NO_FILE):
        read_articles(tmp_path, ["article-a"])
    with pytest.raises(UsageError, match="there is no file"):
        read_json_ld(path)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda static: (static / "x").symlink_to("x"), "CD006"),
        (lambda static: (static / "x").symlink_to("nothing"), "CD006"),
        (lambda static: (static / "x").symlink_to("/etc/passwd"), "CD006"),
        (lambda static: os.mkfifo(static / "x"), "CD005"),
        (lambda static: (static / "a\nb.txt").write_text("x"), "CD006"),
        (lambda static: (static / "aux.txt").write_text("x"), "CD006"),
        (lambda static: (static / "a:b").write_text("x"), "CD006"),
        (lambda static: (static / "logo.").write_text("x"), "CD006"),
        (lambda static: [(static / name).write_text("x") for name in ("Logo.svg", "logo.svg")], "CD072"),
        (lambda static: [(static / name).write_text("x") for name in ("\u00fc", "u\u0308")], "CD072"),
    ],
)
def test_a_static_file_that_cannot_be_published_everywhere_is_told(site, told, make, code):
    (site.root / "static").mkdir()
    make(site.root / "static")
    problem = told()
    assert (problem.code, problem.place.path.partition("/")[0]) == (code, "static")


def test_static_files_are_looked_for_at_any_depth_and_through_no_link(site):
    deep = "static/" + "d/" * 500 + "x.svg"
    site.write(deep, "x")
    (site.root / "static/round").symlink_to(".")
    files, problems = read_static(site.root)
    assert files[deep] == b"x"
    assert [(problem.place.path, problem.message) for problem in problems] == [("static/round", NO_FILE)]

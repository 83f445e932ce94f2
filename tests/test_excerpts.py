"""Problems on a terminal: the line, the caret under its column, and nothing that a terminal would obey."""

import os
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest

from claimdeck.desk.excerpts import ROOM, cells, excerpt, shown, tell_problem
from claimdeck.model.problems import Place, Problem, Severity, error, warning

BUILD = Path(__file__).resolve().parents[1] / "build.py"
CARD = "content/claims/bridge-cost.yaml"


@pytest.fixture
def tell(tmp_path):
    """Return a function that tells what a terminal shows of a problem at a place in a card with this text."""

    def tell_text(text, line=1, column=1, message="odd.", colored=False):
        path = tmp_path / CARD
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        problem = error(Place(CARD, line, column), "CD024", message, "Mend it.")
        return tell_problem(problem, tmp_path, colored=colored).split("\n")

    return tell_text


def caret_of(lines):
    """Return in which cell the caret stands, and in which the line's first character of that column."""
    _, line, below = lines
    assert line[:6] == "  1 | "
    return cells(below[: below.index("^")])


def test_the_line_follows_with_a_caret_under_its_column_and_the_page_of_the_code(tell):
    assert tell("claim: The bridge.\nshort: It\nstatus: unverifed\n", 3, 9, "status “unverifed” is not known.") == [
        f"{CARD}:3:9: status “unverifed” is not known. Mend it.",
        "  3 | status: unverifed",
        "    |         ^ CD024, see docs/problems/CD024.md",
    ]


def test_without_colors_the_first_line_is_that_of_the_one_line_form(tmp_path):
    for problem in (warning(Place("a"), "CD060", "odd.", ""), Problem(Place("b"), "CD091", "x.", "", Severity.NOTE)):
        assert tell_problem(problem, tmp_path, colored=False).split("\n")[0] == str(problem)


@pytest.mark.parametrize(("lines", "bar"), [(999, "999 | x"), (1000, "1000 | x")])
def test_a_number_of_many_digits_moves_line_and_caret_alike(tell, lines, bar):
    _, line, below = tell("\n" * (lines - 1) + "x", lines)
    assert line == bar
    assert below.index("^") == line.index("x")


@pytest.mark.parametrize(
    ("before", "width"),
    [
        ("status: ", 8),
        ("한국어: ", 8),  # two cells each
        (normalize("NFD", "한국어: "), 8),  # the same, as letters that join
        (normalize("NFD", "café: "), 6),  # an accent of its own, which takes no room
        ("\t: ", 4),  # shown as \t
        ("a\u200db: ", 4),  # a joiner
        ("日本「」: ", 10),
    ],
)
def test_wide_and_narrow_characters_do_not_shift_the_caret(tell, before, width):
    told = tell(f"{before}wrong", 1, len(before) + 1)
    assert caret_of(told) - 6 == width
    assert told[1].endswith("wrong")


@pytest.mark.parametrize("column", [1, 40, 300, 500, 1000, 799_000])
def test_a_long_line_is_cut_to_what_stands_around_the_column(tell, column):
    words = "한 bridge and a ferry " * 40_000
    _, line, below = tell(words, 1, column)
    before, after = excerpt(words, column)
    assert cells(line) <= 6 + ROOM
    assert line == f"  1 | {before}{after}"
    assert cells(below[: below.index("^")]) == 6 + cells(before)
    assert after[:10] == words[column - 1 : column + 9]
    assert before.startswith("…") == (column > 40)


def test_the_end_of_a_long_line_shows_its_end():
    before, after = excerpt("x" * 500 + "end", 501)
    assert (before[:2], after) == ("…x", "end")


def test_a_line_that_fits_is_not_cut():
    assert "".join(excerpt("x" * ROOM, 1)) == "x" * ROOM


def test_the_end_of_a_line_can_be_meant(tell):
    _, line, below = tell("short:", 1, 7)
    assert (line, below.index("^")) == ("  1 | short:", 12)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_editors_end_them(tell, end):
    assert tell(f"one{end}two{end}three{end}", 2)[1] == "  2 | two"


@pytest.mark.parametrize(
    ("text", "line"),
    [("one\n", 2), ("one\n", 9), ("one\n\ntwo\n", 2), ("", 1), (b"\xff\xfe\x00", 1), ("x" * 1_000_001, 1)],
)
def test_where_there_is_no_line_that_can_be_read_the_code_stands_alone(tell, text, line):
    assert tell(text, line) == [f"{CARD}:{line}:1: odd. Mend it.", "    CD024, see docs/problems/CD024.md"]


def test_no_line_is_shown_of_a_folder_of_no_file_and_of_what_leads_out_of_the_site(tmp_path):
    (tmp_path / "outside.txt").write_text("secret\n")
    root = tmp_path / "site"
    (root / "folder").mkdir(parents=True)
    (root / "link.yaml").symlink_to(tmp_path / "outside.txt")
    for path in ("folder", "missing.yaml", "link.yaml", "../outside.txt"):
        told = tell_problem(error(Place(path), "CD006", "odd.", "Mend it."), root, colored=False)
        assert told == f"{path}:1:1: odd. Mend it.\n    CD006, see docs/problems/CD006.md"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b31m", "\\x9b31m"),
        ("a\x07\b\x00\x7f", "a\\x07\\x08\\x00\\x7f"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("a\u202eb\u2066c\u200bd", "a\\u202eb\\u2066c\\u200bd"),
        ("a\u2028b", "a\\u2028b"),
        ("한국어 “é” — 🙂", "한국어 “é” — 🙂"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_an_escape(text, escaped):
    assert shown(text) == escaped


def test_no_control_character_of_a_card_reaches_the_terminal(tell):
    told = "".join(tell("a\x1b]0;title\x07b\x9b2J\x7f", 1, 3, "“a\x1b[2J” is odd."))
    assert "\x1b" not in told
    assert told.isprintable()
    assert "\\x1b[2J” is odd." in told
    assert "a\\x1b]0;title\\x07b\\x9b2J\\x7f" in told


def test_color_marks_the_place_and_the_caret_and_nothing_else(tell):
    plain, painted = tell("status: x", 1, 9), tell("status: x", 1, 9, colored=True)
    assert painted[0] == plain[0].replace(f"{CARD}:1:9", f"\x1b[1m{CARD}:1:9\x1b[0m")
    assert painted[1] == plain[1]
    assert painted[2] == "    |         \x1b[31m^ CD024, see docs/problems/CD024.md\x1b[0m"


def on_terminal(site, *arguments, **environment):
    """Return what a command on *site* prints where stderr, and stdout too, is a real terminal."""
    pty = pytest.importorskip("pty", reason="there are no such terminals on Windows")
    here, there = pty.openpty()
    command = [sys.executable, str(BUILD), *arguments, "--root", str(site.root)]
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(command, stdout=there, stderr=there, env={**plain, **environment}) as running:
        os.close(there)
        printed = b""
        try:
            while part := os.read(here, 4096):
                printed += part
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(here)
    return running.returncode, printed.decode().replace("\r\n", "\n").splitlines()


@pytest.fixture
def broken(site):
    site.claim("bridge-cost", status="unverifed")
    return site


@pytest.mark.parametrize(
    ("command", "last"),
    [
        (["build"], "1 error, 1 warning. Nothing was written."),
        (["check"], "1 claim, 1 source: 1 error, 1 warning."),
        (["lock"], "1 error, 1 warning. Nothing was written."),
        (["rename", "topic", "bridge", "span"], "1 error. Nothing was written."),
    ],
)
def test_a_terminal_shows_the_line_and_last_of_all_the_count(broken, command, last):
    code, lines = on_terminal(broken, *command, NO_COLOR="1")
    assert code == 1
    assert "  3 | status: unverifed\n    |         ^ CD024, see docs/problems/CD024.md" in "\n".join(lines)
    assert lines[-1] == last
    assert "\x1b" not in "".join(lines)


def test_a_terminal_has_colors_unless_no_color_is_set(broken):
    _, lines = on_terminal(broken, "check")
    assert f"\x1b[1m{CARD}:3:9\x1b[0m: status" in "\n".join(lines)
    _, lines = on_terminal(broken, "check", NO_COLOR="")
    assert "\x1b[31m^" in "\n".join(lines)

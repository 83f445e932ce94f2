"""What hurried hands do to the text of a card.  Whether what comes of it is still valid, nobody knows."""

import re
from collections.abc import Callable
from random import Random

Edit = Callable[[list[str], Random], list[str]]
TYPED = (  # what gets into the middle of a line
    *("\t", "  ", '"', "'", "“", "”", "’", ": ", ":", ",", "[", "]", "{", "}", "#", " # ", " #5", "- ", "&", "*", "!"),
    *(
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "\\",
        "🌉",
        "\u202e",
        "\u200f",
        "\u200b",
        "\ufeff",
        "\u00a0",
        "\u00ad",
        "\x00",
        "\x1b[2J",
    ),
    *(
        "\x07",
        "\u2028",
        "\x85",
        "\r",
        "\x0b",
        "<b>fresh</b>",
        '<span style="color:red">',
        "<!-- -->",
        "&nbsp;",
        "é",
        "٣",
        "한",
    ),
    *("{{ 1 }}", "{% if %}", "null", "~", "true", "---", "...", "../", "x" * 5000, "[" * 60, "&#x202e;"),
)


def _change_one(change: Callable[[str, Random], str]) -> Edit:
    """Return the edit that changes one line."""

    def edit(lines: list[str], chance: Random) -> list[str]:
        number = chance.randrange(len(lines))
        return [*lines[:number], change(lines[number], chance), *lines[number + 1 :]]

    return edit


def _type_something(line: str, chance: Random) -> str:
    place = chance.randint(0, len(line))
    return line[:place] + chance.choice(TYPED) + line[place:]


def _lose_a_letter(line: str, chance: Random) -> str:
    place = chance.randrange(len(line) or 1)
    return line[:place] + line[place + 1 :]


def _swap_two_letters(line: str, chance: Random) -> str:
    place = chance.randrange(max(1, len(line) - 1))
    return line[:place] + line[place : place + 2][::-1] + line[place + 2 :]


def _misspell_the_name(line: str, chance: Random) -> str:
    match = re.match(r"[\s-]*(\w+):", line)
    if not match:
        return line.upper()
    place = chance.randrange(match.start(1), match.end(1))
    return line[:place] + chance.choice(["", "x", line[place].upper()]) + line[place + 1 :]


def _lose(mark: str, instead: str = "") -> Edit:
    """Return the edit that loses one *mark*, or types another one *instead*."""

    def edit(lines: list[str], chance: Random) -> list[str]:
        text = "\n".join(lines)
        spots = [match.start() for match in re.finditer(re.escape(mark), text)]
        if not spots:
            return lines[::-1]
        spot = chance.choice(spots)
        return (text[:spot] + instead + text[spot + len(mark) :]).split("\n")

    return edit


def _delete_a_line(lines: list[str], chance: Random) -> list[str]:
    number = chance.randrange(len(lines))
    return [*lines[:number], *lines[number + 1 :]]


def _repeat_a_line(lines: list[str], chance: Random) -> list[str]:
    number = chance.randrange(len(lines))
    return [*lines[:number], lines[number], *lines[number:]]


def _swap_two_lines(lines: list[str], chance: Random) -> list[str]:
    number = chance.randrange(max(1, len(lines) - 1))
    return [*lines[:number], *lines[number : number + 2][::-1], *lines[number + 2 :]]


def _move_a_line(lines: list[str], chance: Random) -> list[str]:
    rest = _delete_a_line(lines, chance)
    line = next((line for line in lines if line not in rest), "")
    number = chance.randint(0, len(rest))
    return [*rest[:number], line, *rest[number:]]


def _break_a_line(lines: list[str], chance: Random) -> list[str]:
    number = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[number]))
    return [*lines[:number], lines[number][:place], lines[number][place:], *lines[number + 1 :]]


def _lose_the_rest(lines: list[str], chance: Random) -> list[str]:
    text = "\n".join(lines)
    return text[: chance.randint(0, len(text))].split("\n")


EDITS: dict[str, Edit] = {
    "a line is deleted": _delete_a_line,
    "a line is there twice": _repeat_a_line,
    "two lines change places": _swap_two_lines,
    "a line is moved": _move_a_line,
    "a line is broken in two": _break_a_line,
    "the rest of the file is lost": _lose_the_rest,
    "a line is indented": _change_one(lambda line, chance: " " * chance.randint(1, 5) + line),
    "a line is indented by a tab": _change_one(lambda line, _: "\t" + line.lstrip()),
    "a line loses its indentation": _change_one(lambda line, _: line.lstrip()),
    "a line loses its dash": _change_one(lambda line, _: line.replace("- ", "", 1)),
    "a line is in capitals": _change_one(lambda line, _: line.upper()),
    "something is typed into a line": _change_one(_type_something),
    "a letter is lost": _change_one(_lose_a_letter),
    "two letters change places": _change_one(_swap_two_letters),
    "a name is misspelt": _change_one(_misspell_the_name),
    "a value is lost": _change_one(lambda line, _: line.split(":", 1)[0] + ":"),
    "a value is in smart quotes": _change_one(lambda line, _: re.sub(r": (.*)$", r": “\1”", line)),
    "a quote opens and does not close": _change_one(lambda line, _: re.sub(r": (.*)$", r': "\1', line)),
    "the space behind a colon is lost": _lose(": ", ":"),
    "a colon is a comma": _lose(":", ","),
    "a bracket is lost": _lose("["),
    "a bracket is not closed": _lose("]"),
    "a brace is lost": _lose("{"),
    "a brace is not closed": _lose("}"),
    "a comma is lost": _lose(","),
    "a comma is a semicolon": _lose(",", ";"),
    "a hyphen is a dash": _lose("-", "–"),
    "a hyphen is lost": _lose("-"),
    "a digit is a letter": _lose("0", "O"),
    "two cards in one file": lambda lines, _: [*lines, "---", *lines],
    "two cards in one file, one below the other": lambda lines, _: [*lines, *lines],
    "the file is empty": lambda _, chance: chance.choice([[""], ["# later"], ["---"], ["null"], ["a text"], ["[]"]]),
    "a mail is pasted": lambda lines, _: ["<html><body><p>Dear desk,", "see: below &mdash; thanks!</p>", *lines],
}
SAVED_AS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-8 with Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "UTF-8 with the line ends of old": lambda text: text.replace("\n", "\r").encode(),
    "UTF-8 with a mark in front": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Latin-1": lambda text: text.encode("latin-1", "replace") + b"\xe9\n",
}


def clumsily_edited(text: str, chance: Random) -> tuple[str, bytes]:
    """Return what was done to *text*, and the file that came of it: mostly one edit, now and then more."""
    names = chance.choices(list(EDITS), k=chance.choice([1, 1, 1, 2, 3]))
    lines = text.split("\n")
    for name in names:
        lines = EDITS[name](lines or [""], chance)
    saved = chance.choice([*["UTF-8"] * 14, *list(SAVED_AS)[1:]])
    return ", ".join([*names, saved]), SAVED_AS[saved]("\n".join(lines))

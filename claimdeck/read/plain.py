"""Read the plainest YAML fast: what most cards are written in.  Whatever is not surely such is left to libyaml.

It can be deleted, with its call in `content.py`: it only saves time.  It notes no places and finds no problem;
tests hold its values against those of libyaml.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

from claimdeck.read.documents import NULLS

C = TypeVar("C", list[Any], dict[str, Any])
LINE = re.compile(r"( *+)(- ++)?+(?:([a-z][a-z0-9_-]*+):(?: ++|$))?+(.*+)\n", re.MULTILINE)
FLOW_FIELD = re.compile(r"([a-z][a-z0-9_-]{0,60}): +")
FLOW_WORDS = re.compile(r"""([^-?:,\[\]{}#&*!|>'"%@` \n](?:[^?:,\[\]{}#\n]*[^?:,\[\]{}# \n])?) *""")  # inside brackets
QUOTED = re.compile(r"""(?:"([^"\\]*)"|'((?:[^']|'')*)') *""")
INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")  # what a plain text cannot begin with, or only sometimes
BLOCKS = frozenset({"|", "|-", ">", ">-"})
LONGEST_NAME = 60
DEPTH = 6  # collections in each other
MOST = 300  # fields of a group, entries of a list
LONGEST = 100_000  # letters of a file
LINE_BREAKS = re.compile(r"\n(\n*)")
END = "---"  # stands behind the last line: neither a field nor an entry


class _NotPlainError(Exception):
    """The text is not surely plain."""


def parse_plain(text: str) -> dict[str, Any] | None:
    """Return the fields that the plain YAML *text* holds; None where it is not plain, which tells nothing more."""
    if len(text) > LONGEST:
        return None
    lines = text.split("\n")
    if lines[-1] or " \n" in text or not "".join(lines).isprintable():  # tabs, breaks of other kinds, hidden letters
        return None
    lines[-1] = END
    reader = _Reader(lines, LINE.findall(f"{text}{END}\n"))
    try:
        fields = reader.mapping(0, 1)
    except _NotPlainError:
        return None
    return fields if fields and reader.at == len(lines) - 1 else None


class _Reader:
    """Reads values from *lines*, beginning *at* one; a line that fits nowhere is left where it is.

    The *parts* of a line are its indentation, dash, field name and the rest.
    """

    def __init__(self, lines: list[str], parts: list[tuple[str, str, str, str]]) -> None:
        self.lines = lines
        self.parts = parts
        self.at = 0

    def mapping(self, indent: int, depth: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while True:
            spaces, dash, name, rest = self.parts[self.at]
            if dash or not name or len(spaces) != indent:
                break
            if name in fields or name in NULLS or len(name) > LONGEST_NAME:
                raise _NotPlainError
            fields[name] = self.value(rest, indent, depth) if rest else self.nested(indent, depth)
        return _checked(fields)

    def sequence(self, indent: int, depth: int) -> list[Any]:
        entries: list[Any] = []
        while True:
            spaces, dash, name, rest = self.parts[self.at]
            if not dash or len(spaces) != indent:
                break
            if name:
                column = indent + len(dash)
                self.parts[self.at] = " " * column, "", name, rest
                entries.append(self.mapping(column, depth + 1))
            else:
                entries.append(self.value(rest, indent, depth))
        return _checked(entries)

    def value(self, rest: str, indent: int, depth: int) -> Any:
        """Return the value that is or begins with the *rest* of this line, which belongs to a name or dash there."""
        self.at += 1
        value: Any
        if rest[0] not in INDICATORS:
            value = self.words(rest, indent)
        elif rest in BLOCKS:
            value = self.block(rest, indent)
        else:
            value, end = _flow(f"{rest}\n", 0, depth)
            if end != len(rest):
                raise _NotPlainError
        while not self.lines[self.at]:
            self.at += 1
        return value

    def nested(self, indent: int, depth: int) -> Any:
        """Return the collection on the lines below a name indented by *indent*; None where there is none."""
        if depth == DEPTH:
            raise _NotPlainError
        self.at += 1
        while not self.lines[self.at]:
            self.at += 1
        spaces, dash, name, _ = self.parts[self.at]
        if dash and len(spaces) >= indent:
            return self.sequence(len(spaces), depth + 1)
        if name and not dash and len(spaces) > indent:
            return self.mapping(len(spaces), depth + 1)
        return None

    def words(self, words: str, indent: int) -> str | None:
        """Return a plain text, which goes on in the lines that are indented by more than *indent*."""
        if ": " in words or " #" in words or words[-1] == ":":
            raise _NotPlainError
        deeper = " " * (indent + 1)
        while (line := self.lines[self.at]).startswith(deeper):
            more = line.lstrip(" ")
            if more[0] in INDICATORS or ": " in more or " #" in more or more[-1] == ":":
                raise _NotPlainError
            words = f"{words} {more}"
            self.at += 1
        return None if words in NULLS else words

    def block(self, style: str, indent: int) -> str:
        """Return the text of a block; *style* begins it."""
        start, margin = self.at, self.parts[self.at][0]
        if len(margin) <= indent:
            raise _NotPlainError
        while (line := self.lines[self.at]).startswith(margin) or not line:
            self.at += 1
        lines = [line[len(margin) :] for line in self.lines[start : self.at]]
        text = "\n".join(lines).rstrip("\n")
        if style[0] == ">":
            if any(line.startswith(" ") for line in lines):
                raise _NotPlainError
            text = LINE_BREAKS.sub(lambda breaks: breaks[1] or " ", text)
        return text if style.endswith("-") else text + "\n"


def _flow(text: str, at: int, depth: int) -> tuple[Any, int]:
    """Return the value in brackets, quotes or neither that begins *at* an index of *text*, and where it ends."""
    if words := FLOW_WORDS.match(text, at):
        return None if words[1] in NULLS else words[1], words.end()
    if quoted := QUOTED.match(text, at):
        return quoted[1] if quoted[2] is None else quoted[2].replace("''", "'"), quoted.end()
    if text[at] not in "[{" or depth == DEPTH:
        raise _NotPlainError
    collection = _flow_sequence if text[at] == "[" else _flow_mapping
    return collection(text, _behind_spaces(text, at + 1), depth + 1)


def _flow_sequence(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    entries: list[Any] = []
    while text[at] != "]":
        entry, at = _flow(text, at, depth)
        entries.append(entry)
        at = _behind_comma(text, at, "]")
    return _checked(entries), _behind_spaces(text, at + 1)


def _flow_mapping(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    fields: dict[str, Any] = {}
    while text[at] != "}":
        name = FLOW_FIELD.match(text, at)
        if not name or name[1] in fields or name[1] in NULLS:
            raise _NotPlainError
        fields[name[1]], at = _flow(text, name.end(), depth)
        at = _behind_comma(text, at, "}")
    return _checked(fields), _behind_spaces(text, at + 1)


def _behind_comma(text: str, at: int, closing: str) -> int:
    """Return where the next entry begins; the *closing* bracket stays to be read."""
    if text[at] == ",":
        return _behind_spaces(text, at + 1)
    if text[at] != closing:
        raise _NotPlainError
    return at


def _behind_spaces(text: str, at: int) -> int:
    while text[at] == " ":
        at += 1
    return at


def _checked(collection: C) -> C:
    if len(collection) > MOST:
        raise _NotPlainError
    return collection

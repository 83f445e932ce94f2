"""Parse YAML into plain values that know their lines.  Knows nothing of cards.

Scalars stay the text that the editor typed (`no`, `12:30`, `1.10`); only an empty value, `~` and
`null` are None.  Keys given twice, aliases, tags and deep nesting are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from claimdeck.model.problems import Place, Problem, error, escaped, shortened, softened
from claimdeck.read.faults import explain_fault
from claimdeck.read.files import place_behind
from claimdeck.read.places import Loc, Places, Spot

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEPTH = 12
MOST_ENTRIES, MOST_FIELDS = 1000, 300  # of one list, of one group: far more than any card needs
MOST_VALUES = 50_000  # of one document, lists and groups counted
MOST_REPEATED = 2  # fields given twice that are told one by one; more of them are a card pasted below another
UNTAGGED = (None, "!")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
FORBIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
NUMBER_SIGN = re.compile(r"[ \t]+(#\w.*)")


@dataclass
class Document:
    """One parsed file: its value (None where it could not be read), places and problems."""

    value: Any
    places: Places
    problems: list[Problem]


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse_document(text: str, path: str, first_line: int = 1) -> Document:
    """Return what the YAML *text* of the file *path* says; its first line is line *first_line* there."""
    places = Places(path)
    builder = _Builder(places, first_line, text)
    hidden = list(find_forbidden(text, path, first_line))
    if hidden:
        return Document(None, places, hidden)
    try:
        value = builder.build(iter(LOADER(text).get_event, None))
    except _RefusedError as refused:
        return Document(None, places, [*builder.problems, refused.problem])
    except yaml.MarkedYAMLError as fault:
        return Document(None, places, [*builder.problems, explain_fault(fault, path, first_line, builder.lines)])
    return Document(value, places, builder.problems)


def find_forbidden(text: str, path: str, first_line: int = 1) -> Iterator[Problem]:
    """Yield a problem for each character of *text* that nobody can see (at most five)."""
    for count, match in enumerate(FORBIDDEN.finditer(text)):
        if count == 5:
            return
        yield error(
            place_behind(text[: match.start()], path, first_line),
            "CD004",
            f"there is an invisible character here (U+{ord(match[0]):04X}).",
            "Delete it, and type the text around it anew: it can make a text read as something else.",
        )


class _Builder:
    """Builds the values of one document from libyaml's events, noting where each stands."""

    def __init__(self, places: Places, first_line: int, text: str) -> None:
        self.places = places
        self.lines = text.splitlines()
        self.has_comments = " #" in text or "\t#" in text  # behind a text: others end none
        self.first_line = first_line
        self.values = 0
        self.problems: list[Problem] = []

    def build(self, events: Iterator[Any]) -> Any:
        self.events = events
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refusal(
                        event,
                        "a second document begins here.",
                        "Keep one card in a file; delete the line ---.",
                    )
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                value = self.value(event, ())
        return value

    def value(self, event: Any, loc: Loc) -> Any:
        if event.anchor or event.tag not in UNTAGGED or len(loc) > DEPTH:
            raise self.refused_value(event)
        self.values += 1
        if self.values > MOST_VALUES:
            raise self.refusal(event, f"this file holds more than {MOST_VALUES:,} values.", "Split it.")
        self.places.values[loc] = self.spot(event)
        if type(event) is yaml.ScalarEvent:
            return self.scalar(event, loc)
        return self.mapping(loc) if type(event) is yaml.MappingStartEvent else self.sequence(loc)

    def refused_value(self, event: Any) -> _RefusedError:
        """Return why the value that *event* begins is refused: an alias, an anchor, a tag, or nested too deeply."""
        if isinstance(event, yaml.AliasEvent):
            return self.refusal(
                event,
                "a reference (*name) stands here.",
                "Write the value out, or put a text that begins with * in quotes.",
            )
        if event.anchor:
            hint = "Write the value itself; put a text that begins with & in quotes."
            return self.refusal(event, f"an anchor (&{event.anchor}) stands here.", hint)
        if event.tag not in UNTAGGED:
            hint = "Write plain text, lists and fields; put a text that begins with ! in quotes."
            return self.refusal(event, f"a tag ({escaped(event.tag)}) stands here.", hint)
        return self.refusal(
            event, "this is nested too deeply.", "Write it with fewer brackets or steps of indentation."
        )

    def mapping(self, loc: Loc) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        again: list[tuple[Any, str]] = []
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            if type(event) is not yaml.ScalarEvent:
                raise self.refusal(
                    event,
                    "a field's name must be a word.",
                    "Put a text that begins with [, {, * or & in quotes.",
                )
            name = self.scalar(event, loc) or ""
            if name in fields:
                told = self.value(next(self.events), (*loc, name, "again"))
                again += [] if name.isdigit() and told is None else [(event, name)]  # 4,000,000 in braces: told once
                continue
            if len(fields) == MOST_FIELDS:
                raise self.refusal(event, f"this group has more than {MOST_FIELDS} fields.", "Take some out.")
            here = (*loc, name)
            self.places.keys[here] = self.spot(event)
            fields[name] = self.value(next(self.events), here)
        self.problems += self.repeated(again)
        return fields

    def repeated(self, again: list[tuple[Any, str]]) -> Iterator[Problem]:
        """Yield that names are given *again*, each with its event; many of them are one mistake."""
        if len(again) > MOST_REPEATED:
            event, name = again[0]
            message = f"“{name}” is given twice, and so are {len(again) - 1} other fields: a second card begins here."
            yield error(self.place(event), "CD003", message, "Keep one card in a file.")
        else:
            for event, name in again:
                yield error(self.place(event), "CD003", f"“{name}” is given twice.", "Keep one of the two.")

    def sequence(self, loc: Loc) -> list[Any]:
        entries: list[Any] = []
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            if len(entries) == MOST_ENTRIES:
                raise self.refusal(event, f"this list has more than {MOST_ENTRIES:,} entries.", "Split the card.")
            entries.append(self.value(event, (*loc, len(entries))))
        return entries

    def scalar(self, event: Any, loc: Loc) -> str | None:
        text: str = event.value
        if event.style in {"|", ">"}:
            self.places.first_lines[loc] = self.block(event)
        if self.has_comments:
            self.problems += self.cut_off(event)
        if not event.style and text in NULLS:
            return None
        if event.style == '"' and (match := FORBIDDEN.search(text)):  # written as an escape: \u202e
            raise self.refusal(
                event,
                f"this text hides an invisible character (U+{ord(match[0]):04X}).",
                "Delete the escape.",
            )
        return text

    def cut_off(self, event: Any) -> Iterator[Problem]:
        """Yield a note where a comment begins as “#5” does: perhaps it was meant as a part of the text before it."""
        line, column = event.end_mark.line, event.end_mark.column
        rest = NUMBER_SIGN.match(self.lines[line], column) if not event.style and line < len(self.lines) else None
        if rest:
            place = Place(self.places.path, self.first_line + line, rest.start(1) + 1)
            message = f"“{shortened(rest[1], 60)}” is a comment, and will not be published."
            hint = "Put the whole text in quotes if this belongs to it; begin a comment with “# ”."
            yield from softened([error(place, "CD007", message, hint)])

    def block(self, event: Any) -> Spot:
        """Return the first line of the block that *event* is, and the indentation of its text."""
        number = event.start_mark.line + 1
        first = next((line for line in self.lines[number:] if line.strip()), "")
        return self.first_line + number, len(first) - len(first.lstrip(" "))

    def spot(self, event: Any) -> Spot:
        mark = event.start_mark
        return self.first_line + mark.line, mark.column + 1

    def place(self, event: Any) -> Place:
        return Place(self.places.path, *self.spot(event))

    def refusal(self, event: Any, message: str, hint: str) -> _RefusedError:
        return _RefusedError(error(self.place(event), "CD002", message, hint))

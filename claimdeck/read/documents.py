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

from claimdeck.model.problems import Place, Problem, error
from claimdeck.read.places import Loc, Places, Spot

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEPTH = 12
MOST_ENTRIES, MOST_FIELDS = 1000, 300  # of one list, of one group: far more than any card needs
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
FORBIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
FAULTS = (  # what libyaml says → what we say, what to do
    (
        "mapping values are not allowed",
        "a colon followed by a space ends a field's name here",
        'Put the whole text in quotes: "Kursk: a report".',
    ),
    (
        "found character that cannot start any token",
        "a text cannot begin with this character",
        "Put the whole text in quotes; indent with spaces, not tabs.",
    ),
    ("found a tab character", "there is a tab where spaces belong", "Indent with spaces."),
    (
        "found unexpected end of stream",
        "a quotation mark that opens here is never closed",
        "Close it at the end of the text.",
    ),
    (
        "found unexpected document indicator",
        "a quotation mark that opens here is never closed",
        "Close it at the end of the text.",
    ),
    (
        "could not find expected ':'",
        "a field here lacks its colon, or the space behind it",
        "Write `field: value`, and indent the lines of a long text.",
    ),
    (
        "did not find expected key",
        "this line does not fit the lines before it",
        "Check its indentation, and that a text in quotes ends with them.",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not fit the list before it",
        "Begin every entry with “- ”, all at one indentation.",
    ),
    (
        "did not find expected node content",
        "a bracket opens here and is not closed",
        "Close it, or put the text in quotes.",
    ),
    (
        "did not find expected ',' or",
        "a list in brackets goes on here without a comma or its end",
        "Separate its entries by commas and close the bracket.",
    ),
    ("did not find expected alphabetic", "a text cannot begin with * or &", "Put the whole text in quotes."),
    ("did not find expected whitespace", "a text cannot begin with !", "Put the whole text in quotes."),
    (
        "unknown escape character",
        "a backslash inside double quotes starts an escape that does not exist",
        "Use single quotes, or write \\\\ for a backslash.",
    ),
)


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
    builder = _Builder(places, first_line, text.splitlines())
    hidden = list(find_forbidden(text, path, first_line))
    if hidden:
        return Document(None, places, hidden)
    try:
        value = builder.build(yaml.parse(text, Loader=LOADER))
    except _RefusedError as refused:
        return Document(None, places, [*builder.problems, refused.problem])
    except yaml.MarkedYAMLError as fault:
        return Document(None, places, [*builder.problems, explain_fault(fault, path, first_line)])
    return Document(value, places, builder.problems)


def find_forbidden(text: str, path: str, first_line: int = 1) -> Iterator[Problem]:
    """Yield a problem for each character of *text* that nobody can see (at most five)."""
    for count, match in enumerate(FORBIDDEN.finditer(text)):
        if count == 5:
            return
        before = text[: match.start()]
        line = before.count("\n")
        place = Place(path, first_line + line, match.start() - (before.rfind("\n") + 1) + 1)
        yield error(
            place,
            "CD004",
            f"there is an invisible character here (U+{ord(match[0]):04X}).",
            "Delete it, and type the text around it anew: it can make a text read as something else.",
        )


def explain_fault(fault: yaml.MarkedYAMLError, path: str, first_line: int) -> Problem:
    """Return *fault*, libyaml's words, as a problem in ours."""
    said = f"{fault.context or ''} {fault.problem or ''}"
    unclosed = "quoted scalar" in said and ("end of stream" in said or "document indicator" in said)
    begins_before = unclosed or "could not find expected ':'" in said  # the mark of the fault itself lies behind it
    mark = fault.context_mark if begins_before and fault.context_mark else fault.problem_mark or fault.context_mark
    place = Place(path, first_line + mark.line, mark.column + 1) if mark else Place(path, first_line, 1)
    for theirs, ours, hint in FAULTS:
        if theirs in said:
            return error(place, "CD002", f"this is not YAML: {ours}.", hint)
    return error(
        place,
        "CD002",
        f"this is not YAML: {(fault.problem or said).strip()}.",
        "Check quotes, colons and indentation around here.",
    )


class _Builder:
    """Builds the values of one document from libyaml's events, noting where each stands."""

    def __init__(self, places: Places, first_line: int, lines: list[str]) -> None:
        self.places = places
        self.lines = lines
        self.first_line = first_line
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
        if isinstance(event, yaml.AliasEvent):
            raise self.refusal(
                event,
                "a reference (*name) stands here.",
                "Write the value out, or put a text that begins with * in quotes.",
            )
        if event.anchor:
            hint = "Write the value itself; put a text that begins with & in quotes."
            raise self.refusal(event, f"an anchor (&{event.anchor}) stands here.", hint)
        if event.tag not in (None, "!"):
            hint = "Write plain text, lists and fields; put a text that begins with ! in quotes."
            raise self.refusal(event, f"a tag ({event.tag}) stands here.", hint)
        if len(loc) > DEPTH:
            raise self.refusal(
                event, "this is nested too deeply.", "Write it with fewer brackets or steps of indentation."
            )
        self.places.values[loc] = self.spot(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(loc)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(loc)
        return self.scalar(event, loc)

    def mapping(self, loc: Loc) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self.refusal(
                    event,
                    "a field's name must be a word.",
                    "Put a text that begins with [, {, * or & in quotes.",
                )
            name = self.scalar(event, loc) or ""
            if name in fields:
                self.problems.append(
                    error(self.place(event), "CD003", f"“{name}” is given twice.", "Keep one of the two.")
                )
                self.value(next(self.events), (*loc, name, "again"))
                continue
            if len(fields) == MOST_FIELDS:
                raise self.refusal(event, f"this group has more than {MOST_FIELDS} fields.", "Take some out.")
            self.places.keys[*loc, name] = self.spot(event)
            fields[name] = self.value(next(self.events), (*loc, name))
        return fields

    def sequence(self, loc: Loc) -> list[Any]:
        entries: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            if len(entries) == MOST_ENTRIES:
                raise self.refusal(event, f"this list has more than {MOST_ENTRIES:,} entries.", "Split the card.")
            entries.append(self.value(event, (*loc, len(entries))))
        return entries

    def scalar(self, event: Any, loc: Loc) -> str | None:
        text: str = event.value
        if event.style in {"|", ">"}:
            self.places.first_lines[loc] = self.block(event)
        if not event.style and text in NULLS:
            return None
        if match := FORBIDDEN.search(text):  # written as an escape: \u202e
            raise self.refusal(
                event,
                f"this text hides an invisible character (U+{ord(match[0]):04X}).",
                "Delete the escape.",
            )
        return text

    def block(self, event: Any) -> Spot:
        """Return the first line of the block that *event* is, and the indentation of its text."""
        number = event.start_mark.line + 1
        first = next((line for line in self.lines[number:] if line.strip()), "")
        return self.first_line + number, len(first) - len(first.lstrip(" "))

    def spot(self, event: Any) -> Spot:
        return self.first_line + event.start_mark.line, event.start_mark.column + 1

    def place(self, event: Any) -> Place:
        return Place(self.places.path, *self.spot(event))

    def refusal(self, event: Any, message: str, hint: str) -> _RefusedError:
        return _RefusedError(error(self.place(event), "CD002", message, hint))

"""Say in words for editors why a text is no YAML.  Parses nothing itself."""

from __future__ import annotations

import re
from typing import Any

import yaml

from claimdeck.model.problems import Place, Problem, error

WIDE_SPACE = re.compile("[ -]*[\u00a0\u2000-\u200a\u202f\u3000]")
OPENING = {mark: re.compile(rf"(?:^|[ \[{{,:-]){mark}") for mark in "'\""}
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
        "what begins with a bracket here lacks a comma or its end",
        "Separate its entries by commas and close the bracket.",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin on this line",
        "Begin it on a line of its own, or put a text that begins with a dash in quotes.",
    ),
    (
        "did not find expected <document start>",
        "this line does not fit the lines before it",
        "Begin all fields of a card in the first column.",
    ),
    (
        "found unexpected ':'",
        "a space is missing behind a colon, or a text in brackets holds one",
        "Write `field: value`, and put a text that holds a colon in quotes.",
    ),
    (
        "did not find expected comment or line break",
        "behind | or > a text begins on the next line",
        "Break the line, or put a text that begins with | or > in quotes.",
    ),
    ("expected directive name", "a text cannot begin with %", "Put the whole text in quotes."),
    ("did not find expected alphabetic", "a text cannot begin with * or &", "Put the whole text in quotes."),
    ("did not find expected whitespace", "a text cannot begin with !", "Put the whole text in quotes."),
    (
        "unknown escape character",
        "a backslash inside double quotes starts an escape that does not exist",
        "Use single quotes, or write \\\\ for a backslash.",
    ),
)


def explain_fault(fault: yaml.MarkedYAMLError, path: str, first_line: int, lines: list[str]) -> Problem:
    """Return *fault*, libyaml's words about *lines*, as a problem in ours."""
    said = f"{fault.context or ''} {fault.problem or ''}"
    opens: Any = fault.context_mark  # where what was not ended begins
    mark: Any = fault.problem_mark
    unclosed = "quoted scalar" in said and ("end of stream" in said or "document indicator" in said)
    unended = "while parsing a flow" in said and opens.line < mark.line
    if opens and (unclosed or unended or "could not find expected ':'" in said):
        mark = opens  # the mark of the fault itself lies behind it
    place = Place(path, first_line + mark.line, mark.column + 1)
    before = lines[mark.line][: mark.column] if mark.line < len(lines) else ""
    number = next((number for number, line in enumerate(lines[: mark.line + 1]) if WIDE_SPACE.match(line)), None)
    if number is not None:
        hint = "Delete what stands before its first letter, and type the spaces anew."
        what = "this line begins with a space that YAML does not know as one (a non-breaking one, for instance)"
        return error(Place(path, first_line + number, 1), "CD002", f"this is not YAML: {what}.", hint)
    if "did not find expected" in said and _ends_with_quotes(before):
        hint = 'Put the whole text in quotes of the other kind: \'"New" bridge\' or "the mayor\'s word".'
        return error(place, "CD002", "this is not YAML: a text in quotes goes on behind them.", hint)
    for theirs, ours, hint in FAULTS:
        if theirs in said:
            return error(place, "CD002", f"this is not YAML: {ours}.", hint)
    return error(
        place,
        "CD002",
        f"this is not YAML: {(fault.problem or said).strip()}.",
        "Check quotes, colons and indentation around here.",
    )


def _ends_with_quotes(before: str) -> bool:
    """Whether a text in quotes ends what stands *before* a fault on its line."""
    text = before.rstrip()
    return text[-1:] in OPENING and bool(OPENING[text[-1]].search(text[:-1]))

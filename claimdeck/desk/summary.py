"""RENDER what `check` found as Markdown, for the summary of a workflow.  Judges nothing and prints nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimdeck.judge.lock import Change
from claimdeck.model.problems import Problem

HEADINGS = {"added": "Claims added", "status": "Statuses changed"}
HEADINGS |= dict.fromkeys(("correction", "update", "clarification"), "Corrections")
OTHERWISE = "Other changes"
LISTED_AT_MOST = 200  # under one heading: GitHub refuses a summary of more than 1 MiB
SPECIAL = re.compile(
    r"([\\`*_\[\]<>&~|$#@!]|(?<=www)\.|:(?=//))", re.IGNORECASE
)  # a card may come from a stranger: no links, pictures, HTML


def render_summary(problems: Sequence[Problem], changes: Sequence[Change] | None) -> str:
    """Return *changes* (None: nobody asked) and *problems* as Markdown, most important first."""
    lines = [] if changes is None else ["## What changes for readers", *_told_changes(changes)]
    lines += ["", "## Problems", *_told_problems(sorted(problems, key=lambda problem: -problem.severity))]
    return "\n".join(lines).lstrip() + "\n"


def _told_changes(changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        yield from ["", "Nothing."]
    for heading in [*dict.fromkeys(HEADINGS.values()), OTHERWISE]:
        found = [change for change in changes if HEADINGS.get(change.kind, OTHERWISE) == heading]
        if found:
            yield from ["", f"### {heading} ({len(found)})", ""]
            yield from _cut([_told_change(change) for change in found])


def _told_change(change: Change) -> str:
    kind = "" if change.kind in {"added", "status"} else f"{change.kind}: "
    return f"- **{_escaped(change.claim)}**: {kind}{_escaped(change.words)}"


def _told_problems(problems: Sequence[Problem]) -> Iterator[str]:
    yield ""
    if not problems:
        yield "None."
    words = (f"{_escaped(f'{problem.message} {problem.hint}')}" for problem in problems)
    places = (f"**{problem.severity.word}** {_escaped(str(problem.place))}" for problem in problems)
    yield from _cut([f"- {place}: {told}" for place, told in zip(places, words, strict=True)])


def _cut(entries: list[str]) -> list[str]:
    rest = len(entries) - LISTED_AT_MOST
    return entries if rest <= 0 else [*entries[:LISTED_AT_MOST], f"- … and {rest} more"]


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))

"""Problems: what is wrong with what an editor wrote, and where.  Prints nothing, raises nothing itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import IntEnum
from heapq import nlargest
from typing import Any

NEAR = 0.6  # share of letters that two words have in common, in order, when one may be meant by the other
MOST_COMPARED = 100  # words, those with the most letters in common
LONGEST_WORD = 200  # letters; a longer one is no misspelt word
MOST_SOUGHT = 200_000  # words that are looked at in all for a run's suggestions


class Severity(IntEnum):
    """How much a problem weighs: an error stops a build, a warning only with --strict, a note never."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The severity as messages and exports write it."""
        return self.name.lower()


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file: its path below the site's root, line and column, both from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One mistake: its place, what is wrong (*message*) and what to do (*hint*)."""

    place: Place
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        word = "" if self.severity is Severity.ERROR else f"{self.severity.word}: "
        return f"{self.place}: {word}{self.message} {self.hint}".rstrip()

    def as_json(self) -> dict[str, str | int]:
        """The problem as `check --format json` prints it."""
        return {
            "file": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "severity": self.severity.word,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Problem:
        """Return the problem that `as_json` gave as *told*."""
        place = Place(told["file"], told["line"], told["column"])
        return cls(place, told["code"], told["message"], told["hint"], Severity[told["severity"].upper()])


class SiteError(Exception):
    """The content cannot be published; holds every problem found, warnings and notes included."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)


class UsageError(Exception):
    """The command was called in a way that cannot work; its text says what to do."""


class RefusedError(UsageError):
    """What the command was asked for cannot be had: it was called rightly, and ends with 1."""


def error(place: Place, code: str, message: str, hint: str) -> Problem:
    """Return a problem that stops a build."""
    return Problem(place, code, message, hint)


def warning(place: Place, code: str, message: str, hint: str) -> Problem:
    """Return a problem that stops a build only with --strict."""
    return Problem(place, code, message, hint, Severity.WARNING)


def softened(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* as notes: those of a draft, which never fail a build."""
    return [replace(problem, severity=Severity.NOTE) for problem in problems]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* by file and line, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place, -p.severity, p.code, p.message))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* words that *word* was probably meant to be."""
    if len(word) > LONGEST_WORD:
        return None
    matcher = SequenceMatcher(None, b=word.lower())
    likely = []
    for other in known:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= NEAR and (at_best := matcher.quick_ratio()) >= NEAR:
            likely.append((at_best, other))
    best = 0.0, ""
    for at_best, other in nlargest(MOST_COMPARED, likely):
        if at_best < best[0]:
            break
        matcher.set_seq1(other)
        best = max(best, (matcher.ratio(), other))
    return best[1] if best[0] >= NEAR else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return “Did you mean …?” for the nearest of *known* words, else *otherwise*."""
    near = nearest(word, known)
    return f"Did you mean “{near}”?" if near else otherwise


class Suggestions:
    """Tells what was probably meant, until so many words were looked at that a run would take long."""

    def __init__(self) -> None:
        self.left = MOST_SOUGHT

    def __call__(self, word: str, known: Collection[str], otherwise: str = "") -> str:
        """Return “Did you mean …?” for the nearest of *known* words; *otherwise* where there is none, or too late."""
        self.left -= len(known)
        return did_you_mean(word, known, otherwise) if self.left >= 0 else otherwise


def escaped(text: str) -> str:
    """Return *text* without what a terminal would obey and what is no letter: such characters become escapes."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def shortened(text: str, length: int = 200) -> str:
    """Return *text* as a message may show it: cut where it is longer than *length*."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Return *words* as a phrase: “a”, “a and b”, “a, b and c”."""
    known = list(words)
    return f" {joint} ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)

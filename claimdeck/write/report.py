"""What a build did.  Does nothing."""

from __future__ import annotations

from dataclasses import dataclass

from claimdeck.model.problems import Problem


@dataclass(frozen=True)
class Written:
    """How many files of the output were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


@dataclass(frozen=True)
class Report:
    """What a build did, and the warnings and notes that did not stop it."""

    claims: int
    sources: int
    output: Written
    problems: list[Problem]

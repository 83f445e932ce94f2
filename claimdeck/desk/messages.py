"""Problems as lines of text: for people, for a workflow, for another program.  Prints nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence

from claimdeck.model.problems import Problem

SHOWN_AT_MOST = 100


def json_lines(problems: Sequence[Problem]) -> list[str]:
    """Return *problems* as the lines of a JSON list of objects."""
    return ("[" + ",\n".join(json.dumps(problem.as_json(), ensure_ascii=False) for problem in problems) + "]").split(
        "\n"
    )


def github_lines(problems: Sequence[Problem]) -> list[str]:
    """Return *problems* as GitHub shows them at their lines.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    lines = []
    for problem in problems:
        level = {"error": "error", "warning": "warning"}.get(problem.severity.word, "notice")
        place = problem.place
        where = f"file={_property(place.path)},line={place.line},col={place.column},title={problem.code}"
        lines.append(f"::{level} {where}::{_escaped(f'{problem.message} {problem.hint}')}")
    return lines


def text_lines(problems: Sequence[Problem]) -> list[str]:
    """Return *problems* for people: at most 100 of them, errors never cut before others."""
    weighty = sorted(problems, key=lambda problem: -problem.severity)[:SHOWN_AT_MOST]
    lines = [str(problem) for problem in problems if problem in weighty]
    return lines + ([f"… and {len(problems) - SHOWN_AT_MOST} more."] if len(problems) > SHOWN_AT_MOST else [])


def count_problems(problems: Sequence[Problem]) -> str:
    """Return how many *problems* there are: “2 errors, 1 warning”, “no problems”."""
    words = [problem.severity.word for problem in problems]
    counts = [(words.count(word), word) for word in ("error", "warning", "note")]
    return ", ".join(counted(number, word) for number, word in counts if number) or "no problems"


def counted(number: int, word: str) -> str:
    """Return “1 claim”, “2 claims”."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")

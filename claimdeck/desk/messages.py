"""Problems as lines of text: for people, for a workflow, for another program.  Prints nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from claimdeck.model.problems import Problem

SHOWN_AT_MOST = 100


def json_lines(problems: Sequence[Problem]) -> list[str]:
    """Return *problems* as the lines of a JSON list of objects."""
    return ("[" + ",\n".join(json.dumps(problem.as_json(), ensure_ascii=False) for problem in problems) + "]").split(
        "\n"
    )


def github_lines(problems: Sequence[Problem]) -> list[str]:
    """Return *problems* as GitHub shows them at their lines: at most 100 of them, errors never cut before others.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    lines = []
    for problem in _weightiest(problems):
        level = {"error": "error", "warning": "warning"}.get(problem.severity.word, "notice")
        place = problem.place
        where = f"file={_property(place.path)},line={place.line},col={place.column},title={problem.code}"
        lines.append(f"::{level} {where}::{_escaped(f'{problem.message} {problem.hint}')}")
    return lines + _rest(problems)


def text_lines(problems: Sequence[Problem], told: Callable[[Problem], str]) -> list[str]:
    """Return *problems* for people, each as it is *told*: at most 100 of them, errors never cut before others."""
    return [told(problem) for problem in _weightiest(problems)] + _rest(problems)


def count_problems(problems: Sequence[Problem]) -> str:
    """Return how many *problems* there are: “2 errors, 1 warning”, “no problems”."""
    words = [problem.severity.word for problem in problems]
    counts = [(words.count(word), word) for word in ("error", "warning", "note")]
    return ", ".join(counted(number, word) for number, word in counts if number) or "no problems"


def counted(number: int, word: str) -> str:
    """Return “1 claim”, “2 claims”."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def _weightiest(problems: Sequence[Problem]) -> list[Problem]:
    """Return those of *problems* that are printed in full, in their order."""
    by_weight = sorted(range(len(problems)), key=lambda number: -problems[number].severity)
    return [problems[number] for number in sorted(by_weight[:SHOWN_AT_MOST])]


def _rest(problems: Sequence[Problem]) -> list[str]:
    return [f"… and {len(problems) - SHOWN_AT_MOST} more."] if len(problems) > SHOWN_AT_MOST else []


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")

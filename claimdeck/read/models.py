"""Fill a pydantic model from a parsed document: what is wrong is taken out, told, and the rest kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from claimdeck.model.problems import Problem, error, listed
from claimdeck.read.documents import Document, Loc, Places
from claimdeck.read.explain import explain, misspelt, written_loc

M = TypeVar("M", bound=BaseModel)
MOST_FAULTS = 50  # in one document; one with more counts as unreadable


def build_model(model: type[M], document: Document, noun: str, draft: bool = False) -> tuple[M | None, list[Problem]]:
    """Return the *model* that *document* holds, without the parts that are wrong, and what is wrong with them."""
    values = without_blanks(document.value)
    problems: list[Problem] = []
    reported: list[Loc] = []
    meant: set[Loc] = set()
    for _ in range(MOST_FAULTS):
        try:
            return model.model_validate(values), [
                *problems,
                *_missing(model, values, document, noun, draft, meant),
            ]
        except ValidationError as fault:
            meant |= misspelt(fault, model, values)
            locs = [written_loc(details["loc"], values) for details in fault.errors(include_url=False)]
            for loc, problem in zip(locs, explain(fault, model, values, document.places, noun), strict=True):
                if loc not in meant and not any(
                    loc[: len(seen)] == seen or seen[: len(loc)] == loc for seen in reported
                ):
                    problems.append(problem)
            reported += locs
            if not _prune(values, locs[-1], document.places):  # the last first: no entry before it moves
                break
    return None, problems


def without_blanks(value: Any) -> Any:
    """Return *value* without the fields that say nothing."""
    if isinstance(value, dict):
        return {name: without_blanks(inner) for name, inner in value.items() if not _is_blank(inner)}
    return [without_blanks(inner) for inner in value] if isinstance(value, list) else value


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _missing(
    model: type[BaseModel], values: Any, document: Document, noun: str, draft: bool, meant: set[Loc]
) -> Iterator[Problem]:
    required: tuple[str, ...] = getattr(model, "REQUIRED", ())
    if values.get("withdrawn"):
        required = ("short",)
    for name in required:
        place = document.places.of_key(name)
        if (
            values.get(name)
            or (name,) in meant
            or (not _is_blank(document.value.get(name)) and document.value[name] != [])
        ):
            continue  # given, or reported already
        if noun == "source" and name == "url" and name in document.value:
            if not values.get("where") and not draft:
                hint = "Add `where:` with a sentence that says so."
                yield error(place, "CD011", "this source has no address, and nothing says how it was read.", hint)
            continue
        what = "is empty" if name in document.value else "is missing"
        yield error(place, "CD011", f"`{name}` {what}.", f"A {noun} needs {listed(required)}.")


def _prune(values: Any, loc: Loc, places: Places) -> bool:
    """Take the part at *loc*, or what lacks it, out of *values*; return whether anything was there."""
    for depth in range(len(loc), 0, -1):
        around: Any = values
        try:
            for step in loc[: depth - 1]:
                around = around[step]
            del around[loc[depth - 1]]
        except (KeyError, IndexError, TypeError):
            continue
        if isinstance(around, list):
            places.forget_entry(loc[: depth - 1], int(loc[depth - 1]))
        return True
    return False

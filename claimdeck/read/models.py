"""Fill a pydantic model from a parsed document: what is wrong is taken out, told, and the rest kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from claimdeck.model.fields import Part
from claimdeck.model.problems import Place, Problem, did_you_mean, error, listed, shortened
from claimdeck.read.documents import Document
from claimdeck.read.explain import explain, field_names, misspelt, model_in, written_loc
from claimdeck.read.places import Loc, Places

M = TypeVar("M", bound=BaseModel)
MOST_FAULTS = 50  # in one document; one with more counts as unreadable
MOST_TOLD = 200  # of them


def build_model(model: type[M], document: Document, noun: str, draft: bool = False) -> tuple[M | None, list[Problem]]:
    """Return the *model* that *document* holds, without the parts that are wrong, and what is wrong with them."""
    values = without_blanks(document.value)
    has_blanks = values != document.value
    problems = list(_unknown_blanks(document.value, (), model, document.places)) if has_blanks else []
    known: set[Loc] = set()  # where something was told already, or is missing only because its name is misspelt
    extra: set[Loc] = set()  # those of them that are fields too many
    for _ in range(MOST_FAULTS):
        try:
            built = model.model_validate(values)
        except ValidationError as fault:
            details = fault.errors(include_url=False)[:MOST_TOLD]
            locs = [written_loc(each["loc"], values) for each in details]
            fresh = [(loc, each) for loc, each in zip(locs, details, strict=True) if loc not in known]
            known |= misspelt([each for _, each in fresh], model, values)
            for loc, each in fresh:
                if not any(told[: len(loc)] == loc for told in known):  # what was taken out may have caused it
                    problems.append(explain(each, model, values, document.places, noun))
            if (more := fault.error_count() - MOST_TOLD) > 0:
                hint = "Mend these first, or take the file away."
                problems.append(error(Place(document.places.path), "CD012", f"{more:,} more mistakes are here.", hint))
                break
            known.update(locs)
            extra |= {loc for loc, each in zip(locs, details, strict=True) if each["type"] == "extra_forbidden"}
            if not _prune(values, locs[-1], document):  # the last first: no entry before it moves
                break
        else:
            return built, [*problems, *_faults_within(built, (), noun, document, draft, known, extra)]
    return None, problems


def without_blanks(value: Any) -> Any:
    """Return *value* without the fields that say nothing."""
    if isinstance(value, dict):
        return {
            name: inner if isinstance(inner, str) else without_blanks(inner)
            for name, inner in value.items()
            if not _is_blank(inner)
        }
    return [without_blanks(inner) for inner in value] if isinstance(value, list) else value


def _unknown_blanks(value: Any, loc: Loc, model: type[BaseModel], places: Places) -> Iterator[Problem]:
    """Yield the empty fields that the group at *loc* does not have: an unquoted comma makes them."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        if isinstance(step, str) and _is_blank(inner) and (fields := field_names(model, loc)) and step not in fields:
            comma = "Inside { } a comma ends a value: quote a text that has one, and write 10900 for 10,900."
            hint = did_you_mean(step, fields, f"Delete it. {comma}")
            yield error(places.of_key(*loc, step), "CD010", f"“{shortened(step)}” is not a field here.", hint)
        yield from _unknown_blanks(inner, (*loc, step), model, places)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _faults_within(
    part: BaseModel, loc: Loc, noun: str, document: Document, draft: bool, known: set[Loc], extra: set[Loc]
) -> Iterator[Problem]:
    """Yield what *part*, which stands at *loc*, and the parts in it lack, and which of their fields do not agree."""
    yield from _missing(part, loc, noun, document, draft, known)
    for fault in part.faults() if isinstance(part, Part) else ():
        here = (*loc, fault.field) if fault.field else loc
        around, causes = (loc, known) if fault.lacking else (here, known - extra)
        if not any(told[: len(around)] == around for told in causes):  # what was told there may have caused it
            yield error(document.places.of(*here), "CD012", fault.message, fault.hint)
    for name, step in _fields_of_parts(type(part)):
        for inner_loc, inner in _parts_in(getattr(part, name), (*loc, step)):
            if _is_written(document.value, inner_loc):  # no default
                yield from _faults_within(inner, inner_loc, step, document, draft, known, extra)


@cache
def _fields_of_parts(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of *model* that can hold other models: their names, and as what they are written."""
    return tuple(
        (name, field.alias or name) for name, field in model.model_fields.items() if model_in(field.annotation)
    )


def _parts_in(value: Any, loc: Loc) -> list[tuple[Loc, Any]]:
    """Return the parts that are or stand in the *value* at *loc*, each with where it stands."""
    if isinstance(value, tuple):
        return [((*loc, number), entry) for number, entry in enumerate(value)]
    if isinstance(value, dict):
        return [((*loc, key), entry) for key, entry in value.items()]
    return [(loc, value)] if value is not None else []


def _missing(
    part: BaseModel, loc: Loc, noun: str, document: Document, draft: bool, known: set[Loc]
) -> Iterator[Problem]:
    written: Any = _written_at(document.value, loc)
    required: tuple[str, ...] = getattr(part, "REQUIRED", ())
    if noun == "claim" and (not _is_blank(written.get("withdrawn")) or ("withdrawn",) in known):
        required = ("short",)
    for name in required:
        if (written.get(name) and not _is_blank(written[name])) or any(
            told[: len(loc) + 1] == (*loc, name) for told in known
        ):
            continue  # given, or told already
        place = document.places.of_key(*loc, name)
        if (noun, name) == ("source", "url") and name in written:
            if not getattr(part, "where", None) and not draft and ("where",) not in known:
                hint = "Add `where:` with a sentence that says so."
                yield error(place, "CD011", "this source has no address, and nothing says how it was read.", hint)
            continue
        if loc and name not in written:
            yield error(place, "CD011", f"“{name}” is missing here.", f"Add `{name}:` with its value.")
        else:
            what = "is empty" if name in written else "is missing"
            whose = f"`{noun}`" if loc else f"A {noun}"
            yield error(place, "CD011", f"`{name}` {what}.", f"{whose} needs {listed(required)}.")


def _written_at(value: Any, loc: Loc) -> dict[str, Any]:
    """Return the fields that stand at *loc* of *value*; {} where a date or the like stands for them."""
    fields = _at(value, loc)
    return fields if isinstance(fields, dict) else {}


def _is_written(value: Any, loc: Loc) -> bool:
    try:
        _at(value, loc)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _at(value: Any, loc: Loc) -> Any:
    for step in loc:
        value = value[step]
    return value


def _prune(values: Any, loc: Loc, document: Document) -> bool:
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
            index = int(loc[depth - 1])
            document.places.forget_entry(loc[: depth - 1], index)
            del _at(document.value, loc[: depth - 1])[index]
        return True
    return False

"""Turn what pydantic finds wrong with a card into problems that an editor understands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from claimdeck.model.problems import Problem, did_you_mean, error, listed, nearest, shortened
from claimdeck.read.places import Loc, Places

KNOWN_ELSEWHERE = {  # words that editors bring from other formats → what they are called here
    "title": "claim",
    "verdict": "status",
    "rating": "status",
    "reason": "because",
    "author": "authors",
    "publisher": "outlet",
    "date": "published",
    "link": "url",
    "speaker": "said",
    "tags": "topics",
}


def misspelt(errors: Iterable[ErrorDetails], model: type[BaseModel], values: Any) -> set[Loc]:
    """Return where fields are missing only because their names, present, are misspelt, as *errors* tell."""
    found: set[Loc] = set()
    for details in errors:
        if details["type"] == "extra_forbidden":
            *around, name = written_loc(details["loc"], values)
            meant = nearest(str(name), field_names(model, tuple(around)))
            found |= {(*around, meant)} if meant else set()
    return found


def explain(details: ErrorDetails, model: type[BaseModel], values: Any, places: Places, noun: str) -> Problem:
    """Return the problem that an error is of which *details* tell: *model* found it in *values*."""
    loc = written_loc(details["loc"], values)
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), noun)
    place = places.of(*loc)
    match details["type"]:
        case "claimdeck":
            context = details.get("ctx", {})
            return error(place, "CD012", shortened(context["message"], 300), context["hint"])
        case "extra_forbidden":
            fields = field_names(model, loc[:-1])
            known = KNOWN_ELSEWHERE.get(name)
            suggestion = f"Did you mean “{known}”?" if known in fields else f"Known here: {', '.join(fields)}."
            whose = next((str(part) for part in reversed(loc[:-1]) if isinstance(part, str)), noun)
            hint = suggestion if known in fields else did_you_mean(name, fields, suggestion)
            return error(
                places.of_key(*loc), "CD010", f"“{shortened(name)}” is not a field of “{shortened(whose)}”.", hint
            )
        case "missing":
            return error(places.of(*loc[:-1]), "CD011", f"“{name}” is missing here.", f"Add `{name}:` with its value.")
        case "literal_error":
            words = _literals(details)
            hint = did_you_mean(str(details["input"]), words, f"Write {listed(words, 'or')}.")
            what = {"as": "relation", "per": "rate"}.get(name, name)
            return error(place, "CD013", f"{_shown(details['input'])} is not a known {what}.", hint)
        case "string_type" | "string_too_short":
            return error(
                place,
                "CD014",
                f"`{name}` must be a text; here is {_shown(details['input'])}.",
                "Write one text, without - or {}.",
            )
        case "too_long":
            return error(place, "CD012", f"`{name}` has too many entries.", "Keep those that matter.")
        case "tuple_type" | "list_type":
            return error(
                place,
                "CD014",
                f"`{name}` must be a list; here is {_shown(details['input'])}.",
                _as_list(name, details["input"]),
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            fields = field_names(model, loc)
            example = "{" + ", ".join(f"{field}: …" for field in fields[:3]) + "}" if fields else "{name: value}"
            return error(
                place,
                "CD014",
                f"`{name}` must be a group of fields; here is {_shown(details['input'])}.",
                f"Write {example}.",
            )
        case _:
            return error(place, "CD012", f"`{name}`: {details['msg']}.", "Correct the value.")


def written_loc(loc: tuple[str | int, ...], values: Any) -> Loc:
    """Return *loc* cut down to what stands in *values* and one step beyond: pydantic may add steps of its own."""
    written: list[str | int] = []
    for step in loc:
        written.append(step)
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            break
    return tuple(written)


def field_names(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the names of the fields that the group at *loc* of *model* may have; [] where any name may stand."""
    here: Any = model
    for step in loc:
        here = _kind_at(here, step)
    group = None if get_origin(here) is dict else model_in(here)
    return [field.alias or name for name, field in group.model_fields.items()] if group else []


def _kind_at(kind: Any, step: str | int) -> Any:
    """Return what kind of value stands at *step* of a value of *kind*; None where nothing may."""
    if _is_model(kind):
        return next((f.annotation for name, f in kind.model_fields.items() if (f.alias or name) == step), None)
    arguments = get_args(kind)
    if get_origin(kind) is dict:
        return arguments[1]
    if get_origin(kind) is tuple:
        return arguments[0] if isinstance(step, int) else None
    return next(filter(None, (_kind_at(inner, step) for inner in arguments)), None)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def model_in(annotation: Any) -> Any:
    """Return the model that *annotation* speaks of: in Evidence, Evidence | None, tuple[Evidence, …]."""
    if _is_model(annotation):
        return annotation
    return next(filter(None, (model_in(inner) for inner in get_args(annotation))), None)


def _as_list(name: str, value: Any) -> str:
    """Return how *value* becomes the list that the field *name* is."""
    if isinstance(value, dict):
        return "Write “- ” before the first field of each entry."
    return f"Write {name}: [one, two], or one entry a line after “- ”."


def _literals(details: ErrorDetails) -> list[str]:
    expected = str(details.get("ctx", {}).get("expected", ""))
    return [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list | tuple):
        return "a list"
    return f"“{shortened(str(value), 60)}”"

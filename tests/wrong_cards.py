"""Cards with one mistake, made from good ones, of which it is sure that no build may take them.  Judges nothing."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator

from claimdeck.desk.mend import REFERENCES
from claimdeck.desk.schema import WORDS
from claimdeck.model import fields
from claimdeck.model.cards import MODELS, SourceCard
from claimdeck.model.settings import Settings, parse_needs
from claimdeck.read.content import end_of_front_matter
from claimdeck.read.documents import parse_document

Loc = tuple[str | int, ...]
GONE = object()  # in the place of a value: field and all
CHECKS: dict[Any, tuple[Any, ...]] = {  # what checks a value → values that it never takes, a code for each
    fields.check_date: ("2030-02-30", "May 2030", "2030-13", "30.05.2030", "2030-5-1"),
    fields.check_day: ("2030-02-30", "2030-05", "2030", "yesterday"),
    fields.check_id: ("The Bridge", "bridge_cost", "../bridge", "page", "nul", "com1", "x" * 101),
    fields.check_address: ("www.example.org", "ftp://example.org/", "https://", "https://example.org/a b"),
    fields.check_language: ("English, I think", "e", "en_US"),
    fields.check_quote: ("word " * 26,),
    fields.check_short: ("x" * 76,),
    fields.check_line: ("x" * 5_001,),
    fields.check_markdown: ("[" * 60,),
    fields.parse_number: ("4,000", "four", "-4", "4.", "1e6", "4 million", "٤"),
    fields.check_pair: (["1"], ["1", "2", "3"], "5", ["1", "b"]),
    fields.parse_days: ("0", "many", "-1", "1.5"),
    fields.parse_answer: ("yes", "no", "True", "1", ["true"]),
    parse_needs: ({"origin": "2"}, {"origins": "two"}, {"max_superseded": "1"}, {"superseded": "false"}, "origins"),
}
TEXTS = (["a"], {"a": "b"})  # what no text can be


@dataclass(frozen=True)
class Wrong:
    """One mistake in a *good* card: *other* stands at *loc*, which breaks a *rule*; the *codes* that may tell it."""

    rule: str
    good: Any
    loc: Loc
    other: Any
    codes: tuple[str, ...]

    @property
    def value(self) -> Any:
        """The card with the mistake in it."""
        return _with(self.good, self.loc, self.other)


@dataclass(frozen=True)
class Spot:
    """A value that stands at *loc* of a card, and what its model says of it."""

    loc: Loc
    value: Any
    annotation: Any
    checks: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The field, whatever entry it is of: “evidence.*.source”."""
        return ".".join("*" if isinstance(step, int) else step for step in self.loc)


def values_in(text: str, kind: str) -> Any:
    """Return what the card *text* says; of a page its front matter."""
    if kind != "page":
        return parse_document(text, "").value
    lines = text.splitlines(keepends=True)
    return parse_document("".join(lines[1 : end_of_front_matter(lines)]), "").value


def written(value: Any, text: str, kind: str) -> str:
    """Return *value* as JSON, which is YAML too, in the place of what the card *text* said."""
    words = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    lines = text.splitlines(keepends=True)
    return f"---\n{words}{''.join(lines[end_of_front_matter(lines) :])}" if kind == "page" else words


def wrongs_of(value: Any, kind: str) -> Iterator[Wrong]:
    """Yield *value*, a card of *kind* that is no draft, with one mistake after the other."""
    model: Any = Settings if kind == "site" else MODELS[kind]  # type: ignore[index]
    for spot in _spots(value, model, (), ()):
        for rule, other, codes in _faults(spot, kind):
            yield Wrong(f"{kind} {spot.name}: {rule}", value, spot.loc, other, codes)
        if isinstance(spot.value, dict) and (group := _group_of(spot.annotation)):
            yield from _group_wrongs(value, spot, group, kind)


def _group_wrongs(value: Any, spot: Spot, group: type[BaseModel], kind: str) -> Iterator[Wrong]:
    """Yield *value* with a field too many, misspelt or too few in the group at *spot*."""
    here = f"{kind} {spot.name}"
    yield Wrong(f"{here}: a field too many", value, (*spot.loc, "colour_of_it"), "red", ("CD010",))
    for name in spot.value:
        known = {field.alias or word for word, field in group.model_fields.items()}
        for misspelt in {name[:-1], name.capitalize(), f"{name}s"} - known - {""}:
            renamed = {misspelt if word == name else word: inner for word, inner in spot.value.items()}
            yield Wrong(f"{here}.{name}: its name misspelt", value, spot.loc, renamed, ("CD010",))
    needed: tuple[str, ...] = getattr(group, "REQUIRED", ())
    for name in needed if "withdrawn" not in spot.value else ("short",):
        loc = (*spot.loc, name)
        yield Wrong(f"{here}.{name}: left out", value, loc, GONE, ("CD011",))
        if (group, name) != (SourceCard, "url") or "where" not in spot.value:
            yield Wrong(f"{here}.{name}: empty", value, loc, None, ("CD011",))
            yield Wrong(f"{here}.{name}: blank", value, loc, "  ", ("CD011",))
        if isinstance(spot.value[name], list):
            yield Wrong(f"{here}.{name}: a list of nothing", value, loc, [], ("CD011",))


def _faults(spot: Spot, kind: str) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Yield what may not stand at *spot*: the rule, a value that breaks it, the codes that may tell it."""
    for check in spot.checks:
        for wrong in CHECKS[check]:
            yield check.__name__, wrong, ("CD012", "CD014", "CD013")
    holder: Any = kind
    if spot.name in REFERENCES[holder] and spot.value != "unknown":
        yield "a card that does not exist", "no-such-card", ("CD020",)
    if spot.name in WORDS.get(holder, {}):
        yield "a word that site.yaml does not have", "no-such-word", ("CD020", "CD024")
    if get_origin(spot.annotation) is Literal:
        for word in ("no-such-word", str(spot.value).upper(), f"{spot.value} "[:-2]):
            yield "a word that is not on its list", word, ("CD013",)
    elif spot.annotation is str:
        yield from (("no text", wrong, ("CD012", "CD014")) for wrong in TEXTS)
    elif (
        get_origin(spot.annotation) is tuple and parse_needs not in spot.checks and fields.check_pair not in spot.checks
    ):
        yield from (("no list", wrong, ("CD014",)) for wrong in ("one", {"a": "b"}))
    elif _group_of(spot.annotation) and spot.loc:
        yield "no group", ["a"], ("CD014", "CD012")
        yield "a text for a group", "soon", ("CD014", "CD012")


def _spots(value: Any, annotation: Any, loc: Loc, metadata: tuple[Any, ...]) -> Iterator[Spot]:
    """Yield every value that stands in *value*, which is of the kind *annotation*."""
    if value is None:
        return
    if any(argument is NoneType for argument in get_args(annotation)):
        annotation = next(argument for argument in get_args(annotation) if argument is not NoneType)
    if hasattr(annotation, "__metadata__"):
        metadata = (*metadata, *annotation.__metadata__)
        annotation = annotation.__origin__
    checks = tuple(each.func for each in metadata if isinstance(each, AfterValidator | BeforeValidator))
    assert set(checks) <= CHECKS.keys(), f"{loc}: nothing here breaks {checks}"
    yield Spot(loc, value, annotation, checks)
    group = _group_of(annotation)
    if group and isinstance(value, dict):
        for name, field in group.model_fields.items():
            word = field.alias or name
            if word in value:
                yield from _spots(value[word], field.annotation, (*loc, word), tuple(field.metadata))
    elif get_origin(annotation) is tuple and isinstance(value, list) and parse_needs not in checks:
        for number, entry in enumerate(value):
            yield from _spots(entry, get_args(annotation)[0], (*loc, number), ())
    elif get_origin(annotation) is dict:
        for name, entry in value.items():
            yield from _spots(entry, get_args(annotation)[1], (*loc, name), ())


def _group_of(annotation: Any) -> type[BaseModel] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _with(value: Any, loc: Loc, other: Any) -> Any:
    """Return *value* with *other* at *loc*; GONE: without it."""
    if not loc:
        return other
    changed = deepcopy(value)
    around = changed
    for step in loc[:-1]:
        around = around[step]
    around[loc[-1]] = other
    if other is GONE:
        del around[loc[-1]]
    return changed

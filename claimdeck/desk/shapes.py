"""What JSON Schema can say of the models: which fields, what values, which fields together.  Knows no dossier.

An editor reads YAML 1.2, where `500` is a number, `2024` too and `true` a boolean, so each is taken both as what it
is there and as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BeforeValidator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from claimdeck.model import cards, fields
from claimdeck.model.descriptions import fields_of
from claimdeck.model.fields import Part
from claimdeck.model.settings import NEEDS, Population, Settings, parse_needs
from claimdeck.read.documents import MOST_ENTRIES, parse_document

Schema = dict[str, Any]

BLANK: Schema = {"type": ["null", "string"], "pattern": r"^\s*$"}  # counts as left out
GIVEN: Schema = {"not": {"type": "null"}, "pattern": r"\S", "minItems": 1, "minProperties": 1}
TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
NONSENSE = "? " * 100  # no check takes it
MONTH_AND_DAY = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9])"
)
DAY = f"(?!0000)[0-9]{{4}}-(?:{MONTH_AND_DAY})"
DATE = f"{DAY}|(?!0000)[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?"
YAML_NUMBER = re.compile(r"[0-9]+(?:e[0-9]+)?")


def or_blank(schema: Schema) -> Schema:
    """Return the rule that a value fits *schema*, or counts as left out."""
    return {"anyOf": [schema, BLANK]}


def field_rule(name: str, schema: Schema) -> Schema:
    """Return the rule that the field *name*, where it is there, fits *schema*."""
    return {"properties": {name: schema}}


def given(*names: str) -> Schema:
    """Return the rule that the fields *names* are there and say something."""
    return {"required": list(names), "properties": dict.fromkeys(names, GIVEN)}


def says(name: str, *words: str) -> Schema:
    """Return the rule that the field *name* says one of *words*."""
    return {"required": [name], **field_rule(name, {"enum": [way for word in words for way in spellings(word)]})}


def spellings(word: str) -> list[Any]:
    """Return *word*, and what it is in YAML 1.2 where it is typed without quotes."""
    if word in {"true", "false"}:
        return [word, word == "true"]
    return [word, float(word) if "e" in word else int(word)] if YAML_NUMBER.fullmatch(word) else [word]


def shape_of(model: type[Part]) -> Schema:
    """Return what fits *model*: its fields and no others, each of them left out, empty or right."""
    kinds, shapes = _kinds(model), {}
    for field in fields_of(model):
        told: Schema = {"description": field.description}
        if field.name not in NAMING.get(model, ()):
            told["examples"] = [parse_document(field.example, "").value]
        shapes[field.name] = {**told, **or_blank(_value(kinds[field.name]))}
    return {"type": "object", "properties": shapes, "additionalProperties": False, **TOGETHER.get(model, {})}


def demands_of(model: type[Part], required: tuple[str, ...] | None = None) -> Schema:
    """Return what a published card needs of *model* beyond its shape: the *required* fields (those of the model)."""
    names = [field.name for field in fields_of(model) if field.required] if required is None else list(required)
    rules: dict[str, Schema] = {name: GIVEN for name in names if (model, name) not in MAY_BE_EMPTY}
    for name, kind in _kinds(model).items():
        if inner := _demands_within(kind):
            rules[name] = {**rules.get(name, {}), **inner}
    return {"required": names, "properties": rules, **NEEDED.get(model, {})}


def _demands_within(kind: Any) -> Schema:
    """Return what the groups in a value of *kind* need; {} where there are none."""
    if isinstance(kind, type) and issubclass(kind, Part):
        return demands_of(kind)
    origin, inner = get_origin(kind), get_args(kind)
    within = next(filter(None, map(_demands_within, inner)), {})
    if origin is tuple and within:
        return {"items": within}
    return {"additionalProperties": within} if origin is dict and within else within


def _kinds(model: type[Part]) -> dict[str, Any]:
    """Return the types of the fields, by the names that editors write."""
    hints = get_type_hints(model, include_extras=True)
    return {field.alias or name: hints[name] for name, field in model.model_fields.items()}


def _value(kind: Any) -> Schema:
    """Return what fits a value of *kind*, the type of a field."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is str:
        return TEXT
    if kind is cards.Span:
        return {"anyOf": [CHECKED[fields.check_date], shape_of(kind)]}
    if isinstance(kind, type) and issubclass(kind, Part):
        return shape_of(kind)
    if origin is Annotated:
        return _annotated(inner[0], inner[1:])
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": "array", "items": _value(inner[0]), "maxItems": MOST_ENTRIES}
    if origin is dict:
        rest = {"additionalProperties": or_blank(_value(inner[1]))}
        return {"type": "object", "propertyNames": _value(inner[0]), **rest}
    return _value(next(each for each in inner if each is not NoneType))


def _annotated(kind: Any, rules: tuple[Any, ...]) -> Schema:
    checks = [rule.func for rule in rules if isinstance(rule, AfterValidator | BeforeValidator)]
    limits = [limit.max_length for rule in rules if isinstance(rule, FieldInfo) for limit in rule.metadata]
    return CHECKED[checks[0]] if checks else _value(kind) | ({"maxItems": limits[0]} if limits else {})


def _checked(check: Callable[[Any], Any], pattern: str, *types: str, **more: Any) -> Schema:
    """Return what fits a field of text that *check* holds to *pattern*, or one of other *types*."""
    hint = ""
    try:
        check(NONSENSE)
    except PydanticCustomError as refusal:
        hint = (refusal.context or {})["hint"]
    return {
        "type": ["string", *types],
        "pattern": rf"^\s*(?:{pattern})\s*$",
        "patternErrorMessage": hint,  # understood by the YAML extension of VS Code, ignored by others
        **more,
    }


NUMBER = _checked(fields.parse_number, fields.NUMBER.pattern.replace(r"\d", "[0-9]"), "number", minimum=0) | {
    "exclusiveMaximum": 10**15
}
COUNT: Schema = {"type": ["integer", "string"], "minimum": 0, "maximum": 9999, "pattern": "^[0-9]{1,4}$"}
COUNTS: Schema = {
    "type": "object",
    "propertyNames": {"enum": [f"{limit}{name}" for name in NEEDS[:-1] for limit in ("", "max_")] + [NEEDS[-1]]},
    "properties": {NEEDS[-1]: or_blank({"enum": spellings("true")})},
    "additionalProperties": or_blank(COUNT),
}
CHECKED: dict[Any, Schema] = {  # what refuses the values of a field → what fits it
    fields.check_id: _checked(
        fields.check_id,
        rf"(?!(?:{fields.KEPT.pattern})\s*$)(?=.{{1,{fields.ID_LENGTH}}}\s*$){fields.ID.pattern}",
        "integer",
        "boolean",
        minimum=0,
    ),
    fields.check_date: _checked(fields.check_date, DATE, "integer", minimum=1000, maximum=9999),
    fields.check_day: _checked(fields.check_day, DAY),
    fields.check_address: _checked(fields.check_address, rf"[hH][tT]{{2}}[pP][sS]?://{fields.BEHIND_SCHEME}"),
    fields.check_language: _checked(fields.check_language, fields.LANGUAGE.pattern),
    fields.check_quote: _checked(
        fields.check_quote, rf"\S+(?:\s+\S+){{0,{fields.QUOTE_WORDS - 1}}}", "number", "boolean"
    ),
    fields.check_short: _checked(
        fields.check_short, rf"\S(?:[\s\S]{{0,{fields.SHORT_LENGTH - 2}}}\S)?", "number", "boolean"
    ),
    fields.check_line: TEXT | {"maxLength": fields.LINE_LENGTH},
    fields.check_markdown: TEXT | {"maxLength": fields.MARKDOWN_LENGTH},
    fields.parse_number: NUMBER,
    fields.check_pair: {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2},
    fields.parse_days: _checked(fields.parse_days, "0*[1-9][0-9]*", "integer", minimum=1, maximum=99999, maxLength=5),
    fields.parse_answer: {"enum": [True, False, "true", "false"]},
    parse_needs: {"anyOf": [COUNTS, {"type": "array", "items": COUNTS}]},
}
ANY_TIME: Schema = {"anyOf": [given("from"), given("to"), given("around")]}
TOGETHER: dict[type[Part], Schema] = {  # what the model, or who reads it, says of the group as a whole
    cards.Figure: {"allOf": [{"not": given(*pair)} for pair in combinations(cards.COMPARATORS, 2)]},
    cards.Span: {"not": {"anyOf": [given("around", "from"), given("around", "to")]}},
    cards.Evidence: {"if": given("translation"), "then": given("quote")},
    Settings: {"not": {"required": ["ladder"], **field_rule("ladder", {"const": []})}},
}
NEEDED: dict[type[Part], Schema] = {  # which fields a published card needs because of others
    cards.Figure: {"anyOf": [given(comparator) for comparator in cards.COMPARATORS]},
    cards.Span: {"if": {"type": "object"}, "then": ANY_TIME},
    cards.ClaimantCard: {"if": says("stake", "party", "aligned"), "then": given("stake_note")},
    cards.SourceCard: {"anyOf": [given("url"), given("where")]},
}
NAMING: dict[type[Part], tuple[str, ...]] = {  # fields without examples, which editors would offer as if they existed
    cards.ClaimCard: ("status", "topics", "evidence", "history", "said", "figure", "related"),
    cards.Evidence: ("source", "via", "via_from", "figure"),
    cards.Figure: ("measure", "of"),
    cards.Said: ("by",),
    cards.Related: ("claim",),
    cards.HistoryEntry: ("status", "sources"),
    cards.SourceCard: ("outlet", "carries", "draws_on"),
    cards.ClaimantCard: ("part_of",),
    Settings: ("start_here",),
    Population: ("part_of",),
}
MAY_BE_EMPTY = {(cards.SourceCard, "url")}

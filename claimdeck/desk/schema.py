"""JSON Schemas of the cards and of site.yaml, for editors that check and complete while one types.

They know the ids and words of the dossier.  What its counts and chains come to, only `check` can say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from claimdeck.desk.mend import REFERENCES, Holder
from claimdeck.desk.shapes import Schema, demands_of, field_rule, given, or_blank, says, shape_of, spellings
from claimdeck.model import cards
from claimdeck.model.problems import RefusedError
from claimdeck.model.settings import Settings
from claimdeck.model.store import replace_file, telling
from claimdeck.read.content import Content, read_content
from claimdeck.read.settings import SettingsFile, read_settings
from claimdeck.read.static import stylesheet

FOLDER = "content/.schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
CARDS: tuple[cards.Kind, ...] = ("claim", "source", "claimant", "topic")
WORDS: dict[Holder, dict[str, str]] = {  # in whose file → at which field → of which list of site.yaml a word stands
    "claim": {
        "status": "ladder",
        "history.*.status": "ladder",
        "figure.measure": "measures",
        "figure.of": "populations",
        "evidence.*.figure.measure": "measures",
        "evidence.*.figure.of": "populations",
    },
    "site": {"populations.*.part_of": "populations"},
}


def write_schemas(root: Path) -> list[str]:
    """Write the schemas of the site in *root* into its content/.schema/; return the paths of those that changed."""
    if (root / FOLDER).is_symlink() or (root / "content").is_symlink():
        raise RefusedError(f"{FOLDER} leads elsewhere. Put a folder in the place of the link.")
    content, site = read_content(root / "content")[0], read_settings(root / "site.yaml", stylesheet(root))[0]
    texts = {f"{FOLDER}/{name}": text for name, text in schemas_of(content, site).items()}
    with telling(root / FOLDER, "Then run this again."):
        return [path for path, text in texts.items() if replace_file(root / path, text.encode())]


def refresh_schemas(root: Path) -> None:
    """Bring the schemas up to date after a card has come or has another id, where the desk has them."""
    if has_schemas(root):
        write_schemas(root)


def has_schemas(root: Path) -> bool:
    """Whether the site in *root* has a folder of schemas, and that in itself."""
    return (root / FOLDER).is_dir() and not (root / FOLDER).is_symlink() and not (root / "content").is_symlink()


def schemas_of(content: Content, site: SettingsFile) -> dict[str, str]:
    """Return the schemas by file name: those of the cards of *content*, and that of site.yaml."""
    lists = _lists(content, site)
    return {f"{name}.schema.json": _as_text(schema, lists) for name, schema in _rules().items()}


@cache  # a preview writes them after every save, and only the lists change
def _rules() -> dict[str, Schema]:
    """Return what holds in every dossier, by the name of the schema."""
    site = {**_head("site.yaml"), **shape_of(Settings), "allOf": [demands_of(Settings), _known("site")]}
    return {**{kind: _card_schema(kind) for kind in CARDS}, "site": site}


def _as_text(schema: Schema, lists: dict[str, Schema]) -> str:
    """Return *schema* as it stands in its file, with those of the *lists* that it refers to."""
    rules = json.dumps(schema)
    used = {name: known for name, known in lists.items() if f'"{_pointer(name)}"' in rules}
    return json.dumps({**schema, "$defs": used}, ensure_ascii=False, indent=1) + "\n"


def _card_schema(kind: cards.Kind) -> Schema:
    model = cards.MODELS[kind]
    demands, known = demands_of(model), _known(kind)
    if kind == "claim":
        is_withdrawn = given("withdrawn")
        demands = {"if": is_withdrawn, "then": demands_of(model, ("short",)), "else": demands}
        known = {"if": is_withdrawn, "else": known}  # what a withdrawn card names may be gone
    is_draft = says("draft", "true")
    return {**_head(f"A {kind}"), **shape_of(model), "allOf": [{"if": is_draft, "else": demands}, known]}


def _head(title: str) -> Schema:
    return {"$schema": DIALECT, "$comment": "Written by `build.py schema`.", "title": title}


def _lists(content: Content, site: SettingsFile) -> dict[str, Schema]:
    """Return the ids and words that exist in the dossier, by the names under which the rules refer to them."""
    unread = {kind: {id_ for other, id_ in content.unread if other == kind} for kind in CARDS}
    known: dict[str, Iterable[str]] = {kind: {*content.of_kind(kind), *unread[kind]} for kind in CARDS}
    settings = site.settings
    words: dict[str, Iterable[str]] = {
        "ladder": [rung.id for rung in settings.ladder],
        "measures": settings.measures,
        "populations": settings.populations,
    }
    carriers = {id_ for id_, file in content.sources.items() if file.card.carries or file.card.draws_on}
    outlets = {id_ for id_, file in content.claimants.items() if file.card.kind == "outlet" or file.damaged}
    visible = {id_ for id_, file in content.claims.items() if not (file.card.draft or file.card.withdrawn)}
    lists = {
        **{kind: sorted(ids) for kind, ids in known.items()},
        **words,
        "visible-claim": sorted(visible | unread["claim"]),
        "carrier": sorted(carriers | unread["source"]),
        "outlet": sorted(outlets | unread["claimant"]),
    }
    return {
        name: {} if name in site.doubted else {"enum": [way for word in there for way in spellings(word)]}
        for name, there in lists.items()
    }


def _known(holder: Holder) -> Schema:
    """Return the rule that what a file of *holder* names is there."""
    rules = [_at(path, _one_of(kind)) for path, kind in _references(holder)]
    if holder == "claim":
        own = {"if": says("own", "true"), "then": _at("source", _one_of("carrier"))}
        rules += [_at("evidence.*.via", _trail()), _at("evidence.*", own)]
    if holder == "source":
        rules.append({"if": says("kind", "article", "wire"), "then": _at("outlet", _one_of("outlet"))})
    return {"allOf": rules} if rules else {}


def _references(holder: Holder) -> Iterator[tuple[str, str]]:
    for path, kind in REFERENCES[holder].items():
        if path != "evidence.*.via.*":  # of which the last may be `unknown`
            yield path, "visible-claim" if holder == "site" else kind
    yield from WORDS.get(holder, {}).items()


def _trail() -> Schema:
    """Return the rule of `via`: claimants, of which the last may be `unknown`."""
    claimant = _one_of("claimant")
    is_last = [
        {"if": {"minItems": length}, "then": {"prefixItems": [*([True] * (length - 2)), claimant]}}
        for length in range(2, cards.LONGEST_CHAIN + 1)
    ]
    return {"items": {"anyOf": [claimant, {"const": cards.UNKNOWN}]}, "allOf": is_last}


def _one_of(name: str) -> Schema:
    """Return the rule that a value is in the list *name*."""
    return {"$ref": _pointer(name)}


def _pointer(name: str) -> str:
    return f"#/$defs/{name}"


def _at(path: str, schema: Schema) -> Schema:
    """Return the rule that what stands at *path* (`evidence.*.source`) fits *schema*, or is left out."""
    *around, last = path.split(".")
    schema = {"items": schema, "additionalProperties": schema} if last == "*" else field_rule(last, or_blank(schema))
    return _at(".".join(around), schema) if around else schema

"""Export the claims as a table, claims.csv, and describe all exports in a Frictionless datapackage.json.

The table can be opened in a spreadsheet without harm: no cell can begin a formula (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from claimdeck.judge.deck import Deck
from claimdeck.model.urls import Home

Json = dict[str, Any]
BETWEEN = "; "  # the entries of a list in one cell
FORMULA = re.compile(
    r"\A(?=[\t\r\n])|(?:\A|(?<=[;\t\r\n]))(?=[^\S\t\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
)  # full-width too


@dataclass(frozen=True)
class Column:
    """A column of claims.csv: its name, what stands in it, and how it is taken from a claim of claims.json."""

    name: str
    type: str
    description: str
    value: Callable[[Json], Any]


def _at(*path: str) -> Callable[[Json], Any]:
    """Return a function that follows *path* into a claim; nothing where a part of it is null."""

    def value(claim: Json) -> Any:
        found: Any = claim
        for step in path:
            found = found.get(step) if found else None
        return found

    return value


def _column(name: str, type_: str, description: str, *path: str) -> Column:
    return Column(name, type_, description, _at(*(path or (name,))))


def _ranges() -> Iterator[Column]:
    for name, what in (
        ("origins", "independent origins of its support"),
        ("nonparty", "those of them that are not a party to the events"),
        ("disputing_origins", "independent origins that dispute it"),
        ("against", "disputing origins that are not also supporting ones"),
    ):
        yield _column(f"{name}_low", "integer", f"{what}, at least", "counts", name, "low")
        yield _column(f"{name}_high", "integer", f"{what}, at most", "counts", name, "high")


COLUMNS = (
    _column("id", "string", "the id of the card"),
    _column("url", "string", "the address of its page"),
    _column("claim", "string", "the statement"),
    _column("short", "string", "the statement in at most 75 characters"),
    _column("status", "string", "a rung of the ladder; /methodology/ says what each needs"),
    _column("because", "string", "the reason in one sentence"),
    _column("reviewed", "date", "the day of the last review"),
    _column("language", "string", "the language of the statement, where it is not the site's"),
    _column("happened_from", "date", "the first day on which it happened, as far as it is known", "happened", "from"),
    _column("happened_to", "date", "the last day", "happened", "to"),
    _column("topics", "string", "ids of its topics"),
    _column("places", "string", "where it happened"),
    _column("measure", "string", "what its figure counts", "figure", "measure"),
    _column("comparator", "string", "exactly, about, at_least, at_most, over or between", "figure", "comparator"),
    _column("value", "number", "the number; empty for “between”", "figure", "value"),
    _column("low", "number", "the least that the figure allows", "figure", "low"),
    _column("high", "number", "the most that it allows; empty where nothing limits it", "figure", "high"),
    _column("of", "string", "whom it counts", "figure", "of"),
    _column("scope", "string", "incident or cumulative", "figure", "scope"),
    _column("sources", "integer", "sources that support it", "counts", "sources"),
    _column("disputing_sources", "integer", "sources that dispute it", "counts", "disputing_sources"),
    *_ranges(),
    _column("origin_ids", "string", "ids of the known origins of its support", "origins"),
    _column("on_record_to", "string", "the newest date of one of its sources"),
)


def claims_table(rows: Iterable[str]) -> str:
    """Return claims.csv (RFC 4180) with these *rows*, each by `row_of`."""
    return _line(column.name for column in COLUMNS) + "".join(rows)


def row_of(claim: Json) -> str:
    """Return the row of a claim of claims.json, lists joined by semicolons."""
    return _line(cell_of(column.value(claim)) for column in COLUMNS)


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def cell_of(value: Any) -> str:
    """Return *value* as a cell; before what a spreadsheet might take for a formula stands an apostrophe.

    Also inside a text: in much of Europe a semicolon parts cells, and a comma does not.
    """
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    if isinstance(value, float):
        return f"{value:f}".rstrip("0").rstrip(".")
    text = BETWEEN.join(value) if isinstance(value, list) else str(value)
    return FORMULA.sub("'", text)


def datapackage(deck: Deck, home: Home) -> str:
    """Return datapackage.json (https://datapackage.org): what each export holds."""
    settings = deck.settings
    licenses = []
    if settings.license:
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", settings.license.name).strip("-")
        licenses = [{"name": name or "license", "title": settings.license.name, "path": settings.license.url}]
    package = {
        "name": re.sub(r"[^a-z0-9]+", "-", (home.origin.partition("//")[2] + home.base).lower()).strip("-"),
        "title": settings.title,
        "description": settings.tagline,
        "homepage": home.absolute(""),
        "licenses": licenses,
        "resources": [
            {
                "name": "claims",
                "title": "One row a claim",
                "path": "claims.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": c.name, "type": c.type, "description": c.description} for c in COLUMNS],
                    "primaryKey": ["id"],
                    "missingValues": [""],
                },
            },
            _json_resource("claims-with-evidence", "All claims with evidence and history", "claims.json"),
            _json_resource("sources", "The documents that were read", "sources.json"),
            _json_resource("digests", "The digest of every file of the site", "digests.json"),
        ],
    }
    return json.dumps({name: value for name, value in package.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _json_resource(name: str, title: str, path: str) -> Json:
    return {"name": name, "title": title, "path": path, "format": "json", "mediatype": "application/json"}

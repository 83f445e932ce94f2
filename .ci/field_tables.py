"""The tables of fields in docs/cards.md, from the descriptions of the model, for `make docs`."""

import re
from collections.abc import Iterator
from pathlib import Path

from claimdeck.model import cards, settings
from claimdeck.model.descriptions import DESCRIPTIONS, Described, fields_of
from claimdeck.model.fields import Part

PAGE = "docs/cards.md"
MARKED = re.compile(r"(<!-- fields: ([a-z. ]+) -->\n).*?(?=<!-- end -->)", re.DOTALL)
HEAD = "| field | | for example |\n|---|---|---|\n"
GROUPS: dict[str, type[Part]] = {  # as a marker names them → what is told there
    "every card": cards.Card,
    "claim": cards.ClaimCard,
    "evidence": cards.Evidence,
    "figure": cards.Figure,
    "happened": cards.Span,
    "said": cards.Said,
    "related": cards.Related,
    "history": cards.HistoryEntry,
    "corrections": cards.Correction,
    "override": cards.Override,
    "withdrawn": cards.DatedNote,
    "source": cards.SourceCard,
    "retracted": cards.DatedNote,
    "claimant": cards.ClaimantCard,
    "topic": cards.TopicCard,
    "page": cards.PageCard,
    "site": settings.Settings,
    "publisher": settings.Publisher,
    "license": settings.License,
    "measures": settings.Measure,
    "populations": settings.Population,
    "ladder": settings.Rung,
    "rating": settings.Rating,
    "desk": settings.Desk,
}


def field_reference() -> Iterator[tuple[str, str]]:
    """Yield docs/cards.md with its tables as the model has them."""
    text = (Path(__file__).resolve().parents[1] / PAGE).read_text(encoding="utf-8")
    yield PAGE, with_tables(text)


def with_tables(text: str) -> str:
    """Return *text* with a table between each marker `<!-- fields: NAME NAME -->` and its `<!-- end -->`.

    Where a marker names several groups, each field is named after its own.
    """
    return MARKED.sub(lambda match: f"{match[1]}{HEAD}{''.join(_rows(match[2].split(' and ')))}", text)


def _rows(names: list[str]) -> Iterator[str]:
    for name in names:
        around = f"{name}." if len(names) > 1 else ""
        for field in fields_of(GROUPS[name]):
            if GROUPS[name] is cards.Card or field.name not in DESCRIPTIONS[cards.Card]:
                yield _row(around, field)


def _row(around: str, field: Described) -> str:
    required = "**Required.** " if field.required else ""
    return f"| `{around}{field.name}` | {required}{field.description} | `{field.example}` |\n"

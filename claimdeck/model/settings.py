"""The desk's settings: what site.yaml says, with the default ladder for a desk that writes none."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from claimdeck.model.fields import Address, Answer, Days, Id, Language, Number, Part, Text, refused
from claimdeck.model.problems import did_you_mean

Mark = Literal["full", "half", "quarter", "empty", "split", "cross", "ring"]
RANGES = (
    "origins",
    "nonparty",
    "admissions",
    "disputing_origins",
    "against",
    "against_nonparty",
    "admissions_against",
)
TOTALS = ("sources", "disputing_sources")
NEEDS = (*TOTALS, *RANGES, "superseded")


def parse_needs(value: Any) -> Any:
    """Return the needs as a list of alternatives, each {count: number}, `superseded: true` as 1."""
    entries = value if isinstance(value, list) else [value]
    return [_parse_need(entry) for entry in entries]


def _parse_need(entry: Any) -> Any:
    if not isinstance(entry, dict):
        raise refused(
            "`needs` is not a group of counts.",
            "Write {origins: 2, max_against: 0}, or a list of such groups.",
        )
    return {name: _parse_count(name, value) for name, value in entry.items()}


def _parse_count(name: str, value: Any) -> int:
    known = name.removeprefix("max_")
    if known not in NEEDS or name == "max_superseded":
        hint = f"A rung may need {', '.join(NEEDS)}, and limit one by `max_` before it."
        raise refused(f"“{name}” is not a count.", did_you_mean(known, NEEDS, hint))
    if name == "superseded":
        if value != "true":
            raise refused("`superseded` can only be `true`.", "Write superseded: true, or leave it out.")
        return 1
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 5):
        raise refused(f"`{name}` is not a whole number.", f"Write {name}: 1.")
    return int(value)


class Rating(Part):
    """A rung's place on a true–false axis, for ClaimReview."""

    value: Number
    best: Number
    worst: Number


class Rung(Part):
    """One status of the ladder, and what a card needs to carry it (any one of *needs*; none: nothing)."""

    id: Id
    label: Text
    symbol: Text
    mark: Mark
    color: Id
    meaning: Text
    needs: Annotated[tuple[dict[str, int], ...], BeforeValidator(parse_needs)] = ()
    rating: Rating | None = None


class Measure(Part):
    """Something that figures count."""

    label: Text


class Population(Part):
    """Somebody of whom figures count something."""

    label: Text
    part_of: Id | None = None


class Publisher(Part):
    """Who runs the site."""

    name: Text
    url: Address | None = None
    email: Text | None = None
    logo: Text | None = None


class License(Part):
    """The terms under which the content may be used."""

    name: Text
    url: Address


class Desk(Part):
    """How the desk works."""

    review_after_days: Days = 365


def _rung(id_: str, symbol: str, mark: Mark, meaning: str, *needs: dict[str, int], rating: int | None = None) -> Rung:
    scale = Rating(value=rating, best=5, worst=1) if rating else None  # type: ignore[arg-type]
    return Rung.model_construct(
        id=id_,
        label=id_.capitalize(),
        symbol=symbol,
        mark=mark,
        color=id_,
        meaning=meaning,
        needs=needs,
        rating=scale,
    )


DEFAULT_LADDER = (
    _rung(
        "confirmed",
        "●",
        "full",
        "Independent origins, one of them not a party, establish it; or the party it speaks against admits it.",
        {"origins": 2, "nonparty": 1, "max_against": 0},
        {"admissions": 1, "max_against": 0},
        rating=5,
    ),
    _rung(
        "corroborated",
        "◑",
        "half",
        "Independent origins say the same; not enough to call it established.",
        {"origins": 2, "max_against": 0},
        rating=4,
    ),
    _rung(
        "attributed",
        "◔",
        "quarter",
        "One named origin says so on the record; nobody else could check.",
        {"origins": 1, "max_against": 0},
    ),
    _rung("unverified", "○", "empty", "Nobody shows how it is known."),
    _rung(
        "disputed",
        "◫",
        "split",
        "Independent origins say what cannot both be true.",
        {"origins": 1, "against": 1},
    ),
    _rung(
        "contradicted",
        "✕",
        "cross",
        "The record shows otherwise.",
        {"against": 2, "against_nonparty": 1},
        {"admissions_against": 1},
        rating=1,
    ),
    _rung("outdated", "◌", "ring", "Reasonable when said; events have overtaken it.", {"superseded": 1}),
)


class Settings(Part):
    """All of site.yaml."""

    REQUIRED: ClassVar = ("title", "url")
    title: str = ""
    tagline: str | None = None
    url: Address = "https://example.org/"
    language: Language = "en"
    publisher: Publisher | None = None
    repository: Address | None = None
    license: License | None = None
    start_here: tuple[Id, ...] = ()
    pictures: Answer = True
    measures: dict[Id, Measure] = Field(default_factory=dict)
    populations: dict[Id, Population] = Field(default_factory=dict)
    ladder: tuple[Rung, ...] = DEFAULT_LADDER
    desk: Desk = Desk()

    def rung(self, status: str) -> Rung | None:
        """Return the rung whose id is *status*; None if the ladder has none."""
        return next((rung for rung in self.ladder if rung.id == status), None)

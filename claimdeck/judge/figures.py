"""Compare figures: each is an interval, and only figures of the same thing may stand beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from claimdeck.model.cards import Figure
from claimdeck.model.dates import date_in_words
from claimdeck.model.settings import Measure, Population, Settings
from claimdeck.read.settings import ancestors


@dataclass(frozen=True)
class Interval:
    """What a figure allows: from *low* to *high* (None: no limit); *above* says that *low* itself is excluded."""

    low: Decimal
    high: Decimal | None
    above: bool = False

    def overlaps(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return _begins_within(self, other) and _begins_within(other, self)


@dataclass(frozen=True)
class Comparison:
    """How two figures stand to each other, and why they cannot be compared where they cannot."""

    verdict: Literal["agree", "conflict", "not-comparable"]
    reason: str = ""


def interval_of(figure: Figure) -> Interval:
    """Return the interval of *figure*: about n is one unit of its last non-zero digit either way."""
    if figure.between:
        return Interval(*figure.between)
    value = figure.value or Decimal(0)
    match figure.comparator:
        case "about":
            unit = _last_unit(value)
            return Interval(value - unit, value + unit)
        case "at_least":
            return Interval(value, None)
        case "over":
            return Interval(value, None, above=True)
        case "at_most":
            return Interval(Decimal(0), value)
        case _:
            return Interval(value, value)


def compare(one: Figure, other: Figure, settings: Settings, same_event: bool) -> Comparison:
    """Return how *one* stands to *other*; *same_event*: both are of one card, or of one event."""
    reason = why_apart(one, other, settings, same_event)
    if reason:
        return Comparison("not-comparable", reason)
    return Comparison("agree" if interval_of(one).overlaps(interval_of(other)) else "conflict")


def why_apart(one: Figure, other: Figure, settings: Settings, same_event: bool) -> str:
    """Return why two figures cannot be compared, in words, the plainest reason first; "" if they can."""
    if one.measure != other.measure:
        counted, counts = (_label(settings.measures, figure.measure) for figure in (one, other))
        return f"one counts {counted}, the other {counts}"
    if (one.of is None) != (other.of is None):
        return "only one of them says whom it counts"
    if one.of and other.of and one.of != other.of:
        return _why_not_of_one(one.of, other.of, settings)
    if (one.scope is None) != (other.scope is None):
        return "only one of them says whether it is one incident or a total"
    if one.scope != other.scope:
        return "one is of one incident, the other a total"
    for name, what in (("per", "is for a rate"), ("period", "is for a period"), ("as_of", "says its day")):
        if (getattr(one, name) is None) != (getattr(other, name) is None):
            return f"only one of them {what}"
    if one.period != other.period:
        return "they are of different periods"
    if one.scope == "cumulative" and one.as_of != other.as_of:
        return f"they are totals of different days ({_day(one)} and {_day(other)})"
    if one.scope == "incident" and not same_event:
        return "nothing shows that they are of one event"
    return ""


def _why_not_of_one(one: str, other: str, settings: Settings) -> str:
    """Return how two populations differ: one is a part of the other, or they are apart."""
    part, whole = _label(settings.populations, one), _label(settings.populations, other)
    if other in ancestors(one, settings):
        return f"{part} are only a part of {whole}"
    if one in ancestors(other, settings):
        return f"{whole} are only a part of {part}"
    return f"one counts {part}, the other {whole}"


def differs(told: Figure, claimed: Figure) -> bool:
    """Whether a source's figure drifts from the claim's: in number, comparator, measure or population."""
    return any(
        getattr(told, name) != getattr(claimed, name) for name in ("measure", "comparator", "value", "between", "of")
    )


def _begins_within(one: Interval, other: Interval) -> bool:
    """Whether *one* does not begin behind the end of *other*."""
    return other.high is None or (one.low < other.high if one.above else one.low <= other.high)


def _last_unit(value: Decimal) -> Decimal:
    if not value:
        return Decimal(0)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def _day(figure: Figure) -> str:
    return date_in_words(figure.as_of) if figure.as_of else "no day"


def _label(known: Mapping[str, Measure | Population], name: str) -> str:
    return known[name].label if name in known else name

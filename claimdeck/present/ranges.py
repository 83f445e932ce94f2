"""Gather every figure of a deck by what it counts, and put those that may stand beside each other on one axis."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from claimdeck.judge.deck import Claim, Deck, Testimony
from claimdeck.judge.figures import Interval, interval_of, why_apart
from claimdeck.model.cards import Figure
from claimdeck.model.dates import last_day
from claimdeck.model.settings import Settings


@dataclass
class Told:
    """A figure as one origin gives it: in which claims, read in which sources, and since when."""

    figure: Figure
    origin: str
    via: str  # the last named link of its chain: the origin, or the one behind whom nobody is named
    date: str
    claims: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """The last day of its date; one that could not be read stands before all others."""
        return last_day(self.date or "0001")

    @property
    def interval(self) -> Interval:
        """What it allows."""
        return interval_of(self.figure)


@dataclass
class Axis:
    """Figures of the same thing, by claimant and date."""

    told: list[Told]
    apart: str = ""  # why it cannot stand on the first axis of its measure


def figures_told(deck: Deck) -> list[Told]:
    """Return every figure of every claim and its evidence, once for each origin."""
    found: dict[Hashable, Told] = {}
    owners = {
        (_key(claim.card.figure), testimony.source.id): claim.id
        for claim in deck.claims.values()
        for testimony in claim.testimonies
        if claim.card.figure
    }
    for claim in deck.claims.values():
        for testimony in claim.testimonies:
            if figure := _figure_of(testimony, claim):
                named, chain = _key(figure), testimony.chain
                event = owners.get((named, testimony.source.id), claim.id) if figure.scope == "incident" else ""
                key = (named, chain.origin, chain.links[-1] if chain.dark else "", event)
                told = found.setdefault(key, Told(figure, chain.origin, chain.links[-1], ""))
                date = _date_of(figure, testimony, claim)
                told.date = min(filter(None, (told.date, date)), key=last_day, default="")
                told.claims[claim.id] = None
                told.sources[testimony.source.id] = None
    for told in found.values():  # the claim that it is the figure of comes first
        told.claims = dict.fromkeys(sorted(told.claims, key=lambda id_: deck.claims[id_].card.figure != told.figure))
    return list(found.values())


def axes_of(told: list[Told], deck: Deck) -> dict[str, list[Axis]]:
    """Return the axes of each measure, in the order of site.yaml; those with most figures first."""
    grouped: dict[Hashable, Axis] = {}
    for row in told:
        grouped.setdefault(_place_of(row, deck, grouped), Axis([])).told.append(row)
    measures: dict[str, list[Axis]] = {measure: [] for measure in deck.settings.measures}
    for axis in grouped.values():
        axis.told = _by_claimant(axis.told)
        measures.setdefault(axis.told[0].figure.measure, []).append(axis)
    for axes in measures.values():
        axes.sort(key=lambda axis: (-len(axis.told), axis.told[0].day))
        for axis in axes[1:]:
            axis.apart = _why(axes[0].told[0].figure, axis.told[0].figure, deck.settings)
    return {measure: axes for measure, axes in measures.items() if axes}


def _key(figure: Figure) -> str:
    return figure.model_dump_json()


def _figure_of(testimony: Testimony, claim: Claim) -> Figure | None:
    """Return the figure that a piece of evidence gives: its own, or where it supports the claim the claim's."""
    if testimony.card.figure or testimony.card.stance != "supports":
        return testimony.card.figure
    return claim.card.figure


def _date_of(figure: Figure, testimony: Testimony, claim: Claim) -> str:
    """Return for when a figure was given: its own day, the day of the statement, else that of the source."""
    said = claim.card.said
    is_theirs = said and said.by in testimony.chain.links
    return figure.as_of or (said.on if said and is_theirs and said.on else "") or testimony.source.card.published


def _place_of(row: Told, deck: Deck, axes: dict[Hashable, Axis]) -> Hashable:
    """Return the key of the axis on which *row* belongs; figures of one incident share one only if of one event."""
    figure = row.figure
    period = figure.period.model_dump_json() if figure.period else ""
    kind = (figure.measure, figure.of, figure.scope, figure.per, period, figure.as_of is None)
    if figure.scope != "incident":
        return kind
    claim = next(iter(row.claims))
    related = [r.claim for r in deck.claims[claim].relations if r.relationship == "same-event"]
    for other in (claim, *related):
        axis = axes.get((*kind, other))
        if axis and all(_is_of_one_event(claim, known, deck) for known in axis.told):
            return (*kind, other)
    return (*kind, claim)


def _is_of_one_event(claim: str, row: Told, deck: Deck) -> bool:
    return all(
        known == claim or any(r.claim == known and r.relationship == "same-event" for r in deck.claims[claim].relations)
        for known in row.claims
    )


def _by_claimant(told: list[Told]) -> list[Told]:
    """Return the rows grouped by claimant, the earliest group first, each group by date."""
    first: dict[str, str] = {}
    for row in told:
        first[row.origin] = min(first.get(row.origin, row.day), row.day)
    return sorted(told, key=lambda row: (first[row.origin], row.origin, row.day))


def _why(one: Figure, other: Figure, settings: Settings) -> str:
    return why_apart(one, other, settings, same_event=False)


def every_number(told: list[Told]) -> Iterator[float]:
    """Yield the numbers between which the figures of an axis lie."""
    for row in told:
        yield float(row.interval.low)
        yield float(row.interval.high if row.interval.high is not None else row.interval.low)

"""Find claims whose figures cannot both be true while no relation says so.  Compares only what may be compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claimdeck.judge.deck import Claim
from claimdeck.judge.figures import interval_of
from claimdeck.model.cards import Figure


@dataclass(frozen=True)
class Conflict:
    """A *claim*, the *other* one whose figure begins nearest above its own, and how many *more* do."""

    claim: Claim
    other: Claim
    more: int


def unrelated_conflicts(claims: Iterable[Claim]) -> Iterator[Conflict]:
    """Yield a conflict for each of *claims* whose figure lies wholly below that of a claim to which it is not related.

    Each pair is told from its lower side, and only the nearest by name: a hundred claims of one thing make
    a hundred conflicts, not five thousand.
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if claim.card.figure and (counted := what_is_counted(claim.card.figure)):
            groups.setdefault(counted, []).append(claim)
    for group in groups.values():
        yield from _within(group)


def what_is_counted(figure: Figure) -> tuple[object, ...] | None:
    """Return what figures of two events must share to be comparable; None for an incident, which is its own."""
    if figure.scope == "incident":
        return None
    day = figure.as_of if figure.scope == "cumulative" else bool(figure.as_of)
    return figure.measure, figure.of, figure.scope, figure.per, figure.period, day


def _within(group: list[Claim]) -> Iterator[Conflict]:
    intervals = {claim.id: interval_of(claim.card.figure) for claim in group if claim.card.figure}
    ordered = sorted(group, key=lambda claim: (intervals[claim.id].low, intervals[claim.id].above, claim.id))
    starts = [(intervals[claim.id].low, intervals[claim.id].above) for claim in ordered]
    position = {claim.id: index for index, claim in enumerate(ordered)}
    for claim in ordered:
        high = intervals[claim.id].high
        if high is not None:
            first = bisect_right(starts, (high, False))  # where the figures begin that lie wholly above
            related = {relation.claim for relation in claim.relations}
            known = sum(1 for id_ in related if position.get(id_, -1) >= first)
            above = (ordered[index] for index in range(first, len(ordered)) if ordered[index].id not in related)
            if nearest := next(above, None):
                yield Conflict(claim, nearest, len(ordered) - first - known - 1)

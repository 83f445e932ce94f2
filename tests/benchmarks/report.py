"""The goals, and how far they are reached: a table of ratios.  Measures nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

COLD = "cold build"
PLAIN = "cold build, plain templates (the same pages)"
ROUGH = "cold build, a third of the cards rough"
NOTHING = "nothing to do"
BODY = "one text edited"
TITLE = "one title edited"
TEMPLATE = "one template edited"
SEARCH = "index of the search"
SERVE = "preview, from saving to new bytes"
MEMORY = "memory of the largest process"
GROWTH = "growth"
PAGE = "a claim page with its CSS, compressed"
QUERY = "largest file that a searched word loads, compressed"

SIZES = (1_000, 10_000, 50_000)
GOALS: dict[str, tuple[float, float, float]] = {  # at most this ratio at each of SIZES
    COLD: (1 / 2, 1 / 3, 1 / 4),
    PLAIN: (1 / 3, 1 / 5, 1 / 6),
    ROUGH: (1, 1, 1),
    NOTHING: (1 / 150, 1 / 150, 1 / 150),
    BODY: (1 / 20, 1 / 20, 1 / 20),
    TITLE: (1 / 20, 1 / 20, 1 / 20),
    SERVE: (1 / 50, 1 / 50, 1 / 50),
    SEARCH: (1 / 20, 1 / 20, 1 / 20),
    MEMORY: (1 / 5, 1 / 5, 1 / 5),
}
GROWTH_GOAL = 5.5  # from 10,000 to 50,000 claims
LIMITS = {PAGE: 14.0, QUERY: 60.0}  # kB
HEAD = "| claims | what | Claimdeck | against | ratio | goal | reached |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Row:
    """A measured figure, what it is held against, and the ratio of the two that is the goal (None: there is none)."""

    claims: int
    what: str
    ours: float
    theirs: float
    goal: float | None
    unit: str = "s"
    against: str = "Hugo"

    @property
    def ratio(self) -> float:
        """Ours in units of theirs."""
        return self.ours / self.theirs

    def __str__(self) -> str:
        against = f"{self.against} {_amount(self.theirs, self.unit)}"
        goal = as_ratio(self.goal) if self.goal else "–"
        cells = (f"{self.claims:,}", self.what, _amount(self.ours, self.unit), against, as_ratio(self.ratio), goal)
        return f"| {' | '.join([*cells, self.verdict])} |"

    @property
    def verdict(self) -> str:
        """Whether the goal is reached; where it is not, by which factor it is missed."""
        if self.goal is None:
            return "–"
        return "yes" if self.ratio <= self.goal else f"no, {self.ratio / self.goal:.1f} times too much"


def goal_of(what: str, claims: int) -> float | None:
    """Return the goal for *what* at *claims* claims: that of the largest size which is not larger."""
    if what not in GOALS:
        return None
    place = max((place for place, size in enumerate(SIZES) if size <= claims), default=0)
    return GOALS[what][place]


def rows_against_hugo(claims: int, ours: dict[str, float], theirs: dict[str, float]) -> Iterator[Row]:
    """Yield a row for each of *ours*; what Hugo has no figure of its own for is held against its cold build."""
    for what, figure in ours.items():
        unit = "MiB" if what == MEMORY else "s"
        yield Row(claims, what, figure, theirs.get(what, theirs[COLD]), goal_of(what, claims), unit)


def row_of_limit(claims: int, what: str, kilobytes: float) -> Row:
    """Return the row of a size that has a limit, in kB."""
    return Row(claims, what, kilobytes, LIMITS[what], 1, "kB", "limit")


def rows_of_growth(cold: Sequence[tuple[int, float]]) -> Iterator[Row]:
    """Yield how much longer a cold build takes than that of the size before it; *cold* is seconds by claims."""
    for (fewer, before), (more, after) in pairwise(cold):
        goal = GROWTH_GOAL if (fewer, more) == SIZES[1:] else None
        yield Row(more, f"{GROWTH}, cold", after, before, goal, against=f"{fewer:,} claims")


def cost_table(costs: dict[int, dict[str, float]]) -> str:
    """Return the costs of the stages in µs per claim, by number of claims (in which they are seconds)."""
    stages = list(next(iter(costs.values())))
    head = ["stage, µs per claim", *(f"{claims:,} claims" for claims in costs)]
    lines = [head, ["---"] * len(head)]
    lines += [[stage, *(f"{costs[size][stage] / size * 1e6:,.0f}" for size in costs)] for stage in stages]
    lines.append(["all", *(f"{sum(costs[size].values()) / size * 1e6:,.0f}" for size in costs)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def as_ratio(ratio: float) -> str:
    """Return a ratio as people say it: “1/20”, “1/2.5”, “1.3”."""
    told = ratio if ratio >= 1 else 1 / ratio
    number = f"{told:.0f}" if told >= 20 or told == round(told) else f"{told:.1f}"
    return number if ratio >= 1 else f"1/{number}"


def _amount(figure: float, unit: str) -> str:
    return (
        f"{figure:.0f} {unit}" if figure >= 100 else f"{figure:.1f} {unit}" if figure >= 10 else f"{figure:.3f} {unit}"
    )

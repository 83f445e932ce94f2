"""PLAN the page of figures: by measure, comparable ones drawn on one axis, the others apart with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial

from claimdeck.judge.figures import Interval
from claimdeck.model.cards import Figure
from claimdeck.model.dates import date_in_words
from claimdeck.present.markup import Prose
from claimdeck.present.pages import STEPS, Context, Page, Pager, paginated
from claimdeck.present.ranges import Axis, Told, axes_of, every_number, figures_told
from claimdeck.present.scale import Scale, scale_of
from claimdeck.present.traces import Later, Noting
from claimdeck.present.views import Link, Stamp, Views
from claimdeck.present.words import SCOPES, STAKES, amount_in_words, number_in_words, sentence, span_in_words

FIGURES = "figures/"
ROWS = 100  # figures on one page
CLAIMS, READ_IN = 4, 6  # links beside one figure
ON_HOME, ROWS_ON_HOME, APART_ON_HOME = 1, 8, 6  # charts, figures in each; figures that are not in them
NEAR, FAR, EDGE = 20, 75, 98  # per cent: bars beyond have their words at their edge


@dataclass(frozen=True)
class Row:
    """One figure: who gave it and when, in words, and where its bar stands in per cent of the axis."""

    date: str
    who: Link
    stake: str
    is_party: bool
    amount: str
    span: str
    claims: list[Link]
    stamp: Stamp
    read_in: list[Link]
    reads: int
    begin: float = 0
    end: float = 0
    at: float | None = None
    opens: str = ""
    is_quoted: bool = False  # by the card of a claim whose own figure is another

    @property
    def anchor(self) -> str:
        """Which end of its words stands at *label*: the middle, but for bars at an edge."""
        middle = self.begin if self.opens == "up" else (self.begin + self.end) / 2
        return (
            "" if self.opens == "up" and middle < FAR else "end" if middle > FAR else "" if middle < NEAR else "middle"
        )

    @property
    def label(self) -> float:
        """Where the words above its bar are fixed, in per cent."""
        if self.anchor == "middle":
            return round((self.begin + self.end) / 2, 1)
        return min(self.end, EDGE) if self.anchor == "end" else self.begin


@dataclass
class Chart:
    """Figures under one heading; *ticks* (position, number) only where several share an axis."""

    measure: str
    title: str
    apart: str
    rows: list[Row]
    ticks: list[tuple[float, str]] = field(default_factory=list)


class Figures(Noting):
    """The charts of all figures of a deck, made when somebody asks for them, and of these the ones *at_home*."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.at_home = views.traces.collection("figures_at_home", Later(self._at_home))

    @cached_property
    def charts(self) -> list[Chart]:
        """All of them."""
        return list(charts_of(self.views))

    def _at_home(self) -> dict[str, list[Chart]]:
        """Return the first charts that have an axis, and the first of the others."""
        axes = [chart for chart in self.charts if chart.ticks and not chart.apart]
        drawn = [chart for chart in axes if len(chart.rows) <= ROWS_ON_HOME][:ON_HOME]
        others = reversed([chart for chart in self.charts if chart not in drawn])
        apart = {chart.rows[0].claims[0]: chart for chart in others}  # a claim once
        return {"drawn": drawn, "apart": list(reversed(apart.values()))[:APART_ON_HOME]}


def plan_figures(views: Views, prose: Prose, figures: Figures) -> Iterator[Page]:
    """Yield the pages of all figures."""
    pages: list[list[Chart]] = [[]]
    for chart in figures.charts:
        if pages[-1] and sum(len(known.rows) for known in pages[-1]) + len(chart.rows) > ROWS:
            pages.append([])
        pages[-1].append(chart)
    for url, [charts], pager in paginated(pages, FIGURES, views.home.base, length=1, names=STEPS):
        context = partial(_context, charts, pager, prose)
        description = "Every figure by what it counts: who gave it, when, and which of them can be compared."
        yield Page(url, "figures.html", "Figures", description, context, section="figures")


def _context(charts: list[Chart], pager: Pager, prose: Prose) -> Context:
    return {"charts": charts, "pager": pager, "intro": prose.get(("page", "figures"))}


def charts_of(views: Views) -> Iterator[Chart]:
    """Yield the charts of all figures by measure, each of at most a page of rows."""
    for measure, axes in axes_of(figures_told(views.deck), views.deck).items():
        known = views.settings.measures.get(measure)
        for axis in axes:
            scale = scale_of(every_number(axis.told))
            for start in range(0, len(axis.told), ROWS):
                yield _chart(known.label if known else measure, axis, axis.told[start : start + ROWS], scale, views)


def _chart(measure: str, axis: Axis, told: list[Told], scale: Scale, views: Views) -> Chart:
    shares = len(axis.told) > 1
    ticks = [(scale.at(tick), number_in_words(Decimal(str(tick)).normalize())) for tick in scale.ticks]
    title = subject_in_words(axis.told[0].figure, views)
    return Chart(measure, title, axis.apart, [_row(row, scale, views) for row in told], ticks if shares else [])


def subject_in_words(figure: Figure, views: Views) -> str:
    """Return what a figure counts, its measure aside: “North Korean troops, in total”."""
    population = views.settings.populations.get(figure.of or "")
    details = [
        population.label if population else figure.of,
        SCOPES.get(figure.scope or ""),
        f"a {figure.per}" if figure.per else "",
        span_in_words(figure.period) if figure.period else "",
    ]
    return sentence(", ".join(detail for detail in details if detail)) or "Nobody says of whom"


def _row(told: Told, scale: Scale, views: Views) -> Row:
    interval, claims = told.interval, [views.deck.claims[id_] for id_ in told.claims]
    is_dark = told.origin == "unknown"
    named = views.claimant(told.via)
    low, high = float(interval.low), None if interval.high is None else float(interval.high)
    return Row(
        date=date_in_words(told.date, short=True),
        who=Link(f"{named.text}, naming nobody", named.href) if is_dark else named,
        stake=STAKES["unknown" if is_dark else views.deck.stake_of(told.origin)],
        is_party=not is_dark and views.deck.stake_of(told.origin) == "party",
        amount=amount_in_words(told.figure),
        span=interval_in_words(interval),
        claims=[views.claim_link(claim.id) for claim in claims[:CLAIMS]],
        stamp=views.status(claims[0]),
        read_in=[views.source(id_, short=True) for id_ in list(told.sources)[:READ_IN]],
        reads=len(told.sources),
        begin=scale.at(low),
        end=scale.at(high) if high is not None else 100,
        at=scale.at(float(told.figure.value)) if told.figure.value is not None else None,
        is_quoted=claims[0].card.figure != told.figure,
        opens="up" if high is None else "down" if told.figure.comparator == "at_most" else "",
    )


def interval_in_words(interval: Interval) -> str:
    """Return “400 to 600”, “100 or more”, “more than 100”, “12”."""
    low = number_in_words(interval.low)
    if interval.high is None:
        return f"more than {low}" if interval.above else f"{low} or more"
    return low if interval.low == interval.high else f"{low} to {number_in_words(interval.high)}"

"""Show what each source says of a claim, and how its figures and dates stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claimdeck.judge.deck import Claim, Testimony
from claimdeck.judge.figures import Comparison, compare, differs
from claimdeck.model.cards import STANCES, UNKNOWN, Figure
from claimdeck.model.dates import date_in_words
from claimdeck.present.views import Link, Statement, Views
from claimdeck.present.words import STANCES as STANCE_WORDS
from claimdeck.present.words import figure_in_words, span_in_words

COMPARED_AT_MOST = 12  # figures of other claims shown beside a claim's own
LOOKED_AT_MOST = 200  # claims of one measure and topic among which they are sought
VERDICTS = {"agree": "agrees", "conflict": "conflicts", "not-comparable": "not comparable"}


class EvidenceView(NamedTuple):
    """One piece of evidence as its claim's page shows it."""

    source: Link
    kind: str
    citing: list[Link]
    dark: bool
    via_from: Link | None
    quote: Statement | None
    translation: str | None
    note: str | None
    passage: str | None
    to_passage: bool
    archive: str | None
    verified: bool
    doubted: bool
    figure: str
    drifted: bool
    retold: bool
    happened: str
    admission: bool
    own: bool
    carries: Link | None
    retracted: str


class Group(NamedTuple):
    """All evidence of one stance."""

    title: str
    evidence: list[EvidenceView]


class ComparedFigure(NamedTuple):
    """Another figure beside the claim's."""

    label: Link
    figure: str
    verdict: str
    mark: str
    reason: str


def groups_of(claim: Claim, views: Views) -> list[Group]:
    """Return the evidence of *claim*, grouped by stance."""
    groups = []
    for stance in STANCES:
        found = [t for t in claim.testimonies if t.card.stance == stance]
        if found:
            groups.append(Group(STANCE_WORDS[stance], [_evidence(t, claim, views) for t in found]))
    return groups


def compared_figures(claim: Claim, views: Views) -> list[ComparedFigure]:
    """Return the figures that stand beside the claim's own: its sources' first, then those of other claims."""
    figure = claim.card.figure
    if not figure:
        return []
    found, beside = [], []
    for testimony in claim.testimonies:
        if testimony.card.figure and testimony.card.figure != figure:
            compared = compare(figure, testimony.card.figure, views.settings, same_event=True)
            found.append(
                _compared(views.source(testimony.source.id, short=True), testimony.card.figure, compared, views)
            )
    for other, related in _neighbours(claim, views):
        theirs = views.figures.get(other)
        if theirs and _share_a_subject(figure, theirs):
            compared = compare(figure, theirs, views.settings, same_event=related == "same-event")
            beside.append(_compared(views.claim_link(other), theirs, compared, views))
    beside.sort(key=lambda other: other.mark == "not-comparable")  # what can be compared comes first
    return [*found, *beside[:COMPARED_AT_MOST]]


def dates_beside(claim: Claim, views: Views) -> list[Link]:
    """Return when it happened as each source puts it; dates are shown side by side, not compared."""
    return [
        Link(
            span_in_words(t.card.happened),
            views.href("source", t.source.id),
            views.source(t.source.id, short=True).text,
        )
        for t in claim.testimonies
        if t.card.happened
    ]


def _evidence(testimony: Testimony, claim: Claim, views: Views) -> EvidenceView:
    card, source = testimony.card, testimony.source.card
    told = [link for link in card.via if link != UNKNOWN]
    carried = source.carries if not card.own else None
    drifted = bool(card.figure and claim.card.figure and differs(card.figure, claim.card.figure))
    verified = testimony.verified
    to_passage = bool(source.url and verified and verified.fragment)
    return EvidenceView(
        source=views.source(testimony.source.id),
        kind=source.kind,
        citing=[views.claimant(link) for link in (told[1:] if told and told[0] == carried else told)],
        dark=testimony.chain.dark,
        via_from=views.source(card.via_from) if card.via_from else None,
        quote=views.statement(card.quote, source.language) if card.quote else None,
        translation=card.translation,
        note=card.note,
        passage=_passage(source.url, verified.fragment) if source.url and verified else source.url,
        to_passage=to_passage,
        archive=source.archive_url,
        verified=verified is not None,
        doubted=bool(views.doubts and card.quote and not verified),
        figure=figure_in_words(card.figure, views.settings) if card.figure else "",
        drifted=drifted,
        retold=drifted and _was_retold(testimony, claim),
        happened=span_in_words(card.happened) if card.happened else "",
        admission=card.admission,
        own=card.own,
        carries=views.claimant(carried) if carried else None,
        retracted=f"{date_in_words(source.retracted.on)}: {source.retracted.note}" if source.retracted else "",
    )


def _passage(url: str, fragment: str) -> str:
    """Return the address of a passage: a text directive follows the address's own fragment, if it has one."""
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}" if fragment else url


def _was_retold(testimony: Testimony, claim: Claim) -> bool:
    """Whether an earlier link of the chain is itself a source of this claim and gives another figure."""
    told = testimony.card.figure
    earlier_links = set(testimony.chain.links) - {testimony.source.card.outlet}
    figures = [t.card.figure or claim.card.figure for t in claim.testimonies if t.source.card.outlet in earlier_links]
    return any(told and figure and differs(told, figure) for figure in figures)


def _neighbours(claim: Claim, views: Views) -> Iterator[tuple[str, str]]:
    """Yield the claims whose figures a reader would hold beside this one's: related ones, then of the same measure."""
    related = {relation.claim: relation.relationship for relation in claim.relations}
    yield from related.items()
    measure = claim.card.figure.measure if claim.card.figure else ""
    alike = [id_ for topic in claim.card.topics for id_ in views.counting.get((measure, topic), [])[:LOOKED_AT_MOST]]
    for id_ in dict.fromkeys(alike):
        if id_ != claim.id and id_ not in related:
            yield id_, ""


def _share_a_subject(one: Figure, other: Figure) -> bool:
    """Whether a reader could hold two figures beside each other at all: they count one thing, or of one people."""
    return one.measure == other.measure or (one.of is not None and one.of == other.of)


def _compared(label: Link, figure: Figure, compared: Comparison, views: Views) -> ComparedFigure:
    return ComparedFigure(
        label,
        figure_in_words(figure, views.settings),
        VERDICTS[compared.verdict],
        compared.verdict,
        compared.reason,
    )

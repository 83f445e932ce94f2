"""PLAN the matrix: claims down, sources across, in each cell a stance and a letter; sources of one origin share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from string import ascii_uppercase

from claimdeck.judge.deck import Claim, Testimony
from claimdeck.judge.origins import join_chains
from claimdeck.model.cards import STANCES, Stance
from claimdeck.model.dates import last_day
from claimdeck.present.markup import Prose
from claimdeck.present.pages import STEPS, Context, Page, Pager, paginated
from claimdeck.present.provenance import way_of
from claimdeck.present.views import Link, Stamp, Views

MATRIX = "matrix/"
ROWS, COLUMNS = 100, 16  # of one page
DARK = "?"  # the letter of an origin that nobody names


@dataclass(frozen=True)
class Mark:
    """What a source has to say on a claim, and the letter of the origin from which it has it."""

    stance: Stance
    letter: str


@dataclass(frozen=True)
class Row:
    """A claim: for each source of the page its marks, and who the letters are."""

    link: Link
    stamp: Stamp
    cells: list[list[Mark]]
    letters: list[tuple[str, str]]


@dataclass
class Sheet:
    """A matrix small enough to be read: its columns, and its rows under their topics."""

    sources: list[Link]
    topics: list[tuple[Link, list[Row]]] = field(default_factory=list)


def plan_matrix(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield the pages of the matrix."""
    sheets = list(_packed(views)) or [[]]
    for url, [claims], pager in paginated(sheets, MATRIX, views.home.base, length=1, names=STEPS):
        context = partial(_context, claims, pager, views, prose)
        description = "Which source supports, disputes or qualifies which claim, and which of them share an origin."
        yield Page(url, "matrix.html", "Matrix", description, context, section="matrix")


def _context(claims: list[Claim], pager: Pager, views: Views, prose: Prose) -> Context:
    return {"sheet": _sheet(claims, views), "pager": pager, "intro": prose.get(("page", "matrix"))}


def _packed(views: Views) -> Iterator[list[Claim]]:
    """Yield the claims by topic and date, as many at once as one page can show."""
    places = {topic: place for place, topic in enumerate(views.deck.topics)}

    def place(claim: Claim) -> tuple[int, str, str]:
        earliest = min((last_day(t.source.card.published or "0001") for t in claim.testimonies), default="")
        return (places.get(claim.card.topics[0], -1) if claim.card.topics else -1, earliest, claim.id)

    shown: list[Claim] = []
    sources: set[str] = set()
    for claim in sorted(views.deck.claims.values(), key=place):
        more = sources | {t.source.id for t in claim.testimonies}
        if shown and (len(shown) == ROWS or len(more) > COLUMNS):
            yield shown
            shown, more = [], more - sources | {t.source.id for t in claim.testimonies}
        shown.append(claim)
        sources = more
    if shown:
        yield shown


def _sheet(claims: list[Claim], views: Views) -> Sheet:
    found = {t.source.id: t.source for claim in claims for t in claim.testimonies}
    columns = sorted(found, key=lambda id_: (last_day(found[id_].card.published or "0001"), id_))
    sheet = Sheet([views.source(id_, short=True) for id_ in columns])
    for claim in claims:
        topic = views.topic(claim.card.topics[0]) if claim.card.topics else Link("No topic", "")
        if not sheet.topics or sheet.topics[-1][0] != topic:
            sheet.topics.append((topic, []))
        sheet.topics[-1][1].append(_row(claim, columns, views))
    return sheet


def _row(claim: Claim, columns: list[str], views: Views) -> Row:
    letters: dict[str, str] = {}
    marks: dict[str, dict[Mark, None]] = {}
    for stance in STANCES:
        testimonies = [t for t in claim.testimonies if t.card.stance == stance]
        graph = join_chains(t.chain for t in testimonies)
        for testimony in testimonies:
            origin = _origin(testimony, way_of(testimony, graph), views)
            if stance == "mentions":
                letter = ""
            else:
                letter = letters.setdefault(origin, _letter(len(letters))) if origin else DARK
            marks.setdefault(testimony.source.id, {})[Mark(stance, letter)] = None
    named = [(letter, views.claimant(origin).text) for origin, letter in letters.items()]
    return Row(views.claim_link(claim.id), views.status(claim), [list(marks.get(id_, ())) for id_ in columns], named)


def _origin(testimony: Testimony, way: tuple[list[str], bool], views: Views) -> str:
    """Return the id of the root from which *testimony* has its statement; "" where nobody names it."""
    names, dark = way
    claimant = views.deck.claimants.get(names[0]) if names else None
    if dark or (claimant and claimant.is_dark):
        return ""
    return claimant.root if claimant else testimony.chain.origin


def _letter(number: int) -> str:
    """Return the letter of an origin: A to Z, then A2, B2 and so on."""
    turn, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(turn + 1) if turn else "")

"""The deck: every card joined to every other, with all that follows from them.  Nothing in it changes.

JOIN makes it, JUDGE finds problems in it, pages read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from claimdeck.model.cards import ClaimantCard, ClaimCard, Evidence, PageCard, SourceCard, Stake, TopicCard
from claimdeck.model.dates import last_day
from claimdeck.model.lock import VerifiedQuote
from claimdeck.model.settings import Rung, Settings
from claimdeck.read.content import CardFile

Relationship = Literal["same-event", "contradicts", "context", "narrows", "narrowed-by", "supersedes", "superseded-by"]


class Chain(NamedTuple):
    """How a statement reached a source: claimants from its outlet (or the wire it carries) to the origin.

    *dark* says that the trail ends in the unknown behind the last of them.
    """

    links: tuple[str, ...]
    dark: bool = False

    @property
    def origin(self) -> str:
        """The id of the last link; “unknown” where the trail ends in the dark."""
        return "unknown" if self.dark else self.links[-1]

    @property
    def is_witness(self) -> bool:
        """Whether the outlet (or the wire) is itself the origin, citing nobody."""
        return len(self.links) == 1 and not self.dark


class Range(NamedTuple):
    """A count that is at least *low* and at most *high*."""

    low: int = 0
    high: int = 0

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


class Counts(NamedTuple):
    """Every word that a rung's needs may use.  Sources are counted exactly, the rest as ranges."""

    sources: int = 0
    origins: Range = Range()
    nonparty: Range = Range()
    admissions: Range = Range()
    disputing_sources: int = 0
    disputing_origins: Range = Range()
    against: Range = Range()
    against_nonparty: Range = Range()
    admissions_against: Range = Range()
    superseded: bool = False

    def low(self, need: str) -> int:
        """Return the low end of the count named *need*."""
        count = getattr(self, need)
        return count.low if isinstance(count, Range) else int(count)

    def high(self, need: str) -> int:
        """Return the high end of the count named *need*."""
        count = getattr(self, need)
        return count.high if isinstance(count, Range) else int(count)


UNCOUNTED = Counts()


@dataclass(frozen=True)
class Testimony:
    """One piece of evidence, joined: the card's words, its chain, and whether its quote was verified."""

    number: int  # its index in the card
    card: Evidence
    source: Source
    chain: Chain
    verified: VerifiedQuote | None = None


@dataclass(frozen=True)
class Relation:
    """How a claim stands to another one, seen from here."""

    claim: str
    relationship: Relationship


@dataclass(frozen=True)
class Claim:
    """A claim with its evidence, origins and counts."""

    id: str
    file: CardFile[ClaimCard]
    testimonies: tuple[Testimony, ...] = ()
    counts: Counts = UNCOUNTED
    origins: tuple[str, ...] = ()  # leaf ids, known ones only
    disputing_origins: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    sound: bool = True  # all that its counts rest on could be read

    @property
    def card(self) -> ClaimCard:
        """What the editor wrote."""
        return self.file.card

    @property
    def on_record_to(self) -> str | None:
        """The newest date on which one of its sources was published or updated."""
        dates = [date for t in self.testimonies for date in (t.source.card.published, t.source.card.updated) if date]
        return max(dates, key=last_day, default=None)


@dataclass(frozen=True)
class Source:
    """A document that was read."""

    id: str
    file: CardFile[SourceCard]

    @property
    def card(self) -> SourceCard:
        """What the editor wrote."""
        return self.file.card


@dataclass(frozen=True)
class Claimant:
    """An actor, with what it inherits: its *root* (topmost `part_of`) and its *stake*."""

    id: str
    file: CardFile[ClaimantCard]
    root: str
    stake: Stake
    stake_from: str | None  # the claimant whose card says so

    @property
    def card(self) -> ClaimantCard:
        """What the editor wrote."""
        return self.file.card

    @property
    def name(self) -> str:
        """Its short name, where it has one."""
        return self.card.short or self.card.name or self.id

    @property
    def is_dark(self) -> bool:
        """Whether nobody can tell who it is: unnamed, and part of nothing known."""
        return self.card.kind == "unnamed" and self.root == self.id


@dataclass(frozen=True)
class Deck:
    """All cards, joined.  Claims are in order of their ids; withdrawn ones stand apart."""

    settings: Settings
    claims: Mapping[str, Claim] = field(default_factory=dict)
    withdrawn: Mapping[str, CardFile[ClaimCard]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    claimants: Mapping[str, Claimant] = field(default_factory=dict)
    topics: Mapping[str, CardFile[TopicCard]] = field(default_factory=dict)
    pages: Mapping[str, CardFile[PageCard]] = field(default_factory=dict)

    def rung_of(self, claim: Claim) -> Rung | None:
        """Return the rung of the ladder on which *claim* stands."""
        return self.settings.rung(claim.card.status)

    def stake_of(self, claimant: str) -> Stake:
        """Return the stake of *claimant*; unknown where it has no card."""
        return self.claimants[claimant].stake if claimant in self.claimants else "unknown"

    def ancestry(self, claimant: str) -> Iterator[Claimant]:
        """Yield *claimant* and all that it is part of, nearest first; a ring is followed once."""
        seen: set[str] = set()
        while claimant in self.claimants and claimant not in seen:
            seen.add(claimant)
            yield self.claimants[claimant]
            claimant = self.claimants[claimant].card.part_of or ""

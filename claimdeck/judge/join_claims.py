"""Join one claim after the other: its evidence to sources and claimants, and the counts that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from claimdeck.judge.deck import Claim, Claimant, Relation, Source, Testimony
from claimdeck.judge.origins import chain_of, count_evidence, find_loop, join_chains
from claimdeck.judge.quotes import verified_quote
from claimdeck.judge.references import References
from claimdeck.model.cards import UNKNOWN, ClaimCard, Kind
from claimdeck.model.lock import Lock
from claimdeck.model.problems import Problem, error
from claimdeck.read.content import CardFile, Content
from claimdeck.read.settings import SettingsFile

ClaimFile = CardFile[ClaimCard]
Card = tuple[Kind, str]


@dataclass
class JoinMemo:
    """What the last join of a preview made: a claim is taken over where nothing has changed that it was made of."""

    claims: dict[str, tuple[Claim, bool, frozenset[Card]]] = field(default_factory=dict)  # superseded; what it names
    around: tuple[SettingsFile, Lock] | None = None
    known: dict[Card, object] = field(default_factory=dict)

    def changed(self, site: SettingsFile, lock: Lock, content: Content, claimants: Mapping[str, Claimant]) -> set[Card]:
        """Return which cards, claims aside, changed since the last join; what has to be made anew is forgotten."""
        known: dict[Card, object] = {
            (kind, file.id): file for kind in ("source", "topic") for file in content.of_kind(kind).values()
        }
        known |= {("claimant", id_): (each.file, each.root, each.stake) for id_, each in claimants.items()}
        if not self.around or self.around[0] is not site or self.around[1] is not lock:
            self.claims.clear()
        changed = {card for card in known.keys() | self.known.keys() if known.get(card) != self.known.get(card)}
        self.around, self.known = (site, lock), known
        return changed


class ClaimJoiner:
    """Joins claims to the *sources* and *claimants* of one deck."""

    def __init__(
        self,
        references: References,
        sources: Mapping[str, Source],
        claimants: Mapping[str, Claimant],
        lock: Lock,
        has_gaps: bool,
        memo: JoinMemo | None = None,
    ) -> None:
        self.references, self.content, self.site = references, references.content, references.site
        self.sources, self.claimants, self.lock = sources, claimants, lock
        self.has_gaps = has_gaps  # a claim could not be read whole: it may supersede others
        self.memo = memo
        self.changed = memo.changed(self.site, lock, self.content, claimants) if memo else set()

    def join(self, file: ClaimFile, relations: tuple[Relation, ...], superseded: bool) -> Claim:
        """Return the claim of *file*, taken over from the last join if it would be the same."""
        claim = self._known(file, relations, superseded) or self._made(file, relations, superseded)
        sound = self._is_sound(file, claim.testimonies)
        return claim if claim.sound == sound else replace(claim, sound=sound)

    def _known(self, file: ClaimFile, relations: tuple[Relation, ...], superseded: bool) -> Claim | None:
        if not self.memo or file.id not in self.memo.claims:
            return None
        claim, was_superseded, named = self.memo.claims[file.id]
        is_same = claim.file is file and claim.relations == relations and was_superseded == superseded
        return claim if is_same and named.isdisjoint(self.changed) else None

    def _made(self, file: ClaimFile, relations: tuple[Relation, ...], superseded: bool) -> Claim:
        problems = len(self.references.problems)
        self.references.asked.clear()
        _check_words(file, self.references)
        testimonies = tuple(_join_evidence(file, self.sources, self.references, self.lock))
        loops = list(_loops(file, testimonies))
        self.references.problems += loops
        self.references.unsound |= {file.path} if loops else set()
        counts, ends_for, ends_against = count_evidence(testimonies, self.claimants, superseded)
        origins, disputing = tuple(sorted(ends_for.leaves)), tuple(sorted(ends_against.leaves))
        claim = Claim(file.id, file, testimonies, counts, origins, disputing, relations)
        if self.memo:
            links = {link for t in testimonies for link in t.chain.links}
            self.memo.claims.pop(file.id, None)
            if len(self.references.problems) == problems and self._are_read(links):
                named = {*self.references.asked, *(("claimant", link) for link in links)}
                self.memo.claims[file.id] = claim, superseded, frozenset(named)
        return claim

    def _are_read(self, links: set[str]) -> bool:
        asked = self.references.asked
        return links <= self.claimants.keys() and all(id_ in self.content.of_kind(kind) for kind, id_ in asked)

    def _is_sound(self, file: ClaimFile, testimonies: tuple[Testimony, ...]) -> bool:
        """Whether everything that a claim's counts rest on could be read whole."""
        if self.has_gaps and _may_be_superseded(file, self.references):
            return False
        links = {link for t in testimonies for link in t.chain.links}
        if not links <= self.claimants.keys():
            return False
        if not self.references.unsound:
            return True
        claimants = [self.claimants[link] for link in links]
        paths = {file.path, *(t.source.file.path for t in testimonies), *(each.file.path for each in claimants)}
        paths |= {self.claimants[each.root].file.path for each in claimants}
        return not paths & self.references.unsound


def _check_words(file: ClaimFile, references: References) -> None:
    """Check all that a claim's card names, but its evidence and relations."""
    card, ladder = file.card, references.ladder
    if card.status:
        references.word("ladder", card.status, ladder, file, "status")
    if card.said:
        references.card("claimant", card.said.by, file, "said", "by")
    for number, topic in enumerate(card.topics):
        references.card("topic", topic, file, "topics", number)
    for number, entry in enumerate(card.history):
        references.word("ladder", entry.status, ladder, file, "history", number, "status")
        for index, source in enumerate(entry.sources):
            references.card("source", source, file, "history", number, "sources", index)
    references.figure(card.figure, file, "figure")


def _join_evidence(
    file: ClaimFile, sources: Mapping[str, Source], references: References, lock: Lock
) -> Iterator[Testimony]:
    """Yield the claim's evidence whose source is known, each with the chain that can be followed."""
    for number, evidence in enumerate(file.card.evidence):
        here = ("evidence", number)
        references.figure(evidence.figure, file, *here, "figure")
        if evidence.via_from:
            references.card("source", evidence.via_from, file, *here, "via_from")
        for index, link in enumerate(evidence.via):
            if link != UNKNOWN:
                references.card("claimant", link, file, *here, "via", index)
            elif index < len(evidence.via) - 1:
                references.unsound.add(file.path)
                hint = "Take out what stands behind it: beyond `unknown` the trail ends."
                references.problems.append(
                    error(
                        file.places.of(*here, "via", index),
                        "CD026",
                        "`unknown` must be the last word of `via`.",
                        hint,
                    )
                )
        if not references.card("source", evidence.source, file, *here, "source") or evidence.source not in sources:
            continue
        source = sources[evidence.source]
        if evidence.own and not (source.card.carries or source.card.draws_on or source.file.damaged):
            hint = "Take `own` out: a source that carries no wire has only its own words."
            references.problems.append(
                error(file.places.of(*here, "own"), "CD026", "`own: true` says nothing here.", hint)
            )
        chain = chain_of(evidence, source.card)
        recorded = lock.verified(file.id, source.id) if evidence.quote else []
        verified = verified_quote(evidence.quote, recorded) if evidence.quote and recorded else None
        yield Testimony(number, evidence, source, chain, verified)


def _loops(file: ClaimFile, testimonies: tuple[Testimony, ...]) -> Iterator[Problem]:
    """Yield the loops of single chains; where there are none, those that several chains make together."""
    repeated = [t for t in testimonies if len(set(t.chain.links)) < len(t.chain.links)]  # without one there is no loop
    alone = [(t, loop) for t in repeated if (loop := find_loop(join_chains([t.chain])))]
    for testimony, loop in alone:
        yield _loop_problem(file, loop, "evidence", testimony.number, "via")
    for stance in ("supports", "disputes"):
        side = [t for t in testimonies if t.card.stance == stance]
        citing = {link for t in side for link in t.chain.links[:-1]}
        cited = {link for t in side for link in t.chain.links[1:]}
        has_both = not citing.isdisjoint(cited)  # as all in a loop are
        if not alone and has_both and (loop := find_loop(join_chains(t.chain for t in side))):
            number = max(t.number for t in side if set(loop) & set(t.chain.links))
            yield _loop_problem(file, loop, "evidence", number, "via")


def _loop_problem(file: ClaimFile, loop: list[str], *loc: str | int) -> Problem:
    message = f"the attribution runs in a circle: {' → '.join(loop)}."
    return error(
        file.places.of(*loc),
        "CD027",
        message,
        "Somebody said it first: end the chain there, or with `unknown`.",
    )


def _may_be_superseded(file: ClaimFile, references: References) -> bool:
    """Whether the card's status needs a claim that supersedes it, which may be one that could not be read."""
    rung = references.site.settings.rung(file.card.status)
    return rung is not None and any("superseded" in needs for needs in rung.needs)

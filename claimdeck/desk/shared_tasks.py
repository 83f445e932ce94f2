"""What the desk can still do where several cards meet: trails, stakes, conflicts, sources; drafts and the lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimdeck.desk.messages import counted
from claimdeck.desk.tasks import Task, named
from claimdeck.judge.conflicts import unrelated_conflicts
from claimdeck.judge.deck import Claim, Deck, Range, Testimony
from claimdeck.judge.origins import ends_of, join_chains
from claimdeck.judge.record import highest_rung
from claimdeck.model.cards import Figure
from claimdeck.model.problems import Problem
from claimdeck.pipeline import Judged
from claimdeck.present.words import figure_in_words, sentence

TOGETHER_FROM = 6  # sources without an archive address: that many are one task
NOT_RECORDED = {"CD060", "CD061"}


def conflict_tasks(claims: Sequence[Claim], deck: Deck) -> Iterator[Task]:
    """Yield a task for each claim whose figure conflicts with that of another one, and no relation says so."""
    for conflict in unrelated_conflicts(claims):
        claim, other = conflict.claim, conflict.other
        figures = [_in_words(each.card.figure, deck) for each in (claim, other)]
        why = f"{figures[0]} here and {figures[1]} in {other.id} cannot both be true, and no relation says so."
        verb = "conflicts" if conflict.more == 1 else "conflict"
        why += f" {counted(conflict.more, 'more claim')} with a higher figure {verb}." if conflict.more else ""
        mend = "Relate the two, or correct the figure that is wrong."
        yield Task("conflict", "claim", claim.file, ("figure",), sentence(why), mend, (-conflict.more,))


def dark_end_tasks(claims: Sequence[Claim], deck: Deck) -> Iterator[Task]:
    """Yield a task for each unknown end of a claim's trails; those behind one name stand together."""
    ends: dict[str, dict[str, list[Testimony]]] = {}
    for claim in claims:
        for end, testimonies in _dark_ends(claim, deck):
            ends.setdefault(end, {}).setdefault(claim.id, []).extend(testimonies)
    for order, (end, found) in enumerate(sorted(ends.items())):
        is_nameless = _is_nameless(end, deck)
        nobody = "who that is" if is_nameless else "from whom it comes"
        mend = f"Find out from whom {end} has it, and go on in `via`."
        mend = f"Find out who is behind {end}, or what it is a part of (`part_of`)." if is_nameless else mend
        for id_, testimonies in found.items():
            why = f"The trail ends at {end}, in {named(list(dict.fromkeys(t.source.id for t in testimonies)))}"
            why += f", as it does in {counted(len(found) - 1, 'other claim')}" if len(found) > 1 else ""
            loc = ("evidence", testimonies[0].number, "via")
            weight = (-len(found), order)  # those that share an end stand together
            yield Task("dark-end", "claim", deck.claims[id_].file, loc, f"{why}: nobody says {nobody}.", mend, weight)


def stake_tasks(claims: Sequence[Claim], deck: Deck) -> Iterator[Task]:
    """Yield a task for each claimant whose unknown stake leaves open how many origins are not a party."""
    waiting: dict[str, list[Claim]] = {}
    for claim in claims:
        for id_ in dict.fromkeys([*_unsure(claim.origins, deck), *_unsure(claim.disputing_origins, deck)]):
            waiting.setdefault(id_, []).append(claim)
    for id_, found in waiting.items():
        rising = [claim.id for claim in found if id_ in claim.origins and _would_rise(claim, deck)]
        which = "" if rising else f" ({named([claim.id for claim in found])})"
        why = (
            f"Whether {id_}, an origin of {counted(len(found), 'claim')}{which}, is a party to the events is not known"
        )
        why += f"; if it is none, {named(rising)} could carry a higher status." if rising else "."
        mend = "Set `stake`, with a `stake_note`, if something shows it."
        file = deck.claimants[id_].file
        yield Task("stake", "claimant", file, ("stake",), why, mend, (-len(rising), -len(found)))


def archive_tasks(claims: Sequence[Claim], deck: Deck) -> Iterator[Task]:
    """Yield a task for each source without an archive address; where many have none, one for them all."""
    cited: dict[str, set[str]] = {}
    for claim in claims:
        for testimony in claim.testimonies:
            cited.setdefault(testimony.source.id, set()).add(claim.id)
    bare = [
        (-len(cited.get(id_, ())), id_)
        for id_, source in deck.sources.items()
        if source.card.url and not source.card.archive_url and not source.card.draft and not source.file.damaged
    ]
    bare.sort()
    mend = "Save the page in an archive of the web, and enter its address as `archive_url`."
    for weight, id_ in bare if len(bare) < TOGETHER_FROM else bare[:1]:
        others = [f"{other} ({counted(-number, 'claim')})" for number, other in bare[1:]]
        many = f"{len(bare)} sources have no archive address, this one and {named(others)}."
        one = f"This source, cited in {counted(-weight, 'claim')}, has no archive address."
        why = one if len(bare) < TOGETHER_FROM else many
        yield Task("archive", "source", deck.sources[id_].file, ("url",), why, mend, (weight,))


def draft_tasks(judged: Judged) -> Iterator[Task]:
    """Yield a task for each draft: what it still lacks, the one nearest to publication first."""
    problems: dict[str, list[Problem]] = {}
    for problem in judged.problems:
        problems.setdefault(problem.place.path, []).append(problem)
    for kind, file in judged.content.files():
        if file.card.draft:
            lacking = [problem.message.rstrip(".") for problem in problems.get(file.path, [])]
            why = f"This draft is not ready: {named(lacking, 5)}." if lacking else "This draft lacks nothing."
            mend = "Complete it, or delete it." if lacking else "Delete its `draft: true` to publish it."
            yield Task("draft", kind, file, ("draft",), why, mend, (len(lacking),))


def unrecorded_tasks(judged: Judged) -> Iterator[Task]:
    """Yield a task for each card that is not in the lock as it stands; none where there is no lock at all."""
    cards = {file.path: (kind, file) for kind, file in judged.content.files()}
    for problem in judged.problems:
        if problem.code in NOT_RECORDED and problem.place.path in cards:
            kind, file = cards[problem.place.path]
            yield Task("unrecorded", kind, file, (), sentence(problem.message), problem.hint)


def _in_words(figure: Figure | None, deck: Deck) -> str:
    return figure_in_words(figure, deck.settings) if figure else ""


def _dark_ends(claim: Claim, deck: Deck) -> Iterator[tuple[str, list[Testimony]]]:
    """Yield the last known links of *claim*'s unknown ends, each with the evidence whose trail passes there."""
    for stance, count in (("supports", claim.counts.origins), ("disputes", claim.counts.disputing_origins)):
        if count.low < count.high:
            side = [t for t in claim.testimonies if t.card.stance == stance]
            chains = [t.chain for t in side]
            for end in sorted(ends_of(chains, join_chains(chains), deck.claimants).dark):
                ending = [t for t in side if t.chain.links[-1] == end]
                yield end, [t for t in ending if t.chain.dark or _is_nameless(end, deck)]


def _is_nameless(claimant: str, deck: Deck) -> bool:
    return claimant in deck.claimants and deck.claimants[claimant].is_dark


def _unsure(origins: Sequence[str], deck: Deck) -> list[str]:
    """Return those of *origins* that may or may not be a party; one whose root holds a party is one anyway."""
    parties = {deck.claimants[id_].root for id_ in origins if deck.stake_of(id_) == "party"}
    return [id_ for id_ in origins if deck.stake_of(id_) == "unknown" and deck.claimants[id_].root not in parties]


def _would_rise(claim: Claim, deck: Deck) -> bool:
    """Whether one more origin that is not a party would carry *claim* to a higher rung than its evidence does now."""
    known = claim.counts.nonparty
    more = claim.counts._replace(nonparty=Range(known.low + 1, max(known.low + 1, known.high)))
    return highest_rung(more, deck) != highest_rung(claim.counts, deck)

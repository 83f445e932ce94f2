"""JOIN cards into a deck: ids become links, and all that follows from them is derived once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimdeck.judge.deck import Claim, Claimant, Deck, Source, Testimony
from claimdeck.judge.origins import chain_of, count_evidence, find_loop, join_chains
from claimdeck.judge.quotes import verified_quote
from claimdeck.judge.references import References
from claimdeck.judge.relations import join_relations
from claimdeck.model.cards import UNKNOWN, ClaimantCard, ClaimCard, Stake
from claimdeck.model.lock import Lock
from claimdeck.model.problems import Problem, error
from claimdeck.read.content import CardFile, Content
from claimdeck.read.settings import SettingsFile

ClaimFile = CardFile[ClaimCard]


def join_cards(content: Content, site: SettingsFile, lock: Lock) -> tuple[Deck, list[Problem]]:
    """Return the deck of all cards of *content*, and the references and chains that do not hold."""
    references = References(content, site)
    references.settings_cards()
    claimants = _join_claimants(content, references)
    sources = _join_sources(content, references)
    living = {id_: file for id_, file in content.claims.items() if not file.card.withdrawn}
    for file in living.values():
        _check_words(file, references)
    relations, superseded = join_relations(living, references)
    has_gaps = any(file.damaged for file in living.values()) or any(kind == "claim" for kind, _ in content.unread)
    claims: dict[str, Claim] = {}
    for id_, file in living.items():
        testimonies = tuple(_join_evidence(file, sources, references, lock))
        loops = list(_loops(file, testimonies))
        references.problems += loops
        counts, ends_for, ends_against = count_evidence(testimonies, claimants, id_ in superseded)
        claims[id_] = Claim(
            id_,
            file,
            testimonies,
            counts,
            tuple(sorted(ends_for.leaves)),
            tuple(sorted(ends_against.leaves)),
            tuple(relations.get(id_, ())),
            sound=not loops
            and _rests_on_sound(file, testimonies, claimants, references)
            and not (has_gaps and _may_be_superseded(file, site)),
        )
    withdrawn = {id_: file for id_, file in content.claims.items() if file.card.withdrawn}
    deck = Deck(site.settings, claims, withdrawn, sources, claimants, content.topics, content.pages)
    return deck, references.problems


def _join_claimants(content: Content, references: References) -> dict[str, Claimant]:
    known = content.claimants
    parents = {
        id_: [file.card.part_of]
        for id_, file in known.items()
        if file.card.part_of
        and references.card("claimant", file.card.part_of, file, "part_of")
        and file.card.part_of in known
    }
    while ring := find_loop(parents):
        file = known[ring[0]]
        message = f"“{file.id}” is a part of itself: {' → '.join(ring)}."
        references.problems.append(
            error(file.places.of("part_of"), "CD021", message, "Take one `part_of` out of this ring.")
        )
        references.unsound |= {known[id_].path for id_ in ring}
        del parents[ring[0]]
    for file in known.values():
        if file.card.stake in {"party", "aligned"} and not file.card.stake_note and not file.damaged:
            hint = "Say why in one neutral sentence, with a source id where one shows it."
            message = f"`stake: {file.card.stake}` needs a `stake_note`."
            references.problems.append(error(file.places.of("stake"), "CD011", message, hint))
    return {id_: _claimant(file, known, parents) for id_, file in known.items()}


def _claimant(
    file: CardFile[ClaimantCard],
    known: Mapping[str, CardFile[ClaimantCard]],
    parents: Mapping[str, list[str]],
) -> Claimant:
    line = [file.id]
    while line[-1] in parents:
        line += parents[line[-1]]
    stakes: list[tuple[Stake, str]] = [(known[id_].card.stake, id_) for id_ in line if known[id_].card.stake]  # type: ignore[misc]
    return Claimant(file.id, file, line[-1], *(stakes[0] if stakes else ("unknown", None)))


def _join_sources(content: Content, references: References) -> dict[str, Source]:
    for file in content.sources.values():
        card = file.card
        for name in ("outlet", "carries", "draws_on"):
            if id_ := getattr(card, name):
                references.card("claimant", id_, file, name)
        outlet = content.claimants.get(card.outlet)
        is_report = card.kind in {"article", "wire"} and not file.damaged
        if outlet and is_report and outlet.card.kind != "outlet" and not outlet.damaged:
            message = f"“{card.outlet}” is of kind {outlet.card.kind}; an article or wire report comes from an outlet."
            hint = "Name the outlet that published it; whom it cites belongs into `via` of the evidence."
            references.problems.append(error(file.places.of("outlet"), "CD026", message, hint))
    return {id_: Source(id_, file) for id_, file in content.sources.items()}


def _check_words(file: ClaimFile, references: References) -> None:
    """Check all that a claim's card names, but its evidence and relations."""
    card, ladder = file.card, {rung.id: rung for rung in references.site.settings.ladder}
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
        if evidence.own and not (source.card.carries or source.card.draws_on):
            hint = "Take `own` out: a source that carries no wire has only its own words."
            references.problems.append(
                error(file.places.of(*here, "own"), "CD026", "`own: true` says nothing here.", hint)
            )
        chain = chain_of(evidence, source.card)
        verified = verified_quote(evidence.quote, lock.verified(file.id, source.id)) if evidence.quote else None
        yield Testimony(number, evidence, source, chain, verified)


def _loops(file: ClaimFile, testimonies: tuple[Testimony, ...]) -> Iterator[Problem]:
    """Yield the loops of single chains; where there are none, those that several chains make together."""
    alone = [(t, loop) for t in testimonies if (loop := find_loop(join_chains([t.chain])))]
    for testimony, loop in alone:
        yield _loop_problem(file, loop, "evidence", testimony.number, "via")
    for stance in ("supports", "disputes"):
        side = [t for t in testimonies if t.card.stance == stance]
        if not alone and (loop := find_loop(join_chains(t.chain for t in side))):
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


def _may_be_superseded(file: ClaimFile, site: SettingsFile) -> bool:
    """Whether the card's status needs a claim that supersedes it, which may be one that could not be read."""
    rung = site.settings.rung(file.card.status)
    return rung is not None and any("superseded" in needs for needs in rung.needs)


def _rests_on_sound(
    file: ClaimFile,
    testimonies: tuple[Testimony, ...],
    claimants: Mapping[str, Claimant],
    references: References,
) -> bool:
    """Whether everything that the claim's counts rest on could be read whole."""
    paths = {file.path, *(t.source.file.path for t in testimonies)}
    for link in {link for t in testimonies for link in t.chain.links}:
        if link not in claimants:
            return False
        paths |= {claimants[link].file.path, claimants[claimants[link].root].file.path}
    return not paths & references.unsound

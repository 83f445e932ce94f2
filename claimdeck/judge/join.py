"""JOIN cards into a deck: ids become links, and all that follows from them is derived once."""

from __future__ import annotations

from collections.abc import Mapping

from claimdeck.judge.deck import Claimant, Deck, Source
from claimdeck.judge.join_claims import ClaimJoiner, JoinMemo
from claimdeck.judge.origins import LONGEST_RING, find_loops
from claimdeck.judge.references import References
from claimdeck.judge.relations import join_relations
from claimdeck.model.cards import ClaimantCard, Stake
from claimdeck.model.lock import Lock
from claimdeck.model.problems import Problem, error, shortened
from claimdeck.read.content import CardFile, Content
from claimdeck.read.settings import SettingsFile


def join_cards(
    content: Content, site: SettingsFile, lock: Lock, memo: JoinMemo | None = None
) -> tuple[Deck, list[Problem]]:
    """Return the deck of all cards of *content*, and the references and chains that do not hold.

    Claims that stand in *memo* with all that they were made of are taken from there.
    """
    references = References(content, site)
    references.settings_cards()
    claimants = _join_claimants(content, references)
    sources = _join_sources(content, references)
    living = {id_: file for id_, file in content.claims.items() if not file.card.withdrawn}
    relations, superseded = join_relations(living, references)
    has_gaps = any(file.damaged for file in living.values()) or any(kind == "claim" for kind, _ in content.unread)
    joiner = ClaimJoiner(references, sources, claimants, lock, has_gaps, memo)
    claims = {id_: joiner.join(file, tuple(relations.get(id_, ())), id_ in superseded) for id_, file in living.items()}
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
    for ring in find_loops(parents):
        file = known[ring[0]]
        message = f"“{file.id}” is a part of itself: {shortened(' → '.join(ring), LONGEST_RING)}."
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

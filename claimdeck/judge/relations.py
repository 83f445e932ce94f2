"""Join the relations that claims state into what each of two claims shows of the other."""

from __future__ import annotations

from collections.abc import Mapping

from claimdeck.judge.deck import Relation, Relationship
from claimdeck.judge.origins import LONGEST_RING, find_loops
from claimdeck.judge.references import References
from claimdeck.model.cards import ClaimCard
from claimdeck.model.problems import error, shortened
from claimdeck.read.content import CardFile

INVERSE: dict[Relationship, Relationship] = {
    "same-event": "same-event",
    "contradicts": "contradicts",
    "context": "context",
    "narrows": "narrowed-by",
    "narrowed-by": "narrows",
    "supersedes": "superseded-by",
    "superseded-by": "supersedes",
}


def join_relations(
    claims: Mapping[str, CardFile[ClaimCard]], references: References
) -> tuple[dict[str, list[Relation]], set[str]]:
    """Return each claim's relations, seen from its side and each once, and the ids of the claims superseded."""
    seen: dict[str, dict[str, Relationship]] = {}
    supersedes: dict[str, set[str]] = {}
    for file in claims.values():
        for number, related in enumerate(file.card.related):
            here = ("related", number, "claim")
            if not references.card("claim", related.claim, file, *here):
                continue
            known = seen.get(file.id, {}).get(related.claim, related.as_)
            if known != related.as_ and (file.damaged or claims[related.claim].damaged):
                continue  # what could not be read may say otherwise
            if related.claim == file.id or known != related.as_:
                message = (
                    "a claim is not related to itself."
                    if related.claim == file.id
                    else (f"“{related.claim}” is both {_said(known)} and {_said(related.as_)}.")
                )
                references.problems.append(
                    error(file.places.of(*here), "CD028", message, "Keep the one relation that says most.")
                )
                continue
            seen.setdefault(file.id, {})[related.claim] = related.as_
            seen.setdefault(related.claim, {})[file.id] = INVERSE[related.as_]
            if related.as_ == "supersedes" and not file.card.draft:
                supersedes.setdefault(file.id, set()).add(related.claim)
    for ring in find_loops(supersedes):
        file = claims[ring[0]]
        number = next(n for n, related in enumerate(file.card.related) if related.claim == ring[1])
        message = f"these claims supersede each other in a circle: {shortened(' → '.join(ring), LONGEST_RING)}."
        references.problems.append(
            error(
                file.places.of("related", number, "claim"),
                "CD028",
                message,
                "Only the newer claim supersedes the older one.",
            )
        )
        supersedes[ring[0]].discard(ring[1])
    relations = {id_: [Relation(other, word) for other, word in sorted(found.items())] for id_, found in seen.items()}
    return relations, {old for olds in supersedes.values() for old in olds}


def _said(relationship: Relationship) -> str:
    return relationship.replace("-", " ")

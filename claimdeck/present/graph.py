"""The graph of a claim's provenance as its picture shows it: who had it from whom, origin to claim.  No geometry."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from claimdeck.judge.deck import Claim, Testimony
from claimdeck.judge.origins import find_loop, join_chains
from claimdeck.model.cards import STANCES, Stance
from claimdeck.model.dates import date_in_words
from claimdeck.present.provenance import standing_of, way_of
from claimdeck.present.views import Views, grouped
from claimdeck.present.words import STAKES, kinds_in_words

Role = Literal["unknown", "origin", "relay", "source", "claim"]
CLAIM = "claim"  # the key of the last node
FOLDED_ABOVE = 12  # sources; beyond, those that had it the same way are drawn as one


class Node(NamedTuple):
    """An actor, a document or the claim: its name, and small notes below it."""

    key: str
    role: Role
    name: str
    notes: tuple[str, ...] = ()


class Route(NamedTuple):
    """A way by which a statement went on, and what it said of the claim."""

    start: str
    end: str
    stance: Stance


@dataclass
class Provenance:
    """All nodes by their keys, in the order of the card, and all routes between them: ask for them when all are in."""

    nodes: dict[str, Node] = field(default_factory=dict)
    routes: dict[Route, None] = field(default_factory=dict)

    def routes_into(self, key: str) -> list[Route]:
        """Return the routes that end at *key*."""
        return self._by_end.get(key, [])

    @property
    def is_ring(self) -> bool:
        """Whether some route leads back to where it began."""
        return bool(find_loop({key: [route.end for route in self.routes_from(key)] for key in self.nodes}))

    def routes_from(self, key: str) -> list[Route]:
        """Return the routes that begin at *key*."""
        return self._by_start.get(key, [])

    @cached_property
    def downwards(self) -> list[str]:
        """The nodes so that each follows all it had its words from, and follows them soon."""
        order: dict[str, None] = {}

        def visit(key: str) -> None:
            if key not in order and all(route.start in order for route in self.routes_into(key)):
                order[key] = None
                for route in self.routes_from(key):
                    visit(route.end)

        for key in self.nodes:
            visit(key)
        return list(order)

    @cached_property
    def _by_end(self) -> dict[str, list[Route]]:
        return grouped((route.end, route) for route in self.routes)

    @cached_property
    def _by_start(self) -> dict[str, list[Route]]:
        return grouped((route.start, route) for route in self.routes)


def provenance_of(claim: Claim, views: Views) -> Provenance | None:
    """Return the graph of all evidence of *claim* that weighs; None where there is none, or it runs in a ring."""
    provenance = Provenance()
    weighing = [t for stance in STANCES[:3] for t in claim.testimonies if t.card.stance == stance]
    for stance in STANCES[:3]:
        of_stance = [t for t in weighing if t.card.stance == stance]
        graph = join_chains(t.chain for t in of_stance)
        for testimony in of_stance:
            _add_way(provenance, testimony, way_of(testimony, graph), views)
    for id_ in dict.fromkeys(t.source.id for t in weighing):
        _add_source(provenance, [t for t in weighing if t.source.id == id_], views)
    if not provenance.nodes or provenance.is_ring:
        return None
    folded = _with_sources_folded(provenance, claim)
    status = views.status(claim).label
    folded.nodes[CLAIM] = Node(CLAIM, "claim", "This claim", (status.upper(),))
    return folded


def _add_way(provenance: Provenance, testimony: Testimony, way: tuple[list[str], bool], views: Views) -> None:
    """Add the claimants from the origin to the source of *testimony*, and the routes between them."""
    names, dark = way
    steps = []
    if dark:
        end = names[0] if names else testimony.source.card.outlet
        steps.append(Node(f"?{end}", "unknown", "Unknown", ("nobody says who",)))
    elif names == [testimony.source.card.outlet]:
        names = []  # the source itself is the origin
    for name in names:
        steps.append(_claimant(name, "relay" if steps else "origin", views))
    for node in steps:
        known = provenance.nodes.setdefault(node.key, node)
        if known.role == "origin" and node.role == "relay":
            provenance.nodes[node.key] = node  # what is an origin of one stance and a relay of another
    keys = [*(node.key for node in steps), f"source {testimony.source.id}"]
    for start, end in pairwise(keys):
        provenance.routes[Route(start, end, testimony.card.stance)] = None


def _claimant(id_: str, role: Role, views: Views) -> Node:
    claimant = views.deck.claimants.get(id_)
    if not claimant:
        return Node(id_, role, id_, ("no such claimant",))
    if role == "relay":
        return Node(id_, role, claimant.name, (claimant.card.kind,))
    return Node(id_, "unknown" if claimant.is_dark else role, claimant.name, standing_of(claimant, views))


def _add_source(provenance: Provenance, testimonies: list[Testimony], views: Views) -> None:
    """Add a source with its routes to the claim, one for each of its stances."""
    source = testimonies[0].source
    key = f"source {source.id}"
    stances = list(dict.fromkeys(t.card.stance for t in testimonies))
    published = date_in_words(source.card.published, short=True) if source.card.published else "no date"
    notes = [published, " and ".join(stances)]
    if any(t.chain.is_witness and t.chain.origin == source.card.outlet for t in testimonies):
        outlet = views.deck.claimants.get(source.card.outlet)
        notes += ["its own account", STAKES[outlet.stake] if outlet else STAKES["unknown"]]
    provenance.nodes[key] = Node(key, "source", views.claimant(source.card.outlet).text, tuple(notes))
    for stance in stances:
        provenance.routes[Route(key, CLAIM, stance)] = None


def _with_sources_folded(provenance: Provenance, claim: Claim) -> Provenance:
    """Return *provenance* with sources that had it from the same, and say the same, as one node where they are many."""
    kinds = {f"source {t.source.id}": t.source.card.kind for t in claim.testimonies}
    if len(sources := [key for key in kinds if key in provenance.nodes]) <= FOLDED_ABOVE:
        return provenance
    alike: dict[tuple[frozenset[tuple[str, str]], tuple[str, ...]], list[str]] = {}
    for key in sources:
        if ways := frozenset((route.start, route.stance) for route in provenance.routes_into(key)):
            own = provenance.nodes[key].notes[2:]
            alike.setdefault((ways, own), []).append(key)
    nodes, gone = dict(provenance.nodes), set()
    for first, *others in [keys for keys in alike.values() if len(keys) > 1]:
        stances = dict.fromkeys(route.stance for route in provenance.routes_from(first))
        name = kinds_in_words([kinds[key] for key in (first, *others)])
        nodes[first] = Node(first, "source", name, (" and ".join(stances),))
        gone.update(others)
    return Provenance(
        {key: node for key, node in nodes.items() if key not in gone},
        {route: None for route in provenance.routes if route.start not in gone and route.end not in gone},
    )

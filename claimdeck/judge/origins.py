"""Follow attribution chains to their origins and count the independent ones.

The chains of a claim's supporting (or disputing) evidence join into one graph over claimants: an
arrow leads from each to whom it cites.  Its leaves are the origins.  Leaves under one `part_of` root
count once.  What cannot be known only widens a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimdeck.judge.deck import Chain, Claimant, Counts, Range, Testimony
from claimdeck.model.cards import UNKNOWN, Evidence, SourceCard

Graph = dict[str, set[str]]
LONGEST_RING = 1_000  # letters, as a message shows it
DARK = "?"  # an arrow to it: the trail goes on, nobody says where


class Ends(NamedTuple):
    """Where chains lead: *leaves* (claimant ids) and *dark* ends (the last named link of each)."""

    leaves: frozenset[str]
    dark: frozenset[str]


def chain_of(evidence: Evidence, source: SourceCard) -> Chain:
    """Return how the statement reached *source*: its outlet, or the wire it carries, then `via`."""
    links = [link for link in evidence.via if link != UNKNOWN]
    first = source.outlet
    if source.carries and not evidence.own and not evidence.via:
        first = source.carries
    return Chain((first, *links), dark=UNKNOWN in evidence.via)


def join_chains(chains: Iterable[Chain]) -> Graph:
    """Return the graph of all *chains*: each claimant with those it cites."""
    graph: Graph = {}
    for chain in chains:
        steps = [*chain.links, DARK] if chain.dark else list(chain.links)
        for citing, cited in pairwise(steps):
            graph.setdefault(citing, set()).add(cited)
        graph.setdefault(steps[-1], set())
    return graph


def find_loop(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the nodes of one loop in *graph* in the arrows' order, the first again at the end; [] if there is none."""
    return next(find_loops(graph), [])


def find_loops(graph: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Yield loops of *graph* as find_loop does, each as it stands without the first arrow of those before it."""
    waiting = {node: set(cited) & graph.keys() for node, cited in graph.items()}
    citing: Graph = {node: set() for node in graph}
    for node, cited in waiting.items():
        for other in cited:
            citing[other].add(node)
    _take_out([node for node, cited in waiting.items() if not cited], waiting, citing)
    for start in sorted(waiting):
        while start in waiting:
            path, places = [start], {}
            while path[-1] not in places:  # who is left cites somebody who is left
                places[path[-1]] = len(path) - 1
                path.append(min(waiting[path[-1]]))
            first, second, *_ = loop = path[places[path[-1]] :]
            yield loop
            waiting[first].discard(second)
            citing[second].discard(first)
            _take_out([] if waiting[first] else [first], waiting, citing)


def _take_out(ends: list[str], waiting: Graph, citing: Graph) -> None:
    """Take *ends*, who cite nobody and so are in no loop, out of *waiting*, and who cites nobody else then."""
    while ends:
        end = ends.pop()
        del waiting[end]
        for node in citing[end]:
            waiting[node].discard(end)
            ends += [] if waiting[node] else [node]


def _reachable(graph: Graph, start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for cited in graph.get(waiting.pop(), ()):
            if cited not in seen:
                seen.add(cited)
                waiting.append(cited)
    return seen


def ends_of(chains: Iterable[Chain], graph: Graph, claimants: Mapping[str, Claimant]) -> Ends:
    """Return where *chains* lead in *graph*.

    A source that is itself the origin (its chain has one link) stays one, whomever its outlet cites elsewhere;
    every other chain is followed on from its last link to wherever the other chains show that it leads.
    """
    leaves: set[str] = set()
    dark: set[str] = set()
    for chain in chains:
        end = chain.links[-1]
        if chain.is_witness:
            leaves.add(end)
        else:
            reached = _reachable(graph, end) - {DARK}
            leaves |= {node for node in reached if not graph.get(node)}
            dark |= {node for node in reached if DARK in graph.get(node, ())}
    nameless = {leaf for leaf in leaves if leaf in claimants and claimants[leaf].is_dark}
    return Ends(frozenset(leaves - nameless), frozenset(dark | nameless))


def count_evidence(
    testimonies: Sequence[Testimony], claimants: Mapping[str, Claimant], superseded: bool
) -> tuple[Counts, Ends, Ends]:
    """Return the counts of a claim, and the ends of its supporting and of its disputing chains."""
    supporting = [t for t in testimonies if t.card.stance == "supports"]
    disputing = [t for t in testimonies if t.card.stance == "disputes"]
    for_graph, against_graph = (join_chains(t.chain for t in side) for side in (supporting, disputing))
    ends_for = ends_of((t.chain for t in supporting), for_graph, claimants)
    ends_against = ends_of((t.chain for t in disputing), against_graph, claimants)
    roots_for = {_root(leaf, claimants) for leaf in ends_for.leaves}
    only_against = Ends(
        frozenset(leaf for leaf in ends_against.leaves if _root(leaf, claimants) not in roots_for),
        ends_against.dark - ends_for.dark,
    )
    counts = Counts(
        sources=len({t.source.id for t in supporting}),
        origins=count_roots(ends_for, claimants),
        nonparty=count_nonparty(ends_for, claimants),
        admissions=_count_admissions(supporting, for_graph, claimants),
        disputing_sources=len({t.source.id for t in disputing}),
        disputing_origins=count_roots(ends_against, claimants),
        against=count_roots(only_against, claimants),
        against_nonparty=count_nonparty(only_against, claimants),
        admissions_against=_count_admissions(disputing, against_graph, claimants),
        superseded=superseded,
    )
    return counts, ends_for, ends_against


def count_roots(ends: Ends, claimants: Mapping[str, Claimant]) -> Range:
    """Return the number of independent origins: the roots of the leaves, and every dark end perhaps one more."""
    known = len({_root(leaf, claimants) for leaf in ends.leaves})
    return Range(known, known + len(ends.dark))


def count_nonparty(ends: Ends, claimants: Mapping[str, Claimant]) -> Range:
    """Return how many independent origins are not a party: stake `none` or `aligned`; an unknown one perhaps."""
    stakes: dict[str, set[str]] = {}
    for leaf in ends.leaves:
        stake = claimants[leaf].stake if leaf in claimants else "unknown"
        stakes.setdefault(_root(leaf, claimants), set()).add(stake)
    apart = sum(1 for found in stakes.values() if found <= {"none", "aligned"})
    unsure = sum(1 for found in stakes.values() if "party" not in found and "unknown" in found)
    return Range(apart, apart + unsure + len(ends.dark))


def _count_admissions(testimonies: Sequence[Testimony], graph: Graph, claimants: Mapping[str, Claimant]) -> Range:
    admitted = [t.chain for t in testimonies if t.card.admission]
    return count_roots(ends_of(admitted, graph, claimants), claimants) if admitted else Range()


def _root(claimant: str, claimants: Mapping[str, Claimant]) -> str:
    return claimants[claimant].root if claimant in claimants else claimant

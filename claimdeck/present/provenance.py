"""Tell where a claim comes from: the sentence with its three numbers, and the tree of its origins."""

from __future__ import annotations

from dataclasses import dataclass, field

from claimdeck.judge.deck import Claim, Claimant, Deck, Range, Testimony
from claimdeck.judge.origins import DARK, Graph, join_chains
from claimdeck.model.cards import STANCES, Stance
from claimdeck.model.dates import date_in_words
from claimdeck.present.views import Link, Views
from claimdeck.present.words import STAKES, counted, kinds_in_words, origins_in_words, range_in_words
from claimdeck.present.words import STANCES as STANCE_WORDS

OF_STAKE = {
    "party": ", {who} is a party to the events",
    "aligned": ", {who} is aligned with a party",
    "none": ", {who} is not a party to the events",
    "unknown": " (stake unknown)",
}
SHORT_STAKES = {**STAKES, "party": "a party"}
NAMED_AT_MOST = 3  # origins in the sentence with the three numbers
Phrase = tuple[str, bool]  # words, and whether they are one of the numbers


@dataclass
class Node:
    """An origin or relay in the tree, with those who had it from there."""

    name: str
    href: str
    details: str
    dark: bool = False
    leads_to: dict[str, Node] = field(default_factory=dict)
    read_in: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """The origins of all evidence of one stance."""

    stance: Stance
    title: str
    origins: list[Node]


def trail_of(claim: Claim, deck: Deck) -> list[Phrase]:
    """Return the sentence with the three numbers: sources, origins, those that are not a party."""
    counts = claim.counts
    phrases: list[Phrase] = []
    if counts.sources:
        kinds = list(
            {t.source.id: t.source.card.kind for t in claim.testimonies if t.card.stance == "supports"}.values()
        )
        leads = " leads back to " if counts.sources == 1 else " lead back to "
        phrases += [
            (kinds_in_words(list(kinds)), True),
            (leads, False),
            *_origins_in_words(claim, deck),
            (".", False),
        ]
    else:
        phrases.append(("No source supports it.", False))
    if counts.disputing_sources:
        dispute = " disputes it, from " if counts.disputing_sources == 1 else " dispute it, from "
        phrases += [
            (" ", False),
            (counted(counts.disputing_sources, "source", "sources"), True),
            (dispute, False),
        ]
        phrases += [(_origin_count(counts.disputing_origins), True), (".", False)]
    qualifying = len({t.source.id for t in claim.testimonies if t.card.stance == "qualifies"})
    if qualifying:
        phrases += [(" ", False), (counted(qualifying, "source", "sources"), True)]
        phrases.append((" qualifies it." if qualifying == 1 else " qualify it.", False))
    return phrases


def trail_in_short(claim: Claim) -> str:
    """Return the three numbers alone: “3 articles · 1 or 2 origins · 0 to 2 not a party”; and who disputes it."""
    counts = claim.counts
    parts = ["no source supports it"]
    if counts.sources:
        kinds = {t.source.id: t.source.card.kind for t in claim.testimonies if t.card.stance == "supports"}
        origins = origins_in_words(counts.origins)
        parts = [kinds_in_words(list(kinds.values())), origins, f"{range_in_words(counts.nonparty)} not a party"]
    if counts.disputing_sources:
        verb = "disputes" if counts.disputing_sources == 1 else "dispute"
        parts.append(f"{counted(counts.disputing_sources, 'source', 'sources')} {verb} it")
    return " · ".join(parts)


def trees_of(claim: Claim, views: Views) -> list[Tree]:
    """Return the origins of *claim* with relays and sources below them, a tree for each stance that weighs."""
    trees = []
    for stance in STANCES[:3]:
        testimonies = [t for t in claim.testimonies if t.card.stance == stance]
        graph = join_chains(t.chain for t in testimonies)
        origins: dict[str, Node] = {}
        for testimony in testimonies:
            _grow(origins, testimony, graph, views)
        if origins:
            trees.append(Tree(stance, STANCE_WORDS[stance], list(origins.values())))
    return trees


def _origins_in_words(claim: Claim, deck: Deck) -> list[Phrase]:
    """Return “1 origin, GUR, which is a party to the events”; “3 independent origins, 1 of them not a party …”."""
    counts = claim.counts
    phrases: list[Phrase] = [(_origin_count(counts.origins), True)]
    if not counts.origins.low:
        return [*phrases, (": nobody says where the trail leads", False)]
    if counts.origins == Range(1, 1):
        leaf = claim.origins[0]
        one = deck.claimants.get(leaf if len(claim.origins) == 1 else deck.claimants[leaf].root)
        stakes = {deck.stake_of(origin) for origin in claim.origins}
        stake = OF_STAKE[stakes.pop()] if len(stakes) == 1 else ", of several stakes"
        who = "who" if one and one.card.kind == "person" else "which"
        return [*phrases, (f", {one.name if one else leaf}{stake.format(who=who)}", False)]
    nonparty = (range_in_words(counts.nonparty), True)
    roots = _roots(claim, deck)
    if len(roots) <= NAMED_AT_MOST:
        named = f" ({_origins_by_name(roots, claim, deck)}), "
        return [*phrases, (named, False), nonparty, (" of them not a party to the events", False)]
    phrases += [(", ", False), nonparty, (f" of them not a party to the events{_shades(roots, deck)}", False)]
    if counts.origins.low != counts.origins.high:
        phrases.append(("; part of the trail ends in the dark", False))
    return phrases


def _roots(claim: Claim, deck: Deck) -> dict[str, list[str]]:
    """Return the origins of *claim*, those that count as one together, by the topmost that they are a part of."""
    roots: dict[str, list[str]] = {}
    for leaf in claim.origins:
        roots.setdefault(deck.claimants[leaf].root if leaf in deck.claimants else leaf, []).append(leaf)
    return roots


def _origins_by_name(roots: dict[str, list[str]], claim: Claim, deck: Deck) -> str:
    """Return “GUR, a party; South Korea, aligned with a party; perhaps one that nobody names”."""
    named = []
    for root, leaves in roots.items():
        one = leaves[0] if len(leaves) == 1 else root
        name = deck.claimants[one].name if one in deck.claimants else one
        stakes = dict.fromkeys(SHORT_STAKES[deck.stake_of(leaf)] for leaf in leaves)
        named.append(f"{name}, {' and '.join(stakes)}")
    if dark := claim.counts.origins.high - claim.counts.origins.low:
        named.append(f"perhaps {'one' if dark == 1 else dark} that nobody names")
    return "; ".join(named)


def _shades(roots: dict[str, list[str]], deck: Deck) -> str:
    """Return which of the origins are not counted plainly: aligned ones, and those of unknown stake."""
    stakes = [stake for leaves in roots.values() for stake in {deck.stake_of(leaf) for leaf in leaves}]
    shades = [(stakes.count("aligned"), "aligned with one"), (stakes.count("unknown"), "of unknown stake")]
    told = [f"{number} {words}" for number, words in shades if number]
    return f" ({', '.join(told)})" if told else ""


def _origin_count(count: Range) -> str:
    word = "origin" if count.high == 1 else "independent origins"
    return f"{range_in_words(count)} {word}"


def way_of(testimony: Testimony, graph: Graph) -> tuple[list[str], bool]:
    """Return the claimants between a statement's origin and its source, origin first, and whether its end is dark.

    An outlet that had it from somebody else is left out: it stands at the source itself.
    """
    links = list(testimony.chain.links)
    dark = testimony.chain.dark
    while (
        not (dark or testimony.chain.is_witness)
        and (further := sorted(graph.get(links[-1], set()) - {DARK}))
        and further[0] not in links
    ):
        links.append(further[0])  # another source shows whom the last one cites
    if links[0] == testimony.source.card.outlet and (len(links) > 1 or dark):
        links = links[1:]
    return links[::-1], dark


def standing_of(claimant: Claimant, views: Views) -> tuple[str, ...]:
    """Return what an origin is: its kind, with whom it counts as one origin, its stake."""
    whole = (f"part of {views.claimant(claimant.root).text}",) if claimant.root != claimant.id else ()
    return (claimant.card.kind, *whole, STAKES[claimant.stake])


def _grow(origins: dict[str, Node], testimony: Testimony, graph: Graph, views: Views) -> None:
    """Add the way of *testimony*, from its origin down to its source."""
    way, dark = way_of(testimony, graph)
    here, node = origins, None
    if dark:
        end = way[0] if way else testimony.source.card.outlet
        node = here.setdefault(f"?{end}", Node("Unknown", "", "nobody says who", dark=True))
        here = node.leads_to
    for link in way:
        claimant = views.deck.claimants.get(link)
        details = " · ".join(standing_of(claimant, views)) if claimant else "no such claimant"
        name = views.claimant(link)
        node = here.setdefault(link, Node(name.text, name.href, details, dark=bool(claimant and claimant.is_dark)))
        here = node.leads_to
    source = views.source(testimony.source.id)
    if node and (read := Link(source.text, source.href, testimony.source.card.kind)) not in node.read_in:
        node.read_in.append(read)


def recorded_in_words(claim: Claim) -> str:
    """Return until when the record was read, and when the desk reviewed it."""
    parts = []
    if claim.on_record_to:
        parts.append(f"on the record to {date_in_words(claim.on_record_to, short=True)}")
    if claim.card.reviewed:
        parts.append(f"reviewed {date_in_words(claim.card.reviewed, short=True)}")
    return " · ".join(parts)

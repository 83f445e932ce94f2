"""The ladder's needs against a card's counts: which rung its evidence carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimdeck.judge.deck import Claim, Counts, Deck, Range
from claimdeck.model.problems import Problem, error, listed
from claimdeck.model.settings import Rung

NOUNS = {
    "sources": ("source", "sources"),
    "origins": ("independent origin", "independent origins"),
    "nonparty": ("origin that is not a party", "origins that are not a party"),
    "admissions": ("admission by the party it speaks against", "admissions by parties it speaks against"),
    "disputing_sources": ("disputing source", "disputing sources"),
    "disputing_origins": ("disputing origin", "disputing origins"),
    "against": ("origin against it", "origins against it"),
    "against_nonparty": ("origin against it that is not a party", "origins against it that are not a party"),
    "admissions_against": ("admission against it", "admissions against it"),
}
SUPERSEDED = "a claim that supersedes it"


def meets(rung: Rung, counts: Counts) -> bool:
    """Whether *counts* carry *rung*: one of its needs is met whole, or it has none."""
    return not rung.needs or any(not unmet(needs, counts) for needs in rung.needs)


def unmet(needs: Mapping[str, int], counts: Counts) -> list[str]:
    """Return the names of the *needs* that *counts* do not meet: low ends count for, high ends against."""
    return [name for name, number in needs.items() if not _is_met(name, number, counts)]


def need_in_words(name: str, number: int) -> str:
    """Return one need for readers: “2 independent origins”, “no origin against it”."""
    if name == "superseded":
        return SUPERSEDED
    one, many = NOUNS[name.removeprefix("max_")]
    if name.startswith("max_"):
        return f"no {one}" if number == 0 else f"at most {number} {one if number == 1 else many}"
    return f"{number} {one if number == 1 else many}"


def needs_in_words(needs: Mapping[str, int]) -> str:
    """Return one way to reach a rung: “2 independent origins and no origin against it”."""
    return listed(need_in_words(name, number) for name, number in needs.items())


def judge_rung(claim: Claim, deck: Deck) -> Iterator[Problem]:
    """Yield a problem if the evidence of *claim* does not carry its status, and nobody answers for it."""
    rung = deck.rung_of(claim)
    if rung and claim.sound and not claim.card.override and not meets(rung, claim.counts):
        lacking = dict.fromkeys(name for needs in rung.needs for name in unmet(needs, claim.counts))
        has = listed(_has(name, claim, deck) for name in lacking)
        needs = ", or else ".join(needs_in_words(entry) for entry in rung.needs)
        message = f"“{rung.id}” needs {needs}; this card has {has}."
        yield error(claim.file.places.of("status"), "CD040", message, _advice(claim, deck))


def _advice(claim: Claim, deck: Deck) -> str:
    carried = [rung.id for rung in deck.settings.ladder if rung.needs and meets(rung, claim.counts)]
    free = [rung.id for rung in deck.settings.ladder if not rung.needs]
    return f"Its evidence carries {listed([*carried, *free], 'or')}." if carried or free else "Add evidence."


def _is_met(name: str, number: int, counts: Counts) -> bool:
    if name.startswith("max_"):
        return counts.high(name.removeprefix("max_")) <= number
    return counts.low(name) >= number


def _has(name: str, claim: Claim, deck: Deck) -> str:
    """Return what the card has of one need, origin by origin."""
    count = name.removeprefix("max_")
    if count == "superseded":
        return "none"
    number = getattr(claim.counts, count)
    one, many = NOUNS[count]
    said = str(number) if name == "origins" else f"{number} {one if str(number) == '1' else many}"
    against = count.startswith(("disputing", "against", "admissions_against"))
    leaves = claim.disputing_origins if against else claim.origins
    if count.endswith("nonparty"):
        leaves = tuple(leaf for leaf in leaves if deck.stake_of(leaf) != "party")
    if isinstance(number, Range) and number.low != number.high:
        said += " (what is unknown counts only at the high end)"
    told = [] if "admissions" in count or "sources" in count else _by_root(leaves, claim, deck, against)
    return f"{said}: {'; '.join(told)}" if told else said


def _by_root(leaves: tuple[str, ...], claim: Claim, deck: Deck, against: bool) -> list[str]:
    """Return the origins, those that belong together as one: “ukraine: gur (in a), zelenskyy (in b)”."""
    groups: dict[str, list[str]] = {}
    for leaf in leaves:
        root = deck.claimants[leaf].root if leaf in deck.claimants else leaf
        groups.setdefault(root, []).append(_routes(leaf, claim, against))
    return [f"{root}: {', '.join(routes)}" if len(routes) > 1 else routes[0] for root, routes in groups.items()]


def _routes(leaf: str, claim: Claim, against: bool) -> str:
    """Return an origin with the sources that lead to it: “gur (through associated-press in the-age-2024-12-17)”."""
    sources: dict[str, dict[str, None]] = {}
    for testimony in claim.testimonies:
        if testimony.card.stance == ("disputes" if against else "supports") and leaf in testimony.chain.links:
            *relays, _ = testimony.chain.links[: testimony.chain.links.index(leaf) + 1]
            relays = [relay for relay in relays if relay != testimony.source.card.outlet]
            sources.setdefault(listed(relays), {})[testimony.source.id] = None
    routes = [
        f"through {relays} in {listed(ids)}" if relays else f"in {listed(ids)}" for relays, ids in sources.items()
    ]
    return f"{leaf} ({'; '.join(routes)})" if routes else leaf

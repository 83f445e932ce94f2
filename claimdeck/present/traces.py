"""Note what is asked of a deck while a file is made, so that a later build can tell whether it would be made alike.

Everything that is asked for by name is a *question*: a collection's name, and the key that is looked up in it, all of
it or its length.  The answer to a question is told as a text, and equal texts are equal answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, cached_property, partial
from typing import Any, TypeVar

from markupsafe import Markup
from pydantic import BaseModel

from claimdeck.judge.deck import Claim, Claimant, Source, Testimony
from claimdeck.read.content import CardFile

K = TypeVar("K")
V = TypeVar("V")
PROSE = {"analysis", "body"}  # fields that are only asked for as what was rendered of them
ALL, LENGTH = "*", "#"  # in the place of a key; no key has such a sign
BASIS = "="  # likewise: what all answers of a collection follow from
PLAIN = frozenset([str, int, float, bool, Decimal, type(None)])
CARDS = ("claims", "withdrawn", "sources", "claimants", "topics", "pages")


class Noting:
    """Something that notes by itself what is asked of it, and so is no part of what a file is made from."""


class Traces:
    """The collections that are asked, and what was asked of them since the last file was begun."""

    def __init__(self) -> None:
        self.collections: dict[str, Mapping[Any, Any]] = {}
        self.bases: dict[str, Callable[[], Any]] = {}
        self.asked: set[tuple[str, Any]] = set()  # each a collection's name, and the key
        self.words = _Questions()
        self.all_cards = ""
        self.told: dict[int, tuple[Any, str]] = {}  # with each thing itself, so that none takes its place in memory

    def collection(self, name: str, values: Mapping[K, V], basis: Callable[[], Any] | None = None) -> Collection[K, V]:
        """Return *values* as a collection called *name* that notes what is asked of it.

        All of it follows from what *basis* returns, unless told from all cards.
        """
        self.collections[name] = values
        self.bases[name] = basis or self.cards
        return Collection(name, values, self.asked)

    def asked_by(self, make: Callable[[], V]) -> tuple[V, Sequence[str]]:
        """Return what *make* makes, and the questions it asked, in no order, each as the same object every time."""
        self.asked.clear()
        made = make()
        return made, tuple(map(self.words.__getitem__, self.asked))

    def answer(self, question: str) -> bytes:
        """Return the digest of the answer to *question*."""
        name, _, key = question.partition(" ")
        values = self.collections.get(name, {})
        found = tuple(key.split(" ")) if " " in key else key
        if key == BASIS:
            return digest(self.tell(self.bases[name]() if name in self.bases else None))
        answer = values if key == ALL else len(values) if key == LENGTH else values.get(found)
        return digest(str(answer) if isinstance(answer, Markup) else self.tell(answer))

    def cards(self) -> str:
        """Return the digest of all cards, with all that was joined to them, but for their texts in Markdown."""
        if not self.all_cards:
            self.all_cards = digest(self.tell([self.collections.get(kind) for kind in CARDS])).hex()
        return self.all_cards

    def key_of(self, make: Callable[..., Any]) -> str:
        """Return what *make* is, and what it was given, as a text; TypeError where something hides in it."""
        call = make if isinstance(make, partial) else partial(make)
        if getattr(call.func, "__closure__", None):
            raise TypeError(f"{call.func.__qualname__} hides what it is made from")
        given = [self.tell(value) for value in (*call.args, *call.keywords.values())]
        return f"{call.func.__module__}.{call.func.__qualname__}({','.join([*given, *call.keywords])})"

    def tell(self, value: Any) -> str:
        """Return *value* as a text that no other value has; TypeError where nobody has said how."""
        if type(value) in PLAIN:
            return repr(value)
        if known := self.told.get(id(value)):
            return known[1]
        if isinstance(value, list | tuple):
            return f"[{','.join([repr(each) if type(each) is str else self.tell(each) for each in value])}]"
        if isinstance(value, Markup):
            raise TypeError("what was rendered is asked for while a file is made")
        if isinstance(value, Claim | Claimant | Source | CardFile):
            return self._card(value)
        if isinstance(value, Noting):
            return type(value).__qualname__
        if isinstance(value, Mapping):
            return f"{{{','.join(f'{self.tell(key)}:{self.tell(inner)}' for key, inner in value.items())}}}"
        if isinstance(value, Testimony):
            raise TypeError("a testimony can be told only after its claim")
        if isinstance(value, BaseModel):
            return type(value).__qualname__ + value.model_dump_json()
        if is_dataclass(value) and not isinstance(value, type):
            return f"{type(value).__qualname__}{self.tell([getattr(value, name) for name in _names(type(value))])}"
        raise TypeError(f"nobody has said how to tell a {type(value).__qualname__}")

    def _card(self, card: Claim | Claimant | Source | CardFile[Any]) -> str:
        """Return *card* with all that was joined to it, told once."""
        if isinstance(card, CardFile):
            fields: str = card.card.model_dump_json(exclude=PROSE)
            told = card.path + fields
        elif isinstance(card, Source):
            told = self.tell(card.file)
        elif isinstance(card, Claimant):
            told = f"{self.tell(card.file)} {card.root} {card.stake} {card.stake_from}"
        else:
            joined = [(t.number, self.tell(t.source), t.chain, t.verified) for t in card.testimonies]
            derived = (card.counts, card.origins, card.disputing_origins, card.relations, card.sound)
            told = digest(f"{self.tell(card.file)} {derived!r} {joined!r}").hex()
            for testimony in card.testimonies:
                self.told[id(testimony)] = testimony, f"{told} {testimony.number}"
        self.told[id(card)] = card, told
        return told


class Collection(Mapping[K, V], Noting):
    """Values by their keys, like any mapping of them; each question is noted."""

    def __init__(self, name: str, whole: Mapping[K, V], asked: set[tuple[str, Any]]) -> None:
        self.name, self.asked = name, asked
        self.whole: Mapping[K, V] = whole

    def __getitem__(self, key: K) -> V:
        self.asked.add((self.name, key))
        return self.whole[key]

    def get(self, key: K, default: Any = None) -> Any:
        """Return the value of *key*, or *default*; the mixin would raise an exception for each that is not there."""
        self.asked.add((self.name, key))
        return self.whole.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.asked.add((self.name, key))
        return key in self.whole

    def __len__(self) -> int:
        self.asked.add((self.name, LENGTH))
        return len(self.whole)

    def __iter__(self) -> Iterator[K]:
        self.asked.add((self.name, ALL))
        return iter(self.whole)


class Later(Mapping[K, V]):
    """What *make* returns, made when it is first asked for."""

    def __init__(self, make: Callable[[], Mapping[K, V]]) -> None:
        self.make = make

    @cached_property
    def made(self) -> Mapping[K, V]:
        """All of it."""
        return self.make()

    def __getitem__(self, key: K) -> V:
        return self.made[key]

    def __len__(self) -> int:
        return len(self.made)

    def __iter__(self) -> Iterator[K]:
        return iter(self.made)


@cache
def _names(kind: type[Any]) -> list[str]:
    """Return the names of the fields of *kind*, a dataclass."""
    return [field.name for field in fields(kind)]


class _Questions(dict[tuple[str, Any], str]):
    """Questions as texts, by the name of a collection and the key: thousands of files ask the same."""

    def __missing__(self, asked: tuple[str, Any]) -> str:
        question = self[asked] = f"{asked[0]} {_in_words(asked[1])}"
        return question


def _in_words(key: Any) -> str:
    return " ".join(key) if isinstance(key, tuple) else str(key)


def digest(text: str) -> bytes:
    """Return the digest by which *text* is told from any other (BLAKE2b, 16 bytes)."""
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()

"""Mend the text of one file after a card was renamed: every other character stays as it was.  Reads no file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from claimdeck.model.cards import Kind
from claimdeck.model.problems import Place, RefusedError
from claimdeck.model.urls import FOLDERS
from claimdeck.present.markup import addresses_in
from claimdeck.read.content import end_of_front_matter
from claimdeck.read.documents import LOADER, Document, parse_document
from claimdeck.read.places import Loc, Spot

Holder = Kind | Literal["site"]

REFERENCES: dict[Holder, dict[str, Kind]] = {  # in whose file → at which field → the kind of card whose id stands there
    "claim": {
        "topics.*": "topic",
        "said.by": "claimant",
        "evidence.*.source": "source",
        "evidence.*.via.*": "claimant",
        "evidence.*.via_from": "source",
        "related.*.claim": "claim",
        "history.*.sources.*": "source",
    },
    "source": {"outlet": "claimant", "carries": "claimant", "draws_on": "claimant"},
    "claimant": {"part_of": "claimant"},
    "topic": {},
    "page": {},
    "site": {"start_here.*": "claim"},
}
MORE_ADDRESSES: dict[Kind, str] = {"claim": "|/embed/"}  # of other pages that are made of a card
IN_ID = "[a-z0-9-]"
BEFORE_AN_ENTRY = re.compile(r"[ \t]*-[ \t]+")
NO_ENTRY = re.compile(r"\[\s*\]")
NO_VALUE = re.compile(r"[ \t]*:(?:[ \t]*(?:~|null|Null|NULL)(?=\s|\Z))?")
END_OF_DOCUMENT = re.compile(r"^\.\.\.(?=\s|\Z)", re.MULTILINE)

Span = tuple[int, int]
Edit = tuple[Span, str]  # what takes the place of a span


@dataclass(frozen=True)
class Renaming:
    """A card's *kind*, its *old* id and its *new* one."""

    kind: Kind
    old: str
    new: str

    @property
    def whole_id(self) -> re.Pattern[str]:
        """Matches the old id where it is no part of another one."""
        return re.compile(rf"(?<!{IN_ID}){re.escape(self.old)}(?!{IN_ID})")

    @property
    def link(self) -> re.Pattern[str]:
        """Matches what may be a link to the card: “claim:” or “/claims/” (group 1) and the old id (group 2)."""
        folder = f"/{FOLDERS[self.kind]}/".replace("//", "/")
        return re.compile(
            rf"({self.kind}:|{folder}{MORE_ADDRESSES.get(self.kind, '')})({re.escape(self.old)})(?!{IN_ID})"
        )

    @property
    def sources_of_note(self) -> re.Pattern[str]:
        """Matches ids in parentheses, the old one among them: so a `stake_note` names its sources."""
        old = re.escape(self.old)
        return re.compile(rf"(?<=\()(?:{IN_ID}+[,;]\s*)*{old}(?:[,;]\s*{IN_ID}+)*(?=\))")


@dataclass(frozen=True)
class _Yaml:
    """A YAML text, from a line of its file on: what it says, and from where to where each value and key stands."""

    text: str
    path: str
    line: int
    document: Document
    spans: dict[Spot, Span]

    @classmethod
    def read(cls, text: str, path: str, line: int) -> _Yaml:
        spans: dict[Spot, Span] = {}
        events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
        for event in events:
            if isinstance(event, yaml.ScalarEvent) or getattr(event, "flow_style", False):
                spot = line + event.start_mark.line, event.start_mark.column + 1
                spans[spot] = event.start_mark.index, event.end_mark.index
        return cls(text, path, line, parse_document(text, path, line), spans)

    def span(self, *loc: str | int) -> Span:
        """Return from where to where the value at *loc* stands; of a list or group in brackets, its first one."""
        return self.spans[self.document.places.values[loc]]

    def texts(self) -> Iterator[tuple[Loc, str]]:
        """Yield every text with its place among the values."""
        for loc in self.document.places.values:
            if isinstance(text := _at(self.document.value, loc), str):
                yield loc, text


def mend_text(text: str, holder: Holder, path: str, renaming: Renaming, is_renamed: bool = False) -> str:
    """Return *text*, of the file *path* of a *holder*, with the new id; *is_renamed*: and with the alias, its own.

    RefusedError where something is written in a way that cannot be mended in place.
    """
    if not is_renamed and renaming.old not in text and "\\" not in text:  # a backslash may spell it otherwise
        return text
    if holder != "page":
        return _mend_yaml(text, holder, path, 1, renaming, is_renamed)
    lines = text.splitlines(keepends=True)
    end = end_of_front_matter(lines) or 0
    front = _mend_yaml("".join(lines[1:end]), holder, path, 2, renaming, is_renamed)
    body = "".join(lines[end + 1 :])
    body = _applied(body, _link_edits(body, body, Place(path, end + 2), renaming))
    return "".join([lines[0], front, lines[end], body])


def _mend_yaml(text: str, holder: Holder, path: str, line: int, renaming: Renaming, is_renamed: bool) -> str:
    written = _Yaml.read(text, path, line)
    edits = list(_edits(written, holder, renaming))
    if not is_renamed:
        return _applied(text, edits)
    mended = _applied(text, [*edits, _alias_edit(written, renaming)])
    before, after = written.document.value, parse_document(mended, path, line).value
    has_alias = isinstance(after, dict) and renaming.old in (after.get("aliases") or ())
    if not has_alias or {*before, "aliases"} != set(after):
        raise _unmendable(written.document.places.of_key("aliases"))
    return mended


def _edits(written: _Yaml, holder: Holder, renaming: Renaming) -> Iterator[Edit]:
    """Yield what is to be changed in *written*, the alias aside."""
    for loc, value in written.texts():
        field = ".".join("*" if isinstance(step, int) else step for step in loc)
        place = written.document.places.of(*loc)
        first, last = span = written.span(*loc)
        if REFERENCES[holder].get(field) == renaming.kind and value.strip() == renaming.old:
            yield _id_edit(written.text, span, place, renaming)
        elif (holder, field) == ("claim", "analysis"):
            for (start, end), id_ in _link_edits(value, written.text[first:last], place, renaming):
                yield (first + start, first + end), id_
        elif (holder, field, renaming.kind) == ("claimant", "stake_note", "source"):
            for note in renaming.sources_of_note.finditer(written.text, first, last):
                yield from (
                    (id_.span(), renaming.new) for id_ in renaming.whole_id.finditer(written.text, *note.span())
                )


def _id_edit(text: str, span: Span, place: Place, renaming: Renaming) -> Edit:
    found = list(renaming.whole_id.finditer(text, *span))
    if len(found) != 1:
        raise _unmendable(place)
    return found[0].span(), renaming.new


def _link_edits(markdown: str, raw: str, place: Place, renaming: Renaming) -> Iterator[Edit]:
    """Yield what is to be changed in *raw*, which is how the file spells the *markdown*."""
    links = _links_in(markdown, renaming)
    found = list(renaming.link.finditer(raw))
    if links and len(found) != len(renaming.link.findall(markdown)):
        raise _unmendable(place)
    yield from ((found[number].span(2), renaming.new) for number in links)


def _links_in(markdown: str, renaming: Renaming) -> list[int]:
    """Return which of the matches of `renaming.link` in *markdown* are links: not those in code, or of other sites.

    Each id is marked by its number, so that the links themselves tell which they are.
    """
    found = list(renaming.link.finditer(markdown))
    if not found:
        return []
    mark = "q" * (max(map(len, re.findall("q+", markdown)), default=0) + 1)
    marked = _applied(markdown, [(match.span(2), f"{mark}{number}x") for number, match in enumerate(found)])
    addresses = addresses_in(marked)
    starts = [f"{match[1]}{mark}{number}x" for number, match in enumerate(found)]
    return [number for number, start in enumerate(starts) if any(address.startswith(start) for address in addresses)]


def _alias_edit(written: _Yaml, renaming: Renaming) -> Edit:
    """Return the edit that writes the old id into `aliases`; where the new one stands there, in its place."""
    text, fields, places = written.text, written.document.value, written.document.places
    aliases = fields.get("aliases")
    if aliases is not None and not (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)):
        raise _unmendable(places.of("aliases"))  # in a draft
    newline = next((newline for newline in ("\r\n", "\n", "\r") if newline in text), "\n")
    if aliases and renaming.new in aliases:
        back = Renaming(renaming.kind, renaming.new, renaming.old)
        number = aliases.index(renaming.new)
        return _id_edit(text, written.span("aliases", number), places.of("aliases", number), back)
    if aliases:
        first, _ = written.span("aliases", 0)
        before = text[max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1 : first]
        follows = f"{newline}{before}" if BEFORE_AN_ENTRY.fullmatch(before) else ", "
        return (first, first), f"{renaming.old}{follows}"
    if "aliases" in fields:
        _, end = written.spans[places.keys["aliases",]]
        at, pattern = (end, NO_VALUE) if aliases is None else (written.span("aliases")[0], NO_ENTRY)
        if not (blank := pattern.match(text, at)):
            raise _unmendable(places.of("aliases"))
        return blank.span(), f"{': ' if aliases is None else ''}[{renaming.old}]"
    if (start := written.spans.get(places.values[()])) and text[start[0]] == "{":
        return (start[1], start[1]), f"aliases: [{renaming.old}], "
    last = END_OF_DOCUMENT.search(text)
    end = last.start() if last else len(text)
    line = f"{' ' * (places.values[()][1] - 1)}aliases: [{renaming.old}]"
    return (end, end), f"{line}{newline}" if text[:end].endswith(("\n", "\r")) else f"{newline}{line}"


def _applied(text: str, edits: Iterator[Edit] | list[Edit]) -> str:
    """Return *text* with *edits* made, the last first, so that none moves another."""
    for (start, end), words in sorted(edits, reverse=True):
        text = f"{text[:start]}{words}{text[end:]}"
    return text


def _at(value: Any, loc: Loc) -> Any:
    for step in loc:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):  # given twice
            return None
    return value


def _unmendable(place: Place) -> RefusedError:
    return RefusedError(
        f"{place}: this is written in a way that rename cannot change in place. Write it plainly, as `[id]` or `id`."
    )

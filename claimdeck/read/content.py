"""READ content/: every card that can be read, and every problem of those that cannot.  Joins nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from claimdeck.model.cards import (
    KINDS,
    MODELS,
    UNKNOWN,
    Card,
    ClaimantCard,
    ClaimCard,
    Kind,
    PageCard,
    SourceCard,
    TopicCard,
)
from claimdeck.model.fields import ID, ID_LENGTH, KEPT, why_kept
from claimdeck.model.problems import Place, Problem, Severity, did_you_mean, error, escaped, listed, softened
from claimdeck.model.urls import INTRODUCED, RESERVED
from claimdeck.read.cache import CardCache, Known, content_digest
from claimdeck.read.documents import Document, find_forbidden, parse_document
from claimdeck.read.files import leads_into, read_text, unreadable
from claimdeck.read.models import build_model, without_blanks
from claimdeck.read.places import LatePlaces, Places
from claimdeck.read.plain import parse_plain

C = TypeVar("C", bound=Card)
SUFFIXES: dict[Kind, str] = {kind: ".md" if kind == "page" else ".yaml" for kind in KINDS}
FOLDER_OF: dict[str, Kind] = {f"{kind}s": kind for kind in KINDS}
LOCK_FILE = "desk.lock"
TOLD_EVERY = 20  # cards


@dataclass(frozen=True)
class CardFile(Generic[C]):
    """A card, its id and the file it stands in.  A *damaged* one lost fields that could not be read.

    The *digest* is that of the text that was read: equal ones, equal text.
    """

    id: str
    path: str
    card: C
    places: Places
    damaged: bool = False
    digest: bytes = b""


@dataclass
class Content:
    """All cards by kind and id, and the ids of files that could not be read at all."""

    claims: dict[str, CardFile[ClaimCard]] = field(default_factory=dict)
    sources: dict[str, CardFile[SourceCard]] = field(default_factory=dict)
    claimants: dict[str, CardFile[ClaimantCard]] = field(default_factory=dict)
    topics: dict[str, CardFile[TopicCard]] = field(default_factory=dict)
    pages: dict[str, CardFile[PageCard]] = field(default_factory=dict)
    unread: set[tuple[Kind, str]] = field(default_factory=set)

    def of_kind(self, kind: Kind) -> dict[str, CardFile[Any]]:
        """Return the cards of one *kind* by id."""
        return getattr(self, f"{kind}s")  # type: ignore[no-any-return]

    def files(self) -> Iterator[tuple[Kind, CardFile[Any]]]:
        """Yield every card with its kind."""
        for kind in KINDS:
            for file in self.of_kind(kind).values():
                yield kind, file

    def place_of(self, path: str, field: str) -> Place:
        """Return where the *field* of the card at *path* stands; the beginning of the file if it has none."""
        file = next((file for _, file in self.files() if file.path == path), None)
        return file.places.of(field) if file else Place(path)

    @property
    def renamed(self) -> dict[tuple[Kind, str], str]:
        """The ids of now, by the kinds and old ids of cards that were renamed."""
        old_ids = ((kind, old, file.id) for kind, file in self.files() for old in file.card.aliases)
        return {(kind, old): id_ for kind, old, id_ in old_ids if old not in self.of_kind(kind)}

    def without_drafts(self) -> Content:
        """Return the content as readers may see it."""
        kept = Content(unread=self.unread)
        for kind, file in self.files():
            if not file.card.draft:
                kept.of_kind(kind)[file.id] = file
        return kept


def read_content(
    folder: Path, cache: CardCache | None = None, tell: Callable[[int, int], None] | None = None
) -> tuple[Content, list[Problem]]:
    """Return all cards below *folder* (content/) and the problems met; those in *cache* are not parsed again.

    *tell* is called with how many were read, and 0: how many there are is only known at the end.
    """
    content = Content()
    problems: list[Problem] = []
    cache = cache or CardCache()
    cache.begin()
    seen = set()
    if not folder.is_dir():
        missing = error(
            Place(folder.name),
            "CD001",
            "there is no folder content/.",
            "Create it, with claims/, sources/ and topics/ in it.",
        )
        return content, [missing]
    for entry in map(Path, _visible(folder, folder.name, problems)):
        kind = FOLDER_OF.get(entry.name)
        if entry.is_symlink() and entry.name != LOCK_FILE and not leads_into(entry, folder):
            hint = "Put the files themselves here."
            problems.append(
                error(Place(f"{folder.name}/{entry.name}"), "CD006", "this link leads out of content/.", hint)
            )
        elif entry.is_dir() and kind:
            for card in _visible(entry, f"{folder.name}/{entry.name}", problems):
                name = f"{folder.name}/{entry.name}/{escaped(card.name)}"
                seen.add(name)
                if tell and len(seen) % TOLD_EVERY == 0:
                    tell(len(seen), 0)
                problems += _read_card(card, name, kind, content, cache)
        elif entry.name != LOCK_FILE:
            hint = did_you_mean(entry.name, FOLDER_OF, f"Cards stand in {listed(FOLDER_OF)}.")
            problems.append(
                error(
                    Place(f"{folder.name}/{escaped(entry.name)}"),
                    "CD001",
                    f"content/{escaped(entry.name)} is not a place for cards.",
                    hint,
                )
            )
    cache.end(seen)
    return content, problems


def _visible(folder: Path, name: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """Return what is in *folder*, called *name* in *problems*: there it is noted if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if entry.name[0] != "."), key=lambda entry: entry.name)
    except FileNotFoundError:  # taken away just now
        return []
    except OSError as fault:
        problems.append(unreadable(Place(name), fault))
        return []


def _read_card(entry: os.DirEntry[str], name: str, kind: Kind, content: Content, cache: CardCache) -> list[Problem]:
    signature = cache.signature(entry)
    if (known := cache.find(name, signature)) and (file := _remembered(known, entry, name, kind)):
        content.of_kind(kind)[file.id] = file
        return []
    path, problems = Path(entry), []
    id_ = path.stem
    file = cache.find_by_content(name, signature, path)
    if not file and not (problems := _entry_problems(path, Place(name), kind, id_)):
        text, problems = read_text(path, name)
        if text is not None:
            document = _document(text, name, kind)
            file, problems = _card_of(document, kind, id_, name)
            file = replace(file, digest=content_digest(text.encode())) if file else None
            if file and not problems:
                value = without_blanks(document.value) if cache.path else None
                cache.keep(name, signature, value, file)
    if not file:
        content.unread.add((kind, id_))
        last = cache.cards.get(name)
        file = last.file if last and cache.keeps_last else None
    if file:
        content.of_kind(kind)[id_] = file
    return problems


def _remembered(known: Known, entry: os.DirEntry[str], name: str, kind: Kind) -> CardFile[Any] | None:
    """Return the card that is *known* of the file *entry*; None where it is not a card any more."""
    if not known.file:

        def places() -> Places:
            return _parse(read_text(Path(entry), name)[0] or "", name, kind).places

        with suppress(ValidationError):
            card = MODELS[kind].model_validate_json(known.value)
            id_ = entry.name.removesuffix(SUFFIXES[kind])
            known.file = CardFile(id_, name, card, LatePlaces(name, places), digest=known.digest)
    file: CardFile[Any] | None = known.file
    return file


def _document(text: str, name: str, kind: Kind) -> Document:
    """Return what the card *text* says; one written plainly is parsed for its places when one of them is asked for."""
    fields = parse_plain(text) if kind != "page" else None
    places = LatePlaces(name, lambda: _parse(text, name, kind).places)
    return _parse(text, name, kind) if fields is None else Document(fields, places, [])


def _parse(text: str, name: str, kind: Kind) -> Document:
    return _parse_page(text, name) if kind == "page" else parse_document(text, name)


def _entry_problems(path: Path, place: Place, kind: Kind, id_: str) -> list[Problem]:
    try:
        return list(_name_problems(path, place, kind, id_))
    except OSError as fault:  # of a folder that may be listed, but not entered
        return [unreadable(place, fault)]


def _name_problems(path: Path, place: Place, kind: Kind, id_: str) -> Iterator[Problem]:
    suffix = SUFFIXES[kind]
    if path.is_dir():
        yield error(place, "CD006", f"a folder in {kind}s/ is not read.", f"Move its cards up into {kind}s/.")
    elif path.suffix != suffix:
        yield error(
            place,
            "CD006",
            f"a {kind} is a file ending in {suffix}.",
            f"Rename it to {escaped(path.stem)}{suffix}, or move it away.",
        )
    elif path.is_symlink() and not leads_into(path, path.parent.parent):
        yield error(place, "CD006", "this link leads out of content/.", "Put the file itself here.")
    elif fault := id_fault(kind, escaped(id_)):
        yield error(place, "CD006", *fault)


def id_fault(kind: Kind, id_: str) -> tuple[str, str] | None:
    """Return why no file of a *kind* of card can be called *id_*, and what to do; None where one can."""
    if len(id_) > ID_LENGTH or not ID.fullmatch(id_):
        hint = f"Name the file with lower case letters, digits and hyphens only, at most {ID_LENGTH}."
        return f"“{id_}” cannot be an id.", hint
    if KEPT.fullmatch(id_):
        return f"“{id_}” is a reserved id.", f"Give the file another name: {why_kept(id_)}."
    if kind == "claimant" and id_ == UNKNOWN:
        return f"“{id_}” is a reserved id.", "Give the file another name."
    if kind == "page" and id_ in RESERVED:
        hint = f"Choose another name; an introduction can be written for {listed(('home', *INTRODUCED))}."
        return f"/{id_}/ is a generated address.", hint
    return None


def _card_of(document: Document, kind: Kind, id_: str, name: str) -> tuple[CardFile[Any] | None, list[Problem]]:
    draft = isinstance(document.value, dict) and document.value.get("draft") == "true"
    file, problems = _card_file(document, kind, id_, name, draft)
    return file, softened(problems) if draft else problems


def _card_file(
    document: Document, kind: Kind, id_: str, name: str, draft: bool
) -> tuple[CardFile[Any] | None, list[Problem]]:
    if not isinstance(document.value, dict):
        if not document.problems:
            empty = "this file is empty" if document.value is None else "this file holds no fields"
            document.problems.append(error(Place(name), "CD002", f"{empty}.", "Write one `field: value` a line."))
        return None, document.problems
    card, problems = build_model(MODELS[kind], document, kind, draft)
    problems = [*document.problems, *problems]
    damaged = any(problem.severity is Severity.ERROR for problem in problems)
    return (CardFile(id_, name, card, document.places, damaged) if card else None), problems


def end_of_front_matter(lines: list[str]) -> int | None:
    """Return which of a page's *lines* closes the front matter that the first one opens; None where there is none."""
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    return end if lines and lines[0].rstrip() == "---" else None


def _parse_page(text: str, name: str) -> Document:
    """Return a page's front matter with its Markdown as “body”."""
    lines = text.splitlines(keepends=True)
    end = end_of_front_matter(lines)
    if end is None:
        hint = "Begin the file with a line ---, a line `title: …` and another line ---."
        return Document(None, Places(name), [error(Place(name), "CD002", "this page has no front matter.", hint)])
    document = parse_document("".join(lines[1:end]), name, first_line=2)
    body = "".join(lines[end + 1 :])
    document.problems += find_forbidden(body, name, end + 2)
    if isinstance(document.value, dict):
        if "body" in document.value:
            document.problems.append(
                error(
                    document.places.of_key("body"),
                    "CD010",
                    "“body” is not a field of a page.",
                    "Write the text below the second ---.",
                )
            )
        document.value["body"] = re.sub("\r\n?", "\n", body)
        document.places.first_lines["body",] = (end + 2, 0)
    return document

"""READ content/: every card that can be read, and every problem of those that cannot.  Joins nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

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
from claimdeck.model.fields import ID, ID_LENGTH
from claimdeck.model.problems import Place, Problem, did_you_mean, error, listed, softened
from claimdeck.model.urls import INTRODUCED, RESERVED
from claimdeck.read.documents import Document, Places, find_forbidden, parse_document
from claimdeck.read.models import build_model

C = TypeVar("C", bound=Card)
SUFFIXES: dict[Kind, str] = {kind: ".md" if kind == "page" else ".yaml" for kind in KINDS}
FOLDER_OF: dict[str, Kind] = {f"{kind}s": kind for kind in KINDS}
FILE_SIZE = 1_000_000  # bytes; a card is some kilobytes
LOCK_FILE = "desk.lock"


@dataclass(frozen=True)
class CardFile(Generic[C]):
    """A card, its id and the file it stands in.  A *damaged* one lost fields that could not be read."""

    id: str
    path: str
    card: C
    places: Places
    damaged: bool = False


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


def read_content(folder: Path) -> tuple[Content, list[Problem]]:
    """Return all cards below *folder* (content/) and the problems met."""
    content, problems = Content(), []
    if not folder.is_dir():
        missing = error(
            Place(folder.name),
            "CD001",
            "there is no folder content/.",
            "Create it, with claims/, sources/ and topics/ in it.",
        )
        return content, [missing]
    for entry in _visible(folder):
        kind = FOLDER_OF.get(entry.name)
        if entry.is_symlink() and entry.name != LOCK_FILE and not leads_into(entry, folder):
            hint = "Put the files themselves here."
            problems.append(
                error(Place(f"{folder.name}/{entry.name}"), "CD006", "this link leads out of content/.", hint)
            )
        elif entry.is_dir() and kind:
            for path in _visible(entry):
                problems += _read_card(path, f"{folder.name}/{entry.name}/{path.name}", kind, content)
        elif entry.name != LOCK_FILE:
            hint = did_you_mean(entry.name, FOLDER_OF, f"Cards stand in {listed(FOLDER_OF)}.")
            problems.append(
                error(
                    Place(f"{folder.name}/{entry.name}"),
                    "CD001",
                    f"content/{entry.name} is not a place for cards.",
                    hint,
                )
            )
    return content, problems


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Return the text of the file at *path*, called *name* in problems; None where it cannot be read."""
    place = Place(name)
    if not path.is_file():
        return None, [error(place, "CD005", "this is not a file.", "Put a text file in its place, or remove it.")]
    try:
        if path.stat().st_size > FILE_SIZE:
            return None, [
                error(
                    place,
                    "CD005",
                    f"this file is larger than {FILE_SIZE:,} bytes.",
                    "Split it, or shorten it.",
                )
            ]
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return None, [
            error(
                _byte_place(path, name, fault.start),
                "CD005",
                "this file is not UTF-8 text.",
                "Save it anew with the encoding UTF-8.",
            )
        ]
    except OSError as fault:
        return None, [error(place, "CD005", f"this file cannot be read ({fault.strerror}).", "Mend its permissions.")]
    return text, []


def leads_into(link: Path, folder: Path) -> bool:
    """Whether *link* leads to something in *folder*."""
    try:
        return link.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # to nothing, or to itself
        return False


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _byte_place(path: Path, name: str, start: int) -> Place:
    before = path.read_bytes()[:start]
    return Place(name, before.count(b"\n") + 1, start - (before.rfind(b"\n") + 1) + 1)


def _read_card(path: Path, name: str, kind: Kind, content: Content) -> list[Problem]:
    id_ = path.stem
    problems = list(_name_problems(path, Place(name), kind, id_))
    text, faults = (None, problems) if problems else read_text(path, name)
    if text is None:
        content.unread.add((kind, id_))
        return faults
    file, problems = parse_card(text, name, kind, id_)
    if file:
        content.of_kind(kind)[id_] = file
    else:
        content.unread.add((kind, id_))
    return problems


@lru_cache(maxsize=20_000)  # a preview reads the same cards again and again
def parse_card(text: str, name: str, kind: Kind, id_: str) -> tuple[CardFile[Any] | None, list[Problem]]:
    """Return the card that *text*, of the file *name*, holds, None where it holds none, and its problems."""
    document = _parse_page(text, name) if kind == "page" else parse_document(text, name)
    draft = isinstance(document.value, dict) and document.value.get("draft") == "true"
    file, problems = _card_file(document, kind, id_, name, draft)
    return file, softened(problems) if draft else problems


def _name_problems(path: Path, place: Place, kind: Kind, id_: str) -> Iterator[Problem]:
    suffix = SUFFIXES[kind]
    if path.is_dir():
        yield error(place, "CD006", f"a folder in {kind}s/ is not read.", f"Move its cards up into {kind}s/.")
    elif path.suffix != suffix:
        yield error(
            place,
            "CD006",
            f"a {kind} is a file ending in {suffix}.",
            f"Rename it to {path.stem}{suffix}, or move it away.",
        )
    elif path.is_symlink() and not leads_into(path, path.parent.parent):
        yield error(place, "CD006", "this link leads out of content/.", "Put the file itself here.")
    elif fault := id_fault(kind, id_):
        yield error(place, "CD006", *fault)


def id_fault(kind: Kind, id_: str) -> tuple[str, str] | None:
    """Return why no file of a *kind* of card can be called *id_*, and what to do; None where one can."""
    if not ID.fullmatch(id_) or len(id_) > ID_LENGTH:
        hint = f"Name the file with lower case letters, digits and hyphens only, at most {ID_LENGTH}."
        return f"“{id_}” cannot be an id.", hint
    if id_ == "page" or (kind == "claimant" and id_ == UNKNOWN):
        return f"“{id_}” is a reserved id.", "Give the file another name."
    if kind == "page" and id_ in RESERVED:
        hint = f"Choose another name; an introduction can be written for {listed(('home', *INTRODUCED))}."
        return f"/{id_}/ is a generated address.", hint
    return None


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
    return (CardFile(id_, name, card, document.places, bool(problems)) if card else None), problems


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
        document.value["body"] = body
        document.places.first_lines["body",] = (end + 2, 0)
    return document

"""Whether a card can be given an id that it has not yet: ids are never reused.  Writes nothing."""

from __future__ import annotations

from pathlib import Path

from claimdeck.model.cards import Kind
from claimdeck.model.lock import Lock
from claimdeck.model.urls import card_url
from claimdeck.read.content import SUFFIXES, Content, id_fault
from claimdeck.read.files import leads_into


def path_of(kind: Kind, id_: str) -> str:
    """Return the path of the card *id_* of a *kind* below the site's folder."""
    return f"content/{kind}s/{id_}{SUFFIXES[kind]}"


def new_id_fault(root: Path, content: Content, lock: Lock, kind: Kind, id_: str, *, owner: str = "") -> str:
    """Return why no card of a *kind* can be given the id *id_*; "" where one can.

    The card *owner* may take back an id that is its alias.
    """
    if fault := id_fault(kind, id_):
        return " ".join(fault)
    if file := content.of_kind(kind).get(id_):
        is_withdrawn = getattr(file.card, "withdrawn", None)
        return f"there is a {'withdrawn ' if is_withdrawn else ''}{kind} “{id_}”. Ids are never reused: choose another."
    now = content.renamed.get((kind, id_), owner)
    if now != owner:
        return f"“{id_}” is an old id of {kind} “{now}”. Ids are never reused: choose another."
    url = card_url(kind, id_)
    if url in lock.redirects:
        return f"“{id_}” is recorded as an old id, from which readers are led on. Ids are never reused: choose another."
    if not owner and url in lock.addresses:
        return f"“{id_}” is recorded as the id of a card that is gone. Ids are never reused: choose another."
    path = root / path_of(kind, id_)
    if path.exists() or path.is_symlink():
        return f"there is a file {path_of(kind, id_)} already."
    if path.parent.exists() and not leads_into(path.parent, root / "content"):
        return f"content/{kind}s leads out of content/. Put the folder itself there."
    return ""

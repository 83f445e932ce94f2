"""Plan the share pictures of a deck, and draw each once: a cache keeps them by the digest of all that is drawn.

The cache can be deleted at any moment, and what is damaged in it is drawn anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from claimdeck.judge.deck import Claim
from claimdeck.model.settings import Settings
from claimdeck.model.store import replace_file
from claimdeck.model.urls import picture_url
from claimdeck.present.share_card import ShareText, lay_out, share_text
from claimdeck.present.typeface import FONTS
from claimdeck.present.views import Views

FEW_PICTURES = 8  # for more of them, another process is worth it
DRAWN_WITH = ("share_card.py", "share_picture.py", "typeface.py")  # a change to one of them draws all anew


@dataclass(frozen=True)
class Picture:
    """A share picture before it is drawn: its address, what it shows, and the digest of all that it is drawn from."""

    address: str
    text: ShareText
    key: str


class PictureCache:
    """PNG files in *folder*, named by key, digest of their bytes, inode and time; without a folder it keeps nothing.

    Whoever commits a picture of their own cannot know which inode it will have, and when it will be written.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.writable = folder is not None
        self.kept = {path.name.split(".")[0]: path for path in self._files() if _is_ours(path)}

    def draw(self, picture: Picture) -> bytes:
        """Return *picture* as it is kept, or else drawn now."""
        return self._read(picture.key) or self._drawn(picture)

    def prune(self, keys: Collection[str]) -> None:
        """Remove what is kept under no key of *keys*."""
        for path in self._files():
            if path.name.split(".")[0] not in keys or not _is_ours(path):
                try:
                    path.unlink(missing_ok=True)
                except OSError:
                    return

    def _read(self, key: str) -> bytes | None:
        """Return the picture kept under *key*; None where there is none, or not all of it."""
        path = self.kept.get(key)
        try:
            picture = path.read_bytes() if path else b""
        except OSError:
            return None
        return picture if path and path.name.startswith(f"{_name(key, picture)}.") else None

    def _drawn(self, picture: Picture) -> bytes:
        from claimdeck.present.share_picture import draw_card

        drawn = draw_card(lay_out(picture.text))
        if self.folder and self.writable:
            try:
                path = self.folder / _name(picture.key, drawn)
                replace_file(path, drawn)
                if damaged := self.kept.get(picture.key):
                    damaged.unlink(missing_ok=True)
                path.rename(path.with_name(path.name + _ending(path)))
            except OSError:  # it is drawn again next time
                self.writable = False
        return drawn

    def _files(self) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if path.is_file()] if self.folder else []
        except OSError:
            return []


def picture_of(claim: Claim, settings: Settings) -> str:
    """Return the address of the share picture of *claim*; "" for a draft, and where pictures are switched off."""
    return picture_url(claim.id) if settings.pictures and not claim.card.draft else ""


def pictured(views: Views) -> dict[str, Claim]:
    """Return the claims that have a share picture, by its address; one that was shared under an old id stays there."""
    return {
        picture_url(id_): claim
        for claim in views.deck.claims.values()
        if picture_of(claim, views.settings)
        for id_ in (claim.id, *claim.card.aliases)
    }


def plan_pictures(views: Views, stylesheet: str, but: Collection[str] = ()) -> list[Picture]:
    """Return the share pictures of all claims, but for the addresses in *but*."""
    wanted = {address: claim for address, claim in pictured(views).items() if address not in but}
    tools = _tools() if wanted else ""
    texts = ((address, share_text(claim, views, stylesheet)) for address, claim in wanted.items())
    return [Picture(address, text, _key(text, tools)) for address, text in texts]


def _tools() -> str:
    """Return the digest of what draws: this code, the fonts, and the libraries with their versions."""
    from claimdeck.present.share_picture import library_versions

    files = [*(Path(__file__).with_name(name) for name in DRAWN_WITH), *sorted(FONTS.iterdir())]
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    return hashlib.sha256("\n".join([*digests, *library_versions()]).encode()).hexdigest()


def _key(text: ShareText, tools: str) -> str:
    drawn = json.dumps([tools, asdict(text)], sort_keys=True)
    return hashlib.sha256(drawn.encode()).hexdigest()[:32]


def _name(key: str, picture: bytes) -> str:
    return f"{key}.{hashlib.sha256(picture).hexdigest()[:32]}"


def _is_ours(path: Path) -> bool:
    """Whether the name of the picture at *path* says rightly which file it is."""
    with suppress(OSError):
        return path.name.endswith(_ending(path))
    return False


def _ending(path: Path) -> str:
    stat = path.stat()
    return f".{stat.st_ino}-{stat.st_mtime_ns}.png"

"""MAKE the files of a site, but for those that stand in the output as they would come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from claimdeck.present.site import Unit
from claimdeck.present.traces import digest
from claimdeck.present.workers import WORTH_IT, make_in_parts
from claimdeck.write.inspection import Inspected, Inspector
from claimdeck.write.links import PageLinks
from claimdeck.write.memo import Kept, Memo
from claimdeck.write.output import DIGESTS, Staged
from claimdeck.write.reviews import PageReview

INDEX = "index.html"
PLAIN = re.compile(r"[\w./-]+", re.ASCII)  # an address or anchor that everybody writes alike

Put = Callable[[str, bytes], Staged]


@dataclass(frozen=True)
class Earlier:
    """What an earlier build left: its *output*, the signatures of all files there, and what is known of them."""

    output: Path = Path()
    signatures: Mapping[str, str] = field(default_factory=dict)
    memo: Memo = field(default_factory=Memo)


@dataclass(frozen=True)
class Made:
    """What came of a unit: all that it asked, and its files by path, staged and inspected."""

    name: str
    key: bytes
    asked: Sequence[str]
    files: dict[str, tuple[Staged, Inspected | None]]


@dataclass(frozen=True)
class Making:
    """The units that were made, and the files of the others by the names of their units."""

    made: list[Made]
    kept: dict[str, list[Kept]]

    @property
    def files(self) -> dict[str, Staged]:
        """All files by their paths."""
        made = {path: staged for unit in self.made for path, (staged, _) in unit.files.items()}
        return made | {file.path: Staged(file.digest, is_new=False) for files in self.kept.values() for file in files}


def make_files(
    units: Iterable[Unit],
    put: Put,
    inspector: Inspector,
    earlier: Earlier,
    jobs: int,
    tell: Callable[[int, int], None],
    worth_it: int = WORTH_IT,
) -> Making:
    """Put the files of *units*, unless they stand already, and inspect them.

    Up to *jobs* processes share the work, one for every *worth_it* units.
    """
    memo, traces = earlier.memo, inspector.site.views.traces
    kept: dict[str, list[Kept]] = {}
    left: list[Unit] = []
    for unit in units:
        if files := memo.find(unit.name, partial(_key, unit), earlier.signatures):
            kept[unit.name] = files
        else:
            left.append(unit)

    def make(unit: Unit) -> Made:
        contents, asked = traces.asked_by(unit.make)
        files = {path: _finished(path, content, put, inspector) for path, content in contents.items()}
        if not memo.path:
            return Made(unit.name, b"", (), files)
        return Made(unit.name, _key(unit), asked, files)

    return Making(make_in_parts(make, left, jobs, lambda done: tell(done, len(left)), worth_it), kept)


def _key(unit: Unit) -> bytes:
    return digest(unit.key())


def inspect_all(making: Making, inspector: Inspector, earlier: Earlier) -> dict[str, Inspected | None]:
    """Return what every file is found to be, those that were kept too: what they name may be gone now."""
    inspected = {path: page for unit in making.made for path, (_, page) in unit.files.items()}
    before = (file for unit in making.made for file in earlier.memo.files_of(unit.name))
    lost = [f"#{anchor}" for file in before for anchor in _lost(file, inspected)]
    there = {DIGESTS, *making.files, *inspector.static, *inspector.site.pictures}
    lost += [path.removesuffix(INDEX) for path in earlier.signatures.keys() - there]
    for file in (file for files in making.kept.values() for file in files):
        text = _text_naming(lost, earlier.output / file.path) if lost else ""
        inspected[file.path] = inspector.inspect(file.path, text) if text else _as_found(file)
    return inspected


def keep_made(
    makings: Sequence[Making], memo: Memo, answer: Callable[[str], bytes], signature_of: Callable[[str], str]
) -> None:
    """Remember in *memo* the files of *makings*, which stand in the output now, and forget all others."""
    for unit in (unit for making in makings for unit in making.made):
        files = [_kept(path, staged, page, signature_of(path)) for path, (staged, page) in unit.files.items()]
        memo.keep(unit.name, unit.key, unit.asked, files)
    memo.save({name for making in makings for name in (*making.kept, *(unit.name for unit in making.made))}, answer)


def _finished(path: str, content: str | bytes, put: Put, inspector: Inspector) -> tuple[Staged, Inspected | None]:
    if isinstance(content, bytes):
        return put(path, content), None
    return put(path, content.encode()), inspector.inspect(path, content)


def _kept(path: str, staged: Staged, page: Inspected | None, signature: str) -> Kept:
    if page is None:
        return Kept(path, staged.digest, signature)
    return Kept(path, staged.digest, signature, sorted(page.links.anchors), page.review.url)


def _as_found(file: Kept) -> Inspected | None:
    """Return what a page that stands was found to be when it was made: nothing was wrong with it."""
    if not file.path.endswith(".html"):
        return None
    return Inspected(PageLinks(anchors=frozenset(file.anchors)), PageReview(url=file.review))


def _lost(file: Kept, inspected: Mapping[str, Inspected | None]) -> set[str]:
    """Return the anchors that the page *file* had and has no more."""
    page = inspected.get(file.path)
    return set(file.anchors) - page.links.anchors if page else set()


def _text_naming(lost: list[str], path: Path) -> str:
    """Return the text of the page at *path* if it names something that is *lost*; else ""."""
    if path.suffix != ".html":
        return ""
    text = path.read_text(encoding="utf-8")
    is_named = any(name in text or not PLAIN.fullmatch(name.removeprefix("#")) for name in lost)
    return text if is_named else ""

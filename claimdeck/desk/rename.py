"""Rename a card: its file, every reference to it, and the alias that keeps its old address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claimdeck.desk.ids import new_id_fault, path_of
from claimdeck.desk.mend import Holder, Renaming, mend_text
from claimdeck.desk.schema import refresh_schemas
from claimdeck.judge.references import GENERATED
from claimdeck.model.cards import Kind
from claimdeck.model.lock import Lock
from claimdeck.model.problems import RefusedError, Severity, SiteError, did_you_mean
from claimdeck.model.store import replace_file
from claimdeck.pipeline import Judged, check_site, judge_site

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Renamed:
    """The files that were changed, the card itself first; *failure* says what stopped it half-way."""

    changed: tuple[str, ...]
    failure: str = ""


def rename_card(root: Path, kind: Kind, old: str, new: str) -> Renamed:
    """Give the card *old* of a *kind*, in the site in *root*, the id *new*.

    SiteError where the site has errors, RefusedError where the ids cannot be: then nothing was changed.
    """
    judged = judge_site(root)
    errors = [problem for problem in check_site(judged) if problem.severity is Severity.ERROR]
    if errors:
        raise SiteError(errors)
    renaming = Renaming(kind, old, new)
    if fault := _fault(judged, renaming):
        raise RefusedError(fault)
    card = judged.content.of_kind(kind)[old].path
    renamed = _write(root, card, dict(_plan(judged, card, renaming)))
    refresh_schemas(root)
    return renamed


def _fault(judged: Judged, renaming: Renaming) -> str:
    """Return why the card cannot be renamed so; "" where it can."""
    kind, old, new = renaming.kind, renaming.old, renaming.new
    known, renamed = judged.content.of_kind(kind), judged.content.renamed
    if old not in known:
        now = renamed.get((kind, old))
        hint = did_you_mean(old, known, f"Its id is the name of its file in content/{kind}s/, without the ending.")
        return f"{kind} “{old}” is now called “{now}”." if now else f"there is no {kind} “{old}”. {hint}"
    for id_ in (old, new):
        if kind == "page" and id_ in GENERATED:
            return f"a page called “{id_}” introduces a generated one, and can have no other name."
    if new == old:
        return f"{kind} “{old}” has this id already."
    return new_id_fault(judged.root, judged.content, judged.lock or Lock(), kind, new, owner=old)


def _plan(judged: Judged, card: str, renaming: Renaming) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each file that the renaming changes, the *card* under its new name first."""
    yield path_of(renaming.kind, renaming.new), _mended(judged.root / card, renaming.kind, card, renaming, True)
    holders: list[tuple[Holder, str]] = [(kind, file.path) for kind, file in judged.content.files()]
    for holder, path in [*holders, ("site", judged.settings.places.path)]:
        file = judged.root / path
        if path != card and (content := _mended(file, holder, path, renaming)) != file.read_bytes():
            yield path, content


def _mended(file: Path, holder: Holder, path: str, renaming: Renaming, is_renamed: bool = False) -> bytes:
    content = file.read_bytes()
    mark = BOM if content.startswith(BOM) else b""
    return mark + mend_text(content.removeprefix(mark).decode(), holder, path, renaming, is_renamed).encode()


def _write(root: Path, card: str, files: dict[str, bytes]) -> Renamed:
    """Write *files*, then remove the *card* under its old name; stop where that fails."""
    changed: list[str] = []
    path = card
    try:
        for path, content in files.items():
            replace_file((root / path).resolve(), content)
            changed.append(path)
        path = card
        (root / card).unlink()
    except OSError as fault:
        return Renamed(tuple(changed), f"{path} cannot be changed ({fault.strerror}).")
    return Renamed(tuple(changed))

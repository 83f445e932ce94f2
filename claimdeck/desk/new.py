"""Begin a card: a commented skeleton, made from the model, that offers what the dossier has and claims nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import wrap
from typing import Any

from claimdeck.desk.ids import new_id_fault, path_of
from claimdeck.desk.mend import REFERENCES
from claimdeck.desk.schema import WORDS, refresh_schemas
from claimdeck.judge.lock import LOCK_PATH
from claimdeck.model.cards import MODELS, Evidence, HistoryEntry, Kind, SourceCard
from claimdeck.model.descriptions import Described, fields_of
from claimdeck.model.fields import Part
from claimdeck.model.lock import Lock
from claimdeck.model.problems import RefusedError, did_you_mean
from claimdeck.model.settings import Settings
from claimdeck.model.store import replace_file, telling
from claimdeck.read.content import CardFile, Content, read_content
from claimdeck.read.lock import read_lock
from claimdeck.read.settings import VOCABULARIES, read_settings
from claimdeck.read.static import stylesheet

WIDTH = 100
MOST_OFFERED = 10
WRITTEN_OUT: dict[str, type[Part]] = {"evidence": Evidence, "history": HistoryEntry}  # lists that every claim needs
NAMED_ABOVE = {"evidence.*.via_from", "history.*.sources.*"}  # where the sources need not be offered once more
HEAD = """# A {kind}.  What is required comes first; what is not begins with #: delete that to use the field.
# This is a draft: `serve` shows it, a build leaves it out.  Deleting the next line publishes the card.
draft: true
"""


@dataclass(frozen=True)
class Skeleton:
    """What a new card's text is made from: the dossier, and what is known of its fields beforehand, by their paths."""

    content: Content
    settings: Settings
    values: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)


def begin_card(root: Path, kind: Kind, id_: str, source: str | None = None) -> str:
    """Write the skeleton of the card *id_* of a *kind*, a claim perhaps with its first *source*; return its path.

    RefusedError where it cannot be begun: then nothing was written.
    """
    if not (root / "site.yaml").is_file():
        raise RefusedError(f"there is no site.yaml in {root}. Begin a dossier there: `new dossier DIR`.")
    content, site = read_content(root / "content")[0], read_settings(root / "site.yaml", stylesheet(root))[0]
    lock = read_lock(root / LOCK_PATH, LOCK_PATH)[0] or Lock()
    if fault := new_id_fault(root, content, lock, kind, id_):
        raise RefusedError(fault)
    skeleton = Skeleton(content, site.settings)
    if source is not None:
        if source not in content.sources:
            hint = did_you_mean(source, content.sources, f"Begin it with `python build.py new source {source}`.")
            raise RefusedError(f"there is no source “{source}”. {hint}")
        skeleton = _from_source(skeleton, content.sources[source])
    path = path_of(kind, id_)
    with telling(root / path, "Nothing was written."):
        replace_file(root / path, skeleton_text(kind, skeleton).encode())
    refresh_schemas(root)
    return path


def skeleton_text(kind: Kind, skeleton: Skeleton) -> str:
    """Return the text of a card of a *kind* with all its fields, each explained and none of them filled in."""
    return HEAD.format(kind=kind) + "\n".join(_lines(MODELS[kind], kind, skeleton, "", "")) + "\n"


def _from_source(skeleton: Skeleton, file: CardFile[SourceCard]) -> Skeleton:
    """Return *skeleton* with what is known of a claim that is read in the source *file*."""
    source, told = file.card, skeleton.settings.language
    title = f"“{source.title}”, " if source.title else ""
    about = f"{file.id}: {title}{source.outlet}, published {source.published}, language {source.language}."
    remarks = {"evidence.*.source": [about]}
    if chains := _chains_from(skeleton.content, file):
        remarks["evidence.*.via"] = [f"Elsewhere from this source or outlet: {_listed(chains)}."]
    if source.language != told:
        words = f"The source is in “{source.language}”, this site in “{told}”: quote its own words, and translate them."
        remarks["evidence.*.quote"] = [words]
    return Skeleton(skeleton.content, skeleton.settings, {"evidence.*.source": file.id}, remarks)


def _chains_from(content: Content, file: CardFile[SourceCard]) -> list[str]:
    """Return the chains that evidence from the source *file* begins with, and from others of its outlet: as `via`."""
    wire = [f"[{wire}]" for wire in (file.card.carries, file.card.draws_on) if wire]
    used: Counter[str] = Counter()
    for claim in content.claims.values():
        for evidence in claim.card.evidence:
            other = content.sources.get(evidence.source)
            if evidence.via and other and other.card.outlet == file.card.outlet:
                used[f"[{', '.join(evidence.via)}]"] += 1 if other is not file else len(content.claims)
    return list(dict.fromkeys([*wire, *(chain for chain, _ in used.most_common())]))


def _lines(model: type[Part], kind: Kind, skeleton: Skeleton, around: str, indent: str) -> Iterator[str]:
    """Yield the lines of all fields of *model*, which stands at the path *around* of a card of a *kind*."""
    dash = "- " if around else ""
    for each in fields_of(model):
        path = f"{around}{each.name}"
        if path == "draft":
            continue
        if not around:
            yield ""
        yield from written_field(each, _told(each, path, kind, skeleton), skeleton.values.get(path, ""), indent, dash)
        if path in WRITTEN_OUT:
            yield from _lines(WRITTEN_OUT[path], kind, skeleton, f"{path}.*.", "  ")
        indent, dash = f"{indent}{' ' * len(dash)}", ""


def written_field(
    field: Described, told: Iterable[str], value: str = "", indent: str = "", dash: str = ""
) -> Iterator[str]:
    """Yield the lines of one *field*: its description and what else is *told* as comments, then its *value*.

    An optional one without a value is itself a comment.
    """
    for paragraph in (f"{'Required. ' if field.required else ''}{field.description}", *told):
        first = f"{indent}# "
        further = f"{first}  " if paragraph.startswith("- ") else first
        yield from wrap(
            paragraph,
            WIDTH,
            initial_indent=first,
            subsequent_indent=further,
            break_on_hyphens=False,
            break_long_words=False,
        )
    mark = "" if field.required or value else "#"
    yield f"{indent}{dash}{mark}{field.name}: {value}".rstrip()


def _told(each: Described, path: str, kind: Kind, skeleton: Skeleton) -> Iterator[str]:
    """Yield what an editor is told of one field beside what it says: an example, or what the dossier has for it."""
    if path in WRITTEN_OUT:
        return
    yield from skeleton.remarks.get(path, ())
    if path == "status":
        yield from (f"- {rung.id}: {rung.meaning}" for rung in skeleton.settings.ladder)
        return
    if path in skeleton.values:
        return
    offers = list(_offers(path, kind, skeleton))
    if each.example.startswith("[") or not any(place == path for place, _ in offers):
        yield f"Example: {each.example}"
    for place, offered in offers:
        which = "" if place == path else f", `{place.rpartition('.')[2]}`"
        yield f"In this dossier{which}: {offered}."


def _offers(path: str, kind: Kind, skeleton: Skeleton) -> Iterator[tuple[str, str]]:
    """Yield what the dossier has for the field at *path*, or for a field of the group there, each with its path."""
    for place, known in {**REFERENCES[kind], **WORDS.get(kind, {})}.items():
        inside = place.removesuffix(".*")
        is_here = (inside == path or inside.startswith(f"{path}.")) and place not in NAMED_ABOVE
        if is_here and (offered := _offered(place, known, kind, skeleton)):
            yield inside, offered


def _offered(place: str, known: str, kind: Kind, skeleton: Skeleton) -> str:
    """Return what the dossier has of a *known* kind or list for the field at *place*, the likeliest first."""
    content, settings = skeleton.content, skeleton.settings
    cards: dict[str, CardFile[Any]] = {}
    if known in VOCABULARIES:
        words = [rung.id for rung in settings.ladder] if known == "ladder" else list(getattr(settings, known))
        where = f"`{known}` in site.yaml"
    else:
        cards = content.of_kind(known)  # type: ignore[arg-type]
        words = [id_ for id_, file in cards.items() if not getattr(file.card, "withdrawn", None)]
        where = f"content/{known}s/"
    if known in {"source", "claim"}:
        day = "published" if known == "source" else "reviewed"
        ordered = sorted(words, key=lambda id_: getattr(cards[id_].card, day) or "", reverse=True)
    else:
        used = Counter(_values(skeleton.content.of_kind(kind).values(), place.split(".")))
        ordered = sorted(words, key=lambda word: -used[word])
    return _listed(ordered, where)


def _listed(words: Sequence[str], where: str = "") -> str:
    more = len(words) - MOST_OFFERED
    rest = f", … and {more} more{f' in {where}' if where else ''}" if more > 0 else ""
    return ", ".join(words[:MOST_OFFERED]) + rest


def _values(files: Iterable[CardFile[Any]], steps: list[str]) -> Iterator[str]:
    """Yield what stands at *steps* (“evidence”, “*”, “source”) of the cards of *files*."""
    for file in files:
        values = [file.card]
        for step in steps:
            values = [inner for value in values for inner in (value if step == "*" else [getattr(value, step)])]
            values = [value for value in values if value is not None]
        yield from values

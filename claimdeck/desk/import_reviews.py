"""Import the ClaimReviews of a file: draft cards for those that are new, all of them or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from claimdeck.desk.drafts import Draft, Drafts, cut_list, list_losses, same_address
from claimdeck.desk.json_ld import read_json_ld
from claimdeck.desk.messages import counted
from claimdeck.desk.schema import refresh_schemas
from claimdeck.desk.wild_fields import printable
from claimdeck.desk.wild_reviews import Review, parse_review
from claimdeck.model.problems import SiteError, UsageError
from claimdeck.model.store import replace_file
from claimdeck.pipeline import Judged, judge_site
from claimdeck.read.files import leads_into

LOCK_UNREADABLE = "CD054"


@dataclass(frozen=True)
class Imported:
    """What was written, how many reviews were known already, and all that is to be told, a line each."""

    written: tuple[str, ...]
    known: int
    lines: tuple[str, ...]


def import_reviews(root: Path, file: Path) -> Imported:
    """Write drafts of the ClaimReviews in *file* into the site in *root*; UsageError where that cannot be."""
    content = root / "content"
    if not content.is_dir():
        raise UsageError(f"there is no folder content/ in {root}. Create it, or name another site with --root.")
    for folder in (content / name for name in ("claims", "sources", "claimants")):
        if folder.is_symlink() and not leads_into(folder, content):
            raise UsageError(f"content/{folder.name} leads out of content/. Put the folder itself there.")
    json_ld = read_json_ld(file)
    judged = judge_site(root)
    if faults := [problem for problem in judged.problems if problem.code == LOCK_UNREADABLE]:
        raise SiteError(faults)
    reviews = [parse_review(found, json_ld) for found in json_ld.reviews]
    drafts, known, lines = _draft(reviews, judged, file.name)
    made = list(drafts.made.values())
    _write(root, made)
    refresh_schemas(root)
    claims = sum(kind == "claim" for kind, _ in drafts.made)
    total = (
        f"{counted(len(reviews), 'ClaimReview')}: {counted(claims, 'draft claim')} in {counted(len(made), 'new file')}"
    )
    rest = len(reviews) - claims - known
    total += f", {known} known already, {rest} without a claim." if rest else f", {known} known already."
    told = [*(draft.path for draft in made), *cut_list(json_ld.faults), *lines, total]
    return Imported(tuple(draft.path for draft in made), known, tuple(map(_one_line, told)))


def _draft(reviews: list[Review], judged: Judged, file: str) -> tuple[Drafts, int, list[str]]:
    """Return the drafts of those of *reviews* that are new, how many are not, and what is to be told of each."""
    drafts, known, lines = Drafts(judged, printable(file)), 0, []
    pages = Counter(address for address, _ in {_key(review) for review in reviews})
    seen: dict[tuple[str, str], str] = {}
    for number, review in enumerate(reviews, 1):
        name = f"ClaimReview {number} ({review.path})" if review.path else f"ClaimReview {number}"
        there = seen.get(_key(review)) or _known(review, judged, drafts, is_alone=pages[_key(review)[0]] == 1)
        if not review.claim:
            lines.append(f"{name}: it has no claimReviewed, and no card can be made of it.")
        elif there:
            known += 1
            lines.append(f"{name}: known already as {there}.")
        else:
            seen[_key(review)] = drafts.add(review, number)
            lines += [f"{name}: {seen[_key(review)]}", *(f"  not mapped: {loss}" for loss in list_losses(review))]
    return drafts, known, lines


def _key(review: Review) -> tuple[str, str]:
    """Return what tells two reviews apart: the address and the claim."""
    return same_address(review.article.url or ""), review.claim.casefold()


def _known(review: Review, judged: Judged, drafts: Drafts, is_alone: bool) -> str:
    """Return the path of the claim that cites *review* already, "" where none does.

    An editor may have reworded it: where the review *is_alone* at its address, that is enough.
    """
    source = drafts.sources.get(same_address(review.article.url)) if review.article.url else None
    for file in judged.content.claims.values():
        cites = any(evidence.source == source for evidence in file.card.evidence)
        is_same = file.card.claim.casefold() == review.claim.casefold()
        if (cites and (is_alone or is_same)) or (is_same and not review.article.url):
            return file.path
    return ""


def _write(root: Path, drafts: Iterable[Draft]) -> None:
    """Write all *drafts*; where one cannot be written, none stays."""
    written: list[Path] = []
    for draft in drafts:
        path = root / draft.path
        try:
            replace_file(path, draft.text.encode())
        except OSError as fault:
            for earlier in written:
                earlier.unlink()
            raise UsageError(f"{draft.path} cannot be written ({fault.strerror}). Nothing was written.") from fault
        written.append(path)


def _one_line(text: str) -> str:
    """Return *text* in one line that does nothing to a terminal, its indentation kept."""
    return f"{'  ' if text.startswith('  ') else ''}{printable(text)}"

"""The recipe: READ, JOIN, JUDGE, PLAN, RENDER, CHECK, WRITE.  Each stage runs once over whatever could be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from claimdeck.judge.deck import Deck
from claimdeck.judge.join import join_cards
from claimdeck.judge.judge import judge_deck
from claimdeck.judge.lock import BACK_TO_DRAFT, LOCK_PATH, record_deck, verify_quotes
from claimdeck.model.lock import Lock, Quotes
from claimdeck.model.problems import Problem, Severity, SiteError, in_order, softened
from claimdeck.model.store import replace_file
from claimdeck.model.urls import Home
from claimdeck.present.exports import export_files
from claimdeck.present.markup import place_of_link, render_prose
from claimdeck.present.plan import find_collisions, plan_pages
from claimdeck.present.render import Memo, render_pages
from claimdeck.present.search import search_files
from claimdeck.read.content import Content, read_content
from claimdeck.read.lock import read_articles, read_lock
from claimdeck.read.settings import SettingsFile, read_settings
from claimdeck.read.static import read_static, stylesheet, template_folders
from claimdeck.write.links import check_links
from claimdeck.write.output import Written, finish_move, refuse_unsafe, write_site


@dataclass(frozen=True)
class Judged:
    """A site that was read, joined and judged: drafts included, nothing rendered."""

    root: Path
    settings: SettingsFile
    content: Content
    lock: Lock | None
    deck: Deck
    quotes: Quotes
    problems: list[Problem]

    @property
    def drafts(self) -> set[str]:
        """The files of drafts, whose problems never fail a build."""
        return {file.path for _, file in self.content.files() if file.card.draft}


@dataclass(frozen=True)
class Report:
    """What a build did, and the warnings and notes that did not stop it."""

    claims: int
    sources: int
    output: Written
    problems: list[Problem]


def build_site(
    root: Path, output: Path, *, base_url: str | None = None, strict: bool = False, force: bool = False
) -> Report:
    """Build the site in *root* into *output*; on SiteError *output* is untouched."""
    refuse_unsafe(output, root)
    finish_move(output)
    judged = judge_site(root)
    files, problems = render_site(judged, base_url=base_url)
    fail_on(problems, strict)
    written = write_site(files, output, force)
    claims = [claim for claim in judged.deck.claims.values() if not claim.card.draft]
    return Report(len(claims), len(judged.content.without_drafts().sources), written, problems)


def judge_site(root: Path, articles: Path | None = None, relock: bool = False) -> Judged:
    """Return the site in *root*, read, joined and judged; its quotes are held against the texts in *articles*.

    With *relock* they are judged by what the lock would say of them after it was written anew.
    """
    settings, settings_problems = read_settings(root / "site.yaml", stylesheet(root))
    content, content_problems = read_content(root / "content")
    lock, lock_problems = read_lock(root / LOCK_PATH, LOCK_PATH)
    deck, join_problems = join_cards(content, settings, lock or Lock())
    texts = read_articles(articles, content.sources)
    known = lock or Lock()
    quotes = verify_quotes(deck, known, texts) if relock else known.quotes
    judge_problems = judge_deck(deck, content, lock, quotes, texts)
    follow = {"CD064"} if any(problem.code == "CD020" for problem in join_problems) else set()  # perhaps meant there
    follow |= {"CD060", "CD062"} if lock_problems else set()
    judge_problems = [problem for problem in judge_problems if problem.code not in follow]
    problems = [*settings_problems, *content_problems, *lock_problems, *join_problems, *judge_problems]
    return Judged(root, settings, content, lock, deck, quotes, problems)


def render_site(
    judged: Judged, *, base_url: str | None = None, drafts: bool = False, memo: Memo | None = None
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return every file of the site by its path, and all problems so far, in order.

    What could not be read is left out, so where there are errors the files are for looks alone.
    *drafts* shows drafts too; *memo* spares the pages that did not change since it was last used.
    """
    home = Home.at(base_url or judged.settings.settings.url)
    prose, prose_problems = render_prose(judged.deck, judged.content, home)
    problems = soften_drafts([*judged.problems, *prose_problems], judged)
    content, deck = judged.content, judged.deck
    if judged.drafts and not drafts:
        content = content.without_drafts()
        deck, _ = join_cards(content, judged.settings, judged.lock or Lock())
    pages = plan_pages(deck, content, home, prose)
    static = read_static(judged.root)
    texts = {
        **render_pages(pages, deck, home, template_folders(judged.root), memo),
        **dict(export_files(deck, home)),
        **dict(search_files(deck, home, prose)),
    }
    written = {page.file: page.path for page in pages}
    problems += find_collisions(pages, set(static))
    problems += check_links(texts, {*texts, *static}, home, partial(place_of_link, content, home, written))
    return {**static, **{path: text.encode() for path, text in texts.items()}}, in_order(problems)


def lock_site(root: Path, articles: Path | None = None) -> tuple[Lock, bool, list[Problem]]:
    """Record the published state of the site in *root*; return the lock, whether it changed, and what is left to do.

    With *articles* quotes are verified first.  On SiteError nothing is written.
    """
    judged = judge_site(root, articles, relock=True)
    fail_on(render_site(judged)[1], strict=False)
    lock = record_deck(judged.deck, judged.quotes)
    changed = replace_file(root / LOCK_PATH, lock.as_text().encode())
    return lock, changed, render_site(judge_site(root))[1]


def fail_on(problems: list[Problem], strict: bool) -> None:
    """Raise SiteError where *problems* hold an error, or with *strict* a warning."""
    if has_errors(problems, strict):
        raise SiteError(problems)


def has_errors(problems: list[Problem], strict: bool = False) -> bool:
    """Whether *problems* stop a build."""
    return any(problem.severity >= (Severity.WARNING if strict else Severity.ERROR) for problem in problems)


def soften_drafts(problems: list[Problem], judged: Judged) -> list[Problem]:
    """Return *problems*, those of drafts as notes; that a published card became a draft stays an error."""
    drafts = judged.drafts
    soft = [problem.place.path in drafts and problem.code != BACK_TO_DRAFT for problem in problems]
    kept = [problem for problem, is_soft in zip(problems, soft, strict=True) if not is_soft]
    return kept + softened(problem for problem, is_soft in zip(problems, soft, strict=True) if is_soft)

"""The recipe: READ, JOIN, JUDGE, PLAN, RENDER, CHECK, WRITE.  Each stage runs once over whatever could be read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from claimdeck.judge.deck import Deck
from claimdeck.judge.join import join_cards
from claimdeck.judge.join_claims import JoinMemo
from claimdeck.judge.judge import JudgeMemo, judge_deck
from claimdeck.judge.lock import BACK_TO_DRAFT, LOCK_PATH, record_deck, verify_quotes
from claimdeck.model.lock import Lock, Quotes
from claimdeck.model.problems import Problem, Severity, SiteError, in_order, softened
from claimdeck.model.store import replace_file
from claimdeck.model.urls import Home
from claimdeck.present.markup import ProseMemo, place_of_link, render_prose
from claimdeck.present.pages import Page
from claimdeck.present.plan import find_collisions
from claimdeck.present.share_files import PictureCache, draw_pictures
from claimdeck.present.site import SiteFiles
from claimdeck.present.views import Views
from claimdeck.read.cache import CardCache
from claimdeck.read.content import Content, read_content
from claimdeck.read.lock import read_articles, read_lock
from claimdeck.read.settings import SettingsFile, read_settings
from claimdeck.read.static import read_static, stylesheet, template_folders
from claimdeck.write.links import check_links
from claimdeck.write.output import Report, finish_move, refuse_unsafe, write_site
from claimdeck.write.reviews import check_reviews

CACHE = ".cache"  # in the site's folder; can be deleted at any moment
CARDS = f"{CACHE}/cards.sqlite"
EMPTY = Lock()
FIRST_OF_JUDGING = "CD040"  # problems with a lower code are of reading and joining


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


@dataclass
class Memory:
    """What is taken over from an earlier run: cards of files that did not change; in a preview more than that."""

    cards: CardCache = field(default_factory=CardCache)
    joined: JoinMemo | None = None
    judged: JudgeMemo | None = None
    prose: ProseMemo | None = None


def build_site(
    root: Path,
    output: Path,
    *,
    base_url: str | None = None,
    strict: bool = False,
    force: bool = False,
    cached: bool = True,
    jobs: int = 1,
) -> Report:
    """Build the site in *root* into *output*; on SiteError *output* is untouched.

    Unless *cached*, nothing is taken from the cache, and nothing put there.  Up to *jobs* processes render pages.
    """
    refuse_unsafe(output, root)
    finish_move(output)
    cached = cached and not (root / CACHE).is_symlink()  # what leads elsewhere is nobody's to write to
    memory = Memory(CardCache(root / CARDS)) if cached else Memory()
    judged = judge_site(root, memory=memory)
    files, problems = render_site(judged, base_url=base_url, jobs=jobs)
    fail_on(problems, strict)
    cache = PictureCache(root / CACHE / "pictures" if cached else None)
    pictures = draw_site(judged, files, base_url=base_url, cache=cache)
    written = write_site({**pictures, **files}, output, force)
    memory.cards.save()
    claims = [claim for claim in judged.deck.claims.values() if not claim.card.draft]
    return Report(len(claims), len(judged.content.without_drafts().sources), written, problems)


def remembered(root: Path) -> Memory:
    """Return what earlier runs left in the cache of the site in *root*; without that folder none is begun."""
    return Memory(CardCache(root / CARDS)) if (root / CACHE).is_dir() and not (root / CACHE).is_symlink() else Memory()


def judge_site(
    root: Path, articles: Path | None = None, *, relock: bool = False, memory: Memory | None = None
) -> Judged:
    """Return the site in *root*, read, joined and judged; its quotes are held against the texts in *articles*.

    With *relock* they are judged by what the lock would say of them after it was written anew.  What *memory*
    knows is not done again.
    """
    memory = memory or Memory()
    settings, settings_problems = read_settings(root / "site.yaml", stylesheet(root))
    content, content_problems = read_content(root / "content", memory.cards)
    lock, lock_problems = read_lock(root / LOCK_PATH, LOCK_PATH)
    lock = lock.under_new_ids(content.renamed) if lock else None
    deck, join_problems = join_cards(content, settings, lock or EMPTY, memory.joined)
    texts = read_articles(articles, content.sources)
    known = lock or EMPTY
    quotes = verify_quotes(deck, known, texts) if relock else known.quotes
    judge_problems = judge_deck(deck, content, lock, quotes, texts, memory.judged)
    follow = {"CD064"} if any(problem.code == "CD020" for problem in join_problems) else set()  # perhaps meant there
    follow |= {"CD060", "CD062"} if lock_problems else set()
    judge_problems = [problem for problem in judge_problems if problem.code not in follow]
    problems = [*settings_problems, *content_problems, *lock_problems, *join_problems, *judge_problems]
    return Judged(root, settings, content, lock, deck, quotes, problems)


def render_site(
    judged: Judged,
    *,
    base_url: str | None = None,
    drafts: bool = False,
    only: Callable[[str], bool] | None = None,
    jobs: int = 1,
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return every file of the site by its path, and all problems so far, in order.

    What could not be read is left out, so where there are errors the files are for looks alone.
    *drafts* shows drafts too.  With *only*, no page is made but those of the cards in these files, and nothing else.
    """
    home = Home.at(base_url or judged.settings.settings.url)
    prose, prose_problems = render_prose(judged.deck, judged.content, home)
    problems = soften_drafts([*judged.problems, *prose_problems], judged)
    content, deck = (judged.content, judged.deck) if drafts else without_drafts(judged)
    site = SiteFiles(Views(deck, home), content, prose, template_folders(judged.root))
    static = read_static(judged.root)
    wanted = [page for page in site.pages if only is None or only(page.path)]
    texts = site.texts(jobs) if only is None else site.render(wanted)
    problems += find_collisions(site.pages, set(static))
    problems += judge_texts(texts, wanted, site, static, content, damaged_files(problems) | judged.drafts)
    return {**static, **{path: text.encode() for path, text in texts.items()}}, in_order(problems)


def judge_texts(
    texts: Mapping[str, str],
    pages: list[Page],
    site: SiteFiles,
    static: Collection[str],
    content: Content,
    doubted: Collection[str],
) -> Iterator[Problem]:
    """Yield the links of rendered *texts* that lead nowhere, and the reviews on *pages* that break a rule.

    Cards in the files *doubted* are not read whole: a review that rests on one is not judged.
    """
    home, written = site.views.home, {page.file: page.path for page in pages}
    place = partial(place_of_link, content, home, written)
    yield from check_links(texts, lambda name: name in static or name in site, home, place)
    if "site.yaml" not in doubted:
        sure = {path: text for path, text in texts.items() if written.get(path) not in doubted}
        living = {page.file for page in pages if page.template == "claim.html"}
        yield from check_reviews(sure, living, home, lambda page, field: content.place_of(written[page], field))


def draw_site(judged: Judged, files: Collection[str], *, base_url: str | None, cache: PictureCache) -> dict[str, bytes]:
    """Return the share pictures of the published claims by path, but for those that the desk has put among *files*."""
    home = Home.at(base_url or judged.settings.settings.url)
    colors = stylesheet(judged.root).read_text(encoding="utf-8")
    return draw_pictures(Views(without_drafts(judged)[1], home), colors, cache, files)


def without_drafts(judged: Judged) -> tuple[Content, Deck]:
    """Return what is published of a site: its cards without drafts, and their deck."""
    if not judged.drafts:
        return judged.content, judged.deck
    content = judged.content.without_drafts()
    return content, join_cards(content, judged.settings, judged.lock or EMPTY)[0]


def lock_site(root: Path, articles: Path | None = None) -> tuple[Lock, bool, list[Problem]]:
    """Record the published state of the site in *root*; return the lock, whether it changed, and what is left to do.

    With *articles* quotes are verified first.  On SiteError nothing is written.
    """
    memory = Memory()
    judged = judge_site(root, articles, relock=True, memory=memory)
    fail_on(render_site(judged)[1], strict=False)
    lock = record_deck(judged.deck, judged.quotes)
    changed = replace_file(root / LOCK_PATH, lock.as_text().encode())
    return lock, changed, render_site(judge_site(root, memory=memory))[1]


def fail_on(problems: list[Problem], strict: bool) -> None:
    """Raise SiteError where *problems* hold an error, or with *strict* a warning."""
    if has_errors(problems, strict):
        raise SiteError(problems)


def has_errors(problems: list[Problem], strict: bool = False) -> bool:
    """Whether *problems* stop a build."""
    return any(problem.severity >= (Severity.WARNING if strict else Severity.ERROR) for problem in problems)


def damaged_files(problems: list[Problem]) -> set[str]:
    """Return the files that lost something when they were read and joined: nothing is judged that rests on it."""
    return {p.place.path for p in problems if p.severity is Severity.ERROR and p.code < FIRST_OF_JUDGING}


def soften_drafts(problems: list[Problem], judged: Judged) -> list[Problem]:
    """Return *problems*, those of drafts as notes; that a published card became a draft stays an error."""
    drafts = judged.drafts
    soft = [problem.place.path in drafts and problem.code != BACK_TO_DRAFT for problem in problems]
    kept = [problem for problem, is_soft in zip(problems, soft, strict=True) if not is_soft]
    return kept + softened(problem for problem, is_soft in zip(problems, soft, strict=True) if is_soft)

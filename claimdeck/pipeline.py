"""The recipe: READ, JOIN, JUDGE, PLAN, RENDER, CHECK, WRITE.  Each stage runs once over whatever could be read."""

from __future__ import annotations

from collections.abc import Callable, Collection
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
from claimdeck.model.store import leads_elsewhere, replace_file, telling
from claimdeck.model.urls import Home
from claimdeck.present.markup import ProseMemo, render_prose
from claimdeck.present.plan import find_collisions, find_useless
from claimdeck.present.share_files import FEW_PICTURES, PictureCache, plan_pictures
from claimdeck.present.site import SiteFiles, picture_unit
from claimdeck.present.views import Views
from claimdeck.read.cache import CardCache
from claimdeck.read.content import Content, read_content
from claimdeck.read.files import read_text
from claimdeck.read.lock import read_articles, read_lock
from claimdeck.read.settings import SettingsFile, read_settings
from claimdeck.read.static import STYLESHEET, read_static, stylesheet, template_folders
from claimdeck.write.inspection import Inspector
from claimdeck.write.making import Earlier, Making, Put, inspect_all, keep_made, make_files
from claimdeck.write.memo import Memo
from claimdeck.write.output import DIGESTS, Staged, staging_beside
from claimdeck.write.place import refuse_unsafe
from claimdeck.write.standing import Report, generator

CACHE = ".cache"  # in the site's folder; can be deleted at any moment
CARDS, FILES = f"{CACHE}/cards.sqlite", f"{CACHE}/files.sqlite"
EMPTY = Lock()
Tell = Callable[[str, int, int], None]
FIRST_OF_JUDGING = "CD040"  # problems with a lower code are of reading and joining


def say_nothing(_what: str, _done: int, _of: int) -> None:
    """Keep how far a build is to oneself."""


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
    tell: Tell = say_nothing,
    then: Callable[[Report], object] = lambda _: None,
) -> Report:
    """Build the site in *root* into *output*; on SiteError *output* is untouched.

    Unless *cached*, nothing is taken from the cache, and nothing put there.  Up to *jobs* processes make files.
    *tell* is called with what is done now, how many times it was done, and how many times it will be; *then* with the
    report, before another build of *output* can begin.
    """
    refuse_unsafe(output, root)
    cached = cached and not leads_elsewhere(root / CACHE)  # nobody's to write to, or to clear away
    with staging_beside(output, force, partial(tell, "build of this output before this one", 1, 0)) as staging:
        memory = Memory(CardCache(root / CARDS)) if cached else Memory()
        judged = judge_site(root, memory=memory, tell=tell)
        planned = plan_site(judged, base_url)
        memo = Memo(root / FILES, f"{output.resolve()} {generator()} {planned.site.shared}") if cached else Memo()
        earlier = Earlier(output, staging.signatures, memo)
        making = make_site(planned, staging.put, earlier, jobs=jobs, tell=tell)
        problems = planned.problems_of(making, earlier)
        fail_on(problems, strict)
        files = making.files
        files |= {path: staging.put(path, content) for path, content in planned.static.items() if path not in files}
        pictures = PictureCache(root / CACHE / "pictures" if cached else None)
        drawing = draw_site(planned, files, pictures, staging.put, earlier, jobs, tell)
        written = staging.finish(files | drawing.files)
        memory.cards.save()
        keep_made([making, drawing], memo, planned.site.views.traces.answer, staging.signature)
        claims = [claim for claim in judged.deck.claims.values() if not claim.card.draft]
        report = Report(len(claims), len(judged.content.without_drafts().sources), written, problems)
        then(report)
    return report


def remembered(root: Path) -> Memory:
    """Return what earlier runs left in the cache of the site in *root*; without that folder none is begun."""
    is_there = (root / CACHE).is_dir() and not leads_elsewhere(root / CACHE)
    return Memory(CardCache(root / CARDS)) if is_there else Memory()


def judge_site(
    root: Path,
    articles: Path | None = None,
    *,
    relock: bool = False,
    memory: Memory | None = None,
    tell: Tell = say_nothing,
) -> Judged:
    """Return the site in *root*, read, joined and judged; its quotes are held against the texts in *articles*.

    With *relock* they are judged by what the lock would say of them after it was written anew.  What *memory*
    knows is not done again.
    """
    memory = memory or Memory()
    settings, settings_problems = read_settings(root / "site.yaml", stylesheet(root))
    content, content_problems = read_content(root / "content", memory.cards, partial(tell, "cards read"))
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


@dataclass(frozen=True)
class Planned:
    """A site of which all is known but the texts of its files."""

    judged: Judged
    site: SiteFiles
    static: dict[str, bytes]
    colors: str  # the stylesheet, which share pictures take theirs from
    inspector: Inspector
    problems: list[Problem]

    def problems_of(self, making: Making, earlier: Earlier) -> list[Problem]:
        """Return all problems, those of the pages too, in order."""
        collisions = find_collisions(self.site.pages, self.static)
        useless = find_useless(self.static, lambda name: name == DIGESTS or self.site.makes(name))
        return in_order(
            [
                *self.problems,
                *collisions,
                *useless,
                *self.inspector.problems(inspect_all(making, self.inspector, earlier)),
            ]
        )


def plan_site(judged: Judged, base_url: str | None = None, *, drafts: bool = False) -> Planned:
    """Return the site that was *judged*, to be published at *base_url* if not at its own; *drafts* shows drafts too.

    What could not be read is left out, so where there are errors the site is for looks alone.
    """
    home = Home.at(base_url or judged.settings.settings.url)
    prose, prose_problems = render_prose(judged.deck, judged.content, home)
    static, static_problems = read_static(judged.root)
    colors = read_text(stylesheet(judged.root), STYLESHEET)[0] or ""  # "": told by read_settings
    problems = soften_drafts([*judged.problems, *prose_problems, *static_problems], judged)
    content, deck = (judged.content, judged.deck) if drafts else without_drafts(judged)
    site = SiteFiles(Views(deck, home), content, prose, template_folders(judged.root))
    site.views.traces.collection("colors", {}, lambda: colors)
    inspector = Inspector(site, static, content, damaged_files(problems) | judged.drafts)
    return Planned(judged, site, static, colors, inspector, problems)


def make_site(
    planned: Planned,
    put: Put,
    earlier: Earlier,
    *,
    only: Callable[[str], bool] | None = None,
    jobs: int = 1,
    tell: Tell = say_nothing,
) -> Making:
    """Put every file but static ones, unless it stands as *earlier* made.

    With *only*, no page is made but those of the cards in these files, and nothing else.
    """
    units = [unit for unit in planned.site.units() if only is None or (unit.path and only(unit.path))]
    earlier.memo.ask_again(planned.site.views.ready_to_answer().answer)
    return make_files(units, put, planned.inspector, earlier, jobs, partial(tell, "files made"))


def check_site(
    judged: Judged, *, only: Callable[[str], bool] | None = None, jobs: int = 1, tell: Tell = say_nothing
) -> list[Problem]:
    """Return all problems of the site that was *judged*, those of its pages too, in order; *only* as make_site."""
    planned, nothing = plan_site(judged), Earlier()
    making = make_site(planned, lambda *_: Staged("", is_new=True), nothing, only=only, jobs=jobs, tell=tell)
    return planned.problems_of(making, nothing)


def draw_site(
    planned: Planned, files: Collection[str], cache: PictureCache, put: Put, earlier: Earlier, jobs: int, tell: Tell
) -> Making:
    """Put the share pictures of the published claims, but for those that the desk has put among *files*."""
    pictures = plan_pictures(planned.site.views, planned.colors, files)
    units = [picture_unit(picture, cache) for picture in pictures]
    drawing = make_files(units, put, planned.inspector, earlier, jobs, partial(tell, "pictures drawn"), FEW_PICTURES)
    cache.prune({picture.key for picture in pictures})
    return drawing


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
    fail_on(check_site(judged), strict=False)
    lock = record_deck(judged.deck, judged.quotes)
    with telling(root / LOCK_PATH, "It is as it was."):
        changed = replace_file(root / LOCK_PATH, lock.as_text().encode())
    return lock, changed, check_site(judge_site(root, memory=memory))


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

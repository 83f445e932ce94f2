"""The site as its files stand now, made page by page when somebody looks.  Serves nothing itself.

A card that cannot be read, and a page that a wrong template keeps from being made, stay as they last were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from claimdeck.desk.claim_tasks import tasks_of_claim
from claimdeck.desk.schema import FOLDER as SCHEMAS
from claimdeck.desk.schema import has_schemas, schemas_of
from claimdeck.desk.tasks import TASK_KINDS
from claimdeck.desk.worklist import WORKLIST_URL, list_tasks, worklist_page
from claimdeck.judge.deck import Claim, Deck
from claimdeck.judge.join_claims import JoinMemo
from claimdeck.model.problems import Problem, SiteError, in_order
from claimdeck.model.store import leads_elsewhere, replace_file
from claimdeck.model.urls import NOT_FOUND, Home, card_url, file_of
from claimdeck.pipeline import CACHE, CARDS, Memory, damaged_files, judge_site, soften_drafts
from claimdeck.present.markup import render_prose
from claimdeck.present.pages import Page
from claimdeck.present.plan import find_collisions
from claimdeck.present.render import template_environment
from claimdeck.present.site import SiteFiles
from claimdeck.present.views import Views
from claimdeck.read.cache import CardCache
from claimdeck.read.content import FOLDER_OF, SUFFIXES
from claimdeck.read.static import read_static, template_folders
from claimdeck.write.inspection import Inspector

KEPT = 50  # pages, as they last were without a problem
MARKED = ("retracted", "override", "one-origin", "single", "quote")  # kinds of task that mark a claim


class Preview:
    """The site in *root* as it will stand at *address*, with drafts and marks of doubt."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.home = Home.at(address)
        cards = CardCache(
            None if leads_elsewhere(root / CACHE) else root / CARDS, keeps_last=True
        )  # read, never saved: a preview writes nothing
        self.memory = Memory(cards, JoinMemo(), {}, {})
        self.last: dict[str, bytes] = {}
        self.version = 0
        self.saved = ""  # the link to the page of the card saved last, where it was one

    def refresh(self, cards_only: bool = False) -> None:
        """Read anew what changed; *cards_only*: templates and static files are as they were."""
        self.version += 1
        if not cards_only:
            self._read_static()
        judged = self.judged = judge_site(self.root, memory=self.memory)
        prose, faults = render_prose(judged.deck, judged.content, self.home, self.memory.prose)
        problems = soften_drafts([*judged.problems, *faults], judged)
        self.problems = in_order([*self.static_problems, *problems])
        today = date.today().isoformat()
        views = Views(judged.deck, self.home, partial(_marks, deck=judged.deck, today=today))
        self.site = SiteFiles(views, judged.content, prose, template_folders(self.root))
        self.doubted = damaged_files(problems) | judged.drafts
        self.worklist: Callable[[], Page] = lambda: worklist_page(list_tasks(judged, today), views)

    def answer(self, path: str) -> tuple[str, bytes, list[Problem]]:
        """Return the name of the file at *path*, its content, and the problems of all cards and of that page.

        Where there is no such file, it is the page that says so.
        """
        name = next((name for name in (file_of(path), f"{file_of(path)}/index.html") if self._has(name)), NOT_FOUND)
        if name in self.static:
            return name, self.static[name], []
        try:
            content, faults = self._made(name)
        except SiteError as failure:  # a template is wrong
            return name, self.last.get(name, b""), in_order([*self.problems, *failure.problems])
        self.last = dict([*self.last.items(), (name, content)][-KEPT:])
        return name, content, in_order([*self.problems, *faults])

    def path_of(self, name: str) -> str:
        """Return the path of the card that is shown on the page whose file is *name*; "" where it is none."""
        page = None if name == NOT_FOUND or name == file_of(WORKLIST_URL) else self.site.page(name)
        return page.path if page else ""

    def page_of(self, paths: Sequence[Path]) -> str:
        """Return the link to the page of the one card that changed, of *paths*; "" where more did, or none."""
        cards = [path for path in paths if path.parent.parent.name == "content" and path.parent.name in FOLDER_OF]
        if len(cards) != 1 or len(paths) != 1:
            return ""
        kind, id_ = FOLDER_OF[cards[0].parent.name], cards[0].stem
        is_known = cards[0].suffix == SUFFIXES[kind] and id_ in self.judged.content.of_kind(kind)
        return self.home.href(card_url(kind, id_)) if is_known else ""

    def refresh_schemas(self) -> None:
        """Bring the JSON Schemas up to date that an editor completes by, where the desk has them."""
        if has_schemas(self.root):
            for name, text in schemas_of(self.judged.content, self.judged.settings).items():
                with suppress(OSError):  # an editor completes by the older ones
                    replace_file(self.root / SCHEMAS / name, text.encode())

    def _has(self, name: str) -> bool:
        return name in self.static or name == file_of(WORKLIST_URL) or name in self.site

    def _made(self, name: str) -> tuple[bytes, list[Problem]]:
        """Return the file *name*, and what is wrong with the page that it is."""
        if name == file_of(WORKLIST_URL):
            return self.site.render(self.worklist()).encode(), []
        text, page = self.site.text(name) or "", self.site.page(name)
        pages = [page] if page else []
        inspector = Inspector(self.site, self.static, self.judged.content, self.doubted)
        faults = inspector.problems({name: inspector.inspect(name, text)})
        return text.encode(), [*find_collisions(pages, self.static), *faults]

    def _read_static(self) -> None:
        template_environment.cache_clear()
        self.static, self.static_problems = read_static(self.root)


def _marks(claim: Claim, deck: Deck, today: str) -> tuple[str, ...]:
    kinds = dict.fromkeys(task.kind for task in tasks_of_claim(claim, deck, today) if task.kind in MARKED)
    return tuple(TASK_KINDS[kind][0] for kind in kinds)

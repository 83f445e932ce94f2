"""All files of a site by their paths, each made when it is asked for: a build asks for all, a preview for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, partial
from pathlib import Path

from claimdeck.model.urls import FOLDERS, HOME, INTRODUCED, NOT_FOUND, card_url, file_of, status_url
from claimdeck.present.claim_pages import plan_claim
from claimdeck.present.closures import Closures
from claimdeck.present.directory import DIRECTORY, directory_files
from claimdeck.present.exports import OF_THE_SITE, export_files
from claimdeck.present.feeds import FEED, JSON_FEED, json_feed
from claimdeck.present.markup import Prose
from claimdeck.present.pages import Page
from claimdeck.present.plan import plan_pages
from claimdeck.present.render import Renderer
from claimdeck.present.search import FOLDER as SEARCH
from claimdeck.present.search import search_files
from claimdeck.present.share_files import Picture, PictureCache, pictured
from claimdeck.present.views import Views
from claimdeck.read.content import Content

ALWAYS = {
    NOT_FOUND,
    FEED,
    JSON_FEED,
    *OF_THE_SITE,
    *DIRECTORY,
    *(file_of(url) for url in (HOME, *(f"{name}/" for name in INTRODUCED))),
}


@dataclass(frozen=True)
class Unit:
    """Files that are made at once, by their names: a page, an export, the index of the search.

    The *key* tells from what it is made, but for what is asked while it is made.  *path* is the file an editor would
    mend if a page were wrong.
    """

    name: str
    make: Callable[[], Mapping[str, str | bytes]]
    key: Callable[[], str]
    path: str = ""


class SiteFiles:
    """The files of a site but for static ones and pictures, which are only known by name; *folders* hold templates."""

    def __init__(self, views: Views, content: Content, prose: Prose, folders: Iterable[Path]) -> None:
        self.views, self.content, self.folders = views, content, list(folders)
        self.prose = views.traces.collection("prose", prose, lambda: list(map(str, prose.values())))
        views.traces.collection("templates", {}, self.closures.whole)
        self.planned: dict[str, Page] = {}
        self._plan = plan_pages(views, content, self.prose)

    def __contains__(self, name: str) -> bool:
        """Whether the site has a file *name*."""
        known = name in ALWAYS or name in self.cards or name in self.exports or name in self.pictures
        return known or self.page(name) is not None or name in self.indexes

    def makes(self, name: str) -> bool:
        """Whether *name* is what this makes besides pages and pictures: an export, an index."""
        if name.startswith("static/") or name.endswith(".html"):
            return False
        return name in ALWAYS or name.startswith(SEARCH) or name in self.exports

    @property
    def pages(self) -> list[Page]:
        """All pages."""
        self.planned |= {page.file: page for page in self._plan}
        return list(self.planned.values())

    def page(self, name: str) -> Page | None:
        """Return the page whose file is *name*; plans no further than to there, and of a claim nothing else."""
        id_ = name.removeprefix(f"{FOLDERS['claim']}/").removesuffix("/index.html")
        if id_ in self.views.deck.claims and name == file_of(card_url("claim", id_)):
            return plan_claim(self.views.deck.claims[id_], self.views, self.prose)
        while name not in self.planned and (page := next(self._plan, None)):
            self.planned[page.file] = page
        return self.planned.get(name)

    def render(self, page: Page) -> str:
        """Return the text of *page*; SiteError where a template is wrong."""
        return self.renderer.render(page)

    def text(self, name: str) -> str | None:
        """Return the text of the file *name*; None where there is none."""
        if not name.endswith(".html") and name in self.exports:
            return self.exports[name]()
        page = self.page(name)
        return self.render(page) if page else self.indexes.get(name)

    def units(self) -> Iterator[Unit]:
        """Yield all that there is to make, what is made of the whole deck first: it takes longest."""
        yield Unit("search", self._search, partial(self.views.traces.key_of, self._search))
        pages = self.pages
        listed = [(page.url, page.listed) for page in pages]
        yield Unit("directory", self._directory, partial(self.views.traces.tell, listed))
        for name, make in self.exports.items():
            yield Unit(name, partial(_of_export, name, make), partial(self.views.traces.key_of, make))
        for page in pages:
            yield Unit(page.file, partial(self._of_page, page), partial(self._key_of_page, page), page.path)

    @property
    def shared(self) -> str:
        """What all pages show alike, and all else that may change any of them, as a text."""
        shared = (self.renderer.site, self.views.settings, self.views.home)
        return self.views.traces.tell(shared)

    def _of_page(self, page: Page) -> dict[str, str]:
        return {page.file: self.render(page)}

    def _key_of_page(self, page: Page) -> str:
        shown = [getattr(page, field.name) for field in fields(page) if field.name != "context"]
        return f"{self.closures.digest(f'pages/{page.template}')} {shown} {self.views.traces.key_of(page.context)}"

    @cached_property
    def closures(self) -> Closures:
        """The templates that each page is made with."""
        return Closures(self.folders)

    @cached_property
    def renderer(self) -> Renderer:
        """What makes the texts of pages."""
        return Renderer(self.views.deck, self.views.home, self.folders)

    @cached_property
    def exports(self) -> dict[str, Callable[[], str]]:
        """What makes each export, by name."""
        files = dict(export_files(self.views.deck, self.views.home))
        return {**files, JSON_FEED: partial(json_feed, self.views)}

    @cached_property
    def cards(self) -> set[str]:
        """The files of the cards' own pages and of claims for programs, and of the lists by status."""
        introduced = {("page", name) for name in INTRODUCED}
        cards = (kind_id for kind, file in self.content.files() if (kind_id := (kind, file.id)) not in introduced)
        statuses = (status_url(rung.id) for rung in self.views.settings.ladder)
        programs = (f"claims/{id_}.json" for id_ in self.views.deck.claims)
        return {*(file_of(url) for url in (*(card_url(*card) for card in cards), *statuses)), *programs}

    @cached_property
    def pictures(self) -> set[str]:
        """The names of the share pictures."""
        return set(pictured(self.views))

    @cached_property
    def indexes(self) -> dict[str, str]:
        """The files that say what there is, by name: for the search, for search engines."""
        return self._search() | self._directory()

    def _search(self) -> dict[str, str]:
        return dict(search_files(self.views, self.prose))

    def _directory(self) -> dict[str, str]:
        return dict(directory_files(self.pages, self.views.deck, self.views.home))


def _of_export(name: str, make: Callable[[], str]) -> dict[str, str]:
    return {name: make()}


def picture_unit(picture: Picture, cache: PictureCache) -> Unit:
    """Return the share picture *picture* as a unit, drawn where *cache* does not have it."""
    return Unit(picture.address, lambda: {picture.address: cache.draw(picture)}, lambda: picture.key)

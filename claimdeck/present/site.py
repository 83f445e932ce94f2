"""All files of a site by their paths, each made when it is asked for: a build asks for all, a preview for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path

from claimdeck.model.urls import FOLDERS, HOME, INTRODUCED, NOT_FOUND, card_url, file_of, status_url
from claimdeck.present.claim_pages import plan_claim
from claimdeck.present.directory import DIRECTORY, directory_files
from claimdeck.present.exports import OF_THE_SITE, export_files
from claimdeck.present.feeds import FEED, JSON_FEED, json_feed
from claimdeck.present.markup import Prose
from claimdeck.present.pages import Page
from claimdeck.present.plan import plan_pages
from claimdeck.present.render import render_pages
from claimdeck.present.search import search_files
from claimdeck.present.share_files import pictured
from claimdeck.present.views import Views
from claimdeck.present.workers import render_in_parts
from claimdeck.read.content import Content

ALWAYS = {
    NOT_FOUND,
    FEED,
    JSON_FEED,
    *OF_THE_SITE,
    *DIRECTORY,
    *(file_of(url) for url in (HOME, *(f"{name}/" for name in INTRODUCED))),
}


class SiteFiles:
    """The files of a site but for static ones and pictures, which are only known by name; *folders* hold templates."""

    def __init__(self, views: Views, content: Content, prose: Prose, folders: Iterable[Path]) -> None:
        self.views, self.content, self.prose, self.folders = views, content, prose, list(folders)
        self.planned: dict[str, Page] = {}
        self._plan = plan_pages(views, content, prose)

    def __contains__(self, name: str) -> bool:
        """Whether the site has a file *name*."""
        known = name in ALWAYS or name in self.cards or name in self.exports or name in self.pictures
        return known or self.page(name) is not None or name in self.indexes

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

    def render(self, pages: Iterable[Page]) -> dict[str, str]:
        """Return the text of each of *pages* by its file; SiteError where a template is wrong."""
        return render_pages(pages, self.views.deck, self.views.home, self.folders)

    def text(self, name: str) -> str | None:
        """Return the text of the file *name*; None where there is none."""
        if not name.endswith(".html") and name in self.exports:
            return self.exports[name]()
        page = self.page(name)
        return self.render([page])[name] if page else self.indexes.get(name)

    def texts(self, jobs: int = 1) -> dict[str, str]:
        """Return the texts of all files, pages rendered by up to *jobs* processes."""
        exports = {name: make() for name, make in self.exports.items()}
        return render_in_parts(self.render, self.pages, jobs) | exports | self.indexes

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
        directory = directory_files(self.pages, self.views.deck, self.views.home)
        return {**dict(search_files(self.views, self.prose)), **dict(directory)}

"""RENDER pages through Jinja.  Knows templates and contexts, no cards."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from claimdeck import __version__
from claimdeck.judge.deck import Deck
from claimdeck.model.problems import Place, Problem, SiteError, error
from claimdeck.model.settings import License, Publisher
from claimdeck.model.urls import INTRODUCED, Home
from claimdeck.present.pages import Page, Pager
from claimdeck.present.template_speed import QuickEnvironment
from claimdeck.present.views import Link
from claimdeck.present.words import direction_of

SECTIONS = ("claims", "figures", "matrix", "timeline", "sources", "methodology", "search")  # in the masthead
FURTHER = ("topics", "claimants", "corrections")  # in the footer only
LESS_URGENT = frozenset({"sources", "methodology"})  # left out of the masthead on a phone; the footer has them
SECTION_NAMES = {"methodology": "Method"}
NO_ATTRIBUTE = re.compile(r"object' has no attribute '(\w+)'$")
EXPORTS = {"claims.json": "claims.json", "sources.json": "sources.json", "claims.csv": "claims.csv", "feed": "feed.xml"}


class Section(NamedTuple):
    """A part of the site, as masthead and footer link it."""

    text: str
    href: str
    note: str
    more: bool  # in the masthead only where there is room


class SiteView(NamedTuple):
    """What every page shows of the site."""

    title: str
    home: str
    static: str
    language: str
    direction: str
    sections: tuple[Section, ...]
    further: tuple[Section, ...]
    prose: tuple[Link, ...]
    publisher: Publisher | None
    license: License | None
    repository: str | None
    exports: tuple[Link, ...]
    version: str


class PageView(NamedTuple):
    """What a page's frame shows of it; one that *heads* its section is what the masthead links."""

    title: str
    description: str
    href: str
    canonical: str
    section: str
    heads: bool
    listed: bool
    is_home: bool
    picture: str
    is_claim: bool


class Renderer:
    """Renders the pages of one deck; templates in earlier *folders* override those in later ones."""

    def __init__(self, deck: Deck, home: Home, folders: Iterable[Path]) -> None:
        self.environment = template_environment(tuple(str(folder) for folder in folders))
        self.site, self.home = site_view(deck, home), home

    def render(self, page: Page) -> str:
        """Return the text of *page*; SiteError where one of the templates, which a desk may have written, is wrong."""
        try:
            template = self.environment.get_template(f"pages/{page.template}")
            context = page.context()
            view = page_view(page, context.get("pager"), self.home)
            return template.render(site=self.site, page=view, **context)
        except (TemplateError, UnicodeDecodeError) as fault:
            raise SiteError([_explained(fault, page.template)]) from fault


def _explained(fault: TemplateError | UnicodeDecodeError, template: str) -> Problem:
    """Return the *fault* of a page's *template*, or of one that it uses, with its place."""
    frames = traceback.extract_tb(fault.__traceback__)
    spots = [(frame.filename, frame.lineno or 1) for frame in frames if frame.filename.endswith(".html")]
    if isinstance(fault, TemplateSyntaxError):
        spots.append((fault.filename or template, fault.lineno))
    path, line = spots[-1] if spots else (template, 1)
    name = path[path.rfind("templates/") :] if "templates/" in path else path
    said = "this is not UTF-8 text" if isinstance(fault, UnicodeDecodeError) else str(fault.message).rstrip(".")
    if isinstance(fault, TemplateNotFound):
        said = f"there is no template “{fault.name}”"
    if isinstance(fault, UndefinedError) and (missing := NO_ATTRIBUTE.search(said)):
        said = f"there is nothing called “{missing[1]}” here"
    return error(Place(name, line), "CD073", f"{said}.", "Mend the template.")


@lru_cache(maxsize=1)
def template_environment(folders: tuple[str, ...]) -> Environment:
    """Return the Jinja environment over *folders*; a preview keeps it, so that templates compile once."""
    return QuickEnvironment(
        folders,
        cache_size=-1,  # all stay, and finding one is a look into a dict
        auto_reload=False,  # a preview asks for a new one when a template was saved
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def site_view(deck: Deck, home: Home) -> SiteView:
    """Return what every page shows of the site."""
    settings = deck.settings
    sections = [
        Section(SECTION_NAMES.get(name, name.capitalize()), home.href(f"{name}/"), name, name in LESS_URGENT)
        for name in (*SECTIONS, *FURTHER)
    ]
    prose = [
        Link(file.card.title or id_, home.href(f"{id_}/"), id_)
        for id_, file in deck.pages.items()
        if id_ not in INTRODUCED and id_ != "home"
    ]
    return SiteView(
        title=settings.title,
        home=home.href(""),
        static=home.href("static/"),
        language=settings.language,
        direction=direction_of(settings.language),
        sections=tuple(sections[: len(SECTIONS)]),
        further=tuple(sections[len(SECTIONS) :]),
        prose=tuple(prose),
        publisher=settings.publisher,
        license=settings.license,
        repository=settings.repository,
        exports=tuple(Link(name, home.href(file)) for name, file in EXPORTS.items()),
        version=__version__,
    )


def page_view(page: Page, pager: Pager | None, home: Home) -> PageView:
    """Return what a page's frame shows of it."""
    return PageView(
        title=page.title if pager is None or pager.number == 1 else f"{page.title}, page {pager.number}",
        description=page.description,
        href=home.href(page.url),
        canonical=home.absolute(page.url),
        section=page.section,
        heads=page.url == f"{page.section}/",
        listed=page.listed,
        is_home=page.url == "",
        picture=home.absolute(page.picture) if page.picture else "",
        is_claim=page.template == "claim.html",
    )

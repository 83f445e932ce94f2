"""RENDER pages through Jinja.  Knows templates and contexts, no cards."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError

from claimdeck import __version__
from claimdeck.judge.deck import Deck
from claimdeck.model.problems import Place, SiteError, error
from claimdeck.model.urls import INTRODUCED, Home
from claimdeck.present.pages import Page, Pager
from claimdeck.present.views import Link
from claimdeck.present.words import direction_of

SECTIONS = ("claims", "figures", "matrix", "timeline", "sources", "methodology", "search")  # in the masthead
FURTHER = ("topics", "claimants", "corrections")  # in the footer only
LESS_URGENT = frozenset({"sources", "methodology"})  # left out of the masthead on a phone; the footer has them
SECTION_NAMES = {"methodology": "Method"}


def render_pages(pages: Iterable[Page], deck: Deck, home: Home, folders: Iterable[Path]) -> dict[str, str]:
    """Return the text of each file, by its path in the output; earlier *folders* override later ones."""
    environment = template_environment(tuple(str(folder) for folder in folders))
    site = site_view(deck, home)
    return {page.file: _render(page, site, home, environment) for page in pages}


def _render(page: Page, site: dict[str, Any], home: Home, environment: Environment) -> str:
    """Return the text of *page*; SiteError where one of the templates, which a desk may have written, is wrong."""
    try:
        template = environment.get_template(f"pages/{page.template}")
        context = page.context()
        return template.render(site=site, page=page_view(page, context.get("pager"), home), **context)
    except (TemplateError, UnicodeDecodeError) as fault:
        frames = traceback.extract_tb(fault.__traceback__)
        spots = [(frame.filename, frame.lineno or 1) for frame in frames if frame.filename.endswith(".html")]
        if isinstance(fault, TemplateSyntaxError):
            spots.append((fault.filename or page.template, fault.lineno))
        path, line = spots[-1] if spots else (page.template, 1)
        name = path[path.rfind("templates/") :] if "templates/" in path else path
        said = "this is not UTF-8 text" if isinstance(fault, UnicodeDecodeError) else str(fault.message).rstrip(".")
        if isinstance(fault, TemplateNotFound):
            said = f"there is no template “{fault.name}”"
        raise SiteError([error(Place(name, line), "CD073", f"{said}.", "Mend the template.")]) from fault


@lru_cache(maxsize=1)
def template_environment(folders: tuple[str, ...]) -> Environment:
    """Return the Jinja environment over *folders*; a preview keeps it, so that templates compile once."""
    return Environment(
        loader=FileSystemLoader(folders),
        auto_reload=False,  # a preview asks for a new one when a template was saved
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def site_view(deck: Deck, home: Home) -> dict[str, Any]:
    """Return what every page shows of the site."""
    settings = deck.settings
    sections = [
        {
            "text": SECTION_NAMES.get(name, name.capitalize()),
            "href": home.href(f"{name}/"),
            "note": name,
            "more": name in LESS_URGENT,
        }
        for name in (*SECTIONS, *FURTHER)
    ]
    prose = [
        Link(file.card.title or id_, home.href(f"{id_}/"), id_)
        for id_, file in deck.pages.items()
        if id_ not in INTRODUCED and id_ != "home"
    ]
    return {
        "title": settings.title,
        "home": home.href(""),
        "static": home.href("static/"),
        "language": settings.language,
        "direction": direction_of(settings.language),
        "sections": sections[: len(SECTIONS)],
        "further": sections[len(SECTIONS) :],
        "prose": prose,
        "publisher": settings.publisher,
        "license": settings.license,
        "repository": settings.repository,
        "exports": [
            Link("claims.json", home.href("claims.json")),
            Link("sources.json", home.href("sources.json")),
            Link("claims.csv", home.href("claims.csv")),
            Link("feed", home.href("feed.xml")),
        ],
        "version": __version__,
    }


def page_view(page: Page, pager: Pager | None, home: Home) -> dict[str, Any]:
    """Return what a page's frame shows of it."""
    return {
        "title": page.title if pager is None or pager.number == 1 else f"{page.title}, page {pager.number}",
        "description": page.description,
        "href": home.href(page.url),
        "canonical": home.absolute(page.url),
        "section": page.section,
        "listed": page.listed,
        "is_home": page.url == "",
        "picture": home.absolute(page.picture) if page.picture else "",
        "is_claim": page.template == "claim.html",
    }

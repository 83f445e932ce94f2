"""The files that tell machines what there is: sitemap.xml, robots.txt, llms.txt, site.webmanifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape

from claimdeck.judge.deck import Deck
from claimdeck.model.urls import Home, card_url
from claimdeck.present.exports import updated_on
from claimdeck.present.pages import Page

SITEMAP_LENGTH = 50_000  # addresses in one file: https://www.sitemaps.org/protocol.html
SITEMAP = "sitemap.xml"
DIRECTORY = (SITEMAP, "robots.txt", "llms.txt", "site.webmanifest")
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LISTS = ("", "claims/", "figures/", "matrix/", "timeline/", "corrections/")  # change whenever a claim does
NO_MARKDOWN = str.maketrans("[]<>", "()‹›")
PAPER, ICON_SIZES = "#f4f1ea", (192, 512)


def directory_files(pages: Iterable[Page], deck: Deck, home: Home) -> Iterator[tuple[str, str]]:
    """Yield the address and text of each of these files."""
    yield from _sitemap([page.url for page in pages if page.listed], _days(deck), home)
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {home.absolute(SITEMAP)}\n"
    yield "llms.txt", _llms(deck, home)
    yield "site.webmanifest", _manifest(deck, home)


def _days(deck: Deck) -> dict[str, str]:
    """Return the last day of work on each page of which one is known, by its address."""
    updated = updated_on(deck) or ""
    days = dict.fromkeys(LISTS, updated)
    for id_, claim in deck.claims.items():
        card = claim.card
        changes = [*(entry.on for entry in card.history), *(entry.on for entry in card.corrections)]
        days[card_url("claim", id_)] = max([card.reviewed or "", *changes])
    return days


def _sitemap(urls: list[str], days: dict[str, str], home: Home) -> Iterator[tuple[str, str]]:
    """Yield the sitemap, or where it would be too long its parts and the list of them."""
    entries = [_located("url", home.absolute(url), days.get(url, "")) for url in urls]
    parts = [entries[start : start + SITEMAP_LENGTH] for start in range(0, len(entries), SITEMAP_LENGTH)]
    if len(parts) <= 1:
        yield SITEMAP, _xml("urlset", entries)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield SITEMAP, _xml("sitemapindex", [_located("sitemap", home.absolute(name), "") for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _xml("urlset", part)


def _located(element: str, address: str, day: str) -> str:
    modified = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<{element}><loc>{escape(address)}</loc>{modified}</{element}>"


def _xml(root: str, entries: list[str]) -> str:
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', f"<{root} {NAMESPACE}>", *entries, f"</{root}>", ""])


def _llms(deck: Deck, home: Home) -> str:
    """Return llms.txt (https://llmstxt.org): what the site is, how to read it, where its data is."""
    settings = deck.settings
    files = {
        "claims.json": "all claims with status, evidence, origins and counts",
        "claims.csv": "the same as a table, without the evidence",
        "sources.json": "the documents that were read, and the claims that rest on each",
        "datapackage.json": "what these files hold, field by field",
        "feed.xml": "what changed last",
    }
    pages = {
        "methodology/": "the ladder of statuses, and what evidence each needs",
        "claims/": "all claims",
        "figures/": "every figure by what it counts",
        "matrix/": "which source supports or disputes which claim",
        "timeline/": "what happened, was said and was published",
        "corrections/": "what was corrected",
    }
    lines = [
        f"# {_plain(settings.title)}",
        "",
        *([f"> {_plain(settings.tagline)}", ""] if settings.tagline else []),
        "A fact-check dossier. Each claim has a status: how far the evidence carries it, not whether it is true.",
        "A claim that many sources repeat may have one origin: count `origins`, not sources. Quote a claim only with",
        "its status and the day of its review (`reviewed`).",
        "",
        "## Data",
        "",
        *(f"- [{name}]({home.absolute(name)}): {what}" for name, what in files.items()),
        "",
        "## Pages",
        "",
        *(f"- [{name}]({home.absolute(name)}): {what}" for name, what in pages.items()),
        "",
        "## Topics",
        "",
        *(
            f"- [{_plain(file.card.name)}]({home.absolute(card_url('topic', id_))})"
            for id_, file in deck.topics.items()
        ),
        "",
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return *text* on one line, without what Markdown would take for a link or for HTML."""
    return " ".join(text.translate(NO_MARKDOWN).split())


def _manifest(deck: Deck, home: Home) -> str:
    """Return the web app manifest (https://www.w3.org/TR/appmanifest/)."""
    icons = [
        {"src": home.href(f"static/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    manifest = {
        "name": deck.settings.title,
        "lang": deck.settings.language,
        "start_url": home.href(""),
        "scope": home.href(""),
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"

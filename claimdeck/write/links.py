"""CHECK rendered pages: every internal link and #anchor must lead somewhere.  Asks no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from claimdeck.model.problems import Place, Problem, error
from claimdeck.model.urls import Home, file_of

COMMENT_OR_SCRIPT = re.compile(r"<(?:!--.*?-->|((?i:script)\b[^>]*>).*?</(?i:script)>)", re.DOTALL)
TAG = re.compile(r"""[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)  # behind its “<”
ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""")  # all: a value may hold “ src=x”
NO_ANCHOR = "leads to no such anchor"


@dataclass(frozen=True)
class PageLinks:
    """What the links of a page come to: those that lead nowhere, with why; those into other pages; its own anchors."""

    dead: tuple[tuple[str, str], ...] = ()
    further: tuple[tuple[str, str, str], ...] = ()  # a link, the file it leads to, the anchor that must be there
    anchors: frozenset[str] = frozenset()


class LinkReader:
    """Reads the links of one page after the other; *exists* tells whether the site has a file."""

    def __init__(self, exists: Callable[[str], bool], home: Home) -> None:
        self.exists, self.home = exists, home
        self.targets: dict[str, tuple[str, str, str]] = {}

    def read(self, html: str) -> PageLinks:
        """Return what the links of the page *html* come to, as far as this page alone can tell."""
        links, anchors = read_outline(html)
        dead, further = [], []
        for link in dict.fromkeys(links):
            file, fragment, fault = self.targets.get(link) or self._target(link)
            if fault or (fragment and not file and fragment not in anchors):
                dead.append((link, fault or NO_ANCHOR))
            elif fragment and file.endswith(".html"):
                further.append((link, file, fragment))
        return PageLinks(tuple(dead), tuple(further), frozenset(anchors))

    def _target(self, link: str) -> tuple[str, str, str]:
        """Return the file and anchor that *link* leads to, "" for this page and for other sites, and what is wrong."""
        try:
            parts = urlsplit(link)
        except ValueError:  # a host that no browser would find either
            return "", "", "is no address"
        file, fault = "", ""
        is_inside = not (parts.netloc or parts.scheme)
        if is_inside and parts.path:
            file = file_of(unquote(parts.path[len(self.home.base) :]))
            outside = "" if parts.path.startswith(self.home.base) else "leaves the base path"
            fault = outside or ("" if self.exists(file) else "leads to no page")
        target = self.targets[link] = file, unquote(parts.fragment) if is_inside else "", fault
        return target


def read_outline(html: str) -> tuple[list[str], set[str]]:
    """Return the links and the anchors of the page *html*, whose text holds no bare “<”."""
    links: list[str] = []
    anchors: set[str] = set()
    for piece in COMMENT_OR_SCRIPT.sub(_start_of_script, html).split("<"):
        if not piece[:1].isalpha():  # the end of an element, as half of all are
            continue
        tag, end, _ = piece.partition(">")
        if end and "=" in tag:
            if tag.count('"') % 2 or "'" in tag:  # the “>” may stand inside a value
                match = TAG.match(piece)
                tag = match[0] if match else ""
            named, leading = _named_in(tag)
            anchors.update(named)
            links += leading
    return links, anchors


def _start_of_script(match: re.Match[str]) -> str:
    return f"<{match[1] or '!'}"


@lru_cache(maxsize=100_000)  # most tags stand on many pages
def _named_in(tag: str) -> tuple[list[str], list[str]]:
    """Return the anchors and links that *tag* has, its “<” left out."""
    found = [(name.lower(), unescape(value.strip("\"'"))) for name, value in ATTRIBUTE.findall(tag)]
    found = [(name, value) for name, value in found if name in {"href", "src", "id"}]
    anchors = [value for name, value in found if name == "id"]
    return anchors, [value for name, value in found if name != "id" and value]


def check_links(pages: Mapping[str, PageLinks], home: Home, place_of: Callable[[str, str], Place]) -> Iterator[Problem]:
    """Yield a problem for each link on *pages* (by file) that leads nowhere.

    *place_of* tells, for a page's file and one of its links, where an editor would mend it.
    """
    for name, page in pages.items():
        lost = (link for link, file, anchor in page.further if file in pages and anchor not in pages[file].anchors)
        for link, fault in (*page.dead, *((link, NO_ANCHOR) for link in lost)):
            shown = f"/{link.removeprefix(home.base)}" if link.startswith(home.base) else link
            message = f"the link to “{shown}” on /{name.removesuffix('index.html')} {fault}."
            yield error(place_of(name, link), "CD071", message, "Correct the link, or add what it leads to.")

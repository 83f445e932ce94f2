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
START = re.compile(r"<[a-zA-Z][^<>]*>")  # of an element, if no value in it holds a “>”
TAG = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
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
    found = [_named_in(tag) for tag in dict.fromkeys(START.findall(html))]  # half of the tags recur on a page
    if None in found or "<!--" in html or not _scripts_are_plain(html):
        pieces = COMMENT_OR_SCRIPT.sub(_start_of_script, html).split("<")
        found = [_named_in(tag[0]) for piece in pieces if (tag := TAG.match(f"<{piece}"))]
    links: list[str] = []
    anchors: set[str] = set()
    for named, leading in filter(None, found):
        anchors.update(named)
        links += leading
    return links, anchors


def _scripts_are_plain(html: str) -> bool:
    """Whether no script of *html* holds a “<”, behind which a tag could seem to be."""
    return all(script[script.find("<") :].startswith("</script") for script in html.split("<script")[1:])


def _start_of_script(match: re.Match[str]) -> str:
    return f"<{match[1] or '!'}"


@lru_cache(maxsize=100_000)  # most tags stand on many pages
def _named_in(tag: str) -> tuple[list[str], list[str]] | None:
    """Return the anchors and links that *tag* has; None where it does not end here, or a script is oddly written."""
    if not TAG.fullmatch(tag) or (tag[:7].lower() == "<script" and not tag.startswith("<script")):
        return None
    values = [(name.lower(), unescape(value.strip("\"'"))) for name, value in ATTRIBUTE.findall(tag)]
    anchors = [value for name, value in values if name == "id"]
    return anchors, [value for name, value in values if name in {"href", "src"} and value]


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

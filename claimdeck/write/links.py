"""CHECK rendered pages: every internal link and #anchor must lead somewhere.  Asks no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from claimdeck.model.problems import Place, Problem, error
from claimdeck.model.urls import Home, file_of

COMMENT_OR_SCRIPT = re.compile(r"<!--.*?-->|(<script\b[^>]*>).*?</script>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"""[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)  # behind its “<”
ATTRIBUTE = re.compile(r"""\s(href|src|id)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


@dataclass
class Outline:
    """The links and anchors of one page."""

    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)


def read_outline(html: str) -> Outline:
    """Return the links and anchors of the page *html*, whose text holds no bare “<”."""
    outline = Outline()
    for piece in COMMENT_OR_SCRIPT.sub(r"\1", html).split("<"):
        tag, end, _ = piece.partition(">")
        if end and "=" in tag and tag[0].isalpha():
            if tag.count('"') % 2 or "'" in tag:  # the “>” may stand inside a value
                match = TAG.match(piece)
                tag = match[0] if match else ""
            anchors, links = _named_in(tag)
            outline.anchors.update(anchors)
            outline.links += links
    return outline


@lru_cache(maxsize=100_000)  # most tags stand on many pages
def _named_in(tag: str) -> tuple[list[str], list[str]]:
    """Return the anchors and links that *tag* has, its “<” left out."""
    found = [(name.lower(), unescape(value.strip("\"'"))) for name, value in ATTRIBUTE.findall(tag)]
    anchors = [value for name, value in found if name == "id"]
    return anchors, [value for name, value in found if name != "id" and value]


def check_links(
    pages: Mapping[str, str], exists: Callable[[str], bool], home: Home, place_of: Callable[[str, str], Place]
) -> Iterator[Problem]:
    """Yield a problem for each link in *pages* (texts by file) to a file that does not exist.

    *place_of* tells, for a page's file and one of its links, where an editor would mend it.
    """
    outlines = {name: read_outline(text) for name, text in pages.items() if name.endswith(".html")}
    for name, outline in outlines.items():
        for link in dict.fromkeys(outline.links):
            if fault := _fault(link, name, outlines, exists, home):
                shown = f"/{link.removeprefix(home.base)}" if link.startswith(home.base) else link
                message = f"the link to “{shown}” on /{name.removesuffix('index.html')} {fault}."
                yield error(place_of(name, link), "CD071", message, "Correct the link, or add what it leads to.")


def _fault(link: str, page: str, outlines: Mapping[str, Outline], exists: Callable[[str], bool], home: Home) -> str:
    """Return what is wrong with *link* on *page*; "" if it leaves the site or leads somewhere."""
    is_inside, path, fragment = _split(link)
    target = page
    if not is_inside:
        return ""
    if path and not path.startswith(home.base):
        return "leaves the base path"
    if path:
        target = file_of(unquote(path[len(home.base) :]))
        if not exists(target):
            return "leads to no page"
    if fragment and target in outlines and fragment not in outlines[target].anchors:
        return "leads to no such anchor"
    return ""


@lru_cache(maxsize=100_000)  # most links stand on many pages
def _split(link: str) -> tuple[bool, str, str]:
    """Return whether *link* stays on the site, its path as it is written, and its fragment as plain text."""
    parts = urlsplit(link)
    return not (parts.netloc or parts.scheme), parts.path, unquote(parts.fragment)

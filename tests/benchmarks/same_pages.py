"""Proves that two built sites say the same: on each page of a card or a list, the same words and the same links."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

FOLDERS = ("claims", "sources", "claimants", "topics")
SILENT = {"script", "style"}
INLINE = {"a", "b", "code", "em", "span", "strong", "sup"}  # every other tag parts words
ARROW_AS_TEXT = "\ufe0e"  # Goldmark writes it behind the arrow of a footnote


def differing_pages(ours: Path, theirs: Path) -> list[str]:
    """Return the pages, by path below *ours* and *theirs*, that only one of them has or that do not say the same."""
    pages = {*_pages(ours), *_pages(theirs)}
    return sorted(page for page in pages if _said(ours / page) != _said(theirs / page))


def pages_of(site: Path) -> int:
    """Return how many pages of *site* are compared."""
    return len(list(_pages(site)))


def _pages(site: Path) -> Iterator[str]:
    yield "index.html"
    for folder in FOLDERS:
        yield from (str(path.relative_to(site)) for path in (site / folder).rglob("*.html"))


def _said(page: Path) -> tuple[str, list[str]] | None:
    """Return the words of *page*, white space folded, and where its links lead; None where there is no page."""
    if not page.is_file():
        return None
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    words = re.sub(r"\s+", " ", "".join(reader.words).replace(ARROW_AS_TEXT, ""))
    return words.strip(), reader.links


class _Reader(HTMLParser):
    """Gathers what a reader sees, the title included; links inside the page have names that nobody sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in SILENT
        self.words.append("" if tag in INLINE else " ")
        address = dict(attrs).get("href") or ""
        if tag == "a" and not address.startswith("#"):
            self.links.append(address)

    def handle_endtag(self, tag: str) -> None:
        self.silent = False
        self.words.append("" if tag in INLINE else " ")

    def handle_data(self, data: str) -> None:
        self.words.append("" if self.silent else data)

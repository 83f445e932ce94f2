"""Addresses: the only module that knows where a page stands and which file it is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from claimdeck.model.cards import Kind

FOLDERS: dict[Kind, str] = {
    "claim": "claims",
    "source": "sources",
    "claimant": "claimants",
    "topic": "topics",
    "page": "",
}
INTRODUCED = (
    "claims",
    "sources",
    "claimants",
    "topics",
    "corrections",
    "figures",
    "matrix",
    "timeline",
    "search",
    "methodology",
)  # generated, may have an introduction
RESERVED = ("status", "as-of", "embed", "static", "404")
HOME = ""
NOT_FOUND = "404.html"


def card_url(kind: Kind, id_: str) -> str:
    """Return the address of a card's page below the base path: “claims/bridge-cost/”."""
    if kind == "page":
        return HOME if id_ == "home" else f"{id_}/"
    return f"{FOLDERS[kind]}/{id_}/"


def status_url(status: str) -> str:
    """Return the address of the list of claims with one *status*."""
    return f"status/{status}/"


def embed_url(id_: str) -> str:
    """Return the address of a claim's embed."""
    return f"embed/{id_}/"


def picture_url(id_: str) -> str:
    """Return the address of a claim's share picture."""
    return f"{FOLDERS['claim']}/{id_}.png"


def topic_feed_url(id_: str) -> str:
    """Return the address of a topic's feed."""
    return f"{card_url('topic', id_)}feed.xml"


def as_of_url(date: str) -> str:
    """Return the address of what was on the record by *date*."""
    return f"as-of/{date}/"


def list_url(first: str, number: int) -> str:
    """Return the address of page *number* (from 1) of the list that begins at *first*."""
    return first if number == 1 else f"{first}page/{number}/"


def file_of(url: str) -> str:
    """Return the path of the file that answers *url*, below the output folder."""
    return f"{url}index.html" if not url or url.endswith("/") else url


@dataclass(frozen=True)
class Home:
    """The place of publication: everything before a page's own address."""

    origin: str  # https://example.org
    base: str  # /kursk-claims/

    @classmethod
    def at(cls, url: str) -> Home:
        """Return the home at *url*, with or without its last slash."""
        parts = urlsplit(url)
        path = quote(parts.path.strip("/"), safe="/%~-._")  # a link that began with “//” would lead to another host
        return cls(f"{parts.scheme}://{parts.netloc}", f"/{path}/" if path else "/")

    def href(self, url: str) -> str:
        """Return the link to *url* from any page of the site: “/kursk-claims/claims/bridge-cost/”."""
        return self.base + url

    def absolute(self, url: str) -> str:
        """Return *url* as the whole world sees it."""
        return self.origin + self.base + url

    def holds(self, address: str) -> bool:
        """Whether *address*, by http or https, is one of this site."""
        here, there = (whole.partition("://")[2].lower() for whole in (self.absolute(""), address))
        return f"{there}/".startswith(here)

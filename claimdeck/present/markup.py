"""Render Markdown, and JSON inside HTML: the only module that makes Markup.  Raw HTML shows as text; links are checked.

Library: Python-Markdown, cleaned by nh3.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markupsafe import Markup

from claimdeck.judge.deck import Deck
from claimdeck.model.cards import KINDS, Kind
from claimdeck.model.fields import MAIL_ADDRESS, is_address
from claimdeck.model.problems import Place, Problem, Suggestions, error
from claimdeck.model.urls import FOLDERS, Home, card_url
from claimdeck.present.plain_markdown import render_plain
from claimdeck.read.content import CardFile, Content
from claimdeck.read.documents import FORBIDDEN
from claimdeck.read.places import Places

TAGS = {"a", "blockquote", "br", "code", "div", "em", "hr", "li", "ol", "p", "pre", "strong", "sup", "ul"}
TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "tbody", "td", "th", "thead", "tr"}
ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "li": {"id"},
    "sup": {"id"},
    "div": {"class"},
    "ol": {"start"},
    "th": {"class"},
    "td": {"class"},
}
SCHEMES = {"http", "https", "mailto"}
UNESCAPE = UnescapeTreeprocessor().unescape  # of “\\:” and the like, which the library else leaves until the end
CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
ENTITY = re.compile(r"&#?\w+;")
ENDS_A_SCRIPT = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})
SITE_PATH = re.compile(r"/(?![/\\\s])")  # “//host/” and all that browsers take for it lead to another site
CARD_PATH = re.compile(r"/(claims|sources|claimants|topics)/([^/#]+)/(#.*)?")
CARD_HEADINGS, PAGE_HEADINGS = (
    3,
    2,
)  # the level of the first heading inside a claim's page, inside a prose page


@dataclass(frozen=True)
class Target:
    """Where a link in Markdown leads, or what is wrong with it."""

    href: str = ""
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Rendered:
    """A Markdown text without a problem, where its links lead, and what it gave."""

    text: str
    draft: bool
    targets: dict[str, Target]
    html: Markup


Prose = Mapping[tuple[Kind, str], Markup]
ProseMemo = dict[tuple[Kind, str], Rendered]  # what a preview rendered before


def render_prose(
    deck: Deck, content: Content, home: Home, memo: ProseMemo | None = None
) -> tuple[Prose, list[Problem]]:
    """Return every Markdown text of *deck* as Markup, by kind and id of its card, and the links that lead nowhere.

    A text that stands in *memo*, and whose links lead where they did, is not rendered again.
    """
    memo = {} if memo is None else memo
    links = _Links(deck, content, home)
    markdown = _markdown(links)
    prose: dict[tuple[Kind, str], Markup] = {}
    problems: list[Problem] = []
    texts: list[tuple[Kind, CardFile[Any], str, int, str]] = [
        ("claim", claim.file, claim.card.analysis or "", CARD_HEADINGS, "analysis") for claim in deck.claims.values()
    ]
    texts += [("page", file, file.card.body, PAGE_HEADINGS, "body") for file in deck.pages.values()]
    for kind, file, text, level, field in texts:
        if text:
            links.begin(level, file.card.draft)
            known = memo.get((kind, file.id))
            if known and (known.text, known.draft) == (text, file.card.draft) and links.lead_to(known.targets):
                prose[kind, file.id] = known.html
                continue
            try:
                html = render_plain(text, links.href, links.heading) or CLEANER.clean(markdown.reset().convert(text))
            except RecursionError:
                hint = "Use fewer levels of lists and quotes."
                problems.append(error(file.places.of(field), "CD070", "this text is nested too deeply.", hint))
                continue
            prose[kind, file.id] = Markup(html)
            found = [*links.problems_in(text, file.places, field), *hidden_entities(text, file.places, field)]
            if not found:
                memo[kind, file.id] = Rendered(text, file.card.draft, links.targets, prose[kind, file.id])
            problems += found
    return prose, problems


def addresses_in(text: str) -> list[str]:
    """Return where the links of the Markdown *text* lead, as they are written there, in order."""
    links = _Addresses()
    try:
        _markdown(links).convert(text)
    except RecursionError:  # told where it is rendered
        return []
    return links.found


def hidden_entities(text: str, places: Places, field: str) -> Iterator[Problem]:
    """Yield the entities in *text* that stand for characters nobody can see."""
    for entity in dict.fromkeys(ENTITY.findall(text)):
        if FORBIDDEN.search(unescape(entity)):
            place = places.of_words(entity, text, field)
            yield error(place, "CD004", f"“{entity}” stands for an invisible character.", "Delete it.")


def json_block(value: Any) -> Markup:
    """Return *value* as JSON for a data block of a page, `<script type="application/ld+json">`: no text can end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(ENDS_A_SCRIPT))


def place_of_link(content: Content, home: Home, written: Mapping[str, str], page: str, link: str) -> Place:
    """Return where an editor would mend *link* on the file *page*; *written* names each page's card."""
    path = written.get(page, "site.yaml")
    address = f"/{link.removeprefix(home.base)}" if link.startswith(home.base) else link
    file = next((file for _, file in content.files() if file.path == path), None)
    for field in ("body", "analysis"):
        text = getattr(file.card, field, None) if file else None
        if file and text and address in text:
            return file.places.of_words(address, text, field)
    return Place(path)


class _Links(Treeprocessor):
    """Resolves the links of one Markdown text after the other, and fits its headings into the page."""

    def __init__(self, deck: Deck, content: Content, home: Home) -> None:
        super().__init__()
        self.content, self.deck, self.home = content, deck, home
        self.renamed = content.renamed
        self.suggest = Suggestions()
        self.begin(PAGE_HEADINGS)

    def begin(self, level: int, draft: bool = False) -> None:
        self.level = level
        self.draft = draft
        self.faults: list[tuple[str, Target]] = []
        self.targets: dict[str, Target] = {}

    def lead_to(self, targets: Mapping[str, Target]) -> bool:
        """Whether each address of *targets* still leads where it did."""
        return all(self.resolve(address) == target for address, target in targets.items())

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a" and "footnote" not in element.get("class", ""):
                element.set("href", self.href(UNESCAPE(element.get("href", ""))))
            elif element.tag == "img":
                hint = "Link to it: [what it shows](https://…)."
                self.faults.append((element.get("src", ""), Target(message="pictures cannot be shown", hint=hint)))
            elif element.tag in {"td", "th"} and "right" in element.attrib.pop("style", ""):
                element.set("class", "number")  # a style attribute would be blocked, and `align` is obsolete
            elif re.fullmatch("h[1-6]", element.tag):
                element.tag = self.heading(int(element.tag[1]))

    def href(self, address: str) -> str:
        """Return where *address* leads, and keep that, or what is wrong with it."""
        target = self.targets[address] = self.resolve(address)
        if target.message:
            self.faults.append((address, target))
        return target.href

    def heading(self, level: int) -> str:
        """Return the tag of a heading that is written as one of *level*."""
        return f"h{min(6, max(self.level, level + self.level - 2))}"

    def resolve(self, address: str) -> Target:
        """Return where *address* leads, judged as a browser reads it: “&#58;” is a colon."""
        seen = unescape(address)
        scheme, colon, rest = address.partition(":")
        path = CARD_PATH.fullmatch(address)
        if path:
            kind = next(kind for kind, folder in FOLDERS.items() if folder == path[1])
            return self.card(kind, path[2], path[3] or "")
        if address.startswith("/") and SITE_PATH.match(seen):
            return Target(self.home.href(address[1:]))
        if address.startswith("#") or is_address(seen) or MAIL_ADDRESS.fullmatch(seen):
            return Target(address)
        if colon and scheme in KINDS:
            id_, hash_, anchor = rest.partition("#")
            return self.card(scheme, id_, hash_ + anchor)
        return Target(
            message="a link cannot lead there",
            hint="Begin it with https://, http://, mailto:, claim:, source:, claimant:, topic: or /.",
        )

    def card(self, kind: Kind, id_: str, anchor: str) -> Target:
        known = self.content.of_kind(kind)
        if id_ in known and known[id_].card.draft and not self.draft:
            return Target(message=f"{kind} “{id_}” is a draft", hint="Publish the draft, or take the link out.")
        if id_ in known and (kind != "claim" or id_ in self.deck.claims or id_ in self.deck.withdrawn):
            return Target(self.home.href(card_url(kind, id_)) + anchor)
        if (kind, id_) in self.content.unread:
            return Target("#")
        if new := self.renamed.get((kind, id_)):
            return Target(message=f"{kind} “{id_}” is now called “{new}”", hint=f"Write {new}.")
        return Target(message=f"there is no {kind} “{id_}”", hint=self.suggest(id_, known, "Correct the id."))

    def problems_in(self, text: str, places: Places, field: str) -> Iterator[Problem]:
        """Yield the faults found in *text*, the *field* of the card whose *places* these are."""
        for address, target in self.faults:
            place = places.of_words(address, text, field)
            yield error(place, "CD070", f"the link to “{address}”: {target.message}.", target.hint)


class _Addresses(Treeprocessor):
    """Gathers where the links of a Markdown text lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def run(self, root: Element) -> None:
        links = (element for element in root.iter("a") if "footnote" not in element.get("class", ""))
        self.found = [element.get("href", "") for element in links]


def _markdown(links: Treeprocessor) -> Markdown:
    markdown = Markdown(extensions=[TableExtension(), FootnoteExtension(), SaneListExtension()], output_format="html")
    markdown.preprocessors.deregister("html_block")
    for pattern in (
        "html",
        "automail",
    ):  # the one lets raw HTML through, the other hides addresses in entities
        markdown.inlinePatterns.deregister(pattern)
    markdown.treeprocessors.register(links, "links", 15)
    return markdown

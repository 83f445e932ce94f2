"""A card may come from a stranger: whatever its texts hold, every file is what it would be with plain words."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, get_args
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from claimdeck.desk.summary import render_summary
from claimdeck.judge.lock import Change
from claimdeck.model.cards import MODELS
from claimdeck.model.problems import Severity
from claimdeck.model.settings import Settings
from claimdeck.model.urls import Home
from claimdeck.pipeline import judge_site
from claimdeck.present.markup import ATTRIBUTES, TAGS
from claimdeck.present.share_card import lay_out, share_text
from claimdeck.present.share_picture import draw_card
from claimdeck.present.views import Views
from tests.hostile import ELEMENTS, HOSTILE_TEXTS, MARKDOWN, TEXTS, Skeleton, json_blocks, write_site
from tests.rendered import render_site

HOME = "https://example.org/every-field/"
ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LOADS = {"src", "srcset", "data", "poster", "xlink:href", "action", "formaction"}
PLAINLY = re.compile(r"\d+(\.\d+)?|")
SAME_IN_JSON = ("claim", "short", "because", "places", "unknowns", "would_change_if")


class Site:
    """A rendered site whose texts are *hostile*, and what was typed."""

    def __init__(self, root, hostile: list[str]) -> None:
        texts = iter(hostile * 1000)
        self.typed = write_site(root, lambda _field: next(texts))
        self.judged = judge_site(root)
        self.files, problems = render_site(self.judged)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        self.errors = [str(problem) for problem in errors if problem.code != "CD070"]  # a link in Markdown

    def text(self, name: str) -> str:
        return self.files[name].decode()

    def named(self, ending: str) -> dict[str, str]:
        return {
            name: self.text(name) for name in self.files if name.endswith(ending) and not name.startswith("static/")
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def harmless(folder) -> Site:
    """The same site with plain words."""
    return Site(folder / "harmless", ["plain words"])


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(HOSTILE_TEXTS, min_size=1, max_size=7))
@example([f'"{text}' for text in ELEMENTS])
def test_every_file_of_a_hostile_site_is_what_it_would_be_with_plain_words(folder, harmless, texts):
    site = Site(folder / "hostile", texts)
    assert site.errors == []
    assert site.files.keys() - words_of(site) == harmless.files.keys() - words_of(harmless)
    for check in (pages, data_of_pages, exports, table, feeds, sitemap, plain_texts, search, snippets, pictures):
        check(site, harmless)


def words_of(site: Site) -> set[str]:
    """Return the files of words of the search: how many there are depends on the words."""
    return {name for name in site.files if name.startswith("search/words-")}


def pages(site: Site, harmless: Site) -> None:
    """No element or attribute appears that the templates do not have, and nothing is loaded from elsewhere."""
    for name, html in site.named(".html").items():
        page, plain = Skeleton(html), Skeleton(harmless.text(name))
        assert page.elements == plain.elements, name
        if page.prose != plain.prose:  # what the templates say themselves has other elements, and the same everywhere
            assert all(tag in TAGS and set(names) <= ATTRIBUTES.get(tag, set()) for tag, names in page.prose), name
        for tag, attribute, value in page.addresses:
            parts = urlsplit(value)
            if attribute in LOADS or (tag == "link" and attribute == "href"):
                assert not parts.netloc or value.startswith(HOME), (name, tag, value)
            elif attribute == "href":
                assert parts.scheme in {"", "http", "https", "mailto"}, (name, value)
                assert parts.scheme or not value or value.startswith(("#", "/every-field/")), (name, value)


def data_of_pages(site: Site, harmless: Site) -> None:
    """What a page holds as data is JSON, and says what was typed."""
    found = 0
    for name, html in site.named("/index.html").items():
        for block in json_blocks(html):
            review = json.loads(block)
            assert (
                review["claimReviewed"]
                == typed(site, f"content/{name.removesuffix('/index.html')}.yaml")["short"].strip()
            )
            found += 1
    assert found == sum(len(json_blocks(html)) for html in harmless.named("/index.html").values()) > 0


def exports(site: Site, _: Site) -> None:
    """All JSON is JSON, and claims.json gives back the texts that were typed."""
    for ending in (".json", ".webmanifest"):
        assert all(json.loads(text) is not None for text in site.named(ending).values())
    for claim in json.loads(site.text("claims.json"))["claims"]:
        card = typed(site, f"content/claims/{claim['id']}.yaml")
        for field in SAME_IN_JSON:
            assert claim[field] == stripped(card.get(field, [])), field
        assert [entry["note"] for entry in claim["history"]] == [entry["note"].strip() for entry in card["history"]]
        for piece, evidence in zip(claim["evidence"], card["evidence"], strict=True):
            for field in ("quote", "translation", "note"):
                assert piece[field] == stripped(evidence.get(field))
    for source in json.loads(site.text("sources.json"))["sources"]:
        card = typed(site, f"content/sources/{source['id']}.yaml")
        for field in ("title", "summary", "where", "authors"):
            assert source[field] == stripped(card.get(field) or ([] if field == "authors" else None)), field


def table(site: Site, _: Site) -> None:
    """No cell begins a formula, whether commas or semicolons part them; else they hold what was typed."""
    text = site.text("claims.csv")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        card = typed(site, f"content/claims/{row['id']}.yaml")
        assert all(
            value.replace("'", "") == card[key].strip().replace("'", "")
            for key, value in row.items()
            if key in {"claim", "short", "because"}
        )
    for delimiter in ",;\t":
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]
        assert [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell) and not PLAINLY.fullmatch(cell)] == []


def feeds(site: Site, harmless: Site) -> None:
    """Feeds are well-formed, and their titles are what was typed."""
    for name, text in site.named("feed.xml").items():
        tree, plain = ElementTree.fromstring(text), ElementTree.fromstring(harmless.text(name))
        assert [(one.tag, sorted(one.attrib)) for one in tree.iter()] == [
            (one.tag, sorted(one.attrib)) for one in plain.iter()
        ]
        assert not feedparser.parse(text.encode()).bozo
    shorts = {
        card["short"].strip()
        for path, card in site.typed.items()
        if path.startswith("content/claims/") and card["short"]
    }
    titles = [
        title.text or "" for title in ElementTree.fromstring(site.text("feed.xml")).findall(f"{ATOM}entry/{ATOM}title")
    ]
    assert titles
    assert all(any(title.endswith(short) for short in shorts) for title in titles)


def sitemap(site: Site, harmless: Site) -> None:
    """The list of addresses knows no text."""
    tree = ElementTree.fromstring(site.text("sitemap.xml"))
    assert {place.text.startswith(HOME) for place in tree.iter(f"{SITEMAP}loc")} == {True}
    assert sorted(site.text("sitemap.xml").split()) == sorted(harmless.text("sitemap.xml").split())
    assert site.text("robots.txt") == harmless.text("robots.txt")


def plain_texts(site: Site, harmless: Site) -> None:
    """llms.txt has no line more, and no link that is not ours."""
    text = site.text("llms.txt")
    assert len(text.splitlines()) == text.count("\n") == harmless.text("llms.txt").count("\n")
    targets = re.findall(r"\]\(([^)]*)\)", text)
    assert targets == re.findall(r"\]\(([^)]*)\)", harmless.text("llms.txt"))
    assert not re.search(r"<[a-z!/]", text, re.IGNORECASE)


def search(site: Site, harmless: Site) -> None:
    """The entries of the search say what was typed, as text, and lead where they should."""
    for name, text in site.named(".json").items():
        if name.startswith("search/entries-"):
            for entry, plain in zip(json.loads(text), json.loads(harmless.text(name)), strict=True):
                assert entry.keys() == plain.keys()
                assert all(address.startswith("/every-field/") for address in (entry["href"], plain["href"]))


def snippets(site: Site, _: Site) -> None:
    """What a reader copies holds together: one iframe of ours, one BibTeX entry."""
    for name, html in site.named("/index.html").items():
        texts = [unescape(text) for text in re.findall(r"<pre>(.*?)</pre>", html, re.DOTALL)]
        for snippet in [text for text in texts if text.startswith("<iframe")]:
            page = Skeleton(snippet)
            assert page.elements == [("iframe", ("src", "title", "width", "height", "loading"))], name
            assert page.addresses == [("iframe", "src", f"{HOME}embed/{name.split('/')[1]}/")]
        for entry in [text for text in texts if text.startswith("@misc")]:
            depths = list(depths_of(entry))
            assert (min(depths[5:-1]), depths[-1]) == (1, 0), entry


def depths_of(entry: str) -> Iterator[int]:
    """Yield how many braces are open behind each letter of the BibTeX *entry*: an escaped one counts too."""
    depth = 0
    for letter in entry:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        yield depth


def pictures(site: Site, _: Site) -> None:
    """A share picture can be laid out of any words."""
    views = Views(site.judged.deck, Home.at(HOME))
    for claim in views.deck.claims.values():
        card = lay_out(share_text(claim, views, ""))
        assert all(line.text.replace("\u00a0", " ").isprintable() for line in card.lines)


def typed(site: Site, path: str) -> Any:
    return site.typed[path]


def stripped(value: Any) -> Any:
    return [text.strip() for text in value] if isinstance(value, list) else value.strip() if value else value


def test_a_picture_is_drawn_of_hostile_words(folder):
    site = Site(folder / "drawn", ["</svg><script>", "W" * 60, "{{ 7*7 }}"])
    views = Views(site.judged.deck, Home.at(HOME))
    drawn = draw_card(lay_out(share_text(views.deck.claims["bridge-cost"], views, "")))
    assert drawn.startswith(b"\x89PNG")
    assert b"script" not in drawn


def test_no_field_that_holds_text_is_left_out_of_these_tests():
    found = {name for model in [*MODELS.values(), Settings] for name in texts_of(model)}
    elsewhere = {"email", "logo", "needs", "measure", "of", "status"}  # addresses, and words of site.yaml
    assert found == TEXTS | MARKDOWN | elsewhere


def texts_of(model: type[BaseModel]) -> Iterator[str]:
    """Yield the fields of *model*, and of all within it, that take any text."""
    for name, field in model.model_fields.items():
        for kind, metadata in kinds_in(field.annotation, field.metadata):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from texts_of(kind)
            elif kind is str and not any(getattr(each, "func", None) for each in metadata if is_closed(each)):
                yield name


def is_closed(check: Any) -> bool:
    """Whether *check* leaves no free text: all do but those of length."""
    lengths = {"check_quote", "check_short", "check_line", "check_markdown"}
    return getattr(getattr(check, "func", None), "__name__", "") not in lengths


def kinds_in(annotation: Any, metadata: Any = ()) -> Iterator[tuple[Any, Any]]:
    """Yield the plain types within *annotation*, each with what is said of it."""
    inner = get_args(annotation)
    if getattr(annotation, "__metadata__", None):
        yield from kinds_in(annotation.__origin__, annotation.__metadata__)
    elif not inner:
        yield annotation, metadata
    else:
        for each in inner:
            yield from kinds_in(each, metadata if each is str else ())


@settings(max_examples=200, deadline=None)
@given(HOSTILE_TEXTS)
def test_a_summary_for_a_workflow_has_no_line_link_or_element_of_a_card(text):
    told = render_summary([], [Change("added", "river", text)])
    lines = told.splitlines()
    assert len(lines) == len(told.split("\n")) - 1 == 9
    [line] = [line for line in lines if line.startswith("- **river**: ")]
    bare = re.sub(r"\\[^a-zA-Z0-9\s]", "", line.removeprefix("- **river**"))
    assert not set(bare) & set("<>[]`*_|@#!$~\\&")
    assert "://" not in bare

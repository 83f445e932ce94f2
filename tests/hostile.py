"""Whole sites whose every text is hostile, and what a page is to a parser.  Asserts little itself."""

import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

EVERY_FIELD = Path(__file__).parent / "sites" / "good" / "every-field"
SHORT_LENGTH, MOST_WORDS = 75, 20

# The fields in which an editor may write what they like, by the words that cards and site.yaml have for them.
TEXTS = {
    *("claim", "short", "because", "why_selected", "places", "unknowns", "would_change_if", "analysis"),
    *("quote", "translation", "note", "reason", "by", "title", "where", "authors", "summary"),
    *("name", "stake_note", "also_known_as", "description", "tagline", "label", "meaning", "symbol"),
}
MARKDOWN = {"analysis", "body"}
IDS = {("related", "claim"), ("said", "by")}  # the same words, but there they name a card

ENDINGS = [
    "]]>",
    "</script>",
    "</title>",
    "</style>",
    "</textarea>",
    "-->",
    "<!--",
    "<![CDATA[",
    "?>",
    "<?xml",
    "'",
    '"',
]
ELEMENTS = [
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<base href=//evil.example>",
    ),
    *("<iframe src=javascript:alert(1)>", "<style>@import'//evil.example'</style>", '" onmouseover="alert(1)', "' x='"),
    *("<meta http-equiv=refresh content='0;url=//evil.example'>", "<form action=//evil.example>", "</p></div></main>"),
]
TEMPLATES = ["{{ 7*7 }}", "{% raw %}", "{# #}", "${7*7}", "%s", "{0}", "\\", "\\u003c", "&lt;", "&#60;", "&amp;amp;"]
FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", ";=1", "\t=1", "=HYPERLINK(1)", "＝1", "\n@x", ",", ";"]
MARKS = [
    "[x](javascript:alert(1))",
    "![x](//evil.example/x.png)",
    "[x]: //evil.example",
    "`",
    "*_*",
    "# ",
    "\n\n> ",
    "| a |",
]
LETTERS = [
    "\u2028",
    "\u2029",
    "\u00a0",
    "אב",
    "عربى",
    "\u200d",
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "\u0301" * 20,
    "\\ud83d",
    "%00",
    "W" * 300,
    "한국",
    "}",
    "{",
]
PIECES = st.sampled_from([*ENDINGS, *ELEMENTS, *TEMPLATES, *FORMULAS, *MARKS, *LETTERS, " ", "word", "\n"])
HOSTILE_TEXTS = st.lists(PIECES, min_size=1, max_size=6).map("".join)

Say = Callable[[str], str]  # the text of a field, by its name and number


def write_site(root: Path, say: Say) -> dict[str, Any]:
    """Write the site with every field into *root*, each text being what *say* returns; return what was typed."""
    shutil.copytree(EVERY_FIELD, root, dirs_exist_ok=True)
    (root / "content" / "desk.lock").unlink(missing_ok=True)
    names = _names()
    typed: dict[str, Any] = {}
    for path in sorted(root.rglob("*.yaml")):
        value = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        typed[path.relative_to(root).as_posix()] = value = _hostile(value, (), say, names)
        path.write_text(yaml.safe_dump(value, allow_unicode=True, width=10_000), encoding="utf-8")
    for path in sorted(root.rglob("pages/*.md")):
        front = yaml.safe_dump({"title": _fitting("title", say, names)}, allow_unicode=True, width=10_000)
        path.write_text(f"---\n{front}---\n{_fitting('body', say, names)}\n", encoding="utf-8")
    return typed


def _names() -> Iterator[int]:
    number = 0
    while True:
        yield (number := number + 1)


def _hostile(value: Any, at: tuple[str, ...], say: Say, names: Iterator[int]) -> Any:
    if isinstance(value, dict):
        return {key: _hostile(inner, (*at, key), say, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hostile(inner, at, say, names) for inner in value]
    if value == "null":
        return None
    is_text = at[-1] in TEXTS and at[-2:] not in IDS and value
    return _fitting(at[-1], say, names) if is_text else value


def _fitting(field: str, say: Say, names: Iterator[int]) -> str:
    """Return what *say* returns, cut to what *field* takes, and told from all other texts by its end."""
    name = f" {field} {next(names)}"
    text = say(name.strip())
    text = text[: SHORT_LENGTH - len(name)] if field in {"short", "label"} else text
    return (text if len(text.split()) <= MOST_WORDS else text[:MOST_WORDS]) + name


VOID = {"meta", "link", "input", "br", "hr", "img", "base", "rect", "path", "line"}
Element = tuple[str, tuple[str, ...]]  # its name and those of its attributes


class Skeleton(HTMLParser):
    """The elements of a page in order, texts and values left out; what a `.prose` holds stands apart, as `prose`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[Element] = []
        self.prose: list[Element] = []
        self.addresses: list[tuple[str, str, str]] = []  # element, attribute, value
        self.texts: dict[str, list[str]] = {}  # by element
        self.prose_from = 0  # how many elements were open when the prose began
        self.feed(page)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.note(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)
            if not self.prose_from and ("class", "prose") in attrs:
                self.prose_from = len(self.open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.note(tag, attrs)

    def note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = tag, tuple(name for name, _ in attrs)
        if self.prose_from:
            self.prose.append(element)
        elif tag != "text":  # how many lines a drawing has depends on its words
            self.elements.append(element)
        named = {"href", "src", "action", "content", "data", "srcset", "poster", "xlink:href", "formaction"}
        self.addresses += [(tag, name, value or "") for name, value in attrs if name in named]

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> inside {self.open[-3:]}"
        if self.prose_from == len(self.open):
            self.prose_from = 0
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:50]}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data[:50]}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data[:50]}")


def json_blocks(page: str) -> list[str]:
    """Return the blocks of JSON-LD on a *page*, ended as a browser ends them."""
    return re.findall(r'<script type="application/ld\+json">(.*?)</script', page, re.DOTALL | re.IGNORECASE)

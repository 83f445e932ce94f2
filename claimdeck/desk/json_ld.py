"""Read the ClaimReviews of a file from elsewhere: JSON-LD, or a page that holds some.  Knows nothing of cards.

What can be read of an untidy file is read; what cannot is told.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimdeck.model.problems import UsageError, shortened

FILE_SIZE = 5_000_000  # bytes
MOST_REVIEWS = 500  # in one file: more drafts than a desk can work through
START = re.compile(r"<!--|<script(?=[\s>])", re.IGNORECASE)
SCRIPT_END, COMMENT_END = re.compile("</script", re.IGNORECASE), re.compile("-->")
JSON_LD = re.compile(r"\btype\s*=\s*[\"']?\s*application/ld\+json", re.IGNORECASE)
LONGEST_TAG = 2_000
OPENING = re.compile(r"<!--|(?:(?://|/\*)[ \t]*)?<!\[CDATA\[(?:[ \t]*\*/)?")  # what hides a script from old browsers
CLOSING = re.compile(r"-->$|(?://|/\*)?[ \t]*\]\]>(?:[ \t]*\*/)?$")
LONGEST_CLOSING = 20
Node = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """A ClaimReview and where it stands in its file."""

    path: str
    node: Node


@dataclass
class JsonLd:
    """The ClaimReviews of a file, what others are called by in it (`@id`), and what could not be read."""

    reviews: list[Found] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def resolved(self, value: Any) -> Any:
        """Return the node that *value* only names by its `@id`; *value* itself where it says more."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value


def read_json_ld(file: Path) -> JsonLd:
    """Return what *file* holds; UsageError where it cannot be read or holds no ClaimReview."""
    found = JsonLd()
    text = _read_text(file, found)
    is_page = text.lstrip().startswith("<")
    blocks = list(_scripts(text)) if is_page else [(1, text)]
    for number, (line, block) in enumerate(blocks, 1):
        for path, node in _nodes(_parse(block, line, found)):
            if isinstance(id_ := node.get("@id"), str) and len(node) > 1:
                found.by_id.setdefault(id_, node)
            if "claimreview" in types_of(node):
                steps = [f"script {number}"] if is_page else []
                found.reviews.append(Found(", ".join([*steps, *filter(None, [path])]), node))
    if not found.reviews:
        raise UsageError(" ".join([f"{file.name} holds no ClaimReview.", *found.faults[:5]]))
    if len(found.reviews) > MOST_REVIEWS:
        many = f"{file.name} holds {len(found.reviews):,} ClaimReviews"
        raise UsageError(f"{many}; at most {MOST_REVIEWS} can be imported at once. Split it.")
    return found


def types_of(node: Node) -> set[str]:
    """Return the types of *node* in lower case, without schema.org's address."""
    types = node.get("@type", node.get("type"))
    return {_local(name).lower() for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)}


def _read_text(file: Path, found: JsonLd) -> str:
    try:
        if not file.is_file():
            raise UsageError(f"there is no file {file}.")
        if file.stat().st_size > FILE_SIZE:
            raise UsageError(
                f"{file.name} is larger than {FILE_SIZE:,} bytes. Split it, or save only its ClaimReviews."
            )
        content = file.read_bytes()
    except OSError as fault:
        raise UsageError(f"{shortened(file.name)} cannot be read ({fault.strerror}).") from fault
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        found.faults.append(f"{file.name} is not UTF-8 text; it was read as Windows-1252. Look at its letters.")
        return content.decode("cp1252", errors="replace")


def _scripts(page: str) -> Iterator[tuple[int, str]]:
    """Yield the line and text of each block of JSON-LD in *page*.

    Not by html.parser: of 200 kB of unclosed tags it makes minutes.
    """
    place, counted, line = 0, 0, 1
    while start := START.search(page, place):
        closing = COMMENT_END if start[0] == "<!--" else SCRIPT_END
        tag_end = page.find(">", start.end())
        end = closing.search(page, start.end())
        place = end.start() if end else len(page)
        if closing is SCRIPT_END and 0 < tag_end <= place and JSON_LD.search(page[start.end() : tag_end][:LONGEST_TAG]):
            line, counted = line + page.count("\n", counted, tag_end), tag_end
            yield line, page[tag_end + 1 : place]


def _parse(text: str, line: int, found: JsonLd) -> Any:
    """Return the value of the JSON *text* that begins at *line*, numbers as text; None where it is none."""
    bare = _unwrapped(text)
    line += text[: len(text) - len(text.lstrip())].count("\n")
    for attempt in (bare, html.unescape(bare)):
        try:
            return json.loads(
                attempt,
                strict=False,
                parse_int=str,
                parse_float=str,
                parse_constant=lambda word: found.faults.append(f"“{word}” is no value; it was left out."),
                object_pairs_hook=lambda pairs: _node(pairs, found),
            )
        except RecursionError:
            found.faults.append(f"Line {line}: this is nested too deeply.")
            return None
        except json.JSONDecodeError as fault:
            told = f"Line {line + fault.lineno - 1}: this is not JSON ({fault.msg})."
    found.faults.append(told)
    return None


def _unwrapped(text: str) -> str:
    """Return *text* without what hides a script, and without a semicolon behind it."""
    text = text.strip().rstrip("; \t\r\n")
    if opening := OPENING.match(text):
        text = text[opening.end() :]
        tail = text[-LONGEST_CLOSING:]
        text = text[: len(text) - len(tail)] + CLOSING.sub("", tail)
    return text.rstrip("; \t\r\n")


def _node(pairs: list[tuple[str, Any]], found: JsonLd) -> Any:
    """Return an object under schema.org's short names, and the value itself for one that only wraps it."""
    node: Node = {}
    for name, value in pairs:
        if _local(name) in node:
            found.faults.append(f"“{shortened(name, 40)}” is given twice in one place; the first was read.")
        else:
            node[_local(name)] = value
    return node.get("@value", node)


def _local(name: str) -> str:
    return name.rpartition("schema.org/")[2].removeprefix("schema:").strip()


def _nodes(value: Any) -> Iterator[tuple[str, Node]]:
    """Yield every object in *value*, with its path, in the order in which they stand there."""
    waiting = [("", value)]
    while waiting:
        path, here = waiting.pop()
        if isinstance(here, dict):
            yield path, here
            waiting += [(f"{path}.{shortened(key, 40)}".lstrip("."), inner) for key, inner in reversed(here.items())]
        elif isinstance(here, list):
            waiting += [(f"{path}[{number}]", inner) for number, inner in reversed(list(enumerate(here)))]

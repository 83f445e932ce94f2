"""Render the Markdown that most texts are made of, many times faster than the library does, or nothing at all.

What comes out is what Python-Markdown and nh3 make of the same text, byte for byte; tests compare the two. A text with
anything in it that is not surely plain is left to them. Whoever deletes this module and its one call loses time only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from claimdeck.model.cards import KINDS

MARKS = "`*_[]<>&\\|"  # whatever may mean something inside a line
WORDS = rf"(?!\s)[^{re.escape(MARKS)}]+(?<!\s)"
LABEL = "[a-z0-9]+(?:-[a-z0-9]+)*"
PATH = "[A-Za-z0-9/._~%?#=&+,:@!$-]*"
ADDRESSES = [
    rf"https?://(?:{LABEL}\.)+[a-z]{{2,}}(?:[/?#]{PATH})?",  # a host that no parser of addresses refuses
    rf"(?:{'|'.join(KINDS)}):[a-z0-9-]+(?:#[a-z0-9-]*)?",
    rf"/(?!/){PATH}",
    rf"#{PATH}",
]


def _emphasis(mark: str, name: str) -> str:
    """Return the pattern of words between two of *mark*, the first of which can only open, the second only close.

    *name* is the tag that it becomes; a “_” behind it tells a second mark for the same tag apart.
    """
    return rf"""{mark}(?<![^\s("“‘]{mark})(?P<{name}>{WORDS}){mark}(?![^\s.,;:!?)"'”’…])"""


INLINE = re.compile(  # each way begins with its own mark, not with a condition: so it is searched four times faster
    "|".join(
        [
            r"`(?P<code>(?! )[^`<>&\\|\n]+)(?<! )`(?!`)",
            rf"\[(?<!!\[)(?P<words>{WORDS})\]\((?P<address>{'|'.join(ADDRESSES)})\)",
            *(_emphasis(r"\*\*", "strong"), _emphasis("__", "strong_"), _emphasis(r"\*", "em"), _emphasis("_", "em_")),
            r"&(?P<ampersand>)(?![#\w]*;)",
            *map(re.escape, MARKS),
        ]
    )
)
BLOCK_MARK = re.compile(r"\n(?: {4}| {0,3}(?:[-+=#]|\d+\.))")  # begins a line that may be more than words
BLANK_LINES = re.compile(r"\n\n+")
HEADING = re.compile(r"(#{1,6}) +([^ #\n][^#\n]*)")
NEXT_BULLET, NEXT_NUMBER = re.compile(r"\n[*-] "), re.compile(r"\n[0-9]+\. ")
MERGED = {"<ul>", "<ol>", "<blo"}  # two of them in a row are one
HREF = "\0"  # stands around the address of a link until the whole text is known to be plain


class _NotPlainError(Exception):
    """Something stands in a text that may mean more than it seems to."""


def render_plain(text: str, href_of: Callable[[str], str], heading_of: Callable[[int], str]) -> str | None:
    """Return the HTML of the Markdown *text*, or None if it is not surely plain.

    *heading_of* tells the tag of a heading with one to six “#”, *href_of* where the address of a link leads: asked
    only if the text is plain, for each link in order.
    """
    if not text.replace("\n", "").isprintable() or " \n" in f"{text}\n":
        return None
    try:
        blocks = [_block(block, heading_of) for block in BLANK_LINES.split(text.strip("\n"))]
    except _NotPlainError:
        return None
    if any(one[:4] == other[:4] and one[:4] in MERGED for one, other in pairwise(blocks)):
        return None
    pieces = "\n".join(blocks).split(HREF)
    pieces[1::2] = [href_of(address).replace("&", "&amp;") for address in pieces[1::2]]
    return "".join(pieces)


def _block(block: str, heading_of: Callable[[int], str]) -> str:
    if block.startswith("#"):
        return _heading(block, heading_of)
    if block.startswith(">"):
        return _quote(block.split("\n"))
    if block.startswith(("- ", "* ")):
        return _list("ul", NEXT_BULLET.split(block[2:]))
    if block.startswith("1. "):
        return _list("ol", NEXT_NUMBER.split(block[3:]))
    return _paragraph(block)


def _heading(block: str, heading_of: Callable[[int], str]) -> str:
    heading = HEADING.fullmatch(block)
    if not heading:
        raise _NotPlainError
    tag = heading_of(len(heading[1]))
    return f"<{tag}>{INLINE.sub(_element, heading[2])}</{tag}>"


def _quote(lines: list[str]) -> str:
    if not all(line.startswith("> ") or line == ">" for line in lines):
        raise _NotPlainError
    blocks = BLANK_LINES.split("\n".join(line[2:] for line in lines))
    return "\n".join(["<blockquote>", *map(_paragraph, blocks), "</blockquote>"])


def _list(tag: str, entries: list[str]) -> str:
    return "\n".join([f"<{tag}>", *(f"<li>{_words(entry)}</li>" for entry in entries), f"</{tag}>"])


def _paragraph(block: str) -> str:
    return f"<p>{_words(block)}</p>"


def _words(text: str) -> str:
    """Return the HTML of *text*, the lines of one paragraph or entry, none of which begins anything else."""
    if not text or text != text.strip() or BLOCK_MARK.search(f"\n{text}"):
        raise _NotPlainError
    return INLINE.sub(_element, text)


def _element(match: re.Match[str]) -> str:
    """Return the HTML of what INLINE found.  What it holds needs no escaping: no pattern lets “&”, “<” or “>” in."""
    kind = match.lastgroup
    if kind is None:
        raise _NotPlainError
    if kind == "address":
        return f'<a href="{HREF}{match["address"]}{HREF}">{match["words"]}</a>'
    if kind == "ampersand":
        return "&amp;"
    tag = kind.rstrip("_")
    return f"<{tag}>{match[kind]}</{tag}>"

"""CHECK rendered pages: each living claim has one ClaimReview, and it keeps the rules.  Asks no network.

The rules are schema.org's (https://schema.org/ClaimReview) and those that Google documents
(https://developers.google.com/search/docs/appearance/structured-data/factcheck).  Pages are read as text, as a machine
reads them, so that a template of a desk's own is held to them too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from typing import Any

from claimdeck.model.dates import first_day, is_date, last_day
from claimdeck.model.fields import SHORT_LENGTH, is_address
from claimdeck.model.problems import Place, Problem, error, listed
from claimdeck.model.urls import Home

INSIDE_TAG = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
HIDDEN = re.compile(rf"<(?:!--.*?-->|((?i:script|style|template|title))\b({INSIDE_TAG})>(.*?)</(?i:\1)\s*>)", re.DOTALL)
DATA_BLOCK = re.compile(r"\+json", re.IGNORECASE)  # seldom anything but the type of one
DATA_TYPE = re.compile(r"""\stype\s*=\s*["']?\s*application/ld\+json\s*["']?(?=\s|$)""", re.IGNORECASE)
LINK = re.compile(rf"<link\b({INSIDE_TAG})>", re.IGNORECASE)
CANONICAL = re.compile(r"""\srel\s*=\s*["']?canonical["']?(?=[\s/]|$)""", re.IGNORECASE)
HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
VISIBLE = re.compile(r">([^<]+)")
WHOLE = r"(?<!\w){}(?!\w)"
ALONE = r">\s*{}\s*<"
SET_OFF = r"""[^\w\s"“”„«»'‘’-]"""  # a mark between words; what stands between quotation marks is the claim's own
VERDICT = rf"(?:^|{SET_OFF}|\s-\s)\s*{{}}\s*(?:$|{SET_OFF}|-\s)"

REQUIRED = (
    *("claimReviewed", "reviewRating.alternateName", "url", "author.name", "datePublished", "itemReviewed.@type"),
)
NUMBERS = ("ratingValue", "bestRating", "worstRating")
MEND = "Mend the template, or what it shows."


@dataclass(frozen=True)
class ReadPage:
    """What a machine finds on a page: the texts of its blocks of JSON-LD, its canonical address, what it *shows*."""

    blocks: tuple[str, ...]
    canonical: str
    shown: str

    @property
    def words(self) -> str:
        """The words that a reader sees."""
        return _folded(unescape(" ".join(VISIBLE.findall(self.shown))))

    def shows(self, label: str) -> bool:
        """Whether a reader sees *label*: looked for first where it stands alone, as on a stamp."""
        alone = ALONE.format(re.escape(escape(label)))
        whole = WHOLE.format(re.escape(_folded(label)))
        return bool(re.search(alone, self.shown) or re.search(whole, self.words, re.IGNORECASE))


@dataclass(frozen=True)
class Fault:
    """A rule that is broken: what is wrong, what to do, and the *field* of the card where an editor would do it."""

    message: str
    hint: str = MEND
    field: str = ""


@dataclass(frozen=True)
class Review:
    """One ClaimReview, the page on which it stands, and the home of that page."""

    properties: dict[str, Any]
    page: ReadPage
    home: Home

    @cached_property
    def parts(self) -> list[tuple[str, Any]]:
        """Everything inside of it, with its path."""
        return _walk(self.properties)

    def text(self, path: str) -> str:
        """Return the text at *path* (“author.name”); "" where there is none."""
        found: Any = self.properties
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found if isinstance(found, str) else ""


def read_page(html: str) -> ReadPage:
    """Return what a machine finds on the page *html*, whose text holds no bare “<” or “>”."""
    blocks: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if (match[1] or "").lower() == "script" and DATA_TYPE.search(match[2]):
            blocks.append(match[3])
        return "<hidden>"

    shown = HIDDEN.sub(hide, html)
    links = [link[1] for link in LINK.finditer(shown) if CANONICAL.search(link[1])]
    address = HREF.search(links[0]) if links else None
    canonical = unescape(next(filter(None, address.groups()), "")) if address else ""
    return ReadPage(tuple(blocks), canonical, shown)


@dataclass(frozen=True)
class PageReview:
    """What is wrong with the reviews on one page, and the address that a living claim's review gives itself."""

    faults: tuple[Fault, ...] = ()
    url: str = ""


def read_review(html: str, is_living: bool, home: Home) -> PageReview:
    """Return what the page *html* has of reviews: that of a *living* claim must have one, any other none."""
    if not is_living and not DATA_BLOCK.search(html):
        return PageReview()
    reviews: list[Review] = []
    faults = list(_read_reviews(read_page(html), home, reviews))
    if not faults:
        faults += _count_faults(len(reviews), is_living)
    faults += [fault for review in reviews[:1] if is_living for fault in _faults(review)]
    return PageReview(tuple(faults), reviews[0].text("url") if reviews and is_living else "")


def check_reviews(pages: Mapping[str, PageReview], place_of: Callable[[str, str], Place]) -> Iterator[Problem]:
    """Yield a problem for each rule that a ClaimReview breaks on *pages* (by file).

    *place_of* tells, for a page's file and a field of its card, where an editor would mend it.
    """
    known: dict[str, str] = {}
    for name, page in pages.items():
        address, faults = f"/{name.removesuffix('index.html')}", page.faults
        if page.url and known.setdefault(page.url, address) != address:
            faults += (Fault(f"has the `url` of the one on {known[page.url]}"),)
        for fault in faults:
            message = f"the ClaimReview of {address} {fault.message}."
            yield error(place_of(name, fault.field), "CD074", message, fault.hint)


def _read_reviews(page: ReadPage, home: Home, reviews: list[Review]) -> Iterator[Fault]:
    """Put every ClaimReview of *page* into *reviews*; yield what is wrong with the blocks of JSON-LD themselves."""
    for block in page.blocks:
        if "<" in block:
            yield Fault("holds a “<”, which can end its script", "Let {{ review }} write it: it escapes.")
            continue
        try:
            value = json.loads(block, parse_constant=_refuse)
        except (ValueError, RecursionError) as fault:
            yield Fault(f"is not JSON ({fault})", "Let {{ review }} write it.")
            continue
        reviews += [Review(found, page, home) for found in _claim_reviews(value)]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _claim_reviews(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every ClaimReview in *value*, however deep."""
    for _, inner in [("", value), *_walk(value)]:
        kind = inner.get("@type") if isinstance(inner, dict) else None
        if kind == "ClaimReview" or (isinstance(kind, list) and "ClaimReview" in kind):
            yield inner


def _count_faults(count: int, is_living: bool) -> Iterator[Fault]:
    if is_living and not count:
        yield Fault("is missing", "Show {{ review }} in the template, in a script of the type application/ld+json.")
    elif is_living and count > 1:
        yield Fault(f"stands there {count} times", "Keep one.")
    elif count and not is_living:
        yield Fault("stands on a page that is no living claim's", "Take it out of the template.")


def _faults(review: Review) -> Iterator[Fault]:
    for rule in RULES:
        yield from rule(review)


def _type_faults(review: Review) -> Iterator[Fault]:
    if review.text("@context") != "https://schema.org":
        yield Fault("has another `@context` than https://schema.org")
    if review.text("@type") != "ClaimReview":
        yield Fault("has more than one `@type`")
    if (kind := review.text("itemReviewed.@type")) and kind != "Claim":
        yield Fault(f"reviews a “{kind}”, not a Claim")


def _lacking(review: Review) -> Iterator[Fault]:
    empty = {path for path, value in review.parts if value in (None, "", [], {})}
    for path in sorted(empty):
        yield Fault(f"has an empty `{path}`", "Leave out what is not known.")
    for path in REQUIRED:
        if not review.text(path) and not any(f"{path}.".startswith(f"{shorter}.") for shorter in empty):
            yield Fault(f"has no text in `{path}`")


def _claim_faults(review: Review) -> Iterator[Fault]:
    claim, label = review.text("claimReviewed"), review.text("reviewRating.alternateName")
    if len(claim) > SHORT_LENGTH:
        yield Fault(f"has {len(claim)} characters in `claimReviewed`; it may have {SHORT_LENGTH}", field="short")
    if label and re.search(VERDICT.format(re.escape(_folded(label))), _folded(claim), re.IGNORECASE):
        hint = "Say in `short` what is claimed, without the verdict."
        yield Fault(f"gives its rating, “{label}”, in the claim itself", hint, "short")
    if label and not review.page.shows(label):
        yield Fault(f"is rated “{label}”, which nobody can read on the page", "Show the status in words.")


def _address_faults(review: Review) -> Iterator[Fault]:
    url = review.text("url")
    if url and url != review.page.canonical:
        yield Fault(f"has the `url` {url}, and the page's canonical address is {review.page.canonical or 'not given'}")
    elif url and not (is_address(url) and url.startswith(review.home.absolute(""))):
        yield Fault(f"has the `url` {url}, which is not on this site")


def _number_faults(review: Review) -> Iterator[Fault]:
    rating = review.properties.get("reviewRating")
    given = {name: rating[name] for name in NUMBERS if name in rating} if isinstance(rating, dict) else {}
    if given and (missing := [f"`{name}`" for name in NUMBERS if name not in given]):
        yield Fault(f"rates by number without {listed(missing)}")
    elif wrong := [f"`{name}`" for name, number in given.items() if type(number) not in (int, float)]:
        yield Fault(f"has something else than a number in {listed(wrong)}")
    elif given and not given["worstRating"] <= given["ratingValue"] <= given["bestRating"] > given["worstRating"]:
        value, best, worst = given.values()
        hint = "Correct the rung's `rating` in site.yaml."
        yield Fault(f"has the rating {value} on a scale from {worst} to {best}", hint, "status")


def _date_faults(review: Review) -> Iterator[Fault]:
    for path, value in review.parts:
        is_dated = path.rpartition(".")[2].startswith("date")
        if is_dated and value not in (None, "", [], {}) and not (isinstance(value, str) and is_date(value)):
            yield Fault(f"has “{value}” in `{path}`, which is no date", "Write it as 2024-11-20, 2024-11 or 2024.")
    first, last = review.text("datePublished"), review.text("dateModified")
    if is_date(first) and is_date(last) and last_day(last) < first_day(first):
        yield Fault(f"was changed on {last}, before it was published on {first}", field="history")


def _claimant_faults(review: Review) -> Iterator[Fault]:
    claimant = review.text("itemReviewed.author.name")
    publishers = {_folded(review.text(path)).casefold() for path in ("publisher.name", "author.name")}
    if claimant and _folded(claimant).casefold() in publishers:
        hint = "Name in `said` who else put the claim into circulation; what the site itself says is no claim to check."
        yield Fault(f"is of a claim by “{claimant}”, who publishes this site", hint, "said")


def _appearance_faults(review: Review) -> Iterator[Fault]:
    for work in filter(None, _works(review.properties.get("itemReviewed"))):
        url = work.get("url", "nothing") if isinstance(work, dict) else work
        if url and not (isinstance(url, str) and is_address(url)):
            yield Fault(f"names “{url}” as an appearance, which is no web address")
        elif url and review.home.holds(url):
            yield Fault(f"names {url} as an appearance, a page of this site", "Name what others published.")


def _works(claim: Any) -> Iterator[Any]:
    """Yield where *claim* appeared: addresses, or works that have one."""
    for name in ("firstAppearance", "appearance"):
        value = claim.get(name) if isinstance(claim, dict) else None
        yield from value if isinstance(value, list) else [value]


RULES = (
    *(_type_faults, _lacking, _claim_faults, _address_faults, _number_faults),
    *(_date_faults, _claimant_faults, _appearance_faults),
)


def _walk(value: Any) -> list[tuple[str, Any]]:
    """Return everything inside *value* with its path: “author.name”, “itemReviewed.appearance.0.url”."""
    found: list[tuple[str, Any]] = [("", value)]
    for path, inner in found:  # which grows meanwhile
        before = f"{path}." if path else ""
        if isinstance(inner, dict):
            found += [(before + name, each) for name, each in inner.items()]
        elif isinstance(inner, list):
            found += [(f"{before}{number}", each) for number, each in enumerate(inner)]
    return found[1:]


def _folded(text: str) -> str:
    return " ".join(text.split())

"""Check outside addresses: where cards lead readers, and whether it is still there.  Never part of a build."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag

from claimdeck import __version__
from claimdeck.desk.ask import IN_ADDRESSES, NO_HOST, Answer, Asker, Manners, host_of
from claimdeck.model.fields import is_address
from claimdeck.model.problems import Place, Problem, Severity, in_order, warning
from claimdeck.model.store import replace_file
from claimdeck.pipeline import Judged, soften_drafts
from claimdeck.present.markup import addresses_in
from claimdeck.read.content import CardFile

CACHE = ".cache/links.json"
GOOD_FOR = 7  # days, after which an address that was good is asked again; any other one is asked each time
VERSION = 1

OFFLINE = Answer("unknown", "no host at all can be found; is this machine online?")

Heard = Callable[[int, int], None]  # how many addresses have answered, of how many


@dataclass(frozen=True)
class Use:
    """A place at which a card gives an outside address."""

    address: str
    place: Place

    @property
    def asked(self) -> str:
        """The address as servers know it: without what stands behind the #."""
        return urldefrag(self.address)[0]


@dataclass(frozen=True)
class Known:
    """An answer, and the day on which it was got."""

    day: str
    answer: Answer

    def holds_on(self, today: date) -> bool:
        """Whether the address need not be asked again."""
        return self.answer.verdict == "good" and 0 <= (today - date.fromisoformat(self.day)).days < GOOD_FOR


def check_outside_links(
    judged: Judged,
    is_wanted: Callable[[str], bool],
    heard: Heard,
    *,
    today: date | None = None,
    manners: Manners | None = None,
) -> list[Problem]:
    """Return what is wrong with the outside addresses in those files of *judged* whose path *is_wanted*.

    Each address is asked once, or not at all where it was good within the last seven days; *heard* is told of each.
    """
    today = today or date.today()
    uses = [use for use in outside_uses(judged) if is_wanted(use.place.path)]
    cache = judged.root / CACHE
    known = read_known(cache)
    wanted = dict.fromkeys(use.asked for use in uses)
    unknown = [address for address in wanted if address not in known or not known[address].holds_on(today)]
    fresh: dict[str, Known] = {}

    def note(address: str, answer: Answer) -> None:
        fresh[address] = Known(today.isoformat(), answer)
        heard(len(fresh), len(unknown))

    agent = f"Claimdeck/{__version__} (link check; +{quote(judged.settings.settings.url, safe=IN_ADDRESSES)})"
    try:
        Asker(agent, manners or Manners()).ask_all(unknown, note)
    finally:  # what was heard until Ctrl-C is kept
        if fresh:
            still_known = {address: each for address, each in known.items() if each.holds_on(today)}
            write_known(cache, {**still_known, **fresh})
    if len({host_of(address) for address in fresh}) > 1 and all(each.answer.why == NO_HOST for each in fresh.values()):
        fresh = {address: Known(each.day, OFFLINE) for address, each in fresh.items()}
    answers = {**known, **fresh}
    problems = [problem for use in uses for problem in _problems(use, answers[use.asked].answer)]
    return in_order(soften_drafts(problems, judged))


def outside_uses(judged: Judged) -> Iterator[Use]:
    """Yield every outside address in site.yaml, in sources and in Markdown that readers see, with its place."""
    settings, places = judged.settings.settings, judged.settings.places
    if settings.publisher and settings.publisher.url:
        yield Use(settings.publisher.url, places.of("publisher", "url"))
    if settings.repository:
        yield Use(settings.repository, places.of("repository"))
    if settings.license:
        yield Use(settings.license.url, places.of("license", "url"))
    for source in judged.content.sources.values():
        card = source.card
        yield from _given(source, card.url, "url")
        yield from _given(source, card.archive_url, "archive_url")
        for number, address in enumerate(card.also_at):
            yield from _given(source, address, "also_at", number)
    for claim in judged.deck.claims.values():
        yield from _linked(claim.file, claim.card.analysis or "", "analysis")
    for page in judged.content.pages.values():
        yield from _linked(page, page.card.body, "body")


def read_known(path: Path) -> dict[str, Known]:
    """Return what is known of addresses by the file at *path*; nothing where there is none, or a broken one."""
    try:
        whole = json.loads(path.read_bytes())
        if whole["version"] != VERSION:
            return {}
        return {address: _parse_known(written) for address, written in whole["links"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def write_known(path: Path, known: dict[str, Known]) -> None:
    """Write what is *known* of addresses to the file at *path*."""
    links = {address: {"day": each.day, **asdict(each.answer)} for address, each in sorted(known.items())}
    text = json.dumps({"version": VERSION, "links": links}, ensure_ascii=False, indent=1)
    with suppress(OSError):  # they are asked again next time
        replace_file(path, f"{text}\n".encode())


def _parse_known(written: dict[str, Any]) -> Known:
    fields = {name: str(value) for name, value in written.items()}
    day = date.fromisoformat(fields.pop("day")).isoformat()
    return Known(day, Answer(**fields))  # type: ignore[arg-type]


def _given(file: CardFile[Any], address: str | None, *loc: str | int) -> Iterator[Use]:
    if address:
        yield Use(address, file.places.of(*loc))


def _linked(file: CardFile[Any], text: str, field: str) -> Iterator[Use]:
    """Yield the outside addresses that *text*, the *field* of *file*, links to, at each of their places."""
    for address in dict.fromkeys(addresses_in(text)):
        if is_address(address):
            found = list(re.finditer(rf"(?<=[(<\s]){re.escape(address)}(?=[)>\s]|\Z)", text))
            for match in found:
                blank = re.sub(r"[^\n]", " ", text[: match.start()])  # of_words finds the first of several
                yield Use(address, file.places.of_words(address, blank + text[match.start() :], field))
            if not found:  # spelt with an escape
                yield Use(address, file.places.of_words(address, text, field))


def _problems(use: Use, answer: Answer) -> Iterator[Problem]:
    if answer.verdict == "dead":
        hint = "Correct it; where the page is gone for good, give an archived copy."
        yield warning(use.place, "CD090", f"{use.address} leads nowhere: {answer.why}.", hint)
    elif answer.verdict == "unknown":
        message = f"{use.address} could not be checked: {answer.why}."
        yield Problem(use.place, "CD091", message, "Open it in a browser.", Severity.NOTE)
    elif answer.moved_to:
        message = f"{use.address} has moved to {answer.moved_to}."
        yield Problem(use.place, "CD092", message, "Write the new address, if it shows the same.", Severity.NOTE)

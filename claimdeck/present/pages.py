"""What a page is before it is text, and lists of bounded length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Sized
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from claimdeck.model.urls import file_of, list_url
from claimdeck.present.views import Link

T = TypeVar("T")
Context = dict[str, Any]

PAGE_LENGTH = 100  # entries on one page of a list
STEPS = ("Previous", "Next")  # between pages that are not in order of time


@dataclass(frozen=True)
class Page:
    """An address, the template that fills it and, when it is asked for, all that the template may show.

    *path* is the file an editor would mend if the page were wrong.  A *listed* page is for search
    engines; redirects, withdrawn claims and the 404 page are not.  *picture* is the address of what
    networks show of it.
    """

    url: str
    template: str
    title: str
    description: str
    context: Callable[[], Context] = dict
    path: str = "site.yaml"
    section: str = ""
    listed: bool = True
    picture: str = ""

    @property
    def file(self) -> str:
        """The path of its file below the output folder."""
        return file_of(self.url)


@dataclass(frozen=True)
class Pager:
    """Where a page stands in a long list."""

    number: int
    total: int
    previous: Link | None
    next: Link | None


def paginated(
    entries: Sequence[T],
    first: str,
    base: str,
    length: int = PAGE_LENGTH,
    names: tuple[str, str] = ("Newer", "Older"),
) -> Iterator[tuple[str, list[T], Pager]]:
    """Yield the pages of the list that begins at *first*: address, entries, pager; an empty list has one."""
    total = max(1, -(-len(entries) // length))
    for number in range(1, total + 1):
        before = Link(names[0], base + list_url(first, number - 1)) if number > 1 else None
        after = Link(names[1], base + list_url(first, number + 1)) if number < total else None
        shown = list(entries[(number - 1) * length : number * length])
        yield list_url(first, number), shown, Pager(number, total, before, after)


def left_out(entries: Sized, length: int = PAGE_LENGTH) -> int:
    """Return how many of *entries* are not among the first *length*, for a list that has one page."""
    return max(0, len(entries) - length)


def ready(**context: Any) -> Callable[[], Context]:
    """Return a context that is made already, for pages of which it is small."""
    return partial(dict, **context)

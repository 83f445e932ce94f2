"""What a desk can still do for its cards: the kinds of task, the weakest first, and what one task says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claimdeck.model.cards import Kind
from claimdeck.model.problems import Place, listed
from claimdeck.read.content import CardFile

NAMED_AT_MOST = 3  # cards in one sentence

# The weakest first, each with the reason for its place; docs/editors.md shows this table.  First what says more
# than the evidence carries, then what a page keeps from its readers, what it tells them but leaves open, what may
# get lost, what is honest and could be more, and last what nobody reads yet.
TASK_KINDS = {
    "retracted": ("retracted source", "its own publisher no longer stands by what the card counts"),
    "override": ("override in force", "the desk answers for more than the evidence carries"),
    "history": ("history behind the card", "the page says one status, its history another"),
    "one-origin": ("high status on one origin", "if that origin errs, the verdict falls"),
    "conflict": ("figures in conflict", "two claims cannot both be true, and neither page says so"),
    "new-reporting": ("newer reporting", "a source appeared after the review, which may not know it"),
    "quote": ("unverified quote", "the exact words are what is got wrong most easily"),
    "review-due": ("review due", "nobody has looked for longer than the desk allows"),
    "counterclaim": (
        "no card of the other side",
        "the claim is disputed, and readers cannot follow what is said instead",
    ),
    "no-unknowns": ("no unknowns", "the page does not say what nobody knows"),
    "dark-end": ("trail into the dark", "the page says so; a name would settle how many origins there are"),
    "stake": ("unknown stake", "the page says so; an answer would settle how many origins are not a party"),
    "archive": ("no archive address", "the document may vanish from the web"),
    "unrecorded": ("not recorded", "until `lock` has run, a silent change can go unnoticed"),
    "single": ("one origin only", "the status claims no more than that; a second origin would raise it"),
    "draft": ("draft", "no reader sees it yet"),
}
RANKS = {kind: rank for rank, kind in enumerate(TASK_KINDS)}


@dataclass(frozen=True)
class Task:
    """One thing to do: its *kind*, the card and its file, *why*, and what would *mend* it.

    *loc* is the field to mend; of one kind, a lower *weight* is weaker.
    """

    kind: str
    card: Kind
    file: CardFile[Any]
    loc: tuple[str | int, ...]
    why: str
    mend: str
    weight: tuple[int, ...] = ()

    @property
    def place(self) -> Place:
        """Where the field to mend stands, or what is nearest around it; asked only of the tasks that are shown."""
        return self.file.places.of(*self.loc)

    def __str__(self) -> str:
        return f"{self.place}: {self.why} {self.mend}"


def weakest_first(tasks: Sequence[Task]) -> list[Task]:
    """Return *tasks* by kind and weight; equal ones by card and field."""
    return sorted(tasks, key=lambda task: (RANKS[task.kind], task.weight, task.card, task.file.id, task.loc))


def by_card(tasks: Sequence[Task]) -> list[list[Task]]:
    """Return *tasks* (weakest first) card by card, in the order of the weakest task of each."""
    groups: dict[tuple[Kind, str], list[Task]] = {}
    for task in tasks:
        groups.setdefault((task.card, task.file.id), []).append(task)
    return list(groups.values())


def named(ids: Sequence[str], at_most: int = NAMED_AT_MOST) -> str:
    """Return *ids* as a phrase, those beyond *at_most* as a number: “a, b, c and 2 more”."""
    rest = [f"{len(ids) - at_most} more"] if len(ids) > at_most else []
    return listed([*ids[:at_most], *rest])

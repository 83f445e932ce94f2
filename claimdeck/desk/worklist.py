"""The work list: what to check next, the weakest first, as lines and as a page of the preview.

Judges nothing anew, and is told what day it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from textwrap import wrap

from claimdeck.desk.claim_tasks import tasks_of_claim
from claimdeck.desk.messages import counted
from claimdeck.desk.shared_tasks import (
    archive_tasks,
    conflict_tasks,
    dark_end_tasks,
    draft_tasks,
    stake_tasks,
    unrecorded_tasks,
)
from claimdeck.desk.tasks import TASK_KINDS, Task, by_card, weakest_first
from claimdeck.model.cards import Kind
from claimdeck.pipeline import Judged
from claimdeck.present.pages import Context, Page
from claimdeck.present.views import Link, Views
from claimdeck.present.words import direction_of, sentence

WORKLIST_URL = "_desk/"  # in the preview only; no id begins with an underscore
CARDS_PRINTED, CARDS_SHOWN = 40, 200
NARROWEST = 40


def list_tasks(judged: Judged, today: str) -> list[Task]:
    """Return all tasks of a site on the day *today*, weakest first; a card with errors has none but to mend them."""
    deck = judged.deck
    claims = [claim for claim in deck.claims.values() if claim.sound and not claim.card.draft]
    return weakest_first(
        [
            *(task for claim in claims for task in tasks_of_claim(claim, deck, today)),
            *conflict_tasks(claims, deck),
            *dark_end_tasks(claims, deck),
            *stake_tasks(claims, deck),
            *archive_tasks(claims, deck),
            *draft_tasks(judged),
            *unrecorded_tasks(judged),
        ]
    )


def worklist_lines(tasks: Sequence[Task], errors: int, width: int) -> Iterator[str]:
    """Yield *tasks* card by card as lines of *width* characters, then how many there are, and *errors* before them.

    A line is wider only where one word is.
    """
    cards = by_card(tasks)
    counts = Counter(task.kind for task in tasks)
    for card in cards[:CARDS_PRINTED]:
        yield f"{card[0].card} {card[0].file.id}"
        for task in card:
            yield from _wrapped(str(task), width, "  ")
        yield ""
    if len(cards) > CARDS_PRINTED:
        yield f"… and {counted(len(cards) - CARDS_PRINTED, 'more card')}."
    if errors:
        first = f"Before all this: {counted(errors, 'error')} in the content; `check` prints what to mend."
        yield from _wrapped(first, width)
    told = ", ".join(f"{counts[kind]} × {label}" for kind, (label, _) in TASK_KINDS.items() if counts[kind])
    yield from _wrapped(f"{_total(tasks, cards)}{': ' if told else ''}{told}.", width)


def worklist_context(tasks: Sequence[Task], views: Views) -> Context:
    """Return what the page of *tasks* shows, its cards linked by *views*."""
    cards = by_card(tasks)
    counts = Counter(task.kind for task in tasks)
    return {
        "total": _total(tasks, cards),
        "kinds": [
            {"label": label, "count": counts[kind], "reason": reason}
            for kind, (label, reason) in TASK_KINDS.items()
            if counts[kind]
        ],
        "cards": [_card_context(card, views) for card in cards[:CARDS_SHOWN]],
        "more": counted(len(cards) - CARDS_SHOWN, "more card") if len(cards) > CARDS_SHOWN else "",
    }


def worklist_page(tasks: Sequence[Task], views: Views) -> Page:
    """Return the page of *tasks*, which only the preview has."""
    description = "What the desk can check next, the weakest first, and why."
    context = partial(worklist_context, tasks, views)
    return Page(WORKLIST_URL, "desk.html", "What to do next", description, context, listed=False)


def _card_context(tasks: Sequence[Task], views: Views) -> Context:
    kind, id_ = tasks[0].card, tasks[0].file.id
    claim = views.deck.claims.get(id_) if kind == "claim" else None
    language = (claim.card.language if claim else None) or views.settings.language
    shown = [
        {"label": sentence(TASK_KINDS[task.kind][0]), "why": task.why, "mend": task.mend, "place": str(task.place)}
        for task in tasks
    ]
    direction = direction_of(language)
    return {
        "kind": kind,
        "link": _link(kind, id_, views),
        "language": language,
        "direction": direction,
        "tasks": shown,
    }


def _total(tasks: Sequence[Task], cards: Sequence[Sequence[Task]]) -> str:
    return f"{counted(len(tasks), 'task')} on {counted(len(cards), 'card')}"


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return *text* as lines, later ones indented further; ids and places stay whole."""
    return wrap(
        text,
        max(width, NARROWEST),
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _link(kind: Kind, id_: str, views: Views) -> Link:
    match kind:
        case "claim":
            return views.claim_link(id_)
        case "source":
            return views.source(id_)
        case "claimant":
            return views.claimant(id_)
        case "topic":
            return views.topic(id_)
        case _:
            return Link(id_, views.href(kind, id_))

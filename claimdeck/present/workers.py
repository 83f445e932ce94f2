"""Make things in several processes, on Linux, where forking them is safe: the same results, sooner.

Each process inherits the deck and its compiled templates, and sends back nothing but what it found.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 20  # neighbours in the plan share what they show
WORTH_IT = 300  # things; for fewer of them a fork costs more than it saves


def make_in_parts(
    make: Callable[[T], R], things: list[T], jobs: int, tell: Callable[[int], None], worth_it: int = WORTH_IT
) -> list[R]:
    """Return what *make* makes of each of *things*, in order, by up to *jobs* processes, one for *worth_it* things.

    *tell* is called with about how many of them are done, now and then.
    """
    jobs = min(jobs, len(things) // worth_it + 1)
    if jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return _made(make, things, tell)
    shares = [_share(things, number, jobs) for number in range(jobs)]
    gc.freeze()  # what is never looked at by the collector is never copied by a fork
    others = [_started(make, share) for share in shares[1:]]
    try:
        parts = [_made(make, shares[0], lambda done: tell(done * jobs))]
        for share, (_, connection) in zip(shares[1:], others, strict=True):
            part = _received(connection)
            parts.append(_made(make, share, tell) if part is None else part)  # what failed there fails here: it is told
    finally:
        for process, _ in others:
            process.terminate()  # where something failed, nobody waits for the rest
            process.join()
        gc.unfreeze()
    return [parts[number // CHUNK % jobs][_place(number, jobs)] for number in range(len(things))]


def _made(make: Callable[[T], R], things: list[T], tell: Callable[[int], None]) -> list[R]:
    made = []
    for done, thing in enumerate(things):
        if done % CHUNK == 0:
            tell(done)
        made.append(make(thing))
    return made


def _share(things: list[T], number: int, jobs: int) -> list[T]:
    starts = range(number * CHUNK, len(things), jobs * CHUNK)
    return [thing for start in starts for thing in things[start : start + CHUNK]]


def _place(number: int, jobs: int) -> int:
    """Return where thing *number* stands in its share."""
    return number // (CHUNK * jobs) * CHUNK + number % CHUNK


def _started(make: Callable[[T], R], share: list[T]) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    """Return a process that makes *share*, and where its results will come from."""
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(make, share, sender), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def _received(connection: Connection) -> Any:
    try:
        return connection.recv()
    except EOFError:
        return None


def _send(make: Callable[[T], R], share: list[T], sender: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a failure is told by who started this
    sender.send(_made(make, share, lambda _: None))

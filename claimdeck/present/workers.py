"""Make things in several processes, on Linux, where forking them is safe: the same results, sooner.

Each process inherits the deck and its compiled templates, takes what is to be made next whenever it is done, and sends
back nothing but what it found.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

SINGLY = 40  # things that are handed out one by one: the first may each take as long as hundreds of the others
CHUNK = 20  # of the others: neighbours in the plan share what they show
WORTH_IT = 20  # things; for fewer of them a fork costs more than it saves
NUMBER = 4  # bytes
PIPE = 60_000  # bytes that a pipe surely holds before anybody reads


def make_in_parts(
    make: Callable[[T], R], things: list[T], jobs: int, tell: Callable[[int], None], worth_it: int = WORTH_IT
) -> list[R]:
    """Return what *make* makes of each of *things*, in order, by up to *jobs* processes, one for *worth_it* things.

    What takes longest should come first.  *tell* is called with about how many of them are done, now and then.
    """
    jobs = min(jobs, len(things) // worth_it + 1)
    starts = _starts(len(things))
    chunks = [things[start:end] for start, end in pairwise([*starts, len(things)])]
    if jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return [made for start, chunk in zip(starts, chunks, strict=True) for made in _made(make, chunk, start, tell)]
    queue = _queue(len(chunks))
    gc.freeze()  # what is never looked at by the collector is never copied by a fork
    others = [_started(make, chunks, queue) for _ in range(jobs - 1)]
    try:
        parts = {number: _made(make, chunks[number], starts[number], tell) for number in _taken(queue)}
        for _, connection in others:
            parts |= _received(connection)
        for number, chunk in enumerate(chunks):  # what failed there fails here: it is told
            if number not in parts:
                parts[number] = _made(make, chunk, starts[number], tell)
    finally:
        os.close(queue)
        for process, _ in others:
            process.terminate()  # where something failed, nobody waits for the rest
            process.join()
        gc.unfreeze()
    return [made for number in range(len(chunks)) for made in parts[number]]


def _starts(number: int) -> list[int]:
    """Return where each chunk of *number* things begins."""
    chunk = max(CHUNK, number // (PIPE // NUMBER - SINGLY) + 1)
    return [*range(min(number, SINGLY)), *range(SINGLY, number, chunk)]


def _made(make: Callable[[T], R], chunk: list[T], start: int, tell: Callable[[int], None]) -> list[R]:
    tell(start)
    return [make(thing) for thing in chunk]


def _queue(length: int) -> int:
    """Return the end of a pipe from which each of *length* numbers can be read by one process, in order."""
    reader, writer = os.pipe()
    os.write(writer, b"".join(number.to_bytes(NUMBER, "big") for number in range(length)))
    os.close(writer)
    return reader


def _taken(queue: int) -> Iterator[int]:
    """Yield the numbers that this process gets from *queue*, until there are none."""
    while number := os.read(queue, NUMBER):
        yield int.from_bytes(number, "big")


def _started(make: Callable[[T], R], chunks: list[list[T]], queue: int) -> tuple[BaseProcess, Connection]:
    """Return a process that makes what it gets from *queue*, and where its results will come from."""
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(make, chunks, queue, receiver, sender, os.getpid()), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def _received(connection: Connection) -> dict[int, Any]:
    """Return what another process made, by the numbers of its chunks; nothing where it failed."""
    try:
        parts: dict[int, Any] = connection.recv()
    except EOFError:
        return {}
    return parts


def _send(
    make: Callable[[T], R], chunks: list[list[T]], queue: int, receiver: Connection, sender: Connection, starter: int
) -> None:
    """Send what is made of the numbers got from *queue*; nothing more is made where the *starter* was killed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a failure is told by who started this
    receiver.close()  # of the two that there are: else what is sent to nobody would wait here to be read
    taken = (number for number in _taken(queue) if os.getppid() == starter)
    with suppress(BrokenPipeError):
        sender.send({number: _made(make, chunks[number], 0, lambda _: None) for number in taken})

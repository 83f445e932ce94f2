"""Render pages in several processes, on Linux, where forking them is safe: the same texts, sooner.

Each process inherits the deck and its compiled templates, and sends back nothing but texts.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from claimdeck.present.pages import Page

CHUNK = 20  # neighbours in the plan share what they show
WORTH_IT = 300  # pages; for fewer of them a fork costs more than it saves

Render = Callable[[list[Page]], dict[str, str]]


def render_in_parts(render: Render, pages: list[Page], jobs: int) -> dict[str, str]:
    """Return what *render* makes of *pages*, in their order, by up to *jobs* processes."""
    jobs = min(jobs, len(pages) // WORTH_IT + 1)
    if jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return render(pages)
    shares = [_share(pages, number, jobs) for number in range(jobs)]
    gc.freeze()  # what is never looked at by the collector is never copied by a fork
    others = [_started(render, share) for share in shares[1:]]
    texts = render(shares[0])
    for share, (process, connection) in zip(shares[1:], others, strict=True):
        try:
            part = connection.recv()
        except EOFError:
            part = None
        process.join()
        texts |= render(share) if part is None else part  # what failed there fails here, and is told
    gc.unfreeze()
    return {page.file: texts[page.file] for page in pages}


def _share(pages: list[Page], number: int, jobs: int) -> list[Page]:
    starts = range(number * CHUNK, len(pages), jobs * CHUNK)
    return [page for start in starts for page in pages[start : start + CHUNK]]


def _started(render: Render, share: list[Page]) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    """Return a process that renders *share*, and where its texts will come from."""
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(render, share, sender), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def _send(render: Render, share: list[Page], sender: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a failure is told by who started this
    sender.send(render(share))

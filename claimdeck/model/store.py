"""The store: replaces one file at a time, atomically (the output folder has its own way, see write/)."""

from __future__ import annotations

import os
from pathlib import Path

SETTLED = 2_000_000_000  # nanoseconds; a younger change may be followed by one with the same time


def replace_file(path: Path, content: bytes) -> bool:
    """Make *content* the content of the file at *path*; return False, touching nothing, where it is already."""
    if path.is_file() and path.read_bytes() == content:
        return False
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")  # the preview may write the same file at this moment
    path.parent.mkdir(parents=True, exist_ok=True)
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return True

"""Tell which templates a template is made with, without compiling any: an edit to one of them makes its pages anew."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

TAG = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%}", re.DOTALL)
NAMED = re.compile(  # the name alone, and then nothing that could choose another one
    r"""\s*(?:"([^"]+)"|'([^']+)')(?:\s+(?:import|as|ignore\s+missing|with(?:out)?\s+context)\b|[\s\w,])*""", re.ASCII
)


class Closures:
    """The templates in *folders*, of which earlier ones override later ones."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = list(folders)
        self.digest = cache(self._digest)
        self._text = cache(self._read)

    def _digest(self, name: str) -> str:
        """Return the digest of the template *name* and of all that it extends, includes and imports."""
        names = self.closure(name)
        whole = b"".join(f"{each}\0{len(self._text(each))}\0".encode() + self._text(each) for each in sorted(names))
        return hashlib.blake2b(whole, digest_size=16).hexdigest()

    def whole(self) -> str:
        """Return the digest of all templates."""
        texts = b"".join(name.encode() + b"\0" + self._text(name) for name in sorted(self._all()))
        return hashlib.blake2b(texts, digest_size=16).hexdigest()

    def closure(self, name: str) -> set[str]:
        """Return the names of the template *name* and of all that it is made with; of all there are if that is open."""
        found, left = set[str](), [name]
        while left:
            found.add(each := left.pop())
            for used in _used_by(self._text(each).decode(errors="replace")):
                if used is None:
                    return found | self._all()
                left += {used} - found
        return found

    def _read(self, name: str) -> bytes:
        path = next((path for folder in self.folders if (path := folder / name).is_file()), None)
        return path.read_bytes() if path else b""

    def _all(self) -> set[str]:
        paths = ((folder, path) for folder in self.folders for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix() for folder, path in paths}


def _used_by(text: str) -> Iterator[str | None]:
    """Yield the name in each tag of *text* that brings in another template; None where it is not plainly written."""
    for tag in TAG.finditer(text):
        named = NAMED.fullmatch(tag[1])
        yield (named[1] or named[2]) if named and not re.search(r"\b(?:if|else)\b", named[0]) else None

"""Where the values and keys of a file stand, so that a problem can name its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from claimdeck.model.problems import Place

Loc = tuple[str | int, ...]
Spot = tuple[int, int]


@dataclass
class Places:
    """Where the values and keys of one file stand."""

    path: str
    values: dict[Loc, Spot] = field(default_factory=dict)
    keys: dict[Loc, Spot] = field(default_factory=dict)
    first_lines: dict[Loc, Spot] = field(default_factory=dict)  # line and indentation of texts written as a block

    def of(self, *loc: str | int) -> Place:
        """Return the place of the value at *loc*, or of the nearest thing around it."""
        while loc and loc not in self.values:
            loc = loc[:-1]
        return Place(self.path, *self.values.get(loc, (1, 1)))

    def of_key(self, *loc: str | int) -> Place:
        """Return the place of the key at *loc*, or of the nearest thing around it."""
        return Place(self.path, *self.keys[loc]) if loc in self.keys else self.of(*loc)

    def of_words(self, words: str, text: str, *loc: str | int) -> Place:
        """Return the place of *words* in *text*, the value at *loc*; of the value itself where it is no block."""
        if loc not in self.first_lines:
            return self.of(*loc)
        line, indentation = self.first_lines[loc]
        before = text[: max(0, text.find(words))]
        return Place(self.path, line + before.count("\n"), indentation + len(before) - before.rfind("\n"))

    def forget_entry(self, around: Loc, index: int) -> None:
        """Forget the entry *index* of the list at *around*, and move those behind it up by one."""
        depth = len(around)
        for spots in (self.values, self.keys):
            behind = {loc: spots.pop(loc) for loc in list(spots) if loc[:depth] == around and loc[depth:] >= (index,)}
            for loc, spot in behind.items():
                if (step := int(loc[depth])) > index:
                    spots[*around, step - 1, *loc[depth + 1 :]] = spot


class LatePlaces(Places):
    """The places of a file that was not parsed: *read* parses it when one of them is asked for."""

    def __init__(self, path: str, read: Callable[[], Places]) -> None:
        self.path = path
        self._read = read

    def __getattr__(self, name: str) -> dict[Loc, Spot]:
        if name not in {"values", "keys", "first_lines"}:
            raise AttributeError(name)
        found = self._read()
        self.values, self.keys, self.first_lines = found.values, found.keys, found.first_lines
        return getattr(self, name)  # type: ignore[no-any-return]

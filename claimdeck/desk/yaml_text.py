"""Write cards as YAML: every text comes back letter for letter.  Knows nothing of cards, and writes no file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from claimdeck.read.documents import NULLS

Yaml = str | None | Sequence["Yaml"] | Mapping[str, "Yaml"]

PLAIN = re.compile(r"[^\W_](?:[^\s#:]|:(?=\S)|(?<=\S)#| (?=\S))*")  # read as it stands, whatever the reader
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
ESCAPES |= {"\u2028": "\\L", "\u2029": "\\P"}  # line ends too, of which YAML would make spaces
SPECIAL = re.compile("[{}]".format("".join(map(re.escape, ESCAPES))))


def yaml_text(fields: Mapping[str, Yaml], comments: Sequence[str] = ()) -> str:
    """Return *fields* as the text of a file, below *comments*; None is written as a field without a value."""
    return "".join(f"{line}\n" for line in [*map(yaml_comment, comments), *_lines_of_fields(fields)])


def yaml_comment(text: str) -> str:
    """Return *text* as one line of comment."""
    return f"# {' '.join(text.split())}".rstrip()


def yaml_scalar(text: str) -> str:
    """Return *text* as a value: plain where it can be, else in quotes."""
    is_plain = PLAIN.fullmatch(text) and text not in NULLS
    return text if is_plain else f'"{SPECIAL.sub(lambda match: ESCAPES[match[0]], text)}"'


def _lines_of_fields(fields: Mapping[str, Yaml]) -> Iterator[str]:
    for name, value in fields.items():
        if value is None or isinstance(value, str):
            yield f"{yaml_scalar(name)}:{'' if value is None else ' ' + yaml_scalar(value)}"
        elif not value:
            yield f"{yaml_scalar(name)}: {'{}' if isinstance(value, Mapping) else '[]'}"
        else:
            yield f"{yaml_scalar(name)}:"
            yield from (f"  {line}" for line in _lines(value))


def _lines(value: Sequence[Yaml] | Mapping[str, Yaml]) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _lines_of_fields(value)
        return
    for entry in value:
        if entry is None or isinstance(entry, str):
            yield "- ~" if entry is None else f"- {yaml_scalar(entry)}"
        elif not entry:
            yield f"- {'{}' if isinstance(entry, Mapping) else '[]'}"
        else:
            first, *rest = _lines(entry)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)

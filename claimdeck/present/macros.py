"""Load templates so that what a macro makes of equal values is made once: links, stamps and the frame recur everywhere.

A macro sees its arguments and nothing else, so equal ones give equal text.  Without this module a build takes longer,
and is the same: `render.py` names it in one line, where `FileSystemLoader` would do.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, UndefinedError
from jinja2.runtime import Macro

FOLDER = "macros/"
KEPT_AT_MOST = 2048  # texts of one macro


class MacroLoader(FileSystemLoader):
    """Loads templates; the macros of those in `macros/` remember what they made."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return the template *name*."""
        template = super().load(environment, name, globals)
        template.globals = dict(template.globals)  # each import compares their keys: slow in a chain of maps
        if name.startswith(FOLDER):
            for word, macro in vars(template.module).items():
                if isinstance(macro, Macro):
                    setattr(template.module, word, remembering(macro))
        return template


def remembering(macro: Callable[..., str]) -> Callable[..., str]:
    """Return *macro*, made to remember its latest texts by its arguments, their types included; lists it makes anew."""
    remembered = lru_cache(maxsize=KEPT_AT_MOST, typed=True)(macro)

    def text(*arguments: Any, **named: Any) -> str:
        try:
            return remembered(*arguments, **named)
        except (TypeError, UndefinedError):  # what can change, or is not there, cannot be looked up
            return macro(*arguments, **named)

    return text

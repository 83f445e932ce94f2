"""Make Jinja quick where pages are made by the thousand.  Without this module a build takes longer, and is the same.

`render.py` names it in one line: `QuickEnvironment`, where `Environment` with a `FileSystemLoader` would do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from functools import lru_cache
from types import FunctionType
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, UndefinedError
from jinja2.runtime import Context, Macro
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # the second is private

FOLDER = "macros/"
KEPT_AT_MOST = 2048  # texts of one macro


class QuickContext(Context):
    """The names that a template sees."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Return what *__obj* makes: a macro that remembers takes no context, so that Jinja need not look for one."""
        if type(__obj) is not FunctionType:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return __obj(*args, **kwargs)


class QuickLoader(FileSystemLoader):
    """Loads templates that escape quickly; the macros of those in `macros/` remember what they made."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return the template *name*."""
        template = super().load(environment, name, globals)
        template.root_render_func.__globals__["escape"] = escaped  # the names that its code sees
        template.globals = dict(template.globals)  # each import compares their keys: slow in a chain of maps
        if name.startswith(FOLDER):
            for word, macro in vars(template.module).items():
                if isinstance(macro, Macro):
                    setattr(template.module, word, remembering(macro))
        return template


class QuickEnvironment(Environment):
    """An environment over *folders*, of which earlier ones override later ones; *options* as Jinja has them."""

    context_class = QuickContext

    def __init__(self, folders: Iterable[str], **options: Any) -> None:
        super().__init__(loader=QuickLoader(list(folders)), **options)


def escaped(value: Any) -> str:
    """Return *value* as `markupsafe.escape` would, but for the type: what a template puts out is joined at once."""
    kind = type(value)
    if kind is str:
        text: str = _escape_inner(value)  # what `escape` makes Markup of, at three times the price
        return text
    return str(value) if kind is Markup or kind is int or kind is float else escape(value)


def remembering(macro: Callable[..., str]) -> Callable[..., str]:
    """Return *macro*, made to remember its latest texts by its arguments, their types included; lists it makes anew.

    A macro sees its arguments and nothing else, so equal ones give equal text.
    """
    remembered = lru_cache(maxsize=KEPT_AT_MOST, typed=True)(macro)

    def text(*arguments: Any, **named: Any) -> str:
        try:
            return remembered(*arguments, **named)
        except (TypeError, UndefinedError):  # what can change, or is not there, cannot be looked up
            return macro(*arguments, **named)

    return text

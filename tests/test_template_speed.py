"""Templates are quick: what is made of equal values is made once, and a site comes out as Jinja alone would make it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError
from jinja2.runtime import Context
from markupsafe import Markup, escape

from claimdeck.model.urls import Home
from claimdeck.present.render import Renderer
from claimdeck.present.site import SiteFiles
from claimdeck.present.template_speed import QuickEnvironment, escaped, remembering
from claimdeck.present.views import Link, Views
from claimdeck.read.static import template_folders

NAMED = '{% from "macros/name.html" import name %}{{ name(target) }}'


class Counted:
    """Escapes a text, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, value: object, size: str = "") -> str:
        self.calls += 1
        return str(Markup("{}{}").format(value, size))


def environment(*folders: Path) -> Environment:
    return QuickEnvironment(map(str, folders), autoescape=True, undefined=StrictUndefined)


def named(folder: Path, text: str) -> Path:
    """Return *folder* with a macro `name` that says *text*."""
    (folder / "macros").mkdir(parents=True)
    (folder / "macros/name.html").write_text(f"{{% macro name(target) %}}{text}{{% endmacro %}}", encoding="utf-8")
    return folder


def test_what_is_made_of_equal_values_is_made_once():
    macro = Counted()
    remembered = remembering(macro)
    assert [remembered(Link("a & b", "/"), "small"), remembered(Link("a & b", "/"), "small")] == [
        macro(Link("a & b", "/"), "small")
    ] * 2
    assert macro.calls == 2  # once remembered, once asked without


def test_other_arguments_make_other_texts():
    remembered = remembering(Counted())
    assert remembered("a", "small") != remembered("a") != remembered("b")


@pytest.mark.parametrize(("one", "other"), [("<b>", Markup("<b>")), (1, True), (1, 1.0)])
def test_equal_values_of_different_types_are_told_apart(one, other):
    remembered = remembering(Counted())
    assert remembered(one) != remembered(other)


def test_what_can_change_is_looked_at_each_time():
    remembered, words = remembering(Counted()), ["one"]
    before = remembered(words)
    words.append("two")
    assert remembered(words) != before


def test_what_is_not_there_is_told_by_its_name(tmp_path):
    templates = environment(named(tmp_path, "{{ target.text }}"))
    with pytest.raises(UndefinedError, match="'target' is undefined"):
        templates.from_string(NAMED).render()
    assert environment(named(tmp_path / "b", "{{ target is defined }}")).from_string(NAMED).render() == "False"


def test_two_environments_share_nothing(tmp_path):
    first, second = (environment(named(tmp_path / text, text)) for text in ("one", "two"))
    assert [each.from_string(NAMED).render(target="x") for each in (first, second, first)] == ["one", "two", "one"]


def test_a_template_outside_of_the_folder_of_macros_is_loaded_as_ever(tmp_path):
    (tmp_path / "page.html").write_text("{% macro name() %}{% endmacro %}{{ target }}", encoding="utf-8")
    assert environment(tmp_path).get_template("page.html").render(target="<") == "&lt;"


def test_a_frame_changes_with_the_settings_it_shows(site):
    before = site.render()["404.html"]
    site.settings("publisher: {name: The Bridge Desk}\n")
    after = site.render()["404.html"]
    assert b"The Bridge Desk" not in before
    assert b"The Bridge Desk" in after


class Text(str):
    """A text of a type of its own."""


class Marked:
    """Something that says itself what it is in HTML."""

    def __html__(self) -> str:
        return "<i>marked</i>"


TEXTS = st.text(st.sampled_from("<>&\"'aü “\0\u2028"))
VALUES = st.one_of(TEXTS, TEXTS.map(Markup), TEXTS.map(Text), st.integers(), st.floats(), st.booleans(), st.none())


@given(VALUES | st.lists(VALUES) | st.builds(Marked))
def test_what_a_template_puts_out_is_escaped_as_ever(value):
    assert escaped(value) == str(escape(value))


def test_macros_of_a_template_of_ones_own_take_what_calls_them(tmp_path):
    (tmp_path / "page.html").write_text(
        "{% macro framed(word) %}<b>{{ caller(word) }}</b>{% endmacro %}"
        "{% for word in range(2) %}{% call(inner) framed(word) %}{{ inner }}{{ loop.cycle('a', '<') }}"
        "{% endcall %}{% endfor %}"
    )
    assert environment(tmp_path).get_template("page.html").render() == "<b>0a</b><b>1&lt;</b>"


def test_a_site_is_the_same_where_nothing_is_remembered(site):
    site.claim("bridge-toll", related=[{"claim": "bridge-cost", "as": "same-event"}])
    judged = site.judge()
    deck, home = judged.deck, Home.at(judged.deck.settings.url)
    files = SiteFiles(Views(deck, home), judged.content, {}, template_folders(site.root))
    plain = Renderer(deck, home, template_folders(site.root))
    plain.environment = plain.environment.overlay(loader=FileSystemLoader(template_folders(site.root)))
    plain.environment.context_class = Context
    pages = files.pages
    assert [files.render(page) for page in pages] == [plain.render(page) for page in pages]
    assert len(pages) > 20

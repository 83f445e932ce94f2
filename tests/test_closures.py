"""Which templates a template is made with is known from its text; what is not plainly written counts as all."""

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from claimdeck.present.closures import Closures
from claimdeck.read.static import PROJECT

TEMPLATES = PROJECT / "templates"


@pytest.fixture
def folder(tmp_path):
    """Return a function that writes templates, and gives their closures."""

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        return Closures([tmp_path])

    return write


@pytest.mark.parametrize("name", sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*ml")))
def test_of_our_own_templates_it_is_what_jinja_finds(name):
    environment = Environment(loader=FileSystemLoader(TEMPLATES))
    expected, left = set(), {name}
    while left:
        expected.add(each := left.pop())
        parsed = environment.parse((TEMPLATES / each).read_text(encoding="utf-8"))
        left |= set(meta.find_referenced_templates(parsed)) - expected
    assert Closures([TEMPLATES]).closure(name) == expected


@pytest.mark.parametrize(
    "tag",
    [
        '{% extends "b.html" %}',
        "{%- include 'b.html' -%}",
        '{% include "b.html" ignore missing with context %}',
        '{% import "b.html" as b %}',
        '{% from "b.html"\n   import one, two as three without context %}',
    ],
)
def test_a_name_in_quotes_is_followed_and_what_that_one_names(folder, tag):
    closures = folder(a=f"x {tag} y", b='{% include "c.html" %}', c="c", d="d")
    assert closures.closure("a.html") == {"a.html", "b.html", "c.html"}


@pytest.mark.parametrize(
    "tag",
    [
        "{% include name %}",
        '{% include ["b.html", "c.html"] %}',
        '{% include "b.html" if x else "c.html" %}',
        '{% extends "b" ~ ".html" %}',
        "{% import page.template as b %}",
    ],
)
def test_a_name_that_is_only_known_later_may_be_any(folder, tag):
    assert folder(a=tag, b="b", c="c", d="d").closure("a.html") == {f"{name}.html" for name in "abcd"}


def test_templates_that_name_each_other_are_followed_once(folder):
    assert folder(a='{% import "b.html" as b %}', b='{% import "a.html" as a %}').closure("a.html") == {
        "a.html",
        "b.html",
    }


def test_the_digest_changes_with_each_of_them_and_with_no_other(folder):
    texts = {"a": '{% include "b.html" %}', "b": "b", "c": "c"}
    before = folder(**texts).digest("a.html")
    assert folder(**texts | {"c": "other"}).digest("a.html") == before
    assert folder(**texts | {"b": "other"}).digest("a.html") != before
    assert folder(**texts | {"a": '{% include "b.html" %}.'}).digest("a.html") != before


def test_a_template_of_the_desk_takes_the_place_of_ours(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        folder.mkdir()
    (ours / "a.html").write_text("ours")
    before = Closures([theirs, ours]).digest("a.html")
    (theirs / "a.html").write_text("theirs")
    assert Closures([theirs, ours]).digest("a.html") != before


def test_a_template_that_is_not_there_is_empty_until_it_is(folder):
    closures = folder(a='{% include "b.html" ignore missing %}')
    assert closures.closure("a.html") == {"a.html", "b.html"}
    assert folder(b="now").digest("a.html") != closures.digest("a.html")


def test_the_digest_of_all_changes_with_any(folder):
    before = folder(a="a", b="b").whole()
    assert folder(a="a", b="b").whole() == before
    assert folder(a="a", b="c").whole() != before
    assert folder(a="a", b="b", c="").whole() != before

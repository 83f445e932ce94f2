"""The templates as the house style has them; what they may hold at all stands in test_structure."""

import re

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from claimdeck.read.static import PROJECT

FOLDER = PROJECT / "templates"
ENVIRONMENT = Environment(loader=FileSystemLoader(FOLDER), autoescape=True)
NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
MACROS = [name for name in NAMES if name.startswith("macros/")]
PAGES = [name for name in NAMES if name.startswith("pages/")]
BARE = {"pages/moved.html", "pages/embed.html"}  # a redirect and a card in an iframe have no frame


def source_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_templates_stand_in_four_places():
    assert {name.rpartition("/")[0] for name in NAMES} == {"", "partials", "macros", "pages"}
    assert [name for name in NAMES if "/" not in name] == ["base.html"]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_short(name):
    assert len(source_of(name).splitlines()) <= 110


@pytest.mark.parametrize("name", MACROS)
def test_a_macro_has_a_file_of_its_own_and_takes_all_by_parameter(name):
    text = source_of(name)
    macros = re.findall(r"{%-? macro (\w+)\(", text)
    assert name.removeprefix("macros/").removesuffix(".html") == macros[-1]
    assert meta.find_undeclared_variables(ENVIRONMENT.parse(text)) == set()
    assert re.search(r"{# [A-Z].*\. #}", text)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in BARE])
def test_a_page_fills_the_frame(name):
    text = source_of(name)
    assert text.startswith('{% extends "base.html" %}')
    assert "{% block main %}" in text


@pytest.mark.parametrize("name", NAMES)
def test_a_template_holds_no_logic_beyond_if_and_for(name):
    statements = set(re.findall(r"{%-? *(\w+)", source_of(name)))
    assert statements <= {
        *("if", "elif", "else", "endif", "for", "endfor", "macro", "endmacro", "from", "extends", "include"),
        *("block", "endblock"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_template_that_is_named_exists_and_every_macro_is_used(name):
    text = source_of(name)
    named = re.findall(r'{%-? (?:from|extends|include) "([^"]+)"', text)
    assert [other for other in named if other not in NAMES] == []
    for imported in re.findall(r"import (\w+(?: as \w+)?)", text):
        used = imported.split()[-1]
        assert re.search(rf"\b{used}\(", text), f"{name} imports {used} and does not use it"


def test_no_template_is_left_over():
    used = {word for name in NAMES for word in re.findall(r'(?:from|extends|include) "([^"]+)"', source_of(name))}
    planners = [path for stage in ("present", "desk") for path in (PROJECT / "claimdeck" / stage).glob("*.py")]
    planned = "\n".join(path.read_text(encoding="utf-8") for path in planners)
    used |= {f"pages/{name}" for name in re.findall(r'"(\w+\.html)"', planned)}
    assert set(NAMES) - used == set()

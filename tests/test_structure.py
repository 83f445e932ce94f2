"""The house rules that a reader of the code relies on: who imports whom, what stands where, what is documented."""

import argparse
import ast
import fnmatch
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from claimdeck.arguments import command_parser
from claimdeck.model.cards import MODELS
from claimdeck.model.settings import Settings

PROJECT = Path(__file__).resolve().parents[1]
STAGES = (
    "cli",
    "arguments",
    "desk",
    "pipeline",
    "write",
    "present",
    "judge",
    "read",
    "model",
)  # each may import what follows
TOP_LEVEL = {
    *("content", "templates", "static", "build.py", "site.yaml", "tests", "README.md", "claimdeck"),
    *("pyproject.toml", "requirements.txt", "requirements-dev.txt", "Makefile"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs", ".github", ".ci", ".gitignore", ".gitattributes"),
    *(".vscode", ".pre-commit-config.yaml"),
}
TESTED_ELSEWHERE = {  # modules whose tests stand in the file of what they are a part of
    "arguments": "cli",  # what can be typed is tested by typing it
    "card_pages": "pages",  # the four that plan pages are tested by the pages that come out
    "claim_pages": "pages",
    "desk_pages": "pages",
    "figure_pages": "ranges",  # the charts of what ranges gathers
    "wide": "picture",  # the two drawings are held to the same rules
    "upright": "picture",
    "plan": "pages",
    "join_claims": "join",
    "making": "incremental",  # what is made, and what stands
    "inspection": "incremental",  # its two halves, links and reviews, have tests of their own
    "build": "standing",  # builds unless the site stands
    "places": "documents",
    "files": "content",
    "deck": "join",  # nouns only: tested by what JOIN makes of them
    "models": "content",  # fills the cards that are read
    "settings_descriptions": "descriptions",  # one half of a table
    "serve": "browser/test_preview",  # a preview shows in a browser or not at all
}
TEXT_SUFFIXES = {".py", ".html", ".css", ".js", ".md", ".yaml", ".yml", ".toml", ".txt", ".json", ""}
MODULES = sorted((PROJECT / "claimdeck").rglob("*.py"))
TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|"
    r"[:\s,](?:white|black|red|green|blue|gr[ae]y|yellow|orange|purple|brown|pink|silver)\b(?=[\s;,)}])",
    re.IGNORECASE,
)


def name_of(module: Path) -> str:
    """Return the dotted name of a file of claimdeck/."""
    parts = module.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def stage_of(name: str) -> str:
    return [*name.split("."), ""][1]


def imports_of(module: Path) -> Iterator[str]:
    """Yield the modules of claimdeck that *module* imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("claimdeck"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claimdeck"):
            assert not node.level, f"{module} has a relative import"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in NAMES else str(node.module)


NAMES = {name_of(module) for module in MODULES}


def is_ignored(name: str) -> bool:
    lines = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip("/") for line in lines if line and not line.startswith("#")]
    return name == ".git" or any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def texts_of_the_repository() -> Iterator[Path]:
    for top in PROJECT.iterdir():
        for path in [top] if top.is_file() else top.rglob("*"):
            parts = path.relative_to(PROJECT).parts
            if path.is_file() and path.suffix in TEXT_SUFFIXES and not any(is_ignored(part) for part in parts):
                yield path


def subcommands() -> dict[str, argparse.ArgumentParser]:
    actions = command_parser()._actions
    return next(action.choices for action in actions if isinstance(action, argparse._SubParsersAction))


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return {word for action in parser._actions for word in action.option_strings if word.startswith("--")}


def documentation() -> str:
    files = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def field_names(model: type[BaseModel]) -> Iterator[str]:
    """Yield the names of all fields of *model*, as editors write them, and of the groups inside."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for group in groups_in(field.annotation):
            yield from field_names(group)


def groups_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from groups_in(inner)


def outside_tokens(css: str) -> str:
    """Return *css* without its comments, its addresses and the layer of tokens."""
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", css, flags=re.DOTALL)
    start = css.index("@layer tokens {")
    depth, end = 1, css.index("{", start) + 1
    while depth:
        depth += (css[end] == "{") - (css[end] == "}")
        end += 1
    return css[:start] + css[end:]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_imports_only_its_own_stage_and_those_below_it(module):
    here = stage_of(name_of(module))
    below = STAGES[STAGES.index(here) :] if here else ()
    assert {stage_of(name) for name in imports_of(module)} - {""} <= set(below)


def test_no_module_imports_itself_through_others():
    graph = {name_of(module): set(imports_of(module)) for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(f"{' → '.join(cycle.args[1])}")


def test_every_folder_of_the_package_is_a_stage():
    found = {path.stem for path in (PROJECT / "claimdeck").glob("[!_]*")}
    assert found == set(STAGES)


def test_no_module_is_a_drawer_for_everything():
    assert not {name.rpartition(".")[2] for name in NAMES} & {"utils", "util", "helpers", "common", "misc", "tools"}


def test_no_file_of_the_package_or_the_tests_reaches_300_lines():
    files = [*MODULES, *sorted((PROJECT / "tests").rglob("*.py"))]
    lengths = {str(file.relative_to(PROJECT)): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if length >= 300} == {}


def test_every_module_has_a_file_of_tests():
    tests = PROJECT / "tests"
    missing = set()
    for module in MODULES:
        if module.stem != "__init__":
            tested = TESTED_ELSEWHERE.get(module.stem, module.stem)
            path = tests / (f"{tested}.py" if "/" in tested else f"test_{tested}.py")
            missing |= set() if path.is_file() else {f"{name_of(module)}: {path.relative_to(PROJECT)}"}
    assert missing == set()


def test_the_stages_of_a_build_ask_neither_the_clock_nor_the_network_nor_the_environment():
    asking = re.compile(
        r"\b(?:now|today|utcnow|monotonic|getenv|urlopen|gethostname|getlocale|random|urandom|uuid4)\(|\benviron\b"
    )
    stages = [module for module in MODULES if stage_of(name_of(module)) in STAGES[4:]]
    found = {name_of(module): asking.findall(module.read_text(encoding="utf-8")) for module in stages}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_top_level_of_the_repository_holds_what_it_should_and_nothing_else():
    assert {path.name for path in PROJECT.iterdir() if not is_ignored(path.name)} == TOP_LEVEL


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_switches_no_escaping_off_and_holds_no_inline_script_or_style(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape", text)
    assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)\s*=", text, re.IGNORECASE)
    text = re.sub(r'<script type="application/ld\+json">{{ \w+ }}</script>', "", text)  # a block of data runs nothing
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)|javascript:", text, re.IGNORECASE)


def test_only_one_module_makes_markup():
    makers = {name_of(module) for module in MODULES if re.search(r"\bMarkup\(", module.read_text(encoding="utf-8"))}
    assert makers == {"claimdeck.present.markup"}


def test_the_stylesheet_has_no_important_no_id_selector_and_its_colours_in_one_layer():
    css = (PROJECT / "static" / "site.css").read_text(encoding="utf-8")
    rest = outside_tokens(css)
    assert "!important" not in css
    assert COLOUR.findall(rest) == []
    assert re.findall(r"#[\w-]+", rest) == []
    assert re.findall(r"#[\w-]+[^;{}]*\{", css) == []


def test_nothing_is_left_to_do_and_nothing_tells_where_the_code_was_written():
    words = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|(?<!\w)/(?:wo" r"rk|ro" r"ot)/|\.\./shared")
    found = {
        f"{path.relative_to(PROJECT)}: {match[0]}"
        for path in texts_of_the_repository()
        for match in words.finditer(path.read_text(encoding="utf-8", errors="replace"))
    }
    assert found == set()


def test_no_test_puts_a_mock_in_the_place_of_the_real_thing():
    texts = {path.name: path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("*.py")}
    assert [name for name, text in texts.items() if re.search(r"import.*\b[Mm]ock|\bsetattr\(", text)] == []


def test_the_readme_is_short():
    assert len((PROJECT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_every_command_that_the_documentation_shows_exists_with_its_options():
    parsers = subcommands()
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    unknown = {f"make {word}" for word in re.findall(r"(?:`|^\s*|\$ )make ([a-z]+)", documentation(), re.MULTILINE)}
    unknown -= {f"make {target}" for target in targets}
    for match in re.finditer(r"build\.py[ \t]*([a-z]*)([^`\n#]*)", documentation()):
        name = match[1] or "build"
        if name in parsers:
            known = options_of(parsers[name]) | {"--version"}
            unknown |= {f"{name} {word}" for word in re.findall(r"--[a-z][a-z-]+", match[2]) if word not in known}
        elif re.match(r"build\.py [a-z]", match[0]) and match.string[match.start() - 7 : match.start()] == "python ":
            unknown.add(name)
    assert unknown == set()


@pytest.mark.parametrize("command", sorted(subcommands()))
def test_a_command_is_documented_with_all_its_options(command):
    text = documentation()
    assert re.search(rf"build\.py {command}\b|`{command}\b", text)
    assert {option for option in options_of(subcommands()[command]) - {"--help"} if f"{option}" not in text} == set()


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_every_field_of_a_card_is_documented(kind):
    text = (PROJECT / "docs" / "cards.md").read_text(encoding="utf-8")
    names = set(field_names(MODELS[kind])) - {"body"}  # a page's body is what stands below its front matter
    assert {name for name in names if not re.search(rf"`{name}\b|\b{name}:", text)} == set()


def test_every_setting_of_a_site_is_documented():
    text = documentation()
    assert {name for name in field_names(Settings) if not re.search(rf"`{name}\b|\b{name}:", text)} == set()

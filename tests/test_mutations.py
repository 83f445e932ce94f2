"""Cards of good sites, changed at random: never a traceback, never a wrong card that passes, never a message astray."""

import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path
from random import Random
from statistics import median

import pytest
import yaml

from claimdeck import cli
from claimdeck.desk.codes import CODES
from claimdeck.desk.excerpts import tell_problem
from claimdeck.model.problems import Severity
from claimdeck.pipeline import Memory, judge_site
from claimdeck.read.content import FOLDER_OF
from claimdeck.read.files import LINE_END
from tests.clumsy_edits import clumsily_edited
from tests.rendered import render_site
from tests.wrong_cards import values_in, written, wrongs_of

PROJECT = Path(__file__).parents[1]
GOOD = sorted(path.name for path in (PROJECT / "tests" / "sites" / "good").iterdir())
DOSSIER = "the dossier itself"
CLUMSY, WRONG, REWRITTEN = 600, 300, 100  # mutations of each sort, in all; each is made by its own number
PORTIONS = 10
MOST_PROBLEMS = 30  # of one edit, however much of a file it spoils
PYTHON = re.compile(r"\bNone\b|Input should|pydantic|Traceback|<class|object at 0x|\['|\{'|Decimal\(|tuple|dict\b")


class Site:
    """A copy of a good site, with one of its files changed at a time."""

    def __init__(self, name, folder):
        source = PROJECT if name == DOSSIER else PROJECT / "tests" / "sites" / "good" / name
        self.root = folder / name.replace(" ", "-")
        shutil.copytree(source / "content", self.root / "content")
        shutil.copy(source / "site.yaml", self.root)
        self.is_large = name == DOSSIER
        self.memory = Memory()
        paths = [self.root / "site.yaml", *sorted(self.root.glob("content/[!.]*/*"))]
        self.files = [path.relative_to(self.root).as_posix() for path in paths]
        self.known = {(p.place.path, p.code, p.message) for p in self.problems("")}

    def problems(self, shown):
        """Return all problems; of a large site only the pages of the card *shown* are rendered."""
        judged = judge_site(self.root, memory=self.memory)
        problems = render_site(judged, only=lambda path: path == shown)[1]
        passes = all(problem.severity is not Severity.ERROR for problem in problems)
        return render_site(judged)[1] if passes and shown and not self.is_large else problems

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def changed(self, path, text, ask=None):
        """Return what *ask* (the problems, unless told) has of the site while the file at *path* holds *text*."""
        before = (self.root / path).read_bytes()
        (self.root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            return ask() if ask else self.problems(path)
        finally:
            (self.root / path).write_bytes(before)

    def new_errors(self, problems):
        told = {(p.place.path, p.code, p.message): p for p in problems if p.severity is Severity.ERROR}
        return [problem for key, problem in told.items() if key not in self.known]

    def faults(self, path, text):
        """Return what is wrong with the messages that the site has while the file at *path* holds *text*."""

        def ask():
            problems = self.problems(path)
            lines = {p.place.path: lines_of(self.root / p.place.path) for p in problems}
            faults = [(str(p), fault) for p in problems for fault in faults_of(p, lines[p.place.path], self.root)]
            return faults + ([("", f"{len(problems)} problems")] if len(problems) > MOST_PROBLEMS else [])

        return self.changed(path, text, ask)

    def cards(self):
        content = judge_site(self.root, memory=self.memory).content
        cards = {(kind, file.id): file.card.model_dump() for kind, file in content.files()}
        return {key: {**card, "body": card.get("body", "").rstrip("\n")} for key, card in cards.items()}


def lines_of(file):
    return LINE_END.split(file.read_bytes().decode("utf-8-sig", "replace")) if file.is_file() else None


def faults_of(problem, lines, root):
    """Yield what is wrong with a *problem* of a file that has these *lines*."""
    place, said = problem.place, f"{problem.message} {problem.hint}"
    if lines is None:
        yield "names no file"
    elif not 1 <= place.line <= len(lines) + 1:
        yield "names no line"
    elif not 1 <= place.column <= len([*lines, ""][place.line - 1]) + 1:
        yield "names no column"
    if problem.code not in CODES:
        yield "has an unknown code"
    if not (problem.message.endswith(".") and problem.hint.strip()):
        yield "is no sentence, or has no hint"
    if PYTHON.search(said) or "\n" in said or len(said) > 1000:
        yield "speaks as a program does, or on and on"
    told = tell_problem(problem, root, colored=False).replace("\n", "")
    if any(unicodedata.category(character) == "Cc" for character in told):
        yield "sends control characters to a terminal"


def kind_of(path):
    return "site" if path == "site.yaml" else FOLDER_OF[path.split("/")[1]]


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The good sites and the dossier itself, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("mutated")
    return {name: Site(name, folder) for name in [*GOOD, DOSSIER]}


@pytest.fixture(scope="module")
def every_field(tmp_path_factory):
    """The site whose cards have every field."""
    return Site("every-field", tmp_path_factory.mktemp("every"))


def chosen(sites, chance):
    """Return a site, and one of its files that is no draft."""
    site = sites[chance.choice(sorted(sites))]
    path = chance.choice(site.files)
    is_draft = (values_in(site.text(path), kind_of(path)) or {}).get("draft")
    return chosen(sites, chance) if is_draft else (site, path)


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_what_clumsy_hands_make_of_a_card_is_taken_or_told_in_plain_words(sites, portion):
    for number in range(portion, CLUMSY, PORTIONS):
        chance = Random(number)
        site, path = chosen(sites, chance)
        what, text = clumsily_edited(site.text(path), chance)
        assert site.faults(path, text) == [], f"{number}: {path}: {what}"


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_no_card_passes_that_is_wrong(sites, portion):
    for number in range(portion, WRONG, PORTIONS):
        chance = Random(number)
        site, path = chosen(sites, chance)
        text, kind = site.text(path), kind_of(path)
        wrong = chance.choice(list(wrongs_of(values_in(text, kind), kind)))
        mutated = written(wrong.value, text, kind)
        codes = {problem.code for problem in site.new_errors(site.changed(path, mutated))}
        assert codes & set(wrong.codes), f"{number}: {path}: {wrong.rule}"
        assert site.faults(path, mutated) == [], f"{number}: {path}: {wrong.rule}"


@pytest.mark.parametrize("portion", range(4))
def test_each_rule_of_each_field_is_kept_and_one_mistake_is_one_message(every_field, portion):
    counts, seen = [], Counter()
    for path in every_field.files:
        text, kind = every_field.text(path), kind_of(path)
        value = values_in(text, kind)
        for wrong in [] if value.get("draft") else wrongs_of(value, kind):
            if not seen[wrong.rule] and len(wrong.rule) % 4 == portion:
                errors = every_field.new_errors(every_field.changed(path, written(wrong.value, text, kind)))
                assert {problem.code for problem in errors} & set(wrong.codes), f"{path}: {wrong.rule}"
                counts.append(len(errors))
            seen[wrong.rule] += 1
    assert len(counts) > 80
    assert (median(counts), max(counts)) == (1, 1)


class Dumper(yaml.SafeDumper):
    """Writes None as YAML has it, whatever the other texts are quoted by."""


Dumper.add_representer(type(None), lambda _, __: yaml.ScalarNode("tag:yaml.org,2002:null", "null", style=""))


def rewritten(text, kind, chance):
    """Return *text*, written otherwise: of a page only its front matter."""
    value = values_in(text, kind)
    order = chance.sample(list(value), len(value))
    style = {"default_style": chance.choice(["'", '"', None]), "default_flow_style": chance.choice([True, False, None])}
    width, indent = chance.choice([20, 80, 10_000]), chance.choice([2, 4, 8])
    words = yaml.dump(
        {name: value[name] for name in order},
        Dumper=Dumper, sort_keys=False, allow_unicode=True, width=width, indent=indent, **style,
    )  # fmt: skip
    if kind == "page":
        return "---\n" + words + "---\n" + text.split("---\n", 2)[2]
    return words


def spaced(text, kind, chance):
    """Return *text* with comments and blank lines between its fields, and spaces at the ends of one-line fields."""
    if kind == "page":
        return text.replace("---\n", "---\n# a comment\n\n", 1)
    between = chance.choice(["\n", "# a comment: [with, marks\n", "\n# one\n   # two\n\n"])
    text = re.sub(r"^(?=[a-z_]+:)", between, text, flags=re.MULTILINE)
    return re.sub(r"^([a-z_]+: [^|>\n]*)$", r"\1   ", text, flags=re.MULTILINE) + chance.choice(["", "\n\n", "# end"])


OTHERWISE = {
    "written by another hand": rewritten,
    "with comments, blank lines and spaces": spaced,
    "with Windows line ends": lambda text, *_: text.replace("\n", "\r\n"),
    "with a mark in front": lambda text, *_: "\ufeff" + text,
    "without its last line end": lambda text, *_: text.rstrip("\n"),
    "as one group in braces": lambda text, kind, _: written(values_in(text, kind), text, kind),
}


@pytest.mark.parametrize("way", OTHERWISE)
def test_a_card_written_otherwise_says_the_same(sites, way):
    for number in range(REWRITTEN // len(OTHERWISE) + 1):
        chance = Random(number)
        site, path = chosen(sites, chance)
        text = OTHERWISE[way](site.text(path), kind_of(path), chance)
        cards = site.cards()
        problems = Counter(problem.message for problem in site.problems(""))
        assert site.changed(path, text, site.cards) == cards, f"{number}: {path}"
        assert Counter(p.message for p in site.changed(path, text, lambda: site.problems(""))) == problems  # noqa: B023


@pytest.mark.parametrize("number", range(12))
def test_a_site_with_a_wrong_card_ends_with_1_and_nothing_is_written(sites, number, tmp_path, capsys):
    chance = Random(number)
    site, path = chosen({name: sites[name] for name in ("minimal", "disputed", "every-field")}, chance)
    text, kind = site.text(path), kind_of(path)
    wrong = chance.choice(list(wrongs_of(values_in(text, kind), kind)))
    command = ["build", "--root", str(site.root), "--output", str(tmp_path / "dist")]
    assert site.changed(path, written(wrong.value, text, kind), lambda: cli.main(command)) == 1
    assert not (tmp_path / "dist").exists()
    assert "Nothing was written." in capsys.readouterr().err

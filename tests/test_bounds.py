"""Nothing that a card can hold takes unbounded time or memory, and no mistake is told without end."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from claimdeck.desk.messages import github_lines, json_lines, text_lines
from claimdeck.desk.summary import render_summary
from claimdeck.judge.origins import find_loops
from claimdeck.model.fields import MOST_NOTES, MOST_TANGLED, check_markdown, tangle_of
from claimdeck.model.problems import MOST_SOUGHT, Place, Suggestions, error, nearest
from claimdeck.pipeline import check_site
from claimdeck.present.markup import addresses_in
from claimdeck.read.documents import MOST_VALUES, parse_document
from claimdeck.read.models import MOST_TOLD
from tests.growth import SHORT, TIMES, grows_evenly, took

PROJECT = Path(__file__).resolve().parents[1]
TANGLED = {  # each takes the library more than a minute at 100,000 letters, or all memory
    "open brackets": lambda n: ("[" * 49 + " ") * (n // 50),
    "open links": lambda n: "[a](" * (n // 4),
    "pictures": lambda n: "![" * (n // 2),
    "footnotes not closed": lambda n: "[^" * (n // 2),
    "one footnote asked for often": lambda n: "[^a]: b\n\n" + "x[^a]\n\n" * (n // 7),
    "a wide table of many rows": lambda n: "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|\n" * (n // 2),
    "headings in one block": lambda n: "a\n=\n" * (n // 4),
    "rules in one block": lambda n: "---\n" * (n // 4),
    "escapes": lambda n: "\\*" * (n // 2),
    "all marks": lambda n: "*_`[" * (n // 4),
}


@pytest.mark.parametrize("name", TANGLED)
def test_a_text_that_would_take_long_to_render_is_refused(site, name):
    text = "\n".join(f"  {line}" for line in TANGLED[name](90_000).split("\n"))
    site.claim(analysis=f"|\n{text}\n")
    assert ["tangled" in problem.message for problem in site.mistakes()] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph of words, with [a link](https://example.org/) in it.\n\n" * 1500,
        "- [a link](https://example.org/bridge) in a list\n" * 300,
        "| a | b | c | d |\n|---|---|---|---|\n" + "| one | two | three | four |\n" * 500,
        "".join(f"Words.[^{number}]\n\n[^{number}]: A note.\n\n" for number in range(400)),
    ],
    ids=["paragraphs", "links", "table", "footnotes"],
)
def test_a_long_text_of_an_ordinary_kind_is_not(text):
    assert check_markdown(text) == text


@pytest.mark.parametrize("marks", ["\\*", "*a ", "**a ", "a**b*", "`a ", "> ", "&amp;", "<a", "1. a\n\n", "[a]: b\n\n"])
def test_what_is_not_refused_takes_the_library_its_share(marks):
    """Held against the square, which the library needs for some: such texts have at most 100,000 letters."""
    whole, part = (took(addresses_in, marks * (n // len(marks))) for n in (16_000, 4_000))
    assert whole < SHORT or whole < 2.5 * TIMES**2 * part


def test_how_tangled_a_text_may_be_is_what_the_slowest_texts_are():
    text = TANGLED["pictures"](4_500)
    assert MOST_TANGLED / 2 < tangle_of(text) < MOST_TANGLED
    assert check_markdown(text) == text
    assert MOST_NOTES > 400


FIELDS = ", ".join(f"a{number}: 1" for number in range(50))
WRONG = {
    "fields that do not exist": lambda n: _evidence(n, f"{{{FIELDS}}}"),
    "ids that are none": lambda n: _evidence(n, "{source: A B, stance: x, via: [X, Y, Z]}"),
    "lists that should be texts": lambda n: _evidence(n, "{source: [a], stance: {}, quote: [[]]}"),
}


def _evidence(number, entry):
    return "evidence:\n" + f"  - {entry}\n" * number


@pytest.mark.parametrize("name", WRONG)
def test_a_card_of_mistakes_alone_takes_its_share_of_time_and_tells_a_part(site, name):
    def read(text):
        site.write("content/claims/ill.yaml", text)
        return site.judge().problems

    assert grows_evenly(read, WRONG[name], 800)
    told = [problem for problem in read(WRONG[name](800)) if problem.place.path.endswith("ill.yaml")]
    assert len(told) == MOST_TOLD + 1
    assert "more mistakes are here" in told[-1].message or "more mistakes are here" in told[0].message
    assert max(len(str(problem)) for problem in told) < 1_000


def test_a_file_holds_so_many_values_and_no_more():
    row = "[" + "a," * 999 + "a]"
    assert parse_document(f"x: [{', '.join([row] * (MOST_VALUES // 1001))}]\n", "x.yaml").problems == []
    (problem,) = parse_document(f"x: [{', '.join([row] * (MOST_VALUES // 1000 + 1))}]\n", "x.yaml").problems
    assert "more than 50,000 values" in problem.message


def test_a_fault_behind_many_quotation_marks_is_explained_in_its_share_of_time():
    assert grows_evenly(
        lambda text: parse_document(text, "x.yaml"), lambda n: f"x: [{'a ' * n}'{chr(39) * 2 * n} ' b\n", 20_000
    )
    assert "goes on behind" in parse_document(f"x: ['{' ' * 9}a' b]\n", "x.yaml").problems[0].message


def chain(length):
    return {f"{number:06}": {f"{number + 1:06}"} for number in range(length)}


def pairs(length):
    return {f"{number:06}": {f"{number ^ 1:06}"} for number in range(length)}


@pytest.mark.parametrize("make", [chain, pairs])
def test_loops_are_found_in_the_share_of_time_that_their_number_is(make):
    assert grows_evenly(lambda graph: list(find_loops(graph)), make, 4_000)


def test_a_word_is_compared_with_the_likeliest_only():
    near = [format(number, "0100b").replace("0", "a").replace("1", "b") for number in range(4_000)]
    assert grows_evenly(lambda known: nearest("ab" * 50, known), lambda n: near[:n], 4_000)


def test_suggestions_end_when_many_words_were_looked_at():
    known, suggest = [f"claim-{number}" for number in range(1_000)], Suggestions()
    told = [suggest("claim-1x", known, "None.") for _ in range(MOST_SOUGHT // len(known) + 1)]
    assert set(told[:-1]) == {"Did you mean “claim-1”?"}
    assert told[-1] == "None."


def test_misspelt_links_of_one_text_take_bounded_time(site):
    links = "".join(f"  [it](claim:x-{number})\n\n" for number in range(1_000))
    site.claim(analysis=f"|\n{links}")
    assert len(site.mistakes()) == 1_000


WORST = {
    "evidence": lambda n: {"evidence": ["{source: article-a, stance: supports, note: So it says.}"] * n},
    "figures": lambda n: {
        "figure": "{measure: killed, about: 5}",
        "evidence": [
            f"{{source: article-a, stance: supports, figure: {{measure: killed, about: {i}}}}}" for i in range(n)
        ],
    },
    "history": lambda n: {"history": ["{on: 2030-05-03, status: unverified, note: First published.}"] * n},
    "lists": lambda n: {name: ["Something."] * n for name in ("unknowns", "would_change_if", "places")},
    "one long text": lambda n: {"because": "word " * (180 * n)},
    "aliases": lambda n: {"aliases": [f"old-{number}" for number in range(n)]},
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_card_of_a_kind_takes_its_share_of_time(site, name):
    site.settings("measures: {killed: {label: killed}}\n")

    def check(fields):
        site.claim(**fields)
        problems = check_site(site.judge())
        assert {problem.code for problem in problems} <= {"CD060", "CD064"}

    assert grows_evenly(check, WORST[name], 1_000)


def problems_of(number):
    return [error(Place("content/claims/a.yaml", line + 1), "CD010", "x" * 200, "y") for line in range(number)]


def summary_lines(problems):
    return render_summary(problems, None).splitlines()


@pytest.mark.parametrize("lines", [partial(text_lines, told=str), github_lines, summary_lines])
def test_of_a_hundred_thousand_problems_a_hundred_or_two_are_printed(lines):
    printed = lines(problems_of(100_000))
    assert 100 < len(printed) <= 210
    assert "more" in printed[-1]


def test_json_has_all_of_them():
    assert len(json.loads("\n".join(json_lines(problems_of(100_000))))) == 100_000


@pytest.mark.parametrize("form", ["text", "github", "json", "markdown"])
def test_a_card_with_43_500_wrong_fields_is_told_in_bounded_lines(site, form):
    fields = ", ".join(f"a{number}: 1" for number in range(290))
    site.write("content/claims/ill.yaml", "evidence:\n" + f"  - {{{fields}}}\n" * 150)
    command = [sys.executable, "build.py", "check", "--root", str(site.root), "--format", form]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    printed = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 1
    assert 100 < len(printed) <= MOST_TOLD + 10
    assert max(map(len, printed)) < 1_000

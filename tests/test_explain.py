"""Explain: what a model finds wrong becomes a place, what is wrong, and what to do."""

import pytest

from claimdeck.model.cards import MODELS
from claimdeck.model.settings import Settings
from claimdeck.read.content import build_model
from claimdeck.read.documents import parse_document
from claimdeck.read.explain import field_names


def explained(text, kind="claim"):
    """Return the problems of a draft of this *kind*, whose needed fields do not matter here."""
    _, problems = build_model(MODELS[kind], parse_document(text, "card.yaml"), kind)
    return [problem for problem in problems if "is missing." not in problem.message]


def one(text, kind="claim"):
    (problem,) = explained(text, kind)
    assert problem.hint
    return problem


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("becuase: x\n", "claim", "because"),
        ("Status: x\n", "claim", "status"),
        ("evidence:\n  - {source: a, stance: supports, qoute: x}\n", "claim", "quote"),
        ("figure: {measure: killed, about: 1, scop: incident}\n", "claim", "scope"),
        ("history:\n  - {on: 2030-05-03, status: x, notes: y}\n", "claim", "note"),
        ("happened: {form: 2030}\n", "claim", "from"),
        ("archive-url: https://example.org/\n", "source", "archive_url"),
        ("part-of: town\n", "claimant", "part_of"),
        ("desription: x\n", "topic", "description"),
        ("verdict: true\n", "claim", "status"),
        ("publisher: outlet-a\n", "source", "outlet"),
    ],
)
def test_an_unknown_field_comes_with_the_one_that_was_meant(text, kind, meant):
    problem = next(problem for problem in explained(text, kind) if problem.code == "CD010")
    assert problem.hint == f"Did you mean “{meant}”?"


def test_an_unknown_field_that_resembles_none_comes_with_those_that_are_known():
    assert "Known here: " in one("xyzzy: 1\n", "topic").hint


def test_an_unknown_field_is_reported_at_its_name_and_a_wrong_value_at_the_value():
    assert one("evidence:\n  - source: a\n    stance: supports\n    qoute: x\n").place.column == 5
    assert one("evidence:\n  - source: a\n    stance: suports\n").place.column == 13


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("evidence:\n  - {source: a, stance: suports}\n", "supports"),
        ("evidence:\n  - {source: a, stance: refutes}\n", "disputes"),
        ("related:\n  - {claim: a, as: context-of}\n", "context"),
        ("figure: {measure: m, about: 1, scope: total}\n", "incident"),
        ("corrections:\n  - {on: 2030-05-03, kind: error, note: x}\n", "correction"),
    ],
)
def test_a_word_that_is_not_on_its_list_comes_with_a_word_that_is(text, words):
    problem = one(text)
    assert problem.code == "CD013"
    assert words in problem.hint


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("topics: bridge\n", "topics"),
        ("evidence: article-a\n", "evidence"),
        ("evidence: [article-a]\n", "evidence"),
        ("claim: [a, b]\n", "claim"),
        ("because: {a: b}\n", "because"),
        ("said: mayor\n", "said"),
        ("figure: 500\n", "figure"),
        ("override: true\n", "override"),
    ],
)
def test_a_value_of_another_shape_is_told_which_shape_to_take(text, name):
    problem = one(text)
    assert (problem.code, f"`{name}` must be" in problem.message) == ("CD014", True)


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("evidence:\n  - stance: supports\n", "source", 2),
        ("evidence:\n  - source: a\n", "stance", 2),
        ("figure:\n  about: 500\n", "measure", 2),
        ("related:\n  - claim: a\n", "as", 2),
        ("history:\n  - on: 2030-05-03\n", "status", 2),
        ("corrections:\n  - {on: 2030-05-03, kind: update}\n", "note", 2),
        ("override: {reason: x, by: y}\n", "on", 1),
        ("withdrawn: {on: 2030-05-03}\n", "note", 1),
        ("said: {on: 2030-05-03}\n", "by", 1),
    ],
)
def test_a_group_that_lacks_a_field_is_told_which(text, name, line):
    problem = one(text)
    assert (problem.code, problem.place.line) == ("CD011", line)
    assert f"“{name}” is missing" in problem.message


def test_no_message_speaks_of_pydantic_or_python():
    wrong = (
        "claim: [a]\ntopics: {a: b}\n"
        "evidence: [[a], {source: A b, stance: 1, via: {a: b}}]\n"
        "figure: {measure: [], between: [1]}\nsaid: x\n"
    )
    for problem in explained(wrong):
        text = f"{problem.message} {problem.hint}".lower()
        for word in ("pydantic", "input should", "tuple", "dict", "str_", "none", "type="):
            assert word not in text


@pytest.mark.parametrize("between", ["[1]", "[1, 2, 3]", "5", "[1, b]", "[]"])
def test_between_takes_two_numbers_and_says_so_once_in_plain_words(between):
    problem = one(f"figure: {{measure: m, between: {between}}}\n")
    assert "tuple" not in problem.message.lower()
    assert "missing" not in problem.message


def test_the_fields_of_a_group_are_called_as_editors_write_them():
    assert field_names(MODELS["claim"], ("related",)) == ["claim", "as"]
    assert {"from", "to", "around"} == set(field_names(MODELS["claim"], ("happened",)))
    assert "needs" in field_names(Settings, ("ladder", 0))

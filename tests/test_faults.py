"""Faults: what is no YAML is told at the place where an editor has to mend it, in words without YAML's own."""

import pytest

from claimdeck.read.documents import parse_document


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('claim: "New" bridge\n', (1, 14), "a text in quotes goes on behind them"),
        ("because: 'The mayor's word'\n", (1, 21), "a text in quotes goes on behind them"),
        ("- {note: 'the mayor's word'}\n", (1, 21), "a text in quotes goes on behind them"),
        ("topics: [bridge\nshort: x\nclaim: y\n", (1, 9), "lacks a comma or its end"),
        ("said: {by: mayor\nshort: x\n", (1, 7), "lacks a comma or its end"),
        ("a:\n  - b: c\n\u00a0   d: e\n    f: g\n", (3, 1), "a space that YAML does not know"),
        ("because: - The mayor\n", (1, 10), "a list cannot begin on this line"),
        ("   name: x\nkind: y\n", (2, 1), "does not fit the lines before it"),
        ("a: {b: c, d:[]}\n", (1, 12), "a space is missing behind a colon"),
        ("a: | b\n", (1, 6), "begins on the next line"),
        ("%\na: b\n", (1, 2), "cannot begin with %"),
        ("a: b\nc:d\ne: f\n", (2, 1), "lacks its colon, or the space behind it"),
    ],
)
def test_what_is_no_yaml_is_told_where_it_is_to_be_mended(text, place, words):
    (problem,) = parse_document(text, "card.yaml").problems
    assert words in problem.message
    assert (problem.place.line, problem.place.column) == place


def test_a_wide_space_inside_a_text_is_not_taken_for_the_fault():
    (problem,) = parse_document("short: 4\u00a0million\nclaim: a: b\n", "card.yaml").problems
    assert (problem.place.line, "colon" in problem.message) == (2, True)

"""Problems as lines: for people, for a workflow, for another program."""

import json
from functools import partial

import pytest

from claimdeck.desk.messages import count_problems, counted, github_lines, json_lines, text_lines
from claimdeck.model.problems import Place, Problem, Severity, error, warning

WRONG = error(Place("content/claims/a,b.yaml", 3, 9), "CD024", "100 % wrong:\nso", "Mend it.")
ODD = warning(Place("site.yaml"), "CD064", "odd.", "Look.")
NOTE = Problem(Place("site.yaml"), "CD091", "not checked.", "Open it.", Severity.NOTE)


def test_for_people_each_is_a_line_with_place_and_what_to_do():
    assert text_lines([ODD, NOTE], str) == [
        "site.yaml:1:1: warning: odd. Look.",
        "site.yaml:1:1: note: not checked. Open it.",
    ]
    assert text_lines([], str) == []


def test_for_people_each_can_be_told_in_another_way():
    assert text_lines([ODD, NOTE], lambda problem: problem.code) == ["CD064", "CD091"]


@pytest.mark.parametrize("lines_of", [partial(text_lines, told=str), github_lines])
def test_people_and_workflows_see_at_most_a_hundred_in_order_and_no_error_is_cut_before_others(lines_of):
    odd = [warning(Place("a.yaml", n), "CD064", "odd.", "") for n in range(1, 121)]
    lines = lines_of([NOTE, *odd, WRONG])
    assert lines == [*lines_of([*odd[:99], WRONG]), "… and 22 more."]
    assert len(lines_of(odd[:100])) == 100


def test_each_of_a_hundred_equal_problems_is_counted():
    assert text_lines([ODD] * 150, str) == [str(ODD)] * 100 + ["… and 50 more."]


def test_a_program_gets_all_of_them():
    assert len(json.loads("\n".join(json_lines([ODD] * 150)))) == 150


def test_a_workflow_gets_annotations_in_which_nothing_ends_the_line_or_the_place():
    assert github_lines([WRONG, ODD, NOTE]) == [
        "::error file=content/claims/a%2Cb.yaml,line=3,col=9,title=CD024::100 %25 wrong:%0Aso Mend it.",
        "::warning file=site.yaml,line=1,col=1,title=CD064::odd. Look.",
        "::notice file=site.yaml,line=1,col=1,title=CD091::not checked. Open it.",
    ]


def test_no_value_of_a_card_is_a_command_to_a_workflow():
    hostile = error(
        Place("a\n::error::b.yaml"), "CD012", "“x\r\n::add-mask::the\n::stop-commands::y” is odd.", "%0A::debug::"
    )
    [line] = github_lines([hostile])
    assert not set(line) & set("\r\n")
    assert line.count("::") - line.partition("title=")[2].count("::") == 1  # the place holds none
    assert "%250A::debug::" in line


def test_a_program_gets_one_list_with_one_object_a_line():
    lines = json_lines([WRONG, ODD])
    assert len(lines) == 2
    assert [problem["code"] for problem in json.loads("\n".join(lines))] == ["CD024", "CD064"]
    assert json_lines([]) == ["[]"]


def test_problems_are_counted_by_weight():
    assert count_problems([WRONG, WRONG, ODD]) == "2 errors, 1 warning"
    assert count_problems([]) == "no problems"
    assert (counted(1, "file"), counted(0, "file")) == ("1 file", "0 files")

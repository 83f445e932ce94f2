"""Problems: place, what is wrong, what to do; in order, each once; and the word that was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.model.problems import (
    Place,
    Severity,
    SiteError,
    did_you_mean,
    error,
    in_order,
    listed,
    nearest,
    softened,
    warning,
)

PLACE = Place("content/claims/bridge-cost.yaml", 4, 9)


def test_an_error_is_one_line_of_place_what_is_wrong_and_what_to_do():
    problem = error(PLACE, "CD024", "status “unverifed” is not on the ladder.", "Did you mean “unverified”?")
    assert str(problem) == (
        "content/claims/bridge-cost.yaml:4:9: status “unverifed” is not on the ladder. Did you mean “unverified”?"
    )


def test_a_warning_and_a_note_say_that_they_are_one():
    problem = warning(PLACE, "CD062", "this quote is not verified.", "Run lock.")
    assert str(problem) == "content/claims/bridge-cost.yaml:4:9: warning: this quote is not verified. Run lock."
    assert ": note: " in str(softened([problem])[0])


def test_a_problem_without_a_hint_ends_with_its_message():
    assert str(error(PLACE, "CD001", "it is wrong.", "")).endswith("it is wrong.")


def test_a_problem_as_json_has_the_promised_names():
    assert error(PLACE, "CD024", "Wrong.", "Mend it.").as_json() == {
        "file": PLACE.path,
        "line": 4,
        "column": 9,
        "severity": "error",
        "code": "CD024",
        "message": "Wrong.",
        "hint": "Mend it.",
    }


def test_softened_problems_never_fail_a_build():
    assert [problem.severity for problem in softened([error(PLACE, "X", "a", "b"), warning(PLACE, "Y", "a", "b")])] == [
        Severity.NOTE
    ] * 2


def test_problems_come_by_file_and_line_each_once():
    places = [Place("b.yaml"), Place("a.yaml", 10), Place("a.yaml", 9), Place("a.yaml", 9, 2), Place("a.yaml", 10)]
    found = [problem.place for problem in in_order(error(place, "X", "a", "b") for place in places)]
    assert found == [Place("a.yaml", 9), Place("a.yaml", 9, 2), Place("a.yaml", 10), Place("b.yaml")]


def test_at_one_place_errors_come_before_warnings():
    found = in_order([warning(PLACE, "A", "a", ""), error(PLACE, "Z", "z", "")])
    assert [problem.severity for problem in found] == [Severity.ERROR, Severity.WARNING]


def test_a_site_error_holds_all_its_problems():
    problems = [error(PLACE, "A", "a", ""), warning(PLACE, "B", "b", "")]
    assert SiteError(problems).problems == problems


@pytest.mark.parametrize(
    ("word", "meant"),
    [("unverifed", "unverified"), ("UNVERIFIED", "unverified"), ("dispute", "disputed"), ("xyz", None)],
)
def test_the_word_that_was_meant_is_the_nearest_one(word, meant):
    assert nearest(word, ["unverified", "disputed", "confirmed"]) == meant


def test_where_no_word_is_near_something_else_is_said():
    assert did_you_mean("becuase", ["because"]) == "Did you mean “because”?"
    assert did_you_mean("xyz", ["because"], "Known: because.") == "Known: because."


@pytest.mark.parametrize(
    ("words", "phrase"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_as_people_list_them(words, phrase):
    assert listed(words) == phrase


def test_a_list_may_be_of_alternatives():
    assert listed(["a", "b", "c"], "or") == "a, b or c"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3), st.sampled_from("XY"))), st.randoms())
def test_the_order_of_problems_does_not_depend_on_how_they_were_found(found, random):
    problems = [error(Place(path, line), code, "wrong.", "") for path, line, code in found]
    shuffled = random.sample(problems, len(problems))
    assert in_order(shuffled) == in_order(problems)

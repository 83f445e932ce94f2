"""Documents: YAML becomes plain values that know their lines, and scalars stay what the editor typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.model.problems import Place, Problem, Severity
from claimdeck.read.documents import Document, parse_document

FILE = "content/claims/bridge-cost.yaml"


def parsed(text):
    document = parse_document(text, FILE)
    assert document.problems == []
    return document.value


def refused(text):
    document = parse_document(text, FILE)
    assert len(document.problems) == 1
    return document.problems[0]


@pytest.mark.parametrize(
    "typed", ["no", "yes", "off", "12:30", "1.10", "007", "0x10", "1e3", "2024-11-20", "1_000", "true", ".5", "=", "<<"]
)
def test_a_scalar_stays_what_the_editor_typed(typed):
    assert parsed(f"field: {typed}\n") == {"field": typed}
    assert parsed(f"field: [{typed}]\n") == {"field": [typed]}


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL"])
def test_only_what_is_empty_is_nothing(typed):
    assert parsed(f"field: {typed}\n") == {"field": None}


@pytest.mark.parametrize("typed", ["''", '""', "'null'", '"~"'])
def test_what_stands_in_quotes_is_a_text(typed):
    assert parsed(f"field: {typed}\n") == {"field": typed[1:-1]}


def test_a_field_may_be_called_as_yaml_calls_a_truth():
    assert parsed("on: 2030-05-03\nno: yes\n") == {"on": "2030-05-03", "no": "yes"}


def test_blocks_keep_or_fold_their_lines():
    assert parsed("kept: |\n  one\n  two\nfolded: >\n  one\n  two\n") == {"kept": "one\ntwo\n", "folded": "one two\n"}


def test_every_value_and_every_name_knows_its_place():
    places = parse_document("short: Cost\nevidence:\n  - source: article-a\n    via: [mayor, auditor]\n", FILE).places
    assert places.of("short") == Place(FILE, 1, 8)
    assert places.of_key("short") == Place(FILE, 1, 1)
    assert places.of("evidence", 0, "source") == Place(FILE, 3, 13)
    assert places.of_key("evidence", 0, "via") == Place(FILE, 4, 5)
    assert places.of("evidence", 0, "via", 1) == Place(FILE, 4, 18)


def test_what_is_not_there_has_the_place_of_what_is_around_it():
    places = parse_document("evidence:\n  - source: article-a\n", FILE).places
    assert places.of("evidence", 0, "quote") == Place(FILE, 2, 5)
    assert places.of("topics", 3) == Place(FILE, 1, 1)


def test_a_document_may_begin_further_down_in_its_file():
    document = parse_document("title: a: b\n", FILE, first_line=2)
    assert document.problems[0].place == Place(FILE, 2, 9)


def test_a_name_given_twice_is_reported_and_the_first_one_counts():
    document = parse_document("short: one\nshort: two\nnote: {on: 1, on: 2}\n", FILE)
    assert document.value == {"short": "one", "note": {"on": "1"}}
    assert sorted((problem.code, problem.place.line) for problem in document.problems) == [("CD003", 2), ("CD003", 3)]


def test_a_card_pasted_below_another_is_one_mistake():
    problem = refused("name: The bridge\nkind: x\nshort: y\nname: The ferry\nkind: x\nshort: y\n")
    assert (problem.code, problem.place) == ("CD003", Place(FILE, 4, 1))
    assert "a second card begins here" in problem.message


def test_a_number_with_thousands_marks_in_braces_is_not_told_as_a_name_given_twice():
    assert parsed("figure: {about: 4,000,000}\n") == {"figure": {"about": "4", "000": None}}


@pytest.mark.parametrize(
    ("text", "column"),
    [("short: Bridge #5 fell\n", 15), ("topics: [bridge #5, ferry\n  ]\n", 17), ("short: #5 fell\n", 8)],
)
def test_a_number_sign_that_cuts_a_text_off_is_noted_where_it_stands(text, column):
    problem = refused(text)
    assert (problem.code, problem.severity, problem.place) == ("CD007", Severity.NOTE, Place(FILE, 1, column))
    assert "“#5" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        'short: "Bridge #5"\n',
        "short: Bridge # five\n",
        "short: Bridge#5\n",
        "#5\nshort: x\n",
        "short: |\n  Bridge #5\n",
    ],
)
def test_a_number_sign_that_cuts_nothing_off_and_an_honest_comment_are_not_noted(text):
    assert parse_document(text, FILE).problems == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("because: Kursk: a report\n", "colon"),
        ('because: "never closed\nshort: x\n', "never closed"),
        ("evidence:\n\t- source\n", "tab"),
        ("name: *other\n", "reference"),
        ("name: !tag text\n", "tag"),
        ("name: one\n---\nname: two\n", "second document"),
        ("topics: [one, two\nshort: x\n", "bracket"),
        ("[a]: b\n", "name must be a word"),
        ("name: @home\n", "cannot begin"),
        ("name: 'a' b\n", "quotes of the other kind"),
        ('name: "\\q"\n', "escape"),
        ("a: " + "[" * 40 + "]" * 40 + "\n", "nested too deeply"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_in_words_for_editors(text, words):
    problem = refused(text)
    assert words in f"{problem.message} {problem.hint}"
    assert problem.hint


def test_an_unclosed_quotation_mark_is_reported_where_it_opens():
    assert refused('claim: x\nbecause: "never closed\nshort: y\n').place == Place(FILE, 2, 10)


def test_an_anchor_is_refused_because_its_word_would_vanish_from_the_text():
    assert refused("because: &why The council says so.\n").code == "CD002"


@pytest.mark.parametrize(
    "character",
    ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200b", "\ufeff"],
)
def test_characters_that_nobody_sees_are_refused_where_they_stand(character):
    problem = refused(f"claim: x\nshort: The {character}bridge\n")
    assert (problem.code, problem.place) == ("CD004", Place(FILE, 2, 12))
    assert f"U+{ord(character):04X}" in problem.message


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\ufffe", "\uffff"])
def test_control_characters_are_refused(character):
    assert refused(f"short: The {character}bridge\n").code == "CD004"


@pytest.mark.parametrize("written", ["\\u202E", "\\u200B", "\\uFEFF", "\\x07", "\\0", "\\N", "\\e"])
def test_hidden_characters_written_as_escapes_are_refused(written):
    assert refused(f'short: "The {written}bridge"\n').place == Place(FILE, 1, 8)


@pytest.mark.parametrize("name", ["\\u202Eclaim", "\\u200Bclaim"])
def test_hidden_characters_in_a_name_are_refused(name):
    assert refused(f'"{name}": x\n').place == Place(FILE, 1, 1)


@pytest.mark.parametrize("text", ["می‌خواهم", "क्‍ष", "👩‍🚒", "שָׁלוֹם", "e\u0301", "한국"])
def test_joiners_and_marks_inside_scripts_that_need_them_are_kept(text):
    assert parsed(f"short: {text}\n") == {"short": text}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_ends_the_lines_the_place_is_on_its_line(end):
    assert refused(f"claim: x{end}short: The \u202ebridge{end}").place == Place(FILE, 2, 12)


def test_windows_line_ends_are_line_ends():
    assert parsed("short: one\r\nclaim: |\r\n  two\r\n  three\r\n") == {"short": "one", "claim": "two\nthree\n"}


def test_an_empty_file_holds_nothing():
    assert parsed("") is None
    assert parsed("# only a comment\n") is None


@given(st.text(max_size=200))
def test_any_text_gives_a_document(text):
    document = parse_document(text, FILE)
    assert isinstance(document, Document)
    assert all(isinstance(problem, Problem) and problem.place.path == FILE for problem in document.problems)


YAML_BITS = st.sampled_from(
    [
        "a: b\n",
        "- ",
        "  ",
        "\t",
        ": ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\n",
        '"',
        "'",
        "&x ",
        "*x ",
        "!t ",
        "|\n",
        ">\n",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "? ",
        "# c\n",
        "a",
        "é",
        "\r",
        "\ufeff",
        "\\u202e",
        "<<: ",
        "~",
        "\u2028",
        "@",
        "`",
        "%",
    ]
)


@given(st.lists(YAML_BITS, max_size=40).map("".join))
def test_any_heap_of_yaml_marks_gives_a_document_whose_problems_lie_in_it(text):
    document = parse_document(text, FILE)
    assert isinstance(document, Document)
    for problem in document.problems:
        assert 1 <= problem.place.line <= len(text.splitlines()) + 1
        assert problem.place.column >= 1


plain_text = st.text(st.characters(categories=["L", "N", "P"], include_characters=" "), min_size=1, max_size=40)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), plain_text, min_size=1, max_size=5))
def test_a_text_in_single_quotes_comes_back_as_it_was(fields):
    written = "".join(f"{name}: '{text.replace(chr(39), chr(39) * 2)}'\n" for name, text in fields.items())
    assert parsed(written) == fields


@pytest.mark.parametrize("line", ["status:unverified", "status"])
def test_a_field_without_colon_or_space_is_told_at_its_own_line(line):
    (problem,) = parse_document(f"claim: x\n{line}\nbecause: y\n", "card.yaml").problems
    assert (problem.place.line, problem.place.column) == (2, 1)
    assert "colon" in problem.message

"""Cards written as YAML: every text that a card may hold comes back letter for letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.desk.yaml_text import yaml_comment, yaml_scalar, yaml_text
from claimdeck.read.documents import FORBIDDEN, parse_document

texts = st.text(max_size=60).filter(lambda text: not FORBIDDEN.search(text))
tricky = st.text(alphabet=" \t\n\r\u2028\u2029:#-?*&!|>'\"%@`{}[],~\\./=<0nulyeso“é橋", max_size=20)
names = st.text(alphabet="abc_", min_size=1, max_size=5)
values = st.recursive(
    st.none() | texts | tricky,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


def read(text):
    document = parse_document(text, "card.yaml")
    assert document.problems == []
    return document.value


@given(texts | tricky)
def test_any_text_without_a_forbidden_character_comes_back(text):
    assert read(yaml_text({"claim": text})) == {"claim": text}


@given(st.dictionaries(names, values, min_size=1, max_size=4))
def test_groups_and_lists_come_back(fields):
    assert read(yaml_text(fields)) == fields


@given(st.text(max_size=60).filter(lambda text: not FORBIDDEN.search(text)))
def test_a_comment_is_one_line_and_no_value(text):
    assert read(yaml_text({"short": "The bridge"}, [text, text])) == {"short": "The bridge"}
    assert len(yaml_comment(text).splitlines()) == 1


@pytest.mark.parametrize(
    "text", ["The bridge cost 4 million crowns.", "a:b", "C# code", "2030-05-03", "no", "Żółw, “sí”"]
)
def test_a_text_that_needs_no_quotes_gets_none(text):
    assert yaml_scalar(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "~", "null", "Bridge: a report", "a #b", "- a", "*a", "&a", "!a", "'a'", '"a"', "{a}", "[a]", "@a", "%a"),
        *("a:", " a", "a ", "a\nb", "a\u2028b", "| a", "---"),
    ],
)
def test_a_text_that_yaml_would_read_otherwise_is_quoted(text):
    assert yaml_scalar(text).startswith('"')
    assert read(f"claim: {yaml_scalar(text)}\n") == {"claim": text}


def test_a_card_reads_like_one_that_was_typed():
    fields = {
        "draft": "true",
        "status": None,
        "topics": [],
        "said": {"by": "mayor"},
        "evidence": [{"source": "a", "stance": "x"}],
    }
    assert yaml_text(fields, ["From a file."]) == (
        "# From a file.\ndraft: true\nstatus:\ntopics: []\n"
        "said:\n  by: mayor\nevidence:\n  - source: a\n    stance: x\n"
    )

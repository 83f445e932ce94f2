"""Fields of JSON-LD from elsewhere: whatever they hold, a clean text, nothing, or a loss that is noted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.desk.json_ld import JsonLd
from claimdeck.desk.wild_fields import Actor, Fields, host_of, printable
from claimdeck.model.dates import is_date
from claimdeck.model.fields import LANGUAGE, is_address
from claimdeck.read.documents import FORBIDDEN

anything = st.recursive(
    st.none() | st.booleans() | st.text(max_size=30) | st.text(alphabet=st.characters(min_codepoint=0), max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@type", "@id", "name", "url", "alternateName", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def fields_of(**node):
    return Fields(node, "", JsonLd(), [])


@given(anything)
def test_any_value_gives_a_clean_text_a_date_an_address_a_language_or_nothing(value):
    fields = fields_of(name=value, inLanguage=value)
    assert not FORBIDDEN.search(fields.text("name"))
    assert all(is_date(date) for date in [fields.date("name")] if date)
    assert all(is_address(address) for address in [fields.address("name")] if address)
    assert all(LANGUAGE.fullmatch(language) for language in [fields.language()] if language)
    assert all(actor.name == printable(actor.name) != "" for actor in fields.actors("name"))
    fields.lose_rest()
    assert all(str(loss) == printable(str(loss)) for loss in fields.lost)


@given(st.text(alphabet=st.characters(min_codepoint=0), max_size=60))
def test_what_is_printed_is_one_line_without_control_characters(text):
    line = printable(text)
    assert len(line.splitlines()) <= 1
    assert not FORBIDDEN.search(line)
    assert line.encode().decode() == line


def test_what_was_not_asked_for_is_lost_unless_it_is_empty_or_only_says_what_it_is():
    fields = fields_of(
        **{"@type": "Person", "name": "The mayor", "jobTitle": "Mayor", "email": "", "knows": {"name": "x"}}
    )
    fields.text("name")
    fields.lose_rest()
    assert [(loss.path, loss.value) for loss in fields.lost] == [("jobTitle", "Mayor"), ("knows", "")]


def test_a_loss_is_told_in_one_line():
    fields = fields_of(name=["The bridge", "The ferry"])
    assert fields.text("name") == "The bridge"
    assert list(map(str, fields.lost)) == ["name[1]: “The ferry”: only the first is taken."]


def test_groups_know_their_path():
    ((_, group),) = fields_of(author=[{"name": {"x": "y"}}]).groups("author")
    assert group.text("name") == ""
    assert list(map(str, group.lost)) == ["author[0].name: it is not a text."]


@pytest.mark.parametrize("name", ["Unknown", "N/A", "-", "anonymous"])
def test_a_name_that_names_nobody_is_lost(name):
    fields = fields_of(author=name)
    assert fields.actor("author") is None
    assert [str(loss) for loss in fields.lost] == [f"author: “{name}”: it names nobody."]


def test_somebody_without_a_name_is_called_by_the_host():
    assert fields_of(author={"url": "https://www.example.net/x"}).actor("author") == Actor("example.net")
    assert host_of("not an address") == host_of("http://[") == ""

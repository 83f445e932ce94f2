"""Plain YAML: what is read fast holds the very values that libyaml finds, and nothing that it would refuse."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.read.content import read_content
from claimdeck.read.documents import parse_document
from claimdeck.read.plain import parse_plain
from tests.clumsy_edits import EDITS

PROJECT = Path(__file__).parents[1]
CARDS = sorted([*PROJECT.glob("content/[!.]*/*.yaml"), *PROJECT.glob("tests/sites/good/*/content/*/*.yaml")])
CLUMSY = 2000  # cards spoilt at random, each by its own number
PIECES = (
    *(
        "a",
        "b-c",
        "claim",
        "null",
        "~",
        "on",
        "A word",
        "é",
        "한",
        "-",
        "- ",
        "  ",
        " ",
        "\n",
        "\n\n",
        "\n  ",
        "\n    ",
    ),
    *(
        ":",
        ": ",
        "#",
        " #",
        " #5",
        ",",
        ", ",
        "[",
        "]",
        "{",
        "}",
        "[a, b]",
        "{a: b, c: d}",
        "[]",
        "{}",
        "[a, {b: [c]}]",
    ),
    *(
        "'",
        '"',
        "''",
        '"a"',
        "'it''s'",
        "|",
        ">",
        "|-",
        ">-",
        ">+",
        "|2",
        "\\",
        "?",
        "? ",
        "!",
        "&a",
        "*a",
        "%",
        "@",
        "`",
    ),
    *(
        "---",
        "...",
        "---\n",
        "\t",
        "\r\n",
        "\u00a0",
        "\u2028",
        "\x85",
        "\ufeff",
        "<<",
        "=",
        "a: b\n",
        "\n- a",
        "\n  - a: b",
    ),
    *("a:\n  b: c\n", "a:\n- b\n- c\n", "a: |\n  b\n\n  c\n", "a: >\n  b\n  c\n\n  d\n", "a: b\n  c\n", "e: [a,b]\n"),
)


def assert_same(text):
    """Hold the values of *text* against libyaml's, if it is plain."""
    fields = parse_plain(text)
    if fields is not None:
        document = parse_document(text, "card.yaml")
        assert (document.value, document.problems) == (fields, []), text


def test_our_own_cards_are_plain_and_hold_what_libyaml_finds():
    texts = [path.read_text(encoding="utf-8") for path in CARDS]
    plain = [text for text in texts if parse_plain(text) is not None]
    assert len(plain) > 0.98 * len(texts)
    for text in plain:
        assert_same(text)


def test_a_spoilt_card_is_read_as_libyaml_does_or_left_to_it():
    for number in range(CLUMSY):
        chance = Random(number)
        text = chance.choice(CARDS).read_text(encoding="utf-8")
        for edit in chance.choices(list(EDITS.values()), k=chance.randint(1, 3)):
            text = "\n".join(edit(text.split("\n"), chance))
        assert_same(text)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_pieces_of_yaml_are_read_as_libyaml_does_or_left_to_it(pieces):
    assert_same("a: " + "".join(pieces) + "\n")
    assert_same("".join(pieces) + "\n")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a: one: two\n", None),
        ("a: b\na: c\n", None),
        ("a: b # note\n", None),
        ("a: b", None),
        ("", None),
        ("# note\na: b\n", None),
        ("a: &b c\n", None),
        ("a: *b\n", None),
        ("a: !b c\n", None),
        ('a: "\\u202e"\n', None),
        ("a: \u202eb\n", None),
        ("a:\tb\n", None),
        ("a: b\n--- \nc: d\n", None),
        ("a: b\n---\nc: d\n", None),
        ("a: [[[[[[[[b]]]]]]]]\n", None),
        ("a: [b\n", None),
        ("a: [" + "b, " * 301 + "]\n", None),
        ("a: 'it''s'\n", {"a": "it's"}),
        ("a:\nb: ~\nc: ''\n", {"a": None, "b": None, "c": ""}),
        ("a:\n- b\n-   c: d\n    e: [f, null]\n", {"a": ["b", {"c": "d", "e": ["f", None]}]}),
        ("a: b\n  c\n\nd: {e: [1, 2], f: 'g, h'}\n", {"a": "b c", "d": {"e": ["1", "2"], "f": "g, h"}}),
        ("a: |\n  # b\n\n   c\n\nd: >-\n  e\n  f\n\n  g\n", {"a": "# b\n\n c\n", "d": "e f\ng"}),
    ],
)
def test_only_what_is_plain_is_read(text, fields):
    assert parse_plain(text) == fields
    assert_same(text)


def test_the_places_of_a_plain_card_are_found_when_they_are_asked_for(site):
    path = "content/claims/bridge-cost.yaml"
    text = (site.root / path).read_text(encoding="utf-8").replace(" \n", "\n")
    site.write(path, text)
    places, exact = (
        read_content(site.root / "content")[0].claims["bridge-cost"].places,
        parse_document(text, path).places,
    )
    assert parse_plain(text) is not None
    assert (places.values, places.keys) == (exact.values, exact.keys)
    assert places.of("claim") == exact.of("claim")

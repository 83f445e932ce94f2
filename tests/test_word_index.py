"""How texts are taken apart into words, and how the numbers of words are kept."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.present.word_index import deltas, divide_words, index_words, shard_of, words_in

SHARDS = 256


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Bridge, the BRIDGE", ["the", "bridge", "the", "bridge"]),
        ("Évian Ångström Čapek ЁЛКА ΌΔΟΣ", ["evian", "angstrom", "capek", "елка", "οδος"]),
        ("E\u0301vian", ["evian"]),
        ("10,900 at 9 o’clock; U.S. B-52", ["10", "900", "at", "clock", "52"]),
        ("ﬁve ②⓪ ４２", ["five", "20", "42"]),
        ("북한군 병사", ["북한", "한군", "군", "병사", "사"]),
        ("2024년", ["2024", "년"]),
        ("東京とソウル", ["東京", "京と", "とソ", "ソウ", "ウル", "ル"]),
        ("が", ["が"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("السلام عليكم", ["السلام", "عليكم"]),
        ("…", []),
    ],
)
def test_words_are_folded_and_what_has_no_spaces_is_cut_in_pieces_of_two(text, words):
    assert words_in(text) == words


def test_letters_put_together_and_taken_apart_are_the_same():
    assert words_in("\u1107\u116e\u11a8\u1112\u1161\u11ab") == words_in("북한")
    assert words_in("か\u3099") == words_in("が")


@given(st.sets(st.integers(0, 10**6)).map(sorted))
def test_differences_add_up_to_the_numbers_again(numbers):
    assert list(accumulate(deltas(numbers))) == numbers


@given(st.text())
def test_every_word_of_any_text_has_a_shard(text):
    assert all(0 <= shard_of(word, SHARDS) < SHARDS for word in words_in(text))


def test_a_number_is_doubled_and_one_more_where_the_word_stands_in_the_name():
    index = index_words([("The bridge", "a ferry; the ferry"), ("Ferries", "no bridge")])
    assert index == {"the": [1], "bridge": [1, 2], "ferry": [0], "ferries": [3], "no": [2]}


def test_the_shards_hold_together_what_one_file_holds_each_word_where_its_letters_place_it():
    index = {word: [number] for number, word in enumerate(words_in("The bridge cost 10,900 북한군 東京 élan 𠮷野"))}
    parts = divide_words(index, SHARDS)
    assert {word: numbers for part in parts for word, numbers in part.items()} == index
    assert all(shard_of(word, SHARDS) == number for number, part in enumerate(parts) for word in part)
    assert shard_of("북한", SHARDS) == shard_of("북", SHARDS)
    assert shard_of("bridge", SHARDS) == shard_of("br", SHARDS)

"""How texts are taken apart into words, and how the numbers of words are kept."""

import json
from itertools import accumulate, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.present.word_index import LENGTH, Index, divide_words, index_words, steps_to, words_in


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
    assert list(accumulate(steps_to(numbers))) == numbers


def test_a_number_is_doubled_and_one_more_where_the_word_stands_in_the_name():
    index = index_words([("The bridge", "a ferry; the ferry"), ("Ferries", "no bridge")])
    assert index == {"the": [0, 1], "bridge": [1, 2], "ferry": [0], "ferries": [3], "no": [2]}


def test_a_word_of_name_and_text_in_two_spellings_has_both_numbers():
    assert index_words([("The bridge", "“Bridge”")])["bridge"] == [0, 1]


def asked(files: list[tuple[str, str]], letters: str) -> set[int]:
    """Return the numbers that *letters* lead to, from one file, as the script finds it and reads it."""
    place = max(at for at, (beginning, _) in enumerate(files) if order(beginning) <= order(letters))
    words = json.loads(files[place][1])
    return {number for word, steps in words.items() if word.startswith(letters) for number in accumulate(steps)}


def order(letters: str) -> bytes:
    return letters.encode("utf-16-be")


def large_index(letters: str, longest: int) -> Index:
    """Return an index of all words of three and four of *letters*, the first ones with the longest lists."""
    words = ["".join(word) for length in (3, 4) for word in product(letters, repeat=length)]
    return {word: list(range(at, at + 1 + longest // (1 + at))) for at, word in enumerate(words)}


@pytest.mark.parametrize("letters", ["abc19", "éя북東𠮷"])
@pytest.mark.parametrize("longest", [10, 3000, 20_000])
def test_all_that_begins_with_what_was_typed_stands_in_one_file(letters, longest):
    index = large_index(letters, longest)
    files = divide_words(index)
    for typed in {word[:length] for word in index for length in range(1, 5)}:
        if words_in(typed):  # one Latin letter is no query
            expected = {number for word, numbers in index.items() if word.startswith(typed) for number in numbers}
            assert asked(files, typed) == expected, typed
    assert asked(files, "zz") == set()


def test_files_are_no_longer_than_their_bound_but_for_a_single_list():
    files = [text for _, text in divide_words(large_index("abcde", 12_000))]
    assert len(files) > 5
    assert max(map(len, files)) <= LENGTH + 2  # the braces
    longest = divide_words({"bridge": list(range(50_000)), "ferry": [1]})
    assert [list(json.loads(text)) for _, text in longest] == [["bridge"], ["ferry"]]


def test_a_small_index_is_one_file_and_so_is_one_without_a_word():
    assert divide_words({"ferry": [2], "bridge": [1, 4]}) == [("", '{"bridge":[1,3],"ferry":[2]}\n')]
    assert divide_words({}) == [("", "{}\n")]

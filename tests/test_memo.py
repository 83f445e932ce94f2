"""The memo of an output knows a file only while all is as it was, and anything odd about it makes it know nothing."""

import sqlite3
from pathlib import Path

import pytest

from claimdeck.present.traces import BASIS
from claimdeck.write.memo import KEYS, Kept, Memo

PAGE = Kept("index.html", "digest", "1 2 3 4", ["main"], "https://example.org/")
STANDS = {"index.html": "1 2 3 4"}


def answer(question: str) -> bytes:
    return question.encode()


def asked_singly(question: str) -> bytes:
    """Answer as before, but for what collections follow from: each question has to be asked."""
    return b"otherwise" if question.endswith(BASIS) else answer(question)


@pytest.fixture
def path(tmp_path) -> Path:
    """The memo of an earlier build, which made one page of two questions."""
    path = tmp_path / "files.sqlite"
    memo = Memo(path, "shared")
    memo.keep("index.html", b"key", ["claims a", "claims *", "steps a"], [PAGE])
    memo.save({"index.html"}, answer)
    return path


def found(path, shared="shared", key=b"key", stands=STANDS, answers=asked_singly):
    memo = Memo(path, shared)
    memo.ask_again(answers)
    return memo.find("index.html", lambda: key, stands)


def test_what_is_as_it_was_is_known_with_all_that_is_kept_of_it(path):
    assert found(path) == [PAGE]


@pytest.mark.parametrize(
    "otherwise",
    [
        {"shared": "other"},
        {"key": b"other"},
        {"stands": {"index.html": "1 2 3 5"}},
        {"stands": {}},
        {"answers": lambda question: b"other" if question == "claims *" else asked_singly(question)},
    ],
)
def test_what_is_otherwise_is_not_known(path, otherwise):
    assert found(path, **otherwise) is None


def test_where_all_that_follows_from_something_is_the_same_nothing_more_is_asked(path):
    asked = []

    def noted(question):
        asked.append(question)
        return answer(question)

    assert found(path, key=b"not even the key", answers=noted) == [PAGE]
    assert all(question.endswith(BASIS) for question in asked)


@pytest.mark.parametrize("name", KEYS)
def test_where_something_else_changed_that_keys_are_told_from_they_are_compared(path, name):
    def answers(question):
        return b"otherwise" if question == f"{name} {BASIS}" else answer(question)

    assert found(path, answers=answers) == [PAGE]
    assert found(path, key=b"other", answers=answers) is None


def test_an_answer_that_nobody_needed_may_change(path):
    memo = Memo(path, "shared")
    memo.keep("about/index.html", b"key", ["claims b"], [])
    memo.save({"index.html", "about/index.html"}, answer)
    assert found(path, answers=lambda question: b"other" if question == "claims b" else asked_singly(question)) == [
        PAGE
    ]


def test_a_unit_that_is_no_more_is_forgotten(path):
    Memo(path, "shared").save(set(), answer)
    assert found(path) is None


def test_a_unit_made_anew_is_kept_with_the_answers_of_now(path):
    def later(question):
        return b"later" if question.endswith(BASIS) else asked_singly(question) + b" later"

    memo = Memo(path, "shared")
    memo.ask_again(later)
    memo.keep("index.html", b"new key", ["claims a"], [PAGE])
    memo.save({"index.html"}, later)
    assert found(path, key=b"new key", answers=later) == [PAGE]
    assert found(path, key=b"new key") is None  # with the answers of before


def spoilt(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as file:
        file.execute(statement)
    file.close()


DAMAGES = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "something else": lambda path: path.write_bytes(b"something else" * 100),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "of another shape": lambda path: (spoilt(path, "DROP TABLE units"), spoilt(path, "CREATE TABLE units (name)")),
    "without one answer": lambda path: spoilt(path, "DELETE FROM answers WHERE question = 'claims a'"),
    "without answers": lambda path: spoilt(path, "DROP TABLE answers"),
    "without what was shared": lambda path: spoilt(path, "DELETE FROM shared"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_memo_knows_nothing_and_the_next_build_mends_it(path, damage):
    DAMAGES[damage](path)
    assert found(path) is None
    for _ in range(2):  # the first may only take away what stands in its place
        memo = Memo(path, "shared")
        memo.keep("index.html", b"key", "claims a", [PAGE])
        memo.save({"index.html"}, answer)
    assert (found(path) == [PAGE]) is (damage != "a folder")


def test_without_a_file_nothing_is_kept():
    memo = Memo()
    memo.keep("index.html", b"key", "", [PAGE])
    memo.save({"index.html"}, answer)
    assert memo.find("index.html", lambda: b"key", STANDS) is None


def test_while_another_build_has_it_nothing_is_lost(path):
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert found(path) is None
        memo = Memo(None, "shared")
        memo.path = path
        memo.keep("other", b"key", "", [PAGE])
        memo.save({"other"}, answer)
    other.close()
    assert found(path) == [PAGE]

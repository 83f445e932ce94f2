"""docs/reliability.md: each promise names the test that keeps it, and that test is there."""

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
TEXT = (PROJECT / "docs/reliability.md").read_text(encoding="utf-8")
KEPT_BY = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
ROWS = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if line.startswith("| ")]
PROMISES = [row for row in ROWS if row[0] not in {"promise", "---"}]


def names_in(file: str) -> set[str]:
    """Return the names of the tests in a *file* of the project."""
    tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_there_are_promises():
    assert len(PROMISES) > 60


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row[0][:60])
def test_a_promise_names_tests_that_are_there(row):
    assert len(row) == 3, row
    named = KEPT_BY.findall(row[2])
    assert named
    for file, test in named:
        assert names_in(file)
        assert not test or test in names_in(file), test

"""No regular expression takes more than its share of time for a longer text, whatever stands in it."""

import importlib
import pkgutil
import re

import pytest

import claimdeck
from tests.growth import grows_evenly

ATOMS = [
    *(
        " ",
        "\t",
        "\n",
        " \n",
        "a",
        "a ",
        "a-",
        "1",
        "1.",
        "-",
        "--",
        "- ",
        "'",
        "' '",
        "''",
        '"a" ',
        "<",
        "<a ",
        "<!--",
    ),
    *(
        "</script",
        "{",
        "[",
        "[a](",
        "(",
        "a,",
        "a: ",
        "#",
        "# ",
        "&",
        "&a",
        "*",
        "_",
        "`",
        "|",
        "\\",
        "/",
        "//",
        "…",
        "=",
    ),
    *("<a b='", "type=  ", "@", "é", "한", "\u00a0", "2024-", "2024 ", "jan ", "--a", "--a:", "--a: light-dark("),
]
ONLY_MATCHED = {  # used at one place of a text, never to search it
    *("claimdeck.desk.mend.BEFORE_AN_ENTRY", "claimdeck.desk.mend.NO_VALUE", "claimdeck.present.table.FORMULA"),
    *("claimdeck.desk.wild_dates.DAY_FIRST", "claimdeck.desk.wild_dates.MONTH_FIRST"),
    *("claimdeck.read.documents.NUMBER_SIGN", "claimdeck.read.faults.WIDE_SPACE", "claimdeck.write.links.TAG"),
    "claimdeck.desk.json_ld.CLOSING",  # searches 20 letters
}
OF_OURS = {  # search templates, and pages that were made with “<” escaped
    *("claimdeck.present.closures.NAMED", "claimdeck.present.closures.TAG"),
    *("claimdeck.write.links.COMMENT_OR_SCRIPT", "claimdeck.write.reviews.HIDDEN"),
}


def all_patterns():
    """Return the regular expressions of all modules, by name."""
    modules = [importlib.import_module(each.name) for each in pkgutil.walk_packages(claimdeck.__path__, "claimdeck.")]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    }


PATTERNS = all_patterns()


@pytest.mark.parametrize("name", [name for name in PATTERNS if name not in OF_OURS])
def test_no_regular_expression_takes_more_than_its_share_of_time(name):
    pattern = PATTERNS[name]

    def use(text):
        pattern.match(text)
        pattern.fullmatch(text)
        if name not in ONLY_MATCHED:
            sum(1 for _ in pattern.finditer(text))

    slow = [
        atom for atom in ATOMS if not grows_evenly(use, lambda n, atom=atom: atom * (n // len(atom)) + "!\n", 12_000)
    ]
    assert slow == []


def test_the_names_of_patterns_that_are_used_otherwise_are_names_of_patterns():
    assert PATTERNS.keys() >= ONLY_MATCHED | OF_OURS

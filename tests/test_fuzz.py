"""Whatever stands in the files of a site, the reader gives cards and problems: no traceback, nothing unseen, no loop.

A bounded run is a part of `make test`; `make fuzz` makes many more.
"""

import json
import shutil
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from claimdeck.judge.origins import find_loops
from claimdeck.model.cards import Figure
from claimdeck.model.fields import MARKDOWN_LENGTH, check_markdown
from claimdeck.model.problems import UsageError
from claimdeck.pipeline import check_site, judge_site
from claimdeck.present.markup import addresses_in
from claimdeck.read.content import read_content
from claimdeck.read.lock import read_articles, read_lock
from claimdeck.read.settings import read_settings
from claimdeck.read.static import stylesheet

GOOD = Path(__file__).parent / "sites" / "good"
WRITTEN = [path for path in sorted(GOOD.rglob("content/*/*")) if path.suffix in {".yaml", ".md"}]
BITS = [
    *(
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x00",
        b"\r",
        b"\t",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\xe2\x80\xae",
        b"\xed\xa0\x80",
    ),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b": ",
        b",",
        b"- ",
        b"#5",
        b"&a ",
        b"*a",
        b"!t ",
        b"|\n",
        b">\n",
        b"---\n",
        b"...\n",
        b"%",
    ),
    *(
        b"'",
        b'"',
        b"\\u202e",
        b"~",
        b"null",
        b"\n",
        b"  ",
        b"? ",
        b"<<: ",
        b"1e999999999",
        b"9" * 400,
        b"[" * 60,
        b"a\n" * 99,
    ),
    *(
        b"evidence:",
        b"via: [",
        b"draft: true\n",
        b"withdrawn: {",
        b"aliases: [",
        b"related: [",
        b"figure: {",
        b"claim: ",
    ),
]
Edit = tuple[str, int, int, bytes]
edits = st.lists(
    st.tuples(
        st.sampled_from(["put", "cut", "double", "swap", "flip"]),
        st.integers(0, 10_000),
        st.integers(0, 200),
        st.sampled_from(BITS) | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=6,
)


def edited(content: bytes, changes: list[Edit]) -> bytes:
    """Return *content* after *changes*: each begins somewhere, has a length, and may bring something."""
    for kind, place, length, brought in changes:
        start = place % (len(content) + 1)
        part = content[start : start + length]
        head, tail = content[:start], content[start + length :]
        content = {
            "put": head + brought + part + tail,
            "cut": head + tail,
            "double": head + part + part + tail,
            "swap": head + brought + tail,
            "flip": head + bytes(byte ^ (1 << length % 8) for byte in part[:1]) + part[1:] + tail,
        }[kind]
    return content


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A site of one claim, whose files each example writes anew."""
    folder = tmp_path_factory.mktemp("fuzz") / "site"
    shutil.copytree(GOOD / "minimal", folder)
    return folder


def assert_told_well(problems):
    """Each problem has a place in the site and one line that can be read, of bounded length."""
    for problem in problems:
        told = str(problem)
        assert problem.place.line >= 1 <= problem.place.column
        assert len(told) < 3_000
        assert not any(letter in told for letter in "\x00\x07\x1b\r\n\u202e"), told
        told.encode()
    assert len(problems) < 2_000


@given(st.sampled_from(WRITTEN), edits)
def test_any_bytes_of_a_card_give_a_card_or_problems(root, original, changes):
    kind = original.parent.name
    path = root / "content" / kind / f"fuzzed{original.suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(edited(original.read_bytes(), changes))
    try:
        content, problems = read_content(root / "content")
        known = content.of_kind(kind.removesuffix("s"))
        assert "fuzzed" in known or problems
        assert_told_well(problems)
        assert_told_well(check_site(judge_site(root)))
    finally:
        path.unlink()


@given(edits)
def test_any_bytes_of_site_yaml_give_settings_and_problems(root, changes):
    path = root / "fuzzed.yaml"
    path.write_bytes(edited((root / "site.yaml").read_bytes(), changes))
    assert_told_well(read_settings(path, stylesheet(root))[1])


LOCK = {
    "version": 1,
    "claims": {"bridge-cost": {"claim": "x", "short": "x", "status": "x", "evidence": ["a supports b"], "history": 1}},
    "addresses": ["claims/bridge-cost/"],
    "redirects": [],
    "quotes": {"bridge-cost": {"article-a": [{"quote": "x", "article": "y", "fragment": "z"}]}},
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*LOCK, "a"]), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(LOCK)), json_values, edits, st.booleans())
def test_any_lock_is_one_or_is_told(root, name, value, changes, is_json):
    text = json.dumps(LOCK | ({name: value} if is_json else {})).encode()
    path = root / "content" / "desk.lock"
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(text if is_json else edited(text, changes))
    try:
        read_lock(path, "content/desk.lock")
        assert_told_well(judge_site(root).problems)
    finally:
        path.unlink() if before is None else path.write_bytes(before)


@given(st.binary(max_size=200))
def test_any_bytes_of_an_article_are_read_or_told(root, content):
    (root / "article-a.txt").write_bytes(content)
    is_text = b"\x00" not in content and content.decode(errors="ignore").encode() == content
    if is_text:
        assert read_articles(root, ["article-a"])["article-a"].encode() == content.removeprefix(b"\xef\xbb\xbf")
    else:
        with pytest.raises(UsageError, match=r"article-a\.txt:1?\d*:"):
            read_articles(root, ["article-a"])


MARKS = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "*",
        "_",
        "`",
        "<",
        ">",
        "!",
        "#",
        "- ",
        "1. ",
        "|",
        "\n",
        "\n\n",
        "    ",
        "[^a]",
        ": ",
        "&",
        "\\",
        "a",
    ]
)


@given(st.lists(st.tuples(MARKS, st.integers(1, 40)), max_size=30))
def test_any_markdown_that_is_not_refused_is_rendered(marks):
    text = "".join(mark * times for mark, times in marks)
    try:
        check_markdown(text)
    except ValueError:
        assert "[" * 50 in text or len(text) > MARKDOWN_LENGTH / 20
        return
    assert isinstance(addresses_in(text), list)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from("abcdefgh"), max_size=4)))
def test_loops_are_loops_and_without_their_first_arrows_there_is_none(graph):
    left = {node: set(cited) for node, cited in graph.items()}
    for loop in find_loops(graph):
        assert loop[0] == loop[-1]
        assert all(cited in left[node] for node, cited in pairwise(loop))
        left[loop[0]].discard(loop[1])
    while ends := {node for node, cited in left.items() if not cited & left.keys()}:
        left = {node: cited for node, cited in left.items() if node not in ends}
    assert left == {}


@given(st.text("0123456789.-+e,_ ٣", max_size=24))
def test_a_number_is_what_its_digits_say_or_is_refused(text):
    try:
        figure = Figure.model_validate({"measure": "killed", "about": text})
    except ValidationError:
        return
    digits = text.strip()
    assert digits.replace(".", "", 1).isascii()
    assert digits.replace(".", "", 1).isdigit()
    assert figure.value == Decimal(digits) < 10**15

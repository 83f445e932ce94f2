"""ClaimReviews are found wherever a file holds them, and what cannot be read is told with its line."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.desk.json_ld import FILE_SIZE, MOST_REVIEWS, read_json_ld
from claimdeck.model.problems import UsageError

REVIEW = {"@type": "ClaimReview", "claimReviewed": "The bridge cost 4 million crowns."}


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a file with this content."""

    def read_content(content):
        file = tmp_path / "reviews.json"
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_json_ld(file)

    return read_content


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (REVIEW, ""),
        ([REVIEW], "[0]"),
        ({"@graph": [{"@type": "WebSite"}, REVIEW]}, "@graph[1]"),
        ({"@type": "ItemList", "itemListElement": [{"item": REVIEW}]}, "itemListElement[0].item"),
        ({"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}]}, "dataFeedElement[0].item[0]"),
        ({"@type": "WebPage", "mainEntity": REVIEW}, "mainEntity"),
        ({"@type": "Article", "review": [REVIEW]}, "review[0]"),
        ([{"@type": "http://schema.org/ClaimReview", "claimReviewed": "A bridge."}], "[0]"),
        ({"@type": ["Review", "https://schema.org/ClaimReview"], "claimReviewed": "A bridge."}, ""),
        ({"@type": "schema:ClaimReview", "schema:claimReviewed": "A bridge."}, ""),
        ({"type": "claimReview", "claimReviewed": "A bridge."}, ""),
        ({"@context": [{"@vocab": "x"}, None], "@type": "ClaimReview", "claimReviewed": "A bridge."}, ""),
        (
            {
                "@type": ["https://schema.org/ClaimReview"],
                "https://schema.org/claimReviewed": [{"@value": "A bridge."}],
            },
            "",
        ),
    ],
)
def test_a_review_is_found_at_its_path(read, content, path):
    (found,) = read(content).reviews
    assert found.path == path
    assert "bridge" in str(found.node["claimReviewed"])


def test_reviews_come_in_the_order_of_the_file(read):
    assert [found.path for found in read([REVIEW, {"a": [REVIEW]}, REVIEW]).reviews] == ["[0]", "[1].a[0]", "[2]"]


PAGE = """<!DOCTYPE html>
<!-- <script type="application/ld+json">{"@type": "ClaimReview", "claimReviewed": "Commented out"}</script> -->
<script>var text = "no block";</script>
<script type="application/ld+json">
{"@type": "ClaimReview",
 "claimReviewed": }
</script>
<SCRIPT id=x data-a='b' type = 'Application/LD+JSON; charset=utf-8' >
//<![CDATA[
%s;
//]]>
</SCRIPT>
<script type="application/ld+json"><!--
[%s]
--></script>
<script type="application/ld+json">{&quot;@type&quot;: &quot;ClaimReview&quot;}</script>
<script type="application/ld+json">%s
"""


def test_all_blocks_of_a_page_are_read_and_broken_ones_told_with_their_line(read):
    found = read(PAGE % ((json.dumps(REVIEW),) * 3))
    assert [each.path for each in found.reviews] == ["script 2", "script 3, [0]", "script 4", "script 5"]
    assert found.faults == ["Line 6: this is not JSON (Expecting value)."]


def test_an_id_leads_to_the_node_that_bears_it(read):
    desk = {"@id": "#desk", "@type": "Organization", "name": "Outlet B"}
    found = read({"@graph": [REVIEW | {"author": {"@id": "#desk"}}, desk]})
    assert found.resolved({"@id": "#desk"}) == desk
    assert found.resolved({"@id": "#nobody"}) == {"@id": "#nobody"}
    assert found.resolved({"@id": "#desk", "name": "Another"})["name"] == "Another"


def test_numbers_stay_text_and_nan_is_left_out(read):
    found = read('{"@type": "ClaimReview", "a": 4.10, "b": 12345678901234567890, "c": NaN, "d": -Infinity}')
    assert {name: found.reviews[0].node[name] for name in "abcd"} == {
        "a": "4.10",
        "b": "12345678901234567890",
        "c": None,
        "d": None,
    }
    assert [fault.split()[0] for fault in found.faults] == ["“NaN”", "“-Infinity”"]


def test_a_number_of_any_length_is_no_trouble(read):
    assert len(read('{"@type": "ClaimReview", "a": ' + "9" * 10_000 + "}").reviews[0].node["a"]) == 10_000


def test_of_a_name_given_twice_the_first_is_read_and_that_is_told(read):
    found = read('{"@type": "ClaimReview", "claimReviewed": "One", "claimReviewed": "Two"}')
    assert found.reviews[0].node["claimReviewed"] == "One"
    assert found.faults == ["“claimReviewed” is given twice in one place; the first was read."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_the_encoding_that_it_has(read, encoding):
    text = '{"@type": "ClaimReview", "claimReviewed": "The café by the bridge"}'
    found = read(text.encode(encoding))
    assert found.reviews[0].node["claimReviewed"] == "The café by the bridge"
    assert any("not UTF-8" in fault for fault in found.faults) == (encoding == "cp1252")


@pytest.mark.parametrize(
    "content",
    [
        *(
            "",
            " ",
            "{}",
            "[]",
            "null",
            "3",
            '"ClaimReview"',
            "nonsense",
            "{",
            "<html></html>",
            "<",
            b"\x89PNG\r\n\x1a\n\x00\xff",
        ),
        *(
            '{"@type": 3}',
            '{"@type": ["Claim", null]}',
            "[" * 100_000,
            '{"a":' * 50_000,
            b"\xff\xfe\x00",
            '{"@value": {}}',
        ),
        "<script type='application/ld+json'>",
    ],
)
def test_a_file_without_a_review_is_refused_with_a_sentence(read, content):
    with pytest.raises(UsageError, match=r"^reviews\.json holds no ClaimReview\."):
        read(content)


def test_what_cannot_be_read_is_refused(read, tmp_path):
    with pytest.raises(UsageError, match="there is no file"):
        read_json_ld(tmp_path / "nothing.json")
    with pytest.raises(UsageError, match="there is no file"):
        read_json_ld(tmp_path)
    with pytest.raises(UsageError, match=r"cannot be read \(File name too long\)\.$"):
        read_json_ld(tmp_path / ("a" * 300))
    with pytest.raises(UsageError, match="larger than 5,000,000 bytes"):
        read(b" " * (FILE_SIZE + 1))
    with pytest.raises(UsageError, match="at most 500"):
        read([REVIEW] * (MOST_REVIEWS + 1))


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", "<!--", "<script type=application/ld+json>", "<script>", "</", "< -->", "[", '{"a":', "\t", "//"],
)
def test_a_large_file_of_garbage_takes_no_time(read, piece):
    start = time.process_time()
    with pytest.raises(UsageError):
        read("<" + piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 10


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_anything_is_read_or_refused(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("any") / "any.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError):
        read_json_ld(file)

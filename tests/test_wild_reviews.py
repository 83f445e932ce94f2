"""What a ClaimReview from elsewhere says, and what is listed as lost."""

import pytest

from claimdeck.desk.json_ld import Found, JsonLd
from claimdeck.desk.wild_fields import Actor
from claimdeck.desk.wild_reviews import Work, parse_review

GOOD = {
    "@type": "ClaimReview",
    "url": "https://example.net/checks/bridge",
    "claimReviewed": "The bridge cost 4 million crowns.",
    "author": {"@type": "Organization", "name": "Outlet B"},
    "datePublished": "2030-05-03",
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": "1",
        "bestRating": "5",
        "worstRating": "1",
        "alternateName": "False",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "The mayor"},
        "datePublished": "2030-05-01",
        "appearance": {"@type": "CreativeWork", "url": "https://example.org/speech"},
    },
}


def parse(by_id=None, **fields):
    """Return the good review with these *fields* (None: without)."""
    node = {name: value for name, value in (GOOD | fields).items() if value is not None}
    return parse_review(Found("", node), JsonLd(by_id=by_id or {}))


def lost(review):
    return [(loss.path, loss.value) for loss in review.lost]


def item(**fields):
    return GOOD["itemReviewed"] | fields


def rating(**fields):
    return {"@type": "Rating", **fields}


def test_a_tidy_review_is_read_whole():
    review = parse()
    assert review.claim == "The bridge cost 4 million crowns."
    assert review.article == Work(
        "https://example.net/checks/bridge",
        outlet=Actor("Outlet B", "organization"),
        published="2030-05-03",
        kind="article",
    )
    assert (review.said_by, review.said_on) == (Actor("The mayor", "person"), "2030-05-01")
    assert review.appearances == (Work("https://example.org/speech"),)
    assert review.rating.stance == "disputes"
    assert review.rating.words == "“False”, 1 on its scale from 1 (worst) to 5 (best)"
    assert review.lost == ()


@pytest.mark.parametrize(
    ("value", "best", "worst", "stance"),
    [
        ("1", "5", "1", "disputes"),
        ("5", "5", "1", "supports"),
        ("3", "5", "1", "qualifies"),
        ("2", "5", "1", "qualifies"),
        ("1", "1", "5", "supports"),  # where 1 is best
        ("5", "1", "5", "disputes"),
        ("0", "100", "0", "disputes"),
        ("95", "100", "0", "supports"),
        ("1,5", "2", "1", "qualifies"),
        ("-1", "1", "-1", "disputes"),
    ],
)
def test_the_stance_follows_the_rating_on_its_own_scale(value, best, worst, stance):
    review = parse(reviewRating=rating(ratingValue=value, bestRating=best, worstRating=worst))
    assert review.rating.stance == stance
    assert review.lost == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"alternateName": "False"},
        {"ratingValue": "1"},
        {"ratingValue": "1", "bestRating": "5"},
        {"ratingValue": "1", "bestRating": "1", "worstRating": "1"},
        {"ratingValue": "6", "bestRating": "5", "worstRating": "1"},
        {"ratingValue": "NaN", "bestRating": "5", "worstRating": "1"},
        {"ratingValue": "four", "bestRating": "5", "worstRating": "1"},
        {"ratingValue": "1e999", "bestRating": "5", "worstRating": "1"},
    ],
)
def test_where_the_scale_cannot_be_told_the_review_is_only_mentioned_and_that_is_said(fields):
    review = parse(reviewRating=rating(**fields))
    assert review.rating.stance == "mentions"
    assert lost(review) == [("reviewRating.ratingValue", fields.get("ratingValue", ""))]


def test_a_rating_may_be_a_bare_text_or_missing():
    assert parse(reviewRating="False").rating.words == "False"
    assert parse(reviewRating=None).rating.stance == "mentions"


@pytest.mark.parametrize(
    ("author", "outlet", "authors"),
    [
        ("Outlet B", "Outlet B", ()),
        (["Outlet B"], "Outlet B", ()),
        ({"name": "Outlet B"}, "Outlet B", ()),
        ({"@type": "NewsMediaOrganization", "url": "https://www.example.net/"}, "example.net", ()),
        ("https://example.net/about", "example.net", ()),
        ({"@id": "#desk"}, "The desk", ()),
        (
            [{"@type": "Person", "name": "A writer"}, {"@type": "Organization", "name": "Outlet B"}],
            "Outlet B",
            ("A writer",),
        ),
        ({"@type": "Person", "name": "A writer"}, None, ("A writer",)),
        ({"name": ""}, None, ()),
        ("Unknown", None, ()),
    ],
)
def test_the_author_may_be_written_in_many_ways(author, outlet, authors):
    article = parse({"#desk": {"@id": "#desk", "name": "The desk"}}, author=author).article
    assert (article.outlet.name if article.outlet else None, article.authors) == (outlet, authors)


def test_a_publisher_is_the_outlet_and_who_wrote_it_the_author():
    article = parse(author="A writer", publisher={"name": "Outlet B"}).article
    assert (article.outlet.name, article.authors) == ("Outlet B", ("A writer",))


@pytest.mark.parametrize(
    ("reviewed", "claim", "url"),
    [
        ("The bridge cost 4 million.", "The bridge cost 4 million.", None),
        ("https://example.org/speech", "", "https://example.org/speech"),
        ({"@type": "Claim", "name": "The bridge cost 4 million."}, "The bridge cost 4 million.", None),
        (
            {"@type": "CreativeWork", "url": "https://example.org/speech", "name": "A speech"},
            "",
            "https://example.org/speech",
        ),
        (
            [{"@type": "CreativeWork", "url": "https://example.org/speech"}, {"text": "A bridge."}],
            "A bridge.",
            "https://example.org/speech",
        ),
    ],
)
def test_what_is_reviewed_may_be_a_claim_a_work_a_text_or_a_list(reviewed, claim, url):
    review = parse(claimReviewed=None, itemReviewed=reviewed)
    assert review.claim == claim
    assert [work.url for work in review.appearances] == ([url] if url else [])


def test_the_first_appearance_comes_first_and_a_text_may_be_an_address():
    review = parse(
        itemReviewed=item(
            appearance=["https://example.org/b", {"url": "https://example.org/c", "@type": "SocialMediaPosting"}],
            firstAppearance={
                "headline": "A speech",
                "publisher": "Outlet C",
                "datePublished": "May 1, 2030",
                "inLanguage": "de_DE",
            },
        )
    )
    first, second, third = review.appearances
    assert first == Work(None, "A speech", Actor("Outlet C"), (), "2030-05-01", None, "de-DE")
    assert second.url == "https://example.org/b"
    assert (third.url, third.kind) == ("https://example.org/c", "post")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"datePublished": "03/05/2030"}, [("datePublished", "03/05/2030")]),
        ({"url": "/checks/bridge"}, [("url", "/checks/bridge")]),
        ({"url": {"a": "b"}}, [("url", "")]),
        ({"inLanguage": "English"}, [("inLanguage", "English")]),
        ({"inLanguage": {"@type": "Language", "alternateName": "en", "name": "English"}}, []),
        ({"claimReviewed": ["The bridge.", "The ferry."]}, [("claimReviewed[1]", "The ferry.")]),
        ({"claimReviewed": True}, [("claimReviewed", "")]),
        ({"reviewBody": "x" * 200}, [("reviewBody", "x" * 79 + "…")]),
        ({"itemReviewed": item(author=["The mayor", "The council"])}, [("itemReviewed.author", "The council")]),
        (
            {"itemReviewed": item(author={"name": "The mayor", "jobTitle": "Mayor"})},
            [("itemReviewed.author.jobTitle", "Mayor")],
        ),
        (
            {"itemReviewed": item(appearance={"url": "speech.html"})},
            [("itemReviewed.appearance.url", "speech.html"), ("itemReviewed.appearance", "")],
        ),
        ({"itemReviewed": item(name="Another claim")}, [("itemReviewed.name", "Another claim")]),
        ({"itemReviewed": item(appearance=[])}, []),
        ({"image": "", "keywords": [], "x\x1b[31m": "red\x1b"}, [("x[31m", "red")]),
    ],
)
def test_what_cannot_be_mapped_is_listed_with_its_path(fields, expected):
    assert lost(parse(**fields)) == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The bridge &quot;cost&quot; 4&nbsp;million.", 'The bridge "cost" 4 million.'),
        ("<p>The <b>bridge</b><br/>cost 4 million.</p>", "The bridge cost 4 million."),
        ("Tolls of 3 < 4 > 2 &amp;amp; more", "Tolls of 3 < 4 > 2 & more"),
        ("  The\n\tbridge ", "The bridge"),
    ],
)
def test_texts_are_cleaned_of_html(written, read):
    review = parse(claimReviewed=written)
    assert review.claim == read
    assert review.lost == ()


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\x00", "\x1b", "\u200b", "\ufeff", "\ud800", "\x85\x9f", "&#x202e;"]
)
def test_characters_that_nobody_sees_are_taken_out_and_that_is_said(hidden):
    review = parse(claimReviewed=f"The bridge{hidden} cost 4 million.")
    assert review.claim == "The bridge cost 4 million."
    assert lost(review) == [("claimReviewed", "The bridge cost 4 million.")]


def test_a_text_of_any_length_is_cut():
    review = parse(claimReviewed="bridge " * 10_000)
    assert len(review.claim) == 5_000
    assert len(lost(review)[0][1]) == 80

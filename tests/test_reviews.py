"""The ClaimReview of a rendered page keeps the rules, and whatever breaks one is named with what to do."""

import json
from copy import deepcopy

import pytest

from claimdeck.model.problems import Place
from claimdeck.model.urls import Home
from claimdeck.present.markup import json_block
from claimdeck.write.reviews import RULES, check_reviews, read_page, read_review

HOME = Home.at("https://example.org/bridge-file/")
URL = "https://example.org/bridge-file/claims/bridge-cost/"
PAGE = "claims/bridge-cost/index.html"
DESK = {"@type": "Organization", "name": "The Desk", "url": "https://desk.example/"}
GOOD = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": URL,
    "claimReviewed": "The bridge cost 4 million",
    "author": DESK,
    "publisher": dict(DESK),
    "datePublished": "2030-05-03",
    "dateModified": "2030-05-09",
    "reviewRating": {
        "@type": "Rating",
        "alternateName": "Confirmed",
        "ratingValue": 5,
        "bestRating": 5,
        "worstRating": 1,
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "The mayor"},
        "datePublished": "2030-05",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://example.net/a"},
        "appearance": [{"@type": "CreativeWork", "url": "https://example.net/b"}],
    },
}


def html_with(*blocks, canonical=URL, words="Confirmed"):
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f'<head><title>Bridge</title><link rel="canonical" href="{canonical}">{scripts}</head><b>{words}</b>.'


def problems_of(*pages, living=(PAGE,)):
    """Return the problems of *pages* (name, text), of which those of *living* are living claims'."""
    read = {name: read_review(text, name in living, HOME) for name, text in pages}
    return list(check_reviews(read, lambda page, field: Place(f"{page}#{field}")))


def faults_of(html):
    """Return what is wrong with the claim's page *html*."""
    return [
        problem.message.removeprefix("the ClaimReview of /claims/bridge-cost/ ")
        for problem in problems_of((PAGE, html))
    ]


def changed(path, *value):
    """Return the good review with *value* at *path* (“author.name”); without it where no value is given."""
    review = deepcopy(GOOD)
    *outer, last = path.split(".")
    inside = review
    for name in outer:
        inside = inside[name]
    if value:
        inside[last] = value[0]
    else:
        del inside[last]
    return review


BROKEN = {
    "of no context": (changed("@context"), "has another `@context` than https://schema.org."),
    "of a strange context": (changed("@context", "https://schema.example"), "has another `@context`"),
    "of two types": (changed("@type", ["ClaimReview", "Article"]), "has more than one `@type`."),
    "of no claim": (changed("itemReviewed.@type", "CreativeWork"), "reviews a “CreativeWork”, not a Claim."),
    "without a claim": (changed("itemReviewed"), "has no text in `itemReviewed.@type`."),
    "without its text": (changed("claimReviewed"), "has no text in `claimReviewed`."),
    "of a text that is a number": (changed("claimReviewed", 4), "has no text in `claimReviewed`."),
    "without a rating": (changed("reviewRating"), "has no text in `reviewRating.alternateName`."),
    "without a rating in words": (
        changed("reviewRating.alternateName"),
        "has no text in `reviewRating.alternateName`.",
    ),
    "without an author": (changed("author"), "has no text in `author.name`."),
    "of an author without a name": (
        changed("author", {"url": "https://desk.example/"}),
        "has no text in `author.name`.",
    ),
    "without a date": (changed("datePublished"), "has no text in `datePublished`."),
    "without an address": (changed("url"), "has no text in `url`."),
    "of a null": (changed("dateModified", None), "has an empty `dateModified`."),
    "of an empty text": (changed("author.name", ""), "has an empty `author.name`."),
    "of an empty list deep inside": (changed("itemReviewed.appearance", []), "has an empty `itemReviewed.appearance`."),
    "of an empty group": (changed("itemReviewed.author", {}), "has an empty `itemReviewed.author`."),
    "too long": (changed("claimReviewed", "so " * 26), "has 78 characters in `claimReviewed`; it may have 75."),
    "that begins with its rating": (changed("claimReviewed", "Confirmed: it cost 4 million"), "gives its rating"),
    "that ends with its rating": (changed("claimReviewed", "It cost 4 million – confirmed"), "gives its rating"),
    "with its rating in brackets": (changed("claimReviewed", "It cost 4 million (CONFIRMED)"), "gives its rating"),
    "that is its rating": (
        changed("claimReviewed", "Confirmed"),
        "gives its rating, “Confirmed”, in the claim itself.",
    ),
    "of another page": (
        changed("url", f"{URL}page/"),
        f"has the `url` {URL}page/, and the page's canonical address is",
    ),
    "of an address without its host": (
        changed("url", "/bridge-file/claims/bridge-cost/"),
        "has the `url` /bridge-file/",
    ),
    "of a rating that is not on the page": (
        changed("reviewRating.alternateName", "Open"),
        "is rated “Open”, which nobody can read on the page.",
    ),
    "of a number without a scale": (
        changed("reviewRating", {"alternateName": "Confirmed", "ratingValue": 5}),
        "rates by number without `bestRating` and `worstRating`.",
    ),
    "of a scale without a number": (changed("reviewRating.ratingValue"), "rates by number without `ratingValue`."),
    "above its scale": (changed("reviewRating.ratingValue", 6), "has the rating 6 on a scale from 1 to 5."),
    "below its scale": (changed("reviewRating.ratingValue", 0.5), "has the rating 0.5 on a scale from 1 to 5."),
    "of a scale of one": (changed("reviewRating.worstRating", 5), "has the rating 5 on a scale from 5 to 5."),
    "of a number as text": (
        changed("reviewRating.ratingValue", "5"),
        "has something else than a number in `ratingValue`",
    ),
    "of a number that is true": (changed("reviewRating.bestRating", True), "has something else than a number in"),
    "of a date in words": (
        changed("datePublished", "3 May 2030"),
        "has “3 May 2030” in `datePublished`, which is no date.",
    ),
    "of a day that does not exist": (changed("dateModified", "2030-05-32"), "has “2030-05-32” in `dateModified`"),
    "of a claim with no real date": (
        changed("itemReviewed.datePublished", "May"),
        "has “May” in `itemReviewed.datePublished`",
    ),
    "changed before it was published": (
        changed("dateModified", "2030-05-02"),
        "was changed on 2030-05-02, before it was published on 2030-05-03.",
    ),
    "of a claim by the publisher": (
        changed("itemReviewed.author.name", "The  DESK"),
        "is of a claim by “The  DESK”, who publishes this site.",
    ),
    "that first appeared at a path": (
        changed("itemReviewed.firstAppearance.url", "/a"),
        "names “/a” as an appearance, which is no web address.",
    ),
    "that appeared nowhere": (
        changed("itemReviewed.firstAppearance", {"headline": "A"}),
        "names “nothing” as an appearance, which is no web address.",
    ),
    "that appeared in a script": (
        changed("itemReviewed.appearance", "javascript:1"),
        "names “javascript:1” as an appear",
    ),
    "that appeared on this site": (
        changed("itemReviewed.appearance", [{"url": "http://example.org/bridge-file"}]),
        "names http://example.org/bridge-file as an appearance, a page of this site.",
    ),
}


def test_a_good_review_keeps_every_rule():
    assert faults_of(html_with(json_block(GOOD))) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_review_is_named_and_nothing_else_is(name):
    review, expected = BROKEN[name]
    [fault] = faults_of(html_with(json_block(review)))
    assert fault.startswith(expected)


def test_every_rule_has_a_broken_review():
    found = {
        problem.message
        for review, _ in BROKEN.values()
        for problem in problems_of((PAGE, html_with(json_block(review))))
    }
    assert len(BROKEN) >= 20
    assert len(found) > len(RULES)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (html_with(), "is missing."),
        (html_with('{"@type": "Article"}'), "is missing."),
        (f"<!-- {html_with(json_block(GOOD))} -->", "is missing."),
        (html_with(json_block(GOOD)).replace("ld+json", "json"), "is missing."),
        (html_with(json_block(GOOD), json_block(GOOD)), "stands there 2 times."),
        (html_with(json_block([GOOD, GOOD])), "stands there 2 times."),
        (html_with("{'@type': 1}"), "is not JSON ("),
        (html_with('{"@type": NaN}'), "is not JSON (NaN is no number)."),
        (html_with(json.dumps(GOOD | {"headline": "<b>"})), "holds a “<”, which can end its script."),
        (
            html_with(json_block(GOOD), canonical="https://example.org/bridge-file/"),
            f"has the `url` {URL}, and the page's",
        ),
        (
            html_with(json_block(GOOD)).replace("canonical", "next"),
            f"has the `url` {URL}, and the page's canonical address",
        ),
        (html_with(json_block(GOOD), words="Unconfirmed"), "is rated “Confirmed”, which nobody can read on the page."),
        (html_with(json_block(GOOD), words="<template>Confirmed</template>"), "is rated “Confirmed”, which nobody"),
        (html_with(json_block(GOOD), words="<!-- Confirmed -->"), "is rated “Confirmed”, which nobody"),
        (html_with(json_block(GOOD), words='<i title="Confirmed"></i>'), "is rated “Confirmed”, which nobody"),
    ],
)
def test_a_page_that_does_not_carry_its_review_as_it_should_is_named(html, expected):
    [fault] = faults_of(html)
    assert fault.startswith(expected)


def test_a_review_outside_the_site_is_named_even_where_the_page_calls_itself_so():
    elsewhere = "https://example.org/other/"
    [fault] = faults_of(html_with(json_block(changed("url", elsewhere)), canonical=elsewhere))
    assert fault == f"has the `url` {elsewhere}, which is not on this site."


@pytest.mark.parametrize(
    "name", ["index.html", "embed/bridge-cost/index.html", "claims/index.html", "claims/gone/index.html"]
)
def test_no_other_page_may_carry_a_review(name):
    [problem] = problems_of((PAGE, html_with(json_block(GOOD))), (name, html_with(json_block(GOOD))))
    assert problem.message.endswith("stands on a page that is no living claim's.")
    assert problem.place.path.startswith(name)


def test_other_blocks_of_data_may_stand_on_any_page():
    crumbs = '{"@context": "https://schema.org", "@type": "BreadcrumbList"}'
    assert problems_of((PAGE, html_with(crumbs, json_block(GOOD))), ("index.html", html_with(crumbs))) == []


def test_two_pages_cannot_be_one_review():
    copy = "claims/bridge-cost-2/index.html"
    pages = {name: html_with(json_block(GOOD)) for name in (PAGE, copy)}
    [problem] = problems_of(*pages.items(), living=pages)
    assert (
        problem.message == "the ClaimReview of /claims/bridge-cost-2/ has the `url` of the one on /claims/bridge-cost/."
    )


@pytest.mark.parametrize(
    "short",
    [
        "The mayor confirmed that it cost 4 million",
        "Unconfirmed: it cost 4 million",
        "“Confirmed”, said the mayor of it",
    ],
)
def test_a_claim_may_use_the_word_where_it_is_not_the_verdict(short):
    assert faults_of(html_with(json_block(changed("claimReviewed", short)))) == []


@pytest.mark.parametrize(
    "date", [("2030", "2030"), ("2030-05", "2030-05-01"), ("2030-05-03", "2030-05"), ("2030-05-03", "2030-05-03")]
)
def test_months_and_years_are_dates_too(date):
    review = changed("datePublished", date[0]) | {"dateModified": date[1]}
    assert faults_of(html_with(json_block(review))) == []


def test_a_page_is_read_however_a_template_of_ones_own_writes_it():
    page = read_page(
        "<LINK href=/a?x=1&amp;y=2 REL='canonical'><Script data-x='>' TYPE = application/LD+json>{}</SCRIPT >"
        "<b>Partly</b> <i>tr&uuml;e</i>"
    )
    assert page.blocks == ("{}",)
    assert page.canonical == "/a?x=1&y=2"
    assert "Partly trüe" in page.words

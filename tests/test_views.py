"""The small things that many pages show: links, stamps, entries of lists."""

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.views import Views, newest_first


@pytest.fixture
def views(site):
    """Return a function that looks at the small site as it stands."""
    return lambda: Views(site.deck, Home.at("https://example.org/bridge-file/"))


def entry_of(views, id_="bridge-cost"):
    return views.entry(views.deck.claims[id_])


def test_an_entry_says_what_the_claim_rests_on(views):
    entry = entry_of(views())
    assert (entry.title, entry.href) == ("The bridge cost 4 million", "/bridge-file/claims/bridge-cost/")
    assert entry.meta == "1 source · 1 origin · reviewed 3 May 2030"


def test_an_entry_counts_in_the_plural_and_in_ranges(site, views):
    site.claimant("outlet-b", kind="outlet")
    site.source("article-b", outlet="outlet-b")
    site.claim(
        "bridge-cost",
        evidence=["{source: article-a, stance: supports}", "{source: article-b, stance: supports, via: [unknown]}"],
    )
    assert entry_of(views()).meta.startswith("2 sources · 1 or 2 origins")


def test_an_entry_without_support_has_no_source_and_no_origin(site, views):
    site.claim("bridge-cost", evidence=["{source: article-a, stance: disputes}"])
    assert entry_of(views()).meta.startswith("0 sources · 0 origins")


@pytest.mark.parametrize(
    ("language", "shown", "direction"), [(None, "en", "ltr"), ("ar", "ar", "rtl"), ("ko", "ko", "ltr")]
)
def test_an_entry_has_the_language_of_its_statement_or_of_the_site(site, views, language, shown, direction):
    site.claim("bridge-cost", language=language)
    entry = entry_of(views())
    assert (entry.language, entry.direction) == (shown, direction)


def test_a_stamp_is_a_rung_of_the_ladder_with_the_list_of_its_claims(views):
    stamp = entry_of(views()).stamp
    assert (stamp.id, stamp.label, stamp.mark, stamp.href) == (
        "unverified",
        "Unverified",
        "empty",
        "/bridge-file/status/unverified/",
    )


def test_a_draft_without_a_status_is_stamped_as_such(site, views):
    site.write("content/claims/idea.yaml", "draft: true\nclaim: An idea.\n")
    entry = entry_of(views(), "idea")
    assert (entry.stamp.label, entry.stamp.href, entry.draft) == ("No status yet", "/bridge-file/claims/idea/", True)
    assert entry.title == "An idea."


def test_a_source_is_called_by_its_outlet_and_its_date(views):
    link = views().source("article-a")
    assert (link.text, link.href) == ("Outlet A, 2 May 2030", "/bridge-file/sources/article-a/")


def test_a_claimant_is_called_by_its_short_name_where_it_has_one(site, views):
    site.claimant("diu", name="Defence Intelligence", short="DIU")
    assert views().claimant("diu").text == "DIU"
    assert views().claimant("outlet-a").text == "Outlet A"


def test_a_card_that_only_a_draft_names_is_shown_without_a_link(views):
    for link in (
        views().claimant("nobody"),
        views().source("nothing"),
        views().topic("none"),
        views().claim_link("no"),
    ):
        assert (link.href, link.note) == ("", "missing")


def test_a_withdrawn_claim_is_linked_and_said_to_be_withdrawn(site, views):
    site.claim("wrong", short="The wrong bridge", withdrawn="{on: 2030-05-05, note: Another bridge.}")
    link = views().claim_link("wrong")
    assert (link.text, link.href, link.note) == ("The wrong bridge", "/bridge-file/claims/wrong/", "withdrawn")


def test_lists_begin_with_the_newest_review_and_go_by_id_within_a_day(site, views):
    for id_, day in {"c": "2030-05-09", "b": "2030-05-01", "a": "2030-05-09"}.items():
        site.claim(id_, reviewed=day)
    claims = newest_first(views().deck.claims.values())
    assert [claim.id for claim in claims] == ["a", "c", "bridge-cost", "b"]

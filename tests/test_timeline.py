"""The timeline: happened, said and published on their days, told apart; what is only dated “by” stands aside."""

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.timeline import ENTRIES, plan_timeline
from claimdeck.present.views import Views


@pytest.fixture
def days(site):
    """Return a function that gives the days of the small site's timeline, on all its pages."""
    return lambda: [
        day
        for page in plan_timeline(Views(site.deck, Home.at("https://example.org/")), {})
        for day in page.context()["days"]
    ]


def test_the_three_kinds_of_date_stand_apart(site, days):
    site.claimant("mayor", name="The mayor")
    site.claim("bridge-cost", happened="2030-05-02", said="{by: mayor, on: 2030-05-02}")
    [day] = days()
    assert {lane: [(e.link.text, e.note) for e in events] for lane, events in day.lanes.items()} == {
        "happened": [("The bridge cost 4 million", "")],
        "said": [("The bridge cost 4 million", "The mayor")],
        "published": [("What the bridge cost", "Outlet A")],
    }
    assert (day.name, day.as_of) == ("2 May 2030", "/as-of/2030-05-02/")


@pytest.mark.parametrize(
    ("happened", "date", "note"),
    [
        ("{from: 2030-04-01, to: 2030-04-03}", "2030-04-01", "1 to 3 Apr 2030"),
        ("{from: 2030-04-01}", "2030-04-01", "since 1 Apr 2030"),
        ("{around: 2030-04}", "2030-04", "around Apr 2030"),
        ("2030-04", "2030-04", ""),
    ],
)
def test_a_time_that_is_no_single_day_stands_at_its_beginning_and_says_so(site, days, happened, date, note):
    site.claim("bridge-cost", happened=happened)
    first = days()[0]
    assert (first.date, first.lanes["happened"][0].note) == (date, note)


def test_what_is_only_dated_by_a_day_is_not_said_to_have_happened_on_it(site, days):
    site.claim("bridge-cost", happened="{to: 2030-05-02}")
    [day] = days()
    assert "happened" not in day.lanes
    assert [event.link.text for event in day.past] == ["The bridge cost 4 million"]
    assert b"1 claim says only" in site.render()["timeline/index.html"]


def test_days_are_in_order_and_a_month_stands_before_its_days(site, days):
    for number, published in enumerate(["2030-05", "2030-04-30", "2030-05-01", "2030"]):
        site.source(f"source-{number}", published=published)
    assert [day.date for day in days()] == ["2030", "2030-04-30", "2030-05", "2030-05-01", "2030-05-02"]


def test_a_long_timeline_goes_on_on_further_pages(site):
    for number in range(ENTRIES):
        site.source(f"source-{number}")
    assert "timeline/page/2/index.html" in site.render()


def test_a_site_without_dates_says_so(site):
    for path in ("claims/bridge-cost", "sources/article-a"):
        site.remove(f"content/{path}.yaml")
    assert b"No date yet." in site.render()["timeline/index.html"]

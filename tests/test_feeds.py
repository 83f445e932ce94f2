"""The feeds: what changed, newest first, with ids that last; read by a real parser of feeds."""

import json

import feedparser
import pytest

from claimdeck.pipeline import judge_site
from claimdeck.present.feeds import ENTRIES
from tests.rendered import render_site


def atom(site, url: str = "feed.xml"):
    parsed = feedparser.parse(site.render()[url])
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_a_feed_has_what_the_format_asks_for(site):
    site.settings("tagline: What did it cost?\npublisher: {name: The Bridge Desk, url: https://example.net/}\n")
    parsed = atom(site)
    assert parsed.version == "atom10"
    assert (parsed.feed.title, parsed.feed.subtitle) == ("The Bridge File", "What did it cost?")
    assert (parsed.feed.id, parsed.feed.updated) == ("https://example.org/bridge-file/feed.xml", "2030-05-03T00:00:00Z")
    assert parsed.feed.author_detail == {"name": "The Bridge Desk", "href": "https://example.net/"}
    [entry] = parsed.entries
    assert entry.id == "https://example.org/bridge-file/claims/bridge-cost/#2030-05-03-unverified"
    assert entry.link == "https://example.org/bridge-file/claims/bridge-cost/"
    assert (entry.title, entry.updated) == ("Unverified: The bridge cost 4 million", "2030-05-03T00:00:00Z")
    assert entry.summary == "First published. Nobody shows how it is known."
    assert [tag.term for tag in entry.tags] == ["unverified", "bridge"]


def test_a_new_status_and_a_correction_are_news_and_the_newest_comes_first(site):
    site.claim(
        history=[
            "{on: 2030-05-03, status: attributed, note: First published.}",
            "{on: 2030-05-09, status: unverified, note: The agency took it back.}",
        ],
        corrections=["{on: 2030-05-06, kind: correction, note: It was crowns.}"],
    )
    assert [entry.title for entry in atom(site).entries] == [
        "Unverified, before Attributed: The bridge cost 4 million",
        "Correction: The bridge cost 4 million",
        "Attributed: The bridge cost 4 million",
    ]


def test_two_changes_of_one_day_and_kind_have_two_ids(site):
    entries = ["{on: 2030-05-06, kind: update, note: One.}", "{on: 2030-05-06, kind: update, note: Two.}"]
    site.claim(corrections=entries)
    ids = [entry.id.partition("#")[2] for entry in atom(site).entries]
    assert ids == ["2030-05-06-update", "2030-05-06-update-2", "2030-05-03-unverified"]


def test_ids_are_those_of_the_settings_wherever_the_site_is_built_for(site):
    files, _ = render_site(judge_site(site.root), base_url="http://localhost:8000/")
    parsed = feedparser.parse(files["feed.xml"])
    assert parsed.feed.id == "https://example.org/bridge-file/feed.xml"
    assert parsed.entries[0].id.startswith("https://example.org/bridge-file/claims/")
    assert parsed.entries[0].link.startswith("http://localhost:8000/claims/")
    assert json.loads(files["feed.json"])["items"][0]["id"] == parsed.entries[0].id


def test_a_topic_has_a_feed_of_its_own_at_its_old_address_too(site):
    site.write("content/topics/tolls.yaml", "name: Tolls\naliases: [fares]\n")
    site.claim("toll", short="The toll", topics="[tolls]")
    for url in ("topics/tolls/feed.xml", "topics/fares/feed.xml"):
        parsed = atom(site, url)
        assert parsed.feed.id == "https://example.org/bridge-file/topics/tolls/feed.xml"
        assert [entry.title for entry in parsed.entries] == ["Unverified: The toll"]
    assert 'href="/bridge-file/topics/tolls/feed.xml"' in site.render()["topics/tolls/index.html"].decode()


def test_drafts_and_withdrawn_claims_are_no_news(site):
    site.claim("draft", draft="true")
    site.claim("wrong", short="The wrong bridge", withdrawn="{on: 2030-05-05, note: It was another bridge.}")
    assert len(atom(site).entries) == 1


def test_no_feed_grows_without_bound(site):
    for number in range(ENTRIES):
        site.claim(f"claim-{number}")
    assert len(atom(site).entries) == ENTRIES
    assert len(json.loads(site.render()["feed.json"])["items"]) == ENTRIES


def test_a_feed_in_which_nothing_stands_is_valid_all_the_same(site):
    site.remove("content/claims/bridge-cost.yaml")
    parsed = atom(site)
    assert (parsed.entries, parsed.feed.updated) == ([], "1970-01-01T00:00:00Z")


@pytest.mark.parametrize("short", ["</title><script>alert(1)</script>", "a & b < c", "]]>", "&amp;lt;"])
def test_no_text_can_break_a_feed(site, short):
    site.claim(short=f"'{short}'")
    [entry] = atom(site).entries
    assert entry.title_detail.type == "text/plain"
    assert "<script>" not in site.render()["feed.xml"].decode()


def test_the_json_feed_says_the_same(site):
    feed = json.loads(site.render()["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"]) == (
        "https://example.org/bridge-file/feed.json",
        "https://example.org/bridge-file/",
    )
    [item], [entry] = feed["items"], atom(site).entries
    assert (item["id"], item["url"], item["title"], item["content_text"], item["date_published"]) == (
        entry.id,
        entry.link,
        entry.title,
        entry.summary,
        entry.published,
    )


def test_every_page_names_the_feeds(site):
    html = site.render()["index.html"].decode()
    assert 'type="application/atom+xml" title="The Bridge File" href="/bridge-file/feed.xml"' in html
    assert 'type="application/feed+json" title="The Bridge File" href="/bridge-file/feed.json"' in html

"""The files that tell machines what there is: the sitemap holds every page for search engines, and no other."""

import json
import re
from xml.etree import ElementTree

import pytest

from claimdeck.judge.deck import Deck
from claimdeck.model.settings import Settings
from claimdeck.model.urls import Home
from claimdeck.present.directory import SITEMAP_LENGTH, directory_files
from claimdeck.present.pages import Page

XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOME = Home.at("https://example.org/bridge-file/")


def sitemap(files) -> dict[str, str]:
    """Return the last change of each address of the sitemap."""
    root = ElementTree.fromstring(files["sitemap.xml"])
    return {url.findtext(f"{XML}loc"): url.findtext(f"{XML}lastmod", "") for url in root.iter(f"{XML}url")}


@pytest.mark.parametrize("name", ["every-field", "many-days", "korean"])
def test_the_sitemap_is_the_set_of_indexable_pages(build, name):
    built = build(name)
    pages = {path: text.decode() for path, text in built.files.items() if path.endswith(".html")}
    indexable = {
        re.search(r'<link rel="canonical" href="([^"]*)"', html)[1]
        for html in pages.values()
        if 'name="robots" content="noindex"' not in html
    }
    assert set(sitemap(built.files)) == indexable
    assert len(indexable) < len(pages)


def test_a_claim_changed_last_at_its_newest_entry(site):
    site.claim(
        reviewed="2030-05-03",
        history=["{on: 2030-05-03, status: unverified, note: First published.}"],
        corrections=["{on: 2030-05-06, kind: update, note: More.}"],
    )
    days = sitemap(site.render())
    assert days["https://example.org/bridge-file/claims/bridge-cost/"] == "2030-05-06"
    assert days["https://example.org/bridge-file/"] == "2030-05-03"
    assert days["https://example.org/bridge-file/claimants/outlet-a/"] == ""


def test_a_sitemap_that_would_be_too_long_is_a_list_of_sitemaps():
    pages = [Page(f"claims/c{number}/", "claim.html", "", "") for number in range(SITEMAP_LENGTH + 1)]
    files = dict(directory_files(pages, Deck(Settings(title="T")), HOME))
    parts = [node.text for node in ElementTree.fromstring(files["sitemap.xml"]).iter(f"{XML}loc")]
    assert parts == ["https://example.org/bridge-file/sitemap-1.xml", "https://example.org/bridge-file/sitemap-2.xml"]
    counts = [len(list(ElementTree.fromstring(files[f"sitemap-{n}.xml"]))) for n in (1, 2)]
    assert counts == [SITEMAP_LENGTH, 1]


def test_robots_may_read_all_and_are_told_of_the_sitemap(site):
    text = site.render()["robots.txt"].decode()
    assert text == "User-agent: *\nAllow: /\n\nSitemap: https://example.org/bridge-file/sitemap.xml\n"


def test_llms_txt_leads_to_the_data_and_every_link_in_it_holds(site):
    files = site.render()
    text = files["llms.txt"].decode()
    assert text.startswith("# The Bridge File\n")
    links = re.findall(r"\]\(https://example\.org/bridge-file/([^)]*)\)", text)
    assert {"claims.json", "claims.csv", "sources.json", "datapackage.json", "topics/bridge/"} <= set(links)
    assert [link for link in links if link not in files and f"{link}index.html" not in files] == []


def test_a_name_cannot_make_a_link_in_llms_txt(site):
    site.write("content/topics/bridge.yaml", 'name: "The [bridge](https://evil.example)"\n')
    assert "](https://evil.example)" not in site.render()["llms.txt"].decode()


def test_the_manifest_names_the_site_and_icons_that_exist(site):
    files = site.render()
    manifest = json.loads(files["site.webmanifest"])
    assert (manifest["name"], manifest["start_url"]) == ("The Bridge File", "/bridge-file/")
    icons = {icon["src"].removeprefix("/bridge-file/"): icon["sizes"] for icon in manifest["icons"]}
    for path, sizes in icons.items():
        width = int.from_bytes(files[path][16:20])  # https://www.w3.org/TR/png/#11IHDR
        assert files[path].startswith(b"\x89PNG")
        assert sizes == f"{width}x{width}"
    assert '<link rel="manifest" href="/bridge-file/site.webmanifest">' in files["index.html"].decode()

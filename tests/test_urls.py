"""Addresses: where each page stands, which file answers it, and where the whole site stands."""

import pytest

from claimdeck.model.urls import NOT_FOUND, Home, card_url, file_of, list_url, status_url


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("claim", "claims/bridge/"),
        ("source", "sources/bridge/"),
        ("claimant", "claimants/bridge/"),
        ("topic", "topics/bridge/"),
        ("page", "bridge/"),
    ],
)
def test_each_kind_of_card_has_its_own_address(kind, url):
    assert card_url(kind, "bridge") == url


def test_a_status_has_a_page():
    assert status_url("disputed") == "status/disputed/"


def test_the_first_page_of_a_list_has_no_number():
    assert [list_url("claims/", number) for number in (1, 2, 3)] == ["claims/", "claims/page/2/", "claims/page/3/"]


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("", "index.html"),
        ("claims/bridge/", "claims/bridge/index.html"),
        ("claims.json", "claims.json"),
        (NOT_FOUND, "404.html"),
    ],
)
def test_an_address_is_answered_by_one_file(url, file):
    assert file_of(url) == file


@pytest.mark.parametrize(
    ("url", "href", "absolute"),
    [
        ("https://example.org", "/claims/", "https://example.org/claims/"),
        ("https://example.org/", "/claims/", "https://example.org/claims/"),
        ("https://example.org/kursk-claims", "/kursk-claims/claims/", "https://example.org/kursk-claims/claims/"),
        ("https://example.org/kursk-claims/", "/kursk-claims/claims/", "https://example.org/kursk-claims/claims/"),
        ("http://example.org:8080/a/b/", "/a/b/claims/", "http://example.org:8080/a/b/claims/"),
        ("https://example.org//elsewhere.org/", "/elsewhere.org/claims/", "https://example.org/elsewhere.org/claims/"),
        ("https://example.org//", "/claims/", "https://example.org/claims/"),
        ("https://example.org/grün/", "/gr%C3%BCn/claims/", "https://example.org/gr%C3%BCn/claims/"),
    ],
)
def test_every_link_begins_with_the_base_path(url, href, absolute):
    home = Home.at(url)
    assert (home.href("claims/"), home.absolute("claims/")) == (href, absolute)


@pytest.mark.parametrize(
    ("address", "held"),
    [
        ("https://example.org/kursk-claims/claims/one/", True),
        ("http://EXAMPLE.org/kursk-claims", True),
        ("https://example.org/kursk-claims-2/", False),
        ("https://example.org/", False),
        ("https://elsewhere.org/kursk-claims/", False),
    ],
)
def test_a_home_knows_which_addresses_are_its_own(address, held):
    assert Home.at("https://example.org/kursk-claims/").holds(address) is held


def test_a_built_site_stands_under_its_base_path(build):
    built = build("every-field")
    assert built.exported("bridge-cost")["url"] == "https://example.org/every-field/claims/bridge-cost/"
    assert b'href="/every-field/' in built.files["index.html"]
    assert b'href="/claims/' not in built.files["index.html"]

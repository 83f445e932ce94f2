"""Every internal link and #anchor of a rendered page must lead somewhere."""

import pytest

from claimdeck.model.problems import Place
from claimdeck.model.urls import Home
from claimdeck.write.links import LinkReader, check_links, read_outline

HOME = Home.at("https://example.org/kursk-claims/")
PAGES = {
    "index.html": '<main id="main"></main>',
    "claims/one/index.html": '<h2 id="evidence">Evidence</h2><h2 id="wörter">Words</h2>',
    "claims.json": '{"html": "<a href=\'/nowhere\'>"}',
}
FILES = {*PAGES, "static/site.css"}


def faults(html: str, page: str = "about/index.html") -> list[str]:
    pages = {**PAGES, page: html}
    place = Place("content/pages/about.md", 4, 2)
    reader = LinkReader((FILES | {page}).__contains__, HOME)
    read = {name: reader.read(text) for name, text in pages.items() if name.endswith(".html")}
    return [str(problem) for problem in check_links(read, HOME, lambda _page, _link: place)]


@pytest.mark.parametrize(
    "href",
    [
        "/kursk-claims/",
        "/kursk-claims/claims/one/",
        "/kursk-claims/claims/one/#evidence",
        "/kursk-claims/claims/one/#w%C3%B6rter",
        "/kursk-claims/claims.json",
        "/kursk-claims/claims.json#anything",
        "/kursk-claims/static/site.css",
        "/kursk-claims/claims/one/?print=1#evidence",
        "https://example.org/kursk-claims/claims/one/#evidence",
        "#here",
        "https://elsewhere.org/claims/two/",
        "https://example.org/other-site/",
        "mailto:desk@example.org",
    ],
)
def test_a_link_that_leads_somewhere_is_no_problem(href):
    assert faults(f'<p id="here"><a href="{href}">there</a></p>') == []


@pytest.mark.parametrize(
    ("href", "fault"),
    [
        ("/kursk-claims/claims/two/", "leads to no page"),
        ("/kursk-claims/claims/one", "leads to no page"),
        ("/kursk-claims/claims/one/#nowhere", "leads to no such anchor"),
        ("#nowhere", "leads to no such anchor"),
        ("/claims/one/", "leaves the base path"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_the_file_to_mend(href, fault):
    assert faults(f'<a href="{href}">there</a>') == [
        f"content/pages/about.md:4:2: the link to “{href.replace('/kursk-claims', '')}” on /about/ {fault}. "
        "Correct the link, or add what it leads to."
    ]


def test_a_missing_picture_script_or_style_is_found():
    html = (
        '<link href="/kursk-claims/static/gone.css"><script src="/kursk-claims/static/gone.js"></script>'
        '<img src="/kursk-claims/static/gone.png">'
    )
    assert len(faults(html)) == 3


def test_a_link_that_stands_on_a_page_twice_is_reported_once():
    assert len(faults('<a href="#gone">one</a> <a href="#gone">two</a>')) == 1


def test_an_address_is_read_as_a_browser_reads_it():
    links, anchors = read_outline('<a href="/a?x=1&amp;y=2" title="5 > 4">a</a><b id="caf&eacute;"></b>')
    assert links == ["/a?x=1&y=2"]
    assert anchors == {"café"}


@pytest.mark.parametrize(
    "html",
    [
        "<a href='#gone'>single quotes</a>",
        "<a href=#gone>no quotes</a>",
        '<a class="x"\n   href="#gone">on the next line</a>',
        '<A HREF="#gone">capitals</A>',
        '<a href = "#gone">spaces</a>',
    ],
)
def test_a_link_is_found_however_a_template_of_ones_own_writes_it(html):
    assert len(faults(html)) == 1


@pytest.mark.parametrize(
    "html", ['<p title="id=" data-id="gone"></p>', "<!-- <p id='gone'> -->", "<p data-href='#x'></p>"]
)
def test_what_only_looks_like_an_anchor_or_a_link_is_none(html):
    assert read_outline(html) == ([], set())


def test_what_a_value_holds_is_neither_a_link_nor_an_anchor():
    html = '<p title="<img src=x id=here" data-note=\'a href="/nowhere"\'><a href="#here">there</a></p>'
    [fault] = faults(html)
    assert "the link to “#here” on /about/ leads to no such anchor" in fault


def test_a_link_to_a_host_that_cannot_be_is_a_problem():
    assert "is no address" in faults('<a href="https://[">there</a>')[0]

"""Pages become text through the templates: escaped, strict, the frame the same everywhere."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from claimdeck.model.problems import SiteError

HOSTILE = "</h1><script>alert('x')</script> & \"quoted\""


def page(site, path="claims/bridge-cost/index.html") -> str:
    return site.render()[path].decode()


def head_of(html: str) -> str:
    return html.partition("</head>")[0]


def test_what_an_editor_writes_is_escaped_on_every_page(site):
    site.settings(f"tagline: '{HOSTILE.replace(chr(39), chr(39) * 2)}'\n")
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    site.claim("bridge-cost", claim=quoted, short="'<i>short</i>'", because=quoted, unknowns=[quoted])
    site.source("article-a", title=quoted, summary=quoted)
    site.claimant("outlet-a", name=quoted, kind="outlet")
    site.write("content/topics/bridge.yaml", f"name: {quoted}\ndescription: {quoted}\n")
    pages = {path: content.decode() for path, content in site.render().items() if path.endswith(".html")}
    assert [path for path, html in pages.items() if "<script>" in html or "<i>" in html] == []
    assert "&lt;script&gt;" in pages["claims/bridge-cost/index.html"]


def test_every_page_begins_with_its_policy_and_names_its_address(site):
    for path, content in site.render().items():
        if path.endswith(".html") and path != "404.html":
            html = content.decode()
            whole = path.replace("embed/", "claims/")  # an embed is a small copy of its claim
            address = "https://example.org/bridge-file/" + whole.removesuffix("index.html")
            assert html.startswith("<!doctype html>\n<html lang=")
            assert html.index("Content-Security-Policy") < html.index("<title>")
            assert f'<link rel="canonical" href="{address}">' in html


def test_a_page_that_is_not_for_search_engines_says_so(site):
    html = page(site, "404.html")
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


def test_titles_tell_pages_apart(site):
    titles = [re.search("<title>(.*)</title>", c.decode())[1] for p, c in site.render().items() if p.endswith(".html")]
    assert len(set(titles)) == len(titles)
    assert "The bridge cost 4 million · Unverified · The Bridge File" in titles


def test_every_page_has_a_description_one_heading_and_one_main_part(site):
    for path, content in site.render().items():
        if path.endswith(".html"):
            html = content.decode()
            assert len(re.findall('<meta name="description" content="[^"]{10,}">', head_of(html))) == 1, path
            assert (html.count("<h1"), html.count("<main")) == (1, 1), path


def test_links_have_the_base_path_of_the_place_of_publication(site):
    site.write("site.yaml", "title: T\nurl: https://example.org\n")
    assert '<a href="/claims/">' in page(site)
    site.write("site.yaml", "title: T\nurl: https://example.org/a b/\n".replace(" b", "-b"))
    assert '<a href="/a-b/claims/">' in page(site)


def test_the_language_of_the_site_is_that_of_its_pages(site):
    site.settings("language: ar\n")
    assert '<html lang="ar" dir="rtl">' in page(site)


def test_the_section_of_a_page_is_marked_in_the_navigation(site):
    assert '<a href="/bridge-file/claims/" aria-current="page">' in page(site, "claims/index.html")
    assert '<a href="/bridge-file/claims/" aria-current="true">' in page(site)


def test_publisher_and_licence_stand_below_every_page(site):
    site.settings(
        """
        publisher: {name: The Bridge Desk, url: https://desk.example.org/, email: desk@example.org}
        license: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
        """
    )
    footer = page(site, "404.html").partition("<footer")[2]
    assert '<a href="https://desk.example.org/">The Bridge Desk</a>' in footer
    assert 'href="mailto:desk@example.org"' in footer
    assert 'rel="license">CC BY 4.0</a>' in footer


def test_with_a_repository_errors_can_be_reported_and_the_card_read(site):
    site.settings("repository: https://github.com/desk/bridge/\n")
    html = page(site)
    assert 'href="https://github.com/desk/bridge/blob/main/content/claims/bridge-cost.yaml"' in html
    [form] = re.findall(r'href="https://github.com/desk/bridge/issues/new\?([^"]*)"', html)
    assert parse_qs(unescape(form)) == {
        "template": ["report-an-error.yml"],
        "title": ["Error on bridge-cost"],
        "page": ["https://example.org/bridge-file/claims/bridge-cost/"],
    }


def test_a_template_of_the_site_takes_the_place_of_the_projects(site):
    site.write(
        "templates/pages/not_found.html", '{% extends "base.html" %}{% block main %}<h1>Lost?</h1>{% endblock %}'
    )
    assert "<h1>Lost?</h1>" in page(site, "404.html")
    assert "The bridge cost 4 million" in page(site)


def test_a_template_that_asks_for_what_is_not_there_fails_loudly(site):
    site.write("templates/pages/not_found.html", "{{ headline }}")
    with pytest.raises(SiteError) as failure:
        site.render()
    [problem] = [problem for problem in failure.value.problems if problem.code == "CD073"]
    assert str(problem.place) == "templates/pages/not_found.html:1:1"
    assert "headline" in problem.message


def test_a_template_that_is_not_jinja_is_named_with_its_line(site):
    site.write("templates/pages/not_found.html", "<p>\n{% if %}")
    with pytest.raises(SiteError) as failure:
        site.render()
    assert "templates/pages/not_found.html:2:1" in {str(problem.place) for problem in failure.value.problems}


def test_a_dead_link_in_a_template_stops_the_build(site):
    site.write("templates/partials/footer.html", '<a href="{{ site.home }}gone/">gone</a>')
    assert site.render() is not None
    problems = [problem for problem in site.problems() if problem.code == "CD071"]
    assert problems
    assert all("leads to no page" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b'{% include "nowhere.html" %}', "there is no template “nowhere.html”."),
        (b"\xff", "this is not UTF-8 text."),
        (b"{{ 1 | bar }}", "No filter named 'bar'."),
    ],
)
def test_what_a_template_cannot_do_is_a_problem_with_its_place(site, template, said):
    site.write("templates/pages/not_found.html", template)
    with pytest.raises(SiteError) as failure:
        site.render()
    (problem,) = [problem for problem in failure.value.problems if problem.code == "CD073"]
    assert problem.message == said

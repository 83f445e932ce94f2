"""Markdown becomes HTML that cannot harm: raw HTML as text, links resolved and checked."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from claimdeck.judge.deck import Claim, Deck
from claimdeck.model.cards import ClaimantCard, ClaimCard, PageCard, SourceCard, TopicCard
from claimdeck.model.urls import Home
from claimdeck.present.markup import ATTRIBUTES, TAGS, render_prose
from claimdeck.read.content import CardFile, Content
from claimdeck.read.places import Places

HOME = Home.at("https://example.org/kursk-claims/")
BASE = "/kursk-claims/"


def card_file(kind: str, id_: str, card: object) -> CardFile:
    suffix = "md" if kind == "page" else "yaml"
    path = f"content/{kind}s/{id_}.{suffix}"
    return CardFile(id_, path, card, Places(path, {("body",): (4, 1)}))


def prose(text: str) -> tuple[Markup, list[str]]:
    """Return the HTML of *text*, the body of a page from line 4 on, and its problems."""
    about = card_file("page", "about", PageCard(title="About", body=text))
    gone = ClaimCard.model_validate({"short": "Gone", "withdrawn": {"on": "2026-01-01", "note": "Wrong."}})
    content = Content(
        claims={"gone-claim": card_file("claim", "gone-claim", gone)},
        sources={"rfa-2024-11-27": card_file("source", "rfa-2024-11-27", SourceCard())},
        claimants={"gur": card_file("claimant", "gur", ClaimantCard())},
        topics={"casualties": card_file("topic", "casualties", TopicCard())},
        pages={"about": about},
        unread={("claim", "broken-claim")},
    )
    deck = Deck(None, withdrawn=dict(content.claims), topics=content.topics, pages=content.pages)
    rendered, problems = render_prose(deck, content, HOME)
    return rendered.get(("page", "about"), Markup()), [str(problem) for problem in problems]


def html_of(text: str) -> str:
    html, problems = prose(text)
    assert problems == []
    return str(html)


class Elements(HTMLParser):
    """The start tags of a text, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<b>bold</b>",
        '<img src="x" onerror="alert(1)">',
        "<style>p {color: red}</style>",
        '<div style="color: red">\n\ntext\n\n</div>',
        "<!-- comment -->",
        "</main>",
    ],
)
def test_raw_html_shows_as_text(raw):
    elements = Elements(html_of(raw)).found
    assert {tag for tag, _ in elements} <= {"p"}
    assert Markup(html_of(raw)).unescape().count("<") >= raw.count("<")


def test_code_is_escaped_once():
    assert html_of("`<b>` and `&amp;`") == "<p><code>&lt;b&gt;</code> and <code>&amp;amp;</code></p>"


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JavaScript:alert)",
        "[x](java&#115;cript:alert)",
        "[x](<java\tscript:alert>)",
        "[x](data:text/html,hello)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](//elsewhere.org/)",
        "[x](relative/page)",
        "[x]()",
        "[x][1]\n\n[1]: javascript:alert",
        "<javascript:alert>",
        "[x](javascript&#58;alert(1))",
        r"[x](javascript\:alert)",
        "[x](view-source:https://example.org/)",
        "[x](blob:https://example.org/)",
        "[x](ftp://example.org/)",
        "<ftp://example.org/>",
        "[x](https:elsewhere.org)",
        "[x](https:///elsewhere.org)",
        r"[x](https:\\\\elsewhere.org)",
        "[x](https://user:password@elsewhere.org/)",
        "<https://user:password@elsewhere.org/>",
        "[x](https://example.org\uff03@elsewhere.org/)",
        "[x](https://[)",
        "[x](mailto:)",
        "[x](mailto://[)",
        "[x](/&#47;elsewhere.org/)",
        "[x](/&sol;elsewhere.org/)",
        r"[x](/\\elsewhere.org/)",
        r"[x](\/\/elsewhere.org/)",
        "[x](/&bsol;elsewhere.org/)",
        "[x](/&Tab;/elsewhere.org/)",
        "[x][1]\n\n[1]: //elsewhere.org/ 'a title'",
    ],
)
def test_a_link_that_is_no_web_address_is_a_problem_or_plain_text(text):
    html, problems = prose(text)
    links = [attributes.get("href") for tag, attributes in Elements(html).found if tag == "a"]
    assert links in ([], [""])
    assert len(problems) == len(links)


@pytest.mark.parametrize(
    "address", ["https://example.com/a?b=c&d=e", "http://example.com/", "mailto:desk@example.org", "#notes"]
)
def test_a_link_to_the_world_stays_as_it_is(address):
    [(tag, attributes)] = [found for found in Elements(html_of(f"[there]({address})")).found if found[0] == "a"]
    assert (tag, attributes) == ("a", {"href": address})


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("claim:gone-claim", f"{BASE}claims/gone-claim/"),
        ("source:rfa-2024-11-27", f"{BASE}sources/rfa-2024-11-27/"),
        ("claimant:gur", f"{BASE}claimants/gur/"),
        ("topic:casualties", f"{BASE}topics/casualties/"),
        ("claimant:gur#claims", f"{BASE}claimants/gur/#claims"),
        ("/claimants/gur/", f"{BASE}claimants/gur/"),
        ("/claimants/gur/#claims", f"{BASE}claimants/gur/#claims"),
        ("/", BASE),
        ("/about/", f"{BASE}about/"),
        ("/claims.json", f"{BASE}claims.json"),
    ],
)
def test_a_link_to_a_card_or_a_page_of_the_site_gets_the_base_path(address, href):
    assert f'href="{href}"' in html_of(f"[there]({address})")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("claimant:outlet-b", "there is no claimant “outlet-b”. Did you mean “outlet-a”?"),
        ("claim:nothing-like-it", "there is no claim “nothing-like-it”. Correct the id."),
        ("/sources/article-b/", "there is no source “article-b”. Did you mean “article-a”?"),
        ("javascript:x", "a link cannot lead there."),
    ],
)
def test_a_faulty_link_is_a_problem_at_its_line(site, address, message):
    site.write("content/pages/about.md", f"---\ntitle: About\n---\nA first line.\n\nThen a [link]({address}).\n")
    site.claim("bridge-cost", analysis=f"|\n  A first line.\n\n  Then a [link]({address}).")
    analysis, page = [problem for problem in site.mistakes() if problem.code == "CD070"]
    assert [(problem.place.path, problem.place.line) for problem in (analysis, page)] == [
        ("content/claims/bridge-cost.yaml", 15),
        ("content/pages/about.md", 6),
    ]
    assert f"the link to “{address}”: {message}" in f"{page.message} {page.hint}"
    assert analysis.message == page.message


def test_a_link_to_a_card_that_could_not_be_read_is_not_reported_as_dangling():
    assert prose("[there](claim:broken-claim)")[1] == []


def test_every_faulty_link_is_reported():
    assert len(prose("[a](claim:one) [b](claim:two)\n\n[c](javascript:three)")[1]) == 3


def test_pictures_are_problems_and_are_not_shown():
    html, problems = prose("![a map](https://example.com/map.png)")
    assert "img" not in {tag for tag, _ in Elements(html).found}
    [problem] = problems
    assert "“https://example.com/map.png”: pictures cannot be shown. Link to it: [what it shows](https://…)." in problem


@pytest.mark.parametrize(("written", "level"), [("#", 2), ("##", 2), ("###", 3), ("####", 4), ("######", 6)])
def test_headings_begin_below_the_title_of_the_page(written, level):
    assert html_of(f"{written} A heading") == f"<h{level}>A heading</h{level}>"


@pytest.mark.parametrize(("written", "level"), [("#", 3), ("##", 3), ("###", 4), ("######", 6)])
def test_headings_of_an_analysis_begin_below_its_own_heading(written, level):
    claim = ClaimCard(analysis=f"{written} A heading")
    file = card_file("claim", "one", claim)
    rendered, _ = render_prose(Deck(None, claims={"one": Claim("one", file)}), Content(claims={"one": file}), HOME)
    assert rendered["claim", "one"] == f"<h{level}>A heading</h{level}>"


def test_footnotes_survive_and_lead_to_each_other():
    html = html_of("A sentence.[^1] Another one.[^two]\n\n[^1]: The first note.\n[^two]: The second note.")
    elements = Elements(html).found
    anchors = {attributes["id"] for _, attributes in elements if "id" in attributes}
    links = {(attributes["href"] or "").removeprefix("#") for tag, attributes in elements if tag == "a"}
    assert len(links) == 4
    assert links <= anchors
    assert "The second note." in html


def test_tables_survive():
    html = html_of("| who | how many |\n|-----|---------:|\n| NIS | 100 |")
    assert "<th>who</th>" in html
    assert '<td class="number">100</td>' in html
    assert html.count("<tr>") == 2


def test_quotations_stay_letter_for_letter():
    assert "\"straight\" -- and 'so' ..." in Markup(html_of("\"straight\" -- and 'so' ...")).unescape()


def test_a_text_does_not_remember_the_one_before():
    assert html_of("[a][1]\n\n[1]: https://example.com/") != html_of("[a][1]")
    assert html_of("[a][1]") == "<p>[a][1]</p>"


PIECES = st.sampled_from(
    [
        *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<", ">", "&lt;", "&#60;"),
        *(
            "[x](",
            "javascript:alert(1)",
            "java\nscript:",
            "&#106;avascript:",
            ")",
            "](",
            "[",
            "![",
            "]",
            "[1]: ",
            "[^1]",
        ),
        *(
            '"',
            "'",
            "`",
            "```\n",
            "*",
            "_",
            "# ",
            "\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "| a | b |\n|---|---|\n",
            "\\",
            "\x02",
            "\x03",
        ),
        *(
            "claim:",
            "topic:casualties",
            "/claimants/gur/",
            "https://example.com/",
            "data:text/html,",
            'onclick="x"',
            "style=x",
        ),
        *(
            "<a href='javascript:x'>",
            "<!--",
            "-->",
            "<![CDATA[",
            "<?php",
            "{: onclick=x }",
            "klzzwxh:0001",
            "word",
            " ",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join))
def test_no_markdown_whatever_yields_a_script_a_handler_or_a_hostile_link(text):
    html, _ = prose(text)
    for tag, attributes in Elements(html).found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"rel"}
        href = attributes.get("href") or "#"
        assert href.startswith(("#", BASE, "https://", "http://", "mailto:"))

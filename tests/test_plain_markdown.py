"""What the short road makes of Markdown is what Python-Markdown and nh3 make of it; the rest it leaves to them."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdeck.judge.deck import Claim, Deck
from claimdeck.model.cards import ClaimantCard, ClaimCard, SourceCard
from claimdeck.model.urls import Home
from claimdeck.pipeline import judge_site
from claimdeck.present.markup import CLEANER, Target, render_prose
from claimdeck.present.plain_markdown import render_plain
from claimdeck.read.content import CardFile, Content
from claimdeck.read.places import Places
from tests.benchmarks.prose import plain_analysis, rough_analysis
from tests.benchmarks.words import Words

PROJECT = Path(__file__).resolve().parents[1]
DOSSIERS = [PROJECT, *sorted((PROJECT / "tests" / "sites" / "good").iterdir())]
HOME = Home.at("https://example.org/kursk-claims/")
CONTENT = Content(
    sources={"rfa-2024": CardFile("rfa-2024", "content/sources/rfa-2024.yaml", SourceCard(), Places(""))},
    claimants={"gur": CardFile("gur", "content/claimants/gur.yaml", ClaimantCard(), Places(""))},
    unread={("claim", "broken")},
)
UNUSED = "\n\n[unused]: /\n"  # a definition that nothing refers to shows nowhere, but is nothing plain


def plain(text: str) -> str | None:
    """Return what the short road makes of *text*, its links left as they are."""
    return render_plain(text, str, "h{}".format)


def rendered(text: str) -> tuple[str, list[str], dict[str, Target]]:
    """Return the HTML of *text*, the analysis of a claim, its problems, and where its links lead if it has none."""
    places = Places("content/claims/one.yaml", {("analysis",): (9, 3)})
    file = CardFile("one", places.path, ClaimCard.model_construct(analysis=text), places)
    deck = Deck(None, claims={"one": Claim("one", file)})
    memo = {}
    prose, problems = render_prose(deck, CONTENT, HOME, memo)
    targets = {address: target for one in memo.values() for address, target in one.targets.items()}
    return str(prose["claim", "one"]), [str(problem) for problem in problems], targets


def assert_same_as_the_library(text: str) -> None:
    """Hold *text* against itself with something behind it that only the library understands, if it is plain."""
    if plain(text) is not None:
        html, problems, targets = rendered(text)
        assert plain(text + UNUSED) is None
        assert (html, problems, targets) == rendered(text + UNUSED)
        assert CLEANER.clean(html) == html


def prose_of(root: Path) -> list[str]:
    """Return every Markdown text of the dossier at *root*."""
    content = judge_site(root).content
    texts = [file.card.analysis for file in content.claims.values()] + [
        file.card.body for file in content.pages.values()
    ]
    return [text for text in texts if text]


# What plain texts are made of, and what a hand can put between.
WORDS = st.sampled_from(
    [
        "so",
        "the toll",
        "R & D",
        "“said”",
        "it's",
        "4.5 %",
        "Мост",
        "다리",
        'say "no"',
        "3.",
        "…",
        "–",
        "so\non",
        "Wow!",
        "a#b",
    ]
)
ADDRESSES = st.sampled_from(
    [
        *(
            "source:rfa-2024",
            "claimant:gur#x",
            "claim:broken",
            "claim:no",
            "/",
            "/claims/x/",
            "/sources/rfa-2024/",
            "#n",
        ),
        *("https://example.org/a_b?c=d&e=f", "http://a-b.co.uk"),
    ]
)
ELEMENTS = st.one_of(
    WORDS,
    WORDS,
    st.builds(str.format, st.sampled_from(["*{}*", "**{}**", "_{}_", "__{}__", "`{}`", "({})", "“*{}*”"]), WORDS),
    st.builds("[{}]({})".format, WORDS, ADDRESSES),
)
LINES = st.lists(ELEMENTS, min_size=1, max_size=4).map(" ".join)
BLOCKS = st.one_of(
    LINES,
    LINES,
    LINES.map("## {}".format),
    LINES.map(lambda line: "> " + line.replace("\n", "\n> ")),
    st.lists(LINES, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(LINES, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    ),
)
TEXTS = st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join)
HOSTILE = st.sampled_from(
    [
        *"*_[]()<>&\"'`\\#-+.019!|~^:;= \t\n\r\u00a0\u2028\u200b٣",
        "  \n",
        "\n\n",
        "](",
        "![",
        "[^",
        "[a](//b)",
        "[a](b (c))",
    ]
)


def with_inserts(text: str, inserts: list[tuple[int, str]]) -> str:
    """Return *text* with each of *inserts* put in somewhere."""
    for place, insert in inserts:
        place %= len(text) + 1
        text = text[:place] + insert + text[place:]
    return text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One line\nand another.\n\n\n“Two”.\n", "<p>One line\nand another.</p>\n<p>“Two”.</p>"),
        ("*So* **it**, (_is_).", "<p><em>So</em> <strong>it</strong>, (<em>is</em>).</p>"),
        ('R & D say "no" `a_b*c[]`', '<p>R &amp; D say "no" <code>a_b*c[]</code></p>'),
        ("[a b](/x/?c&d)[e](claim:f)", '<p><a href="/x/?c&amp;d">a b</a><a href="claim:f">e</a></p>'),
        ("### So *it* was", "<h3>So <em>it</em> was</h3>"),
        ("> Once\n> more.\n>\n> – Me", "<blockquote>\n<p>Once\nmore.</p>\n<p>– Me</p>\n</blockquote>"),
        ("- one,\n  and on\n- *two*", "<ul>\n<li>one,\n  and on</li>\n<li><em>two</em></li>\n</ul>"),
        ("1. one\n7. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
    ],
)
def test_plain_markdown_becomes_html(text, html):
    assert plain(text) == html
    assert_same_as_the_library(text)


@pytest.mark.parametrize(
    "text",
    [
        *("<b>raw</b>", "3 < 4", "<https://example.org/>", "&eacute;", "&#8203;", "a\\*b", "a | b\n--|--"),
        *("A note.[^1]\n\n[^1]: So.", "[a][b]\n\n[b]: /", "[a]", "![a](/b)", "[a](/b 'c')", "[a](<b>)"),
        *("[a](https://xn--a/)", "[a](https://1.2.3.4.5/)", "[a](https://a.b:99999/)", "[a](https:a)"),
        *("[a](javascript:b)", "[a](//b.org/)", "[a](b)", "[a](/b(c))", "[a](/b&amp;c)", "[*a*](/b)"),
        *(
            "*a",
            "a*b*",
            "*a*b",
            "* a*",
            "***a***",
            "*a **b***",
            "snake_case",
            "2 * 3",
            "``a``",
            "`a",
            "` a`",
            "`a `",
            "`a``b`",
        ),
        *("A title\n===", "A title\n---", "***", "---", "a\n# b", "# a #", "#a", "####### a", "    code"),
        *("a\n- b", "- a\n\n- b", "- a\n    - b", "- a\n- > b", "-", "2. a", "a\n1. b", "- 1. a", "+ a"),
        *("> a\nb", "> a\n\n> b", "> - a", "> ", "a  \nb", "a \nb", " a", "a ", "\ta", "a\r\nb", "a\rb"),
        *("a\u00a0b", "٣. a", "\u200b", "\u2028", "\ufeff", "\ud800", "\x02", "\0"),
    ],
)
def test_what_may_mean_more_is_left_to_the_library_and_no_link_is_asked_for(text):
    asked = []
    assert render_plain(f"[a](/b)\n\n{text}", lambda address: asked.append(address) or address, "h{}".format) is None
    assert asked == []


@pytest.mark.parametrize("root", DOSSIERS, ids=lambda root: root.name)
def test_the_texts_of_whole_dossiers_come_out_the_same(root):
    for text in prose_of(root):
        assert_same_as_the_library(text)


def test_most_texts_are_plain():
    ours = prose_of(PROJECT)
    words = Words(Random(1))
    made_up = [plain_analysis(words, ["rfa-2024"]) for _ in range(100)]
    assert sum(plain(text) is not None for text in ours) > 0.9 * len(ours)
    assert all(plain(text) is not None for text in made_up)
    assert all(plain(rough_analysis(words, ["rfa-2024"])) is None for _ in range(20))


def test_problems_of_links_come_in_the_order_of_the_text():
    html, problems, _ = rendered("[a](claim:one) and [b](claim:two) and [c](claim:one)")
    assert [problem.partition("“")[2].partition("”")[0] for problem in problems] == [
        "claim:one",
        "claim:two",
        "claim:one",
    ]
    assert html.count('href=""') == 3
    assert_same_as_the_library("[a](claim:one) and [b](claim:two) and [c](claim:one)")


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_texts_of_plain_parts_come_out_the_same(text):
    assert_same_as_the_library(text)


@settings(max_examples=250, deadline=None)
@given(BLOCKS, st.lists(st.tuples(st.integers(0, 999), HOSTILE), min_size=1, max_size=2))
def test_plain_texts_with_a_hostile_character_come_out_the_same(text, inserts):
    assert_same_as_the_library(with_inserts(text, inserts))


@settings(max_examples=200, deadline=None)
@given(st.lists(HOSTILE | st.sampled_from(["a", "b", " "]), max_size=9).map("".join))
def test_short_texts_of_nothing_but_marks_come_out_the_same(text):
    assert_same_as_the_library(text)
    assert_same_as_the_library(f"so *it* {text}was")

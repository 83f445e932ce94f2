"""The work list: whole sites in, the weakest card first, as lines on a terminal and as a page of the preview."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from claimdeck.cli import main
from claimdeck.desk.worklist import list_tasks, worklist_context, worklist_lines, worklist_page
from claimdeck.model.urls import Home
from claimdeck.pipeline import judge_site
from claimdeck.present.render import Renderer
from claimdeck.present.views import Views
from claimdeck.read.static import template_folders
from tests.rendered import render_site

PROJECT = Path(__file__).resolve().parents[1]
TODAY = "2030-06-01"
HOME = Home.at("https://example.org/bridge-file/")


def lines(site, width=100, errors=0):
    return list(worklist_lines(list_tasks(site.judge(), TODAY), errors, width))


def page_of(site):
    judged = site.judge()
    page = worklist_page(list_tasks(judged, TODAY), Views(judged.deck, HOME))
    return Renderer(judged.deck, HOME, template_folders(site.root)).render(page)


@pytest.fixture
def desk(site, capsys):
    """Return a function that runs `desk` on the small site: its exit code, stdout and stderr."""

    def run(*arguments):
        code = main(["desk", *arguments, "--root", str(site.root)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def busy(site):
    """The small site with something of several kinds: a retracted source, an override, a quote, a draft."""
    site.settings("measures: {cost: {label: crowns spent}}\n")
    site.claimant("mayor", stake="party", stake_note="She ordered it.")
    site.source("article-b", retracted="{on: 2030-05-20, note: Wrong sum.}")
    site.source("article-c", archive_url="https://example.org/kept", published="2030-05-20")
    site.claim("bridge-cost", evidence=["{source: article-a, stance: supports, via: [mayor], quote: four million}"])
    site.claim("ferry-fare", evidence=["{source: article-b, stance: supports}"], unknowns="[Who set it.]")
    site.claim("ferry-late", evidence=["{source: article-c, stance: supports, via: [unknown]}"], unknowns="[Why.]")
    site.claim("idea", draft="true", status=None)
    return site


def test_the_weakest_card_comes_first_and_a_draft_last(busy):
    found = [(task.file.id, task.kind) for task in list_tasks(busy.judge(), TODAY)]
    assert found == [
        ("ferry-fare", "retracted"),
        ("ferry-late", "new-reporting"),
        ("bridge-cost", "quote"),
        ("bridge-cost", "no-unknowns"),
        ("ferry-late", "dark-end"),
        ("outlet-a", "stake"),
        ("article-a", "archive"),
        ("article-b", "archive"),
        ("idea", "draft"),
    ]


def test_the_list_is_the_same_every_time_and_names_nothing_twice(busy):
    first, second = (list_tasks(busy.judge(), TODAY) for _ in range(2))
    assert first == second
    assert len({(task.kind, task.file.path, task.loc, task.why) for task in first}) == len(first)


def test_a_card_that_could_not_be_read_whole_has_no_task_and_hides_no_other_card(busy):
    busy.claim("ferry-fare", evidence=["{source: article-b, stance: supports, via: [nobody]}"])
    busy.claim("bridge-cost", becuase="It is.")
    kinds = {task.file.id: task.kind for task in list_tasks(busy.judge(), TODAY) if task.card == "claim"}
    assert kinds == {"ferry-late": "dark-end", "idea": "draft"}


def test_the_lines_hold_each_card_once_with_the_place_and_what_to_do(busy):
    text = "\n".join(lines(busy))
    assert text.startswith(
        "claim ferry-fare\n"
        "  content/claims/ferry-fare.yaml:9:14: article-b was retracted (2030-05-20), and this card still\n"
        "      counts it. Take it out of the count (`stance: mentions`), and see which status the rest\n"
        "      carries.\n"
        "\n"
        "claim ferry-late\n"
    )
    assert len(re.findall(r"^claim ferry-late$", text, re.MULTILINE)) == 1
    assert text.endswith("1 × unknown stake, 2 × no archive address, 1 × draft.")
    assert "\n9 tasks on 7 cards: 1 × retracted source, 1 × newer reporting" in text


@pytest.mark.parametrize("width", [1, 60, 100, 300])
def test_lines_fit_the_terminal_and_no_id_or_place_is_cut(busy, width):
    long = "-".join(["the-very-long-story-of-the-bridge"] * 3)[:100]
    busy.claim(long)
    found = lines(busy, width)
    assert f"claim {long}" in found
    assert any(f"content/claims/{long}.yaml:1:1:" in line for line in found)
    wide = [line for line in found if len(line) > max(width, 40)]
    assert [line for line in wide if len(line.split()) > 1 and line != f"claim {long}"] == []


def test_forty_cards_are_printed_and_the_others_counted(site):
    for number in range(45):
        site.claim(f"claim-{number}")
    found = lines(site)
    assert sum(1 for line in found if line.startswith("claim ")) == 40
    assert "… and 8 more cards." in found  # with the first claim, its source and its outlet
    assert found[-1].startswith("48 tasks on 48 cards: 46 × no unknowns")


def test_a_site_with_nothing_to_do_says_so(site):
    site.claimant("outlet-a", kind="outlet", stake="none")
    site.source("article-a", archive_url="https://example.org/kept")
    site.claim(unknowns="[Who counted.]")
    assert lines(site) == ["0 tasks on 0 cards."]


def test_errors_are_counted_before_the_last_line(busy):
    *_, before, first, second = lines(busy, errors=2)
    assert before == "Before all this: 2 errors in the content; `check` prints what to mend."
    assert f"{first} {second.strip()}" == " ".join(" ".join(lines(busy)[-2:]).split())


def test_nothing_that_a_terminal_would_obey_reaches_it(site):
    site.settings('measures: {cost: {label: "crowns \\e[31m spent"}, days: {label: "days\\nand\\thours"}}\n')
    for id_, figure in (("a", "{measure: cost, about: 4}"), ("b", "{measure: cost, over: 40}")):
        site.claim(f"{id_}-cost", figure=figure)
        site.claim(f"{id_}-days", figure=figure.replace("cost", "days"))
    found = lines(site, 500)
    assert sum("cannot both be true" in line for line in found) == 2
    assert all(line.isprintable() for line in found)


@pytest.mark.usefixtures("busy")
def test_the_command_prints_the_list_and_ends_with_0(desk):
    code, out, err = desk("--today", TODAY)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "claim ferry-fare"
    assert "error" not in out


def test_the_command_lists_what_could_be_read_and_says_that_check_has_more(busy, desk):
    busy.claim("bridge-cost", topics=["bridges"])
    busy.claim("idea", draft="true", topics=["bridges"])  # a draft's mistakes are notes
    code, out, _ = desk("--today", TODAY)
    assert code == 0
    assert "Before all this: 1 error in the content; `check`" in out
    assert "claim ferry-fare" in out


def test_the_age_of_a_review_is_counted_from_the_day_that_is_given(desk):
    assert "ago" not in desk("--today", "2031-05-03")[1]
    assert "366 days ago" in " ".join(desk("--today", "2031-05-04")[1].split())


@pytest.mark.parametrize("today", ["tomorrow", "2030-02-30", "2030-05", ""])
def test_a_day_that_does_not_exist_is_bad_usage(desk, today):
    code, out, err = desk("--today", today)
    assert (code, out) == (2, "")
    assert f"“{today}” is not a day that exists" in err


class Outline(HTMLParser):
    """The tags of a page in order, its links, its headings, and whether every tag that opens is closed."""

    def __init__(self, html):
        super().__init__()
        self.open, self.links, self.headings, self.text = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in {"meta", "link", "br", "input", "path", "circle"}:
            self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if tag not in {"path", "circle"}:
            assert self.open.pop() == tag

    def handle_data(self, text):
        self.text.append(text)


def test_the_page_holds_what_the_terminal_has_and_links_to_pages_that_the_preview_has(busy):
    outline = Outline(page_of(busy))
    assert outline.open == []
    assert (outline.headings[:3], set(outline.headings[3:])) == ([1, 2, 2], {3})
    text = " ".join(" ".join(outline.text).split())
    for task in list_tasks(busy.judge(), TODAY):
        assert " ".join(f"{task.why} {task.mend} {task.place}".split()) in text
    files = {f"{HOME.base}{path.removesuffix('index.html')}" for path in render_site(busy.judge(), drafts=True)[0]}
    assert [link for link in outline.links if link.startswith("/") and link not in files] == []
    assert f"{HOME.base}claims/idea/" in outline.links


def test_the_page_is_not_for_search_engines_and_no_build_has_it(busy):
    assert '<meta name="robots" content="noindex">' in page_of(busy)
    assert not any(path.startswith("_desk") for path in busy.render())
    assert not any(path.startswith("_desk") for path in render_site(busy.judge(), drafts=True)[0])


def test_what_an_editor_typed_is_escaped_on_the_page(busy):
    busy.claim("idea", draft="true", short="'<b>Bold</b>'", status="'<i>'")
    html = page_of(busy)
    assert "&lt;b&gt;Bold" in html
    assert "&lt;i&gt;" in html
    assert "<b>" not in html


def test_the_page_says_in_which_language_a_claim_is_told(busy):
    busy.claim("ferry-fare", short="Die Fähre", language="de", evidence=["{source: article-b, stance: supports}"])
    assert re.search(r'lang="de" dir="ltr"><a [^>]+>Die Fähre<', page_of(busy))


def test_the_page_is_bounded(site):
    for number in range(210):
        site.claim(f"claim-{number}")
    judged = site.judge()
    context = worklist_context(list_tasks(judged, TODAY), Views(judged.deck, HOME))
    assert (len(context["cards"]), context["more"]) == (200, "13 more cards")
    assert context["kinds"][0] == {
        "label": "no unknowns",
        "count": 211,
        "reason": "the page does not say what nobody knows",
    }


def test_an_empty_list_makes_a_page_too(site):
    site.claimant("outlet-a", kind="outlet", stake="none")
    site.source("article-a", archive_url="https://example.org/kept")
    site.claim(unknowns="[Who counted.]")
    assert Outline(page_of(site)).headings == [1]


def test_the_list_of_the_default_dossier_begins_with_what_is_confirmed_on_one_origin():
    judged = judge_site(PROJECT)
    tasks = list_tasks(judged, "2026-11-22")
    assert tasks[0].kind == "one-origin"
    assert judged.deck.claims[tasks[0].file.id].card.status == "confirmed"
    assert {task.kind for task in tasks} >= {"dark-end", "stake", "archive", "single"}

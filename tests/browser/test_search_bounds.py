"""What filters and search must bear: thousands of claims, a slow or broken network, no JavaScript, any size."""

import re
import unicodedata
from bisect import bisect_right
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from claimdeck.model.urls import Home
from claimdeck.pipeline import judge_site
from claimdeck.present.claim_pages import plan_claim_lists
from claimdeck.present.render import Renderer
from claimdeck.present.search import plan_search, search_files
from claimdeck.present.views import Views
from claimdeck.present.word_index import words_in
from claimdeck.read.static import PROJECT, read_static, template_folders
from tests.large_site import write_large_site

MANY = 2400  # so many that the numbers of claimants fill two files
FILTERED = "claims/?status=attributed&topic=casualties&q=killed"
SEARCHED = "search/?q=casualties"
COUNTED = re.compile(r" \([\d,]+\)$")  # a choice that says how many claims it would leave
PHONE, NARROW, DESKTOP = ({"width": 390, "height": 844}, {"width": 320, "height": 640}, {"width": 1280, "height": 900})
MEASURE = """([name, value]) => new Promise(done => {
    const status = document.querySelector("[role=status]"), control = document.querySelector(`[name=${name}]`);
    const start = performance.now();
    new MutationObserver(() => done(performance.now() - start)).observe(status, {childList: true});
    control.value = value;
    control.dispatchEvent(new Event("input", {bubbles: true}));
})"""


@pytest.fixture(scope="module")
def large(tmp_path_factory, served) -> str:
    """The address of a site of 2,400 claims, of which only the first list and the search are made."""
    root, output = tmp_path_factory.mktemp("large"), tmp_path_factory.mktemp("dist")
    write_large_site(root, MANY)
    deck, home = judge_site(root).deck, Home.at("https://example.org/large/")
    views = Views(deck, home)
    pages = [page for page in plan_claim_lists(views, {}) if page.url == "claims/"] + list(plan_search(views, {}))
    renderer = Renderer(deck, home, template_folders(root))
    texts = {page.file: renderer.render(page) for page in pages} | dict(search_files(views, {}))
    for path, content in {**read_static(root)[0], **{path: text.encode() for path, text in texts.items()}}.items():
        file = Path(output, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return served(output, "/large/")


def told(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def in_javascript(word: str) -> bytes:
    """Return by what JavaScript orders words."""
    return word.encode("utf-16-be")


def file_of(word: str, beginnings: list[str]) -> str:
    return f"words-{bisect_right(beginnings, in_javascript(word), key=in_javascript) - 1}"


def test_the_script_takes_words_apart_as_the_index_does(page):
    script = Path(PROJECT, "static/search.js").read_text(encoding="utf-8")
    rules = [
        r"  const UNSPACED.*\n",
        r"  const RUNS.*\n",
        r"  function wordsIn[^}]*(?s:.*?)\n  }\n",
        r"  function fileOf(?s:.*?)\n  }\n",
    ]
    own = "".join(re.search(rule, script)[0] for rule in rules)
    letters = [
        chr(code) for code in range(0x20, 0x30000, 23) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}
    ]
    texts = [f"x{letter}y {letter}{letter} ab{letter}" for letter in letters]
    known = {word for text in texts for word in words_in(text)}
    beginnings = ["", *sorted({word[:2] for word in known}, key=in_javascript)[::5]]
    found = page.evaluate(
        f"([texts, beginnings]) => {{ {own} return texts.map(text => wordsIn(text)"
        ".map(word => [word, fileOf(word, beginnings)])) }",
        [texts, beginnings],
    )
    for text, words in zip(texts, found, strict=True):
        assert {word for word in words_in(text) if len(word) > 1} <= {word for word, _ in words} <= set(words_in(text))
        assert all(name == file_of(word, beginnings) for word, name in words)


def test_thousands_of_claims_are_filtered_at_once(large, page, page_messages):
    page.goto(large + "claims/")
    expect(page.get_by_role("status")).to_have_text(f"{MANY:,} claims")
    expect(page.locator("select[name=source] option")).to_have_count(MANY // 8 + 1)
    steps = [
        ("status", "attributed"),
        ("topic", "topic-0006"),
        ("topic", ""),
        ("q", "bridge"),
        ("q", "bridge market"),
        ("q", ""),
    ]
    for once in ("at first", "again"):
        for name, value in steps:
            print(f"{once} {name}={value}: {page.evaluate(MEASURE, [name, value]):.0f} ms, {told(page)}")
        page.evaluate(MEASURE, ["status", ""])
    assert told(page) == f"{MANY:,} claims"
    assert page_messages == []


def test_of_a_facet_in_several_files_only_the_choice_made_is_loaded(large, page, page_messages):
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
    page.goto(large + "claims/")
    status, options = page.get_by_role("status"), page.locator("select[name=claimant] option:not([value=''])")
    expect(options.first).to_have_text(COUNTED)
    assert all(map(COUNTED.search, options.all_inner_texts()))
    page.get_by_label("Topic").select_option("topic-0006")
    expect(status).to_contain_text(" of ")
    assert not any(map(COUNTED.search, options.all_inner_texts()))
    assert [name for name in loaded if name.startswith("claimant-")] == []
    *_, (id_, _, whole, place) = page.request.get(f"{large}search/claimant.json").json()
    page.get_by_label("Claimant").select_option(id_)
    expect(page).to_have_url(re.compile(f"claimant={id_}"))
    page.get_by_label("Topic").select_option("")
    expect(status).to_have_text(f"{whole} of {MANY:,} claims")
    assert (
        [name for name in loaded if name.startswith("claimant-")] == [f"claimant-{place}.json"] != ["claimant-0.json"]
    )
    assert page_messages == []


def test_more_results_are_shown_on_demand_and_the_focus_goes_to_the_first_of_them(large, page):
    page.goto(large + "claims/?q=bridge")
    links = page.locator("[data-results] a")
    expect(links).to_have_count(30)
    page.get_by_role("button", name="Show more").click()
    expect(links).to_have_count(60)
    expect(links.nth(30)).to_be_focused()
    page.get_by_role("searchbox").fill("no such word")
    expect(links).to_have_count(0)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_an_answer_that_comes_late_does_not_replace_a_later_one(large, page, page_messages):
    held: list[Route] = []
    beginnings = page.request.get(f"{large}search/words.json").json()
    late = file_of("bridge", beginnings)
    assert late != file_of("ferry", beginnings)
    page.route(f"**/search/{late}.json", lambda route: held.append(route))
    page.goto(large + "claims/")
    field = page.get_by_role("searchbox")
    field.fill("bridge")
    field.fill("ferry")
    expect(page.locator("[data-results] a").first).to_contain_text("ferry")
    of_the_ferry = told(page)
    with page.expect_response(held[0].request.url):
        held[0].continue_()
    page.wait_for_timeout(100)
    assert told(page) == of_the_ferry
    expect(page.locator("[data-results] a").first).to_contain_text("ferry")
    field.fill("bridge")
    expect(page.locator("[data-results] a").first).to_contain_text("bridge")
    assert page_messages == []


@pytest.mark.parametrize("lost", ["status", "topic-0", "words", "words-*", "entries-*"])
def test_where_the_index_cannot_be_had_the_page_says_so_and_shows_the_list(lost, address, page):
    page.route(f"**/search/{lost}.json", lambda route: route.abort())
    page.goto(address + FILTERED)
    expect(page.get_by_role("status")).to_have_text(
        "The index could not be loaded. Try again, or go through the lists."
    )
    expect(page.locator("[data-list]")).to_be_visible()
    page.unroute_all()
    page.get_by_role("searchbox").fill("kill")
    expect(page.get_by_role("status")).to_contain_text(" of ")
    expect(page.locator("[data-list]")).to_be_hidden()


def test_without_javascript_the_list_is_plain_and_the_search_points_to_the_lists(address, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(address + FILTERED)
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("[data-list] .entry").first).to_be_visible()
    expect(page.locator("[data-results]")).to_be_hidden()
    page.goto(address + "search/")
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("main p").first).to_contain_text("The search needs JavaScript")
    for name in ("claims", "sources", "claimants", "topics"):
        expect(page.locator("main").get_by_role("link", name=name)).to_have_attribute("href", f"/kursk-claims/{name}/")


@pytest.mark.parametrize("url", [FILTERED, SEARCHED])
def test_axe_finds_nothing_while_results_are_shown(url, address, new_page):
    page = new_page(viewport=DESKTOP, reduced_motion="reduce")
    page.goto(address + url)
    expect(page.locator("[data-results] a").first).to_be_visible()
    reports = []
    for size, scheme in ((DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        reports += [results.generate_report()] if results.violations_count else []
    assert reports == []


@pytest.mark.parametrize("url", [FILTERED, SEARCHED])
def test_the_form_fits_a_phone_and_the_results_do_not_scroll_sideways(url, address, new_page):
    page = new_page(viewport=NARROW)
    page.goto(address + url)
    expect(page.locator("[data-results] a").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(PHONE)
    box = page.locator("[data-results] .entry").first.bounding_box()
    assert box["y"] + box["height"] < PHONE["height"]

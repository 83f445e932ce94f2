"""The pages of the default dossier in a real browser, under the base path, as readers meet them."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

CLAIM = "claims/five-hundred-killed/"
DESKTOP, PHONE, NARROW = (
    {"width": 1280, "height": 900},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)
KINDS = {
    "home": "",
    "claims": "claims/",
    "claim": CLAIM,
    "sources": "sources/",
    "source": "sources/rfa-2024-11-27/",
    "claimants": "claimants/",
    "claimant": "claimants/gur/",
    "topics": "topics/",
    "topic": "topics/casualties/",
    "status": "status/attributed/",
    "corrections": "corrections/",
    "methodology": "methodology/",
    "prose": "about/",
    "figures": "figures/",
    "matrix": "matrix/",
    "timeline": "timeline/",
    "as of": "as-of/2024-12-16/",
    "search": "search/",
    "not found": "claims/no/such/claim/",
}
FIRST_SCREEN = ("h1", ".card .stamp", ".verdict__reason", ".trail")
ALL = {"resultTypes": ["violations"]}
COLOURS = {**ALL, "runOnly": ["color-contrast"]}  # all that the dark theme changes
every_kind = pytest.mark.parametrize("kind", KINDS)


def own(messages: list[str], kind: str) -> list[str]:
    """Return *messages* without the one in which Chromium says that the missing page is missing."""
    return [message for message in messages if kind != "not found" or "status of 404" not in message]


@every_kind
def test_a_page_says_nothing_on_the_console_and_asks_no_other_host(kind, address, page, page_messages):
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(address + KINDS[kind], wait_until="networkidle")
    assert own(page_messages, kind) == []
    assert {urlsplit(url).netloc for url in requested} == {urlsplit(address).netloc}
    assert any(url.endswith("site.css") for url in requested)


@every_kind
def test_a_page_does_not_scroll_sideways_on_the_narrowest_phone(kind, address, new_page):
    page = new_page(viewport=NARROW)
    page.goto(address + KINDS[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@every_kind
def test_axe_finds_nothing_light_dark_or_on_a_phone(kind, address, new_page, page_messages):
    page = new_page(viewport=DESKTOP, reduced_motion="reduce")
    page.goto(address + KINDS[kind])
    reports = []
    for size, scheme, options in ((DESKTOP, "light", ALL), (DESKTOP, "dark", COLOURS), (PHONE, "light", ALL)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options=options)
        if results.violations_count:
            reports.append(f"{scheme} {size}: {results.generate_report()}")
    assert reports == []
    assert own(page_messages, kind) == []


@every_kind
def test_a_page_can_be_read_without_javascript(kind, address, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(address + KINDS[kind])
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).not_to_be_empty()
    expect(page.get_by_role("navigation", name="Site")).to_be_visible()
    expect(page.locator("[data-theme-switch]")).to_be_hidden()


def test_a_claim_is_whole_without_javascript(address, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(address + CLAIM)
    for selector in (*FIRST_SCREEN, ".picture__wide", ".picture + details > summary", ".evidence >> nth=0"):
        expect(page.locator(selector).first).to_be_visible()


def test_the_verdict_of_the_longest_claims_is_on_the_first_screen_of_a_phone(address, dossier, new_page):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    pages = {path.parent.name: path.read_text(encoding="utf-8") for path in (dossier / "claims").glob("*/index.html")}
    cards = {id_: re.search('<article class="card">.*?</article>', html, re.DOTALL) for id_, html in pages.items()}
    longest = sorted((id_ for id_ in cards if cards[id_]), key=lambda id_: len(cards[id_][0]))[-8:]
    below = {}
    for id_ in longest:
        page.goto(f"{address}claims/{id_}/")
        boxes = {name: page.locator(name).first.bounding_box() for name in FIRST_SCREEN}
        ends = {name: box["y"] + box["height"] for name, box in boxes.items()}
        below |= {id_: ends} if max(ends.values()) > PHONE["height"] else {}
    assert len(longest) == 8
    assert below == {}


def test_the_theme_follows_the_system_until_it_is_switched_and_then_stays(address, new_page, page_messages):
    page = new_page(color_scheme="light")
    page.goto(address)
    switch = page.get_by_role("button", name="Dark theme")
    expect(switch).to_have_attribute("aria-pressed", "false")
    light = paper(page)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = paper(page)
    assert light != dark
    page.goto(address + CLAIM)
    assert paper(page) == dark
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    assert paper(page) == light
    assert page_messages == []


def test_the_theme_of_a_dark_system_is_dark_without_a_click(address, new_page):
    papers = []
    for scheme in ("light", "dark"):
        page = new_page(color_scheme=scheme, java_script_enabled=False)
        page.goto(address)
        papers.append(paper(page))
    assert len(set(papers)) == 2


def paper(page) -> str:
    """Return the colour of the paper."""
    return page.locator("html").evaluate("root => getComputedStyle(root).backgroundColor")


def test_a_missing_address_helps_however_deep_it_lies(address, page):
    response = page.goto(f"{address}claims/one/two/three/four")
    assert response.status == 404
    expect(page.locator("h1")).to_have_text("There is no page at this address")
    assert paper(page) != "rgba(0, 0, 0, 0)"
    page.get_by_role("link", name="the list of all claims").click()
    expect(page.locator("h1")).to_have_text("All claims")


def test_the_first_tab_leads_past_the_navigation(address, page):
    page.goto(address + CLAIM)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_reader_gets_from_the_home_page_to_a_source_and_back_to_the_claim(address, page, page_messages):
    page.goto(address)
    page.locator(".deal__claim a").first.click()
    claim = page.url
    page.locator(".evidence__from a").first.click()
    assert re.search("/sources/[^/]+/$", page.url)
    page.locator(f'main a[href="{urlsplit(claim).path}"]').first.click()
    assert page.url == claim
    assert page_messages == []


@pytest.mark.parametrize("url", ["", CLAIM, "claims/", "claims/?status=unverified", "search/", "figures/", "matrix/"])
def test_nothing_jumps_while_a_page_loads(url, address, new_page):
    page = new_page(viewport=PHONE)
    page.goto(address + url, wait_until="networkidle")
    shift = page.evaluate(
        """() => new Promise(done => {
            new PerformanceObserver(list => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(0), 300);
        })"""
    )
    assert shift < 0.02


def test_an_embed_is_readable_in_a_narrow_frame(address, new_page, page_messages):
    page = new_page(viewport=NARROW, reduced_motion="reduce")
    page.goto(f"{address}embed/five-hundred-killed/")
    for selector in FIRST_SCREEN:
        expect(page.locator(selector).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert Axe().run(page, options=ALL).violations_count == 0
    assert page_messages == []

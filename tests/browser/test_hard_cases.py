"""Sites that strain the design, on the narrowest phone and to axe: forty pieces, long words, Korean, Hebrew."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claimdeck.pipeline import build_site

SITES = Path(__file__).resolve().parents[1] / "sites" / "good"
BASE = "https://example.org/"
NARROW, PHONE = {"width": 320, "height": 640}, {"width": 390, "height": 844}
CLAIMS = {
    "bare": "bridge-open",
    "every-field": "bridge-cost",
    "figures-of-all-kinds": "crew-on-board",
    "forty-pieces": "barge-struck-the-bridge",
    "korean": "new-bridge-cost",
    "long-statement": "swing-bridge-shut-to-carts-lorries-and-cattle-until-surveyed",
    "many-days": "fare-is-three-crowns",
    "right-to-left": "bridge-cost",
}
DRAWN = ("figures/", "matrix/", "timeline/")
PAGES = ("", "claims/", "figures/", "matrix/", "timeline/", "sources/", "methodology/")


@pytest.fixture(scope="module", params=CLAIMS)
def hard_case(request, tmp_path_factory, served) -> tuple[str, list[str]]:
    """The address of a hard case, as served, and its pages: one of each kind, and the claim that strains most."""
    folder = tmp_path_factory.mktemp("hard") / "dist"
    build_site(SITES / request.param, folder, base_url=BASE)
    days = sorted(path.name for path in (folder / "as-of").iterdir())
    return served(folder), [*PAGES, f"claims/{CLAIMS[request.param]}/", f"as-of/{days[-1]}/"]


def test_no_page_scrolls_sideways_on_the_narrowest_phone(hard_case, new_page, page_messages):
    address, pages = hard_case
    page = new_page(viewport=NARROW)
    wide = {}
    for url in pages:
        page.goto(address + url)
        width = page.evaluate("document.documentElement.scrollWidth")
        wide |= {url: width} if width > NARROW["width"] else {}
    assert wide == {}
    assert page_messages == []


def test_axe_finds_nothing_on_a_phone(hard_case, new_page):
    address, pages = hard_case
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    reports = []
    for url in [url for url in pages if url in DRAWN or url.startswith("claims/")]:
        page.goto(address + url)
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        reports += [f"{url}: {results.generate_report()}"] if results.violations_count else []
    assert reports == []


def test_the_words_of_a_picture_stay_in_their_boxes(hard_case, new_page):
    address, pages = hard_case
    for size in (PHONE, {"width": 1440, "height": 900}):
        page = new_page(viewport=size)
        page.goto(address + next(url for url in pages if url.startswith("claims/") and url != "claims/"))
        expect(page.locator(".picture svg").locator("visible=true")).to_have_count(1)
        outside = page.evaluate(
            """() => Array.from(document.querySelectorAll(".picture svg")).filter(svg => svg.getClientRects().length)
                .flatMap(svg => Array.from(svg.querySelectorAll(".node ~ text")).filter(text => {
                    let box = text;
                    while (box.nodeName !== "rect") box = box.previousElementSibling;
                    const inner = text.getBoundingClientRect(), outer = box.getBoundingClientRect();
                    return inner.right > outer.right || inner.bottom > outer.bottom || inner.left < outer.left;
                }).map(text => text.textContent))"""
        )
        assert outside == []

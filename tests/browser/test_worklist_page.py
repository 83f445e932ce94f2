"""The page of the work list in a browser: to axe, on the narrowest phone, light and dark."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claimdeck.desk.worklist import WORKLIST_URL, list_tasks, worklist_page
from claimdeck.model.urls import Home, file_of
from claimdeck.pipeline import judge_site
from claimdeck.present.render import Renderer
from claimdeck.present.views import Views
from claimdeck.read.static import PROJECT, template_folders

NARROW, PHONE, DESK = ({"width": width, "height": 800} for width in (320, 390, 1280))


@pytest.fixture(scope="module")
def worklist(dossier, served, tmp_path_factory) -> str:
    """The address of the work list, put beside a copy of the built default site."""
    folder = shutil.copytree(dossier, tmp_path_factory.mktemp("worklist") / "dist")
    judged = judge_site(PROJECT)
    home = Home.at("https://example.org/kursk-claims/")
    page = worklist_page(list_tasks(judged, "2028-01-01"), Views(judged.deck, home))
    text = Renderer(judged.deck, home, template_folders(PROJECT)).render(page)
    path = folder / file_of(WORKLIST_URL)
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return served(folder, "/kursk-claims/") + WORKLIST_URL


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(worklist, new_page, page_messages, scheme, size):
    page = new_page(color_scheme=scheme, viewport=size, reduced_motion="reduce")
    page.goto(worklist)
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    assert results.violations_count == 0, results.generate_report()
    assert page_messages == []


def test_the_page_does_not_scroll_sideways_on_the_narrowest_phone(worklist, new_page):
    page = new_page(viewport=NARROW)
    page.goto(worklist)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_card_of_the_list_leads_to_its_page(worklist, new_page):
    page = new_page(viewport=DESK)
    page.goto(worklist)
    first = page.locator(".entry__title a").first
    title = first.inner_text()
    first.click()
    expect(page).to_have_title(f"{title} · Confirmed · The Kursk Claims")

"""The filters above the list of claims and the page of the search, as readers use them in a real browser."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from claimdeck.pipeline import build_site, judge_site
from claimdeck.read.static import PROJECT

FACETS = ("status", "topic", "claimant", "source", "stake")


def choices_of(claim, deck) -> dict[str, set[str]]:
    """Return for each facet the choices that leave *claim*."""
    named = [name for t in claim.testimonies for name in (t.source.card.outlet, *t.chain.links)]
    dark = {"unknown"} if claim.counts.origins.low < claim.counts.origins.high else set()
    return {
        "status": {claim.card.status},
        "topic": set(claim.card.topics),
        "claimant": {*named, claim.card.said.by} if claim.card.said else set(named),
        "source": {testimony.source.id for testimony in claim.testimonies},
        "stake": {*map(deck.stake_of, claim.origins)} | dark,
    }


@pytest.fixture(scope="module")
def deck():
    """The deck of the default site."""
    return judge_site(PROJECT).deck


@pytest.fixture
def small(site, tmp_path, served) -> str:
    """The address of a small site in three languages."""
    site.claimant("mayor", name="Ángela Novák")
    site.source("article-b", title="다리에 대하여", language="ko")
    site.claim(
        "garrison", short="The garrison crossed", evidence=["{source: article-b, stance: supports, quote: 북한군 병사}"]
    )
    site.claim("fare", short="پل", language="fa", evidence=["{source: article-a, stance: supports, via: [mayor]}"])
    build_site(site.root, tmp_path / "dist")
    return served(tmp_path / "dist", "/bridge-file/")


def told(page: Page) -> Locator:
    return page.get_by_role("status")


def found(page: Page) -> list[str]:
    """Return the addresses that the results lead to, below those of the site."""
    hrefs = [link.get_attribute("href") for link in page.locator("[data-results] a").all()]
    return ["/".join(href.split("/")[2:]) for href in hrefs]


def choice(page: Page, name: str, id_: str) -> Locator:
    return page.locator(f'select[name={name}] option[value="{id_}"]')


def query(page: Page) -> str:
    return urlsplit(page.url).query


@pytest.mark.parametrize("name", FACETS)
def test_a_filter_leaves_the_claims_that_its_choice_counts(name, address, deck, page, page_messages):
    page.goto(address + "claims/")
    expect(told(page)).to_have_text(f"{len(deck.claims)} claims")
    third = page.locator(f"select[name={name}] option").nth(2)
    id_ = third.get_attribute("value")
    left = [claim.id for claim in deck.claims.values() if id_ in choices_of(claim, deck)[name]]
    expect(third).to_have_text(re.compile(rf" \({len(left)}\)$"))
    page.locator(f"select[name={name}]").select_option(id_)
    expect(told(page)).to_have_text(f"{len(left)} of {len(deck.claims)} claims")
    expect(page.locator("[data-list]")).to_be_hidden()
    assert sorted(found(page)) == sorted(f"claims/{claim}/" for claim in left)
    assert query(page) == f"{name}={id_}"
    assert page_messages == []


def test_every_choice_counts_what_it_would_leave_of_what_the_others_left(address, deck, page):
    page.goto(address + "claims/?status=attributed&topic=casualties")
    expect(told(page)).to_contain_text(" of ")
    made = [choices_of(claim, deck) for claim in deck.claims.values()]
    for name in FACETS:
        others = {"status": "attributed", "topic": "casualties"} | {name: None}
        left = [of for of in made if all(id_ in of[other] for other, id_ in others.items() if id_)]
        options = page.locator(f"select[name={name}] option:not([value=''])").all()
        shown = {option.get_attribute("value"): option.inner_text().rpartition(" ")[2] for option in options}
        counts = {id_: sum(id_ in of[name] for of in left) for id_ in shown}
        assert shown == {id_: f"({count})" for id_, count in counts.items()}
        enabled = {option.get_attribute("value") for option in options if option.is_enabled()}
        assert enabled == {id_ for id_, count in counts.items() if count}
    assert len(found(page)) == sum(of["status"] == {"attributed"} and "casualties" in of["topic"] for of in made)


def test_the_results_stand_in_the_order_of_the_list_and_look_like_it(address, page):
    page.goto(address + "claims/")
    expect(told(page)).not_to_be_empty()
    built = [re.sub(r"\s+", " ", html) for html in entries_html(page, "[data-list]") if "stamp--disputed" in html]
    page.get_by_label("Status").select_option("disputed")
    expect(told(page)).to_contain_text(" of ")
    assert [re.sub(r"\s+", " ", html) for html in entries_html(page, "[data-results]")] == built


def entries_html(page: Page, place: str) -> list[str]:
    return page.locator(f"{place} .entry").evaluate_all("entries => entries.map(entry => entry.outerHTML)")


def test_filters_and_words_narrow_together_and_the_address_keeps_both(address, page, page_messages):
    page.goto(address + "claims/")
    page.get_by_label("Topic").select_option("casualties")
    page.get_by_label("Words in the claim").fill("killed")
    expect(page).to_have_url(re.compile(r"\?q=killed&topic=casualties$"))
    narrowed, results = told(page).inner_text(), found(page)
    assert results
    page.reload()
    expect(told(page)).to_have_text(narrowed)
    assert found(page) == results
    expect(page.get_by_label("Topic")).to_have_value("casualties")
    page.locator("[data-results] a").first.click()
    page.go_back()
    expect(told(page)).to_have_text(narrowed)
    expect(page.get_by_label("Words in the claim")).to_have_value("killed")
    page.go_forward()
    expect(page.locator(".card h1")).to_be_visible()
    assert page_messages == []


def test_a_shared_link_opens_filtered_and_forgets_choices_that_do_not_exist(address, page):
    page.goto(address + "claims/?status=disputed&topic=no-such&from=somewhere")
    expect(told(page)).to_contain_text(" of ")
    expect(page).to_have_url(re.compile(r"\?status=disputed$"))
    expect(page.get_by_label("Topic")).to_have_value("")


def test_clear_brings_the_whole_list_back(address, deck, page):
    page.goto(address + "claims/?status=disputed&q=killed")
    expect(page.locator("[data-list]")).to_be_hidden()
    page.get_by_role("button", name="Clear").click()
    expect(told(page)).to_have_text(f"{len(deck.claims)} claims")
    expect(page.locator("[data-list]")).to_be_visible()
    expect(page.locator("[data-results]")).to_be_empty()
    expect(page.get_by_label("Words in the claim")).to_be_focused()
    assert query(page) == ""


def test_the_search_finds_the_beginnings_of_words_in_any_script_names_first(small, page, page_messages):
    expected = {
        "북한군": ["claims/garrison/"],
        "군": ["claims/garrison/"],
        "다리": ["sources/article-b/"],
        "angel NOVAK": ["claimants/mayor/", "claims/fare/"],
        "پل": ["claims/fare/"],
        "garri cros": ["claims/garrison/"],
        "cro million zeppelin": [],
    }
    page.goto(small + "search/")
    for words, addresses in expected.items():
        page.get_by_role("searchbox").fill(words)
        expect(told(page)).to_have_text(f"{len(addresses)} of 8 pages")
        for place, address in enumerate(addresses):
            link = page.locator("[data-results] a").nth(place)
            expect(link, words).to_have_attribute("href", f"/bridge-file/{address}")
    assert page_messages == []


def test_results_carry_their_kind_language_and_direction(small, page):
    page.goto(small + "search/?q=bridge")
    expect(page.locator("[data-results] .entry")).to_have_count(6)
    kinds = page.locator("[data-results] .entry > :first-child").all_inner_texts()
    assert [kind.strip().lower() for kind in kinds] == [*["unverified"] * 3, "source", "topic", "source"]
    expect(page.locator("[data-results] .entry__meta").first).to_contain_text("claim · 1 source")
    expect(page.locator('[data-results] a[lang="fa"]')).to_have_attribute("dir", "rtl")
    page.get_by_label("Kind").select_option("topic")
    expect(told(page)).to_have_text("1 of 8 pages")
    assert found(page) == ["topics/bridge/"]


def test_a_slash_leads_to_the_search_and_words_to_a_claim_without_a_mouse(address, page, page_messages):
    page.goto(address)
    page.keyboard.press("Control+/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("tro/ops")
    expect(field).to_have_value("tro/ops")
    page.keyboard.press("Control+a")
    page.keyboard.type("killed")
    expect(page.locator("[data-results] a").nth(2)).to_be_visible()
    links = page.locator("[data-results] a")
    for key, place in (
        ("ArrowDown", links.nth(0)),
        ("ArrowDown", links.nth(1)),
        ("ArrowUp", links.nth(0)),
        ("ArrowUp", field),
    ):
        page.keyboard.press(key)
        expect(place).to_be_focused()
    page.keyboard.press("Enter")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(links).to_have_count(0)
    page.keyboard.type("killed")
    expect(links.nth(2)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".card h1")).to_be_visible()
    page.goto(address + "claims/")
    expect(page.locator("form.filters")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page_messages == []

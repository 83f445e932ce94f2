"""What an editor does all day, in a preview and a browser: break, mend, save twice, rename, delete, check out."""

import os
import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.running_preview import SHOWN_WITHIN, listen, shows, wait_for
from tests.large_site import write_large_site

CARD = "content/claims/bridge-cost.yaml"


def opened(preview, page, path="claims/bridge-cost/"):
    listen(page, preview.address + path)
    return page


def text_of(site, name="bridge-cost"):
    return (site.root / f"content/claims/{name}.yaml").read_text(encoding="utf-8")


def test_the_browser_goes_to_the_page_of_the_card_just_saved(site, serve, page):
    site.claim("other", claim="Another claim.", short="Another")
    preview = serve()
    opened(preview, page)
    site.claim("other", claim="Another claim, told anew.", short="Another")
    shows(page, "Another claim, told anew.")
    assert page.url == preview.address + "claims/other/"
    site.source("article-a", title="A new headline")
    shows(page, "A new headline")
    assert page.url == preview.address + "sources/article-a/"


def test_going_to_the_saved_card_can_be_switched_off_and_stays_off(site, serve, page):
    site.claim("other", short="Another")
    preview = serve()
    opened(preview, page, "claims/")
    page.get_by_label("Go to the card I save").uncheck()
    for short in ("Another one", "Yet another one"):
        site.claim("other", short=short)
        shows(page, short)
        assert page.url == preview.address + "claims/"
        expect(page.get_by_label("Go to the card I save")).not_to_be_checked()
        page.wait_for_load_state("networkidle")


def test_two_quick_saves_end_with_the_second(site, serve, page):
    preview = serve()
    opened(preview, page)
    for number in range(6):
        pause = (0, 0.02, 0.05, 0.1, 0.2, 0.4)[number]
        site.claim("bridge-cost", claim=f"First save {number}.")
        time.sleep(pause)
        site.claim("bridge-cost", claim=f"Second save {number}.")
        seconds = shows(page, f"Second save {number}.")
        print(f"The second of two saves {pause} s apart was visible after {seconds:.2f} s.")


def test_a_save_while_the_page_is_loading_is_not_lost(site, serve, page):
    preview = serve()
    for number in range(5):
        page.goto(preview.address + "claims/bridge-cost/", wait_until="commit")
        site.claim("bridge-cost", claim=f"Saved while loading {number}.")
        shows(page, f"Saved while loading {number}.")


def test_break_and_mend_are_timed(site, serve, page):
    preview = serve()
    opened(preview, page)
    good = text_of(site)
    for number in range(3):
        site.write(CARD, good.replace("status: unverified", "status: unverifed"))
        broken = shows(page, "Did you mean “unverified”?")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text(f"{CARD}:3:9")
        expect(page.locator("h1")).to_be_visible()
        site.write(CARD, good.replace("4 million crowns", f"{number} million crowns"))
        mended = shows(page, f"cost {number} million crowns")
        expect(alert).to_have_count(0)
        print(f"A mistake was visible after {broken:.2f} s, its mending after {mended:.2f} s.")
        page.wait_for_load_state("networkidle")


def test_rename_and_delete(site, serve, page):
    preview = serve()
    opened(preview, page)
    (site.root / CARD).rename(site.root / "content/claims/bridge-price.yaml")
    start = time.monotonic()
    wait_for(lambda: page.request.get(preview.address + "claims/bridge-price/").status == 200, SHOWN_WITHIN)
    print(f"A renamed card was there after {time.monotonic() - start:.2f} s.")
    assert page.request.get(preview.address + "claims/bridge-cost/").status == 404
    site.claim("bridge-cost", claim="It is back.")
    shows(page, "It is back.")
    site.remove(CARD)
    print(f"A deleted card was gone after {shows(page, 'There is no page at this address'):.2f} s.")


def test_editors_that_write_a_file_by_detours_are_survived(site, serve, page):
    """A half-saved file: emptied first, written under another name and put in its place, with a lock or backup file."""
    preview = serve()
    opened(preview, page)
    path, good = site.root / CARD, text_of(site)
    path.write_text("")
    shows(page, "this file is empty")
    expect(page.locator("h1")).to_have_text("The new bridge cost 4 million crowns.")
    path.write_text(good.replace("4 million", "5 million"))
    shows(page, "5 million")
    fresh = path.with_name(".bridge-cost.yaml.swp")
    fresh.write_text(good.replace("4 million", "6 million"))
    fresh.replace(path)
    shows(page, "6 million")
    shutil.copy(path, path.with_name("bridge-cost.yaml~"))
    path.write_text(good.replace("4 million", "7 million"))
    path.with_name("bridge-cost.yaml~").unlink()
    shows(page, "7 million")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_checkout_of_fifty_files_is_one_state(site, serve, page):
    preview = serve()
    opened(preview, page, "claims/")
    for number in range(50):
        site.claim(f"claim-{number}", short=f"Claim number {number}")
    print(f"Fifty new cards were visible after {shows(page, 'Claim number 49'):.2f} s.")
    expect(page.locator(".entry")).to_have_count(51, timeout=SHOWN_WITHIN * 1000)
    for number in range(50):
        site.remove(f"content/claims/claim-{number}.yaml")
    expect(page.locator(".entry")).to_have_count(1, timeout=SHOWN_WITHIN * 1000)


def test_a_folder_that_is_taken_away_and_put_back_is_followed(site, serve, page):
    preview = serve()
    opened(preview, page)
    content = site.root / "content"
    content.rename(site.root / "away")
    shows(page, "there is no folder content/")
    (site.root / "away").rename(content)
    expect(page.get_by_role("alert")).to_have_count(0, timeout=SHOWN_WITHIN * 1000)
    site.root.rename(site.root.with_name("elsewhere"))
    shows(page, "there is no site.yaml")
    site.root.with_name("elsewhere").rename(site.root)
    expect(page.get_by_role("alert")).to_have_count(0, timeout=SHOWN_WITHIN * 1000)
    site.claim("bridge-cost", claim="Told after it all.")
    shows(page, "Told after it all.")
    assert "Traceback" not in preview.output()


def test_the_work_list_is_one_click_away(serve, page):
    preview = serve()
    opened(preview, page)
    page.get_by_role("link", name="What to do next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What to do next")
    page.get_by_role("link", name="The bridge cost 4 million").first.click()
    assert page.url == preview.address + "claims/bridge-cost/"


def test_no_other_site_can_listen(serve, page):
    preview = serve()
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    headers |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": "http://elsewhere.example"}
    assert page.request.get(preview.address + "livereload", headers=headers).status == 403


@pytest.mark.parametrize("claims", [100, *([10_000] if "CLAIMDECK_LARGE" in os.environ else [])])
def test_an_edit_is_timed_at_scale(claims, site, serve, page):
    shutil.rmtree(site.root)
    site.root.mkdir()
    write_large_site(site.root, claims)
    preview = serve()
    opened(preview, page, "claims/claim-0007/")
    path = Path(site.root, "content/claims/claim-0007.yaml")
    good = path.read_text(encoding="utf-8")
    for number in range(5):
        path.write_text(good.replace("claim: ", f"claim: Edit {number}. ", 1), encoding="utf-8")
        print(f"At {claims:,} claims an edit was visible after {shows(page, f'Edit {number}.'):.2f} s.")
        page.wait_for_load_state("networkidle")

"""A site whose every text would run a script or load from elsewhere, in a real browser: nothing of it happens."""

import re
import shutil
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from claimdeck.desk.worklist import WORKLIST_URL
from claimdeck.pipeline import build_site
from tests.hostile import write_site
from tests.web_server import serve_web

PAYLOADS = [
    *(
        "<script>hit=1</script>",
        '"><script>hit=1</script>',
        "</script><script>hit=1</script>",
        "</title><svg onload=hit=1>",
    ),
    *(
        "<img src=//evil.example/ onerror=hit=1>",
        "' onmouseover='hit=1",
        '" autofocus onfocus="hit=1',
        "javascript:hit=1",
    ),
    *("<iframe src=javascript:top.hit=1>", "<style>@import'//evil.example/'</style>", "<base href=//evil.example/>"),
    *("<meta http-equiv=refresh content=0;//evil.example>", "<link rel=prefetch href=//evil.example/>", "${hit=1}"),
    *(
        "<p style=background:url(//evil.example/)>",
        "<form action=//evil.example><button>",
        "<object data=//evil.example>",
    ),
]
ATTACK = """
<script>hit = 1</script><script src="WEB/script"></script><svg onload="hit = 1"></svg>
<img src="WEB/img" onerror="hit = 1"><video src="WEB/video"></video>
<style>@import "WEB/import"; main { background: url(WEB/background) }</style><link rel="stylesheet" href="WEB/style">
<iframe src="WEB/frame"></iframe><object data="WEB/object"></object><p style="background: url(WEB/inline)">x</p>
<link rel="manifest" href="WEB/manifest"><link rel="prefetch" href="WEB/prefetch"><base href="WEB/base/">
<form action="WEB/form"><button id="sends">x</button></form><a id="runs" href="javascript:hit=1">x</a>
"""
POLICY = re.compile(
    r'<head>\s*<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
)
MOVED = '<meta http-equiv="refresh" content="0; url=/'
KINDS = {
    *("index.html", "404.html", "claims/index.html", "claims/bridge-cost/index.html", "embed/bridge-cost/index.html"),
    *("figures/index.html", "matrix/index.html", "timeline/index.html", "search/index.html", "methodology/index.html"),
    *("sources/index.html", "claimants/index.html", "topics/index.html", "corrections/index.html"),
    *("sources/outlet-a-2030-05-02/index.html", "claimants/mayor/index.html", "topics/bridge/index.html"),
    *("status/reported/index.html", "as-of/2030-05-02/index.html"),
}


def payloads():
    """Return what gives a field its text: the payloads in turn."""
    texts = cycle(PAYLOADS)
    return lambda _field: next(texts)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The built site, for the top of its host."""
    folder = tmp_path_factory.mktemp("hostile")
    write_site(folder / "site", payloads())
    build_site(folder / "site", folder / "dist", base_url="https://example.org/")
    return folder / "dist"


@pytest.fixture
def watched(page) -> tuple[Page, list[str], list[str]]:
    """A page, the hosts that it asks, and the dialogs that it opens."""
    hosts: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: hosts.append(urlsplit(request.url).netloc))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    return page, hosts, dialogs


def was_hit(page: Page) -> bool:
    return page.evaluate("'hit' in window")


def test_no_page_runs_loads_or_complains(built, served, watched, page_messages):
    page, hosts, dialogs = watched
    address = served(built)
    paths = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    assert set(paths) > KINDS
    for path in paths:
        page.goto(address + path)
        if MOVED in (built / path).read_text(encoding="utf-8"):
            page.wait_for_url(lambda url, path=path: not url.endswith(path))
        assert not was_hit(page), path
        found = page.evaluate("document.querySelectorAll('iframe, object, base, style, [onload], [onerror]').length")
        assert found == 0, path
    assert page_messages == []
    assert dialogs == []
    assert set(hosts) == {urlsplit(address).netloc}


def test_a_browser_finds_no_element_in_a_text(built, served, page):
    page.goto(served(built) + "claims/bridge-cost/")
    texts = [
        page.locator(each).first for each in ("h1", ".verdict__reason", ".evidence__note", ".prose", ".card .stamp")
    ]
    for text in texts:
        assert any(payload in text.text_content() for payload in PAYLOADS)
        expect(text.locator("script, img, iframe, form, link, meta, base, style, object")).to_have_count(0)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_search_takes_a_query_as_words(built, served, watched, page_messages, payload):
    page, hosts, dialogs = watched
    address = served(built)
    for path in ("search/", "claims/"):
        page.goto(f"{address}{path}?q={quote(payload)}&topic={quote(payload)}#{quote(payload)}")
        page.get_by_role("searchbox").fill(payload)
        expect(page.locator("[data-index] [role=status]")).to_have_text(re.compile(r"\d of \d|^\d+ claims|^$"))
        page.get_by_role("searchbox").fill("bridge")
        expect(page.locator("[data-results] li").first).to_be_attached()
        facet = page.locator("[data-index] select").first
        facet.select_option(value=facet.locator("option:enabled").last.get_attribute("value"))
        assert not was_hit(page)
    assert (page_messages, dialogs) == ([], [])
    assert set(hosts) == {urlsplit(address).netloc}


def test_every_page_has_the_policy_first_in_its_head(built):
    pages = list(built.rglob("*.html"))
    assert [path for path in pages if not POLICY.search(path.read_text(encoding="utf-8"))] == []
    assert len(pages) > 50


def test_what_had_got_into_a_page_of_any_kind_would_be_stopped_by_the_policy(
    built, served, page, page_messages, tmp_path
):
    shutil.copytree(built, tmp_path / "dist")
    with serve_web() as web:
        for kind in KINDS:
            path = tmp_path / "dist" / kind
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("</main>", ATTACK.replace("WEB", web.url("")) + "</main>"), encoding="utf-8")
        address = served(tmp_path / "dist")
        for kind in sorted(KINDS):
            page.goto(address + kind)
            assert page.evaluate("document.baseURI") == address + kind
            for button in ("runs", "sends"):
                page.evaluate(f"document.getElementById('{button}').click()")
            page.wait_for_timeout(20)
            assert not was_hit(page), kind
        assert web.asked == []
    refused = [message for message in page_messages if "Content Security Policy" in message]
    for directive in ("script-src", "style-src", "img-src", "default-src", "base-uri", "form-action"):
        assert sum(directive in message for message in refused) >= len(KINDS), directive


def test_the_preview_shows_its_problems_and_tasks_as_text(site, serve, watched, page_messages):
    page, hosts, dialogs = watched
    shutil.rmtree(site.root)
    write_site(site.root, payloads())
    for number, payload in enumerate(PAYLOADS):
        site.claim(f"wrong-{number}", status=repr(payload), topics=[repr(payload)], reviewed=repr(payload))
    preview = serve()
    for path in (
        "",
        "claims/",
        "claims/bridge-cost/",
        "claims/bridge-painted/",
        WORKLIST_URL,
        "no/such/<script>hit=1</script>",
    ):
        page.goto(preview.address + path)
        expect(page.get_by_role("alert")).to_contain_text("<script>hit=1</script>")
        assert not was_hit(page), path
        expect(page.locator("iframe, object, base, style, img, [onload], [onerror]")).to_have_count(0)
    assert [message for message in page_messages if "status of 404" not in message] == []
    assert dialogs == []
    assert set(hosts) == {urlsplit(preview.address).netloc}
    assert "\x1b" not in preview.output()


def test_a_page_of_the_preview_that_cannot_be_made_has_the_policy_too(site, serve, page):
    site.write("templates/pages/home.html", "{{ nothing }}")
    assert POLICY.search(page.request.get(serve().address).text())

"""The preview as an editor meets it: `build.py serve` in a process of its own, a page open in a browser."""

import signal
import socket
import subprocess
import sys

from playwright.sync_api import expect

from tests.browser.running_preview import PROJECT, START_WITHIN, listen, shows


def test_an_edit_shows_in_the_open_page_and_the_next_one_too(site, serve, page, page_messages):
    preview = serve()
    listen(page, preview.address + "claims/bridge-cost/")
    expect(page.locator("h1")).to_have_text("The new bridge cost 4 million crowns.")
    for millions in (5, 6, 7):
        site.claim("bridge-cost", claim=f"The new bridge cost {millions} million crowns.")
        print(f"An edit was visible after {shows(page, f'cost {millions} million'):.2f} s.")
        expect(page.locator("h1")).to_have_text(f"The new bridge cost {millions} million crowns.")
        page.wait_for_load_state("networkidle")
    assert page_messages == []


def test_a_mistake_is_shown_with_its_line_above_the_page_until_it_is_mended(site, serve, page):
    preview = serve()
    listen(page, preview.address + "claims/bridge-cost/")
    site.claim("bridge-cost", status="unverifed")
    shows(
        page, "content/claims/bridge-cost.yaml:3:9: status “unverifed” is not on the ladder. Did you mean “unverified”?"
    )
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("h1")).to_have_text("The new bridge cost 4 million crowns.")
    site.claim("bridge-cost", claim="Another sentence.")
    shows(page, "Another sentence.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_card_that_cannot_be_read_keeps_its_last_page_below_the_problem(site, serve, page):
    preview = serve()
    listen(page, preview.address + "claims/bridge-cost/")
    site.write("content/claims/bridge-cost.yaml", 'claim: "A quotation mark that is never closed\n')
    shows(page, "content/claims/bridge-cost.yaml:1:8: this is not YAML")
    expect(page.locator("h1")).to_have_text("The new bridge cost 4 million crowns.")


def test_what_an_editor_typed_is_shown_as_text_in_a_problem(site, serve, page):
    site.claim("bridge-cost", status="'<img src=x>'")
    preview = serve()
    page.goto(preview.address)
    expect(page.get_by_role("alert")).to_contain_text("“<img src=x>”")
    expect(page.locator("img")).to_have_count(0)


def test_a_site_that_is_broken_from_the_start_shows_its_problems_and_then_its_pages(site, serve, page):
    site.write("site.yaml", "titel: The Bridge File\nurl: https://example.org/\n")
    preview = serve()
    listen(page, preview.address)
    shows(page, "site.yaml:1:1: “titel” is not a field of “site”. Did you mean “title”?")
    site.write("site.yaml", "title: The Bridge File\nurl: https://example.org/\n")
    shows(page, "Where the record stands")


def test_templates_styles_and_settings_are_watched_too(site, serve, page):
    preview = serve()
    listen(page, preview.address + "no/such/page/")
    site.write(
        "templates/pages/not_found.html", '{% extends "base.html" %}{% block main %}<h1>Lost?</h1>{% endblock %}'
    )
    shows(page, "Lost?")
    site.write("site.yaml", "title: The Tunnel File\nurl: https://example.org/\n")
    shows(page, "The Tunnel File")


def test_drafts_are_shown_and_marked(site, serve, page):
    site.claim("idea", draft="true", short="An idea", topics="[tunnel]", evidence=None)
    preview = serve()
    page.goto(preview.address + "claims/")
    page.get_by_role("link", name="An idea").click()
    expect(page.locator(".notice--draft")).to_contain_text("Draft.")


def test_a_preview_touches_nothing_in_the_folder_of_the_site(site, serve, page):
    site.write("dist/index.html", "built before")
    before = {path: path.stat().st_mtime_ns for path in site.root.rglob("*")}
    preview = serve()
    listen(page, preview.address + "claims/bridge-cost/")
    site.claim("bridge-cost", because="Now somebody shows it.")
    shows(page, "Now somebody shows it.")
    after = {path: path.stat().st_mtime_ns for path in site.root.rglob("*")}
    assert {path for path in after if after[path] != before.get(path)} == {
        site.root / "content/claims/bridge-cost.yaml"
    }
    assert set(after) == set(before)


def test_styles_exports_and_missing_pages_are_answered_as_on_the_web(serve, page):
    preview = serve()
    kinds = {
        "": (200, "text/html"),
        "claims.json": (200, "application/json"),
        "static/site.css": (200, "text/css"),
        "claims/gone/": (404, "text/html"),
        "../site.yaml": (404, "text/html"),
        "%2e%2e/site.yaml": (404, "text/html"),
    }
    for path, (status, kind) in kinds.items():
        response = page.request.get(preview.address + path)
        assert (response.status, response.headers["content-type"].partition(";")[0]) == (status, kind), path


def test_ctrl_c_ends_it_quietly_with_130(serve):
    preview = serve()
    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(timeout=10) == 130
    assert "Traceback" not in preview.output()
    assert preview.output().count("\n") <= 2


def test_a_port_that_is_taken_is_said_in_one_line(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, str(PROJECT / "build.py"), "serve", "--root", str(site.root), "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=START_WITHIN)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr

"""The embeds: a card small enough for an iframe, that leads to the whole one."""

import re
from html import unescape

BASE = "/bridge-file/"


def test_an_embed_says_the_statement_the_status_the_reason_and_the_numbers(site):
    html = site.render()["embed/bridge-cost/index.html"].decode()
    text = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    for words in ("The new bridge cost 4 million crowns.", "Unverified", "Nobody shows how it is known.", "1 article"):
        assert words in text
    assert '<a href="https://example.org/bridge-file/claims/bridge-cost/" target="_top">' in html


def test_an_embed_is_not_for_search_engines_and_runs_no_script(site):
    files = site.render()
    html = files["embed/bridge-cost/index.html"].decode()
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="https://example.org/bridge-file/claims/bridge-cost/">' in html
    assert "<script" not in html
    assert "Content-Security-Policy" in html
    assert b"embed/" not in files["sitemap.xml"]


def test_the_claim_page_shows_the_snippet_to_copy(site):
    site.claim(short="""'A "quoted" <b>name</b>'""")
    html = site.render()["claims/bridge-cost/index.html"].decode()
    snippet = unescape(re.search(r"Embed</summary><pre>(.*?)</pre>", html, re.DOTALL)[1])
    assert snippet.startswith(
        '<iframe src="https://example.org/bridge-file/embed/bridge-cost/" title="The Bridge File: A '
    )
    assert "&quot;quoted&quot; &lt;b&gt;" in snippet
    assert snippet.endswith('loading="lazy"></iframe>')


def test_the_embed_at_an_old_id_leads_to_the_new(site):
    site.claim(aliases="[old-bridge]")
    html = site.render()["embed/old-bridge/index.html"].decode()
    assert f'content="0; url={BASE}embed/bridge-cost/"' in html


def test_there_is_no_embed_of_a_draft_or_a_withdrawn_claim(site):
    site.claim("draft", draft="true")
    site.claim("wrong", short="The wrong bridge", withdrawn="{on: 2030-05-05, note: It was another bridge.}")
    assert {path for path in site.render() if path.startswith("embed/")} == {"embed/bridge-cost/index.html"}

"""The pages that are planned for a deck, and what stands on each: the modules card_, claim_, desk_pages and plan."""

import re

import pytest

from claimdeck.model.urls import INTRODUCED
from claimdeck.present.pages import PAGE_LENGTH, paginated

BASE = "/bridge-file/"


def page(site, url: str) -> str:
    """Return the page at *url* of the built site."""
    files = site.render()
    assert files, [str(problem) for problem in site.problems()]
    return files[f"{url}index.html" if url.endswith("/") or not url else url].decode()


def links(html: str) -> set[str]:
    return {href.removeprefix(BASE) for href in re.findall(r'href="([^"]*)"', html)}


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_every_address_of_the_plan_exists(site):
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWe count bridges.\n")
    pages = {path.removesuffix("index.html") for path in site.render() if path.endswith(".html")}
    statuses = ["confirmed", "corroborated", "attributed", "unverified", "disputed", "contradicted", "outdated"]
    assert pages == {
        *("", "404.html", "claims/", "sources/", "claimants/", "topics/", "corrections/", "methodology/", "about/"),
        *("figures/", "matrix/", "timeline/", "as-of/2030-05-02/", "search/", "embed/bridge-cost/"),
        *("claims/bridge-cost/", "sources/article-a/", "claimants/outlet-a/", "topics/bridge/"),
        *(f"status/{status}/" for status in statuses),
    }


def test_a_claim_page_links_to_all_it_rests_on_and_each_of_them_back(site):
    site.claimant("council", kind="agency")
    site.claimant("mayor", part_of="council")
    site.source("article-b", published="2030-05-04")
    site.claim("other", short="Another claim")
    site.claim(
        "bridge-cost",
        said="{by: mayor}",
        evidence=["{source: article-a, stance: supports, via: [mayor], via_from: article-b}"],
        related=["{claim: other, as: context}"],
    )
    here = "claims/bridge-cost/"
    there = [
        "sources/article-a/",
        "sources/article-b/",
        "claimants/mayor/",
        "topics/bridge/",
        "status/unverified/",
        "claims/other/",
    ]
    assert links(page(site, here)) >= set(there)
    assert [url for url in there if here not in links(page(site, url))] == []
    assert "claimants/council/" in links(page(site, "claimants/mayor/"))
    assert "claimants/mayor/" in links(page(site, "claimants/council/"))
    assert "sources/article-a/" in links(page(site, "claimants/outlet-a/"))


def test_the_source_of_a_history_entry_links_back_to_the_claim(site):
    site.source("article-b")
    site.claim("bridge-cost", history=["{on: 2030-05-03, status: unverified, note: First., sources: [article-b]}"])
    assert "sources/article-b/" in links(page(site, "claims/bridge-cost/"))
    assert "claims/bridge-cost/" in links(page(site, "sources/article-b/"))


def test_optional_parts_stand_on_the_page_only_where_the_card_has_them(site):
    bare = text(page(site, "claims/bridge-cost/"))
    words = [
        "Not known",
        "Would change if",
        "Related",
        "Analysis",
        "Figures compared",
        "said by",
        "formerly",
        "Above what",
    ]
    assert [word for word in words if word in bare] == []
    site.settings("measures: {cost: {label: crowns}}\n")
    site.claim("other")
    site.claim(
        "bridge-cost",
        unknowns="[Who counted.]",
        would_change_if="[The council publishes its books.]",
        related=["{claim: other, as: context}"],
        analysis="Somebody must know.",
        figure="{measure: cost, about: 4000000}",
        said="{by: outlet-a, on: 2030-05-01}",
        aliases="[old-cost]",
        status="corroborated",
        override="{reason: We saw the bill., by: The editor, on: 2030-05-02}",
        why_selected="It is the largest bill.",
        places="[Riverton]",
        happened="2030-04",
    )
    full = text(page(site, "claims/bridge-cost/"))
    assert [word for word in words if word not in full] == []
    told = [
        "Who counted.",
        "its books.",
        "Somebody must know.",
        "1 May 2030",
        "old-cost",
        "We saw the bill.",
        "The editor",
    ]
    told += ["It is the largest bill.", "Riverton", "April 2030", "about 4,000,000 crowns", "Corroborated"]
    assert [word for word in told if word not in full] == []


def test_an_old_id_leads_to_the_card_with_a_refresh_a_canonical_address_and_a_link(site):
    site.claim("bridge-cost", aliases="[old-cost]")
    moved = page(site, "claims/old-cost/")
    assert f'<meta http-equiv="refresh" content="0; url={BASE}claims/bridge-cost/">' in moved
    assert '<link rel="canonical" href="https://example.org/bridge-file/claims/bridge-cost/">' in moved
    assert '<meta name="robots" content="noindex">' in moved
    assert f'<a href="{BASE}claims/bridge-cost/">The bridge cost 4 million</a>' in moved


@pytest.mark.parametrize(("kind", "old"), [("source", "sources/old/"), ("claimant", "claimants/old/")])
def test_any_kind_of_card_may_have_an_old_id(site, kind, old):
    site.source("article-a", aliases="[old]" if kind == "source" else None)
    site.claimant("outlet-a", name="Outlet A", kind="outlet", aliases="[old]" if kind == "claimant" else None)
    assert "This page has moved" in page(site, old)


def test_a_withdrawn_claim_says_so_and_is_in_no_list(site):
    site.claim("wrong", short="The wrong bridge", withdrawn="{on: 2030-05-05, note: It was another bridge.}")
    gone = page(site, "claims/wrong/")
    assert "Withdrawn on 5 May 2030. It was another bridge." in text(gone)
    assert '<meta name="robots" content="noindex">' in gone
    lists = ["", "claims/", "topics/bridge/", "sources/article-a/", "claimants/outlet-a/", "status/unverified/"]
    assert [url for url in lists if "The wrong bridge" in page(site, url)] == []


def test_the_log_holds_corrections_and_withdrawals_newest_first(site):
    site.claim("bridge-cost", corrections=["{on: 2030-05-04, kind: correction, note: The sum was wrong.}"])
    site.claim("wrong", short="The wrong bridge", withdrawn="{on: 2030-05-05, note: It was another bridge.}")
    log = text(page(site, "corrections/"))
    assert "5 May 2030 Withdrawal: The wrong bridge . It was another bridge." in log
    assert log.index("Withdrawal") < log.index("4 May 2030 Correction: The bridge cost 4 million . The sum was wrong.")
    assert "Correction, 4 May 2030. The sum was wrong." in text(page(site, "claims/bridge-cost/"))


def test_a_retracted_source_is_in_the_log_and_says_so_on_its_page(site):
    site.source("article-a", retracted="{on: 2030-06-01, note: The figure was invented.}")
    assert "Retracted on 1 June 2030. The figure was invented." in text(page(site, "sources/article-a/"))
    assert "The figure was invented." in text(page(site, "claims/bridge-cost/"))
    assert "The figure was invented." in text(page(site, "corrections/"))


def test_a_source_without_a_headline_is_described_and_given_none(site):
    site.source("article-a", title="null", url="null", where="Read on paper in the library.")
    html = page(site, "sources/article-a/")
    assert "<title>Outlet A, 2 May 2030" in html
    assert "Its headline is not known." in text(html)
    assert "Read on paper in the library." in text(html)


def test_the_methodology_is_printed_from_the_ladder_in_force(site):
    site.settings(
        """
        ladder:
          - id: sure
            label: Sure
            symbol: "●"
            mark: full
            color: confirmed
            meaning: We saw it.
            needs: [{origins: 3, max_against: 1}, {admissions: 1}]
          - {id: unverified, label: Unverified, symbol: "○", mark: empty, color: unverified, meaning: Who knows.}
        """
    )
    html = text(page(site, "methodology/"))
    assert (
        "Sure We saw it. Needs 3 independent origins and at most 1 origin against it; or 1 admission by the party"
        in html
    )
    assert "Unverified Who knows. Needs nothing" in html
    assert "0 claims" in html
    assert "Corroborated" not in html


def test_an_introduction_stands_above_the_generated_page(site):
    site.write("content/pages/methodology.md", "---\ntitle: How we work\n---\nWe count.\n\n## Later\n")
    html = page(site, "methodology/")
    assert "<h1>How we work</h1>" in html
    assert html.index("We count.") < html.index('id="ladder"')


@pytest.mark.parametrize("id_", ["home", *INTRODUCED])
def test_every_generated_list_can_have_an_introduction(site, id_):
    site.write(f"content/pages/{id_}.md", "---\ntitle: A title\n---\nWords in front.\n")
    assert "Words in front." in page(site, "" if id_ == "home" else f"{id_}/")


def test_statements_and_quotes_carry_their_language_and_direction(site):
    site.source("article-a", language="fa", title="پل")
    site.claim(
        "bridge-cost",
        claim="كلف الجسر أربعة ملايين",
        language="ar",
        evidence=["{source: article-a, stance: supports, quote: چهار میلیون, translation: four million}"],
    )
    html = page(site, "claims/bridge-cost/")
    assert re.search(r'<h1[^>]* lang="ar" dir="rtl">', html)
    assert re.search(r'evidence__quote" lang="fa" dir="rtl"', html)
    assert "four million" in text(html)
    assert re.search(r'<h1[^>]* lang="fa" dir="rtl">', page(site, "sources/article-a/"))


def test_an_empty_site_has_all_its_lists(site):
    for path in ("claims/bridge-cost", "sources/article-a", "claimants/outlet-a", "topics/bridge"):
        site.remove(f"content/{path}.yaml")
    assert "Nothing has been corrected yet." in page(site, "corrections/")
    assert "No claim yet." in page(site, "claims/")


def test_a_long_list_goes_on_on_further_pages(site):
    for number in range(PAGE_LENGTH):
        site.claim(f"claim-{number:03}")
    first, second = page(site, "claims/"), page(site, "claims/page/2/")
    shown = [html.partition("data-list")[2].count('class="entry"') for html in (first, second)]
    assert shown == [PAGE_LENGTH, 1]
    assert "claims/page/2/" in links(first)
    assert "claims/" in links(second)
    assert {"topics/bridge/page/2/index.html", "sources/article-a/page/2/index.html"} <= set(site.render())


@pytest.mark.parametrize(
    ("entries", "lengths"), [(0, [0]), (1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])]
)
def test_no_page_of_a_list_is_longer_than_the_others(entries, lengths):
    pages = list(paginated(range(entries), "claims/", BASE))
    assert [len(shown) for _, shown, _ in pages] == lengths
    assert [url for url, _, _ in pages][:2] == ["claims/", "claims/page/2/"][: len(lengths)]
    assert [entry for _, shown, _ in pages for entry in shown] == list(range(entries))


def test_two_pages_that_want_one_address_are_a_problem(site):
    site.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n")
    site.write("static/root/about/index.html", "<p>mine</p>")
    [problem] = site.mistakes()
    assert (problem.code, problem.place.path) == ("CD072", "content/pages/about.md")
    assert "static/root" in problem.message

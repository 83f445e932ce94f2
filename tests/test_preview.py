"""The preview as data: each page made when asked, what is unreadable as it last was, and always as if made anew."""

import random

import pytest

from claimdeck.desk.preview import KEPT, Preview

ADDRESS = "http://127.0.0.1:5500/"
TEMPLATE = "templates/pages/not_found.html"


@pytest.fixture
def preview(site):
    """A preview of the small site as it stands."""
    made = Preview(site.root, ADDRESS)
    made.refresh()
    return made


def text(preview, path="claims/bridge-cost/"):
    return preview.answer(path)[1].decode()


def codes(preview, path="claims/bridge-cost/"):
    return [problem.code for problem in preview.answer(path)[2]]


def state(preview, paths):
    """Return all that *preview* shows at *paths*, and what it has to say."""
    return {path: (text(preview, path), [str(problem) for problem in preview.answer(path)[2]]) for path in paths}


def test_a_page_is_found_by_its_address_and_its_file(preview):
    for path in ("claims/bridge-cost/", "claims/bridge-cost", "claims/bridge-cost/index.html"):
        assert preview.answer(path)[0] == "claims/bridge-cost/index.html"
    assert preview.answer("claims.json")[0] == "claims.json"
    assert preview.answer("static/site.css")[0] == "static/site.css"
    assert preview.answer("search/words-0.json")[0] == "search/words-0.json"
    assert preview.answer("sitemap.xml")[0] == "sitemap.xml"
    assert preview.answer("claims/gone/")[0] == "404.html"


def test_the_problems_of_a_page_come_with_it_and_not_with_another(site, preview):
    site.write(TEMPLATE, '{% extends "base.html" %}{% block main %}<a href="/gone/">here</a>{% endblock %}')
    preview.refresh()
    assert "CD071" in codes(preview, "no/such/page/")
    assert "CD071" not in codes(preview)


def test_a_card_that_cannot_be_read_stays_as_it_last_was_until_it_can(site, preview):
    before = text(preview)
    site.write("content/claims/bridge-cost.yaml", "claim: [")
    preview.refresh(cards_only=True)
    assert text(preview) == before
    assert "CD002" in codes(preview)
    site.claim("bridge-cost", claim="The bridge cost nothing.")
    preview.refresh(cards_only=True)
    assert "The bridge cost nothing." in text(preview)
    assert "CD002" not in codes(preview)


def test_a_deleted_card_is_gone(site, preview):
    site.claim("other")
    preview.refresh(cards_only=True)
    assert preview.answer("claims/other/")[0] == "claims/other/index.html"
    site.remove("content/claims/other.yaml")
    preview.refresh(cards_only=True)
    assert preview.answer("claims/other/")[0] == "404.html"


def test_a_page_whose_template_breaks_stays_as_it_last_was(site, preview):
    before = text(preview, "no/such/page/")
    site.write(TEMPLATE, "{% extends")
    preview.refresh()
    assert text(preview, "no/such/page/") == before
    assert "CD073" in codes(preview, "no/such/page/")


def test_only_the_last_pages_are_kept_for_that(preview):
    for number in range(KEPT + 10):
        preview.answer(["claims/", "topics/", "sources/", "claims/bridge-cost/"][number % 4])
    assert len(preview.last) == 4


def test_marks_of_doubt_stand_in_the_preview_and_not_in_what_is_published(site):
    site.claim("bridge-cost", status="attributed", evidence=["{source: article-a, stance: supports, quote: 4 million}"])
    preview = Preview(site.root, ADDRESS)
    preview.refresh()
    for path in ("claims/bridge-cost/", "claims/"):
        assert "unverified quote" in text(preview, path)
        assert "one origin only" in text(preview, path)
    published = b"".join(site.render().values())
    assert b"unverified quote" not in published
    assert b"one origin only" not in published


def test_the_work_list_is_a_page_of_the_preview_alone(site, preview):
    assert "What to do next" in text(preview, "_desk/")
    assert not any(path.startswith("_") for path in site.render())


def test_the_page_of_one_saved_card_is_known_and_of_several_none(site, preview):
    content = site.root / "content"
    assert preview.page_of([content / "claims/bridge-cost.yaml"]) == "/claims/bridge-cost/"
    assert preview.page_of([content / "sources/article-a.yaml"]) == "/sources/article-a/"
    assert preview.page_of([content / "claims/bridge-cost.yaml~"]) == ""
    assert preview.page_of([content / "claims/gone.yaml"]) == ""
    assert preview.page_of([content / "claims/bridge-cost.yaml", content / "topics/bridge.yaml"]) == ""
    assert preview.page_of([site.root / "site.yaml"]) == ""


def test_schemas_are_brought_up_to_date_where_the_desk_has_them(site, preview):
    preview.refresh_schemas()
    assert not (site.root / "content/.schema").exists()
    site.write("content/.schema/claim.schema.json", "{}")
    site.source("article-b")
    preview.refresh(cards_only=True)
    preview.refresh_schemas()
    assert "article-b" in (site.root / "content/.schema/claim.schema.json").read_text(encoding="utf-8")


def test_a_static_link_that_leads_out_is_a_problem_and_no_end(site, preview, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (site.root / "static").mkdir()
    (site.root / "static/secret.txt").symlink_to(tmp_path / "secret.txt")
    preview.refresh()
    assert "CD006" in codes(preview)


EDITS = {
    "claim": lambda site, n: site.claim("bridge-cost", claim=f"The bridge cost {n} crowns."),
    "another status": lambda site, n: site.claim("bridge-cost", status=("unverified", "attributed", "nosuch")[n % 3]),
    "evidence": lambda site, n: site.claim(
        "second", evidence=[f"{{source: article-{'abc'[n % 3]}, stance: supports, via: [outlet-{'ab'[n % 2]}]}}"]
    ),
    "no second": lambda site, _: (site.root / "content/claims/second.yaml").unlink(missing_ok=True),
    "draft": lambda site, n: site.claim("third", draft=("true", None)[n % 2], analysis="See [it](claim:second)."),
    "broken": lambda site, n: site.write("content/claims/third.yaml", ("", "claim: [", "short: " + "x" * 90)[n % 3]),
    "relation": lambda site, n: site.claim(
        "third", related=[f"{{claim: bridge-cost, as: {('context', 'supersedes')[n % 2]}}}"]
    ),
    "source": lambda site, n: site.source("article-a", title=f"Title {n}", carries=("outlet-b", None)[n % 2]),
    "new source": lambda site, _: site.source("article-b", outlet="outlet-b"),
    "no source": lambda site, _: (site.root / "content/sources/article-b.yaml").unlink(missing_ok=True),
    "claimant": lambda site, n: site.claimant(
        "outlet-b", name=f"Outlet {n}", kind="outlet", part_of=("outlet-a", None)[n % 2]
    ),
    "ring": lambda site, n: site.claimant("outlet-a", name="A", kind="outlet", part_of=("outlet-b", None)[n % 2]),
    "topic": lambda site, n: site.write("content/topics/bridge.yaml", f"name: Bridge {n}\n"),
    "settings": lambda site, n: site.settings(f"tagline: Number {n}\n"),
    "lock": lambda site, _: site.lock() if not any(p.severity == 2 for p in site.problems()) else None,
}
LOOKED_AT = (
    "",
    "claims/",
    "claims/bridge-cost/",
    "claims/second/",
    "sources/article-a/",
    "claimants/outlet-b/",
    "_desk/",
)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_a_preview_shows_what_a_new_one_would(site, seed):
    chance = random.Random(seed)
    site.claimant("outlet-b", name="Outlet B", kind="outlet")
    resident = Preview(site.root, ADDRESS)
    resident.refresh()
    readable = {"broken"}  # what it last was, a new preview cannot know
    for _ in range(9):
        name = chance.choice(sorted(EDITS.keys() - readable))
        EDITS[name](site, chance.randrange(6))
        resident.refresh(cards_only=name != "settings")
        fresh = Preview(site.root, ADDRESS)
        fresh.refresh()
        assert state(resident, LOOKED_AT) == state(fresh, LOOKED_AT), name

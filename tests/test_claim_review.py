"""What a claim's cards say, in the words of schema.org, and as it stands on their page."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdeck.model.urls import Home
from claimdeck.pipeline import judge_site
from claimdeck.present.claim_review import APPEARANCES, claim_review
from claimdeck.present.markup import json_block
from claimdeck.present.views import Views
from claimdeck.read.static import PROJECT
from tests.rendered import render_site

HOME = Home.at("https://example.org/bridge-file/")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
PAGE = "claims/bridge-cost/index.html"


@pytest.fixture
def review(site):
    """Return a function that gives the ClaimReview of the small site's claim with these fields."""

    def of(**fields):
        site.claim("bridge-cost", **fields)
        views = Views(site.deck, HOME)
        return claim_review(views.deck.claims["bridge-cost"], views)

    return of


def test_the_review_of_a_small_card_holds_what_the_card_says_and_nothing_else(review):
    publisher = {"@type": "Organization", "name": "The Bridge File", "url": "https://example.org/bridge-file/"}
    assert review() == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://example.org/bridge-file/claims/bridge-cost/",
        "claimReviewed": "The bridge cost 4 million",
        "author": publisher,
        "publisher": {
            **publisher,
            "correctionsPolicy": "https://example.org/bridge-file/corrections/",
            "publishingPrinciples": "https://example.org/bridge-file/methodology/",
        },
        "datePublished": "2030-05-03",
        "dateModified": "2030-05-03",
        "inLanguage": "en",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Unverified",
            "ratingExplanation": "Nobody shows how it is known.",
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Organization", "name": "Outlet A"},
            "datePublished": "2030-05-02",
            "firstAppearance": {
                "@type": "CreativeWork",
                "url": "https://example.net/bridge",
                "headline": "What the bridge cost",
                "datePublished": "2030-05-02",
                "publisher": {"@type": "Organization", "name": "Outlet A"},
            },
        },
    }


def test_the_publisher_is_named_with_its_address_its_logo_and_the_licence(site, review):
    site.settings(
        """
        publisher: {name: The Desk, url: https://desk.example, logo: /static/favicon.svg}
        license: {name: CC0, url: https://creativecommons.org/publicdomain/zero/1.0/}
        language: de
        """
    )
    found = review()
    assert found["author"] == {
        "@type": "Organization",
        "name": "The Desk",
        "url": "https://desk.example",
        "logo": "https://example.org/bridge-file/static/favicon.svg",
    }
    assert found["publisher"].items() > found["author"].items()
    assert found["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert found["inLanguage"] == "de"


def test_a_logo_elsewhere_keeps_its_address(site, review):
    site.settings("publisher: {name: The Desk, logo: https://cdn.example/logo.png}\n")
    assert review()["author"]["logo"] == "https://cdn.example/logo.png"


@pytest.mark.parametrize(
    ("pages", "named"), [(["about"], "about"), (["about", "ownership"], "ownership"), (["about", "funding"], "funding")]
)
def test_who_pays_is_told_on_the_first_page_that_exists(site, review, pages, named):
    for page in pages:
        site.write(f"content/pages/{page}.md", f"---\ntitle: {page}\n---\nText.\n")
    assert review()["publisher"]["ownershipFundingInfo"] == f"https://example.org/bridge-file/{named}/"


def test_it_was_published_with_the_first_entry_and_changed_with_the_newest_of_all(review):
    history = [
        "{on: 2030-05-03, status: unverified, note: First published.}",
        "{on: 2030-05-09, status: unverified, note: Read again.}",
    ]
    assert review(history=history)["dateModified"] == "2030-05-09"
    assert review(history=history, reviewed="2030-05-12")["dateModified"] == "2030-05-12"
    corrections = ["{on: 2030-06-01, kind: correction, note: A digit was wrong.}"]
    found = review(history=history[::-1], corrections=corrections)
    assert (found["datePublished"], found["dateModified"]) == ("2030-05-03", "2030-06-01")


def test_a_number_stands_only_where_the_rung_has_one(site, review):
    site.settings(
        """
        ladder:
          - {id: half-so, label: Half so, symbol: "◑", mark: half, color: disputed, meaning: So so.,
             rating: {value: 2.5, best: 5, worst: 1}}
        """
    )
    history = ["{on: 2030-05-03, status: half-so, note: First published.}"]
    rating = review(status="half-so", history=history)["reviewRating"]
    assert (rating["alternateName"], rating["ratingValue"]) == ("Half so", 2.5)
    assert (rating["bestRating"], rating["worstRating"]) == (5, 1)
    assert type(rating["bestRating"]) is int


def test_the_claim_is_by_who_put_it_into_circulation(site, review):
    site.claimant("mayor", name="The mayor of Bridgetown", short="the mayor")
    item = review(said="{by: mayor, on: 2030-04-30}")["itemReviewed"]
    assert item["author"] == {"@type": "Person", "name": "The mayor of Bridgetown"}
    assert item["datePublished"] == "2030-04-30"


def test_the_claim_is_by_its_only_origin_where_nobody_is_said_to_have_made_it(site, review):
    site.claimant("council", name="Town council", kind="agency")
    item = review(evidence=["{source: article-a, stance: supports, via: [council]}"])["itemReviewed"]
    assert item["author"] == {"@type": "Organization", "name": "Town council"}


def test_of_two_origins_neither_is_the_claimant(site, review):
    site.claimant("outlet-b", name="Outlet B", kind="outlet")
    site.source("article-b", outlet="outlet-b", url="https://example.net/b")
    evidence = [f"{{source: {id_}, stance: supports}}" for id_ in ("article-a", "article-b")]
    assert "author" not in review(evidence=evidence)["itemReviewed"]


def test_somebody_unnamed_is_neither_a_person_nor_an_organization(site, review):
    site.claimant("council", name="Town council", kind="agency")
    site.claimant("clerk", name="A clerk", kind="unnamed", part_of="council")
    assert "author" not in review(said="{by: clerk}")["itemReviewed"]


def test_a_trail_that_ends_in_the_dark_names_nobody(review):
    item = review(evidence=["{source: article-a, stance: supports, via: [unknown]}"])["itemReviewed"]
    assert "author" not in item


def test_the_claim_appeared_first_in_the_earliest_supporting_source_with_an_address(site, review):
    for id_, published in [("late", "2030-06-02"), ("early", "2030-04"), ("earliest", "2030-03-01")]:
        site.source(id_, published=published, url=f"https://example.net/{id_}", title=None)
    site.source("earliest", published="2030-03-01", url="null", where="Read on paper.")
    site.source("against", published="2029-01-01", url="https://example.net/against")
    stances = {"late": "supports", "early": "supports", "earliest": "supports", "against": "disputes"}
    evidence = [f"{{source: {id_}, stance: {stance}}}" for id_, stance in stances.items()]
    item = review(evidence=[*evidence, "{source: late, stance: supports}"])["itemReviewed"]
    assert item["datePublished"] == "2030-03-01"
    assert item["firstAppearance"]["url"] == "https://example.net/early"
    assert "headline" not in item["firstAppearance"]
    assert [work["url"] for work in item["appearance"]] == ["https://example.net/late"]


def test_a_claim_of_which_no_source_has_an_address_names_no_appearance(site, review):
    site.source("article-a", url="null", where="Read on paper.")
    assert set(review()["itemReviewed"]) == {"@type", "author", "datePublished"}


def test_a_claim_that_nobody_supports_is_still_a_claim(review):
    assert review(evidence=["{source: article-a, stance: disputes}"])["itemReviewed"] == {"@type": "Claim"}


def test_a_document_that_the_desk_keeps_is_no_appearance(site, review):
    site.source("article-a", url="https://example.org/bridge-file/static/letter.pdf")
    assert set(review()["itemReviewed"]) == {"@type", "author", "datePublished"}


def test_at_most_five_further_appearances_are_named(site, review):
    for number in range(30):
        site.source(f"article-{number}", url=f"https://example.net/{number}")
    item = review(evidence=[f"{{source: article-{n}, stance: supports}}" for n in range(30)])["itemReviewed"]
    assert len(item["appearance"]) == APPEARANCES


def test_the_page_holds_the_review_at_the_address_where_the_site_is_built(site, review):
    block = BLOCK.search(site.render()[PAGE].decode())[1]
    assert json.loads(block) == review()


def test_a_withdrawn_claim_an_old_address_and_a_list_hold_none(site):
    site.claim("bridge-cost", aliases=["old-cost"])
    site.claim("gone", withdrawn="{on: 2030-05-04, note: Our mistake.}")
    pages = {path: text.decode() for path, text in site.render().items() if path.endswith(".html")}
    assert {"claims/gone/index.html", "claims/old-cost/index.html"} < set(pages)
    assert [path for path, text in pages.items() if "ld+json" in text] == [PAGE]


def test_no_text_can_end_the_script(site):
    site.claim("bridge-cost", short='"</script><script>alert(1)</script><!--"', because='"]]> & <b>\\u2028"')
    html = site.render()[PAGE].decode()
    [block] = BLOCK.findall(html)
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block)["claimReviewed"] == "</script><script>alert(1)</script><!--"
    assert "<script>alert" not in html


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())))
def test_a_block_parses_back_to_what_it_was_made_of(value):
    block = json_block(value)
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block) == value


def test_a_mistake_of_an_editor_is_placed_at_the_field_to_mend(site):
    site.settings("publisher: {name: Outlet A}\n")
    site.claim("bridge-cost", short='"Unverified: the bridge cost 4 million"')
    found = [(str(problem.place), problem.code) for problem in site.mistakes()]
    assert found == [("content/claims/bridge-cost.yaml:1:1", "CD074"), ("content/claims/bridge-cost.yaml:2:8", "CD074")]


def test_a_card_that_is_broken_already_is_not_judged_by_what_is_left_of_it(site):
    site.claim("bridge-cost", short=None, because=None)
    assert {problem.code for problem in site.mistakes()} == {"CD011"}


def test_a_draft_has_no_review_and_needs_none(site):
    site.claim("bridge-cost", draft="true", short="'Unverified: 4 million'")
    files, problems = render_site(judge_site(site.root), drafts=True)
    assert b"ld+json" not in files[PAGE]
    assert "CD074" not in {problem.code for problem in problems}


def test_a_template_of_a_desks_own_is_held_to_the_rules(site):
    template = (PROJECT / "templates/pages/claim.html").read_text(encoding="utf-8")
    site.write("templates/pages/claim.html", template.replace("{{ review }}", "{}"))
    [problem] = [problem for problem in site.problems() if problem.code == "CD074"]
    assert problem.message == "the ClaimReview of /claims/bridge-cost/ is missing."


def test_every_claim_of_this_repository_has_one_good_review():
    judged = judge_site(PROJECT)
    files, problems = render_site(judged)
    assert [str(problem) for problem in problems if problem.code == "CD074"] == []
    pages = {path: text.decode() for path, text in files.items() if path.endswith(".html")}
    living = {f"claims/{id_}/index.html" for id_, claim in judged.deck.claims.items() if not claim.card.draft}
    assert {path: len(BLOCK.findall(text)) for path, text in pages.items() if "ld+json" in text} == dict.fromkeys(
        living, 1
    )


WORDS = st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=75).map(str.strip).filter(bool)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(short=WORDS, because=WORDS)
def test_whatever_a_card_says_can_be_read_back_from_its_page(site, short, because):
    site.claim(
        "bridge-cost", short=json.dumps(short, ensure_ascii=False), because=json.dumps(because, ensure_ascii=False)
    )
    site.problems()
    [block] = BLOCK.findall(site.render()[PAGE].decode())
    review = json.loads(block)
    assert (review["claimReviewed"], review["reviewRating"]["ratingExplanation"]) == (short, because)
    assert not set("<>&") & set(block)

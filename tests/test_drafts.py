"""Draft cards made of reviews: their ids, what they say, and the cards that they find in the dossier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.desk.drafts import ID_LENGTH, Drafts, cut_list, list_losses, same_address, shorten, slug
from claimdeck.desk.wild_fields import Actor, Lost
from claimdeck.desk.wild_reviews import Rating, Review, Work
from claimdeck.model.cards import MODELS
from claimdeck.model.fields import ID, SHORT_LENGTH
from claimdeck.pipeline import judge_site
from claimdeck.read.documents import FORBIDDEN, parse_document
from claimdeck.read.models import build_model

BRIDGE = "The old bridge fell."
ARTICLE = Work(
    "https://example.net/checks/1",
    "A check",
    Actor("Outlet B"),
    ("A writer",),
    "2030-05-03",
    "2030-05-04",
    "en",
    "article",
)
REVIEW = Review(
    "", BRIDGE, ARTICLE, Rating("“False”", "It stands.", "disputes"), Actor("The mayor", "person"), "2030-05-01", (), ()
)


def review(**fields):
    return Review(**(vars(REVIEW) | fields))


@pytest.fixture
def drafts(site):
    """The drafts of the small site."""
    return Drafts(site.judge(), "reviews.json")


def values(drafts, kind, id_):
    return parse_document(drafts.made[kind, id_].text, "card.yaml").value


def ids(drafts, kind):
    return [id_ for made, id_ in drafts.made if made == kind]


def test_a_review_becomes_a_draft_claim_a_source_and_claimants(drafts):
    assert drafts.add(REVIEW, 1) == "content/claims/the-old-bridge-fell.yaml"
    assert values(drafts, "claim", "the-old-bridge-fell") == {
        "draft": "true",
        "claim": BRIDGE,
        "short": BRIDGE,
        "status": None,
        "because": None,
        "reviewed": None,
        "said": {"by": "the-mayor", "on": "2030-05-01"},
        "topics": [],
        "evidence": [{"source": "outlet-b-2030-05-03", "stance": "disputes", "note": "Their verdict: “False”."}],
        "history": [],
    }
    assert values(drafts, "source", "outlet-b-2030-05-03") == {
        "draft": "true",
        "outlet": "outlet-b",
        "title": "A check",
        "url": "https://example.net/checks/1",
        "published": "2030-05-03",
        "updated": "2030-05-04",
        "authors": ["A writer"],
        "kind": "article",
        "language": "en",
        "summary": None,
    }
    assert values(drafts, "claimant", "outlet-b") == {"draft": "true", "name": "Outlet B", "kind": "outlet"}
    assert values(drafts, "claimant", "the-mayor")["kind"] == "person"


def test_a_card_says_at_its_top_where_it_came_from_and_what_was_lost(drafts):
    drafts.add(review(path="@graph[1]", lost=(Lost("x", "y: #z", "no card has a field for it"),)), 3)
    lines = drafts.made["claim", "the-old-bridge-fell"].text.splitlines()
    assert lines[:3] == [
        "# Imported from reviews.json, ClaimReview 3: @graph[1].",
        "# Their verdict: “False”. Whether it holds, and the status, is yours to judge.",
        "# Their reason: It stands.",
    ]
    assert lines[4:6] == ["# Not mapped:", "# - x: “y: #z”: no card has a field for it."]


def test_where_the_claim_appeared_supports_it_once(drafts):
    place = Work("https://example.org/speech", published="2030-05-01")
    drafts.add(review(appearances=(place, Work("http://www.example.org/speech/"), ARTICLE)), 1)
    evidence = values(drafts, "claim", "the-old-bridge-fell")["evidence"]
    assert [(each["source"], each["stance"]) for each in evidence] == [
        ("example-org-2030-05-01", "supports"),
        ("outlet-b-2030-05-03", "disputes"),
    ]


def test_cards_that_the_dossier_has_are_used(site):
    site.claimant("town-mayor", name="Somebody", also_known_as="[The Mayor]")
    site.source("article-b", url="https://other.example.net/x", also_at="[https://EXAMPLE.net/checks/1/]")
    drafts = Drafts(site.judge(), "reviews.json")
    drafts.add(review(appearances=(Work("https://example.net/bridge#top"),)), 1)
    assert [(kind, id_) for kind, id_ in drafts.made] == [("claim", "the-old-bridge-fell")]
    card = values(drafts, "claim", "the-old-bridge-fell")
    assert card["said"]["by"] == "town-mayor"
    assert [each["source"] for each in card["evidence"]] == ["article-a", "article-b"]


def test_an_id_that_is_or_was_in_use_gets_a_number(site):
    for id_, aliases in (("the-old-bridge-fell", "[the-old-bridge-fell-2]"), ("the-old-bridge-fell-3", "[]")):
        site.claim(id_, claim="Another.", aliases=aliases)
    site.lock()
    site.remove("content/claims/the-old-bridge-fell-3.yaml")
    drafts = Drafts(site.judge(), "reviews.json")
    site.write("content/claims/the-old-bridge-fell-4.yaml", "not read yet")
    assert drafts.add(REVIEW, 1) == "content/claims/the-old-bridge-fell-5.yaml"
    assert drafts.add(REVIEW, 2) == "content/claims/the-old-bridge-fell-6.yaml"
    assert ids(drafts, "source") == ["outlet-b-2030-05-03"]


def test_reserved_and_empty_ids_are_avoided(drafts):
    drafts.add(review(claim="Page", said_by=Actor("Unknown!"), article=Work(title="No address")), 1)
    drafts.add(review(claim="다리는 사백만", said_by=Actor("市長"), article=Work("https://bücher.example.org/a")), 2)
    assert ids(drafts, "claim") == ["page-2", "imported"]
    assert ids(drafts, "claimant") == ["unknown-2", "claimant", "bucher-example-org"]
    assert ids(drafts, "source") == ["fact-check", "bucher-example-org"]


def test_the_language_of_a_claim_is_told_where_it_is_not_the_site_s(drafts):
    drafts.add(review(article=Work(language="de-AT")), 1)
    drafts.add(review(article=Work(language="en-GB")), 2)
    assert values(drafts, "claim", "the-old-bridge-fell")["language"] == "de-AT"
    assert "language" not in values(drafts, "claim", "the-old-bridge-fell-2")


def test_a_long_claim_is_cut_at_a_word_and_that_is_said():
    claim = "The old bridge over the wide river fell in the spring, and nobody in the town had seen it"
    assert shorten(claim) == "The old bridge over the wide river fell in the spring, and nobody in the…"
    assert list_losses(review(claim=claim)) == [
        "claimReviewed: it is longer than 75 characters; `short` is cut at a word."
    ]
    assert list_losses(REVIEW) == []


def test_of_many_losses_twenty_are_told():
    assert cut_list(["x"] * 20) == ["x"] * 20
    assert cut_list(["x"] * 23) == ["x"] * 20 + ["… and 3 more."]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("The Bridge’s cost: 4 million!", "the-bridges-cost-4-million"),
        ("Żółta łódź, Straße, Ærø", "zolta-lodz-strasse-aero"),
        ("다리", ""),
        ("a" * 90, "a" * ID_LENGTH),
        ("The mayor said that the bridge had fallen into the river", "the-mayor-said-that-the-bridge-had"),
    ],
)
def test_ids_are_plain_letters_cut_at_a_word(text, id_):
    assert slug(text) == id_


@given(st.text(max_size=120))
def test_any_text_makes_an_id_and_a_short(text):
    assert not slug(text) or (ID.fullmatch(slug(text)) and len(slug(text)) <= ID_LENGTH)
    assert len(shorten(text)) <= SHORT_LENGTH


def test_one_document_has_one_address():
    assert same_address("http://www.Example.org/a/?b=1#c") == same_address("https://example.org/a?b=1")
    assert same_address("https://example.org/a?b=1") != same_address("https://example.org/a?b=2")


clean = st.text(min_size=1, max_size=60).filter(lambda text: not FORBIDDEN.search(text) and text.split())


@given(clean, clean, clean)
def test_any_words_make_cards_that_can_be_read(site_of_any, claim, name, verdict):
    drafts = Drafts(site_of_any, "reviews.json")
    claim, name, verdict = (" ".join(text.split()) for text in (claim, name, verdict))
    drafts.add(review(claim=claim, said_by=Actor(name), rating=Rating(verdict, verdict), path=name), 1)
    for (kind, _), draft in drafts.made.items():
        document = parse_document(draft.text, draft.path)
        assert document.problems == []
        card, problems = build_model(MODELS[kind], document, kind, draft=True)
        assert card is not None
        assert {problem.code for problem in problems} <= {"CD011"}
    assert values(drafts, "claim", ids(drafts, "claim")[0])["claim"] == claim


@pytest.fixture(scope="module")
def site_of_any(tmp_path_factory):
    """An empty site."""
    root = tmp_path_factory.mktemp("any")
    (root / "content").mkdir()
    return judge_site(root)

"""References: what one card says of others must exist, be published, and be called so."""

import pytest

CLAIM = "content/claims/bridge-cost.yaml"

# What the bridge's claim says of a card that is not there, and the line at which it says so.
MISSING = [
    ("source", {"evidence": ["{source: nowhere, stance: supports}"]}, 9),
    ("claimant", {"evidence": ["{source: article-a, stance: supports, via: [nowhere]}"]}, 9),
    ("source", {"evidence": ["{source: article-a, stance: supports, via_from: nowhere}"]}, 9),
    ("topic", {"topics": ["bridge", "nowhere"]}, 8),
    ("claim", {"related": ["{claim: nowhere, as: context}"]}, 13),
    ("claimant", {"said": "{by: nowhere}"}, 12),
    ("source", {"history": ["{on: 2030-05-03, status: unverified, sources: [nowhere]}"]}, 11),
]


def one(site):
    """Return the one mistake that stops a build."""
    (problem,) = [problem for problem in site.mistakes() if problem.severity.word == "error"]
    return problem


@pytest.mark.parametrize(("kind", "fields", "line"), MISSING)
def test_a_card_that_is_not_there_is_an_error_where_it_is_named(site, kind, fields, line):
    site.claim(**fields)
    problem = one(site)
    assert (problem.code, problem.place.path, problem.place.line) == ("CD020", CLAIM, line)
    assert f"{kind} “nowhere”" in problem.message


@pytest.mark.parametrize("field", ["outlet", "carries", "draws_on"])
def test_a_source_names_claimants_that_are_there(site, field):
    site.source("article-a", **{field: "nowhere"})
    assert "claimant “nowhere”" in one(site).message


def test_a_claimant_is_part_of_one_that_is_there(site):
    site.claimant("outlet-a", kind="outlet", part_of="nowhere")
    assert "claimant “nowhere”" in one(site).message


def test_the_settings_name_claims_that_readers_can_see(site):
    site.settings("start_here: [bridge-cost, bridge-costs]\n")
    problem = one(site)
    assert problem.place.path == "site.yaml"
    assert "bridge-cost" in problem.hint


def test_the_nearest_id_is_suggested(site):
    site.claim(topics=["brigde"])
    assert one(site).hint == "Did you mean “bridge”?"


def test_where_no_id_is_near_the_file_to_add_is_named(site):
    site.claim(topics=["xyz"])
    assert "content/topics/xyz.yaml" in one(site).hint


def test_an_old_id_is_told_its_new_name(site):
    site.claim("roof", aliases="[school-roof]")
    site.claim(related=["{claim: school-roof, as: context}"])
    assert "roof" in one(site).hint
    assert "now called “roof”" in one(site).message


@pytest.mark.parametrize(
    "path", ["content/sources/article-a.yaml", "content/claimants/outlet-a.yaml", "content/topics/bridge.yaml"]
)
@pytest.mark.parametrize("text", ["a: b: c\n", "", b"\xff", "- list\n"])
def test_a_card_that_could_not_be_read_is_not_reported_as_missing(site, path, text):
    site.write(path, text)
    assert [problem.place.path for problem in site.mistakes()] == [path]


def test_a_card_of_which_a_part_could_not_be_read_is_there(site):
    site.source("article-a", published="soon")
    assert [problem.code for problem in site.mistakes()] == ["CD012"]


def test_a_published_card_may_not_refer_to_a_draft(site):
    site.claim("roof", draft="true")
    site.claim(related=["{claim: roof, as: context}"])
    assert (one(site).code, one(site).place.path) == ("CD022", CLAIM)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("sources/article-a", None),
        ("claimants/outlet-a", "name: Outlet A\nkind: outlet\ndraft: true\n"),
        ("topics/bridge", "name: The bridge\ndraft: true\n"),
    ],
)
def test_a_draft_of_any_kind_is_not_there_for_published_cards(site, path, text):
    if text is None:
        site.source("article-a", draft="true")
    else:
        site.write(f"content/{path}.yaml", text)
    assert one(site).code == "CD022"


@pytest.mark.parametrize("link", ["claim:roof", "/claims/roof/"])
def test_a_published_text_may_not_link_to_a_draft(site, link):
    site.claim("roof", draft="true")
    site.claim(analysis=f"See [the roof]({link}).")
    assert (one(site).place.path, one(site).place.line) == (CLAIM, 12)


@pytest.mark.parametrize(
    "link", ["claim:roof", "source:roof", "claimant:roof", "topic:roof", "/topics/roof/", "/sources/roof/", "/roof/"]
)
def test_a_link_in_a_text_leads_to_a_card_or_is_an_error(site, link):
    site.claim(analysis=f"See [the roof]({link}).")
    assert "roof" in one(site).message


def test_a_text_may_link_to_a_withdrawn_claim(site):
    site.write("content/claims/roof.yaml", "short: Roof\nwithdrawn: {on: 2030-06-01, note: x}\n")
    site.claim(analysis="See [the roof](claim:roof).")
    assert site.mistakes() == []


def test_a_draft_may_refer_to_drafts_and_to_published_cards(site):
    site.source("article-b", draft="true")
    site.claim(
        "roof",
        draft="true",
        evidence=["{source: article-b, stance: supports}"],
        related=["{claim: bridge-cost, as: context}"],
    )
    assert site.mistakes() == []


def test_what_a_draft_refers_to_in_vain_is_a_note(site):
    site.claim("roof", draft="true", topics=["nowhere"])
    assert [problem.severity.word for problem in site.mistakes()] == ["note"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "unverifed"}, "unverified"),
        ({"history": ["{on: 2030-05-03, status: unverifed}"]}, "unverified"),
        ({"figure": "{measure: spend, about: 5}"}, "spent"),
        ({"figure": "{measure: spent, about: 5, of: town-people}"}, "townspeople"),
        ({"evidence": ["{source: article-a, stance: supports, figure: {measure: spend, about: 5}}"]}, "spent"),
    ],
)
def test_a_word_that_site_yaml_does_not_have_comes_with_the_nearest_that_it_has(site, fields, words):
    site.settings("measures: {spent: {label: spent}}\npopulations: {townspeople: {label: townspeople}}\n")
    site.claim(**fields)
    assert (one(site).code, one(site).hint) == ("CD024", f"Did you mean “{words}”?")


def test_a_measure_where_there_are_none_is_to_be_added(site):
    site.claim(figure="{measure: spent, about: 5}")
    assert "measures" in one(site).hint


@pytest.mark.parametrize("kind", ["claim", "source", "claimant", "topic", "page"])
def test_every_kind_of_card_may_have_aliases(build, kind):
    cards = build("every-field").judged.content.of_kind(kind)
    assert any(file.card.aliases for file in cards.values())


def test_an_alias_equal_to_a_living_id_is_an_error(site):
    site.claim("roof")
    site.claim(aliases="[roof]")
    assert (one(site).code, one(site).place.line) == ("CD023", 12)


def test_an_alias_equal_to_a_withdrawn_id_is_an_error(site):
    site.write("content/claims/roof.yaml", "short: Roof\nwithdrawn: {on: 2030-06-01, note: x}\n")
    site.claim(aliases="[roof]")
    assert one(site).code == "CD023"


def test_an_alias_equal_to_its_own_id_is_an_error(site):
    site.claim(aliases="[bridge-cost]")
    assert one(site).code == "CD023"


def test_an_alias_stands_on_one_card_once(site):
    site.claim("roof", aliases="[old]")
    site.claim(aliases="[old]")
    assert one(site).code == "CD023"


def test_cards_of_two_kinds_may_share_an_id_and_an_alias(site):
    site.claim(aliases="[old]")
    site.write("content/topics/bridge-cost.yaml", "name: The cost\naliases: [old]\n")
    site.claim(aliases="[old]", topics=["bridge", "bridge-cost"])
    assert site.mistakes() == []


def test_an_alias_leads_to_the_card(build):
    built = build("every-field")
    assert b"/every-field/claims/bridge-cost/" in built.files["claims/cost-of-the-bridge/index.html"]
    assert b"moved_to" in built.files["claims/cost-of-the-bridge.json"]

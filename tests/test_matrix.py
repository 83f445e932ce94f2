"""The matrix: stances in the cells, one letter for one origin, pages small enough to be read."""

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.matrix import COLUMNS, ROWS, plan_matrix
from claimdeck.present.views import Views


@pytest.fixture
def sheets(site):
    """Return a function that gives the sheets of the small site as it stands."""
    return lambda: [
        page.context()["sheet"] for page in plan_matrix(Views(site.deck, Home.at("https://example.org/")), {})
    ]


def cells(sheet) -> dict[str, list[str]]:
    """Return the marks of each claim, by source: “supports A”."""
    rows = [row for _, found in sheet.topics for row in found]
    return {
        row.link.text: [" ".join(f"{m.stance} {m.letter}".strip() for m in cell) for cell in row.cells] for row in rows
    }


def add_sources(site, letters: str) -> None:
    for letter in letters:
        site.claimant(f"outlet-{letter}", name=f"Outlet {letter}", kind="outlet")
        site.source(f"article-{letter}", outlet=f"outlet-{letter}", published="2030-05-03")


def test_sources_of_one_origin_share_a_letter_and_the_silent_have_none(site, sheets):
    add_sources(site, "bcde")
    site.claimant("council", name="The council", kind="agency")
    site.claimant("mayor", name="The mayor", part_of="council")
    site.claim(
        "bridge-cost",
        evidence=[
            "{source: article-a, stance: supports, via: [mayor]}",
            "{source: article-b, stance: supports, via: [council]}",
            "{source: article-c, stance: disputes}",
            "{source: article-c, stance: qualifies, via: [mayor]}",
            "{source: article-d, stance: supports, via: [unknown]}",
            "{source: article-e, stance: mentions}",
        ],
    )
    site.claim("other", short="Another claim", evidence=["{source: article-b, stance: supports}"])
    [sheet] = sheets()
    assert cells(sheet) == {
        "The bridge cost 4 million": ["supports A", "supports A", "disputes B qualifies A", "supports ?", "mentions"],
        "Another claim": ["", "supports A", "", "", ""],
    }
    [(_, [first, _])] = sheet.topics
    assert first.letters == [("A", "The council"), ("B", "Outlet c")]


def test_claims_stand_under_their_first_topic(site, sheets):
    site.write("content/topics/tolls.yaml", "name: Tolls\n")
    site.claim("toll", short="The toll", topics="[tolls, bridge]")
    [sheet] = sheets()
    assert [(topic.text, [row.link.text for row in rows]) for topic, rows in sheet.topics] == [
        ("The bridge", ["The bridge cost 4 million"]),
        ("Tolls", ["The toll"]),
    ]


def test_no_sheet_has_too_many_rows(site, sheets):
    for number in range(ROWS):
        site.claim(f"claim-{number}")
    assert [len(cells) for cells in ([row for _, rows in sheet.topics for row in rows] for sheet in sheets())] == [
        ROWS,
        1,
    ]


def test_no_sheet_has_too_many_columns_and_no_claim_is_left_out(site, sheets):
    for number in range(COLUMNS + 5):
        site.source(f"source-{number}")
        site.claim(
            f"claim-{number}", short=f"Claim {number}", evidence=[f"{{source: source-{number}, stance: supports}}"]
        )
    found = sheets()
    assert [len(sheet.sources) for sheet in found] == [COLUMNS, 6]
    assert sum(len(cells(sheet)) for sheet in found) == COLUMNS + 6


def test_a_site_without_claims_has_an_empty_matrix(site, sheets):
    site.remove("content/claims/bridge-cost.yaml")
    assert [sheet.topics for sheet in sheets()] == [[]]
    assert b"No claim yet." in site.render()["matrix/index.html"]


def test_a_cell_says_its_stance_to_those_who_do_not_see_its_frame(site):
    html = site.render()["matrix/index.html"].decode()
    assert '<b class="cell cell--supports"><span class="visually-hidden">supports </span>A</b>' in html

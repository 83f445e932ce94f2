"""The summary of a check as Markdown: what changed for readers, what is wrong, and nothing that a card smuggles in."""

from claimdeck.desk.summary import LISTED_AT_MOST, render_summary
from claimdeck.judge.lock import Change
from claimdeck.model.problems import Place, error, warning

ADDED = Change("added", "river", "The river is wide (unverified)")
STATUS = Change("status", "bridge-cost", "unverified → attributed")
CORRECTION = Change("correction", "bridge-cost", "The sum was wrong.")
RENAMED = Change("renamed", "roof", "now new-roof")


def test_changes_stand_under_what_they_are_and_problems_below_errors_first():
    problems = [
        warning(Place("content/desk.lock"), "CD060", "not yet recorded.", "Run lock."),
        error(Place("content/claims/river.yaml", 3, 9), "CD024", "status “x” is not on the ladder.", "Choose one."),
    ]
    assert render_summary(problems, [CORRECTION, RENAMED, ADDED, STATUS]).splitlines() == [
        "## What changes for readers",
        "",
        "### Claims added (1)",
        "",
        "- **river**: The river is wide (unverified)",
        "",
        "### Statuses changed (1)",
        "",
        "- **bridge-cost**: unverified → attributed",
        "",
        "### Corrections (1)",
        "",
        "- **bridge-cost**: correction: The sum was wrong.",
        "",
        "### Other changes (1)",
        "",
        "- **roof**: renamed: now new-roof",
        "",
        "## Problems",
        "",
        "- **error** content/claims/river.yaml:3:9: status “x” is not on the ladder. Choose one.",
        "- **warning** content/desk.lock:1:1: not yet recorded. Run lock.",
    ]


def test_that_nothing_changed_and_nothing_is_wrong_is_said():
    assert render_summary([], []) == "## What changes for readers\n\nNothing.\n\n## Problems\n\nNone.\n"


def test_without_another_lock_only_problems_are_told():
    assert render_summary([], None) == "## Problems\n\nNone.\n"


def test_a_card_brings_no_link_picture_html_or_line_of_its_own_into_the_summary():
    hostile = Change("added", "river", "![x](https://example.net/x.png) <img src=x>\n\n# Approved by @desk")
    told = render_summary([], [hostile])
    assert r"\!\[x\](https\://example.net/x.png) \<img src=x\> \# Approved by \@desk" in told
    assert told.count("\n#") == 2  # the headings that are ours


def test_a_long_list_is_cut_and_says_so():
    told = render_summary([], [ADDED] * (LISTED_AT_MOST + 5))
    assert told.count("- **river**") == LISTED_AT_MOST
    assert "- … and 5 more" in told

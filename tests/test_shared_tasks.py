"""Tasks where cards meet: conflicts, dark ends, stakes, archives; drafts and the lock."""

import pytest

from claimdeck.desk.worklist import list_tasks

TODAY = "2030-06-01"


def tasks(site, kind):
    return [task for task in list_tasks(site.judge(), TODAY) if task.kind == kind]


def told(site, kind):
    """Return the card and the reason of each task of *kind*, in order."""
    return [(task.file.id, task.why) for task in tasks(site, kind)]


@pytest.fixture
def town(site):
    """The small site with a second claim and source."""
    site.claimant("outlet-b", name="Outlet B", kind="outlet")
    site.source("article-b", outlet="outlet-b")
    site.claim("ferry-fare", evidence=["{source: article-b, stance: supports}"])
    return site


def test_two_claims_whose_figures_conflict_are_a_task_until_they_are_related(town):
    town.settings("measures: {cost: {label: crowns spent}}\n")
    town.claim("bridge-cost", figure="{measure: cost, about: 400}")
    town.claim("ferry-fare", figure="{measure: cost, over: 5000}")
    why = "About 400 crowns spent here and more than 5,000 crowns spent in ferry-fare cannot both be true"
    assert told(town, "conflict") == [("bridge-cost", f"{why}, and no relation says so.")]
    assert tasks(town, "conflict")[0].place.line == 12
    town.claim("bridge-shut", figure="{measure: cost, over: 6000}")
    assert told(town, "conflict")[0][1].endswith(" 1 more claim with a higher figure conflicts.")
    town.remove("content/claims/bridge-shut.yaml")
    town.claim("ferry-fare", figure="{measure: cost, over: 5000}", related=["{claim: bridge-cost, as: contradicts}"])
    assert told(town, "conflict") == []


def test_a_trail_into_the_dark_names_its_last_link_and_what_shows_it(town):
    town.claimant("mayor", kind="person")
    dark = "{source: article-a, stance: supports, via: [mayor, unknown]}"
    town.claim("bridge-cost", evidence=["{source: article-b, stance: supports}", dark])
    assert told(town, "dark-end") == [
        ("bridge-cost", "The trail ends at mayor, in article-a: nobody says from whom it comes.")
    ]
    assert tasks(town, "dark-end")[0].mend == "Find out from whom mayor has it, and go on in `via`."
    assert (tasks(town, "dark-end")[0].place.line, tasks(town, "dark-end")[0].place.column) == (10, 48)
    town.claim("bridge-cost", evidence=["{source: article-a, stance: supports, via: [mayor]}"])
    assert told(town, "dark-end") == []


def test_one_end_of_a_claim_is_one_task_whoever_leads_there_on_either_side(town):
    dark = ["supports, via: [unknown]", "supports, own: true, via: [unknown]", "disputes, via: [unknown]"]
    town.source("article-c", draws_on="outlet-b")
    sources = ("article-a", "article-c", "article-a")
    pieces = [f"{{source: {source}, stance: {rest}}}" for source, rest in zip(sources, dark, strict=True)]
    town.claim("bridge-cost", evidence=pieces)
    assert told(town, "dark-end") == [
        ("bridge-cost", "The trail ends at outlet-a, in article-a and article-c: nobody says from whom it comes.")
    ]


def test_a_claimant_whom_nobody_names_is_a_dark_end_too(town):
    town.claimant("bystanders", kind="unnamed")
    town.claim("bridge-cost", evidence=["{source: article-a, stance: supports, via: [bystanders]}"])
    assert told(town, "dark-end") == [
        ("bridge-cost", "The trail ends at bystanders, in article-a: nobody says who that is.")
    ]
    assert "behind bystanders" in tasks(town, "dark-end")[0].mend
    town.claimant("bystanders", kind="unnamed", part_of="outlet-b")
    assert told(town, "dark-end") == []


def test_claims_whose_trails_end_behind_one_name_stand_together_the_most_shared_first(town):
    town.claim("bridge-cost", evidence=["{source: article-a, stance: supports, via: [unknown]}"])
    for id_ in ("ferry-fare", "bridge-shut"):
        town.claim(id_, evidence=["{source: article-b, stance: supports, via: [unknown]}"])
    assert [id_ for id_, _ in told(town, "dark-end")] == ["bridge-shut", "ferry-fare", "bridge-cost"]
    assert told(town, "dark-end")[0][1] == (
        "The trail ends at outlet-b, in article-b, as it does in 1 other claim: nobody says from whom it comes."
    )


def test_an_unknown_stake_is_one_task_on_its_claimant_that_names_what_waits_for_it(town):
    town.claim("ferry-fare")
    town.claimant("outlet-b", kind="outlet", stake="none")
    why = "Whether outlet-a, an origin of 2 claims (bridge-cost and ferry-fare), is a party to the events is not known."
    assert told(town, "stake") == [("outlet-a", why)]
    assert tasks(town, "stake")[0].place.path == "content/claimants/outlet-a.yaml"
    town.claimant("outlet-a", name="Outlet A", kind="outlet", stake="none")
    assert told(town, "stake") == []


def test_a_stake_that_would_raise_a_status_says_which_and_comes_first(town):
    both = ["{source: article-a, stance: supports}", "{source: article-b, stance: supports}"]
    town.claim("bridge-cost", evidence=both, status="corroborated")
    town.claimant("outlet-b", kind="outlet", stake="party", stake_note="It ran the ferry.")
    town.claimant("auditor")
    town.claim("bridge-shut", evidence=["{source: article-a, stance: supports, via: [auditor]}"])
    town.claim("ferry-fare", evidence=["{source: article-b, stance: supports, via: [auditor]}"])
    town.claim("ferry-late", evidence=["{source: article-b, stance: supports, via: [auditor]}"])
    assert [id_ for id_, _ in told(town, "stake")] == ["outlet-a", "auditor"]
    assert told(town, "stake")[0][1].endswith("; if it is none, bridge-cost could carry a higher status.")


def test_a_stake_does_not_matter_where_the_same_root_holds_a_party(town):
    town.claimant("town", kind="state")
    town.claimant("mayor", part_of="town", stake="party", stake_note="She ordered it.")
    town.claimant("clerk", part_of="town")
    clerk, mayor = (f"{{source: article-a, stance: supports, via: [{id_}]}}" for id_ in ("clerk", "mayor"))
    town.remove("content/claims/ferry-fare.yaml")
    town.claim("bridge-cost", evidence=[clerk])
    assert [id_ for id_, _ in told(town, "stake")] == ["clerk"]
    town.claim("bridge-cost", evidence=[clerk, mayor])
    assert told(town, "stake") == []


def test_a_source_without_an_archive_address_is_a_task_the_most_cited_first(town):
    town.claim("bridge-shut", evidence=["{source: article-b, stance: supports}"])
    assert told(town, "archive") == [
        ("article-b", "This source, cited in 2 claims, has no archive address."),
        ("article-a", "This source, cited in 1 claim, has no archive address."),
    ]
    assert tasks(town, "archive")[0].place.line == 3
    town.source("article-b", outlet="outlet-b", archive_url="https://example.org/kept")
    town.source("article-a", url="null", where="Read on paper.")
    assert told(town, "archive") == []


def test_many_sources_without_an_archive_address_are_one_task(town):
    for letter in "cdef":
        town.source(f"article-{letter}")
    ((first, why),) = told(town, "archive")
    assert (first, why) == (
        "article-a",
        "6 sources have no archive address, this one and article-b (1 claim), article-c (0 claims), "
        "article-d (0 claims) and 2 more.",
    )
    town.remove("content/sources/article-f.yaml")
    assert len(told(town, "archive")) == 5


def test_a_draft_comes_with_what_it_lacks_and_with_nothing_else(town):
    town.write("content/claims/idea.yaml", "draft: true\nclaim: The ferry sank.\nevidence:\n  - source: article-z\n")
    town.source("memo", draft="true", outlet="outlet-b")
    found = [task for task in list_tasks(town.judge(), TODAY) if task.file.id in {"idea", "memo"}]
    assert [(task.kind, task.card, task.file.id) for task in found] == [
        ("draft", "source", "memo"),
        ("draft", "claim", "idea"),
    ]
    ready, lacking = found
    assert (ready.why, ready.mend) == ("This draft lacks nothing.", "Delete its `draft: true` to publish it.")
    assert lacking.why.startswith("This draft is not ready: `short` is missing, `status` is missing, `because` is")
    assert lacking.why.endswith(" and 3 more.")
    assert lacking.place.line == 1


def test_what_the_lock_does_not_have_is_a_task_once_there_is_a_lock(town):
    assert told(town, "unrecorded") == []
    town.lock()
    town.claim("bridge-shut")
    history = ["{on: 2030-05-03, status: unverified}", "{on: 2030-05-04, status: unverified, note: Reworded.}"]
    town.claim("ferry-fare", because="Nobody asked.", history=history)
    assert [id_ for id_, _ in told(town, "unrecorded")] == ["bridge-shut", "ferry-fare"]
    assert told(town, "unrecorded")[0][1] == "This claim is not yet recorded."
    town.lock()
    assert told(town, "unrecorded") == []

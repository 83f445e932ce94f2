"""Tasks of one claim: each kind where a card has it, and none where it has not."""

import pytest

from claimdeck.desk.claim_tasks import tasks_of_claim

TODAY = "2030-06-01"
MAYOR = "{source: article-a, stance: supports, via: [mayor]}"
AUDITOR = "{source: article-b, stance: supports, via: [auditor]}"
WITNESS = "{source: article-b, stance: supports}"


@pytest.fixture
def town(site):
    """The small site with a second outlet and article, a mayor (a party) and an auditor (none); nothing to do."""
    site.claimant("outlet-b", kind="outlet", stake="none")
    site.source("article-b", outlet="outlet-b")
    site.claimant("mayor", stake="party", stake_note="She ordered it.")
    site.claimant("auditor", stake="none")
    return site


def write(site, *evidence, **fields):
    """Write the bridge's card with this *evidence*, and all that spares it a task but for *fields*."""
    complete = {"evidence": list(evidence) or [MAYOR], "unknowns": "[Who counted.]"}
    site.claim("bridge-cost", **complete | fields)


def tasks(site, kind, today=TODAY):
    """Return the tasks of *kind* for the bridge's card."""
    deck = site.deck
    found = [task for task in tasks_of_claim(deck.claims["bridge-cost"], deck, today) if task.kind == kind]
    assert all(task.card == "claim" and task.file.id == "bridge-cost" for task in found)
    return found


def told(site, kind, today=TODAY):
    """Return the line and the reason of the one task of *kind*."""
    (task,) = tasks(site, kind, today)
    assert task.mend.endswith(".")
    return task.place.line, task.why


def test_a_complete_card_that_nothing_lifts_above_its_evidence_has_no_task(town):
    write(town)
    deck = town.deck
    assert list(tasks_of_claim(deck.claims["bridge-cost"], deck, TODAY)) == []


@pytest.mark.parametrize("stance", ["supports", "disputes"])
def test_a_retracted_source_is_a_task_while_it_is_counted(town, stance):
    town.source("article-a", retracted="{on: 2030-05-20, note: Wrong sum.}")
    write(town, f"{{source: article-a, stance: {stance}}}", f"{{source: article-a, stance: {stance}, via: [mayor]}}")
    line, why = told(town, "retracted")
    assert why == "article-a was retracted (2030-05-20), and this card still counts it."
    assert (town.root / "content/claims/bridge-cost.yaml").read_text().splitlines()[line - 1].startswith("  - {source")
    write(town, "{source: article-a, stance: mentions}")
    assert tasks(town, "retracted") == []


def test_a_retracted_source_without_which_the_status_falls_is_weaker(town):
    town.source("article-a", retracted="{on: 2030-05-20, note: Wrong sum.}")
    write(town, MAYOR, AUDITOR, status="corroborated")
    (falls,) = tasks(town, "retracted")
    assert falls.why.endswith("; the rest does not carry “corroborated”.")
    write(town, MAYOR, AUDITOR, status="attributed")
    (stands,) = tasks(town, "retracted")
    assert stands.why.endswith("still counts it.")
    assert falls.weight < stands.weight


def test_an_override_is_a_task_that_says_what_the_evidence_carries(town):
    override = "{reason: We saw the books., by: The desk, on: 2030-05-04}"
    write(town, status="corroborated", override=override)
    _, why = told(town, "override")
    assert why == "“corroborated” stands by the override of 2030-05-04; the evidence carries “attributed”."
    assert "2 independent origins and no origin against it" in tasks(town, "override")[0].mend
    assert tasks(town, "one-origin") == []
    write(town)
    assert tasks(town, "override") == []


def test_an_override_that_is_needed_no_longer_says_so(town):
    write(town, MAYOR, AUDITOR, status="corroborated", override="{reason: R., by: B, on: 2030-05-04}")
    assert told(town, "override")[1].endswith("by itself; the override of 2030-05-04 is no longer needed.")


def test_a_confirmation_by_one_admission_rests_on_one_origin(town):
    admission = "{source: article-a, stance: supports, via: [mayor], admission: true}"
    write(town, admission, status="confirmed")
    line, why = told(town, "one-origin")
    assert (line, why) == (
        3,
        "“confirmed” rests on one admission, by mayor (a party to the events), in article-a.",
    )
    write(town, admission, WITNESS, status="confirmed")
    assert tasks(town, "one-origin") == []


def test_a_verdict_against_the_claim_by_one_admission_rests_on_one_origin(town):
    denial = "{source: article-a, stance: disputes, via: [mayor], admission: true}"
    write(town, denial, status="contradicted")
    assert told(town, "one-origin")[1].startswith("“contradicted” rests on one admission, by mayor")


def test_a_rung_of_ones_own_above_the_lowest_can_rest_on_one_origin(town):
    rung = "{{id: {0}, label: L, symbol: x, mark: full, color: {1}, meaning: M., needs: {{{2}: 1}}}}"
    rungs = [rung.format("seen", "confirmed", "nonparty"), rung.format("told", "attributed", "origins")]
    town.settings(f"ladder: [{', '.join(rungs)}]\n")
    write(town, AUDITOR, status="seen", history=["{on: 2030-05-03, status: seen}"])
    assert told(town, "one-origin")[1] == "“seen” rests on one origin, auditor (not a party), in article-b."
    assert "does not lead back to auditor" in tasks(town, "one-origin")[0].mend
    write(town, AUDITOR, status="told", history=["{on: 2030-05-03, status: told}"])
    assert tasks(town, "one-origin") == []
    assert len(tasks(town, "single")) == 1


def test_an_attribution_to_one_origin_is_honest_and_may_be_raised_a_partys_first(town):
    write(town, MAYOR, status="attributed")
    assert told(town, "single")[1] == "“attributed” rests on one origin, mayor (a party to the events), in article-a."
    (party,) = tasks(town, "single")
    write(town, AUDITOR, status="attributed")
    assert party.weight < tasks(town, "single")[0].weight
    write(town, MAYOR, AUDITOR, status="attributed")
    assert tasks(town, "single") == []


@pytest.mark.parametrize("status", ["unverified", "disputed"])
def test_a_status_that_supporting_evidence_alone_does_not_carry_is_not_of_one_origin(town, status):
    write(town, MAYOR, "{source: article-b, stance: disputes}", status=status)
    assert [*tasks(town, "single"), *tasks(town, "one-origin")] == []


@pytest.mark.parametrize(("field", "of"), [("published", "2030-05-04"), ("updated", "2030-06")])
def test_a_source_that_is_newer_than_the_review_is_a_task(town, field, of):
    town.source("article-a", **{field: of})
    write(town)
    assert told(town, "new-reporting") == (5, f"The last review was on 2030-05-03, before article-a ({of}).")


@pytest.mark.parametrize("of", ["2030-05-03", "2030-05", "2030"])
def test_a_source_of_the_day_or_the_month_of_the_review_is_not_newer(town, of):
    town.source("article-a", published=of)
    write(town)
    assert tasks(town, "new-reporting") == []


def test_a_source_newer_than_the_review_is_named_once_its_latest_date_first(town):
    town.source("article-a", published="2030-05-10", updated="2030-05-20")
    town.source("article-b", outlet="outlet-b", published="2030-05-15")
    write(town, MAYOR, AUDITOR)
    assert told(town, "new-reporting")[1].endswith("before article-a (2030-05-20) and article-b (2030-05-15).")


def test_a_quote_is_a_task_until_it_is_verified(town):
    write(town, "{source: article-a, stance: supports, via: [mayor], quote: four million}")
    assert told(town, "quote")[1] == "The quote from article-a is not verified."
    town.lock({"article-a": "She said four million, no more."})
    assert tasks(town, "quote") == []


@pytest.mark.parametrize(
    ("limit", "today", "age"),
    [(30, "2030-06-02", None), (30, "2030-06-03", 31), (365, "2031-05-03", None), (365, "2031-05-04", 366)],
)
def test_a_review_is_due_on_the_day_after_the_limit(town, limit, today, age):
    town.settings(f"desk: {{review_after_days: {limit}}}\n")
    write(town)
    if age is None:
        assert tasks(town, "review-due", today) == []
    else:
        why = f"The last review was on 2030-05-03, {age} days ago; the desk’s limit is {limit}."
        assert told(town, "review-due", today) == (5, why)


def test_the_older_review_is_weaker(town):
    write(town)
    assert tasks(town, "review-due", "2032-01-01")[0].weight < tasks(town, "review-due", "2031-12-01")[0].weight


def test_a_review_of_tomorrow_is_not_due(town):
    write(town)
    assert tasks(town, "review-due", "2020-01-01") == []


def test_a_disputed_claim_without_a_card_of_the_other_side_is_a_task(town):
    denial = "{source: article-b, stance: disputes}"
    write(town, MAYOR, denial, status="disputed")
    assert told(town, "counterclaim")[1] == "article-b disputes this, and no related card holds what is said instead."
    town.claim("bridge-was-free")
    write(town, MAYOR, denial, status="disputed", related=["{claim: bridge-was-free, as: contradicts}"])
    assert tasks(town, "counterclaim") == []
    write(town, MAYOR, denial, status="disputed", related=["{claim: bridge-was-free, as: context}"])
    assert len(tasks(town, "counterclaim")) == 1


def test_a_claim_without_unknowns_is_a_task_and_weaker_the_higher_its_status(town):
    write(town, MAYOR, AUDITOR, unknowns=None, status="corroborated")
    (high,) = tasks(town, "no-unknowns")
    write(town, unknowns=None)
    (low,) = tasks(town, "no-unknowns")
    assert high.why == "The card does not say what nobody knows."
    assert high.weight < low.weight
    write(town)
    assert tasks(town, "no-unknowns") == []


def test_a_history_that_ends_with_another_status_is_a_task(town):
    history = ["{on: 2030-05-04, status: attributed}", "{on: 2030-05-03, status: unverified}"]
    write(town, status="unverified", history=history)
    line, why = told(town, "history")
    assert why == "The newest entry of `history` (2030-05-04) says “attributed”, the card “unverified”."
    assert "status: attributed" in (town.root / "content/claims/bridge-cost.yaml").read_text().splitlines()[line - 1]
    write(town, status="attributed", history=history)
    assert tasks(town, "history") == []
    write(
        town,
        status="attributed",
        history=["{on: 2030-05-03, status: unverified}", "{on: 2030-05-03, status: attributed}"],
    )
    assert tasks(town, "history") == []

"""Cards: what each field of each kind of card may say, and every field used at least once."""

from decimal import Decimal
from pathlib import Path

import pytest

from claimdeck.model.cards import COMPARATORS, KINDS, MODELS, STANCES, Evidence, Figure, Span
from claimdeck.read.documents import parse_document

EVERY_FIELD = Path(__file__).parent / "sites" / "good" / "every-field" / "content"
PARTS = {"figure": Figure, "happened": Span, "evidence": Evidence}


def card(site, **fields):
    """Return the bridge's claim with *fields*, all of which could be read."""
    site.claim(**fields)
    file = site.deck.claims["bridge-cost"].file
    assert not file.damaged
    return file.card


def codes(site, **fields):
    site.claim(**fields)
    return [problem.code for problem in site.mistakes()]


def names_in(folder):
    """Return the names of all fields, of cards and of their groups, that the cards in *folder* use."""
    found = set()
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        text = text.split("---\n")[1] if path.suffix == ".md" else text
        found |= {name for loc in parse_document(text, path.name).places.keys for name in loc if isinstance(name, str)}
    return found


def field_names(model):
    return {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_of_card_stands_in_the_site_of_every_field(kind):
    used = names_in(EVERY_FIELD / f"{kind}s")
    assert field_names(MODELS[kind]) - used <= {"draft", "body"}


@pytest.mark.parametrize("part", PARTS)
def test_every_field_of_every_group_stands_there_too(part):
    assert field_names(PARTS[part]) <= names_in(EVERY_FIELD / "claims")


@pytest.mark.parametrize("stance", STANCES)
def test_there_are_four_stances(site, stance):
    assert STANCES == ("supports", "disputes", "qualifies", "mentions")
    assert card(site, evidence=[f"{{source: article-a, stance: {stance}}}"]).evidence[0].stance == stance


@pytest.mark.parametrize(
    ("happened", "first", "last"),
    [
        ("2024-11-20", "2024-11-20", "2024-11-20"),
        ("2024-11", "2024-11-01", "2024-11-30"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("{from: 2024-11-14, to: 2024-11-15}", "2024-11-14", "2024-11-15"),
        ("{from: 2024-11-14}", "2024-11-14", None),
        ("{to: 2024-11}", None, "2024-11-30"),
        ("{around: 2024-11}", "2024-11-01", "2024-11-30"),
        ("{from: 2024-11, to: 2024-11-01}", "2024-11-01", "2024-11-01"),
    ],
)
def test_happened_is_a_date_a_span_or_a_time_around(site, happened, first, last):
    span = card(site, happened=happened).happened
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize(
    "happened",
    [
        "{}",
        "yesterday",
        "{from: 2024-11-15, to: 2024-11-14}",
        "{around: 2024-11, to: 2024-12}",
        "{from: 2024-02-30}",
        "[2024, 2025]",
        "{on: 2024-11-20}",
        "{from: , to: }",
    ],
)
def test_anything_else_is_no_time(site, happened):
    assert len(codes(site, happened=happened)) == 1


def test_happened_may_stand_on_evidence_too(site):
    evidence = ["{source: article-a, stance: supports, happened: {around: 2024-11}}"]
    assert card(site, evidence=evidence).evidence[0].happened.around == "2024-11"


@pytest.mark.parametrize("comparator", COMPARATORS)
def test_a_figure_has_one_of_six_comparators(site, comparator):
    number = "[400, 600]" if comparator == "between" else "500"
    figure = card(site, figure=f"{{measure: killed, {comparator}: {number}}}").figure
    assert figure.comparator == comparator
    assert figure.value == (None if comparator == "between" else Decimal(500))


def test_a_figure_says_whom_it_counts_in_what_scope_when_and_at_what_rate(site):
    figure = card(
        site,
        figure="{measure: killed, about: 5, of: troops, scope: cumulative, as_of: 2024-12, "
        "period: {from: 2024-10}, per: day}",
    ).figure
    assert (figure.of, figure.scope, figure.as_of, figure.per) == ("troops", "cumulative", "2024-12", "day")
    assert (figure.period.first, figure.period.last) == ("2024-10-01", None)


@pytest.mark.parametrize(
    "figure",
    [
        "{about: 500}",
        "{measure: killed}",
        "{measure: killed, about: 500, over: 400}",
        "{measure: killed, between: [600, 400]}",
        "{measure: killed, about: 500, scope: total}",
        "{measure: killed, about: 500, per: week}",
        "{measure: killed, about: 500, as_of: 2024-02-30}",
        "{measure: killed, about: many}",
        "500",
    ],
)
def test_half_a_figure_is_one_mistake(site, figure):
    site.settings("measures: {killed: {label: killed}}\n")
    assert len(codes(site, figure=figure)) == 1


def test_a_figure_may_be_nothing_at_all_in_number(site):
    assert card(site, figure="{measure: killed, exactly: 0}").figure.value == 0


def test_a_translation_stands_beside_a_quote(site):
    quoted = "{source: article-a, stance: supports, quote: vier Millionen, translation: four million}"
    assert card(site, evidence=[quoted]).evidence[0].translation == "four million"
    assert codes(site, evidence=["{source: article-a, stance: supports, translation: four million}"]) == ["CD012"]


@pytest.mark.parametrize("word", ["same-event", "contradicts", "context", "narrows", "supersedes"])
def test_five_relations_may_be_written(site, word):
    site.claim("roof", short="The roof leaks")
    assert card(site, related=[f"{{claim: roof, as: {word}}}"]).related[0].as_ == word


@pytest.mark.parametrize("word", ["narrowed-by", "superseded-by"])
def test_a_relation_seen_from_the_other_side_may_not_be_written(site, word):
    site.claim("roof", short="The roof leaks")
    assert codes(site, related=[f"{{claim: roof, as: {word}}}"]) == ["CD013"]


@pytest.mark.parametrize("kind", ["correction", "update", "clarification"])
def test_there_are_three_kinds_of_correction(site, kind):
    assert (
        card(site, corrections=[f"{{on: 2030-06-01, kind: {kind}, note: It was wrong.}}"]).corrections[0].kind == kind
    )


@pytest.mark.parametrize("kind", ["article", "wire", "statement", "post", "briefing", "video"])
def test_a_source_is_of_one_of_six_kinds(site, kind):
    site.source("article-a", kind=kind)
    assert site.mistakes() == []


@pytest.mark.parametrize("kind", ["person", "agency", "state", "outlet", "institute", "unnamed"])
def test_a_claimant_is_of_one_of_six_kinds(site, kind):
    site.claimant("mayor", kind=kind)
    site.claim(said="{by: mayor}")
    assert site.mistakes() == []


@pytest.mark.parametrize(
    ("stake", "note", "found"), [("party", None, ["CD011"]), ("aligned", None, ["CD011"]), ("party", "It pays.", [])]
)
def test_a_party_and_its_friends_need_a_note(site, stake, note, found):
    site.claimant("mayor", stake=stake, stake_note=note)
    assert codes(site, said="{by: mayor}") == found


@pytest.mark.parametrize("stake", ["none", "unknown"])
def test_who_has_no_stake_or_an_unknown_one_needs_none(site, stake):
    site.claimant("mayor", stake=stake)
    assert codes(site, said="{by: mayor}") == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reviewed", "2030-05"),
        ("history", ["{on: 2030, status: unverified}"]),
        ("corrections", ["{on: 2030-05, kind: update, note: x}"]),
    ],
)
def test_the_desk_does_its_work_on_a_day(site, field, value):
    assert codes(site, **{field: value}) == ["CD012"]


def test_a_title_may_be_unknown(site):
    site.source("article-a", title="null")
    assert site.mistakes() == []
    assert site.deck.sources["article-a"].card.title is None


def test_quoted_numbers_and_typed_ones_are_the_same(site):
    assert (
        card(site, figure='{measure: killed, about: "500"}').figure
        == card(site, figure="{measure: killed, about: 500}").figure
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_does_not_change_after_reading(build, kind):
    cards = build("every-field").judged.content.of_kind(kind)
    first = next(iter(cards.values())).card
    with pytest.raises(ValueError, match="frozen"):
        first.aliases = ("x",)

"""The schemas of a dossier: they take what `check` takes and refuse what they can see."""

import json
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from claimdeck.desk.mend import REFERENCES
from claimdeck.desk.schema import CARDS, FOLDER, WORDS, refresh_schemas, write_schemas
from claimdeck.model.problems import RefusedError
from tests.schema_reader import errors, faults, files_of, fresh_schemas, schemas

PROJECT = Path(__file__).resolve().parents[1]
SITES = Path(__file__).parent / "sites"
GOOD = [PROJECT, *sorted((SITES / "good").iterdir())]
SEEN = [
    "address-with-another-scheme",
    "chain-too-long",
    "claimant-unknown",
    "comma-in-a-note",
    "comma-in-a-number",
    "date-malformed",
    "day-does-not-exist",
    "draft-in-start-here",
    "evidence-is-no-group",
    "field-empty",
    "field-from-another-format",
    "field-missing",
    "field-missing-in-evidence",
    "field-misspelt",
    "field-misspelt-in-evidence",
    "field-misspelt-in-settings",
    "file-empty",
    "figure-with-thousands-marks",
    "figure-with-two-comparators",
    "figure-without-comparator",
    "language-not-a-tag",
    "list-empty",
    "list-expected",
    "list-without-end",
    "mark-unknown",
    "measure-unknown",
    "need-unknown",
    "outlet-of-another-kind",
    "own-without-wire",
    "population-unknown",
    "quote-too-long",
    "related-claim-unknown",
    "relation-that-no-card-may-write",
    "relation-unknown",
    "short-too-long",
    "source-unknown",
    "source-without-address",
    "stake-without-note",
    "start-here-unknown",
    "status-unknown",
    "status-unknown-in-history",
    "title-missing",
    "topic-unknown",
    "translation-without-quote",
    "unknown-not-last",
]


@pytest.mark.parametrize("root", GOOD, ids=lambda root: root.name)
def test_every_file_of_a_good_site_fits_its_schema(root):
    assert {path.name: found for kind, path in files_of(root) if (found := faults(schemas(root)[kind], path))} == {}


@pytest.mark.parametrize("name", SEEN)
def test_a_mistake_that_a_schema_can_see_is_refused(name):
    root = SITES / "broken" / name
    assert [path.name for kind, path in files_of(root) if faults(schemas(root)[kind], path)] != []


@pytest.mark.parametrize("kind", [*CARDS, "site"])
def test_a_schema_is_one_of_draft_2020_12_whose_fields_are_all_described(kind):
    schema = schemas(SITES / "good" / "every-field")[kind].schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert all(field["description"] for field in schema["properties"].values())
    found = re.findall(r'"#/\$defs/([a-z-]+)"', json.dumps(schema))
    assert set(found) == set(schema["$defs"])


def examples_in(schema, path=""):
    """Yield the path of every field that has examples, lists passed through: “evidence.stance”."""
    for inner in (*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")):
        yield from examples_in(inner, path) if inner else ()
    for name, field in schema.get("properties", {}).items():
        yield from [f"{path}{name}"] if "examples" in field else []
        yield from examples_in(field, f"{path}{name}.")


@pytest.mark.parametrize("kind", [*CARDS, "site"])
def test_an_editor_offers_no_id_or_word_that_does_not_exist_here(kind):
    given = set(examples_in(schemas(SITES / "good" / "every-field")[kind].schema))
    named = {path.replace(".*", "") for path in (*REFERENCES[kind], *WORDS.get(kind, ()))}
    assert {path for path in given if any(f"{name}.".startswith(f"{path}.") for name in named)} <= {"populations"}
    assert {"claim": "evidence.stance", "site": "publisher.name"}.get(kind, "aliases") in given


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("colour", "red"),
        ("status", None),
        ("status", ""),
        ("status", "unverifed"),
        ("status", "[unverified]"),
        ("topics", "[]"),
        ("topics", "bridge"),
        ("topics", "[river]"),
        ("topics", '["The bridge"]'),
        ("short", "x" * 76),
        ("short", '" ' + "x" * 76 + ' "'),
        ("reviewed", "2030-05"),
        ("reviewed", "2030-02-30"),
        ("reviewed", "2030"),
        ("happened", "{from: 2030, around: 2030}"),
        ("happened", "{}"),
        ("happened", "soon"),
        ("happened", "2030-13"),
        ("said", "{on: 2030}"),
        ("said", "{by: nobody}"),
        ("said", "outlet-a"),
        ("figure", "{measure: killed}"),
        ("figure", "{measure: killed, about: 5, over: 4}"),
        ("figure", "{measure: killed, about: -5}"),
        ("figure", "{measure: killed, about: 5 or so}"),
        ("figure", "{measure: killed, between: 5}"),
        ("figure", "{measure: killed, between: [5]}"),
        ("figure", "{measure: killed, between: [5, 6, 7]}"),
        ("figure", "{measure: killed, about: 5, per: week}"),
        ("figure", "{measure: killed, about: 5, of: townspeople}"),
        ("figure", "{measure: spent, about: 5}"),
        ("figure", "{about: 5}"),
        ("evidence", "[{source: article-a}]"),
        ("evidence", "[{source: article-b, stance: supports}]"),
        ("evidence", "[{source: article-a, stance: support}]"),
        ("evidence", "[{source: article-a, stance: supports, via: [unknown, outlet-a]}]"),
        ("evidence", "[{source: article-a, stance: supports, via: [mayor, unknown, mayor]}]"),
        ("evidence", "[{source: article-a, stance: supports, quote: '" + "word " * 26 + "'}]"),
        ("evidence", "[{source: article-a, stance: supports, translation: so}]"),
        ("evidence", "[{source: article-a, stance: supports, own: true}]"),
        ("evidence", "[{source: article-a, stance: supports, admission: yes}]"),
        ("history", "[{on: 2030-05-03, status: unverifed}]"),
        ("history", "[{status: unverified}]"),
        ("history", "[{on: 2030-05-03, status: unverified, sources: [article-b]}]"),
        ("related", "[{claim: nothing, as: context}]"),
        ("related", "[{claim: bridge-cost}]"),
        ("corrections", "[{on: 2030-05-03, kind: error, note: It was wrong.}]"),
        ("override", "{reason: So., by: Us}"),
        ("language", "English, I think"),
        ("aliases", "[Old Bridge]"),
        ("aliases", "[page]"),
        ("draft", "maybe"),
    ],
)
def test_a_claim_that_check_refuses_does_not_fit(site, field, value):
    site.settings("measures: {killed: {label: killed}}\npopulations: {}\n")
    site.claimant("mayor")
    site.claim(**{field: value})
    assert errors(site) != []
    assert faults(fresh_schemas(site.root)["claim"], site.root / "content/claims/bridge-cost.yaml") != []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("claim", "1984"),
        ("claim", "true"),
        ("claim", "yes"),
        ("short", '" ' + "x" * 75 + '  "'),
        ("short", "12.5"),
        ("because", "no"),
        ("language", "no"),
        ("topics", "[1984, bridge]"),
        ("aliases", "[1984, old-bridge, true]"),
        ("happened", "2030"),
        ("happened", '"2030"'),
        ("happened", "{to: 2030-04}"),
        ("happened", "{from: , around: 2030}"),
        ("happened", "{from: 2028-02-29, to: }"),
        ("happened", ""),
        ("figure", "{measure: killed, about: 500}"),
        ("figure", '{measure: killed, about: "500"}'),
        ("figure", "{measure: killed, about: 2.5, over: }"),
        ("figure", '{measure: 2030, between: [1, "2"], period: 2030, as_of: 2030, per: day}'),
        ("figure", None),
        ("said", "{by: outlet-a, on: 2030}"),
        ("said", ""),
        ("unknowns", "[1984, true]"),
        ("analysis", ""),
        ("draft", "false"),
        ("draft", '"false"'),
        ("evidence", "[{source: article-a, stance: supports, via: [unknown]}]"),
        ("evidence", "[{source: article-a, stance: supports, via: [mayor, unknown]}]"),
        ("evidence", "[{source: article-a, stance: supports, via: , quote: , translation: '', note: 5}]"),
        ("evidence", "[{source: wire-text, stance: supports, own: true}]"),
        ("evidence", "[{source: wire-text, stance: supports, own: 'true'}]"),
        ("evidence", "[{source: article-a, stance: supports, own: false, admission: false}]"),
        ("evidence", "[{source: article-a, stance: supports, quote: '" + "word " * 25 + "'}]"),
        ("history", "[{on: 2030-05-03, status: unverified, note: 5, sources: []}]"),
        ("history", "[{on: 2030-05-03, status: unverified, note: , sources: }]"),
    ],
)
def test_a_claim_that_check_takes_fits(site, field, value):
    site.settings("measures: {killed: {label: killed}, 2030: {label: 2030}}\n")
    site.claimant("mayor")
    site.claimant("wire-w", kind="outlet")
    site.source("wire-text", carries="wire-w")
    site.write("content/topics/1984.yaml", "name: 1984\n")
    site.claim(**{field: value})
    assert errors(site) == []
    assert faults(fresh_schemas(site.root)["claim"], site.root / "content/claims/bridge-cost.yaml") == []


def test_words_are_free_where_site_yaml_cannot_be_read(site):
    site.write("site.yaml", "title: [\n")
    site.claim(status="anything", figure="{measure: anything, about: 5}")
    assert faults(fresh_schemas(site.root)["claim"], site.root / "content/claims/bridge-cost.yaml") == []


def test_the_id_of_a_card_that_cannot_be_read_is_known(site):
    site.write("content/sources/article-b.yaml", "title: [\n")
    site.claim(evidence=["{source: article-b, stance: supports, own: true}"])
    assert faults(fresh_schemas(site.root)["claim"], site.root / "content/claims/bridge-cost.yaml") == []


def test_only_what_changed_is_written(site):
    names = [f"{FOLDER}/{kind}.schema.json" for kind in (*CARDS, "site")]
    assert write_schemas(site.root) == names
    assert write_schemas(site.root) == []
    site.write("content/topics/river.yaml", "name: The river\n")
    assert write_schemas(site.root) == [f"{FOLDER}/claim.schema.json"]
    assert errors(site) == []


def test_the_schemas_of_the_dossier_are_fresh(tmp_path):
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    shutil.copy(PROJECT / "site.yaml", tmp_path)
    assert write_schemas(tmp_path) == [], "run `python build.py schema` and commit content/.schema/"


def test_schemas_are_not_written_to_where_a_link_leads(site, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site.root / FOLDER).symlink_to(elsewhere)
    with pytest.raises(RefusedError, match="leads elsewhere"):
        write_schemas(site.root)
    refresh_schemas(site.root)
    assert list(elsewhere.iterdir()) == []

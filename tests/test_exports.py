"""claims.json and sources.json: what other programs may rely on, as the documentation has it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

CLAIM_KEYS = {
    *("id", "url", "claim", "short", "status", "because", "reviewed", "happened", "topics", "figure", "counts"),
    *("on_record_to", "origins", "evidence", "related", "history", "corrections"),
}
COUNT_KEYS = {
    *("sources", "origins", "nonparty", "admissions", "disputing_sources", "disputing_origins"),
    *("against", "against_nonparty", "admissions_against", "superseded"),
}
RANGES = COUNT_KEYS - {"sources", "disputing_sources", "superseded"}
SETTINGS = """
    license: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
    measures: {hurt: {label: hurt}}
    populations: {workers: {label: workers}}
    """

SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schemas"


@pytest.fixture
def exported(site):
    """Return a function that writes the bridge's claim with these fields and returns what claims.json has of it."""

    def export(**fields: object):
        site.claim("bridge-cost", **fields)
        return next(claim for claim in document(site)["claims"] if claim["id"] == "bridge-cost")

    return export


def document(site, name="claims.json"):
    files = site.render()
    assert files, [str(problem) for problem in site.problems()]
    return json.loads(files[name])


def test_a_claim_has_every_documented_key_even_where_its_card_says_nothing(exported):
    claim = exported()
    assert claim.keys() >= CLAIM_KEYS
    assert (claim["happened"], claim["figure"]) == (None, None)
    assert (claim["related"], claim["corrections"]) == ([], [])


def test_the_site_is_described_with_its_newest_day_of_work(site):
    site.settings(SETTINGS)
    site.claim("bridge-cost", reviewed="2030-05-03")
    site.claim("older", reviewed="2030-01-01", history=["{on: 2030-05-09, status: unverified, note: Again.}"])
    assert document(site)["site"] == {
        "title": "The Bridge File",
        "url": "https://example.org/bridge-file/",
        "license": "CC BY 4.0",
        "updated": "2030-05-09",
    }


def test_a_site_without_a_licence_says_null(site):
    assert document(site)["site"]["license"] is None


def test_the_words_of_the_card_are_exported_as_they_are(exported):
    claim = exported(claim="The “bridge” cost <4> & more.")
    assert claim["claim"] == "The “bridge” cost <4> & more."
    assert claim["url"] == "https://example.org/bridge-file/claims/bridge-cost/"
    assert claim["history"] == [{"on": "2030-05-03", "status": "unverified", "note": "First published.", "sources": []}]


def test_the_counts_are_totals_ranges_and_a_yes_or_no(exported):
    counts = exported()["counts"]
    assert set(counts) == COUNT_KEYS
    assert {name for name, count in counts.items() if isinstance(count, dict)} == RANGES
    assert all(set(counts[name]) == {"low", "high"} for name in RANGES)
    assert counts["sources"] == 1
    assert counts["superseded"] is False


def test_a_dark_end_widens_the_exported_range(exported):
    claim = exported(evidence=["{source: article-a, stance: supports, via: [unknown]}"])
    assert claim["counts"]["origins"] == {"low": 0, "high": 1}
    assert claim["origins"] == []
    assert claim["evidence"][0]["origin"] == "unknown"


def test_the_origins_are_leaves_so_there_may_be_more_than_are_counted(site, exported):
    site.claimant("council", kind="agency")
    site.claimant("mayor", part_of="council")
    claim = exported(
        evidence=[
            "{source: article-a, stance: supports, via: [mayor]}",
            "{source: article-a, stance: supports, via: [council]}",
        ]
    )
    assert claim["origins"] == ["council", "mayor"]
    assert claim["counts"]["origins"] == {"low": 1, "high": 1}


@pytest.mark.parametrize(
    ("happened", "start", "end"),
    [
        ("2024-11-20", "2024-11-20", "2024-11-20"),
        ("2024-11", "2024-11-01", "2024-11-30"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("{from: 2024-11-14}", "2024-11-14", None),
        ("{to: 2024-11}", None, "2024-11-30"),
        ("{from: 2024-11-14, to: 2024-11-15}", "2024-11-14", "2024-11-15"),
    ],
)
def test_a_time_has_two_ends_and_null_where_it_is_open(exported, happened, start, end):
    assert exported(happened=happened)["happened"] == {"from": start, "to": end}


@pytest.mark.parametrize(
    ("written", "comparator", "value", "low", "high"),
    [
        ("about: 500", "about", 500, 400, 600),
        ("about: 10900", "about", 10900, 10800, 11000),
        ("exactly: 8", "exactly", 8, 8, 8),
        ("at_least: 30", "at_least", 30, 30, None),
        ("over: 10000", "over", 10000, 10000, None),
        ("at_most: 30", "at_most", 30, 0, 30),
        ("between: [10000, 12000]", "between", None, 10000, 12000),
        ("about: 2.5", "about", 2.5, 2.4, 2.6),
    ],
)
def test_a_figure_is_exported_with_its_interval(site, exported, written, comparator, value, low, high):
    site.settings(SETTINGS)
    figure = exported(figure=f"{{measure: hurt, {written}, of: workers, scope: incident}}")["figure"]
    expected = {
        **{"measure": "hurt", "comparator": comparator, "value": value, "low": low, "high": high},
        **{"of": "workers", "scope": "incident", "period": None},
    }
    assert figure.items() >= expected.items()
    assert {type(figure[name]) for name in ("low", "value") if figure[name] == int(figure[name] or 0)} <= {
        int,
        type(None),
    }


def test_evidence_is_exported_with_its_way_and_its_words(exported):
    [piece] = exported(evidence=["{source: article-a, stance: qualifies, quote: some four million}"])["evidence"]
    expected = {
        **{"source": "article-a", "url": "https://example.net/bridge", "stance": "qualifies"},
        **{"via": [], "origin": "outlet-a", "quote": "some four million"},
    }
    assert piece.items() >= expected.items()


@pytest.mark.parametrize(
    ("written", "here", "there"),
    [
        ("same-event", "same-event", "same-event"),
        ("context", "context", "context"),
        ("narrows", "narrows", "narrowed-by"),
        ("supersedes", "supersedes", "superseded-by"),
    ],
)
def test_a_relation_is_exported_from_both_sides(site, written, here, there):
    site.claim("bridge-cost", related=[f"{{claim: other, as: {written}}}"])
    site.claim("other")
    claims = {claim["id"]: claim for claim in document(site)["claims"]}
    assert claims["bridge-cost"]["related"] == [{"claim": "other", "as": here}]
    assert claims["other"]["related"] == [{"claim": "bridge-cost", "as": there}]
    assert claims["other"]["counts"]["superseded"] is (written == "supersedes")


def test_the_record_reaches_to_the_newest_date_of_a_source(site, exported):
    site.source("article-a", published="2030-05-02", updated="2030-06")
    assert exported()["on_record_to"] == "2030-06"


def test_a_claim_has_a_file_of_its_own_and_its_old_ids_lead_there(site, exported):
    claim = exported(aliases="[old-cost]")
    assert document(site, "claims/bridge-cost.json") == {**claim, "version": 1, "site": document(site)["site"]}
    assert document(site, "claims/old-cost.json") == {
        "moved_to": "https://example.org/bridge-file/claims/bridge-cost.json"
    }


def test_corrections_are_exported(exported):
    entry = "{on: 2030-05-04, kind: clarification, note: Crowns of 2030.}"
    assert exported(corrections=[entry])["corrections"] == [
        {"on": "2030-05-04", "kind": "clarification", "note": "Crowns of 2030."}
    ]


def test_drafts_and_withdrawn_claims_are_not_exported(site):
    site.claim("unfinished", draft="true")
    site.claim("wrong", withdrawn="{on: 2030-05-05, note: It was another bridge.}")
    files = site.render()
    assert [claim["id"] for claim in json.loads(files["claims.json"])["claims"]] == ["bridge-cost"]
    assert "claims/unfinished.json" not in files


def test_a_source_is_exported_with_its_fields_and_the_claims_that_rest_on_it(site):
    site.source("article-a", authors="[A. Reporter]", archive_url="https://archive.example.net/1")
    [source] = document(site, "sources.json")["sources"]
    expected = {
        **{"id": "article-a", "url": "https://example.org/bridge-file/sources/article-a/", "outlet": "outlet-a"},
        **{"address": "https://example.net/bridge", "title": "What the bridge cost", "authors": ["A. Reporter"]},
        **{
            "published": "2030-05-02",
            "kind": "article",
            "language": "en",
            "archive_url": "https://archive.example.net/1",
        },
    }
    assert source.items() >= expected.items()
    assert source["claims"] == [{"claim": "bridge-cost", "stance": "supports", "origin": "outlet-a"}]


def test_every_export_is_readable_text_that_ends_with_a_line(site):
    site.claim("bridge-cost", claim="Мост стоил 400 만.")
    text = site.render()["claims.json"].decode()
    assert "Мост стоил 400 만." in text
    assert text.endswith("}\n")


def test_the_file_of_a_withdrawn_claim_says_so(site):
    site.write("content/claims/tower.yaml", "short: The tower leans\nwithdrawn: {on: 2030-06-01, note: It does not.}\n")
    left = json.loads(site.render()["claims/tower.json"])
    assert (left["short"], left["withdrawn"]) == ("The tower leans", {"on": "2030-06-01", "note": "It does not."})
    assert "tower" not in site.render()["claims.json"].decode()


@pytest.mark.parametrize("name", ["bare", "every-field", "figures-of-all-kinds", "forty-pieces", "many-days", "korean"])
def test_every_export_keeps_to_its_schema(build, name):
    files = build(name).files
    checked = [path for path in files if (schema := schema_of(path)) and valid(files, path, schema)]
    assert {"claims.json", "sources.json"} < set(checked)
    assert len(checked) > 2


def schema_of(path: str) -> str:
    """Return the name of the schema in docs/schemas that the file at *path* keeps to; "" for files of no interest."""
    if path in {"claims.json", "sources.json", "digests.json"}:
        return path.removesuffix(".json")
    return "claim" if path.startswith("claims/") and path.endswith(".json") else ""


def valid(files: dict[str, bytes], path: str, name: str) -> bool:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(json.loads(files[path]))
    return True


def test_a_schema_refuses_what_is_not_an_export(build):
    claims = json.loads(build("bare").files["claims.json"])
    del claims["claims"][0]["counts"]["origins"]
    schema = json.loads((SCHEMAS / "claims.schema.json").read_text(encoding="utf-8"))
    assert not Draft202012Validator(schema).is_valid(claims)

"""claims.csv says what claims.json says, harms no spreadsheet, and datapackage.json describes both."""

import csv
import io
import json

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from claimdeck.present.table import COLUMNS, FORMULA, cell_of


def rows(files) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["claims.csv"].decode(), newline="")))


@pytest.mark.parametrize("name", ["figures-of-all-kinds", "every-field", "forty-pieces", "korean", "bare"])
def test_the_table_says_what_the_json_says(build, name):
    files = build(name).files
    claims = json.loads(files["claims.json"])["claims"]
    table = rows(files)
    assert [row["id"] for row in table] == [claim["id"] for claim in claims]
    for row, claim in zip(table, claims, strict=True):
        assert {column.name: row[column.name] for column in COLUMNS} == {
            column.name: cell_of(column.value(claim)) for column in COLUMNS
        }
        assert row["sources"] == str(claim["counts"]["sources"])
        assert (row["origins_low"], row["origins_high"]) == tuple(map(str, claim["counts"]["origins"].values()))
        assert row["topics"].split("; ") == claim["topics"]
        figure = claim["figure"] or {"value": None, "low": None, "high": None}
        for key in ("value", "low", "high"):
            assert (float(row[key]) if row[key] else None) == figure[key]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t1", "\n1", "\u00a0=1", "＝1", "\r1"])
def test_no_cell_can_be_a_formula(text):
    assert cell_of(text) == f"'{text}"
    assert cell_of([text, "b"]).startswith("'")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a;=1", "a;'=1"),
        ("a; ;@SUM(A1)", "a; ;'@SUM(A1)"),
        ("a\n=1", "a\n'=1"),
        ("a\t+1", "a\t'+1"),
        ("\t=1", "'\t'=1"),
        (["a", "-1"], "a;' -1"),
    ],
)
def test_no_part_of_a_cell_is_a_formula_where_a_semicolon_a_tab_or_a_line_parts_cells(text, cell):
    assert cell_of(text) == cell


def test_a_cell_of_nothing_but_what_parts_cells_takes_no_longer_than_it_is_long():
    assert cell_of(";\n \t" * 50_000) == ";\n \t" * 50_000


@pytest.mark.parametrize("text", ["a=b", "3 - 2", "", "’", "(=)"])
def test_other_texts_stay_as_they_are(text):
    assert cell_of(text) == text


@given(st.text(max_size=20))
def test_a_cell_never_begins_as_a_formula_does(text):
    assert not FORMULA.search(cell_of(text))


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), (0, "0"), (12_500_000, "12500000"), (2.5, "2.5"), (0.1, "0.1"), (1e15, "1" + "0" * 15)],
)
def test_numbers_are_written_plainly(value, cell):
    assert cell_of(value) == cell


def test_a_claim_that_looks_like_a_formula_is_harmless_in_the_table(site):
    site.claim(claim="'=HYPERLINK(1)'", short="'@cost'")
    [row] = rows(site.render())
    assert (row["claim"], row["short"]) == ("'=HYPERLINK(1)", "'@cost")


@pytest.mark.parametrize("name", ["figures-of-all-kinds", "every-field", "many-days", "korean"])
def test_the_package_is_valid_for_the_frictionless_library(build, name, tmp_path):
    files = build(name).files
    for path in ("claims.csv", "claims.json", "sources.json", "datapackage.json"):
        (tmp_path / path).write_bytes(files[path])
    (tmp_path / "digests.json").write_text("{}", encoding="utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["rowNumber", "fieldName", "type", "message"]) == []
    [table] = [
        resource for resource in Package(str(tmp_path / "datapackage.json")).resources if resource.name == "claims"
    ]
    assert [field.name for field in table.schema.fields] == [column.name for column in COLUMNS]


def test_the_package_names_the_licence_and_describes_every_export(site):
    site.settings('license: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}\n')
    files = site.render()
    package = json.loads(files["datapackage.json"])
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert package["name"] == "example-org-bridge-file"
    described = {resource["path"] for resource in package["resources"]}
    assert described == {"claims.csv", "claims.json", "sources.json", "digests.json"}

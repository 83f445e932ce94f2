"""The schemas of sources, claimants, topics, drafts and site.yaml: they take what `check` takes."""

import pytest

from tests.schema_reader import errors, faults, fresh_schemas


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        ("claim", "draft: true\n", True),
        ("claim", "draft: true\nstatus:\ntopics: []\nevidence: [{source: }]\nfigure: {measure: }\n", True),
        ("claim", "draft: true\nevidence: [{source: article-z}]\n", False),
        ("claim", "draft: true\ncolour: red\n", False),
        ("claim", "draft: false\nshort: A bridge\n", False),
        ("claim", "short: It fell\nwithdrawn: {on: 2030-05-10, note: A mistake.}\n", True),
        ("claim", "short: It fell\ntopics: [gone]\nwithdrawn: {on: 2030-05-10, note: A mistake.}\n", True),
        ("claim", "withdrawn: {on: 2030-05-10, note: A mistake.}\n", False),
        ("claim", "short: It fell\nwithdrawn: {on: 2030-05-10}\n", False),
        ("source", "draft: true\nurl:\n", True),
        ("claimant", "draft: true\nstake: party\n", True),
        ("claimant", "name: Mayor\nkind: person\nstake: party\n", False),
        ("claimant", "name: Mayor\nkind: person\nstake: party\nstake_note: ''\n", False),
        ("claimant", "name: 1984\nkind: outlet\nstake: none\npart_of:\n", True),
        ("claimant", "name: Mayor\nkind: mayor\n", False),
        ("claimant", "name: Mayor\nkind: person\npart_of: nobody\n", False),
        ("topic", "name: 1984\ndescription:\n", True),
        ("topic", "description: The bridge\n", False),
        ("topic", "- name\n", False),
    ],
)
def test_drafts_may_lack_what_is_required_and_other_cards_may_not(site, kind, text, fits):
    path = f"content/{kind}s/other.yaml"
    site.write(path, text)
    assert (errors(site) == []) or not fits
    assert (faults(fresh_schemas(site.root)[kind], site.root / path) == []) is fits


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"url": "null", "where": "In print."}, True),
        ({"url": "null"}, False),
        ({"url": None, "where": "In print."}, False),
        ({"url": "HTTPS://example.org/a"}, True),
        ({"url": "example.org"}, False),
        ({"url": "https:///a"}, False),
        ({"title": "1984", "published": "2030", "updated": "2030-05"}, True),
        ({"published": "2030-00"}, False),
        ({"kind": "book"}, False),
        ({"outlet": "mayor"}, False),
        ({"outlet": "mayor", "kind": "statement"}, True),
        ({"also_at": "[https://example.org/b]", "authors": "[A, 5]"}, True),
        ({"also_at": "https://example.org/b"}, False),
        ({"carries": "nobody"}, False),
    ],
)
def test_a_source_fits_where_check_takes_it(site, fields, fits):
    site.claimant("mayor")
    site.source("article-a", **fields)
    assert (errors(site) == []) is fits
    assert (faults(fresh_schemas(site.root)["source"], site.root / "content/sources/article-a.yaml") == []) is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("desk: {review_after_days: 90}", True),
        ('desk: {review_after_days: "90"}', True),
        ("desk: {review_after_days: 0}", False),
        ("pictures: false", True),
        ("pictures: no", False),
        ("start_here: [bridge-cost]", True),
        ("start_here: [bridge]", False),
        ("measures: {killed: {label: 1984}, 5: {label: five}}", True),
        ("measures: {killed: }", True),
        ("measures: {killed: killed}", False),
        ("measures: {Killed: {label: killed}}", False),
        ("populations: {a: {label: A, part_of: b}, b: {label: B}}", True),
        ("populations: {a: {label: A, part_of: c}}", False),
        ("publisher: {url: https://example.org/}", False),
        ("ladder: []", False),
        (
            "ladder: [{id: unverified, label: Open, symbol: o, mark: empty, color: unverified, meaning: So., "
            "needs: {superseded: true, max_against: , origins: 0}}]",
            True,
        ),
        (
            "ladder: [{id: unverified, label: Open, symbol: o, mark: empty, color: unverified, meaning: So., "
            "needs: [{origins: '2'}, {admissions: 1}], rating: {value: 1, best: 5, worst: 1}}]",
            True,
        ),
        (
            "ladder: [{id: unverified, label: Open, symbol: o, mark: empty, color: unverified, meaning: So., "
            "needs: {max_superseded: true}}]",
            False,
        ),
        ("ladder: [{id: unverified, label: Open, symbol: o, mark: empty, color: unverified}]", False),
    ],
)
def test_site_yaml_fits_where_check_takes_it(site, text, fits):
    site.settings(f"{text}\n")
    assert ([line for line in errors(site) if line.startswith("site.yaml")] == []) is fits
    assert (faults(fresh_schemas(site.root)["site"], site.root / "site.yaml") == []) is fits

"""New cards: skeletons that pass as drafts, offer what the dossier has, and are cards once they are filled in."""

import re

import pytest

from claimdeck.cli import main
from claimdeck.desk.new import MOST_OFFERED, begin_card
from claimdeck.model.cards import MODELS, Evidence
from claimdeck.model.descriptions import fields_of
from claimdeck.model.problems import Severity, UsageError
from claimdeck.pipeline import judge_site
from claimdeck.read.documents import parse_document
from tests.rendered import render_site
from tests.schema_reader import faults, fresh_schemas

KINDS = ["claim", "source", "claimant", "topic"]
FILLED = {  # required blanks as the comments say, ids from those that the small site offers
    "claim": {
        "claim": "The ferry sank in 2030.",
        "short": "The ferry sank",
        "status": "attributed",
        "because": "One outlet saw it.",
        "reviewed": "2030-05-05",
        "topics": "[bridge]",
        "source": "article-a",
        "stance": "supports",
        "on": "2030-05-05",
    },
    "source": {
        "outlet": "outlet-a",
        "url": "https://example.net/ferry",
        "published": "2030-05-04",
        "kind": "article",
        "language": "en",
        "summary": "The article tells of the ferry.",
    },
    "claimant": {"name": "The ferryman", "kind": "person"},
    "topic": {"name": "The ferry"},
}


def begun(site, kind, **options):
    """Begin the card “ferry” and return its text."""
    return (site.root / begin_card(site.root, kind, "ferry", **options)).read_text(encoding="utf-8")


def severities(root):
    return {problem.severity for problem in render_site(judge_site(root))[1] if problem.code != "CD060"}


def filled(text, values):
    """Return a skeleton's *text* with its blanks filled in and its `draft: true` deleted."""
    for name, value in values.items():
        text, count = re.subn(rf"^(\s*(?:- )?{name}:)$", rf"\1 {value}", text, flags=re.MULTILINE)
        assert count
    return text.replace("draft: true\n", "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_passes_with_nothing_but_notes(site, kind):
    begun(site, kind)
    assert severities(site.root) == {Severity.NOTE}
    assert main(["check", "--root", str(site.root)]) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_passes_in_an_empty_dossier_and_the_preview_shows_it(tmp_path, kind):
    (tmp_path / "content").mkdir()
    (tmp_path / "site.yaml").write_text("title: The Ferry File\nurl: https://example.org/\n", encoding="utf-8")
    begin_card(tmp_path, kind, "ferry")
    assert severities(tmp_path) == {Severity.NOTE}
    files = render_site(judge_site(tmp_path), drafts=True)[0]
    assert f"{kind}s/ferry/index.html" in files


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_fits_the_schema(site, kind):
    begun(site, kind)
    assert faults(fresh_schemas(site.root)[kind], site.root / f"content/{kind}s/ferry.yaml") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_is_published_only_when_what_is_required_is_there(site, kind):
    text = begun(site, kind)
    site.write(f"content/{kind}s/ferry.yaml", text.replace("draft: true\n", ""))
    assert Severity.ERROR in severities(site.root)
    site.write(f"content/{kind}s/ferry.yaml", filled(text, FILLED[kind]))
    assert Severity.ERROR not in severities(site.root)


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_says_nothing_itself_and_has_every_field_with_its_description(site, kind):
    text = begun(site, kind)
    found = parse_document(text, "ferry.yaml")
    assert found.problems == []
    said = [value for name, value in found.value.items() if name not in {"draft", "evidence", "history"}]
    assert set(said) == {None}
    prose = " ".join(re.sub(r"^\s*#\s*", "", line) for line in text.splitlines())
    for field in fields_of(MODELS[kind]):
        assert re.search(rf"^#?{field.name}:", text, re.MULTILINE)
        assert field.name == "draft" or field.description in prose


def test_every_optional_field_can_be_uncommented(site):
    text = begun(site, "claim")
    site.write("content/claims/ferry.yaml", re.sub(r"^(\s*)#(?=[a-z_]+:$)", r"\1", text, flags=re.MULTILINE))
    assert severities(site.root) == {Severity.NOTE}
    keys = judge_site(site.root).content.claims["ferry"].places.keys
    assert {field.name for field in fields_of(MODELS["claim"])} <= {loc[-1] for loc in keys if len(loc) == 1}
    assert {field.name for field in fields_of(Evidence)} <= {loc[-1] for loc in keys if loc[0] == "evidence"}


def test_the_dossiers_ids_and_words_are_offered(site):
    site.settings("measures: {sunk: {label: sunk}, saved: {label: saved}}\npopulations: {crew: {label: the crew}}\n")
    site.claimant("mayor")
    site.claim(figure="{measure: saved, about: 4}", evidence=["{source: article-a, stance: supports, via: [mayor]}"])
    site.source("article-b", published="2030-06-01")
    text = begun(site, "claim")
    assert "# In this dossier: bridge.\ntopics:" in text
    assert "  # In this dossier: article-b, article-a.\n  - source:" in text
    assert "    # In this dossier: mayor, outlet-a.\n    #via:" in text
    assert "# In this dossier, `measure`: saved, sunk.\n# In this dossier, `of`: crew.\n#figure:" in text
    assert "# - unverified: Nobody shows how it is known.\n" in text


def test_what_is_offered_is_bounded(site):
    for number in range(40):
        site.write(f"content/topics/topic-{number}.yaml", f"name: Topic {number}\n")
    text = begun(site, "claim")
    [offered] = re.findall(r"# In this dossier: (bridge, .*?)\ntopics:", text, re.DOTALL)
    words = " ".join(offered.split("\n# "))
    assert words.endswith(", … and 31 more in content/topics/.")
    assert len(re.findall(r"topic-\d+", words)) == MOST_OFFERED - 1


def test_a_withdrawn_claim_is_not_offered(site):
    site.write("content/claims/fell.yaml", "short: It fell\nwithdrawn: {on: 2030-05-10, note: No.}\n")
    assert "# In this dossier, `claim`: bridge-cost.\n#related:" in begun(site, "claim")


def test_a_claim_can_start_from_a_source(site):
    site.claimant("mayor")
    site.source("article-b", language="ko", published="2030-06-01", title=None, carries="wire-w")
    site.claimant("wire-w", kind="outlet")
    site.claim(evidence=["{source: article-a, stance: supports, via: [mayor, unknown]}"])
    text = begun(site, "claim", source="article-b")
    assert parse_document(text, "").value["evidence"][0]["source"] == "article-b"
    prose = " ".join(line.strip("# ") for line in text.splitlines())
    assert "article-b: outlet-a, published 2030-06-01, language ko." in prose
    assert "Elsewhere from this source or outlet: [wire-w], [mayor, unknown]." in prose
    assert "The source is in “ko”, this site in “en”: quote its own words, and translate them." in prose
    assert severities(site.root) == {Severity.NOTE}


@pytest.mark.parametrize(
    ("kind", "id_", "said"),
    [
        ("claim", "bridge-cost", "there is a claim “bridge-cost”. Ids are never reused: choose another."),
        ("topic", "../ferry", "“../ferry” cannot be an id."),
        ("claimant", "unknown", "“unknown” is a reserved id."),
    ],
)
def test_an_id_that_cannot_be_is_refused_in_a_sentence(site, capsys, kind, id_, said):
    before = sorted(site.root.rglob("*"))
    assert main(["new", kind, id_, "--root", str(site.root)]) == 1
    assert capsys.readouterr().err.startswith(said)
    assert sorted(site.root.rglob("*")) == before


def test_an_id_that_was_published_is_refused_when_its_card_is_gone(site):
    site.claim("ferry", short="The ferry")
    site.lock()
    site.remove("content/claims/ferry.yaml")
    with pytest.raises(UsageError, match="recorded as the id of a card that is gone"):
        begin_card(site.root, "claim", "ferry")


def test_an_unknown_source_is_refused_with_the_nearest(site, capsys):
    assert main(["new", "claim", "ferry", "--source", "article-b", "--root", str(site.root)]) == 1
    assert capsys.readouterr().err == "there is no source “article-b”. Did you mean “article-a”?\n"
    assert not (site.root / "content/claims/ferry.yaml").exists()


def test_only_a_claim_starts_from_a_source(site, capsys):
    assert main(["new", "topic", "ferry", "--source", "article-a", "--root", str(site.root)]) == 2
    assert "--source names the source that a new claim starts from" in capsys.readouterr().err


def test_a_folder_without_a_site_gets_no_card(tmp_path):
    with pytest.raises(UsageError, match=r"there is no site\.yaml"):
        begin_card(tmp_path, "topic", "ferry")
    assert list(tmp_path.iterdir()) == []


def test_it_is_told_what_to_do_next(site, capsys):
    assert main(["new", "topic", "ferry", "--root", str(site.root)]) == 0
    out = capsys.readouterr().out
    preview = f"`python build.py serve --root {site.root}`"
    assert out == f"content/topics/ferry.yaml says how to go on; {preview} shows drafts as you write them.\n"
    assert "Deleting the next line publishes the card.\ndraft: true\n" in (
        site.root / "content/topics/ferry.yaml"
    ).read_text(encoding="utf-8")

"""Renaming a card: every reference follows, every other byte stays, and the old address leads on."""

import json
import os
import re
import shutil
from difflib import unified_diff
from pathlib import Path

import pytest

from claimdeck.cli import main
from claimdeck.desk.rename import rename_card
from claimdeck.judge.references import GENERATED
from claimdeck.model.problems import SiteError, UsageError
from claimdeck.pipeline import judge_site, lock_site
from tests.rendered import render_site

PROJECT = Path(__file__).resolve().parents[1]
EVERY_FIELD = PROJECT / "tests" / "sites" / "good" / "every-field"
TO_RECORD = {"CD060", "CD061"}


def files_of(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def problems_of(root: Path) -> set[str]:
    """Return what `check` says of the site in *root*, but that something is to be recorded."""
    return {str(p) for p in render_site(judge_site(root))[1] if p.code not in TO_RECORD}


def changed_lines(
    before: dict[str, bytes], after: dict[str, bytes], kind: str, old: str, new: str
) -> dict[str, list[str]]:
    """Return the lines that differ, by file; the renamed card counts as one file, under its new name."""
    suffix = "md" if kind == "page" else "yaml"
    names = [f"content/{kind}s/{id_}.{suffix}" for id_ in (old, new)]
    before = {names[1] if name == names[0] else name: content for name, content in before.items()}
    assert set(before) == set(after)
    found = {}
    for name in before:
        if before[name] != after[name]:
            pair = [files[name].decode().splitlines(keepends=True) for files in (before, after)]
            lines = [line for line in unified_diff(*pair, n=0) if not line.startswith(("---", "+++", "@@"))]
            found[name.removeprefix("content/")] = [line.rstrip("\r\n") for line in lines]
    return found


@pytest.fixture
def every_field(tmp_path):
    """A copy of the site that has every field, recorded."""
    root = tmp_path / "site"
    shutil.copytree(EVERY_FIELD, root)
    return root


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("claim", "bridge-cost", "price-of-the-bridge"),
        ("claim", "bridge-opened", "bridge-opening"),
        ("source", "outlet-a-2030-05-02", "outlet-a-on-costs"),
        ("source", "wire-w-2030-05-01", "w"),
        ("claimant", "mayor", "the-mayor"),
        ("claimant", "town", "city"),
        ("claimant", "wire-w", "wire"),
        ("claimant", "outlet-a", "outlet-first"),
        ("topic", "bridge", "that-bridge"),
        ("page", "about", "imprint"),
    ],
)
def test_after_any_renaming_the_site_is_as_sound_as_before_and_says_the_same(every_field, kind, old, new):
    before, problems = files_of(every_field), problems_of(every_field)
    renamed = rename_card(every_field, kind, old, new)
    assert renamed.failure == ""
    after = files_of(every_field)
    lines = changed_lines(before, after, kind, old, new)
    assert set(renamed.changed) == {name if name == "site.yaml" else f"content/{name}" for name in lines}
    for name, changes in lines.items():
        taken = [line[1:] for line in changes if line.startswith("-")]
        given = [line[1:].replace(f"[{old}, ", "[") for line in changes if line.startswith("+")]
        given = [re.sub(rf"(?<![a-z0-9-]){new}(?![a-z0-9-])", old, line) for line in given]
        assert [line for line in given if line != f"aliases: [{old}]"] == taken, name
    assert problems_of(every_field) <= {text.replace(old, new) for text in problems} | problems
    files, _ = render_site(judge_site(every_field))
    folder = "" if kind == "page" else f"{kind}s/"
    assert f"/{folder}{new}/".encode() in files[f"{folder}{old}/index.html"]
    assert f"{folder}{new}/index.html" in files
    lock_site(every_field)
    assert {p.code for p in render_site(judge_site(every_field))[1]} & TO_RECORD == set()


def test_each_field_and_each_form_of_a_link_is_mended_and_comments_stay(site):
    site.claim(
        "second",
        related=["{claim: 'bridge-cost', as: same-event}  # bridge-cost"],
        evidence=['{source: article-a, stance: supports, via_from: "article-a", via: [ mayor,unknown ]}'],
        history=["{on: 2030-05-03, status: unverified, sources: [article-a], note: mayor}"],
        said="{by: mayor}",
        analysis="|  # the analysis\n  [a](claim:bridge-cost), [b](claim:bridge-costs), `claim:bridge-cost`\n\n",
    )
    site.claim("bridge-costs")
    site.claimant("mayor", part_of="town", stake="party", stake_note="He built it (article-a).")
    site.claimant("town", kind="state")
    site.write(
        "content/pages/about.md",
        "---\ntitle: About\n---\n[a](/claims/bridge-cost/#evidence) [b][t]\n\n[t]: topic:bridge\n",
    )
    site.settings("start_here:\n  - bridge-cost\n")

    def lines_given(*step):
        """Return the lines, other than aliases, that renaming a card so brings in."""
        before = files_of(site.root)
        rename_card(site.root, *step)
        changes = [line for lines in changed_lines(before, files_of(site.root), *step).values() for line in lines]
        return {line[1:] for line in changes if line.startswith("+") and "aliases" not in line}

    assert lines_given("claim", "bridge-cost", "cost") == {
        "  - {claim: 'cost', as: same-event}  # bridge-cost",
        "  [a](claim:cost), [b](claim:bridge-costs), `claim:bridge-cost`",
        "[a](/claims/cost/#evidence) [b][t]",
        "  - cost",
    }
    assert lines_given("source", "article-a", "a") == {
        '  - {source: a, stance: supports, via_from: "a", via: [ mayor,unknown ]}',
        "  - {on: 2030-05-03, status: unverified, sources: [a], note: mayor}",
        "  - {source: a, stance: supports}",
        "stake_note: He built it (a).",
    }
    assert lines_given("claimant", "mayor", "m") == {
        '  - {source: a, stance: supports, via_from: "a", via: [ m,unknown ]}',
        "said: {by: m}",
    }
    assert lines_given("claimant", "town", "t") == {"part_of: t"}
    assert lines_given("claimant", "outlet-a", "o") == {"outlet: o"}
    assert lines_given("topic", "bridge", "b") == {"  - b", "[t]: topic:b"}
    assert site.mistakes() == []


def test_line_ends_byte_order_marks_and_a_missing_last_line_end_stay(site):
    card = site.root / "content/claims/bridge-cost.yaml"
    windows = b"\xef\xbb\xbf" + card.read_bytes().replace(b"\n", b"\r\n").rstrip()
    card.write_bytes(windows)
    page = b"\xef\xbb\xbf---\r\ntitle: About\r\n---\r\n\r\n[x](claim:bridge-cost)  \r\n\r\n\r\n"
    site.write("content/pages/about.md", page)
    rename_card(site.root, "claim", "bridge-cost", "cost")
    assert (site.root / "content/claims/cost.yaml").read_bytes() == windows + b"\r\naliases: [bridge-cost]"
    assert (site.root / "content/pages/about.md").read_bytes() == page.replace(b"claim:bridge-cost", b"claim:cost")
    assert site.mistakes() == []


def test_a_recorded_claim_that_rests_on_a_renamed_source_has_not_changed_in_silence(site):
    site.claimant("mayor")
    site.claim("bridge-cost", evidence=["{source: article-a, stance: supports, via: [mayor], quote: four million}"])
    assert site.lock({"article-a": "It cost four million crowns."}) == []
    for step in (("source", "article-a", "a"), ("claimant", "mayor", "m"), ("claim", "bridge-cost", "cost")):
        rename_card(site.root, *step)
        assert {p.code for p in site.problems()} <= TO_RECORD
    assert {p.code for p in site.problems()} == {"CD060"}
    assert site.deck.claims["cost"].testimonies[0].verified
    assert site.lock() == []
    written = json.loads((site.root / "content/desk.lock").read_text(encoding="utf-8"))
    assert written["claims"]["cost"]["evidence"] == ["a supports m"]
    assert list(written["quotes"]["cost"]) == ["a"]


def test_a_change_beside_the_renaming_is_still_silent(site):
    site.claimant("mayor")
    site.lock()
    rename_card(site.root, "source", "article-a", "a")
    card = site.root / "content/claims/bridge-cost.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("source: a,", "source: a, via: [mayor],"), "utf-8")
    assert "CD050" in {p.code for p in site.problems()}


def test_a_draft_can_be_renamed_and_refers_as_before(site):
    site.claim("idea", draft="true", status="", topics=["bridge"])
    rename_card(site.root, "claim", "idea", "thought")
    rename_card(site.root, "topic", "bridge", "b")
    assert "topics: \n  - b" in (site.root / "content/claims/thought.yaml").read_text(encoding="utf-8")


def test_a_card_gets_its_old_id_back_as_long_as_the_new_one_was_not_recorded(site):
    site.lock()
    rename_card(site.root, "claim", "bridge-cost", "cost")
    rename_card(site.root, "claim", "cost", "bridge-cost")
    card = (site.root / "content/claims/bridge-cost.yaml").read_text(encoding="utf-8")
    assert card.endswith("\naliases: [cost]\n")
    assert {p.code for p in site.problems()} <= TO_RECORD
    site.lock()
    with pytest.raises(UsageError, match="is recorded as an old id"):
        rename_card(site.root, "claim", "bridge-cost", "cost")


@pytest.fixture
def crowded(site):
    """The small site with ids of every sort."""
    site.claim("living")
    site.claim("other", aliases="[once]")
    site.claim("idea", draft="true")
    site.write("content/claims/gone.yaml", "short: Gone\nwithdrawn: {on: 2030-06-01, note: Wrong.}\n")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n")
    site.write("content/pages/methodology.md", "---\ntitle: Method\n---\nText.\n")
    return site


@pytest.mark.parametrize(
    ("kind", "old", "new", "words"),
    [
        ("claim", "bridge-cots", "cost", "there is no claim “bridge-cots”. Did you mean “bridge-cost”?"),
        ("topic", "bridge-cost", "cost", "there is no topic “bridge-cost”."),
        ("claim", "../../site", "cost", "there is no claim “../../site”."),
        ("claim", "once", "cost", "claim “once” is now called “other”."),
        ("claim", "bridge-cost", "bridge-cost", "has this id already"),
        ("claim", "bridge-cost", "living", "there is a claim “living”."),
        ("claim", "bridge-cost", "idea", "there is a claim “idea”."),
        ("claim", "bridge-cost", "gone", "there is a withdrawn claim “gone”."),
        ("claim", "bridge-cost", "once", "“once” is an old id of claim “other”."),
        ("claim", "bridge-cost", "page", "“page” is a reserved id."),
        ("claim", "bridge-cost", "Cost", "“Cost” cannot be an id."),
        ("claim", "bridge-cost", "../cost", "“../cost” cannot be an id."),
        ("claim", "bridge-cost", "", "“” cannot be an id."),
        ("claim", "bridge-cost", "x" * 101, "cannot be an id."),
        ("claimant", "outlet-a", "unknown", "“unknown” is a reserved id."),
        ("page", "about", "embed", "“embed” introduces a generated one"),
        ("page", "about", "corrections", "“corrections” introduces a generated one"),
        ("page", "methodology", "method", "“methodology” introduces a generated one"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_changes(crowded, capsys, kind, old, new, words):
    before = files_of(crowded.root)
    assert main(["rename", kind, old, new, "--root", str(crowded.root)]) == 1
    assert words in capsys.readouterr().err
    assert files_of(crowded.root) == before


def test_a_file_that_is_there_is_never_overwritten(site):
    site.write("content/claims/.hidden", "x")
    (site.root / "content/claims/cost.yaml").mkdir()
    with pytest.raises(SiteError):
        rename_card(site.root, "claim", "bridge-cost", "cost")


def test_a_site_with_errors_is_left_alone_and_they_are_told(site, capsys):
    site.claim("other", topics=["bridges"])
    before = files_of(site.root)
    assert main(["rename", "claim", "bridge-cost", "cost", "--root", str(site.root)]) == 1
    err = capsys.readouterr().err
    assert "Only in a site without errors can a card be renamed." in err
    assert "content/claims/other.yaml:7:5: there is no topic “bridges”." in err
    assert "not yet recorded" not in err
    assert files_of(site.root) == before


def test_a_draft_with_mistakes_can_be_renamed_and_references_in_it_are_mended(site):
    site.claim(
        "idea", draft="true", topics=["bridge"], colour="blue", evidence=["{source: article-a, stance: for}"] * 2
    )
    rename_card(site.root, "claim", "idea", "thought")
    rename_card(site.root, "source", "article-a", "a")
    assert (site.root / "content/claims/thought.yaml").read_text(encoding="utf-8").count("source: a,") == 2


def test_one_line_says_what_was_done_and_what_to_do(site, capsys):
    assert main(["rename", "topic", "bridge", "the-bridge", "--root", str(site.root)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("topic bridge is now the-bridge: 2 files changed.")
    assert ("python build.py lock" in out, out.count("\n"), err) == (True, 1, "")


def test_a_renaming_that_is_stopped_half_way_says_which_files_were_changed(site, capsys):
    in_the_way = site.root / f"content/claims/.bridge-cost.yaml.{os.getpid()}.new"
    in_the_way.mkdir()  # where the new text of the claim would be written
    assert main(["rename", "topic", "bridge", "b", "--root", str(site.root)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("content/claims/bridge-cost.yaml cannot be changed (")
    assert err.endswith("Changed before: content/topics/b.yaml.\n")
    assert (site.root / "content/topics/bridge.yaml").is_file()


def test_cards_of_the_dossier_can_be_renamed_and_renamed_back(tmp_path):
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    shutil.copy(PROJECT / "site.yaml", tmp_path / "site.yaml")
    before, problems = files_of(tmp_path), problems_of(tmp_path)
    cards = [(kind, file.id) for kind, file in judge_site(tmp_path).content.files() if file.id not in GENERATED]
    sample = cards[:: len(cards) // 6]
    for kind, id_ in sample:
        rename_card(tmp_path, kind, id_, f"{id_}-once-more")
    assert problems_of(tmp_path) == problems
    for kind, id_ in sample:
        rename_card(tmp_path, kind, f"{id_}-once-more", id_)
    assert problems_of(tmp_path) == problems
    alias = re.compile(rb"aliases: \[[a-z0-9-]+-once-more\]\n")
    assert {name: alias.sub(b"", content) for name, content in files_of(tmp_path).items()} == before

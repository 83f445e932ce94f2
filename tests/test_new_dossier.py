"""A dossier of one's own: it passes, builds and shows its example; its workflow runs; nothing is overwritten."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from claimdeck.cli import main
from claimdeck.desk.new_dossier import begin_dossier
from claimdeck.desk.schema import write_schemas
from claimdeck.model.problems import RefusedError, Severity, UsageError
from claimdeck.model.settings import Settings
from claimdeck.pipeline import judge_site, lock_site
from claimdeck.read.explain import field_names
from claimdeck.read.static import PROJECT
from tests.rendered import render_site
from tests.schema_reader import faults, files_of, fresh_schemas
from tests.test_workflows import run_shell, runs_shell

NOT_RECORDED = "CD060"


@pytest.fixture
def dossier(tmp_path):
    """A dossier as `new dossier` begins it."""
    begin_dossier(tmp_path / "dossier")
    return tmp_path / "dossier"


def workflow(folder):
    return yaml.safe_load((folder / ".github/workflows/pages.yml").read_text(encoding="utf-8"))


def said(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def test_it_has_no_problem_but_that_it_is_not_recorded(dossier):
    found = [problem for problem in render_site(judge_site(dossier))[1] if problem.severity is not Severity.NOTE]
    assert {problem.code for problem in found} == {NOT_RECORDED}
    assert {problem.severity for problem in found} == {Severity.WARNING}


def test_it_builds_and_publishes_nothing_of_the_example(dossier):
    assert main(["build", "--root", str(dossier)]) == 0
    built = dossier / "dist"
    assert (built / "index.html").is_file()
    assert list(built.rglob("example*")) == []
    texts = [path.read_text(encoding="utf-8") for path in built.rglob("*.html")]
    assert [text for text in texts if "EXAMPLE" in text] == []


def test_once_recorded_it_builds_strictly(dossier):
    lock_site(dossier)
    assert main(["build", "--strict", "--root", str(dossier)]) == 0


def test_the_preview_shows_the_whole_example(dossier):
    files = render_site(judge_site(dossier), drafts=True)[0]
    page = files["claims/example/index.html"].decode()
    for words in ("4 million crowns", "The old mill", "the bridge cost us four million", "The accounts are published"):
        assert words in page
    assert "sources/example-article/index.html" in files
    assert judge_site(dossier).deck.claims["example"].counts.sources == 1


def test_every_card_is_a_draft_that_says_it_is_an_example(dossier):
    cards = [path for path in (dossier / "content").rglob("*.yaml") if path.is_file()]
    assert len(cards) == 6
    for card in cards:
        text = card.read_text(encoding="utf-8")
        assert text.startswith("# An example, made up")
        assert "\ndraft: true\n" in text
        assert "EXAMPLE: " in text


def test_every_card_folder_is_there_even_where_git_keeps_only_files(dossier):
    folders = {path.name for path in (dossier / "content").iterdir() if any(path.iterdir())}
    assert folders == {"claims", "sources", "claimants", "topics", "pages", ".schema"}


def test_site_yaml_names_every_setting(dossier):
    text = (dossier / "site.yaml").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^#?([a-z_]+):", text, re.MULTILINE)) == sorted(field_names(Settings, ()))
    assert set(said(dossier / "site.yaml")) == {"title", "url", "publisher", "measures"}


def test_its_files_fit_its_own_schemas_which_are_fresh(dossier):
    schemas = fresh_schemas(dossier)
    assert {path.name: found for kind, path in files_of(dossier) if (found := faults(schemas[kind], path))} == {}
    assert write_schemas(dossier) == []


def test_its_editor_is_set_as_ours_and_its_forms_are_those_that_claim_pages_link_to(dossier):
    for name in (".vscode/settings.json", ".vscode/extensions.json", ".github/ISSUE_TEMPLATE/report-an-error.yml"):
        assert (dossier / name).read_bytes() == (PROJECT / name).read_bytes()


@pytest.mark.parametrize("root", [PROJECT, None], ids=["here", "new dossier"])
def test_the_settings_of_the_editor_name_every_file_of_a_kind_and_no_other(root, dossier):
    root = root or dossier
    schemas = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    matched = {schema: {path for path in root.glob(pattern) if path.is_file()} for schema, pattern in schemas.items()}
    kinds = {}
    for kind, path in files_of(root):
        kinds.setdefault(f"content/.schema/{kind}.schema.json", set()).add(path)
    assert matched == kinds
    assert [schema for schema in schemas if not (root / schema).is_file()] == []


@pytest.mark.parametrize("name", ["settings.json", "extensions.json"])
def test_the_settings_of_the_editor_are_plain_json(name):
    json.loads((PROJECT / ".vscode" / name).read_text(encoding="utf-8"))


def test_a_repository_without_files_may_become_a_dossier(tmp_path):
    (tmp_path / ".git").mkdir()
    begin_dossier(tmp_path)
    assert (tmp_path / "site.yaml").is_file()


@pytest.mark.parametrize("name", ["full", "file"])
def test_what_is_there_already_is_not_overwritten(tmp_path, capsys, name):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("Mine.", encoding="utf-8")
    (tmp_path / "file").write_text("Mine.", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert main(["new", "dossier", str(tmp_path / name)]) == 1
    assert "is not an empty folder. Name one that is empty" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("Mine.", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        begin_dossier(tmp_path / "file" / "dossier")


def test_it_is_told_what_to_do_next(tmp_path, capsys):
    assert main(["new", "dossier", str(tmp_path / "dossier")]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{tmp_path / 'dossier/README.md'} says how to go on;")
    assert f"`python build.py serve --root {tmp_path / 'dossier'}`" in out


def test_the_readme_names_commands_that_exist(dossier):
    text = (dossier / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"`python CLAIMDECK/build\.py ([^`]*)`", text)
    assert [command.split()[0] for command in commands] == ["serve", "new", "check", "lock", "build"]
    for command in commands[1:]:
        assert main([str(dossier) if word == "." else word.lower() for word in command.split()]) == 0


def test_the_workflow_fits_its_schema(dossier):
    offline = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    file = str(dossier / ".github/workflows/pages.yml")
    done = subprocess.run([*command, file], env=os.environ | offline, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_may_do_what_ours_may_and_uses_the_same_actions(dossier):
    theirs, ours = workflow(dossier), workflow(PROJECT)
    assert (theirs["permissions"], theirs["concurrency"]) == (ours["permissions"], ours["concurrency"])
    assert theirs["jobs"]["deploy"] == ours["jobs"]["deploy"]
    used = [{step["uses"] for step in each["jobs"]["build"]["steps"] if "uses" in step} for each in (theirs, ours)]
    assert used[0] == used[1]
    shell = [step["run"] for step in theirs["jobs"]["build"]["steps"] if "run" in step]
    assert [text for text in shell if "${{" in text] == []


@pytest.fixture
def ran(dossier, monkeypatch):
    """Run the shell steps of the workflow in the dossier, with Claimdeck fetched from a repository."""
    (dossier / ".claimdeck").mkdir()
    for name in ("claimdeck", "templates", "static", "build.py", "requirements.txt"):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, dossier / ".claimdeck" / name)

    def run(repository):
        monkeypatch.setenv("CLAIMDECK", repository)
        steps = [
            step for step in workflow(dossier)["jobs"]["build"]["steps"] if "pip install" not in step.get("run", "")
        ]
        return run_shell(steps, dossier, {"steps.pages.outputs.base_url": "https://example.net/a/b"})

    return run


@runs_shell
def test_the_workflow_stops_with_a_sentence_while_nobody_has_said_where_claimdeck_is(ran, dossier):
    lock_site(dossier)
    written = workflow(dossier)["env"]["CLAIMDECK"]
    done = ran(written)
    assert not done.passed
    [line] = re.findall(r"line=(\d+)::Nobody has said yet where Claimdeck is", done.printed)
    text = (dossier / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    assert text.splitlines()[int(line) - 1].startswith(f"  CLAIMDECK: {written}")
    assert not (dossier / "dist").exists()


@runs_shell
def test_the_workflow_builds_the_dossier_for_the_address_that_pages_reports(ran, dossier):
    lock_site(dossier)
    done = ran("desk/claimdeck")
    assert done.passed, done.printed
    upload = workflow(dossier)["jobs"]["build"]["steps"][-1]["with"]["path"]
    home = (dossier / upload / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.net/a/b/">' in home


@runs_shell
def test_the_workflow_publishes_nothing_that_is_not_recorded(ran, dossier):
    done = ran("desk/claimdeck")
    assert not done.passed
    assert "::warning file=content/desk.lock" in done.printed
    assert not (dossier / "dist").exists()


def test_no_dossier_begins_among_the_cards_of_another(site):
    with pytest.raises(RefusedError, match="lies among the cards"):
        begin_dossier(site.root / "content" / "inside")

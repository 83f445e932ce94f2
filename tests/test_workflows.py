"""The workflows and issue forms: they fit their schemas, and every step that is shell does what it says, here too."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pin_hashes
import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))
TEMPLATES = PROJECT / ".github/ISSUE_TEMPLATE"
FORMS = [TEMPLATES / "report-an-error.yml", TEMPLATES / "suggest-a-claim.yml"]
INSTALL = "python -m pip install -r requirements.txt"  # done already, for the Python that runs the tests
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
IDENTITY = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org")
ATTRIBUTED = ["{on: 2030-05-03, status: unverified}", "{on: 2030-06-01, status: attributed}"]
WRONG_SUM = ["{on: 2030-06-01, kind: correction, note: The sum was wrong.}"]

runs_shell = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("git")), reason="needs bash and git")


@dataclass
class Run:
    """What came of the shell steps of a job: whether all went well, what they printed, the summary, the checkout."""

    passed: bool
    printed: str
    summary: str
    checkout: Path


def jobs(name: str) -> dict:
    return yaml.safe_load((PROJECT / ".github/workflows" / name).read_text(encoding="utf-8"))["jobs"]


def steps_of(path: Path) -> list[dict]:
    return [step for job in jobs(path.name).values() for step in job["steps"]]


def git(folder: Path, *arguments: str) -> None:
    own = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}  # whoever runs the tests may sign, or end lines, in their way
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, env=own)


def run_shell(steps: list[dict], checkout: Path, known: dict[str, str]) -> Run:
    """Run the shell of *steps* in *checkout* as a runner does, expressions in `env` taken from *known*."""
    temp = checkout.parent / "runner"
    temp.mkdir()
    summary = temp / "summary.md"
    summary.touch()
    own = {"RUNNER_TEMP": str(temp), "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_BASE_REF": "main", "CI": "true"}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    passed, printed = True, ""
    for step in steps:
        if "run" in step and step["run"] != INSTALL and (passed or "!cancelled()" in step.get("if", "")):
            given = {name: EXPRESSION.sub(lambda m: known[m[1]], text) for name, text in step.get("env", {}).items()}
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=checkout,
                env={**os.environ, **own, **given, "PATH": path},
                capture_output=True,
                text=True,
                encoding="utf-8",
            )
            passed, printed = passed and done.returncode == 0, printed + done.stdout + done.stderr
    return Run(passed, printed, summary.read_text(encoding="utf-8"), checkout)


@pytest.fixture
def repository(site):
    """The small site, recorded, in a repository of its own with the generator beside it."""
    for name in ("claimdeck", "templates", "static"):
        shutil.copytree(PROJECT / name, site.root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", ".gitignore", "requirements.txt"):
        shutil.copy(PROJECT / name, site.root)
    site.claimant("mayor")
    site.claim("mayor-said", evidence=["{source: article-a, stance: supports, via: [mayor]}"])
    assert site.lock() == []
    git(site.root, "init", "--quiet", "--initial-branch=main")
    commit(site)
    return site


def commit(site) -> None:
    git(site.root, "add", "--all")
    git(site.root, "commit", "--quiet", "--message=Cards")


def pull(site) -> Run:
    """Run cards.yml on the last commits of the branch “change”, merged as GitHub merges a pull request."""
    commit(site)
    git(site.root, "switch", "--quiet", "main")
    git(site.root, "merge", "--quiet", "--no-ff", "--message=Merge", "change")
    [steps] = [job["steps"] for job in jobs("cards.yml").values()]
    checkout = site.root.parent / "checkout"
    depth = steps[0]["with"]["fetch-depth"]
    git(site.root.parent, "clone", "--quiet", f"--depth={depth}", site.root.as_uri(), str(checkout))
    return run_shell(steps, checkout, {"steps.site.outputs.artifact-url": "https://example.net/artifact"})


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [TEMPLATES / "config.yml"]),
    ],
)
def test_workflows_and_forms_fit_their_schemas(schema, files):
    offline = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, env=os.environ | offline, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {file.name for file in TEMPLATES.iterdir()} == {"config.yml", *(form.name for form in FORMS)}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_gives_no_stranger_more_than_reading(path):
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    events = workflow[True]  # YAML's old word for `on`
    assert "pull_request_target" not in events
    assert workflow["permissions"]["contents"] == "read"
    assert "pull_request" not in events or workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in re.sub(r"#.*", "", text)
    assert all("permissions" not in job for job in workflow["jobs"].values())
    assert [step["run"] for step in steps_of(path) if "${{" in step.get("run", "")] == []  # none becomes shell


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_uses_githubs_own_actions_only_each_by_its_major_version(path):
    used = [step["uses"] for step in steps_of(path) if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", name)] == []


def test_sites_are_built_on_every_system_and_python_and_held_against_each_other():
    check, build, compare = jobs("ci.yml").values()
    tested, built = check["strategy"]["matrix"], build["strategy"]["matrix"]
    assert tested["python"] == built["python"] == list(pin_hashes.PYTHONS)
    assert {system.partition("-")[0] for system in built["system"]} == {"ubuntu", "macos", "windows"}
    assert set(re.findall(r"matrix\.(\w+)", build["steps"][-1]["with"]["name"])) == set(built)
    assert compare["needs"] == "build"
    assert [step["run"].split()[1:3] for step in (build["steps"][-2], compare["steps"][-1])] == [
        [".ci/site_digests.py", "write"],
        [".ci/site_digests.py", "compare"],
    ]


@runs_shell
def test_the_site_is_published_for_the_address_that_pages_reports(repository):
    build, deploy = jobs("pages.yml").values()
    assert [step for step in deploy["steps"] if "run" in step] == []
    upload = build["steps"][-1]["with"]
    reported = {"steps.pages.outputs.base_url": "https://example.net/a/b"}  # without a slash, as it comes
    ran = run_shell(build["steps"], repository.root, reported)
    assert ran.passed, ran.printed
    home = (repository.root / upload["path"] / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.net/a/b/">' in home
    assert 'href="/a/b/claims/"' in home
    assert upload["include-hidden-files"] is True


@runs_shell
def test_nothing_is_published_of_cards_that_are_not_recorded(repository):
    repository.claim("river", short="The river is wide")
    ran = run_shell(jobs("pages.yml")["build"]["steps"], repository.root, {})
    assert not ran.passed
    assert "::warning file=content/claims/river.yaml,line=1,col=1,title=CD060::" in ran.printed
    assert not (repository.root / "dist").exists()


@runs_shell
def test_a_pull_request_is_told_what_it_changes_and_gets_a_site_to_look_at(repository):
    git(repository.root, "switch", "--quiet", "--create", "change")
    repository.claim("river", short="The river is wide")
    repository.claim("bridge-cost", status="attributed", history=ATTRIBUTED)
    repository.claim(
        "mayor-said", evidence=["{source: article-a, stance: supports, via: [mayor]}"], corrections=WRONG_SUM
    )
    ran = pull(repository)
    assert ran.passed, ran.printed
    assert "::warning file=content/claims/river.yaml,line=1,col=1,title=CD060::" in ran.printed
    assert "### Claims added (1)\n\n- **river**: The river is wide (unverified)\n" in ran.summary
    assert "### Statuses changed (1)\n\n- **bridge-cost**: unverified → attributed\n" in ran.summary
    assert "### Corrections (1)\n\n- **mayor-said**: correction: The sum was wrong.\n" in ran.summary
    assert "[Download it](https://example.net/artifact)" in ran.summary
    assert "`python -m http.server`" in ran.summary
    page = (ran.checkout / "dist/claims/river/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="http://localhost:8000/claims/river/">' in page


@runs_shell
def test_a_broken_card_is_marked_at_its_line_and_the_pull_request_fails(repository):
    git(repository.root, "switch", "--quiet", "--create", "change")
    repository.claim("river", short="The river is wide", status="unverifed")
    ran = pull(repository)
    assert not ran.passed
    assert "::error file=content/claims/river.yaml,line=3,col=9,title=CD024::status" in ran.printed
    assert "- **error** content/claims/river.yaml:3:9: status" in ran.summary
    assert "### Claims added (1)" in ran.summary
    assert not (ran.checkout / "dist").exists()


@runs_shell
def test_a_pull_request_to_a_branch_without_a_lock_says_that_nothing_can_be_compared(repository):
    repository.remove("content/desk.lock")
    commit(repository)
    git(repository.root, "switch", "--quiet", "--create", "change")
    repository.claim("river", short="The river is wide")
    ran = pull(repository)
    assert ran.passed, ran.printed
    assert ran.summary.startswith("main has no content/desk.lock: nothing to compare with.\n")
    assert "What changes" not in ran.summary
    assert "## Problems" in ran.summary


def test_the_error_form_has_the_fields_that_the_link_on_a_claims_page_fills_in(site):
    site.settings("repository: https://github.com/desk/bridge\n")
    html = site.render()["claims/bridge-cost/index.html"].decode()
    [query] = re.findall(r"/issues/new\?([^\"]*)", html)
    filled = parse_qs(unescape(query))
    form = yaml.safe_load((TEMPLATES / filled.pop("template")[0]).read_text(encoding="utf-8"))
    ids = {field["id"] for field in form["body"] if "id" in field}
    assert "title" in form
    assert set(filled) - {"title"} == {"page"}
    assert "page" in ids

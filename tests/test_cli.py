"""The command line: what each command prints where, and the exit codes that scripts rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimdeck import __version__
from claimdeck.arguments import COMMANDS
from claimdeck.cli import main

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture
def run(site, capsys):
    """Return a function that runs a command on the small site: its exit code, stdout and stderr."""

    def run_command(*arguments: object, root=site.root):
        try:
            code = main([*map(str, arguments), "--root", str(root)])
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        assert "\x1b" not in captured.out + captured.err
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def broken(site):
    """The small site with a mistake in each of two cards."""
    site.claim("bridge-cost", topics=["bridges"])
    site.claim("other", status="unverifed")
    return site


def test_a_good_build_ends_with_0_and_one_line(run, site):
    code, out, _ = run("build")
    assert code == 0
    assert (site.root / "dist" / "index.html").is_file()
    assert out.count("\n") == 1
    assert "1 claim" in out
    assert "0 unchanged, 0 removed" in out


def test_without_a_command_the_site_is_built(run, site):
    code, _, _ = run()
    assert code == 0
    assert (site.root / "dist" / "index.html").is_file()


def test_options_may_come_without_a_command(run, tmp_path):
    assert run("--output", tmp_path / "public")[0] == 0
    assert (tmp_path / "public" / "index.html").is_file()


def test_a_build_with_mistakes_ends_with_1_and_prints_each_on_stderr(run, broken):
    code, out, err = run("build")
    assert (code, out) == (1, "")
    assert "content/claims/bridge-cost.yaml:7:" in err
    assert "there is no topic “bridges”. Did you mean “bridge”?" in err
    assert "content/claims/other.yaml:3:9: status “unverifed” is not on the ladder. Did you mean “unverified”?" in err
    assert err.splitlines()[-1].startswith("2 errors")
    assert not (broken.root / "dist").exists()


def test_a_strict_build_fails_on_a_warning_and_writes_nothing(run, site):
    code, _, err = run("build", "--strict")
    assert code == 1
    assert "warning" in err
    assert not (site.root / "dist").exists()
    run("lock")
    assert run("build", "--strict")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--nonsense"],
        ["build", "--output"],
        ["build", "--base-url", "not an address"],
        ["build", "--output", "/"],
        ["check", "no/such/file.yaml"],
        ["check", "--format", "xml"],
        ["check", "--articles", "/no/such/folder"],
        ["check", "--since", "/no/such/lock"],
        ["serve", "--port", "many"],
    ],
)
def test_bad_usage_ends_with_2_and_says_why_on_stderr(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert len(err.strip()) > 20
    assert "Traceback" not in err


def test_a_wrong_command_is_answered_with_the_right_ones(run):
    _, _, err = run("chekc")
    assert "check" in err


def test_an_output_folder_with_files_of_others_needs_force(run, tmp_path):
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "diary.txt").write_text("mine")
    code, _, err = run("build", "--output", tmp_path / "public")
    assert (code, "--force" in err) == (2, True)
    assert run("build", "--output", tmp_path / "public", "--force")[0] == 0


def test_a_missing_folder_is_bad_usage_and_one_without_a_site_a_mistake(run, tmp_path):
    assert run("build", root=tmp_path / "nowhere")[0] == 2
    code, _, err = run("build", root=tmp_path)
    assert code == 1
    assert "there is no site.yaml" in err


def test_another_address_of_publication_can_be_given(run, site):
    assert run("build", "--base-url", "https://preview.example.net/7/")[0] == 0
    assert 'href="/7/claims/"' in (site.root / "dist" / "index.html").read_text(encoding="utf-8")


def test_a_build_can_be_verified(run):
    assert run("build", "--verify")[0] == 0


def test_check_prints_a_summary_and_writes_nothing(run, site):
    before = sorted(site.root.rglob("*"))
    code, out, err = run("check")
    assert code == 0
    assert out.count("\n") == 1
    assert "1 claim" in out
    assert "not yet recorded" in err
    assert sorted(site.root.rglob("*")) == before
    assert run("check", "--strict")[0] == 1


def test_check_prints_only_the_problems_of_the_files_named(run, broken):
    code, _, err = run("check", broken.root / "content/claims/other.yaml")
    assert code == 1
    assert "other.yaml" in err
    assert "bridge-cost.yaml" not in err


def test_check_takes_folders_too(run, broken):
    code, _, err = run("check", broken.root / "content/claims")
    assert code == 1
    assert "other.yaml" in err


@pytest.mark.usefixtures("broken")
def test_check_takes_files_as_the_reader_of_a_message_copies_them(run):
    assert "other.yaml:3:9" in run("check", "content/claims/other.yaml")[2]


def test_check_says_that_a_move_was_interrupted_and_leaves_it(run, site):
    run("build")
    (site.root / "dist.next").mkdir()
    (site.root / "dist.next" / "lock").touch()
    (site.root / "dist.next" / "journal").write_text('{"write": [], "remove": []}')
    code, _, err = run("check")
    assert code == 0
    assert "half-moved" in err
    assert (site.root / "dist.next" / "journal").is_file()
    run("build")
    assert not (site.root / "dist.next").exists()


@pytest.mark.usefixtures("broken")
def test_problems_as_json_have_seven_fields_and_nothing_around_them(run):
    code, out, err = run("check", "--format", "json")
    problems = json.loads(out)
    assert (code, err) == (1, "")
    assert {tuple(problem) for problem in problems} == {
        ("file", "line", "column", "severity", "code", "message", "hint")
    }
    errors = {problem["file"]: problem for problem in problems if problem["severity"] == "error"}
    assert list(errors) == ["content/claims/bridge-cost.yaml", "content/claims/other.yaml"]
    assert (errors["content/claims/other.yaml"]["line"], errors["content/claims/other.yaml"]["column"]) == (3, 9)


def test_no_problems_as_json_are_an_empty_list(run):
    run("lock")
    assert run("check", "--format", "json")[:2] == (0, "[]\n")


def test_json_stays_json_beside_other_things_that_check_prints(run, site):
    run("lock")
    _, out, _ = run("check", "--format", "json", "--since", site.root / "content/desk.lock")
    assert json.loads(out) == []


@pytest.mark.usefixtures("broken")
def test_problems_for_github_are_annotations(run):
    code, out, _ = run("check", "--format", "github")
    assert code == 1
    lines = out.splitlines()
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    assert any(
        line.startswith("::error file=content/claims/other.yaml,line=3,col=9,title=CD024::status") for line in lines
    )


@pytest.mark.parametrize("command", ["build", "check"])
def test_no_value_of_a_card_begins_a_line_of_the_log_or_moves_its_cursor(run, site, command):
    site.claim("bridge-cost", status=r'"x\n::add-mask::y\r\u2028z"', reviewed="!%1b%5b31m x")
    site.claim("other", status=r'"x\n::stop-commands::y"')
    code, out, err = run(command)
    assert code == 1
    assert "::add-mask::" not in out
    assert [line for line in err.splitlines() if not line.startswith(("content/", "2 "))] == []
    assert r"“x\n::stop-commands::y”" in err


def test_a_name_of_a_file_begins_no_line_of_the_log_either(run, site):
    site.write("static/a\n::add-mask::b", "x")
    (site.root / "static/link\n::add-mask::\x1b[31m").symlink_to(site.root.parent)
    code, out, err = run("check")
    assert code == 1
    assert "::" not in out
    told = [line for line in err.splitlines() if r"\n::add-mask::" in line]
    assert [line.partition(r"\n")[0] for line in told] == ["static/a", "static/link"]
    assert not any(line.startswith("::") for line in err.splitlines())
    assert "\x1b" not in err


def test_check_tells_what_changed_since_another_lock(run, site):
    run("lock")
    old = site.root.parent / "old.lock"
    (site.root / "content/desk.lock").rename(old)
    site.claim("bridge-cost", status="attributed", history=["{on: 2030-05-04, status: attributed}"] * 2)
    site.claim("another", short="Another claim")
    _, out, _ = run("check", "--since", old)
    assert "status: bridge-cost: unverified → attributed" in out
    assert "added: another: Another claim" in out


def test_lock_records_and_says_when_there_is_nothing_new(run, site):
    code, out, _ = run("lock")
    assert (code, "records" in out) == (0, True)
    before = (site.root / "content/desk.lock").read_bytes()
    assert "already" in run("lock")[1]
    assert (site.root / "content/desk.lock").read_bytes() == before


def test_lock_writes_nothing_where_there_is_a_mistake(run, broken):
    assert run("lock")[0] == 1
    assert not (broken.root / "content/desk.lock").exists()


def test_check_holds_quotes_against_the_articles(run, site):
    site.claim("bridge-cost", evidence=["{source: article-a, stance: supports, quote: four million crowns}"])
    folder = site.articles({"article-a": "It cost 4 million crowns."})
    code, _, err = run("check", "--articles", folder)
    assert code == 1
    assert "do not stand in the text of article-a" in err


@pytest.mark.parametrize("arguments", [[], *([command] for command in COMMANDS)])
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_are_everywhere(capsys, arguments, option):
    with pytest.raises(SystemExit) as end:
        main([*arguments, option])
    assert end.value.code == 0
    assert ("usage" if option == "--help" else __version__) in capsys.readouterr().out


def test_without_the_libraries_two_lines_say_what_to_type():
    command = [sys.executable, "-S", "-E", "-s", str(PROJECT / "build.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env={**os.environ})
    assert done.returncode == 2
    assert "    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt\n" in done.stderr
    assert "    .venv/bin/python build.py\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""

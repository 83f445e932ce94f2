"""A build is verified by a second one elsewhere, and anybody can hold a published site against its list of digests."""

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest

from claimdeck.cli import main
from claimdeck.desk.verify import verify_build
from claimdeck.pipeline import build_site
from claimdeck.write.output import signature_of

PREVIEW = "https://preview.example.net/7/"


@pytest.fixture
def output(site, tmp_path):
    build_site(site.root, tmp_path / "dist")
    return tmp_path / "dist"


@pytest.fixture
def verify(site, capsys):
    """Run `build --verify` with more *options*, and return its exit code and what it printed to stderr."""

    def verify_with(*options: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["build", "--verify", "--root", str(site.root), *options])
        told = capsys.readouterr().err.splitlines()
        return code, "\n".join(line for line in told if ": warning: " not in line)

    return verify_with


def lie(root, output, path: str) -> None:
    """Change the file at *path* in *output*, and make the cache of *root* say that so it was made."""
    changed = output / path
    with closing(sqlite3.connect(root / ".cache/files.sqlite")) as file, file:
        rows = file.execute("SELECT name, files FROM units").fetchall()
        [(name, files)] = [(name, json.loads(files)) for name, files in rows if f'"{path}"' in files]
        changed.write_bytes(changed.read_bytes() + b" ")
        for told in files:
            told[2] = signature_of(changed.stat()) if told[0] == path else told[2]
        file.execute("UPDATE units SET files = ? WHERE name = ?", (json.dumps(files), name))
    (root / ".cache/standing.json").unlink(missing_ok=True)


def test_a_build_that_can_be_repeated_differs_in_nothing(site, output):
    assert verify_build(site.root, output, None) == []


def test_a_second_build_has_the_same_place_of_publication(site, tmp_path):
    build_site(site.root, tmp_path / "dist", base_url=PREVIEW)
    assert verify_build(site.root, tmp_path / "dist", PREVIEW) == []
    assert "index.html" in verify_build(site.root, tmp_path / "dist", None)


def test_changed_missing_and_additional_files_are_named(site, output):
    (output / "index.html").write_text("changed")
    (output / "404.html").unlink()
    (output / "notes.txt").write_text("additional")
    assert verify_build(site.root, output, None) == ["404.html", "index.html", "notes.txt"]


def test_verifying_leaves_the_output_and_nothing_else_behind(site, output, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    verify_build(site.root, output, None)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("options", [[], ["--jobs", "2"], ["--base-url", PREVIEW], ["--no-cache"], ["--output", "OUT"]])
def test_build_verify_passes_whatever_else_is_asked(verify, tmp_path, options):
    options = [str(tmp_path / "out") if option == "OUT" else option for option in options]
    assert verify(*options) == (0, "")
    assert verify(*options) == (0, "")


@pytest.mark.parametrize("options", [[], ["--jobs", "2"], ["--base-url", PREVIEW]])
def test_a_cache_that_lies_is_found_out(verify, site, tmp_path, options):
    options = ["--output", str(tmp_path / "out"), *options]
    assert verify(*options)[0] == 0
    lie(site.root, tmp_path / "out", "claims/bridge-cost/index.html")
    told = "A second build differs in 1 file: claims/bridge-cost/index.html. Build again with --no-cache."
    assert verify(*options) == (1, told)
    assert verify(*options, "--no-cache") == (0, "")


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_cache_gives_the_same_site(verify, site, damage):
    assert verify()[0] == 0
    before = (site.root / "dist/digests.json").read_bytes()
    damaged = [path for path in (site.root / ".cache").rglob("*") if path.is_file()]
    assert {path.suffix for path in damaged} >= {".sqlite", ".png"}
    for path in damaged:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if damage is None else damage)
    (site.root / "dist/index.html").unlink()  # so that something is to be done
    assert verify() == (0, "")
    assert (site.root / "dist/digests.json").read_bytes() == before


def test_what_was_changed_in_the_output_is_made_good_before(verify, site):
    assert verify()[0] == 0
    home = site.root / "dist/index.html"
    before = home.read_bytes()
    home.write_bytes(before.replace(b"bridge", b"fridge"))
    assert verify() == (0, "")
    assert home.read_bytes() == before


def test_files_that_are_not_ours_are_refused_before_anything_is_verified(verify, site):
    assert verify()[0] == 0
    notes = site.root / "dist/notes.txt"
    notes.write_text("mine", encoding="utf-8")
    code, told = verify()
    assert code == 2
    assert "notes.txt" in told
    assert verify("--force") == (0, "")
    assert not notes.exists()


def test_the_published_digests_are_those_of_every_file_but_their_own(site, output):
    site.write("static/root/.well-known/security.txt", "Contact: mailto:desk@example.org\n")
    build_site(site.root, output)
    told = json.loads((output / "digests.json").read_text(encoding="utf-8"))
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    del files["digests.json"]
    assert told["algorithm"] == "sha256"
    assert told["files"] == {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    assert {".well-known/security.txt", "claims/bridge-cost.png", "index.html", "static/site.css"} <= set(files)

"""A build is verified by a second one elsewhere."""

import pytest

from claimdeck.desk.verify import verify_build
from claimdeck.pipeline import build_site


@pytest.fixture
def output(site, tmp_path):
    build_site(site.root, tmp_path / "dist")
    return tmp_path / "dist"


def test_a_build_that_can_be_repeated_differs_in_nothing(site, output):
    assert verify_build(site.root, output, None) == []


def test_a_second_build_has_the_same_place_of_publication(site, tmp_path):
    build_site(site.root, tmp_path / "dist", base_url="https://preview.example.net/7/")
    assert verify_build(site.root, tmp_path / "dist", "https://preview.example.net/7/") == []
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

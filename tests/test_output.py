"""What a build does to its output folder: it writes what differs, removes what is its own, and moves whole."""

import json
import os
from pathlib import Path

import pytest

from claimdeck.model.problems import UsageError
from claimdeck.pipeline import build_site
from tests.small_outputs import NEW, OLD, site_in, write_site


@pytest.fixture
def output(tmp_path) -> Path:
    return tmp_path / "dist"


def test_the_first_build_writes_every_file(output):
    done = write_site(OLD, output)
    assert site_in(output) == OLD
    assert (done.written, done.unchanged, done.removed) == (len(OLD) + 1, 0, 0)


def test_the_list_of_digests_names_every_file_but_itself(output):
    write_site(OLD, output)
    listed = json.loads((output / "digests.json").read_text(encoding="utf-8"))
    assert listed["algorithm"] == "sha256"
    assert set(listed["files"]) == set(OLD)


def test_the_same_files_again_touch_nothing(output):
    write_site(OLD, output)
    before = {path: path.stat() for path in output.rglob("*")}
    done = write_site(OLD, output)
    assert {path: path.stat() for path in output.rglob("*")} == before
    assert (done.written, done.removed) == (0, 0)


def test_an_unchanged_file_keeps_its_inode_and_time_beside_changed_ones(output):
    write_site(OLD, output)
    before = (output / "static/site.css").stat()
    done = write_site(NEW, output)
    after = (output / "static/site.css").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (done.written, done.unchanged, done.removed) == (3, 1, 1)


def test_a_file_of_the_same_length_and_other_bytes_is_written(output):
    write_site({"index.html": b"abc"}, output)
    write_site({"index.html": b"abd"}, output)
    assert site_in(output) == {"index.html": b"abd"}


def test_what_somebody_else_changed_is_restored(output):
    write_site(OLD, output)
    (output / "index.html").write_bytes(b"meddled")
    write_site(OLD, output)
    assert site_in(output) == OLD


def test_stale_files_go_and_the_folders_that_they_leave_empty(output):
    write_site(OLD, output)
    write_site(NEW, output)
    assert site_in(output) == NEW
    assert not (output / "claims/one").exists()


def test_a_build_leaves_no_staging_folder(output):
    write_site(OLD, output)
    write_site(NEW, output)
    assert not output.with_name("dist.next").exists()


def test_a_file_becomes_a_folder_and_a_folder_a_file(output):
    write_site({"about": b"file", "topics/index.html": b"folder"}, output)
    write_site({"about/index.html": b"folder", "topics": b"file"}, output)
    assert site_in(output) == {"about/index.html": b"folder", "topics": b"file"}


def test_a_folder_with_files_of_others_is_refused_and_left_alone(output):
    output.mkdir()
    (output / "diary.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"diary\.txt.*--force"):
        write_site(OLD, output)
    assert site_in(output) == {"diary.txt": b"mine"}


def test_a_file_of_others_in_an_own_folder_is_refused_too(output):
    write_site(OLD, output)
    (output / "CNAME").write_text("example.org")
    with pytest.raises(UsageError, match="CNAME"):
        write_site(NEW, output)
    assert site_in(output) == {**OLD, "CNAME": b"example.org"}


def test_with_force_files_of_others_are_removed(output):
    output.mkdir()
    (output / "diary.txt").write_text("mine")
    write_site(OLD, output, force=True)
    assert site_in(output) == OLD


@pytest.mark.parametrize("listed", ["not json", "[]", '{"files": 3}', '{"files": [["a"]]}'])
def test_a_damaged_list_of_digests_makes_its_files_those_of_others(output, listed):
    output.mkdir()
    (output / "index.html").write_text("whose?")
    (output / "digests.json").write_text(listed)
    with pytest.raises(UsageError, match=r"index\.html"):
        write_site(OLD, output)


def test_a_list_of_digests_that_points_outside_removes_nothing_there(output):
    write_site(OLD, output)
    treasure = output.with_name("treasure.txt")
    treasure.write_text("mine")
    listed = {"algorithm": "sha256", "files": {"../treasure.txt": "", "index.html": ""}}
    (output / "digests.json").write_text(json.dumps(listed))
    write_site(NEW, output, force=True)
    assert treasure.read_text() == "mine"


def test_a_list_of_digests_nested_too_deeply_makes_its_files_those_of_others(output):
    output.mkdir()
    (output / "digests.json").write_text('{"files": ' + "[" * 100_000)
    (output / "index.html").write_text("whose?")
    with pytest.raises(UsageError, match=r"index\.html"):
        write_site(OLD, output)


def test_a_link_to_a_page_of_the_same_words_becomes_the_page(output):
    write_site(OLD, output)
    (output / "index.html").rename(output.with_name("index"))
    (output / "index.html").symlink_to("../index")  # as long as the words
    write_site(OLD, output)
    assert not (output / "index.html").is_symlink()
    assert site_in(output) == OLD


def test_with_force_a_link_to_a_folder_becomes_a_folder_and_what_it_led_to_stays(output):
    write_site(OLD, output)
    elsewhere = output.with_name("elsewhere")
    (output / "claims").rename(elsewhere)
    (output / "claims").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="claims"):
        write_site(OLD, output)
    write_site(OLD, output, force=True)
    assert not (output / "claims").is_symlink()
    assert site_in(output) == OLD
    assert (elsewhere / "one/index.html").read_bytes() == b"one"


def test_with_force_a_special_file_is_removed(output):
    write_site(OLD, output)
    os.mkfifo(output / "queue")
    write_site(OLD, output, force=True)
    assert not (output / "queue").exists()


def test_empty_folders_give_way_to_a_file(output):
    write_site(OLD, output)
    (output / "about/one/two").mkdir(parents=True)
    write_site({**OLD, "about": b"file"}, output)
    assert site_in(output) == {**OLD, "about": b"file"}


def test_files_that_may_only_be_read_are_replaced_and_removed(output):
    write_site(OLD, output)
    for path in output.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    write_site(NEW, output)
    assert site_in(output) == NEW


def test_an_output_that_is_a_link_stays_one_and_its_folder_gets_the_site(tmp_path):
    elsewhere = tmp_path / "web" / "public"
    elsewhere.mkdir(parents=True)
    (tmp_path / "dist").symlink_to(elsewhere)
    write_site(OLD, tmp_path / "dist")
    write_site(NEW, tmp_path / "dist")
    assert (tmp_path / "dist").is_symlink()
    assert site_in(elsewhere) == NEW
    assert sorted(path.name for path in (tmp_path / "web").iterdir()) == ["public"]


def test_a_cache_that_leads_elsewhere_is_neither_read_nor_cleared(site, tmp_path):
    treasure = tmp_path / "pictures" / "holiday.png"
    treasure.parent.mkdir()
    treasure.write_bytes(b"the sea")
    (site.root / ".cache").mkdir()
    (site.root / ".cache/pictures").symlink_to(treasure.parent)
    build_site(site.root, tmp_path / "dist")
    assert [path.name for path in treasure.parent.iterdir()] == ["holiday.png"]
    assert [path.name for path in (site.root / ".cache").iterdir()] == ["pictures"]

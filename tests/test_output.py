"""What a build does to its output folder: it writes what differs, removes what is its own, and moves whole."""

import json
from pathlib import Path

import pytest

from claimdeck.model.problems import UsageError
from claimdeck.write.output import Staging, Written, finish_move, move_is_unfinished, refuse_unsafe

OLD = {"index.html": b"old home", "claims/one/index.html": b"one", "static/site.css": b"body {}"}
NEW = {"index.html": b"new home", "claims/two/index.html": b"two", "static/site.css": b"body {}"}


def write_site(files: dict[str, bytes], output: Path, force: bool = False) -> Written:
    """Make *output* hold *files*, as a build does that finds nothing wrong."""
    staging = Staging(output, force)
    return staging.finish({path: staging.put(path, content) for path, content in files.items()})


@pytest.fixture
def output(tmp_path) -> Path:
    return tmp_path / "dist"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "digests.json"
    }


def stage_move(output: Path) -> list[str]:
    """Bring *output* from OLD to where a build of NEW was stopped before its first rename; return the renames."""
    write_site(NEW, output.with_name("finished"))
    write_site(OLD, output)
    changed = ["claims/two/index.html", "digests.json", "index.html"]
    staging = output.with_name("dist.next")
    for path in changed:
        staged = staging / "files" / path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes((output.with_name("finished") / path).read_bytes())
    (staging / "journal").write_text(json.dumps({"write": changed, "remove": ["claims/one/index.html"]}))
    return changed


def test_the_first_build_writes_every_file(output):
    done = write_site(OLD, output)
    assert contents(output) == OLD
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
    assert contents(output) == {"index.html": b"abd"}


def test_what_somebody_else_changed_is_restored(output):
    write_site(OLD, output)
    (output / "index.html").write_bytes(b"meddled")
    write_site(OLD, output)
    assert contents(output) == OLD


def test_stale_files_go_and_the_folders_that_they_leave_empty(output):
    write_site(OLD, output)
    write_site(NEW, output)
    assert contents(output) == NEW
    assert not (output / "claims/one").exists()


def test_a_build_leaves_no_staging_folder(output):
    write_site(OLD, output)
    write_site(NEW, output)
    assert not output.with_name("dist.next").exists()


def test_a_file_becomes_a_folder_and_a_folder_a_file(output):
    write_site({"about": b"file", "topics/index.html": b"folder"}, output)
    write_site({"about/index.html": b"folder", "topics": b"file"}, output)
    assert contents(output) == {"about/index.html": b"folder", "topics": b"file"}


def test_a_folder_with_files_of_others_is_refused_and_left_alone(output):
    output.mkdir()
    (output / "diary.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"diary\.txt.*--force"):
        write_site(OLD, output)
    assert contents(output) == {"diary.txt": b"mine"}


def test_a_file_of_others_in_an_own_folder_is_refused_too(output):
    write_site(OLD, output)
    (output / "CNAME").write_text("example.org")
    with pytest.raises(UsageError, match="CNAME"):
        write_site(NEW, output)
    assert contents(output) == {**OLD, "CNAME": b"example.org"}


def test_with_force_files_of_others_are_removed(output):
    output.mkdir()
    (output / "diary.txt").write_text("mine")
    write_site(OLD, output, force=True)
    assert contents(output) == OLD


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


@pytest.mark.parametrize("renames", range(4))
def test_a_move_stopped_after_any_rename_is_finished_later(output, renames):
    changed = stage_move(output)
    for path in changed[:renames]:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output.with_name("dist.next") / "files" / path).rename(output / path)
    assert move_is_unfinished(output)
    assert finish_move(output)
    assert contents(output) == NEW
    assert not output.with_name("dist.next").exists()
    assert not move_is_unfinished(output)


def test_a_move_stopped_after_its_last_removal_is_finished_later(output):
    changed = stage_move(output)
    for path in changed:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output.with_name("dist.next") / "files" / path).rename(output / path)
    (output / "claims/one/index.html").unlink()
    assert finish_move(output)
    assert contents(output) == NEW
    assert not (output / "claims/one").exists()


def test_after_a_finished_move_the_output_is_all_its_own(output):
    stage_move(output)
    finish_move(output)
    assert write_site(NEW, output).written == 0


def test_what_was_only_being_staged_is_dropped(output):
    write_site(OLD, output)
    staged = output.with_name("dist.next") / "files" / "index.html"
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"half")
    assert not move_is_unfinished(output)
    assert not finish_move(output)
    assert contents(output) == OLD
    assert not output.with_name("dist.next").exists()


@pytest.mark.parametrize(
    "place",
    ["", "content", "content/claims", "static/new", "templates", "..", "../..", "site.yaml", "content/../static"],
)
def test_an_output_inside_the_sources_or_around_the_site_is_refused(tmp_path, place):
    root = tmp_path / "desk" / "site"
    (root / "content").mkdir(parents=True)
    (root / "site.yaml").write_text("title: A site")
    with pytest.raises(UsageError):
        refuse_unsafe(root / place, root)


@pytest.mark.parametrize("place", [Path("/"), Path.home()])
def test_the_root_of_the_disk_and_the_home_folder_are_no_output(tmp_path, place):
    with pytest.raises(UsageError):
        refuse_unsafe(place, tmp_path)


def test_a_link_into_the_sources_is_seen_through(tmp_path):
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "innocent").symlink_to(tmp_path / "site/content")
    with pytest.raises(UsageError):
        refuse_unsafe(tmp_path / "innocent", tmp_path / "site")


@pytest.mark.parametrize("place", ["dist", "public", "build/site", "../elsewhere"])
def test_any_other_folder_will_do(tmp_path, place):
    root = tmp_path / "site"
    root.mkdir()
    refuse_unsafe(root / place, root)
    write_site(OLD, root / place)
    assert contents(root / place) == OLD


def test_a_link_in_the_place_of_the_staging_folder_is_refused(tmp_path):
    (tmp_path / "dist.next").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="is a link"):
        refuse_unsafe(tmp_path / "dist", tmp_path / "site")

"""A move that was stopped is finished later, whatever was left of it; no journal leads out of the output."""

import json
from pathlib import Path

import pytest

from claimdeck.model.problems import RefusedError
from claimdeck.write.move import finish_move, move_is_unfinished, staged_at, write_journal
from tests.small_outputs import (
    MOVED,
    NEW,
    OLD,
    STALE,
    contents,
    site_in,
    stage,
    stage_move,
    write_journal_by_hand,
    write_site,
)

TREASURE = {"treasure.txt": b"mine", "folder/treasure.txt": b"mine too"}


@pytest.fixture
def output(tmp_path) -> Path:
    return tmp_path / "site" / "dist"


@pytest.fixture
def outside(tmp_path) -> Path:
    """Return a folder beside everything, with files of somebody else."""
    for path, content in TREASURE.items():
        (tmp_path / "outside" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "outside" / path).write_bytes(content)
    return tmp_path / "outside"


@pytest.mark.parametrize("renames", range(4))
def test_a_move_stopped_after_any_rename_is_finished_later(output, renames):
    changed = stage_move(output)
    for path in changed[:renames]:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        staged_at(output.with_name("dist.next"), path).rename(output / path)
    assert move_is_unfinished(output)
    assert finish_move(output)
    assert site_in(output) == NEW
    assert not move_is_unfinished(output)


def test_a_move_stopped_after_its_last_removal_is_finished_later(output):
    changed = stage_move(output)
    for path in changed:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        staged_at(output.with_name("dist.next"), path).rename(output / path)
    (output / "claims/one/index.html").unlink()
    assert finish_move(output)
    assert site_in(output) == NEW
    assert not (output / "claims/one").exists()


def test_after_a_finished_move_the_output_is_all_its_own(output):
    stage_move(output)
    finish_move(output)
    assert write_site(NEW, output).written == 0


def test_what_was_only_being_staged_is_dropped(output):
    write_site(OLD, output)
    stage(output, "index.html", b"half")
    assert not move_is_unfinished(output)
    assert not finish_move(output)
    assert site_in(output) == OLD
    assert [path.name for path in output.with_name("dist.next").iterdir()] == ["lock"]


@pytest.mark.parametrize("left", range(0, 90, 9))
def test_a_journal_that_was_cut_short_moves_and_loses_nothing(output, left):
    stage_move(output)
    journal = output.with_name("dist.next") / "journal"
    journal.write_bytes(journal.read_bytes()[:left])
    assert finish_move(output)
    assert site_in(output) == OLD
    write_site(NEW, output)
    assert site_in(output) == NEW


@pytest.mark.parametrize("text", ["[]", "3", '{"write": 3, "remove": []}', '{"write": []}', "[" * 100_000, "\0"])
def test_a_journal_of_another_shape_is_forgotten(output, text):
    stage_move(output)
    (output.with_name("dist.next") / "journal").write_text(text)
    assert finish_move(output)
    assert site_in(output) == OLD


OUTWARD = [
    "../../outside/treasure.txt",
    "claims/../../../outside/treasure.txt",
    "..",
    "claims/one/index.html/../../../../../outside/treasure.txt",
    "..\\treasure.txt",
    "",
    ".",
    "./index.html",
    "//outside",
    "a\0b",
]


@pytest.mark.parametrize("path", [*OUTWARD, "an absolute one"])
@pytest.mark.parametrize("list_", ["write", "remove"])
def test_a_journal_that_leads_out_of_the_output_is_not_believed(output, outside, path, list_):
    stage_move(output)
    path = str(outside / "treasure.txt") if path == "an absolute one" else path
    lists = {"write": MOVED, "remove": STALE}
    write_journal_by_hand(output, **{**lists, list_: [*lists[list_], path]})
    assert finish_move(output)
    assert contents(outside) == TREASURE
    assert site_in(output) == OLD


def test_nothing_is_moved_that_a_staged_link_leads_to_nor_the_link(output, outside):
    stage_move(output)
    staged_at(output.with_name("dist.next"), "one.txt").symlink_to(outside / "treasure.txt")
    staged_at(output.with_name("dist.next"), "folder").symlink_to(outside)
    write_journal_by_hand(output, ["folder", "one.txt", *MOVED], STALE)
    finish_move(output)
    assert contents(outside) == TREASURE
    assert site_in(output) == NEW


def test_nothing_is_moved_out_of_a_folder_in_the_place_of_what_is_staged(output, outside):
    stage_move(output)
    files = output.with_name("dist.next") / "files"
    for path in files.iterdir():
        path.rename(outside / path.name)
    here = contents(outside)
    files.rmdir()
    files.symlink_to(outside)
    finish_move(output)
    assert contents(outside) == here


def test_nothing_is_removed_through_a_link_in_the_output(output, outside):
    stage_move(output)
    (output / "away").symlink_to(outside)
    write_journal_by_hand(output, MOVED, ["away/treasure.txt", *STALE])
    finish_move(output)
    assert contents(outside) == TREASURE


def test_nothing_is_written_through_a_link_in_the_output(output, outside):
    stage_move(output)
    (output / "claims").rename(output.with_name("claims"))
    (output / "claims").symlink_to(outside)
    with pytest.raises(RefusedError, match=r"dist/claims is a link"):
        finish_move(output)
    assert contents(outside) == TREASURE
    (output / "claims").unlink()
    finish_move(output)
    assert site_in(output) == NEW


def test_staged_files_in_a_link_are_not_touched(output, outside):
    write_site(OLD, output)
    stage(output, "index.html", b"half").unlink()
    (output.with_name("dist.next") / "files").rmdir()
    (output.with_name("dist.next") / "files").symlink_to(outside)
    finish_move(output)
    assert contents(outside) == TREASURE
    write_site(NEW, output)
    assert contents(outside) == TREASURE
    assert site_in(output) == NEW


def test_what_stands_in_the_place_of_a_folder_is_told_and_the_move_goes_on_without_it(output):
    stage_move(output)
    (output / "claims/two").write_bytes(b"a file")
    with pytest.raises(RefusedError, match=r"claims/two cannot be written .* Move away"):
        finish_move(output)
    (output / "claims/two").unlink()
    finish_move(output)
    assert site_in(output) == NEW


@pytest.mark.parametrize("stale", ["CLAIMS/two/index.html", "claims/Two/index.html", "Index.html", "INDEX.HTML/x"])
def test_a_name_that_some_systems_do_not_tell_from_a_new_one_goes_before_that_comes(output, stale):
    """Where the two are one file, what is removed later would be the new one."""
    stage_move(output)
    (output / stale).parent.mkdir(parents=True, exist_ok=True)
    (output / stale).write_bytes(b"stale")
    write_journal_by_hand(output, MOVED, [*STALE, stale])
    blocked = output / "claims/two/index.html"  # is moved first; a full folder there stops the move before that
    (blocked / "full").mkdir(parents=True)
    (blocked / "full/file").touch()
    with pytest.raises(RefusedError):
        finish_move(output)
    assert not (output / stale).exists()
    assert (output / STALE[0]).exists()
    (blocked / "full/file").unlink()
    finish_move(output)
    (output / stale).parent.mkdir(parents=True, exist_ok=True)
    assert site_in(output) == NEW


def test_what_had_the_place_of_a_file_is_not_removed_again_once_that_has_come(output):
    """On such a system the new file has the old one's name; a move that is finished later must not remove it."""
    stage_move(output)
    write_journal_by_hand(output, MOVED, [*STALE, "INDEX.html"])
    staged_at(output.with_name("dist.next"), "index.html").rename(output / "index.html")
    (output / "INDEX.html").write_bytes(b"the same file, as it were")
    finish_move(output)
    assert (output / "INDEX.html").exists()


def test_thousands_of_stale_files_beside_thousands_of_new_ones_are_told_apart_at_once(output):
    """By comparing each with each, it would take minutes."""
    new = {f"claims/new-{number}/index.html": b"" for number in range(1500)}
    write_site({f"claims/old-{number}/index.html": b"" for number in range(1500)}, output)
    write_site(new, output)
    assert set(site_in(output)) == set(new)


def test_a_journal_is_what_it_was_told(tmp_path):
    write_journal(tmp_path, ["a", "ü"], ["b"])
    assert json.loads((tmp_path / "journal").read_text()) == {"write": ["a", "ü"], "remove": ["b"]}
    assert [path.name for path in tmp_path.iterdir()] == ["journal"]

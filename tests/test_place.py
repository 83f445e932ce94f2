"""Where a build may put its site, and where not."""

from pathlib import Path

import pytest

from claimdeck.model.problems import UsageError
from claimdeck.read.static import PROJECT
from claimdeck.write.place import refuse_unsafe
from tests.small_outputs import OLD, site_in, write_site


@pytest.mark.parametrize(
    "place",
    [
        *("", "content", "content/claims", "static/new", "static/root", "templates", "..", "../..", "site.yaml"),
        *("content/../static", ".git", ".git/hooks", ".cache", ".cache/pictures", "Static", "TEMPLATES/x", "claimdeck"),
    ],
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
    assert site_in(root / place) == OLD


def test_a_link_in_the_place_of_the_staging_folder_is_refused(tmp_path):
    (tmp_path / "dist.next").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="is a link"):
        refuse_unsafe(tmp_path / "dist", tmp_path / "site")


@pytest.mark.parametrize("place", ["", "content", "templates/new", "static", "claimdeck/write", ".git/x", ".."])
def test_the_project_is_no_output_of_a_site_elsewhere(tmp_path, place):
    with pytest.raises(UsageError):
        refuse_unsafe(PROJECT / place, tmp_path)


@pytest.mark.parametrize("place", ["shared", "shared/cards", "shared/cards/new", "conf"])
def test_sources_that_are_linked_in_from_elsewhere_are_no_output(tmp_path, place):
    for folder in ("site", "conf", "shared/cards"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "conf/site.yaml").touch()
    (tmp_path / "site/content").symlink_to(tmp_path / "shared/cards")
    (tmp_path / "site/site.yaml").symlink_to(tmp_path / "conf/site.yaml")
    with pytest.raises(UsageError):
        refuse_unsafe(tmp_path / place, tmp_path / "site")


def test_what_holds_the_home_folder_is_no_output(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "people/me"))
    with pytest.raises(UsageError):
        refuse_unsafe(tmp_path / "people", tmp_path / "site")
    refuse_unsafe(tmp_path / "people/me/public", tmp_path / "site")


@pytest.mark.parametrize("place", ["linked/dist", "linked/../dist", "site/../site/content"])
def test_a_parent_that_is_a_link_is_seen_through(tmp_path, place):
    (tmp_path / "site/content/claims").mkdir(parents=True)
    (tmp_path / "linked").symlink_to(tmp_path / "site/content/claims")
    with pytest.raises(UsageError):
        refuse_unsafe(tmp_path / place, tmp_path / "site")


def test_a_site_whose_folder_is_named_as_that_of_a_build_is_not_taken_for_one(tmp_path):
    root = tmp_path / "site.next"
    (root / "content").mkdir(parents=True)
    with pytest.raises(UsageError, match="in the way"):
        refuse_unsafe(tmp_path / "site", root)


@pytest.mark.parametrize("name", ["files/diary.txt", "diary.txt", "journal"])
def test_a_folder_of_others_in_the_place_of_the_staging_folder_is_refused(tmp_path, name):
    diary = tmp_path / "dist.next" / name
    diary.parent.mkdir(parents=True)
    diary.write_text("mine")
    with pytest.raises(UsageError, match="in the way"):
        refuse_unsafe(tmp_path / "dist", tmp_path / "site")


def test_a_file_in_the_place_of_the_staging_folder_is_refused(tmp_path):
    (tmp_path / "dist.next").touch()
    with pytest.raises(UsageError, match="in the way"):
        refuse_unsafe(tmp_path / "dist", tmp_path / "site")


def test_what_a_build_began_beside_the_folder_that_a_link_leads_to_is_looked_for_there(tmp_path):
    (tmp_path / "web/public").mkdir(parents=True)
    (tmp_path / "web/public.next").touch()
    (tmp_path / "dist").symlink_to(tmp_path / "web/public")
    with pytest.raises(UsageError, match=r"public\.next is in the way"):
        refuse_unsafe(tmp_path / "dist", tmp_path / "site")


@pytest.mark.parametrize("left", [[], ["lock"], ["lock", "journal"], ["lock", "files"]])
def test_what_an_earlier_build_left_is_no_hindrance(tmp_path, left):
    (tmp_path / "dist.next").mkdir()
    for name in left:
        (tmp_path / "dist.next" / name).touch()
    refuse_unsafe(tmp_path / "dist", tmp_path / "site")


def test_a_disk_of_its_own_is_no_output(tmp_path):
    """No file can be renamed from one disk to another."""
    with pytest.raises(UsageError, match=r"disk of its own.*--output"):
        refuse_unsafe(Path("/dev/shm") if Path("/dev/shm").is_mount() else Path("/dev"), tmp_path)

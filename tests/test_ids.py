"""New ids: which a card may be given, and why not the others.  What `rename` makes of them: test_rename.py."""

import pytest

from claimdeck.desk.ids import new_id_fault, path_of
from claimdeck.model.lock import Lock
from claimdeck.read.content import read_content


def fault(site, kind, id_, lock=None, owner=""):
    return new_id_fault(site.root, read_content(site.root / "content")[0], lock or Lock(), kind, id_, owner=owner)


def test_a_card_stands_in_the_folder_of_its_kind():
    assert path_of("claim", "ferry") == "content/claims/ferry.yaml"
    assert path_of("page", "about") == "content/pages/about.md"


@pytest.mark.parametrize("kind", ["claim", "source", "claimant", "topic"])
def test_an_id_that_was_never_used_is_free(site, kind):
    assert fault(site, kind, "ferry") == ""


@pytest.mark.parametrize("id_", ["Ferry", "../ferry", "a/b", "", ".", "page", "a" * 101, "ferry.yaml"])
def test_what_cannot_be_an_id_is_refused(site, id_):
    assert "id." in fault(site, "claim", id_)


def test_unknown_can_be_no_claimant(site):
    assert fault(site, "claimant", "unknown") == "“unknown” is a reserved id. Give the file another name."


def test_an_id_of_a_living_or_withdrawn_card_is_refused(site):
    site.write("content/claims/fell.yaml", "short: It fell\nwithdrawn: {on: 2030-05-10, note: No.}\n")
    assert fault(site, "claim", "bridge-cost").startswith("there is a claim “bridge-cost”.")
    assert fault(site, "claim", "fell").startswith("there is a withdrawn claim “fell”.")


def test_an_alias_is_refused_to_all_but_the_card_that_bore_it(site):
    site.claim(aliases="[old-bridge]")
    assert fault(site, "claim", "old-bridge").startswith("“old-bridge” is an old id of claim “bridge-cost”.")
    assert fault(site, "claim", "old-bridge", owner="bridge-cost") == ""


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        (Lock(redirects=("claims/ferry/",)), "recorded as an old id"),
        (Lock(addresses=("claims/ferry/",)), "recorded as the id of a card that is gone"),
    ],
)
def test_a_recorded_address_is_never_used_again(site, lock, said):
    assert said in fault(site, "claim", "ferry", lock)
    assert fault(site, "topic", "ferry", lock) == ""


def test_a_file_that_cannot_be_read_is_in_the_way_too(site):
    site.write("content/topics/ferry.yaml", "name: [\n")
    assert fault(site, "topic", "ferry") == "there is a file content/topics/ferry.yaml already."


def test_a_folder_that_leads_out_of_content_takes_no_card(site):
    elsewhere = site.root.parent / "elsewhere"
    elsewhere.mkdir()
    (site.root / "content/pages").symlink_to(elsewhere)
    assert fault(site, "page", "ferry") == "content/pages leads out of content/. Put the folder itself there."

"""The files that a command was asked about: by their path from here or from the site, or a folder of them."""

from pathlib import Path

import pytest

from claimdeck.desk.chosen import chosen_files
from claimdeck.model.problems import UsageError

CARD, OTHER = "content/claims/bridge-cost.yaml", "content/sources/article-a.yaml"


@pytest.mark.parametrize("files", [[Path(CARD)], [Path("content/claims")], [Path("content/claims/")]])
def test_a_file_and_the_folder_it_lies_in_are_that_file(site, files):
    is_chosen = chosen_files(site.root, files)
    assert is_chosen(CARD)
    assert not is_chosen(OTHER)
    assert not is_chosen("content/claims-of-others/bridge-cost.yaml")


def test_an_absolute_path_is_taken_and_of_none_all_are_chosen(site):
    assert chosen_files(site.root, [site.root / CARD])(CARD)
    for nothing in ([], [Path()], [site.root]):
        assert chosen_files(site.root, nothing)(OTHER)


@pytest.mark.parametrize("file", ["content/claims/gone.yaml", "..", "/"])
def test_what_is_no_file_of_the_site_is_said(site, file):
    with pytest.raises(UsageError, match="there is no file"):
        chosen_files(site.root, [Path(file)])

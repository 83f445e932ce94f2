"""What the build server holds against each other: the digests of sites built on many systems."""

import json

import pytest
import site_digests

from tests.conftest import SITES


def test_the_digests_of_a_site_are_those_that_it_publishes():
    digests = site_digests.digests_of(SITES / "good/minimal")
    assert {"minimal/index.html", "minimal/static/site.css"} <= set(digests)
    assert all(len(digest) == 64 for digest in digests.values())
    assert site_digests.digests_of(SITES / "good/minimal") == digests


def test_files_that_differ_between_systems_are_told_with_the_systems(tmp_path, capsys):
    told = {"linux": {"a/x": "11", "a/y": "22"}, "mac": {"a/x": "11"}, "win": {"a/x": "33"}}
    for system, digests in told.items():
        (tmp_path / system).mkdir()
        (tmp_path / system / "digests.json").write_text(json.dumps(digests), encoding="utf-8")
    assert site_digests.main(["compare", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "a/x: 11 linux, mac; 33 win\na/y: 22 linux; missing mac, win\n"


def test_systems_that_agree_are_named_and_one_alone_proves_nothing(tmp_path, capsys):
    for system, code in (("linux", 1), ("mac", 0)):
        (tmp_path / system).mkdir()
        (tmp_path / system / "digests.json").write_text('{"a/x": "11"}', encoding="utf-8")
        assert site_digests.main(["compare", str(tmp_path)]) == code
    assert capsys.readouterr().out.endswith("The same files on linux, mac.\n")


def test_many_differences_are_counted():
    told = {"linux": {f"{number:03}": "11" for number in range(30)}, "mac": {}}
    lines = site_digests.differences(told)
    assert len(lines) == site_digests.MOST_TOLD + 1
    assert lines[-1] == "… and 10 more files."


@pytest.mark.parametrize("words", [[], ["write"], ["compare"], ["burn", "it"]])
def test_bad_usage_is_told(words, capsys):
    assert site_digests.main(words) == 2
    assert "compare DIR" in capsys.readouterr().err

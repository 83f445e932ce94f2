"""The cache of cards: what did not change is not parsed again, and what is in it never changes what a card says."""

import os
import shutil
import sqlite3

import pytest

from claimdeck.cli import main
from claimdeck.pipeline import CACHE, CARDS, judge_site, remembered
from claimdeck.read.cache import CardCache
from claimdeck.read.content import read_content

CARD = "content/claims/bridge-cost.yaml"


class LaterCache(CardCache):
    """A cache that reads a minute later, when what was just written has settled."""

    def begin(self):
        super().begin()
        self.now += 60_000_000_000


def saved(site):
    """Return the cache of *site* after a reading that was saved."""
    cache = LaterCache(site.root / CARDS)
    read_content(site.root / "content", cache)
    cache.save()
    return cache


def read(site):
    """Return the content of *site* as a new run reads it, and how many of its files were parsed."""
    cache = LaterCache(site.root / CARDS)
    content, problems = read_content(site.root / "content", cache)
    return content, problems, len(cache.fresh)


@pytest.fixture
def settled(site):
    """The small site, its files old enough, with a saved cache."""
    saved(site)
    return site


def test_what_did_not_change_is_not_parsed_again_and_says_the_same(settled):
    afresh, _ = read_content(settled.root / "content")
    content, problems, parsed = read(settled)
    assert (problems, parsed) == ([], 0)
    for (kind, known), (_, new) in zip(content.files(), afresh.files(), strict=True):
        assert known.card == new.card, kind
        assert known.places.of("claim") == new.places.of("claim")
        assert known.places.of_key("name") == new.places.of_key("name")
        assert (known.id, known.path, known.damaged, known.digest) == (new.id, new.path, new.damaged, new.digest)


def test_an_edit_is_seen_even_if_size_and_time_are_as_before(settled):
    path = settled.root / CARD
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("4 million crowns", "5 million crowns"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    content, _, parsed = read(settled)
    assert "5 million" in content.claims["bridge-cost"].card.claim
    assert parsed == 1


def test_a_file_that_changed_just_now_is_not_trusted_by_its_times(settled):
    settled.claim("bridge-cost", claim="Once.")
    cache = CardCache(settled.root / CARDS)
    read_content(settled.root / "content", cache)
    cache.save()
    assert cache.cards[CARD].signature == ""
    assert read(settled)[2] == 1


def test_a_deleted_card_is_forgotten_and_a_new_one_found(settled):
    settled.remove(CARD)
    settled.claim("other")
    saved(settled)
    with sqlite3.connect(settled.root / CARDS) as file:
        names = {name for (name,) in file.execute("SELECT name FROM cards")}
    assert CARD not in names
    assert set(read(settled)[0].claims) == {"other"}


def test_a_card_with_a_problem_is_read_anew_each_time(settled):
    settled.claim("bridge-cost", reviewed="2030-02-30")
    saved(settled)
    assert [problem.code for problem in read(settled)[1]] == ["CD012"]
    assert [problem.code for problem in read(settled)[1]] == ["CD012"]


def test_a_copied_cache_knows_nothing(settled, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(settled.root, copy)
    cache = LaterCache(copy / CARDS)
    with sqlite3.connect(copy / CARDS) as file:
        file.execute("UPDATE cards SET value = replace(value, '4 million', '400 million')")
    content, _ = read_content(copy / "content", cache)
    assert content.claims["bridge-cost"].card.claim == "The new bridge cost 4 million crowns."


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_damaged_cache_is_an_empty_one(settled, damage):
    (settled.root / CARDS).write_bytes(damage)
    content, problems, parsed = read(settled)
    assert (set(content.claims), problems, parsed) == ({"bridge-cost"}, [], 4)
    saved(settled)
    assert read(settled)[2] == 0


def test_a_damaged_entry_is_parsed_anew(settled):
    with sqlite3.connect(settled.root / CARDS) as file:
        file.execute("UPDATE cards SET value = '{' WHERE name = ?", (CARD,))
    assert read(settled)[0].claims["bridge-cost"].card.short == "The bridge cost 4 million"


def test_a_cache_of_another_generator_is_emptied(settled):
    with sqlite3.connect(settled.root / CARDS) as file:
        file.execute("PRAGMA user_version = 1")
    assert read(settled)[2] == 4


def test_a_card_that_cannot_be_read_is_gone_but_for_a_preview(site):
    for keeps_last in (False, True):
        site.claim("bridge-cost")
        cache = CardCache(keeps_last=keeps_last)
        read_content(site.root / "content", cache)
        site.write(CARD, "claim: [")
        content, problems = read_content(site.root / "content", cache)
        assert [problem.code for problem in problems] == ["CD002"]
        assert ("bridge-cost" in content.claims) == keeps_last
        assert content.unread == {("claim", "bridge-cost")}


def test_checking_begins_no_cache_and_uses_one_that_is_there(site):
    assert remembered(site.root).cards.path is None
    (site.root / CACHE).mkdir()
    memory = remembered(site.root)
    assert memory.cards.path == site.root / CARDS
    judge_site(site.root, memory=memory)
    memory.cards.save()
    assert not (site.root / CARDS).exists()  # nothing is settled yet


def test_where_the_cache_cannot_be_written_nothing_is_lost(settled):
    shutil.rmtree(settled.root / CACHE)
    (settled.root / CACHE).write_text("a file in its place")
    cache = CardCache(settled.root / CARDS)
    content, problems = read_content(settled.root / "content", cache)
    cache.save()
    assert (set(content.claims), problems) == ({"bridge-cost"}, [])


def test_a_cache_that_leads_elsewhere_is_not_used(site, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site.root / CACHE).symlink_to(elsewhere)
    assert remembered(site.root).cards.path is None
    assert main(["build", "--root", str(site.root), "--output", str(tmp_path / "dist")]) == 0
    assert list(elsewhere.iterdir()) == []

"""A cache that somebody else made, and committed, can take nothing away, lead nowhere, and hold nothing up."""

import json
import sqlite3
import time

import pytest

from claimdeck.pipeline import CACHE, CARDS, FILES, build_site
from claimdeck.write.memo import TABLES
from claimdeck.write.standing import STATE, standing

ENDLESS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT"
ENDLESS_VIEWS = {
    CARDS: f"CREATE VIEW cards AS {ENDLESS} n AS name, '' AS signature, x'' AS digest, '' AS value FROM numbers",
    FILES: f"CREATE VIEW shared AS {ENDLESS} n AS told FROM numbers",
}
HUGE = {
    CARDS: "CREATE TABLE cards (name TEXT, signature TEXT, digest BLOB AS (zeroblob(900000000)), value TEXT)",
    FILES: "CREATE TABLE shared (told BLOB AS (zeroblob(900000000)), more TEXT)",
}


@pytest.fixture
def cache(site):
    """The folder of the cache, empty."""
    folder = site.root / CACHE
    folder.mkdir()
    return folder


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("made", [ENDLESS_VIEWS, HUGE], ids=["endless", "huge"])
@pytest.mark.parametrize("name", [CARDS, FILES])
def test_a_database_that_reckons_is_not_asked_and_is_made_anew(site, name, made):
    with sqlite3.connect(site.root / name) as file:
        file.execute(made[name])
    file.close()
    time.sleep(0.01)
    for _ in range(2):  # the first build takes it away
        build_site(site.root, site.root.parent / "dist")
    with sqlite3.connect(site.root / name) as file:
        known = {sql for (sql,) in file.execute("SELECT sql FROM sqlite_master")}
    file.close()
    assert made[name] not in known
    assert name == CARDS or known == {*TABLES.values()}


@pytest.mark.parametrize("name", ["pictures", "cards.sqlite", "files.sqlite", "standing.json"])
def test_nothing_is_written_or_taken_away_where_the_cache_leads_elsewhere(site, cache, name):
    elsewhere = site.root.parent / "elsewhere"
    elsewhere.mkdir()
    with sqlite3.connect(elsewhere / "theirs.sqlite") as file:
        file.execute("CREATE TABLE cards (precious TEXT)")
    file.close()
    (elsewhere / "letter.txt").write_text("precious")
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    (cache / name).symlink_to(elsewhere if name == "pictures" else elsewhere / "theirs.sqlite")
    build_site(site.root, site.root.parent / "dist")
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("text", ["[" * 100_000, "1" * 100_000, json.dumps({"asked": []}), "\x00"])
def test_a_state_that_somebody_wrote_is_none(site, text):
    (site.root / STATE).write_text(text)
    assert standing(site.root, site.root.parent / "dist", "asked") is None

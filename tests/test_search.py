"""The index of the search, read back as the script in the browser reads it."""

import gzip
import json
import re
from dataclasses import replace
from itertools import accumulate

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.search import BLOCK, SHARDS, UNDIVIDED, search_files
from claimdeck.present.views import Views
from claimdeck.present.word_index import words_in

HOME = Home.at("https://example.org/bridge-file/")
LARGEST = 60_000  # bytes, compressed: what a query may fetch at once


def read(files, name: str):
    return json.loads(files[f"search/{name}.json"])


def entries(files) -> list[dict[str, str]]:
    """Return all entries by their numbers."""
    blocks = sum(path.startswith("search/entries-") for path in files)
    return [entry for block in range(blocks) for entry in read(files, f"entries-{block}")]


def found(files, query: str) -> set[str]:
    """Return the addresses to which every word of *query* leads; all words stand in one file."""
    index, all_entries = read(files, "words-0"), entries(files)
    numbers = [{code >> 1 for code in accumulate(index.get(word, []))} for word in words_in(query)]
    return {all_entries[number]["href"].removeprefix(HOME.base) for number in set.intersection(*numbers)}


def choices(files, name: str) -> dict[str, tuple[str, set[str]]]:
    """Return the choices of a facet by id: their labels, and the addresses that they leave."""
    hrefs = [entry["href"].removeprefix(HOME.base) for entry in entries(files)]
    return {id_: (label, {hrefs[number] for number in accumulate(steps)}) for id_, label, steps in read(files, name)}


def copies(deck, total: int):
    """Return *deck* with its one claim *total* times over."""
    (claim,) = deck.claims.values()
    ids = [f"claim-{number:04}" for number in range(total)]
    return replace(deck, claims={id_: replace(claim, id=id_, file=replace(claim.file, id=id_)) for id_ in ids})


@pytest.fixture
def rich(site):
    """A small site whose claim has all that can be looked for."""
    site.claimant("mayor", name="Ángela Novák", short="Novák", also_known_as="[the First Citizen]")
    site.claimant("outlet-a", name="The Riverton Outlet", short="Outlet A", kind="outlet")
    site.source("article-a", authors="[Jo Quill]", summary="The document weighs iron.")
    site.claim(
        "bridge-cost",
        places="[Riverton]",
        evidence=["{source: article-a, stance: supports, via: [mayor], quote: Die Brücke, translation: The span}"],
    )
    site.write(
        "content/pages/about.md", "---\ntitle: About us\n---\nWe count **pylons** & [bridges](claim:bridge-cost).\n"
    )
    site.write("content/topics/bridge.yaml", "name: The bridge\ndescription: What spans the water.\n")
    return site


def test_claims_come_as_their_list_has_them_then_sources_claimants_topics_and_pages(rich):
    rich.claim("newer", reviewed="2030-05-04")
    rich.claim("another")
    rich.source("article-b", published="2030-05-03")
    files = rich.render()
    hrefs = [entry["href"].removeprefix(HOME.base) for entry in entries(files)]
    assert hrefs == [
        *("claims/newer/", "claims/another/", "claims/bridge-cost/", "sources/article-b/", "sources/article-a/"),
        *("claimants/outlet-a/", "claimants/mayor/", "topics/bridge/", "about/"),
    ]
    listed = re.findall('entry__title"><a href="([^"]*)"', files["claims/index.html"].decode().split("data-list")[1])
    assert listed == [HOME.base + href for href in hrefs[:3]]


def test_an_entry_holds_what_the_list_shows_of_the_claim(rich):
    rich.claim("bridge-cost", language="fa", short="پل")
    assert entries(rich.render())[0] == {
        "kind": "claim",
        "status": "unverified",
        "href": "/bridge-file/claims/bridge-cost/",
        "title": "پل",
        "language": "fa",
        "direction": "rtl",
        "because": "Nobody shows how it is known.",
        "meta": "1 source · 1 origin · reviewed 3 May 2030",
    }


@pytest.mark.parametrize(
    "query",
    [
        *(
            "bridge-cost",
            "new crowns",
            "cost 4 million",
            "nobody shows",
            "Die Brücke",
            "brucke",
            "the span",
            "Riverton",
        ),
        *("the bridge", "Ángela", "novak", "riverton outlet", "Outlet A", "MILLION span angela"),
    ],
)
def test_a_claim_is_found_by_its_words_quotes_places_topics_and_names(rich, query):
    assert "claims/bridge-cost/" in found(rich.render(), query)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        *(("weighs iron", "sources/article-a/"), ("what the bridge cost", "sources/article-a/")),
        *(("Jo Quill", "sources/article-a/"), ("outlet iron", "sources/article-a/")),
        *(("first citizen", "claimants/mayor/"), ("angela novak", "claimants/mayor/")),
        *(("spans the water", "topics/bridge/"), ("pylons", "about/"), ("about us bridges", "about/")),
    ],
)
def test_sources_claimants_topics_and_pages_are_found_too(rich, query, address):
    assert address in found(rich.render(), query)


def test_a_word_says_whether_it_stands_in_the_name(rich):
    files = rich.render()
    hrefs = [entry["href"].removeprefix(HOME.base) for entry in entries(files)]
    named = {hrefs[code >> 1]: code & 1 for code in accumulate(read(files, "words-0")["bridge"])}
    assert named == {"claims/bridge-cost/": 1, "sources/article-a/": 1, "topics/bridge/": 1}
    assert list(accumulate(read(files, "words-0")["pylons"])) == [2 * hrefs.index("about/")]


def test_a_page_is_shown_by_its_plain_text_cut_short_at_a_word(rich):
    assert entries(rich.render())[-1]["because"] == "We count pylons & bridges."
    rich.write("content/pages/about.md", f"---\ntitle: About us\n---\n{'pylon ' * 100}\n")
    assert entries(rich.render())[-1]["because"] == "pylon " * 26 + "…"


def test_what_is_not_published_is_not_found(rich):
    rich.claim("idea", short="A zeppelin", draft="true")
    rich.claim("wrong", short="A zeppelin too", withdrawn="{on: 2030-05-05, note: It was none.}")
    rich.source("article-z", title="A zeppelin", draft="true")
    files = rich.render()
    assert found(files, "cost million") == {"claims/bridge-cost/"}
    assert {path for path, text in files.items() if path.startswith("search/") and b"zeppelin" in text} == set()


def test_choices_come_in_the_order_of_the_ladder_or_by_label_with_what_they_leave(rich):
    rich.write("content/topics/arch.yaml", "name: arches\n")
    rich.claim("arches", topics="[arch, bridge]", status="attributed")
    rich.claim("water", topics="[arch]", evidence=["{source: article-a, stance: supports, via: [mayor, unknown]}"])
    files = rich.render()
    both = {"claims/bridge-cost/", "claims/arches/"}
    assert list(choices(files, "status").items()) == [
        ("attributed", ("Attributed", {"claims/arches/"})),
        ("unverified", ("Unverified", {"claims/bridge-cost/", "claims/water/"})),
    ]
    assert list(choices(files, "topic").items()) == [
        ("arch", ("arches", {"claims/arches/", "claims/water/"})),
        ("bridge", ("The bridge", both)),
    ]
    assert choices(files, "claimant") == {
        "mayor": ("Novák", {"claims/bridge-cost/", "claims/water/"}),
        "outlet-a": ("Outlet A", both | {"claims/water/"}),
    }
    assert choices(files, "source") == {"article-a": ("Outlet A, 2 May 2030", both | {"claims/water/"})}
    assert [label for label, _ in choices(files, "kind").values()] == [
        *("Claims", "Sources", "Claimants", "Topics", "Pages")
    ]


def test_the_stake_is_that_of_the_origins_and_unknown_where_the_trail_ends_in_the_dark(rich):
    rich.claimant("mayor", stake="party", stake_note="It is her bridge.")
    rich.claimant("guard", stake="none")
    dark = "{source: article-a, stance: supports, via: [guard, unknown]}"
    rich.claim("seen", evidence=["{source: article-a, stance: supports, via: [guard]}"])
    rich.claim("heard", evidence=[dark])
    assert list(choices(rich.render(), "stake").items()) == [
        ("party", ("A party to the events", {"claims/bridge-cost/"})),
        ("none", ("Not a party", {"claims/seen/"})),
        ("unknown", ("Stake unknown", {"claims/heard/"})),
    ]


def test_two_sources_of_one_outlet_and_day_are_told_apart_by_their_titles(rich):
    rich.source("article-b", title="More on the bridge")
    rich.claim("other", evidence=["{source: article-b, stance: supports}"])
    labels = [label for label, _ in choices(rich.render(), "source").values()]
    assert labels == [
        "Outlet A, 2 May 2030: What the bridge cost",
        "Outlet A, 2 May 2030: More on the bridge",
    ]


def test_up_to_a_thousand_claims_one_file_holds_all_words_and_above_that_many(site):
    for total, files_of_words in ((UNDIVIDED, 1), (UNDIVIDED + 1, SHARDS)):
        files = dict(search_files(Views(copies(site.deck, total), HOME), {}))
        words = sorted(path for path in files if "words-" in path)
        assert words == sorted(f"search/words-{shard}.json" for shard in range(files_of_words))
        assert sum("bridge" in json.loads(files[path]) for path in words) == 1
        assert all(re.fullmatch(r"search/[a-z]+(-\d+)?\.json", path) for path in files)


def test_no_file_is_larger_than_its_bound(site):
    files = dict(search_files(Views(copies(site.deck, 2 * UNDIVIDED), HOME), {}))
    lengths = {len(json.loads(text)) for path, text in files.items() if "entries-" in path}
    assert max(lengths) == BLOCK
    sizes = {path: len(gzip.compress(text.encode(), 6)) for path, text in files.items()}
    assert {path: size for path, size in sizes.items() if size > LARGEST} == {}


def test_the_same_deck_gives_the_same_bytes_in_readable_letters(rich):
    rich.claim("korean", short="북한군", language="ko")
    one, other = ({path: text for path, text in rich.render().items() if "search/" in path} for _ in range(2))
    assert one == other
    assert "북한군".encode() in one["search/entries-0.json"]


def test_the_form_tells_the_script_what_the_index_is_like(rich):
    files = rich.render()
    forms = {name: files[f"{name}/index.html"].decode() for name in ("claims", "search")}
    told = {name: dict(re.findall(r'data-(total|shards|block|index|noun)="([^"]*)"', forms[name])) for name in forms}
    expected = {"index": "/bridge-file/search/", "noun": "claims", "total": "1", "shards": "1", "block": str(BLOCK)}
    assert told["claims"] == expected
    assert told["search"] == expected | {"noun": "pages", "total": str(len(entries(files)))}
    blanks = set(re.findall('data-blank="([^"]*)"', forms["search"]))
    kinds = {f"claim {entry['status']}" if "status" in entry else entry["kind"] for entry in entries(files)}
    assert kinds <= blanks
    facets = {name: re.findall('<select name="([^"]*)"', forms[name]) for name in forms}
    assert {f"search/{facet}.json" for names in facets.values() for facet in names} <= set(files)

"""The index of the search, read back as the script in the browser reads it."""

import json
import re
from dataclasses import replace
from itertools import accumulate

import pytest

from claimdeck.model.urls import Home
from claimdeck.present.search import BLOCK, FACETS, OFFERED, claims_filter, facet_files, search_files
from claimdeck.present.views import Views
from claimdeck.present.word_index import LENGTH, words_in

HOME = Home.at("https://example.org/bridge-file/")


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
    numbers = {id_: accumulate(read(files, f"{name}-{place}")[id_]) for id_, _, _, place in read(files, name)}
    return {id_: (label, {hrefs[number] for number in numbers[id_]}) for id_, label, _, _ in read(files, name)}


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


def test_a_small_dossier_has_one_file_of_words_and_one_of_each_facet(rich):
    files = rich.render()
    divided = {path for path in files if re.fullmatch(r"search/[a-z]+-\d+\.json", path)}
    assert divided == {f"search/{name}-0.json" for name in ("entries", "words", "kind", *FACETS)}
    assert read(files, "words") == [""]


def test_the_list_of_choices_says_how_many_each_leaves(rich):
    rich.claim("another", topics="[bridge]")
    assert read(rich.render(), "topic") == [["bridge", "The bridge", 2, 0]]


def test_of_many_choices_those_with_most_claims_are_offered_in_their_order():
    many = [(f"source-{number}", f"Source {number}", list(range(number % 7 + 1))) for number in range(2 * OFFERED)]
    files = dict(facet_files("source", many))
    offered = json.loads(files["search/source.json"])
    assert len(offered) == OFFERED
    assert min(whole for _, _, whole, _ in offered) == 4
    assert [id_ for id_, *_ in offered] == [id_ for id_, _, _ in many if id_ in {id_ for id_, *_ in offered}]


def test_the_form_says_where_not_all_choices_are_offered(site):
    claimant = next(iter(site.deck.claimants.values()))
    claimants = {f"outlet-{number}": claimant for number in range(OFFERED + 1)}
    facets = claims_filter(Views(replace(site.deck, claimants=claimants), HOME))["facets"]
    assert facets["claimant"] == "Claimant (the 300 with most claims)"
    assert facets["source"] == "Source"


def test_the_numbers_of_choices_are_divided_into_files_of_bounded_length():
    choices = [(f"topic-{number}", f"Topic {number}", list(range(number, 9000, 3))) for number in range(20)]
    files = dict(facet_files("topic", choices))
    offered = json.loads(files.pop("search/topic.json"))
    assert max(map(len, files.values())) <= LENGTH + 2  # the braces
    assert len(files) == 1 + max(place for *_, place in offered) > 2
    for (id_, label, numbers), told in zip(choices, offered, strict=True):
        assert told[:3] == [id_, label, len(numbers)]
        assert list(accumulate(json.loads(files[f"search/topic-{told[3]}.json"])[id_])) == numbers


def test_entries_stand_in_blocks(site):
    files = dict(search_files(Views(copies(site.deck, 3 * BLOCK), HOME), {}))
    blocks = [json.loads(text) for path, text in files.items() if "entries-" in path]
    assert {len(block) for block in blocks[:-1]} == {BLOCK}


def test_the_same_deck_gives_the_same_bytes_in_readable_letters(rich):
    rich.claim("korean", short="북한군", language="ko")
    one, other = ({path: text for path, text in rich.render().items() if "search/" in path} for _ in range(2))
    assert one == other
    assert "북한군".encode() in one["search/entries-0.json"]


def test_the_form_tells_the_script_what_the_index_is_like(rich):
    files = rich.render()
    forms = {name: files[f"{name}/index.html"].decode() for name in ("claims", "search")}
    told = {name: dict(re.findall(r'data-(total|block|index|noun)="([^"]*)"', forms[name])) for name in forms}
    expected = {"index": "/bridge-file/search/", "noun": "claims", "total": "1", "block": str(BLOCK)}
    assert told["claims"] == expected
    assert told["search"] == expected | {"noun": "pages", "total": str(len(entries(files)))}
    blanks = set(re.findall('data-blank="([^"]*)"', forms["search"]))
    kinds = {f"claim {entry['status']}" if "status" in entry else entry["kind"] for entry in entries(files)}
    assert kinds <= blanks
    facets = {name: re.findall('<select name="([^"]*)"', forms[name]) for name in forms}
    assert {f"search/{facet}.json" for names in facets.values() for facet in names} <= set(files)

"""What a reader loads does not grow with the dossier: at 10,000 claims, the largest file of each sort and its bound.

`pytest -s` prints the list.  A sample of the pages of each kind is rendered; where CLAIMDECK_LARGE is set, all of them.
"""

import gzip
import json
import os
import re
from bisect import bisect_right

import pytest
import yaml

from claimdeck.judge.join import join_cards
from claimdeck.model.cards import KINDS, MODELS
from claimdeck.model.lock import Lock
from claimdeck.model.urls import Home
from claimdeck.present.as_of import OF_A_DAY
from claimdeck.present.directory import directory_files
from claimdeck.present.feeds import JSON_FEED, json_feed
from claimdeck.present.pages import PAGE_LENGTH
from claimdeck.present.search import search_files
from claimdeck.present.site import SiteFiles
from claimdeck.present.views import Views
from claimdeck.present.word_index import words_in
from claimdeck.read.content import CardFile, Content
from claimdeck.read.places import Places
from claimdeck.read.settings import read_settings
from claimdeck.read.static import PROJECT, read_static, stylesheet, template_folders
from tests.benchmarks.corpus import Corpus, make_corpus

CLAIMS = 10_000
SAMPLE = 3  # pages of each template: the first, one in the middle, the last
BOUNDS = {  # kB, compressed
    "pages": 20,
    "feeds": 10,
    "stylesheet and scripts": 10,
    "entries": 3,
    "words": 14,
    "beginnings of words": 1,
    "choices": 6,
    "numbers of choices": 14,
    "sitemap": 100,
    "other files for machines": 4,
}
QUERY = 60  # kB, compressed: what three words load, whichever they are
OF_MACHINES = ("robots.txt", "llms.txt", "site.webmanifest")


def content_of(corpus: Corpus) -> Content:
    """Return the cards of *corpus* as if they had been read."""
    content = Content()
    for kind in KINDS:
        for id_, fields in getattr(corpus, f"{kind}s", {}).items():
            path = f"content/{kind}s/{id_}.yaml"
            content.of_kind(kind)[id_] = CardFile(id_, path, MODELS[kind].model_validate(fields), Places(path))
    return content


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> SiteFiles:
    """The planned site of 10,000 claims; of their analyses, which no list shows, there is nothing."""
    root = tmp_path_factory.mktemp("large")
    corpus = make_corpus(CLAIMS)
    (root / "site.yaml").write_text(yaml.safe_dump(corpus.settings), encoding="utf-8")
    settings, _ = read_settings(root / "site.yaml", stylesheet(root))
    content = content_of(corpus)
    deck, problems = join_cards(content, settings, Lock())
    assert problems == []
    return SiteFiles(Views(deck, Home.at(settings.settings.url)), content, {}, template_folders(root))


@pytest.fixture(scope="module")
def index(large) -> dict[str, str]:
    return dict(search_files(large.views, {}))


def compressed(text: str | bytes) -> float:
    """Return the size of *text* as web servers send it, in kB."""
    return len(gzip.compress(text if isinstance(text, bytes) else text.encode(), 6)) / 1000


def sort_of(path: str) -> str:
    """Return to which sort of file, of those with a bound, the one at *path* belongs."""
    sorts = {
        r"search/entries-\d+\.json": "entries",
        r"search/words\.json": "beginnings of words",
        r"search/words-\d+\.json": "words",
        r"search/[a-z]+\.json": "choices",
        r"search/[a-z]+-\d+\.json": "numbers of choices",
        r"sitemap(-\d+)?\.xml": "sitemap",
        r".*feed\.(xml|json)": "feeds",
        r".*\.html": "pages",
        r"static/[a-z]+\.(css|js)": "stylesheet and scripts",
        "|".join(map(re.escape, OF_MACHINES)): "other files for machines",
    }
    return next(sort for pattern, sort in sorts.items() if re.fullmatch(pattern, path))


def sample_of_pages(large: SiteFiles) -> dict[str, str]:
    """Return some of the pages of each template, or all, by their files."""
    by_template: dict[str, list[str]] = {}
    for page in large.pages:
        by_template.setdefault(page.template, []).append(page.file)
    files = [
        file
        for of_template in by_template.values()
        for file in (
            of_template
            if "CLAIMDECK_LARGE" in os.environ
            else dict.fromkeys(of_template[place * (len(of_template) - 1) // (SAMPLE - 1)] for place in range(SAMPLE))
        )
    ]
    return {file: large.text(file) or "" for file in files}


def test_no_file_that_a_reader_loads_is_larger_than_its_bound(large, index):
    static = {path: text for path, text in read_static(PROJECT)[0].items() if path.endswith((".css", ".js"))}
    directory = dict(directory_files(large.pages, large.views.deck, large.views.home))
    files = {**sample_of_pages(large), **index, **static, **directory, JSON_FEED: json_feed(large.views)}
    by_sort: dict[str, list[str]] = {}
    for path in sorted(files, key=lambda path: len(files[path]), reverse=True):
        by_sort.setdefault(sort_of(path), []).append(path)
    assert set(by_sort) == set(BOUNDS)
    too_large = {}
    for sort, paths in by_sort.items():
        print(f"\n{sort}: {len(paths)} files, at most {BOUNDS[sort]} kB compressed")
        sizes = {path: compressed(files[path]) for path in paths[:20]}
        for path, size in list(sizes.items())[:5]:
            print(f"{size:8.1f} kB {len(files[path]):9,} letters  {path}")
        too_large |= {path: size for path, size in sizes.items() if size > BOUNDS[sort]}
    assert too_large == {}


def test_a_query_of_three_words_loads_little(index):
    beginnings = json.loads(index["search/words.json"])
    sizes = {path: compressed(text) for path, text in index.items() if sort_of(path) == "words"}
    assert len(sizes) == len(beginnings)
    worst = compressed(index["search/words.json"]) + sum(sorted(sizes.values())[-3:])
    words = words_in("council bridge for")
    files = {f"search/words-{bisect_right(beginnings, word) - 1}.json" for word in words}
    print(f"\n“{' '.join(words)}”: {sum(sizes[file] for file in files):.1f} kB; any three words: {worst:.1f} kB")
    assert all(json.loads(index[file]) for file in files)
    assert worst < QUERY


def test_the_list_of_claims_loads_little_before_anything_is_asked(index):
    """The choices of all facets and the beginnings of words; numbers come with a choice."""
    first = [path for path in index if sort_of(path) in {"choices", "beginnings of words"}]
    loaded = sum(compressed(index[path]) for path in first)
    print(f"\nloaded with the list of claims: {loaded:.1f} kB")
    assert loaded < 15


def test_a_row_of_links_ends_and_says_how_many_are_left(site):
    for number in range(PAGE_LENGTH + 2):
        site.write(f"content/topics/topic-{number}.yaml", f"name: Topic {number}\n")
        site.claimant(f"person-{number}", part_of="outlet-a")
        site.claim(f"claim-{number}", related="[{claim: bridge-cost, as: context}]")
    for number in range(OF_A_DAY + 2):
        site.source(f"source-{number}")
    texts = {path: text.decode() for path, text in site.render().items() if path.endswith(".html")}
    left = {
        "index.html": [3],
        "claims/index.html": [3],
        "claims/bridge-cost/index.html": [2],
        "claimants/outlet-a/index.html": [2, OF_A_DAY + 3 - PAGE_LENGTH],
        "as-of/2030-05-02/index.html": [3],
    }
    assert {path: [int(n) for n in re.findall(r" and (\d+) more in the <a", texts[path])] for path in left} == left
    related = texts["claims/bridge-cost/index.html"].partition('class="related"')[2].partition("</ul>")[0]
    assert related.count("<li>") == PAGE_LENGTH
    assert texts["as-of/2030-05-02/index.html"].count("sources/source-") == OF_A_DAY - 1

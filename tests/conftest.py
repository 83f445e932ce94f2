"""What the tests share: the whole sites of tests/sites, and small ones made of a few files.  Asserts little itself."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import settings

from claimdeck.judge.deck import Claim, Counts, Deck
from claimdeck.model.problems import Problem, Severity
from claimdeck.pipeline import Judged, judge_site, lock_site
from tests.rendered import render_site

SITES = Path(__file__).parent / "sites"
NOT_RECORDED = "CD060"

settings.register_profile("default", max_examples=100, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, database=None)
settings.register_profile("fuzz", max_examples=5_000, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# The one claim of the small site and what it rests on; each value is YAML, as an editor types it.
CLAIM = {
    "claim": "The new bridge cost 4 million crowns.",
    "short": "The bridge cost 4 million",
    "status": "unverified",
    "because": "Nobody shows how it is known.",
    "reviewed": "2030-05-03",
    "topics": ["bridge"],
    "evidence": ["{source: article-a, stance: supports}"],
    "history": ["{on: 2030-05-03, status: unverified, note: First published.}"],
}
SOURCE = {
    "outlet": "outlet-a",
    "title": "What the bridge cost",
    "url": "https://example.net/bridge",
    "published": "2030-05-02",
    "kind": "article",
    "language": "en",
    "summary": "The article gives a figure for the bridge.",
}
CLAIMANT = {"name": "Somebody", "kind": "person"}


@dataclass(frozen=True)
class Built:
    """A site of tests/sites/good, judged and rendered without errors."""

    judged: Judged
    files: dict[str, bytes]
    problems: list[Problem]

    def claim(self, id_: str) -> Claim:
        """Return the joined claim *id_*."""
        return self.judged.deck.claims[id_]

    @property
    def json(self) -> dict[str, Any]:
        """What claims.json says."""
        return json.loads(self.files["claims.json"])

    def exported(self, id_: str) -> dict[str, Any]:
        """Return the claim *id_* as claims.json has it."""
        return next(claim for claim in self.json["claims"] if claim["id"] == id_)


class SmallSite:
    """One claim on a bridge's cost, told by Outlet A; a test writes, changes and removes cards as it needs.

    Fields are YAML texts (a list: its entries); None leaves the field out.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("site.yaml", "title: The Bridge File\nurl: https://example.org/bridge-file/\n")
        self.claim("bridge-cost")
        self.source("article-a")
        self.claimant("outlet-a", name="Outlet A", kind="outlet")
        self.write("content/topics/bridge.yaml", "name: The bridge\n")

    def write(self, path: str, text: str | bytes) -> None:
        """Write the file at *path*; a text loses its common indentation."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())

    def settings(self, text: str) -> None:
        """Write *text* into site.yaml, behind title and url."""
        self.write("site.yaml", "title: The Bridge File\nurl: https://example.org/bridge-file/\n" + dedent(text))

    def remove(self, path: str) -> None:
        """Remove the file at *path*."""
        (self.root / path).unlink()

    def claim(self, id_: str = "bridge-cost", **fields: object) -> None:
        """Write the claim *id_*: complete, but for what *fields* say otherwise."""
        self._card(f"content/claims/{id_}.yaml", CLAIM | fields)

    def source(self, id_: str, **fields: object) -> None:
        """Write the source *id_*: an article of Outlet A, but for what *fields* say otherwise."""
        self._card(f"content/sources/{id_}.yaml", SOURCE | fields)

    def claimant(self, id_: str, **fields: object) -> None:
        """Write the claimant *id_*: a person, but for what *fields* say otherwise."""
        self._card(f"content/claimants/{id_}.yaml", CLAIMANT | fields)

    def judge(self) -> Judged:
        """Read, join and judge the site as it stands."""
        return judge_site(self.root)

    @property
    def deck(self) -> Deck:
        """The joined deck."""
        return self.judge().deck

    def counts(self, id_: str = "bridge-cost") -> Counts:
        """Return what the evidence of the claim *id_* comes to."""
        return self.deck.claims[id_].counts

    def render(self) -> dict[str, bytes]:
        """Return all files of the built site; {} where an error stands in the way."""
        return render_site(self.judge())[0]

    def problems(self, articles: Path | None = None) -> list[Problem]:
        """Return every problem, links in texts included; quotes are held against the texts in *articles*."""
        return render_site(judge_site(self.root, articles))[1]

    def mistakes(self) -> list[Problem]:
        """Return every problem but those that say a card is not yet recorded."""
        return [problem for problem in self.problems() if problem.code != NOT_RECORDED]

    def lock(self, articles: Mapping[str, str] | None = None) -> list[Problem]:
        """Record the site as published, quotes held against *articles* (texts by source id); return what is left."""
        return lock_site(self.root, self.articles(articles) if articles is not None else None)[2]

    def articles(self, texts: Mapping[str, str]) -> Path:
        """Return a folder with the *texts* of articles, by source id."""
        folder = self.root.parent / "articles"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for source, text in texts.items():
            (folder / f"{source}.txt").write_text(text, encoding="utf-8")
        return folder

    def _card(self, path: str, fields: Mapping[str, object]) -> None:
        given = {name: value for name, value in fields.items() if value is not None}
        self.write(path, "".join(f"{name.rstrip('_')}: {_yaml(value)}\n" for name, value in given.items()))


def _yaml(value: object) -> str:
    return "".join(f"\n  - {entry}" for entry in value) if isinstance(value, list) else str(value)


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """A small site in a folder of its own, to be changed and judged."""
    return SmallSite(tmp_path / "site")


@pytest.fixture
def check(site: SmallSite) -> Callable[[Mapping[str, str | bytes | None]], list[Problem]]:
    """Return the problems of the small site with these files (None: without); “not yet recorded” left out."""

    def check_files(files: Mapping[str, str | bytes | None]) -> list[Problem]:
        for path, text in files.items():
            if text is None:
                site.remove(path)
            else:
                site.write(path, text)
        return site.mistakes()

    return check_files


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str], Built]:
    """Judge and render a copy of a site of tests/sites/good: `build("minimal")`."""

    def build_copy(name: str) -> Built:
        root = tmp_path / name
        shutil.copytree(SITES / "good" / name, root)
        judged = judge_site(root)
        files, problems = render_site(judged)
        assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []
        return Built(judged, files, problems)

    return build_copy


@pytest.fixture
def running():
    """A list for processes with a pipe behind their standard output; none in it outlives the test."""
    running = []
    yield running
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()

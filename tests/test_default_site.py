"""The dossier of this repository: it builds, every link holds in both directions, and its numbers agree."""

import gzip
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from claimdeck.pipeline import build_site, judge_site

PROJECT = Path(__file__).resolve().parents[1]
BASE = "/kursk-claims/"
ARTICLES = {
    *("rfa-2024-11-27", "rfa-2024-12-16", "korea-herald-2024-11-25"),
    *("defense-news-2024-12-16", "the-age-2024-12-17"),
}


class Outline(HTMLParser):
    """The links and anchors of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag, attrs):
        for name, value in attrs:
            if name in {"href", "src"}:
                self.links.add(value)
            elif name == "id":
                assert value not in self.anchors, f"two elements have the id {value}"
                self.anchors.add(value)


class DefaultSite:
    """The site as built, its deck and its exports."""

    def __init__(self, output: Path) -> None:
        locked = (PROJECT / "content" / "desk.lock").exists()
        self.report = build_site(PROJECT, output, strict=locked)
        self.output = output
        self.deck = judge_site(PROJECT).deck
        self.pages = {p.relative_to(output).as_posix(): p.read_text(encoding="utf-8") for p in output.rglob("*.html")}
        self.outlines = {path: Outline(html) for path, html in self.pages.items()}
        self.exported = json.loads((output / "claims.json").read_text(encoding="utf-8"))

    def links(self, url: str) -> set[str]:
        """Return the addresses that the list or page at *url* links to, on all its pages."""
        parts = re.compile(rf"{re.escape(url)}(page/\d+/)?index\.html")
        found = [outline.links for path, outline in self.outlines.items() if parts.fullmatch(path)]
        return {link.removeprefix(BASE).partition("#")[0] for links in found for link in links}

    def text(self, url: str) -> str:
        html = self.pages[f"{url}index.html"]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return DefaultSite(tmp_path_factory.mktemp("default") / "dist")


def test_every_link_and_anchor_inside_the_site_holds_under_the_base_path(dossier):
    files = {path.relative_to(dossier.output).as_posix() for path in dossier.output.rglob("*") if path.is_file()}
    broken = set()
    for page, outline in dossier.outlines.items():
        for link in outline.links:
            parts = urlsplit(link)
            if parts.netloc not in {"", "example.org"} or parts.scheme == "mailto":
                continue
            if parts.path and not parts.path.startswith(BASE):
                broken.add(f"{page}: {link} leaves the base path")
                continue
            path = unquote(parts.path).removeprefix(BASE) if parts.path else page
            target = f"{path}index.html" if not path or path.endswith("/") else path
            if target not in files:
                broken.add(f"{page}: {link} leads to no page")
            elif parts.fragment and unquote(parts.fragment) not in dossier.outlines[target].anchors:
                broken.add(f"{page}: {link} leads to no anchor")
    assert broken == set()


def test_every_page_can_be_reached_from_the_home_page(dossier):
    seen, waiting = set(), [""]
    while waiting:
        url = waiting.pop()
        path = f"{url}index.html"
        if path in dossier.outlines and url not in seen:
            seen.add(url)
            links = {urlsplit(link).path for link in dossier.outlines[path].links}
            waiting += [link.removeprefix(BASE) for link in links if link.startswith(BASE)]
    moved = {path for path, html in dossier.pages.items() if 'http-equiv="refresh"' in html}
    embeds = {f"embed/{id_}/index.html" for id_ in dossier.deck.claims}  # for other sites
    assert {f"{url}index.html" for url in seen} >= set(dossier.pages) - moved - embeds - {"404.html"}


def test_claims_and_all_they_rest_on_link_to_each_other(dossier):
    missing = set()
    for claim in dossier.deck.claims.values():
        if claim.card.draft:
            continue
        here = f"claims/{claim.id}/"
        claimants = {link for piece in claim.card.evidence for link in piece.via if link != "unknown"}
        claimants |= {*claim.origins, *claim.disputing_origins} | ({claim.card.said.by} if claim.card.said else set())
        sources = {piece.source for piece in claim.card.evidence}
        sources |= {piece.via_from for piece in claim.card.evidence if piece.via_from}
        sources |= {source for entry in claim.card.history for source in entry.sources}
        there = {f"sources/{id_}/" for id_ in sources} | {f"claimants/{id_}/" for id_ in claimants}
        there |= {f"topics/{id_}/" for id_ in claim.card.topics} | {f"status/{claim.card.status}/"}
        there |= {f"claims/{relation.claim}/" for relation in claim.relations if relation.claim in dossier.deck.claims}
        missing |= {f"{here} does not link to {url}" for url in there - dossier.links(here)}
        missing |= {f"{url} does not link back to {here}" for url in there if here not in dossier.links(url)}
    assert missing == set()


def test_sources_and_claimants_link_to_each_other(dossier):
    missing = set()
    for source in dossier.deck.sources.values():
        here = f"sources/{source.id}/"
        for claimant in {source.card.outlet, source.card.carries, source.card.draws_on} - {None}:
            there = f"claimants/{claimant}/"
            missing |= {here} if there not in dossier.links(here) else set()
            missing |= {there} if here not in dossier.links(there) else set()
    for claimant in dossier.deck.claimants.values():
        if claimant.card.part_of:
            part, whole = f"claimants/{claimant.id}/", f"claimants/{claimant.card.part_of}/"
            missing |= {part} if whole not in dossier.links(part) else set()
            missing |= {whole} if part not in dossier.links(whole) else set()
    assert missing == set()


def test_the_lists_hold_every_card(dossier):
    for kind in ("claims", "sources", "claimants", "topics"):
        ids = set(getattr(dossier.deck, kind))
        assert {f"{kind}/{id_}/" for id_ in ids} <= dossier.links(f"{kind}/"), kind


def test_at_least_twenty_claims_rest_on_all_five_articles(dossier):
    used = {piece["source"] for claim in dossier.exported["claims"] for piece in claim["evidence"]}
    assert len(dossier.exported["claims"]) >= 20
    assert used >= ARTICLES


def test_the_500_killed_of_three_articles_lead_back_to_one_named_outlet(dossier):
    claim = next(claim for claim in dossier.exported["claims"] if claim["id"] == "five-hundred-killed")
    supporting = {piece["source"] for piece in claim["evidence"] if piece["stance"] == "supports"}
    assert supporting == {"rfa-2024-11-27", "korea-herald-2024-11-25", "rfa-2024-12-16"}
    assert claim["origins"] == ["global-defense-corp"]
    assert claim["status"] == "unverified"


def test_the_30_killed_or_wounded_of_two_outlets_are_one_agencys(dossier):
    claim = next(claim for claim in dossier.exported["claims"] if claim["id"] == "thirty-killed-or-wounded")
    assert claim["origins"] == ["gur"]
    assert (claim["counts"]["sources"], claim["counts"]["origins"]) == (2, {"low": 1, "high": 1})


def test_the_exported_counts_are_those_that_the_pages_tell(dossier):
    for claim in dossier.exported["claims"]:
        sentence = re.search(r'<p class="trail">(.*?)</p>', dossier.pages[f"claims/{claim['id']}/index.html"])[1]
        numbers = re.findall(r"<b>(\d+)(?: (?:or|to) (\d+))?", sentence)
        counts = claim["counts"]
        expected = []
        if counts["sources"]:
            expected += [(counts["sources"],) * 2, (counts["origins"]["low"], counts["origins"]["high"])]
            if counts["origins"]["low"] and counts["origins"] != {"low": 1, "high": 1}:
                expected.append((counts["nonparty"]["low"], counts["nonparty"]["high"]))
        if counts["disputing_sources"]:
            expected.append((counts["disputing_sources"],) * 2)
            expected.append((counts["disputing_origins"]["low"], counts["disputing_origins"]["high"]))
        qualifying = len({piece["source"] for piece in claim["evidence"] if piece["stance"] == "qualifies"})
        expected += [(qualifying, qualifying)] if qualifying else []
        assert [(int(low), int(high or low)) for low, high in numbers] == expected, claim["id"]


def test_the_tally_of_the_home_page_is_that_of_the_claims(dossier):
    statuses = [claim["status"] for claim in dossier.exported["claims"]]
    home = dossier.text("")
    for rung in dossier.deck.settings.ladder:
        assert f" {statuses.count(rung.id)} {rung.label} " in home
    assert f"{len(statuses)} claims" in home


def test_a_claim_page_stays_light(dossier):
    css = len(gzip.compress((dossier.output / "static/site.css").read_bytes(), 6))
    heavy = {
        path: size
        for path, html in dossier.pages.items()
        if path.removeprefix("claims/").removesuffix("/index.html") in dossier.deck.claims
        and (size := css + len(gzip.compress(html.encode(), 6))) > 14_000
    }
    assert heavy == {}


def test_the_sites_own_scripts_stay_small(dossier):
    assert sum(path.stat().st_size for path in dossier.output.rglob("*.js")) < 30_000


def test_nothing_is_published_that_a_host_would_leave_out(dossier):
    files = [path.relative_to(dossier.output) for path in dossier.output.rglob("*")]
    assert [str(path) for path in files if any(part.startswith(".") for part in path.parts)] == []
    assert [str(path) for path in files if (dossier.output / path).is_symlink()] == []

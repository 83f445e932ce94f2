"""The lock: nothing published changes or vanishes without a word, and drafts are never recorded."""

import json

import pytest

from claimdeck.judge.lock import changes_since
from claimdeck.model.lock import Lock, VerifiedQuote, parse_lock
from claimdeck.model.problems import Severity, SiteError
from claimdeck.pipeline import lock_site

MORE = [
    "{on: 2030-05-03, status: unverified, note: First published.}",
    "{on: 2030-06-01, status: unverified, note: Read again.}",
]
CORRECTED = ["{on: 2030-06-01, kind: correction, note: The sum was wrong.}"]
PAGE = "---\ntitle: {}\n---\nA file on a bridge.\n"


def recorded(site):
    return json.loads((site.root / "content" / "desk.lock").read_text(encoding="utf-8"))


def seen(site):
    """Return what is wrong, as (severity, code, file)."""
    return [(p.severity.word, p.code, p.place.path.removeprefix("content/")) for p in site.problems()]


@pytest.fixture
def published(site):
    """The small site with a second claim, recorded."""
    site.claim("roof", claim="The roof leaks.", short="The roof leaks")
    site.settings("measures: {spent: {label: spent}}\n")
    site.claim("bridge-cost", figure="{measure: spent, about: 4000000}")
    site.claimant("mayor")
    site.claim("mayor-said", evidence=["{source: article-a, stance: supports, via: [mayor]}"])
    assert site.lock() == []
    return site


def change(site, **fields):
    site.claim("bridge-cost", **{"figure": "{measure: spent, about: 4000000}"} | fields)


def test_it_keeps_each_claim_as_published_and_every_address(published):
    kept = recorded(published)
    assert set(kept["claims"]) == {"bridge-cost", "roof", "mayor-said"}
    words = {"claim", "short", "status", "because", "figure", "override", "evidence", "history", "corrections"}
    assert set(kept["claims"]["roof"]) == words
    assert kept["claims"]["bridge-cost"]["figure"] == {"measure": "spent", "about": "4000000"}
    assert {"claims/roof/", "sources/article-a/", "claimants/outlet-a/", "topics/bridge/"} <= set(kept["addresses"])


def test_without_a_lock_a_site_is_not_yet_recorded(site):
    assert seen(site) == [("warning", "CD060", "desk.lock")]


def test_a_recorded_site_has_nothing_to_say(published):
    assert seen(published) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("topics/river.yaml", "name: The river\n"),
        ("pages/about.md", PAGE.format("About")),
        ("pages/claims-and-facts.md", PAGE.format("Claims and facts")),
    ],
)
def test_a_card_that_is_not_in_the_lock_is_not_yet_recorded(published, path, text):
    published.write(f"content/{path}", text)
    assert ("warning", "CD060", path) in seen(published)


def test_a_claim_that_is_not_in_the_lock_is_not_yet_recorded(published):
    published.claim("river", short="The river is wide")
    assert seen(published) == [("warning", "CD060", "claims/river.yaml")]


@pytest.mark.parametrize(
    "fields",
    [
        {"claim": "The new bridge cost 5 million crowns."},
        {"short": "The bridge cost 5 million"},
        {"status": "attributed"},
        {"because": "Somebody shows how it is known."},
        {"figure": "{measure: spent, over: 4000000}"},
        {"figure": None},
        {"override": "{reason: The accounts lie open., by: The editor, on: 2030-06-01}"},
        {"evidence": ["{source: article-a, stance: qualifies}"]},
        {"evidence": ["{source: article-a, stance: supports, via: [mayor]}"]},
        {"evidence": ["{source: article-a, stance: supports}", "{source: article-a, stance: mentions}"]},
    ],
)
def test_a_silent_change_is_an_error_and_a_told_one_is_not(published, fields):
    change(published, **fields)
    assert seen(published) == [("error", "CD050", "claims/bridge-cost.yaml")]
    change(published, **fields, history=MORE)
    assert seen(published) == [("warning", "CD061", "claims/bridge-cost.yaml")]
    change(published, **fields, corrections=CORRECTED)
    assert seen(published) == [("warning", "CD061", "claims/bridge-cost.yaml")]
    published.lock()
    assert seen(published) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"analysis": "Our own words."},
        {"reviewed": "2030-06-01"},
        {"unknowns": ["Who counted."]},
        {"evidence": ["{source: article-a, stance: supports, note: Read again.}"]},
    ],
)
def test_what_the_lock_does_not_keep_may_change_in_silence(published, fields):
    change(published, **fields)
    assert seen(published) == []


def test_evidence_in_another_order_is_no_change(site):
    entries = ["{source: article-a, stance: supports}", "{source: article-a, stance: mentions, via: [unknown]}"]
    site.claim(evidence=entries)
    site.lock()
    site.claim(evidence=entries[::-1])
    assert seen(site) == []


def test_an_entry_of_the_history_that_vanishes_is_an_error(published):
    change(published, history=MORE)
    published.lock()
    change(published, corrections=CORRECTED)
    assert seen(published) == [("error", "CD050", "claims/bridge-cost.yaml")]


@pytest.mark.parametrize("path", ["claims/roof", "topics/river", "sources/article-b", "claimants/outlet-b"])
def test_an_address_that_vanishes_is_an_error(published, path):
    published.write("content/topics/river.yaml", "name: The river\n")
    published.claimant("outlet-b", kind="outlet")
    published.source("article-b")
    published.lock()
    published.remove(f"content/{path}.yaml")
    assert [problem for problem in seen(published) if problem[0] == "error"] == [("error", "CD051", "desk.lock")]
    (line,) = {problem.place.line for problem in published.judge().problems if problem.code == "CD051"}
    lines = (published.root / "content" / "desk.lock").read_text(encoding="utf-8").splitlines()
    assert lines[line - 1].strip(' ",') == f"{path}/"


def test_a_page_and_a_rung_that_vanish_are_errors_too(published):
    published.write("content/pages/about.md", PAGE.format("About"))
    published.lock()
    published.remove("content/pages/about.md")
    rung = "{id: unverified, label: Open, symbol: o, mark: empty, color: unverified, meaning: Open.}"
    published.settings(f"measures: {{spent: {{label: spent}}}}\nladder: [{rung}]\n")
    messages = " ".join(problem.message for problem in published.problems())
    assert "/about/" in messages
    assert "/status/confirmed/" in messages


def test_an_alias_keeps_an_address(published):
    text = (published.root / "content/claims/roof.yaml").read_text(encoding="utf-8")
    published.remove("content/claims/roof.yaml")
    published.write("content/claims/school-roof.yaml", text + "aliases: [roof]\n")
    assert seen(published) == [("warning", "CD060", "claims/school-roof.yaml")]


def test_a_rename_lets_no_silent_change_through(published):
    text = (published.root / "content/claims/roof.yaml").read_text(encoding="utf-8")
    published.remove("content/claims/roof.yaml")
    published.write("content/claims/school-roof.yaml", text.replace("because: ", "because: Not ") + "aliases: [roof]\n")
    assert seen(published) == [("error", "CD050", "claims/school-roof.yaml")]


def test_an_old_id_is_given_to_no_other_card(published):
    test_an_alias_keeps_an_address(published)
    published.lock()
    card = published.root / "content/claims/school-roof.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("aliases: [roof]\n", ""), encoding="utf-8")
    published.claim("roof", short="Quite another roof")
    assert ("error", "CD023", "claims/roof.yaml") in seen(published)


def test_a_withdrawal_keeps_an_address(published):
    published.write(
        "content/claims/roof.yaml", "short: The roof leaks\nwithdrawn: {on: 2030-06-01, note: Another roof.}\n"
    )
    assert seen(published) == [("warning", "CD061", "claims/roof.yaml")]
    published.lock()
    assert seen(published) == []


def test_a_withdrawn_claim_that_vanishes_is_an_error(published):
    test_a_withdrawal_keeps_an_address(published)
    published.remove("content/claims/roof.yaml")
    assert seen(published) == [("error", "CD051", "desk.lock")]


def test_a_recorded_claim_set_back_to_draft_is_an_error(published):
    published.claim("roof", claim="The roof leaks.", short="The roof leaks", draft="true")
    assert seen(published) == [("error", "CD053", "claims/roof.yaml")]


def test_a_recorded_page_set_back_to_draft_is_an_error(published):
    published.write("content/pages/about.md", PAGE.format("About"))
    published.lock()
    published.write("content/pages/about.md", PAGE.format("About").replace("---\nA", "draft: true\n---\nA"))
    assert seen(published) == [("error", "CD053", "pages/about.md")]


def test_drafts_are_never_recorded(site):
    site.claim("roof", draft="true", evidence=["{source: article-a, stance: supports, quote: it leaks}"])
    site.lock({"article-a": "They say it leaks."})
    assert set(recorded(site)["claims"]) == {"bridge-cost"}
    assert "claims/roof/" not in recorded(site)["addresses"]
    assert recorded(site)["quotes"] == {}


def test_lock_writes_nothing_where_there_is_an_error(published):
    before = (published.root / "content" / "desk.lock").read_bytes()
    change(published, short="The bridge cost 5 million")
    with pytest.raises(SiteError):
        lock_site(published.root)
    assert (published.root / "content" / "desk.lock").read_bytes() == before


def test_lock_writes_nothing_where_nothing_changed(published):
    assert lock_site(published.root)[1] is False


def test_a_lock_that_cannot_be_read_is_an_error_and_hides_no_other(site):
    site.write("content/desk.lock", '{"version": 1}')
    site.claim(status="unverifed")
    assert [p.code for p in site.problems() if p.severity is Severity.ERROR] == ["CD024", "CD054"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "nonsense", '{"version": 2, "claims": {}, "addresses": [], "quotes": {}}'),
        '{"version": 1, "claims": {"a": {"evidence": "x"}}, "addresses": [], "quotes": {}}',
    ],
)
def test_what_is_no_lock_is_refused(text):
    with pytest.raises(ValueError, match=r"\S"):
        parse_lock(text)


@pytest.mark.parametrize("fragment", ["a b", 'x"onclick=', "a\u202eb", "#:~:text=x", "a&b", 3])
def test_a_text_fragment_that_lock_would_not_write_is_refused(fragment):
    quotes = {"a": {"b": [{"quote": "1", "article": "2", "fragment": fragment}]}}
    with pytest.raises(ValueError, match=r"percent-encoded|of the kind str"):
        parse_lock(json.dumps({"version": 1, "claims": {}, "addresses": [], "quotes": quotes}))


def test_half_a_letter_in_a_lock_is_refused():
    with pytest.raises(ValueError, match="surrogates"):
        parse_lock(r'{"version": 1, "claims": {}, "addresses": ["claims/\ud800/"], "quotes": {}}')


def test_a_lock_comes_back_as_it_was_written():
    quotes = {"bridge-cost": {"article-a": [VerifiedQuote("a" * 64, "b" * 64, "four%20million")]}}
    lock = Lock({"bridge-cost": {"short": "Cost", "history": 1}}, ("claims/bridge-cost/",), quotes)
    assert parse_lock(lock.as_text()) == lock
    assert parse_lock(lock.as_text()).as_text() == lock.as_text()


def test_changes_since_an_earlier_lock_are_told_one_a_line(published):
    before = parse_lock((published.root / "content" / "desk.lock").read_text(encoding="utf-8"))
    change(published, status="attributed", history=MORE, corrections=CORRECTED)
    published.remove("content/claims/roof.yaml")
    published.claim("river", short="The river is wide")
    judged = published.judge()
    changes = changes_since(judged.deck, judged.content, before)
    assert list(map(str, changes)) == [
        "status: bridge-cost: unverified → attributed",
        "correction: bridge-cost: The sum was wrong.",
        "added: river: The river is wide (unverified)",
        "removed: roof: The roof leaks",
    ]


def test_of_a_card_that_cannot_be_read_no_change_is_told(published):
    before = published.judge().lock
    published.claim("roof", short=None, status="[leaking]")
    published.write("content/claims/mayor-said.yaml", "claim: [")
    judged = published.judge()
    assert changes_since(judged.deck, judged.content, before) == []


def test_the_lock_of_a_large_dossier_can_be_read(site):
    site.claim()
    lock = site.root / "content" / "desk.lock"
    site.lock()
    whole = json.loads(lock.read_text(encoding="utf-8"))
    claim = whole["claims"]["bridge-cost"]
    whole["claims"] |= {f"gone-{number}": claim for number in range(4000)}
    lock.write_text(json.dumps(whole), encoding="utf-8")
    assert lock.stat().st_size > 1_000_000
    assert site.problems() == []

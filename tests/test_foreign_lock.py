"""A lock that somebody wrote by hand is told: no part of it is of another kind, and nothing in it hides."""

import json

import pytest

LOCK = {"version": 1, "claims": {}, "addresses": [], "redirects": [], "quotes": {}}
QUOTE = {"quote": "x", "article": "x", "fragment": "x"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"claims": {"bridge-cost": {"history": "1"}}},
        {"claims": {"bridge-cost": {"corrections": None}}},
        {"claims": {"bridge-cost": {"status": 1}}},
        {"claims": {"bridge-cost": {"evidence": [{}]}}},
        {"claims": {"bridge-cost": []}},
        {"claims": []},
        {"addresses": "claims/"},
        {"addresses": [1]},
        {"redirects": {"a": "b"}},
        {"quotes": {"bridge-cost": {"article-a": [QUOTE | {"quote": []}]}}},
        {"quotes": {"bridge-cost": {"article-a": [QUOTE | {"more": "x"}]}}},
        {"addresses": ["claims/\x1b[31m/"]},
        {"addresses": ["claims/\ud800/"]},
        {"claims": {"bridge-cost": {"short": "\u202e"}}},
    ],
    ids=ascii,
)
@pytest.mark.parametrize("is_ascii", [True, False], ids=["escaped", "as it is"])
def test_a_lock_that_somebody_wrote_by_hand_is_told(site, wrong, is_ascii):
    site.claim(evidence=["{source: article-a, stance: supports, quote: 4 million}"])
    text = json.dumps(LOCK | wrong, ensure_ascii=is_ascii)
    site.write("content/desk.lock", text.encode("utf-8", "surrogatepass"))
    assert [problem.place.path for problem in site.mistakes()] == ["content/desk.lock"]


def test_a_lock_whose_texts_have_backslashes_is_a_lock(site):
    site.claim(because=r"'It lies in C:\users\u0041.'")
    site.lock()
    assert "\\\\u0041" in (site.root / "content/desk.lock").read_text()
    assert site.problems() == []

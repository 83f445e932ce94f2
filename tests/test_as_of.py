"""The pages of the record as it was: what was new, what stood otherwise, and a desk's status only from then on."""

import re

import pytest

from claimdeck.present.as_of import WHOLE_RECORD


def text(files: dict[str, bytes], date: str) -> str:
    html = files[f"as-of/{date}/index.html"].decode()
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.fixture
def growing(site):
    """The small site with a second source, two days later."""
    site.claimant("outlet-b", name="Outlet B", kind="outlet")
    site.source("article-b", outlet="outlet-b", published="2030-05-04", updated="2030-06-01")
    site.claim(evidence=["{source: article-a, stance: supports}", "{source: article-b, stance: disputes}"])
    return site


def test_there_is_a_page_for_each_day_on_which_a_source_was_published(growing):
    assert {path for path in growing.render() if path.startswith("as-of/")} == {
        "as-of/2030-05-02/index.html",
        "as-of/2030-05-04/index.html",
    }


def test_a_page_says_what_is_new_and_what_stood_otherwise_before(growing):
    files = growing.render()
    assert "The bridge cost 4 million new, at most attributed (1 source, 1 origin)" in text(files, "2030-05-02")
    second = text(files, "2030-05-04")
    assert "New since 2 May 2030" in second
    assert (
        "The bridge cost 4 million before: at most attributed (1 source, 1 origin) → "
        "at most disputed (1 source, 1 origin, 1 origin against)"
    ) in second
    assert "read as updated on 1 June 2030" in second


def test_the_pages_lead_to_each_other(growing):
    files = growing.render()
    assert '<a rel="next" href="/bridge-file/as-of/2030-05-04/">' in files["as-of/2030-05-02/index.html"].decode()
    assert '<a rel="prev" href="/bridge-file/as-of/2030-05-02/">' in files["as-of/2030-05-04/index.html"].decode()


def test_a_status_of_the_desk_is_shown_only_from_its_day_on(growing):
    files = growing.render()  # the history of the claim begins on 3 May
    assert "The desk had reviewed none of these claims yet." in text(files, "2030-05-02")
    assert "nothing yet" in text(files, "2030-05-02")
    assert re.search(r"disputed 1 source, 1 origin, 1 origin against Unverified Unverified", text(files, "2030-05-04"))
    assert "nothing yet" not in text(files, "2030-05-04")


def test_the_card_of_today_stands_beside_what_could_have_been_carried(growing):
    row = text(growing.render(), "2030-05-02").partition("Our card today")[2]
    assert row.startswith(" The bridge cost 4 million attributed 1 source, 1 origin nothing yet Unverified")


def test_a_long_record_is_told_by_what_changed(site):
    for number in range(WHOLE_RECORD):
        site.claim(f"claim-{number}")
    site.source("later", published="2030-05-09")
    files = site.render()
    assert f"{WHOLE_RECORD + 1} claims on the record" in text(files, "2030-05-09")
    assert "The whole record by then" not in text(files, "2030-05-09")
    assert "No claim stood otherwise." in text(files, "2030-05-09")

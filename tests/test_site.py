"""The files of a site: each made when it is asked for, the same as when all are made."""

import pytest

from claimdeck.model.urls import Home
from claimdeck.pipeline import judge_site
from claimdeck.present.site import ALWAYS, SiteFiles
from claimdeck.present.views import Views
from claimdeck.read.static import template_folders


@pytest.fixture
def files(site):
    """Return a function that gives the files of the small site as it stands, none of them made yet."""

    def files_of_site():
        judged = judge_site(site.root)
        views = Views(judged.deck, Home.at("https://example.org/bridge-file/"))
        return SiteFiles(views, judged.content, {}, template_folders(site.root))

    return files_of_site


def texts_of(site):
    """Return the texts of all files, by name."""
    return {name: text for unit in site.units() for name, text in unit.make().items()}


def test_a_file_made_alone_is_the_one_made_with_all_others(site, files):
    site.claim("bridge-cost", aliases="[bridge-price]", said="{by: outlet-a}")
    texts = texts_of(files())
    assert len(texts) > 40
    for name, text in texts.items():
        assert files().text(name) == text, name


def test_every_file_is_known_and_no_other(files):
    site = files()
    assert all(name in site for name in texts_of(site))
    assert all(name in files() for name in texts_of(site))
    assert set(texts_of(files())) >= ALWAYS
    for name in ("claims/gone/index.html", "claims/bridge-cost", "claims/bridge-cost/page/2/index.html", "_desk/"):
        assert name not in site
        assert site.text(name) is None


def test_for_the_page_of_a_claim_nothing_else_is_planned(files):
    site = files()
    assert site.page("claims/bridge-cost/index.html").title == "The bridge cost 4 million · Unverified"
    assert site.planned == {}
    assert "sources/article-a/index.html" in site
    assert site.planned == {}


def test_pictures_are_known_by_name_only(files):
    assert "claims/bridge-cost.png" in files()
    assert "claims/bridge-cost.png" not in texts_of(files())

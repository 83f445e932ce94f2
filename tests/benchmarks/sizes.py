"""How much a reader loads: pages and files of a built site, compressed as web servers do."""

import gzip
from pathlib import Path
from statistics import median

LEVEL = 6  # what most servers use


def claim_page_size(site: Path) -> float:
    """Return the median size of a claim page of *site* with the stylesheet, in kB."""
    css = _compressed(site / "static" / "site.css")
    return median(css + _compressed(page) for page in sorted((site / "claims").glob("claim-*/index.html"))[:500])


def query_size(site: Path) -> float:
    """Return the size of the largest file of words of *site*, in kB: a search loads one for each word typed."""
    return max(_compressed(words) for words in (site / "search").glob("words-*.json"))


def _compressed(path: Path) -> float:
    return len(gzip.compress(path.read_bytes(), LEVEL)) / 1000

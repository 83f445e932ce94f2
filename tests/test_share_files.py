"""The share pictures of a site: which there are, and the cache that spares drawing them."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from claimdeck.pipeline import build_site, judge_site
from tests.rendered import render_site

PROJECT = Path(__file__).resolve().parents[1]
WITHDRAWN = "{on: 2030-06-01, note: It was never said.}"


def pictures(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("claims/*.png"))}


@pytest.fixture
def kept(site) -> Path:
    """The folder of the cache."""
    return site.root / ".cache" / "pictures"


def built(site, name: str = "dist", **options: object) -> dict[str, bytes]:
    """Build the small site and return its pictures."""
    build_site(site.root, site.root.parent / name, **options)
    return pictures(site.root.parent / name)


def test_each_published_claim_has_a_picture_and_its_page_names_it(site):
    site.claim("other", aliases="[older]")
    site.claim("half-written", draft="true")
    site.write("content/claims/gone.yaml", f"short: Gone\nwithdrawn: {WITHDRAWN}\n")
    pictures_made = built(site)
    assert set(pictures_made) == {"claims/bridge-cost.png", "claims/other.png", "claims/older.png"}
    assert pictures_made["claims/older.png"] == pictures_made["claims/other.png"]
    page = (site.root.parent / "dist/claims/other/index.html").read_text(encoding="utf-8")
    assert '<meta property="og:image" content="https://example.org/bridge-file/claims/other.png">' in page
    assert '<meta property="og:image:width" content="1200">' in page
    assert '<meta property="og:image:height" content="630">' in page
    assert '<meta property="og:image:alt" content="The bridge cost 4 million · Unverified">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    for path in ("claims/gone", "claims/older", "claims", "."):
        assert "og:image" not in (site.root.parent / "dist" / path / "index.html").read_text(encoding="utf-8")


def test_switched_off_there_is_none_and_no_page_names_one(site, kept):
    site.settings("pictures: false\n")
    assert built(site) == {}
    assert not kept.exists()
    assert "og:image" not in (site.root.parent / "dist/claims/bridge-cost/index.html").read_text(encoding="utf-8")


def test_a_draft_in_the_preview_names_no_picture(site):
    site.claim("bridge-cost", draft="true")
    files, _ = render_site(judge_site(site.root), drafts=True)
    assert b"og:image" not in files["claims/bridge-cost/index.html"]


def test_check_draws_nothing_and_knows_that_the_pictures_will_be_there(site, kept):
    site.write(
        "content/pages/about.md",
        "---\ntitle: About\n---\n[One](/claims/bridge-cost.png), [none](/claims/bridge.png).\n",
    )
    files, problems = render_site(judge_site(site.root))
    assert not any(path.endswith("claims/bridge-cost.png") for path in files)
    assert [p.message for p in problems if p.code in {"CD070", "CD071"} and ".png" in p.message] != []
    assert not any("bridge-cost.png" in problem.message for problem in problems)
    assert not kept.exists()


def test_a_picture_of_the_desk_takes_the_place_of_ours(site, kept):
    site.write("static/root/claims/bridge-cost.png", b"theirs")
    assert built(site) == {"claims/bridge-cost.png": b"theirs"}
    assert not kept.exists()


def test_a_build_with_the_cache_gives_the_same_bytes_as_one_without(site, kept):
    first = built(site)
    again = built(site, "again")
    without = built(site, "without", cached=False)
    assert first == again == without
    assert len(list(kept.iterdir())) == 1


def test_a_picture_is_drawn_once(site, kept):
    built(site)
    (entry,) = kept.iterdir()
    before = entry.stat()
    built(site)
    assert (entry.stat().st_mtime_ns, entry.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert re.fullmatch(rf"[0-9a-f]{{32}}\.[0-9a-f]{{32}}\.{before.st_ino}-{before.st_mtime_ns}\.png", entry.name)


@pytest.mark.parametrize("damage", [b"", b"\x89PNG", b"another file"])
def test_a_damaged_entry_of_the_cache_is_drawn_anew(site, kept, damage):
    first = built(site)
    (entry,) = kept.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(damage if damage != b"\x89PNG" else whole[:-20])
    assert built(site, "again") == first  # elsewhere: what stands is not drawn again
    assert [path.read_bytes() for path in kept.iterdir()] == [whole]


def test_a_picture_that_somebody_brought_into_the_cache_is_not_published(site, kept):
    first = built(site)
    (entry,) = kept.iterdir()
    key, _, ending = entry.name.split(".", 2)
    forged = b"a picture that says otherwise"
    entry.unlink()
    (kept / f"{key}.{hashlib.sha256(forged).hexdigest()[:32]}.{ending}").write_bytes(forged)
    assert built(site, "again") == first
    (left,) = kept.iterdir()
    assert left.read_bytes() != forged


def test_one_wrong_byte_in_the_cache_is_noticed(site, kept):
    first = built(site)
    (entry,) = kept.iterdir()
    whole = bytearray(entry.read_bytes())
    whole[len(whole) // 2] ^= 1
    entry.write_bytes(whole)
    assert built(site, "again") == first


@pytest.mark.parametrize("place", [".cache", ".cache/pictures"])
def test_a_cache_that_cannot_be_written_stops_nothing(site, place):
    site.write(place, "a file stands where the folder should be")
    assert set(built(site)) == {"claims/bridge-cost.png"}
    assert (site.root / place).read_text(encoding="utf-8") == "a file stands where the folder should be"


def test_a_changed_claim_has_a_new_picture_and_the_old_one_leaves_the_cache(site, kept):
    first = built(site)
    (entry,) = kept.iterdir()
    site.claim("bridge-cost", claim="The new bridge cost 5 million crowns.")
    (kept / ".half-written.png.new").write_bytes(b"cut short")
    assert built(site) != first
    assert len(list(kept.iterdir())) == 1
    assert not entry.exists()


def test_a_change_that_no_picture_shows_draws_nothing(site, kept):
    built(site)
    before = {path.name for path in kept.iterdir()}
    site.claim("bridge-cost", because="The article names nobody.")
    built(site)
    assert {path.name for path in kept.iterdir()} == before


def test_a_change_of_colors_or_of_the_title_draws_anew(site):
    first = built(site)
    css = (PROJECT / "static/site.css").read_text(encoding="utf-8")
    site.write("static/site.css", css.replace("#c2463a", "#123456"))
    recolored = built(site)
    site.write("site.yaml", "title: The Ferry File\nurl: https://example.org/bridge-file/\n")
    assert (
        len(
            {
                first["claims/bridge-cost.png"],
                recolored["claims/bridge-cost.png"],
                built(site)["claims/bridge-cost.png"],
            }
        )
        == 3
    )


def test_the_fonts_of_the_pictures_are_not_published(site):
    built(site)
    assert list((site.root.parent / "dist").rglob("*.ttf")) == []


def test_only_a_build_imports_the_library_that_draws(site):
    command = "import sys; from claimdeck.cli import main; main(sys.argv[1:]); print('PIL' in sys.modules)"
    told = {}
    for name in ("check", "build"):
        arguments = [sys.executable, "-c", command, name, "--root", str(site.root)]
        done = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=PROJECT)
        told[name] = done.stdout.splitlines()[-1]
    assert told == {"check": "False", "build": "True"}

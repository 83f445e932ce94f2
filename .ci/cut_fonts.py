"""Cut the site's fonts to the glyphs, weights and scripts it uses.  Fetches nothing.

`make fonts` runs this over the packages fontpkg-newsreader and fontpkg-ibm-plex-mono and writes
static/fonts/.  The same packages give the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import fontpkg_ibm_plex_mono
import fontpkg_newsreader
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUTPUT = Path(__file__).resolve().parent.parent / "static" / "fonts"
LARGEST = 45_000  # bytes a file: what a reader on a phone is asked to wait for

LATIN = (
    (0x0020, 0x007E),
    (0x00A0, 0x00FF),
    (0x0131, 0x0131),
    (0x0152, 0x0153),  # the French letters: Latin Extended-A, but used too often to be a second file
    (0x02C6, 0x02DC),
    (0x2010, 0x205F),  # general punctuation
    (0x20A0, 0x20C0),  # currency
    (0x2116, 0x2122),
    (0x2190, 0x2199),  # arrows
    (0x2212, 0x2265),  # minus, about, at most, at least
)
LATIN_EXTENDED = ((0x0100, 0x0130), (0x0132, 0x0151), (0x0154, 0x017F), (0x0218, 0x021B), (0x1E9E, 0x1E9E))

# Figures stay tabular, proportional, lining and oldstyle, as far as the font has them.
FEATURES = ["kern", "mark", "ccmp", "locl", "liga", "rvrn", "tnum", "pnum", "lnum", "onum", "zero"]

Limits = Mapping[str, float | tuple[float, float]]


@dataclass(frozen=True)
class Cut:
    """One font file of the site: what it is cut from, and what of it is kept."""

    name: str
    original: Path
    limits: Limits = field(default_factory=dict)
    ranges: tuple[tuple[int, int], ...] = LATIN + LATIN_EXTENDED
    family: str | None = None  # OFL, condition 3: a changed font may not bear a reserved name ("Plex")


ROMAN = fontpkg_newsreader.ROOT / "files" / "Newsreader[opsz,wght].ttf"
ITALIC = fontpkg_newsreader.ROOT / "files" / "Newsreader-Italic[opsz,wght].ttf"
MONO = fontpkg_ibm_plex_mono.ROOT / "files"
TEXT: Limits = {"opsz": 18, "wght": (400, 600)}
TYPED = "Claimdeck Typed"

CUTS = (
    Cut("newsreader-text.woff2", ROMAN, TEXT, LATIN),
    Cut("newsreader-text-extended.woff2", ROMAN, TEXT, LATIN_EXTENDED),
    Cut("newsreader-display.woff2", ROMAN, {"opsz": 40, "wght": 500}),
    Cut("newsreader-italic.woff2", ITALIC, {"opsz": 18, "wght": 400}),
    Cut("typed-400.woff2", MONO / "IBMPlexMono-Regular.ttf", family=TYPED),
    Cut("typed-600.woff2", MONO / "IBMPlexMono-SemiBold.ttf", family=TYPED),
)
LICENCES = {
    "newsreader-OFL.txt": fontpkg_newsreader.ROOT / "LICENSE",
    "typed-OFL.txt": fontpkg_ibm_plex_mono.ROOT / "LICENSE",
}


def main() -> None:
    """Write every cut and the licences, and say how large each is."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, licence in LICENCES.items():
        (OUTPUT / name).write_bytes(licence.read_bytes())
    for cut in CUTS:
        size = write_cut(cut, OUTPUT / cut.name)
        print(f"{cut.name}: {size:,} bytes")
        if size > LARGEST:
            raise SystemExit(f"{cut.name}: {size:,} bytes, over {LARGEST:,}. Cut ranges or axes.")


def write_cut(cut: Cut, path: Path) -> int:
    """Write *cut* to *path* and return its size in bytes."""
    font = TTFont(cut.original, recalcTimestamp=False)  # head.modified stays: same bytes each run
    if cut.family:
        rename_family(font, cut.family)
    keep_glyphs(font, cut.ranges)
    if cut.limits:
        font = instancer.instantiateVariableFont(font, dict(cut.limits))
    font.flavor = path.suffix.removeprefix(".") if path.suffix != ".ttf" else None
    font.save(path)
    return path.stat().st_size


def keep_glyphs(font: TTFont, ranges: tuple[tuple[int, int], ...]) -> None:
    """Drop from *font* what no character of *ranges* needs."""
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True, drop_tables=["meta"])
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cutter = Subsetter(options)
    cutter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    cutter.subset(font)


def rename_family(font: TTFont, family: str) -> None:
    """Give *font* the name *family* wherever its own is shown; copyright and licence stay."""
    style = font["name"].getDebugName(17) or font["name"].getDebugName(2)
    for name_id, text in {1: family, 3: f"{family} {style}", 4: f"{family} {style}"}.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["name"].setName(f"{family}-{style}".replace(" ", ""), 6, 3, 1, 0x409)


if __name__ == "__main__":
    main()

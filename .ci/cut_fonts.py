"""Cut the site's fonts to the glyphs, weights and scripts it uses.  Fetches nothing.

`make fonts` runs this over the packages fontpkg-newsreader and fontpkg-ibm-plex-mono and writes
static/fonts/ for the pages and claimdeck/present/fonts/ for the share pictures.  The same packages give
the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_mono
import fontpkg_newsreader
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PROJECT = Path(__file__).resolve().parent.parent
OUTPUT = PROJECT / "static" / "fonts"
PICTURES = PROJECT / "claimdeck" / "present" / "fonts"  # not in static/: no page needs them
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
PICTURE_CUTS = (
    Cut("newsreader.ttf", ROMAN, {"opsz": 40, "wght": 500}),
    Cut("typed-400.ttf", MONO / "IBMPlexMono-Regular.ttf", family=TYPED),
    Cut("typed-600.ttf", MONO / "IBMPlexMono-SemiBold.ttf", family=TYPED),
)
UNREAD = ("GPOS", "GSUB", "GDEF", "STAT", "DSIG", "gasp")  # by Pillow's basic layout
PAIRS = 2  # the type of a lookup that moves pairs
KERNED = "".join(map(chr, range(0x21, 0x7F))) + "‘’“”–—"
LEAST_KERNING = 0.01  # of the type size: half a pixel in the largest type of a picture
LICENCES = {
    "newsreader-OFL.txt": fontpkg_newsreader.ROOT / "LICENSE",
    "typed-OFL.txt": fontpkg_ibm_plex_mono.ROOT / "LICENSE",
}


def main() -> None:
    """Write every cut and the licences, and say how large each is."""
    for folder, cuts in ((OUTPUT, CUTS), (PICTURES, PICTURE_CUTS)):
        folder.mkdir(parents=True, exist_ok=True)
        for name, licence in LICENCES.items():
            (folder / name).write_bytes(licence.read_bytes())
        for cut in cuts:
            size = write_cut(cut, folder / cut.name)
            print(f"{(folder / cut.name).relative_to(PROJECT)}: {size:,} bytes")
            if size > LARGEST:
                raise SystemExit(f"{cut.name}: {size:,} bytes, over {LARGEST:,}. Cut ranges or axes.")
    write_metrics(PICTURES / "metrics.json")


def write_metrics(path: Path) -> None:
    """Write how wide each letter of the picture fonts is, and which pairs stand closer or farther.

    Pillow's basic layout rounds pairs to nothing, and its other one asks a library of the system.
    """
    metrics = {}
    for cut in PICTURE_CUTS:
        font = cut_font(cut)
        widths = {chr(code): font["hmtx"][glyph][0] for code, glyph in sorted(font.getBestCmap().items())}
        metrics[cut.name] = {"units": font["head"].unitsPerEm, "widths": widths, "pairs": kerning_of(font)}
    text = json.dumps(metrics, ensure_ascii=False, separators=(",", ":")).replace("},", "},\n")
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def kerning_of(font: TTFont) -> dict[str, dict[str, int]]:
    """Return by how many units two letters of *font* stand closer or farther: {first: {second: units}}."""
    glyphs = font.getBestCmap()
    letters = {glyphs[ord(letter)]: letter for letter in KERNED if ord(letter) in glyphs}
    least = LEAST_KERNING * font["head"].unitsPerEm
    pairs: dict[str, dict[str, int]] = {letter: {} for letter in letters.values()}
    lookups = font["GPOS"].table.LookupList
    tables = (
        [table for lookup in lookups.Lookup if lookup.LookupType == PAIRS for table in lookup.SubTable]
        if lookups
        else []
    )
    for table in tables:
        for first in letters.keys() & set(table.Coverage.glyphs):
            for second, units in pair_values(table, first, letters):
                pairs[letters[first]].setdefault(letters[second], units)  # the first table that has a pair decides
    kept = {
        first: {second: row[second] for second in sorted(row) if abs(row[second]) >= least}
        for first, row in sorted(pairs.items())
    }
    return {first: row for first, row in kept.items() if row}


def pair_values(table: Any, first: str, among: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield each glyph of *among* that *table* places behind the glyph *first*, with the units between them."""
    if table.Format == 1:
        for record in table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord:
            if record.SecondGlyph in among:
                yield record.SecondGlyph, getattr(record.Value1, "XAdvance", 0)
        return
    row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)].Class2Record
    for second in among:
        yield second, getattr(row[table.ClassDef2.classDefs.get(second, 0)].Value1, "XAdvance", 0)


def write_cut(cut: Cut, path: Path) -> int:
    """Write *cut* to *path* and return its size in bytes."""
    font = cut_font(cut)
    if path.suffix == ".ttf":
        for table in [table for table in UNREAD if table in font]:
            del font[table]
    else:
        font.flavor = path.suffix.removeprefix(".")
    font.save(path)
    return path.stat().st_size


def cut_font(cut: Cut) -> TTFont:
    """Return what is left of the font that *cut* is cut from."""
    font = TTFont(cut.original, recalcTimestamp=False)  # head.modified stays: same bytes each run
    if cut.family:
        rename_family(font, cut.family)
    keep_glyphs(font, cut.ranges)
    return instancer.instantiateVariableFont(font, dict(cut.limits)) if cut.limits else font


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

"""The share picture as PNG: its format, its bytes, and that nothing leaves its margins."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, ImageChops

from claimdeck.model.settings import DEFAULT_LADDER, Mark
from claimdeck.present.share_card import (
    CARD,
    HAIR_LINE,
    LEFT,
    RED_RULE,
    RIGHT,
    STATEMENT,
    ShareText,
    lay_out,
)
from claimdeck.present.share_picture import draw_card
from claimdeck.present.typeface import FONTS, typefaces

COLORS = {
    "paper": "#f4f1ea",
    "card": "#fffdf9",
    "ink": "#1c1b19",
    "quiet": "#5f5a52",
    "rule": "#d9d3c7",
    "rule-red": "#c2463a",
    "status": "#1c6b3c",
}
TEXT = ShareText(
    "bridge-cost",
    "reviewed 3 May 2030",
    "The new bridge cost 4 million crowns.",
    "The bridge cost 4 million",
    "full",
    ("Confirmed", "confirmed"),
    "3 articles · 1 or 2 origins · 0 to 2 not a party",
    "The Bridge File",
    "example.org",
    COLORS,
)
STATEMENTS = [
    "Wages fell.",
    "“Ångström” Ż Ű ģ ţ: jgpqy (fly) [JQ] Wołga’s £4½ – 100 %",
    "The mayor said that Pneumonoultramicroscopicsilicovolcanoconiosis had shut the bridge, and nobody asked him why.",
    "jJ" * 60,
    ("The new bridge over the river was paid for by nobody who would say so on the record, " * 4)[:299] + ".",
]


def picture(text: ShareText) -> Image.Image:
    return Image.open(BytesIO(draw_card(lay_out(text)))).convert("RGB")


def differing(one: ShareText, other: ShareText) -> tuple[int, int, int, int]:
    """Return the box in which the two pictures differ."""
    box = ImageChops.difference(picture(one), picture(other)).getbbox()
    assert box
    return box


def chunks(png: bytes) -> list[bytes]:
    place, names = 8, []
    while place < len(png):
        names.append(png[place + 4 : place + 8])
        place += 12 + int.from_bytes(png[place : place + 4])
    return names


def test_a_picture_is_a_small_png_of_1200_by_630_that_tells_nothing_else():
    png = draw_card(lay_out(TEXT))
    image = Image.open(BytesIO(png))
    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
    assert len(png) < 25_000
    assert set(chunks(png)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_the_same_text_gives_the_same_bytes():
    assert draw_card(lay_out(TEXT)) == draw_card(lay_out(TEXT))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_nothing_is_drawn_outside_the_inner_margin(statement):
    drawn = picture(replace(TEXT, claim=statement))
    empty = drawn.getpixel((CARD[0] + 20, STATEMENT[0]))
    for box in (
        (CARD[0] + 2, RED_RULE + 3, LEFT - 12, CARD[3] - 2),
        (RIGHT + 12, RED_RULE + 3, CARD[2] - 2, CARD[3] - 2),
        (CARD[0] + 2, CARD[3] - 12, CARD[2] - 2, CARD[3] - 2),
        (LEFT, RED_RULE + 3, RIGHT, RED_RULE + 12),
    ):
        area = drawn.crop(box)
        assert area.getcolors() == [(area.width * area.height, empty)]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_stays_in_its_field(statement):
    left, top, right, bottom = differing(replace(TEXT, claim=statement, short="-"), replace(TEXT, claim=".", short="-"))
    assert left > LEFT - 12
    assert right < RIGHT + 12
    assert top > RED_RULE + 3
    assert bottom <= STATEMENT[1] + 4


@pytest.mark.parametrize(
    "label", ["No", "Confirmed", "Reasonable when said, and overtaken by events since then, we think"]
)
@pytest.mark.parametrize("claim", [TEXT.claim, "다리"])
def test_a_stamp_has_room_whatever_it_says(label, claim):
    text = replace(TEXT, claim=claim)
    left, top, right, bottom = differing(
        replace(text, labels=(label,), mark="full"), replace(text, labels=("X",), mark="ring")
    )
    assert left > LEFT - 12
    assert right < RIGHT + 12
    assert top > RED_RULE + 3
    assert bottom < HAIR_LINE


@pytest.mark.parametrize("mark", get_args(Mark))
def test_every_mark_is_drawn_and_differs_from_the_others(mark):
    others = [other for other in get_args(Mark) if other != mark]
    assert len({picture(replace(TEXT, mark=one)).tobytes() for one in (mark, *others)}) == len(others) + 1
    left, top, right, bottom = differing(replace(TEXT, mark=mark), replace(TEXT, mark=others[0]))
    assert LEFT < left < right < LEFT + 70
    assert STATEMENT[1] < top < bottom < HAIR_LINE


@pytest.mark.parametrize("rung", DEFAULT_LADDER, ids=lambda rung: rung.id)
def test_a_status_is_stamped_in_its_own_color(rung):
    stylesheet = (Path(__file__).parents[1] / "static" / "site.css").read_text(encoding="utf-8")
    color = stylesheet.partition(f"--{rung.color}: light-dark(")[2][:7]
    drawn = picture(replace(TEXT, mark=rung.mark, labels=(rung.label,), colors=COLORS | {"status": color}))
    found = {found for _, found in drawn.getcolors(10_000)}
    assert tuple(bytes.fromhex(color[1:])) in found


def test_a_picture_is_drawn_in_the_colors_of_the_card():
    drawn = picture(TEXT)
    assert drawn.getpixel((5, 5)) == (0xF4, 0xF1, 0xEA)
    assert drawn.getpixel((CARD[0] + 10, CARD[1] + 10)) == (0xFF, 0xFD, 0xF9)
    assert drawn.getpixel((600, RED_RULE + 1)) == (0xC2, 0x46, 0x3A)
    assert drawn.getpixel((CARD[0], 300)) == (0xD9, 0xD3, 0xC7)


def test_the_fonts_have_their_licences_beside_them_and_every_letter_that_the_table_names():
    assert {path.name for path in FONTS.iterdir()} == {
        *typefaces(),
        "metrics.json",
        "newsreader-OFL.txt",
        "typed-OFL.txt",
    }
    for name in ("newsreader-OFL.txt", "typed-OFL.txt"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / name).read_text(encoding="utf-8").upper()


def test_the_fonts_are_what_make_fonts_cuts(tmp_path):
    pytest.importorskip("fontpkg_newsreader")
    import cut_fonts

    for cut in cut_fonts.PICTURE_CUTS:
        cut_fonts.write_cut(cut, tmp_path / cut.name)
    cut_fonts.write_metrics(tmp_path / "metrics.json")
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (FONTS / path.name).read_bytes(), path.name

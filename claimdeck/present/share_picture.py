"""Draw a share picture as PNG.  Library: Pillow; its basic layout only, so that no library of the system has a say.

Every colour is a step from a ground to an ink, so the picture is drawn in the numbers of its palette.  Type
and stamp are drawn four times as large and made small: smooth edges, and letters where they belong.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, features

from claimdeck.present.share_card import (
    CARD,
    HAIR_LINE,
    HEIGHT,
    LEFT,
    RED_RULE,
    RIGHT,
    SPREAD,
    WIDTH,
    Line,
    ShareCard,
    ShareStamp,
)
from claimdeck.present.typeface import FONTS, TYPED_BOLD, typefaces

FINE = 4  # times larger
LEVELS = (0, 16, 50, 84, 118, 152, 186, 220, 255)  # of 255: the steps from a ground to an ink
NEAREST = [min(range(len(LEVELS)), key=lambda step: abs(LEVELS[step] - light)) for light in range(256)]
LEVEL = 6  # of zlib: 9 takes five times as long to save a tenth
TILT = 1.6  # degrees, as on the site
TINT = LEVELS[1]  # the ground of a stamp: about 6 % of its color, as on the site


class Palette:
    """The colors of a picture, numbered as they come."""

    def __init__(self, colors: dict[str, str]) -> None:
        self.colors = {name: _channels(color) for name, color in colors.items()}
        self.entries: list[tuple[int, ...]] = []
        self.ramps: dict[tuple[str, str], int] = {}

    def solid(self, name: str) -> int:
        """Return the number of a color."""
        return self.ramp(name, name)

    def ramp(self, ground: str, ink: str) -> int:
        """Return the number of *ground*; *ink* is reached in so many steps behind it."""
        if (ground, ink) not in self.ramps:
            self.ramps[ground, ink] = len(self.entries)
            ends = list(zip(self.colors[ground], self.colors[ink], strict=True))
            for level in LEVELS[:1] if ground == ink else LEVELS:
                self.entries.append(tuple((a * (255 - level) + b * level + 127) // 255 for a, b in ends))
        return self.ramps[ground, ink]


def library_versions() -> list[str]:
    """Return the versions of all libraries that have a say in the bytes of a picture."""
    return [f"{name} {features.version(name)}" for name in ("pil", "freetype2", "zlib", "zlib_ng")]


def draw_card(card: ShareCard) -> bytes:
    """Return the PNG of *card*."""
    palette = Palette(card.colors)
    image = Image.new("L", (WIDTH, HEIGHT), palette.solid("paper"))
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = CARD
    draw.rectangle((left, top, right - 1, bottom - 1), palette.solid("card"), palette.solid("rule"), 2)
    draw.rectangle((left, RED_RULE, right - 1, RED_RULE + 2), palette.solid("rule-red"))
    draw.rectangle((LEFT, HAIR_LINE, RIGHT - 1, HAIR_LINE + 1), palette.solid("rule"))
    for line in card.lines:
        mask, margin, rise = _type(line)
        _lay(image, mask, line.left - margin, line.baseline - rise, palette.ramp(line.ground, line.color))
    mask, margin = _stamp(card.stamp)
    middle = card.stamp.middle - mask.height // 2
    _lay(image, mask, card.stamp.left - margin, middle, palette.ramp("card", "status"))
    image.putpalette([channel for entry in palette.entries for channel in entry])
    file = BytesIO()
    image.save(file, "PNG", optimize=False, compress_level=LEVEL)
    return file.getvalue()


def _lay(image: Image.Image, mask: Image.Image, left: int, top: int, first: int) -> None:
    """Put *mask* on *image*, its light from 0 to 255 as the steps of the ramp that begins at *first*."""
    drawn = mask.point([255 if step else 0 for step in NEAREST])
    image.paste(mask.point([first + step for step in NEAREST]), (left, top), drawn)


def _type(line: Line) -> tuple[Image.Image, int, int]:
    """Return *line* as a mask, its margin on the left, and the height of its baseline in it."""
    size, margin, rise = line.size * FINE, line.size // 2, line.size * 5 // 4
    places = typefaces()[line.face].places(line.text, size)
    width = places[-1] // FINE + 2 * margin + 1
    mask = Image.new("L", (width * FINE, line.size * 7 // 4 * FINE))
    _write(mask, line.text, line.face, size, places, margin * FINE, rise * FINE)
    return mask.reduce(FINE), margin, rise


def _write(mask: Image.Image, text: str, face: str, size: int, places: list[int], left: int, baseline: int) -> None:
    for letter, place in zip(text, places[:-1], strict=True):
        if letter not in " \u00a0":
            glyph, right, down = _glyph(letter, face, size)
            mask.paste(255, (left + place + right, baseline + down), glyph)


@lru_cache(maxsize=512)
def _glyph(letter: str, face: str, size: int) -> tuple[Image.Image, int, int]:
    """Return a letter as a mask, and where it stands from the beginning of its place on the baseline."""
    font = _font(face, size)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), letter, 255, font, anchor="ls")
    return mask, left, top


@lru_cache(maxsize=32)
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / face, size, layout_engine=ImageFont.Layout.BASIC)


def _stamp(stamp: ShareStamp) -> tuple[Image.Image, int]:
    """Return the tilted frame with mark and label as a mask, and its margin on the left."""
    unit = stamp.size * FINE // 10
    size, pad, frame = stamp.size * FINE, 6 * unit, unit
    places = typefaces()[TYPED_BOLD].places(stamp.label, size, SPREAD)
    words = size // 2 + places[-1] - size * SPREAD // 100
    margin = stamp.size
    width, height = words + size + 2 * (pad + frame), size + 2 * (pad + frame) - 2 * unit
    mask = Image.new("L", (width + 2 * margin * FINE, height + 2 * margin * FINE))
    draw = ImageDraw.Draw(mask)
    left, top = margin * FINE, margin * FINE
    right, bottom = left + width - 1, top + height - 1
    gap = frame + unit // 2
    draw.rectangle((left - gap, top - gap, right + gap, bottom + gap), 0, 255, max(1, unit // 2))
    draw.rectangle((left, top, right, bottom), TINT, 255, frame)
    middle = (top + bottom + 1) // 2
    draw_mark(draw, stamp.mark, left + frame + pad, middle - size * 9 // 20, size * 9 // 10)
    start = left + frame + pad + size + size // 2
    _write(mask, stamp.label, TYPED_BOLD, size, places, start, middle + size * 35 // 100)
    return mask.rotate(TILT, Image.Resampling.NEAREST).reduce(FINE), margin


def draw_mark(draw: ImageDraw.ImageDraw, mark: str, left: int, top: int, size: int) -> None:
    """Draw *mark* into a square of *size*, as templates/macros/mark.html does in one of 16 units."""

    def at(*units: float) -> list[tuple[int, int]]:
        """Return points, given as x, y, x, y, … in units."""
        pairs = zip(units[::2], units[1::2], strict=True)
        return [(left + round(x * size / 16), top + round(y * size / 16)) for x, y in pairs]

    def disc(radius: float, light: int) -> None:
        draw.ellipse(at(8 - radius, 8 - radius, 8 + radius, 8 + radius), light)

    if mark == "split":
        for square, light in ((1, 255), (3, TINT)):
            draw.rectangle(at(square, square, 16 - square, 16 - square), light)
        draw.rectangle(at(7, 1, 9, 15), 255)
    elif mark == "cross":
        draw.polygon(at(1.6, 3.4, 3.4, 1.6, 14.4, 12.6, 12.6, 14.4), 255)
        draw.polygon(at(14.4, 3.4, 12.6, 1.6, 1.6, 12.6, 3.4, 14.4), 255)
    elif mark == "ring":
        for start in range(-90, 270, 45):
            draw.arc(at(1, 1, 15, 15), start, start + 26, 255, round(size / 8))
    else:
        disc(7, 255)
        if mark != "full":
            disc(5, TINT)
        if mark == "half":
            draw.pieslice(at(2, 2, 14, 14), 90, 270, 255)
        elif mark == "quarter":
            draw.pieslice(at(2, 2, 14, 14), 270, 360, 255)


def _channels(color: str) -> tuple[int, ...]:
    """Return red, green and blue of “#rrggbb” or “#rgb”."""
    digits = color.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    return tuple(bytes.fromhex(digits))

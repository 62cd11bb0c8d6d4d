"""A PDF's page as marks on paper: positioned characters and straight strokes. Only this module knows pdfplumber.

All lengths in pt, from the upper left corner of the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.page import Page

_THIN = 3.0
"""A filled rectangle no thicker than this (pt) is a rule."""
_STRAIGHT = 0.5
_SAME = 0.08
"""The same character within twice this (em) is printed twice to look bold."""
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as printed; `base` is its baseline, `font` without subset prefix."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    font: str

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True, order=True)
class Stroke:
    """A straight rule, as drawn: `at` is its distance from the edge it runs along, start < end along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page, counted from 1. `across` and `down` are its strokes; `drawn`: there is a picture or a stroke."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]
    drawn: bool


def seen(page: Page) -> SeenPage:
    """What a reader sees of a page. Text that stands askew is a mark over the page and left out."""
    across, down = _strokes(page)
    drawn = bool(across or down or page.images)
    width, height = float(page.width), float(page.height)
    return SeenPage(page.page_number, width, height, tuple(_glyphs(page)), tuple(across), tuple(down), drawn)


def _glyphs(page: Page) -> Iterator[Glyph]:
    printed: set[tuple[str, int, int]] = set()
    height = float(page.height)
    for char in page.chars:
        if _askew(char["matrix"]) or not (0 <= char["x1"] and char["x0"] <= page.width and 0 <= char["top"] < height):
            continue
        size = round(float(char["size"]), 2) or 1.0
        x, y = round(char["x0"] / size / _SAME), round(char["top"] / size / _SAME)
        if not char["text"].isspace() and any((char["text"], x + n, y) in printed for n in (-1, 0, 1)):
            continue
        printed.add((char["text"], x, y))
        text = char["text"] if not char["text"].startswith("(cid:") else _UNKNOWN
        base = char["bottom"] - (char["matrix"][5] - char["y0"] if char["upright"] else 0)
        font = char["fontname"].rpartition("+")[2]
        yield Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"], base, size, font)


def _askew(matrix: tuple[float, ...]) -> bool:
    a, b = matrix[:2]
    turned = math.degrees(math.atan2(b, a)) % 90
    return min(turned, 90 - turned) > 1


def _strokes(page: Page) -> tuple[list[Stroke], list[Stroke]]:
    across: list[Stroke] = []
    down: list[Stroke] = []
    for x0, y0, x1, y1 in _segments(page):
        if abs(y1 - y0) < _STRAIGHT < abs(x1 - x0):
            across.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) < _STRAIGHT < abs(y1 - y0):
            down.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


def _segments(page: Page) -> Iterator[tuple[float, float, float, float]]:
    """Pieces of drawn paths: lines, thin filled rectangles, the edges of stroked ones."""
    for line in page.lines:
        if _inked(line["stroking_color"]):
            yield line["x0"], line["top"], line["x1"], line["bottom"]
    for rect in page.rects:
        yield from _edges(rect)
    for curve in page.curves:
        if curve["stroke"] and _inked(curve["stroking_color"]):
            points = curve["pts"]
            yield from ((*here, *there) for here, there in zip(points, points[1:], strict=False))


def _edges(rect: dict[str, Any]) -> Iterator[tuple[float, float, float, float]]:
    x0, y0, x1, y1 = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
    filled = rect["fill"] and _inked(rect["non_stroking_color"])
    stroked = rect["stroke"] and _inked(rect["stroking_color"])
    if (filled or stroked) and min(x1 - x0, y1 - y0) <= _THIN:
        if x1 - x0 > y1 - y0:
            yield x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
        else:
            yield (x0 + x1) / 2, y0, (x0 + x1) / 2, y1
    elif stroked:
        yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))


def _inked(colour: object) -> bool:
    """Whether a colour shows on white paper: grey and RGB are white at 1, CMYK at 0; a pattern shows."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return True
    cmyk = 4
    return any(parts) if len(parts) == cmyk else any(part < 1 for part in parts)

"""A PDF's page as marks on paper: positioned characters and straight strokes.

All lengths in pt, from the upper left corner of the page.
"""

from __future__ import annotations

from dataclasses import dataclass


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

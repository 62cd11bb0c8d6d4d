"""One font role as lines are measured and placed in it. Lengths in em, remembered by text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import fsum

from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.lines import Line, text_width
from budgetreport.typeset.page import ARTIFACT, Run


class _Faces(dict[str, str]):
    """Key of the face that draws each character."""

    def __init__(self, fonts: FontSet, font: str) -> None:
        super().__init__()
        self._fonts = fonts
        self._font = font

    def __missing__(self, char: str) -> str:
        key = self[char] = self._fonts.choose(self._font, char)
        return key


class Measure:
    """Widths, faces and the height of the baseline of a font role."""

    def __init__(self, fonts: FontSet, font: str) -> None:
        self.widths = fonts.widths(font)
        self._faces = _Faces(fonts, font)
        self._ems: dict[str, float] = {}
        self._keys: dict[str, str] = {}
        face = fonts.face(self._faces["一"])
        self._rise = (face.ascent + face.descent) / 2

    def em(self, text: str) -> float:
        """Width of the text on one line."""
        if text not in self._ems:
            self._ems[text] = text_width(text, self.widths)
        return self._ems[text]

    def line(self, text: str) -> Line:
        """The text as one line."""
        return Line(text, self.em(text.rstrip()))

    def baseline(self, top: float, leading: float, size: float) -> float:
        """The baseline (pt) of a line whose box begins at `top`: the em box stands in the middle of the leading."""
        return top - leading / 2 - self._rise * size

    def runs(self, line: Line, size: float, x: float, y: float, element: int = ARTIFACT) -> Iterator[Run]:
        """The line's characters from x on the baseline y, a run for each face."""
        text, _, spread, gaps = line
        scaled = tuple((at, gap * size) for at, gap in gaps) if gaps else ()
        if key := self._key(text):
            yield Run(x, y, key, size, text, element, spread * size, scaled)
            return
        at = 0
        for key, group in groupby(text, self._faces.__getitem__):
            piece = "".join(group)
            inside = tuple((index - at, gap) for index, gap in scaled if at <= index < at + len(piece))
            yield Run(x, y, key, size, piece, element, spread * size, inside)
            x += (text_width(piece, self.widths) + spread * len(piece)) * size + fsum(gap for _, gap in inside)
            at += len(piece)

    def _key(self, text: str) -> str:
        """The one face that draws the text; '' where there are several or none."""
        if text not in self._keys:
            keys = set(map(self._faces.__getitem__, text))
            self._keys[text] = keys.pop() if len(keys) == 1 else ""
        return self._keys[text]

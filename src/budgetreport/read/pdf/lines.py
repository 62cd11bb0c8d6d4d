"""Characters into lines, and what a line says about the break after it.

Lines are read by their baselines, characters from left to right; no character is added, changed or left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgetreport.read.pdf.seen import Glyph

_LEVEL = 0.3
"""Baselines nearer than this (em) are one line's."""
CLOSING = frozenset("，。、；：？！,.;:?!）》】」』〉〕〗”’)]}％%‰℃·…—～ \u3000\u00a0")
"""What begins no line: it comes along with what stands before it."""
_OPENING = frozenset("（《【「『〈〔〖“‘([{")
_HANGING = frozenset("，。、；：？！）》】」』〉〕〗”’")
"""Marks whose right half is white, which may stand over the edge."""
_RIGID = re.compile(r"[!-~\u00a1-\u024f—…]")
_TOUCH = 0.05
_UNIT = 3
"""A unit of so many characters may cling to a number: 万平方米 is cut nowhere."""
_ITEM = re.compile(r"\s*(\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、)")
_ENDED = frozenset("。；;！？：:.")


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline. x0 and x1 are its ink's edges, without white space."""

    page: int
    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    font: str

    @property
    def text(self) -> str:
        """Its characters as they stand."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def width(self) -> float:
        """Of its ink."""
        return self.x1 - self.x0

    @property
    def edge(self) -> float:
        """Its right end, where a mark at the end counts by its ink."""
        last = next(glyph for glyph in reversed(self.glyphs) if not glyph.text.isspace())
        return self.x1 - (last.size / 2 if last.text in _HANGING and last.x1 - last.x0 > 0.6 * last.size else 0)

    @property
    def ended(self) -> bool:
        """Whether it ends as sentences do."""
        return self.text.rstrip()[-1:] in _ENDED

    @property
    def pair(self) -> bool:
        """Whether it is what cannot be cut and a single character after it."""
        return sum(glyph.text not in CLOSING for glyph in self.glyphs[_atom(self.glyphs, 0) :]) <= 1

    @property
    def item(self) -> bool:
        """Whether it begins as items of a list do: 1. （2） 三、."""
        return bool(_ITEM.match(self.text))


def lines(page: int, glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines from top to bottom; white space alone makes none."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.base):
        if rows and glyph.base - rows[-1][0].base <= _LEVEL * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    made = (line(page, sorted(row, key=lambda one: one.x0)) for row in rows)
    return [one for one in made if one is not None]


def line(page: int, glyphs: Sequence[Glyph]) -> Line | None:
    """A line of these characters, None where all is white. Its size and font are those of most of them."""
    ink = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not ink:
        return None
    size, _ = Counter(glyph.size for glyph in ink).most_common(1)[0]
    wide = [glyph for glyph in ink if glyph.text >= "\u2e80"] or ink
    font, _ = Counter(glyph.font for glyph in wide).most_common(1)[0]
    x0, x1 = min(glyph.x0 for glyph in ink), max(glyph.x1 for glyph in ink)
    top, bottom = min(glyph.top for glyph in ink), max(glyph.bottom for glyph in ink)
    base, _ = Counter(round(glyph.base, 2) for glyph in ink).most_common(1)[0]
    return Line(page, tuple(glyphs), x0, x1, top, bottom, base, size, font)


def pieces(whole: Line, gap: float) -> list[Line]:
    """The line cut where more than `gap` (pt) is white."""
    parts: list[list[Glyph]] = [[]]
    end = whole.x0
    for glyph in whole.glyphs:
        if not glyph.text.isspace() and glyph.x0 - end > gap and parts[-1]:
            parts.append([])
        parts[-1].append(glyph)
        end = max(end, glyph.x1)
    return [one for part in parts if (one := line(whole.page, part)) is not None]


def need(following: Line) -> float:
    """The room (pt) that the beginning of a line would have taken on the line before: what is not cut."""
    ink = following.glyphs
    at = next(n for n, glyph in enumerate(ink) if not glyph.text.isspace())
    end = _atom(ink, at)
    return sum(glyph.x1 - glyph.x0 for glyph in ink[at:end])


def count(glyphs: Sequence[Glyph], room: float) -> tuple[int, bool]:
    """How many lines of that room (pt) the characters take, and whether the last holds a single one."""
    found, left, at, inside = 1, room, 0, 0
    while at < len(glyphs):
        end = _atom(glyphs, at, unit=False)
        whole = sum(glyph.x1 - glyph.x0 for glyph in glyphs[at:end])
        inked = sum(glyph.x1 - glyph.x0 for glyph in glyphs[at:end] if not glyph.text.isspace())
        if inked > left + _TOUCH and left < room:
            found, left, inside = found + 1, room, 0
        while inked > room:  # longer than a line: cut
            found, inked, whole = found + 1, inked - room, whole - room
        left -= whole
        inside += sum(glyph.text not in CLOSING for glyph in glyphs[at:end])
        at = end
    return found, inside <= 1


def paired(glyphs: Sequence[Glyph], room: float) -> int:
    """How many lines of that room (pt) the characters take where no pair of Chinese ones is torn; 0: they cannot.

    Pairs are counted from the end of each stretch of Chinese.
    """
    found, left, start = 1, room, 0
    for end in [*_between_pairs(glyphs), len(glyphs)]:
        width = sum(glyph.x1 - glyph.x0 for glyph in glyphs[start:end])
        if width > room + _TOUCH:
            return 0
        if width > left + _TOUCH:
            found, left = found + 1, room
        left -= width
        start = end
    return found


def _between_pairs(glyphs: Sequence[Glyph]) -> list[int]:
    places, run = [], 0
    for at in range(len(glyphs) - 1, 0, -1):
        before, after = glyphs[at - 1].text, glyphs[at].text
        run = run + 1 if _is_word(after) else 0
        torn = run % 2 if _is_word(before) and _is_word(after) else _RIGID.match(before) and _RIGID.match(after)
        if not torn and after not in CLOSING and before not in _OPENING:
            places.append(at)
    return places[::-1]


def _is_word(char: str) -> bool:
    return char > "\u2fff" and char not in CLOSING and char not in _OPENING


def _atom(glyphs: Sequence[Glyph], at: int, *, unit: bool = True) -> int:
    """Where what begins at an index may first be cut. A number's unit belongs to it."""
    end = at
    while end < len(glyphs) - 1 and glyphs[end].text in _OPENING:
        end += 1
    rigid = bool(_RIGID.match(glyphs[end].text)) or glyphs[end].text in "≥≤＞＜≧≦＝±～第约￥−"
    end += 1
    if rigid:
        while end < len(glyphs) and _RIGID.match(glyphs[end].text):
            end += 1
        if unit and glyphs[end - 1].text in "0123456789%":
            end = min(end + _UNIT, len(glyphs))
    while end < len(glyphs) and glyphs[end].text in CLOSING:
        end += 1
    return end

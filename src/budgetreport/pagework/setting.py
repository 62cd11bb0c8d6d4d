"""Lines onto a page: which face draws what, and where each run begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetreport.pagework.lines import Line, Setting
from budgetreport.style import Role
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import ARTIFACT, Run

MM = 72 / 25.4
"""Points of a millimetre."""


def setting(fonts: FontSet, role: Role, room: float, size: float = 0) -> Setting:
    """What texts of a role are broken to; `size` overrides the role's."""
    size = size or role.size
    return Setting(fonts.widths(role.font), size, room - role.left * size, role.first * size, role.align == "justify")


def baseline(fonts: FontSet, role: Role, size: float, leading: float) -> float:
    """How far below the top of its line box the baseline is: the em box stands in the middle of the leading."""
    face = fonts.face(role.font)
    return (leading - (face.ascent - face.descent) * size) / 2 + face.ascent * size


def runs(  # noqa: PLR0913 - a line, its place, its font and its element
    fonts: FontSet, role: Role, line: Line, x: float, y: float, size: float, element: int = ARTIFACT
) -> Iterator[Run]:
    """The runs of a line whose left edge is at x and whose baseline is at y."""
    extra = dict(line.extra)
    at = 0
    widths = fonts.widths(role.font)
    for face, text in fonts.runs(role.font, line.text.rstrip()) if line.text.strip() else ():
        inside = tuple((n, extra[at + n]) for n in range(len(text)) if at + n in extra)
        yield Run(x, y, face, size, text, element, gaps=inside)
        x += sum([widths[char] for char in text]) * size + sum(gap for _, gap in inside)
        at += len(text)


def start(align: str, left: float, room: float, width: float) -> float:
    """Where a line of that width begins."""
    if align == "center":
        return left + (room - width) / 2
    return left + room - width if align == "right" else left


def height(lines: Sequence[Line], leading: float) -> float:
    """Of a block of lines."""
    return len(lines) * leading

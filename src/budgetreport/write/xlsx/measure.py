"""How wide and how high texts come out in a spreadsheet: estimates, as no program tells beforehand.

A unit is the width of a digit in the Normal font (宋体 11: 8 of 96 pixels an inch). Estimates lean to
the roomy side: an empty strip does no harm, a cut line does.
"""

from __future__ import annotations

import re

UNIT = 25.4 / 12
"""mm in a unit: 8 pixels of 96 an inch."""
_HALF = 11.6
"""Size in pt at which half a Chinese character fills a unit (12 by calculation, less a reserve)."""
_PAD = 1.2
"""Units that a cell loses to the white beside its rules."""
_LINE = 1.4
"""Distance of lines in font sizes."""
_RUNS = re.compile("[!-~]+|[^!-~]+")
"""Latin words, which spreadsheet programs divide only where they are longer than a line, and what lies between."""
AIR, LEAST_AIR = 4.0, 2.0
"""pt above and below the text together: usually, and where rows are made low."""


def halves(text: str) -> int:
    """Width of a line of text in half characters: Chinese two, Latin one."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


def width(text: str, size: float, indent: int = 0) -> float:
    """Units a cell needs to hold the longest line of the text without wrapping."""
    longest = max(map(halves, text.split("\n"))) if "\n" in text else halves(text)
    return (longest + 2 * indent) * size / _HALF + _PAD


def characters(count: float, size: float) -> float:
    """Units of a cell for so many Chinese characters side by side."""
    return 2 * count * size / _HALF + _PAD


def lines(text: str, size: float, units: float, indent: int = 0) -> int:
    """Number of lines that the text takes in a cell of that width."""
    room = max(2.0, (units - _PAD) * _HALF / size - 2 * indent)
    if "\n" not in text:
        return _wrapped(text, room)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    """Lines for a line where so many halves have room; a wrapped line loses a character to the rules of breaking."""
    if halves(line) <= room + 0.01:
        return 1
    room = max(2.0, room - 1)
    count, used = 1, 0.0
    for run in _RUNS.findall(line):
        needed = halves(run)
        if used and used + needed > room and "!" <= run[0] <= "~":
            count, used = count + 1, 0.0
        used += needed
        over = max(0, -int(-used // room) - 1)
        count, used = count + over, used - over * room
    return count


def height(count: int, size: float, leading: float = 0, air: float = AIR) -> float:
    """Points of a row that holds so many lines."""
    return count * (leading or size * _LINE) + air

"""Character sets, and how much of them a face draws; fonts/repertoires.json states them as ranges of code points."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from budgetreport.data import folder


@dataclass(frozen=True, slots=True)
class Repertoire:
    """The hanzi of a standard."""

    name: str
    chars: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a repertoire's hanzi can be drawn, of how many."""

    name: str
    drawn: int
    of: int


@cache
def repertoires() -> tuple[Repertoire, ...]:
    """All that coverage is told of."""
    stated = json.loads((folder("fonts") / "repertoires.json").read_text(encoding="utf-8"))
    return tuple(Repertoire(one["name"], _chars(one["ranges"], one["charset"])) for one in stated)


def coverage(draws: Callable[[str], bool]) -> tuple[Share, ...]:
    """The share of each repertoire that `draws` says yes to."""
    return tuple(Share(one.name, sum(map(draws, one.chars)), len(one.chars)) for one in repertoires())


def _chars(ranges: list[str], charset: str) -> str:
    """The characters of the ranges (hexadecimal, ends included); with a charset, those that it encodes."""
    ends = [[int(end, base=16) for end in one.split("-")] for one in ranges]
    chars = "".join(chr(code) for first, last in ends for code in range(first, last + 1))
    return chars.encode(charset, errors="ignore").decode(charset) if charset else chars

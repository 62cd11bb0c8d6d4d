"""Code trees: classifications whose codes grow by digits, 类 under nothing, 款 under 类, 项 under 款.

Basis: 政府收支分类科目 (功能分类 3/5/7 digits, 经济分类 3/5 digits). Lists are data (layouts/**/codes).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CodeTree:
    """Codes with names; `levels` maps a level's name to its digits, highest first.

    A code that is not listed still has its place in the tree: only its name is unknown.
    """

    levels: Mapping[str, int]
    names: Mapping[str, str] = field(default_factory=dict)

    def lineage(self, code: str) -> tuple[str, ...]:
        """The code itself, then the codes above it at declared levels, nearest first."""
        return (code, *(code[:digits] for digits in tuple(self.levels.values())[::-1] if digits < len(code)))

    def level(self, code: str) -> str:
        """The level of a code, '' where its length is none of the declared ones."""
        return next((name for name, digits in self.levels.items() if digits == len(code)), "")

    def name(self, code: str) -> str:
        """The listed name, '' for an unlisted code."""
        return self.names.get(code, "")

    def added(self, code: str, level: str) -> str:
        """The digits that `level` adds to the level above it: 20137 is 37 at 款. '' above its own level."""
        digits = list(self.levels.values())
        at = list(self.levels).index(level)
        start = digits[at - 1] if at else 0
        return code[start : digits[at]] if len(code) >= digits[at] else ""

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)


def read_codes(text: str) -> dict[str, str]:
    """Code → name from a CSV with the columns `code` and `name` (or `label`), in the file's order.

    ValueError: no column `code`.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if "code" not in (rows.fieldnames or ()):
        raise ValueError(rows.fieldnames)
    return {row["code"]: row.get("name") or row.get("label") or "" for row in rows}

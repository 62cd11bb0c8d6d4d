"""Code trees: classifications whose codes grow by digits, 类 under nothing, 款 under 类, 项 under 款.

Basis: 政府收支分类科目 (功能分类 3/5/7 digits, 经济分类 3/5 digits). Lists are data (layouts/**/codes).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_UNSURE = ("medium", "low")
"""What `confidence` says of a row that nobody has checked; a list without the column is taken at its word."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed code. `since` and `until`: the first and last year it holds, 0 for always; `formerly`: older names."""

    name: str
    since: int = 0
    until: int = 0
    formerly: tuple[str, ...] = ()
    is_sure: bool = True

    def holds_in(self, year: int) -> bool:
        """Whether the year's classification has it."""
        return (not self.since or self.since <= year) and (not self.until or year <= self.until)


class CodeList(dict[str, str]):
    """Code → name in the list's order; `entries` has what else the list says of each; `renamed`: old name → code."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        super().__init__((code, entry.name) for code, entry in entries.items())
        self.entries = entries
        self.renamed = {old: code for code, entry in entries.items() for old in entry.formerly}


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

    def entry(self, code: str) -> Entry | None:
        """All that the list says of a code, None for an unlisted one."""
        if isinstance(self.names, CodeList):
            return self.names.entries.get(code)
        return Entry(self.names[code]) if code in self.names else None

    def holds(self, code: str, year: int) -> bool:
        """Whether the code is listed, and in force in that year."""
        entry = self.entry(code)
        return entry is not None and entry.holds_in(year)

    def renamed(self, name: str, year: int) -> str:
        """The code that once bore a name which no code has any more, '' where there is none."""
        code = self.names.renamed.get(name, "") if isinstance(self.names, CodeList) else ""
        return code if code and self.holds(code, year) and name not in self.names.values() else ""

    def in_year(self, year: int) -> tuple[str, ...]:
        """The codes in force in a year, in the list's order."""
        return tuple(code for code in self.names if self.holds(code, year))

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)


def read_codes(text: str) -> CodeList:
    """A CSV with the columns `code` and `name` (or `label`), in the file's order.

    May also have `from` and `until` (years; empty: always), `formerly` (older names, a bar between two) and
    `confidence`. ValueError: no column `code`.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if "code" not in (rows.fieldnames or ()):
        raise ValueError(rows.fieldnames)
    return CodeList({row["code"]: _entry(row) for row in rows})


def _entry(row: Mapping[str, str | None]) -> Entry:
    said = {name: (text or "").strip() for name, text in row.items() if isinstance(name, str)}
    return Entry(
        said.get("name") or said.get("label") or "",
        _year(said.get("from", "")),
        _year(said.get("until", "")),
        tuple(filter(None, said.get("formerly", "").split("|"))),
        said.get("confidence", "") not in _UNSURE,
    )


def _year(text: str) -> int:
    return int(text) if text.isdecimal() else 0

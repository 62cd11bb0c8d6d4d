"""What is wrong, where, and what to do: a value, never an exception shown to a clerk.

Problems are gathered, sorted by place and shown all at once; text and JSON only render them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem matters; the value is the word a clerk reads."""

    ERROR = "错误"
    WARNING = "警告"
    NOTICE = "提示"


@dataclass(frozen=True, slots=True, order=True)
class FilePlace:
    """A place in a text file. Lines and columns count from 1, columns in characters; 0 is unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])

    def as_json(self) -> dict[str, str | int]:
        """The `where` of the JSON envelope."""
        return {"file": self.file, "line": self.line, "column": self.column}


@dataclass(frozen=True, slots=True, order=True)
class TablePlace:
    """A cell of a printed table, by what a reader sees: the table's title, the row and the column."""

    table: str
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        return "，".join(
            filter(None, [f"《{self.table}》", self.row and f"“{self.row}”行", self.column and f"“{self.column}”栏"])
        )

    def as_json(self) -> dict[str, str | int]:
        """The `where` of the JSON envelope."""
        return {"table": self.table, "row": self.row, "column": self.column}


@dataclass(frozen=True, slots=True, order=True)
class PagePlace:
    """A page of a printed document, counted from 1."""

    page: int

    def __str__(self) -> str:
        return f"第{self.page}页"

    def as_json(self) -> dict[str, str | int]:
        """The `where` of the JSON envelope."""
        return {"page": self.page}


@dataclass(frozen=True, slots=True, order=True)
class SheetPlace:
    """A cell of a workbook; without `cell` the whole sheet."""

    file: str
    sheet: str
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.file}，工作表“{self.sheet}”" + (f"{self.cell}格" if self.cell else "")

    def as_json(self) -> dict[str, str | int]:
        """The `where` of the JSON envelope."""
        return {"file": self.file, "sheet": self.sheet, "cell": self.cell}


@dataclass(frozen=True, slots=True, order=True)
class TextPlace:
    """A paragraph of the text: the heading it stands under, its number there from 1 (0: the heading itself)."""

    section: str
    paragraph: int = 0

    def __str__(self) -> str:
        named = f"“{self.section}”" if self.section else "正文开头"
        return named + (f"第{self.paragraph}段" if self.paragraph else "")

    def as_json(self) -> dict[str, str | int]:
        """The `where` of the JSON envelope."""
        return {"section": self.section, "paragraph": self.paragraph}


Place = FilePlace | TablePlace | TextPlace | SheetPlace | PagePlace


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: `rule` is a stable id, `text` the words or figures it is about (may be empty).

    `where` is its place as a reader of the document names it, `also` the places that it is compared with;
    `stated` is where that stands in the file at hand: the input's line, a workbook's cell, a page;
    `waived` why the input lets it go, '' where it does not.
    """

    level: Level
    rule: str
    where: Place
    what: str
    fix: str
    text: str = ""
    also: tuple[Place, ...] = ()
    stated: Place | None = None
    waived: str = ""

    def as_json(self) -> dict[str, object]:
        """One entry of `problems` in the JSON envelope."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "where": self.where.as_json(),
            **({"also": [place.as_json() for place in self.also]} if self.also else {}),
            **({"stated": self.stated.as_json()} if self.stated else {}),
            "text": self.text,
            "what": self.what,
            "fix": self.fix,
            **({"waived": self.waived} if self.waived else {}),
        }


class ProblemsError(Exception):
    """Carries problems out of a stage that cannot go on; whoever runs the stage gathers them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("; ".join(f"{p.where} {p.rule} {p.what}" for p in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by place (files before tables before texts before pages), each said once."""
    kinds = (FilePlace, TablePlace, TextPlace, SheetPlace, PagePlace)
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (kinds.index(type(p.where)), p.where, p.rule, p.what)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that stop a build: what is waived does not."""
    return tuple(p for p in problems if p.level is Level.ERROR and not p.waived)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or '' where none comes near."""
    found = difflib.get_close_matches(word, [str(k) for k in known], n=1, cutoff=0.5)
    return found[0] if found else ""

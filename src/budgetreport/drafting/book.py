"""A blank workbook, sheet after sheet, as the files of a layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from budgetreport.drafting.grid import table
from budgetreport.drafting.words import Words
from budgetreport.drafting.writing import MARK, Open, Value, document
from budgetreport.drafting.years import Years, usual_year
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError, SheetPlace
from budgetreport.read.found import FoundDocument, FoundGrid, FoundText

RULE = "LY-20"
_UNSAFE = re.compile(r"[\s\\/:*?\"<>|.]+")
_COVER = 26
"""Size in pt from which a sheet's text is a cover's."""
_CAPTIONS = 3
_PART_NAME = 40
"""Characters of a text at most that can be a part's heading."""


@dataclass(frozen=True)
class Draft:
    """The files of a layout by path in its folder, and where something is left open."""

    files: dict[str, str]
    todo: tuple[Problem, ...]


@dataclass
class _Sheet:
    title: str
    texts: list[FoundText] = field(default_factory=list)
    grids: list[FoundGrid] = field(default_factory=list)
    after: list[FoundText] = field(default_factory=list)
    """Texts below the first grid."""


def draft(found: FoundDocument, parent: str, year: int | None, words: Words) -> Draft:
    """A layout that inherits `parent` and prints the workbook's grids.

    `year`: the year that the forms are of, else the one that they name most often. ProblemsError: it has no grid.
    """
    if not any(isinstance(block, FoundGrid) for block in found.blocks):
        what, fix = "这个工作簿里没有表格：没有画了框线的格子", "给出官方的空白表样，表格要有框线"
        raise ProblemsError([Problem(Level.ERROR, RULE, FilePlace(found.file), what, fix)])
    texts = (block.text for block in found.blocks if isinstance(block, FoundText))
    return _Book(found, parent, replace(words, years=Years(year or usual_year(texts)))).draft()


def _sheets(found: FoundDocument) -> list[_Sheet]:
    sheets: dict[str, _Sheet] = {}
    for block in found.blocks:
        name = block.place.sheet if isinstance(block.place, SheetPlace) else ""
        sheet = sheets.setdefault(name, _Sheet(name))
        if isinstance(block, FoundGrid):
            sheet.grids.append(block)
        else:
            (sheet.after if sheet.grids else sheet.texts).append(block)
    return list(sheets.values())


class _Book:
    """The files as they come together."""

    def __init__(self, found: FoundDocument, parent: str, words: Words) -> None:
        self._found, self._parent, self._words = found, parent, words
        self._files: dict[str, str] = {}

    def draft(self) -> Draft:
        sheets = _sheets(self._found)
        parts = [part for sheet in sheets for part in self._part(sheet, first=sheet is sheets[0])]
        title = self._found.file.rpartition("/")[2].removesuffix(".xlsx")
        root: dict[str, Value] = {
            "title": Open(title, "版式的名称"),
            "inherits": self._parent,
            "verified": "no",
            "basis": Open(title, "依据什么文件"),
            "parts": {"replace": parts},
        }
        self._files["layout.yaml"] = document(root)
        return Draft(self._files, tuple(self._todo()))

    def _part(self, sheet: _Sheet, *, first: bool) -> Iterator[Value]:
        """The parts that a sheet makes: tables; a cover; the contents; a heading with its text."""
        if sheet.grids:
            yield from self._tables(sheet)
        elif sheet.texts and first and sheet.texts[0].size >= _COVER:
            yield {"cover": list(self._cover(sheet.texts))}
        elif sheet.texts and self._words.is_("contents", sheet.texts[0].text):
            yield {"contents": sheet.texts[0].text}
        elif sheet.texts:
            yield self._section(sheet)

    def _cover(self, texts: Sequence[FoundText]) -> Iterator[Value]:
        largest = max(text.size for text in texts)
        for text in texts:
            role = "cover-title" if text.size == largest else "cover-unit"
            yield Open({"text": self._said(text.text), "role": role}, "写单位的地方改为 {{ unit.name }}")

    def _section(self, sheet: _Sheet) -> Value:
        first, *rest = sheet.texts
        short = len(first.text) <= _PART_NAME
        heading, texts = (first.text, rest) if short else (sheet.title, sheet.texts)
        name = _file_name(sheet.title)
        remark = f"{{# {MARK} 要填的数、名称改成 {{{{ … }}}} #}}"
        self._files[f"text/{name}.j2"] = "\n".join([remark, *(self._said(text.text) for text in texts)]) + "\n"
        return {"id": name, "heading": self._said(heading), "parts": [{"text": f"{name}.j2"}]}

    def _tables(self, sheet: _Sheet) -> Iterator[Value]:
        for number, grid in enumerate(sheet.grids, 1):
            name = _file_name(sheet.title) + (str(number) if number > 1 else "")
            texts = sheet.texts if number == 1 else []
            notes = sheet.after if number == len(sheet.grids) else []
            keys = {**self._around(sheet, texts, notes), **table(grid.rows, self._words)}
            self._files[f"tables/{name}.yaml"] = document(keys, [f"据工作表“{sheet.title}”起草"])
            yield {"table": name}

    def _around(self, sheet: _Sheet, texts: Sequence[FoundText], notes: Sequence[FoundText]) -> dict[str, Value]:
        """What stands over and under a grid: the title is the largest text, what follows it the caption."""
        largest = max((text.size for text in texts), default=0)
        at = next((n for n, text in enumerate(texts) if text.size == largest), -1)
        caption = [text.text for text in texts[at + 1 :]][:_CAPTIONS]
        found: dict[str, Value] = {"title": self._said(texts[at].text if texts else sheet.title)}
        found["caption"] = [self._caption(text) for text in caption]
        unit = next((m["unit"] for t in caption if (m := self._words.hints.amount_unit.fullmatch(t.strip()))), "")
        if unit:
            found["numbers"] = {"unit": unit}
        if notes:
            found["notes"] = [self._said(text.text) for text in notes]
        found["sheet"] = sheet.title.strip()
        return found

    def _caption(self, text: str) -> Value:
        if self._words.hints.unit_name.fullmatch(text.strip()) and not self._words.hints.amount_unit.fullmatch(text):
            return self._said(text) + "{{ unit.name }}"
        return self._said(text)

    def _said(self, text: str) -> str:
        """A text of the forms as a template: years counted from the forms' year."""
        return self._words.years.said(text.strip().replace("{{", "{ {").replace("{%", "{ %"))

    def _todo(self) -> Iterator[Problem]:
        for file, text in self._files.items():
            for number, line in enumerate(text.splitlines(), 1):
                if (column := line.find(MARK)) >= 0:
                    what = line[column + len(MARK) :].removesuffix("#}").strip()
                    place = FilePlace(file, number, column + 1)
                    yield Problem(Level.NOTICE, RULE, place, what, "改好后删去这一行的 TODO")


def _file_name(title: str) -> str:
    return _UNSAFE.sub("", title) or "表"

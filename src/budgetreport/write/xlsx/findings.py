"""检查表: the findings of a check as a workbook, a row each, to filter, to work off, to hand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import fsum

from budgetreport.problems import FilePlace, Place, Problem, SheetPlace, TablePlace, TextPlace
from budgetreport.report import Report
from budgetreport.style import Style
from budgetreport.write.xlsx import measure
from budgetreport.write.xlsx.book import book_bytes
from budgetreport.write.xlsx.setting import Setting
from budgetreport.write.xlsx.sheet import ILLEGAL, LONGEST, Look, Outward, Sheet

NAME = "检查表"
_HEADS = (
    ("序号", 5.0), ("级别", 7.0), ("规则", 8.0), ("表/节", 22.0), ("行", 14.0), ("栏", 13.0), ("内容", 16.0),
    ("哪里不对", 34.0), ("改法", 28.0), ("填报处", 16.0), ("放行理由", 12.0),
)  # fmt: skip
"""The columns with their widths in units."""
_CENTRED = ("序号", "级别", "规则")
_LINKED = [name for name, _ in _HEADS].index("表/节") + 1
_SIZE, _TITLE = 9.0, 14.0

Target = tuple[str, str]
"""A workbook's relative path, and the place in it: ('a.xlsx', "'表一'!B5")."""


def findings_bytes(title: str, problems: Sequence[Problem], targets: Mapping[int, Target], style: Style) -> bytes:
    """The workbook of these findings, in their order: the same findings, the same bytes.

    `title` stands over the columns; `targets`: by a finding's number from 0, where the report's workbook has its place.
    """
    setting = Setting(style)
    sheet = Sheet(NAME, tuple(width for _, width in _HEADS), landscape=True, frozen=(2, 0), repeated=2, filtered=2)
    plain = Look(setting.font("宋体"), _SIZE, ruled=True, top=True)
    head = replace(plain, font=setting.font("黑体"), align="center", top=False)
    across = len(_HEADS) + 1
    band = Look(setting.font("黑体"), _TITLE, "center")
    lines = measure.lines(title, _TITLE, fsum(sheet.widths))
    sheet.add_line([((1, across), clean(title), band)], measure.height(lines, _TITLE) + 6)
    _add(sheet, [name for name, _ in _HEADS], [head] * len(_HEADS))
    for number, problem in enumerate(problems):
        looks = [replace(plain, align="center") if name in _CENTRED else plain for name, _ in _HEADS]
        if number in targets:
            looks[_LINKED - 1] = replace(plain, link=True)
            sheet.outward.append(Outward(len(sheet.heights) + 1, _LINKED, *targets[number]))
        _add(sheet, [str(number + 1), *_texts(problem)], looks)
    return book_bytes(Report((), title=NAME, subject=clean(title)), [sheet], setting)


def clean(text: str) -> str:
    """The text as a cell can hold it: a character that none can becomes □, what is too long is cut."""
    return ILLEGAL.sub("□", text)[:LONGEST]


def _add(sheet: Sheet, texts: Sequence[str], looks: Sequence[Look]) -> None:
    """A row, as high as its longest text needs."""
    texts = [clean(text) for text in texts]
    count = max(measure.lines(text, _SIZE, width) for text, (_, width) in zip(texts, _HEADS, strict=True) if text)
    height = min(measure.height(count, _SIZE), 400.0)
    sheet.add_line(
        [((n, n + 1), text, look) for n, (text, look) in enumerate(zip(texts, looks, strict=True), 1)], height
    )


def _texts(problem: Problem) -> tuple[str, ...]:
    """What stands in the columns after the first."""
    level = f"放行（{problem.level.value}）" if problem.waived else problem.level.value
    stated = problem.stated or (problem.where if isinstance(problem.where, FilePlace) else None)
    return (
        level,
        problem.rule,
        *_place(problem.where),
        problem.text,
        problem.what,
        problem.fix,
        str(stated or ""),
        problem.waived,
    )


def _place(place: Place) -> tuple[str, str, str]:
    """Table or section, row, column."""
    match place:
        case TablePlace():
            return place.table, place.row, place.column
        case TextPlace():
            return place.section, f"第{place.paragraph}段" if place.paragraph else "", ""
        case SheetPlace():
            return place.sheet, place.cell, ""
        case FilePlace():
            return "", f"第{place.line}行" if place.line else "", ""
    return str(place), "", ""

"""Built files read back by independent readers, as numbers by row and column."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine

from budgetreport.disclosure import make, read
from budgetreport.producing import Made

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "inputs" / "jinzhou-224-2026.json"
NAMES = {
    "T1": "收支总表",
    "T2": "收入总表",
    "T3": "支出总表",
    "T4": "财政拨款收支总表",
    "T5": "一般公共预算支出表",
    "T6": "一般公共预算基本支出表",
    "T7": "政府性基金预算支出表",
    "T8": "国有资本经营预算支出表",
    "T9": "三公经费支出表",
}


def bare(text: object) -> str:
    return re.sub(r"\s+", "", str(text))


def example() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    return found


def built(facts: dict[str, Any], folder: Path, kinds: tuple[str, ...] = ("xlsx",)) -> dict[str, Made]:
    """The files of these facts; the input must be without errors."""
    path = folder / "input.json"
    path.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    disclosure = read(path)
    assert [p for p in disclosure.problems if p.level == "错误"] == []
    return dict(make(disclosure, kinds, lambda _step: None).files)


@dataclass(frozen=True)
class Sheet:
    """A table's body: rows of cells as stored, from the row below 栏次."""

    rows: list[list[Any]]

    def amounts(self, row: list[Any], first: int) -> list[Decimal]:
        return [amount(cell) for cell in row[first:]]


def amount(cell: object) -> Decimal:
    """A blank is zero."""
    return Decimal(str(cell)).quantize(Decimal("0.01")) if cell not in ("", None) else Decimal("0.00")


def sheets(xlsx: bytes) -> dict[str, Sheet]:
    """The nine tables of a workbook, read by calamine."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(xlsx))
    found = {}
    for key, name in NAMES.items():
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        start = next(n for n, row in enumerate(rows) if row[0] == "栏次")
        found[key] = Sheet([row for row in rows[start + 1 :] if isinstance(row[0], float | int)])
    return found


def narrative(xlsx: bytes) -> str:
    """The narrative sheet's text, read by calamine."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(xlsx))
    rows = book.get_sheet_by_name("情况说明").to_python(skip_empty_area=False)
    return "\n".join(bare(cell) for row in rows for cell in row if cell)


def told(text: str, before: str) -> Decimal:
    """The amount that follows some words in a text."""
    found = re.search(re.escape(before) + r"(-?[\d,]+\.\d\d)万元", text)
    assert found, before
    return Decimal(found[1].replace(",", ""))


def by_code(sheet: Sheet) -> dict[str, list[Decimal]]:
    """Amounts by code; '' is 合计."""
    return {bare(row[1]): sheet.amounts(row, 3) for row in sheet.rows}


def by_label(sheet: Sheet, label_at: int, first: int, after: int) -> Iterator[tuple[str, list[Decimal]]]:
    """Amounts of columns first to after by label, in order."""
    for row in sheet.rows:
        if row[label_at]:
            yield bare(row[label_at]), [amount(cell) for cell in row[first:after]]

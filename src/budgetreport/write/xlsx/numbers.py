"""What a workbook stores for a printed cell: the number as it is printed, and the format that prints it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from budgetreport.report import Cell, Kind
from budgetreport.write.xlsx.sheet import Content

TEXT = "@"
GENERAL = "General"
_PRINTED = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)")
_DIGITS = 15
"""Digits that spreadsheets keep of a number."""


def stored(cell: Cell) -> tuple[Content, str]:
    """Content and number format. What is no plain number as printed (≥4次) stays text; blank is None.

    The number comes from the printed text, so that the workbook says what the page says: 317.384 printed as
    317.38 is 317.38, 50% is 0.5.
    """
    if not cell.text:
        return None, TEXT if cell.kind is Kind.CODE else GENERAL
    if cell.value is None or cell.kind is Kind.CODE:
        return cell.text, TEXT if cell.kind is Kind.CODE else GENERAL
    match = _PRINTED.fullmatch(cell.text)
    if match is None:
        return cell.text, GENERAL
    sign, whole, fraction, percent = match.groups()
    digits = whole.replace(",", "") + (fraction or "")
    if len(digits.lstrip("0")) > _DIGITS:
        return cell.text, GENERAL
    number = Decimal(f"{sign}{digits}").scaleb(-len(fraction or "") - 2 * len(percent))
    return number, _format(len(fraction or ""), percent, thousands="," in whole)


@cache
def _format(places: int, percent: str, *, thousands: bool) -> str:
    return ("#,##0" if thousands else "0") + ("." + "0" * places if places else "") + percent

"""Codes that the year's classification does not have: a warning, since lists age and bureaus add codes of their own."""

from __future__ import annotations

from collections.abc import Iterator

from budgetreport.compose.context import Composition
from budgetreport.ledger import Book, Codes
from budgetreport.problems import Level, Problem, nearest


def unknown_codes(composition: Composition) -> Iterator[Problem]:
    """C-01 for each code that its list does not have, once, at the first line that states it.

    A dimension without a list knows every code. Basis: 政府收支分类科目 of the budget year.
    """
    listed = [d for d in composition.dimensions if isinstance(d, Codes) and d.tree.names]
    for dimension in listed:
        seen: set[str] = set()
        for book in composition.books.values():
            yield from _unknown(composition, book, dimension, seen)


def _unknown(composition: Composition, book: Book, dimension: Codes, seen: set[str]) -> Iterator[Problem]:
    year = int(str(composition.facts.root["year"]))
    stated = {code for code in book.index().stated(dimension.key) if not dimension.tree.holds(code, year)}
    for line in book.lines if stated - seen else ():
        code = line.coordinates.get(dimension.key, "")
        if code not in stated or code in seen:
            continue
        seen.add(code)
        where = composition.facts.locate((*line.path, dimension.key))
        what = f"{dimension.title}“{code}”不在{year}年的科目表里"
        yield Problem(Level.WARNING, "C-01", where, what, _fix(dimension, code, year), code)


def _fix(dimension: Codes, code: str, year: int) -> str:
    near = nearest_code(dimension, code, year)
    meant = f"是否“{near}”（{dimension.tree.name(near)}）？" if near else ""
    return f"{meant}核对编码；确是当年新增的科目，可以不改"


def nearest_code(dimension: Codes, code: str, year: int) -> str:
    """The year's code of the same level most like it, sooner a sibling than a cousin."""
    same = [known for known in dimension.tree.in_year(year) if len(known) == len(code)]
    for above in (*dimension.tree.lineage(code)[1:], ""):
        if near := nearest(code, (known for known in same if known.startswith(above))):
            return near
    return ""

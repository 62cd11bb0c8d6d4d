"""Codes that the year's classification does not have: a warning, since lists age and bureaus add codes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from operator import ne

from budgetreport.compose.context import Composition
from budgetreport.dimensions import Codes
from budgetreport.ledger import Book
from budgetreport.problems import Level, Problem

_MOST_CHANGES = 2
"""Codes that differ in more digits are no slip of the other."""


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
    year = composition.facts.year
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
    """The year's code of the same level that one or two digits make of it, sooner a sibling than a cousin."""
    tree = dimension.tree
    same = [(_changes(code, known), known) for known in tree if len(known) == len(code)]
    close = [one for one in sorted(same) if one[0] <= _MOST_CHANGES]
    for above in (*tree.lineage(code)[1:], ""):
        for _, known in close:
            if known.startswith(above) and tree.holds(known, year):
                return known
    return ""


def _changes(code: str, known: str) -> int:
    return sum(map(ne, code, known))

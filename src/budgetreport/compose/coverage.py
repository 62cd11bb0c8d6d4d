"""No amount is lost silently: what a table counts stands in exactly one of its finest rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetreport.compose.context import Composition
from budgetreport.compose.rows import Shown
from budgetreport.ledger import SILENT, Book, Filter, Line
from budgetreport.money import NumberFormat
from budgetreport.problems import Level, Problem

_NAMED = 20
"""So many lines are named one by one; a file with more of them has one cause."""


def check_coverage(composition: Composition, book: Book, where: Filter, rows: Sequence[Shown], title: str) -> None:
    """Lines that a side's rows count, but not in exactly one finest row, become problems.

    The marks of the index tell without looking at lines whether there are any.
    """
    d = composition.dimensions
    counted = [r for r in rows if not r.aside and not r.blank]
    items = [r.item for r in counted if isinstance(r.item, Line)]
    finest = [d.both(where, r.where) for r in counted if r.finest and not isinstance(r.item, Line)]
    index = book.index()
    tops = _maximal(composition, [d.both(where, r.where) for r in counted if not isinstance(r.item, Line)])
    composition.asked[book.name].update(dict.fromkeys(tops))
    if items:
        _check_items(composition, book, tops, items, title)
        return
    sums = sum(index.witness(f) for f in finest if not d.never(f))
    if len(tops) == 1 and index.witness(tops[0]) == sums:
        return
    lost = 0
    settled = [book.settled(f) for f in finest]
    tops = [book.settled(f) for f in tops]
    for line in book.lines:
        if not any(book.matches(line, f) for f in tops):
            continue
        times = sum(book.matches(line, f) for f in settled)
        if times != 1:
            lost += 1
            if lost <= _NAMED:
                composition.problems.append(_lost(composition, line, finest, title, times))


def _check_items(
    composition: Composition, book: Book, tops: Sequence[Filter], items: Sequence[Line], title: str
) -> None:
    """The same for a table that prints the lines themselves."""
    printed = {line.path for line in items}
    settled = [book.settled(f) for f in tops]
    for line in book.lines:
        if line.path not in printed and any(book.matches(line, f) for f in settled):
            composition.problems.append(_lost(composition, line, tops, title, 0))


def _maximal(composition: Composition, filters: Iterable[Filter]) -> list[Filter]:
    """Those that no other contains."""
    distinct = sorted(dict.fromkeys(filters), key=lambda f: len(f.choices))
    d = composition.dimensions
    kept: list[Filter] = []
    for one in distinct:
        if not any(d.contains(other, one) for other in kept):
            kept = [other for other in kept if not d.contains(one, other)] + [one]
    return kept


def _lost(composition: Composition, line: Line, finest: Sequence[Filter], title: str, times: int) -> Problem:
    needed = {key for f in finest for key, _ in f.choices}
    silent = [
        d.title for d in composition.dimensions if d.key in needed and line.coordinates.get(d.key, SILENT) == SILENT
    ]
    what = f"{described(line)}计入了《{title}》，却" + ("没有对应的行" if not times else f"同时列在{times}行")
    if silent and not times:
        fix = f"补填{'、'.join(silent)}，这张表按它列示"
    elif not times:
        fix = "核对各项编码：要填到最细一级，且是版式所列的科目"
    else:
        fix = "版式中这几行的条件重叠，请版式编写者改正"
    return Problem(Level.ERROR, "IN-18", composition.facts.locate(line.path), what, fix)


def described(line: Line) -> str:
    """A line in a clerk's words: its place in the list, its codes and words, its amount."""
    said = [line.coordinates[k] for k in ("function", "economic", "use", "source") if line.coordinates.get(k)]
    record_path = [p for p in line.path if isinstance(p, int)]
    number = f"第{record_path[-1] + 1}条" if record_path else ""
    amount = line.measures.get("amount")
    money = f"，{NumberFormat(places=2).text(amount)}万元" if amount is not None else ""
    return f"{number}（{' '.join(said)}{money}）"


def check_reached(composition: Composition) -> None:
    """A line that reaches no printed row and no sentence is a problem too."""
    for book in composition.books.values():
        filters = [book.settled(f) for f in composition.asked[book.name]]
        if not filters:
            continue
        index = book.index()
        whole = index.witness_of_all()
        if any(index.witness(f) == whole for f in filters):
            continue
        filters.sort(key=lambda f: len(f.choices))
        lost = [line for line in book.lines if not any(book.matches(line, f) for f in filters)]
        composition.problems += [
            Problem(
                Level.ERROR,
                "IN-18",
                composition.facts.locate(line.path),
                f"{described(line)}没有列入任何表和文字",
                "核对它的各项编码与用途；不需要公开的，删去这一条",
            )
            for line in lost[:_NAMED]
        ]

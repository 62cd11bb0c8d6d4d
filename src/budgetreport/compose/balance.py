"""Balanced rounding of a whole document: every sum it prints, in tables, forms and texts, is settled at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgetreport.compose.gathering import Gathering, PrintedPlace
from budgetreport.compose.printed import Key
from budgetreport.compose.prints import PrintedSum, Prints
from budgetreport.filters import Dimensions
from budgetreport.ledger import Book, Sum
from budgetreport.money import PLACES, NumberFormat
from budgetreport.problems import Level, Problem
from budgetreport.report import Adjusted, Heading, Paragraph, Report
from budgetreport.rounding import Balanced, Task, balance, nearest


@dataclass(frozen=True, slots=True)
class Settled:
    """What each sum prints (分), the places off their nearest value, and where one unit does not do."""

    values: Mapping[Key, int]
    adjusted: tuple[Adjusted, ...]
    problems: tuple[Problem, ...]


def settled(
    prints: Prints, report: Report, text_format: NumberFormat, books: Mapping[str, Book], d: Dimensions
) -> Settled:
    """Printed values for all that a composed document prints."""
    found = Gathering(d, dict(books))
    for side in prints.sides:
        found.side(side)
    for group in prints.groups:
        found.together(group)
    for group in _texts(report, text_format):
        found.together(group)
    found.remainders()
    found.forms()
    values: dict[Key, int] = {}
    problems: list[Problem] = []
    for step in sorted({key.step for key in found.exact}):
        result = _solved(found, step)
        mine = {key: name for key, name in found.names.items() if key.step == step}
        values |= {key: result.printed[name] for key, name in mine.items()}
        problems += _troubles(found, result, mine)
    return Settled(values, tuple(_adjusted(found.places, found.exact, values)), tuple(problems))


def _solved(found: Gathering, step: int) -> Balanced:
    exact = {found.names[key]: value for key, value in found.exact.items() if key.step == step}
    return balance(Task(step, exact, tuple(one for at, one in found.sums if at == step)))


def _texts(report: Report, fmt: NumberFormat) -> Iterator[list[PrintedSum]]:
    """The plain sums of the paragraphs under each heading."""
    group: list[PrintedSum] = []
    for _, block, place in report.places():
        if isinstance(block, Heading):
            yield group
            group = []
        elif isinstance(block, Paragraph):
            sums = (f.origin[0] for f in block.figures if len(f.origin) == 1)
            group += [PrintedSum(place, o, fmt) for o in sums if isinstance(o, Sum) and o.sign > 0]
    yield group


def _adjusted(places: list[PrintedPlace], exact: Mapping[Key, int], values: Mapping[Key, int]) -> Iterator[Adjusted]:
    for one in dict.fromkeys(places):
        value, near = values[one.key], nearest(exact[one.key], one.key.step)
        if value != near:
            said = Decimal(exact[one.key]).scaleb(-PLACES[one.format.unit])
            shown = one.format
            yield Adjusted(one.where, f"{said:f}", shown.text(near, faint=True), shown.text(value, faint=True))


def _troubles(found: Gathering, result: Balanced, names: Mapping[Key, str]) -> Iterator[Problem]:
    """What a reader must be told: sums a unit or more off, or none that hold."""
    first = {one.key: one for one in reversed(found.places)}
    by_name = {name: first[key] for key, name in names.items()}
    if not result.holds and by_name:
        where = next(iter(by_name.values())).where
        what = "舍位平衡没有解：印出的各数不能都加得起来，现在各自四舍五入"
        yield Problem(Level.NOTICE, "RD-02", where, what, "在说明中写明四舍五入造成的尾差")
    for name in result.exceeding:
        one = by_name[name]
        exact, value = found.exact[one.key], result.printed[name]
        said = Decimal(exact).scaleb(-PLACES[one.format.unit])
        why = "没有各处都不到一个末位单位的取舍" if result.certain else "没有找到各处都不到一个末位单位的取舍"
        shown = one.format.text(value, faint=True)
        what = f"舍位平衡后印{shown}，与准确数{said:f}相差一个末位单位以上：{why}"
        yield Problem(Level.NOTICE, "RD-01", one.where, what, "核对这个数是否可以这样公开；合计与分项仍然相等", shown)

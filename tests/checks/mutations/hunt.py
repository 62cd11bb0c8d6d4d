"""Running the checks over damaged documents: which defects are found, by which rule, which survive."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from budgetreport import intake
from budgetreport.checks import Document, Judge, Stating
from budgetreport.checks.text import Position
from budgetreport.compose.document import Composer
from budgetreport.layout import Layout
from budgetreport.problems import FilePlace, Place, Problem, ProblemsError, TablePlace
from budgetreport.report import Report
from budgetreport.report import Table as Printed
from tests.checks.mutations import amounts, codes, forms, goods, publication, sentences, wholes, wording  # noqa: F401 - they register their operators
from tests.checks.mutations.damage import DEFECTS, Chance, Damage, Defect
from tests.checks.mutations.inputs import SLIPS, Slipped, slipped
from tests.making import composed, example, hebei, read_back

GROUPS = ("IN", "T", "X", "TN", "YY", "PF", "PR", "AS", "C", "W", "CP", "PB")
ENOUGH = 15
"""Damages of each group at least, every operator at least once."""
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Outcome:
    """One seeded defect: what it was, and the rules of the right group that found it, none where it survived."""

    defect: str
    groups: tuple[str, ...]
    document: str
    was: str
    now: str
    found: tuple[str, ...]
    others: tuple[str, ...]

    def __str__(self) -> str:
        told = f"; new, but elsewhere or of another group: {', '.join(self.others)}" if self.others else ""
        was, now = _differing(self.was, self.now)
        return f"{'/'.join(self.groups)} | {self.defect} | {self.document} | {was} → {now}{told}"


def _differing(was: str, now: str) -> tuple[str, str]:
    """Both texts, long ones only where they differ."""
    start = _alike(was, now)
    end = _alike(was[start:][::-1], now[start:][::-1])
    around = slice(max(start - 15, 0), None)
    return tuple(repr(_short(text[around][: len(text[around]) - max(end - 12, 0)])) for text in (was, now))  # type: ignore[return-value]


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:35]}…{text[-35:]}"


@cache
def layout() -> Layout:
    return hebei()


def inputs() -> dict[str, dict[str, Any]]:
    """The inputs that are damaged: the example, and two richer ones."""
    return {
        "example": example(),
        "forestry": json.loads((HERE / "forestry.json").read_text("utf-8")),
        "archive": json.loads((HERE / "archive.json").read_text("utf-8")),
    }


@cache
def documents() -> dict[str, Report]:
    """The documents that are damaged, whole: as composed, and as read back from files."""
    made = {name: composed(data, layout())[0] for name, data in inputs().items()}
    with tempfile.TemporaryDirectory() as folder:
        read = {
            f"{name}.{kind}": read_back(inputs()[name], layout(), Path(folder), kind)
            for name, kind in (("example", "pdf"), ("forestry", "xlsx"))
        }
    return {**made, **read}


def problems_of(report: Report) -> tuple[Problem, ...]:
    """What the checks find in a report, without its input."""
    return Judge(Document(report, lambda _position, _words: None), layout()).check().problems


@cache
def undamaged(name: str) -> tuple[Problem, ...]:
    return problems_of(documents()[name])


@cache
def undamaged_input(name: str) -> tuple[Problem, ...]:
    return problems_of_input(inputs()[name])


def group(rule: str) -> str:
    found = re.match("[A-Z]+", rule)
    return found[0] if found else ""


def hunted() -> Iterator[Outcome]:
    """Every operator in turn on every document, until each group has enough."""
    for wanted in GROUPS:
        operators = [d for d in DEFECTS if d.groups[0] == wanted]
        made = 0
        for turn in count():
            for n, operator in enumerate(operators):
                name = list(documents())[(n + turn) % len(documents())]
                damage = operator.make(documents()[name], Chance(f"{operator.name}/{name}/{turn}"))
                if damage is not None and damage.report != documents()[name]:
                    made += 1
                    yield _outcome(operator, name, damage)
            if made >= ENOUGH or turn > ENOUGH:
                break


def _outcome(operator: Defect, name: str, damage: Damage) -> Outcome:
    new = list(_new(undamaged(name), problems_of(damage.report)))
    document = Document(damage.report, lambda _position, _words: None)
    stands = [_stands(document, position) for position in damage.at]
    told = [p for p in new if group(p.rule) in operator.groups and _tells(p, damage, stands)]
    rules = tuple(dict.fromkeys(p.rule for p in told))
    others = tuple(dict.fromkeys(f"{p.rule} {p.where}" for p in new if p not in told))[:6]
    return Outcome(operator.name, operator.groups, name, damage.was, damage.now, rules, others)


def _new(before: Iterable[Problem], after: Iterable[Problem]) -> Iterator[Problem]:
    """Problems that the undamaged document does not have; numbers of paragraphs may move."""
    known = Counter(map(_key, before))
    after = list(after)
    now = Counter(map(_key, after))
    return (p for p in after if now[_key(p)] > known[_key(p)])


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.rule, problem.text, re.sub("第[0-9]+段", "", problem.what)


def _tells(problem: Problem, damage: Damage, stands: Iterable[Callable[[Place], bool]]) -> bool:
    """Whether a problem stands at the damage, names the place, or says by name what is gone."""
    if any(at(place) for at in stands for place in (problem.where, *problem.also)):
        return True
    said = f"{problem.text} {problem.what} {problem.where}"
    return any(name and name in said for name in damage.names)


def _stands(document: Document, position: Position) -> Callable[[Place], bool]:
    """Whether a place is the position's; any place in a table, where it is all of it."""
    block = document.report.blocks[position.block]
    if not isinstance(block, Printed):
        own = {text.place for text in document.texts if text.position.block == position.block}
        return lambda place: place in own
    if position.row < 0:
        return lambda place: isinstance(place, TablePlace) and place.table == block.title
    cells = set(_cells(document, position))
    wide = {TablePlace(cell.table, cell.row) for cell in cells}
    return lambda place: place in cells or place in wide


def _cells(document: Document, position: Position) -> Iterator[TablePlace]:
    """What a cell is called, by every row that it covers."""
    table = next(t for t in document.tables if t.block == position.block)
    for row in table.rows:
        for at in table.columns_of(row.grid, row.side):
            cell = table.cell_at(row, at)
            if cell.position == position and isinstance(cell.place, TablePlace):
                yield cell.place
                yield TablePlace(table.title, row.place.row, cell.place.column)
    yield from (t.place for t in table.texts if t.position == position and isinstance(t.place, TablePlace))


def slips() -> Iterator[Outcome]:
    """Every slip in every input."""
    for operator in SLIPS:
        for name, data in inputs().items():
            damaged, at = slipped(data, operator, Chance(f"{operator.name}/{name}"))
            if at:
                yield _slip(operator, name, damaged, at)


def _slip(operator: Slipped, name: str, after: dict[str, Any], at: tuple[Any, ...]) -> Outcome:
    source = _source(after)
    places = {source.locate(path) for path in at}
    new = list(_new(undamaged_input(name), problems_of_input(after)))
    told = [
        p
        for p in new
        if group(p.rule) in operator.groups
        and {_line(place) for place in (p.where, *p.also, p.stated)} & {_line(place) for place in places}
    ]
    now = json.dumps([_value(after, path) for path in at[:1]], ensure_ascii=False)
    others = tuple(dict.fromkeys(f"{p.rule} {p.where} {p.stated}" for p in new if p not in told))[:6]
    return Outcome(
        operator.name,
        operator.groups,
        f"{name}.json",
        str(at[0]),
        now,
        tuple(dict.fromkeys(p.rule for p in told)),
        others,
    )


def _value(data: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - whatever stands there
    for step in path:
        data = data[step]
    return data


def _line(place: Place | None) -> int:
    return place.line if isinstance(place, FilePlace) else -1 if place is None else -2


def _source(data: dict[str, Any]) -> intake.Source:
    return intake.parse(json.dumps(data, ensure_ascii=False, indent=1).encode(), "输入.json")


def problems_of_input(data: dict[str, Any]) -> tuple[Problem, ...]:
    """What intake, composing and the checks say of an input."""
    source = _source(data)
    try:
        stated = intake.validate(source, layout().facts)
    except ProblemsError as error:
        return error.problems
    report, told = Composer(stated, layout()).report()
    document = Document(report, Stating(report, stated))
    return (*told, *Judge(document, layout(), stated).check().problems)

"""How long the sums of the nine tables take over a large ledger: `python bench/ledger.py [LINES]`.

Made-up lines, the same in every run, are composed by the example layout with nothing in it but its
tables. `lines` is the CPU time from facts to the book's lines, `sums` that of index, grids and coverage
check; `prototype` what the prototype of the layout language needed for index and grids (2 cores,
Python 3.11). The limit is a ratio sums/prototype of 2.
"""

from __future__ import annotations

import gc
import random  # noqa: TID251 - seeded: the same lines in every run
import sys
import time
from dataclasses import dataclass, replace

from budgetreport.compose.document import Composer
from budgetreport.dimensions import Codes, Values
from budgetreport.facts import Facts, Field, Record
from budgetreport.layout import Layout, load, shelf
from budgetreport.money import Amount
from budgetreport.problems import FilePlace

LAYOUT = "hebei/2026-department-budget"
LINES = 100_000
ROUNDS = 3


@dataclass(frozen=True)
class Case:
    """How many different codes the lines use (None: all there are), and what the prototype needed (s)."""

    name: str
    functions: int | None
    economics: int | None
    prototype: float


CASES = (Case("random codes", None, None, 2.0), Case("60 项, 45 款", 60, 45, 0.32))


def main(count: int) -> None:
    """Time each case, best of a few rounds."""
    print(
        f"| nine tables, {count:,} lines | lines s | sums s | prototype s | ratio | cells |\n|---|---|---|---|---|---|"
    )
    for case in CASES:
        rounds = [timed(case, count) for _ in range(ROUNDS)]
        lines, sums = (min(each) for each in list(zip(*rounds, strict=True))[:2])
        known = case.prototype * count / LINES
        print(f"| {case.name} | {lines:.2f} | {sums:.2f} | {known:.2f} | {sums / known:.2f} | {rounds[0][2]:,} |")


def timed(case: Case, count: int) -> tuple[float, float, int]:
    """CPU seconds for lines and for sums, and the number of cells."""
    layout = load(LAYOUT, shelf())  # anew: a layout remembers filters that it has met
    layout = replace(layout, parts=tuple(part for part in layout.parts if part.table))
    facts = made_up(layout, case, count)
    gc.collect()
    start = time.process_time()
    composer = Composer(facts, layout)
    ready = time.process_time()
    report, problems = composer.report()
    done = time.process_time()
    if problems:
        raise SystemExit(f"the made-up ledger is wrong: {problems[0].what}")
    cells = sum(cell is not None for t in report.tables() for g in t.grids for row in g.body for cell in row.cells)
    return ready - start, done - ready, cells


def made_up(layout: Layout, case: Case, count: int) -> Facts:
    """An input with so many lines; everything else that can be stated is left out."""
    rng = random.Random(count)  # noqa: S311 - no secret
    values = _empty(layout.facts)
    values |= {
        "layout": layout.id,
        "year": 2026,
        "unit": Record({"code": "1", "name": "单位"}, layout.facts, ("unit",)),
    }
    ledger = layout.facts.field("ledger")
    if ledger is None:
        raise SystemExit("the layout has no ledger")
    codes = {
        "function": _some(_finest(layout, "function"), case.functions, rng),
        "economic": _some(_finest(layout, "economic"), case.economics, rng),
        "use": _leaves(layout, "use"),
        "source": _leaves(layout, "source"),
        "carried_over": ["是", "否"],
    }
    nothing = _empty(ledger)
    fiscal = {value for value in codes["source"] if "财政拨款" in layout.vocabulary.dimensions["source"].above(value)}
    granted = [use for use in codes["use"] if use.endswith("经费") or use == "项目支出"]

    def stated() -> dict[str, object]:
        """A line's facts; fiscal money pays for no 经营支出 and the like, so that the tables have a column for it."""
        line: dict[str, object] = {key: rng.choice(known) for key, known in codes.items()}
        if line["source"] in fiscal:
            line["use"] = rng.choice(granted)
        return {**nothing, **line, "amount": Amount(rng.randrange(10**7))}

    values["ledger"] = tuple(Record(stated(), ledger, ("ledger", number)) for number in range(count))
    return Facts(Record(values, layout.facts), "made-up", lambda _path: FilePlace("made-up"))


def _empty(declared: Field) -> dict[str, object]:
    return {field.name: () if field.type == "each" or field.many else None for field in declared.fields}


def _finest(layout: Layout, key: str) -> list[str]:
    """The codes of the lowest level; class 235 has no row in the example's tables."""
    dimension = layout.vocabulary.dimensions[key]
    if not isinstance(dimension, Codes):
        raise SystemExit(f"{key} has no codes")
    lowest = list(dimension.tree.levels)[-1]
    classes = layout.vocabulary.lists["classes"]
    found = [code for code in layout.vocabulary.lists[key] if dimension.level(code) == lowest]
    return [code for code in found if key != "function" or (code[:3] in classes and code[:3] != "235")]


def _leaves(layout: Layout, key: str) -> list[str]:
    dimension = layout.vocabulary.dimensions[key]
    return list(dimension.leaves()) if isinstance(dimension, Values) else []


def _some(codes: list[str], number: int | None, rng: random.Random) -> list[str]:
    return codes if number is None else rng.sample(codes, number)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else LINES)

"""Inputs, layouts and reports made for tests: the example input with differences, small layouts written in the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from budgetreport import intake
from budgetreport.compose.document import Composer
from budgetreport.disclosure import Disclosure, make
from budgetreport.facts import Facts
from budgetreport.layout import Layout, load, shelf
from budgetreport.problems import Problem, ProblemsError
from budgetreport.read.files import found_document
from budgetreport.read.naming import named
from budgetreport.report import Cell, Grid, Heading, Paragraph, Report, Table

HEBEI = "hebei/2026-department-budget"
EXAMPLE = Path(__file__).parents[1] / "inputs" / "jinzhou-224-2026.json"
FIXTURES = Path(__file__).parent / "layouts"

Change = Callable[[dict[str, Any]], None]


def example(change: Change | None = None) -> dict[str, Any]:
    """The example input as plain data, after a change in place."""
    data: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    if change is not None:
        change(data)
    return data


def facts(data: Mapping[str, Any], layout: Layout) -> Facts:
    """The input through intake."""
    return intake.validate(
        intake.parse(json.dumps(data, ensure_ascii=False, indent=1).encode(), "输入.json"), layout.facts
    )


def composed(data: Mapping[str, Any], layout: Layout) -> tuple[Report, tuple[Problem, ...]]:
    """The report of an input, with the problems found."""
    return Composer(facts(data, layout), layout).report()


def report(data: Mapping[str, Any], layout: Layout) -> Report:
    """The report of an input that has no problems."""
    made, problems = composed(data, layout)
    assert not problems, [f"{p.where} {p.what} {p.fix}" for p in problems]
    return made


def read_back(data: Mapping[str, Any], layout: Layout, folder: Path, kind: str) -> Report:
    """The report of an input as its built PDF or workbook shows it to a reader."""
    stated = facts(data, layout)
    composer = Composer(stated, layout)
    made, _ = composer.report()
    source = intake.parse(json.dumps(data, ensure_ascii=False).encode(), "输入.json")
    disclosure = Disclosure(source, stated, layout, made, composer, ())
    file = folder / f"{kind}.{kind}"
    file.write_bytes(make(disclosure, (kind,), lambda _step: None).files[kind].data)
    return named(found_document(file), layout).report


def hebei() -> Layout:
    return load(HEBEI, shelf())


def written(folder: Path, files: Mapping[str, str], name: str = "小") -> Path:
    """A layout's files written under `folder/name`; gives the folder to look in."""
    for path, text in files.items():
        file = folder / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def refused(folder: Path, files: Mapping[str, str], name: str = "小") -> list[Problem]:
    """The problems of a layout that the loader refuses."""
    try:
        load(name, shelf(written(folder, files, name)))
    except ProblemsError as error:
        return list(error.problems)
    return []


def grid_text(grid: Grid) -> str:
    """A grid as a person draws it: a row a line, cells between bars, `<` and `^` for what a span covers."""
    rows: list[list[str]] = []
    for y, row in enumerate(grid.rows):
        drawn: list[str] = []
        for x, cell in enumerate(row.cells):
            drawn.append(" " * cell.indent + cell.text if cell else _covered(grid, y, x))
        rows.append(drawn)
    return "\n".join("|".join(row) for row in rows)


def _covered(grid: Grid, y: int, x: int) -> str:
    row = grid.rows[y].cells
    left = any((cell := row[k]) is not None and k + cell.columns > x for k in range(x))
    return "<" if left else "^"


def table(made: Report, name: str) -> Table:
    return next(t for t in made.tables() if t.id == name)


def printed(made: Report, name: str) -> str:
    """The only grid of a table as text."""
    (grid,) = table(made, name).grids
    return grid_text(grid)


def paragraphs(made: Report) -> list[str]:
    return [b.text for b in made.blocks if isinstance(b, Paragraph)]


def headings(made: Report) -> list[str]:
    return [b.text for b in made.blocks if isinstance(b, Heading)]


def cells(made: Report, name: str) -> dict[tuple[str, str], Cell]:
    """A table's body cells by row id on the column's side, and column id; of several grids the id stands before."""
    grids = table(made, name).grids
    found: dict[tuple[str, str], Cell] = {}
    for grid in grids:
        for number, row in enumerate(grid.body, 1):
            for column, cell in zip(grid.columns, row.cells, strict=True):
                at = (grid.id if len(grids) > 1 else "") + (row.id_on(column.side) or f"空行{number}"), column.id
                if cell is not None:
                    assert at not in found, at
                    found[at] = cell
    return found


def line(said: str) -> dict[str, Any]:
    """A ledger line in short: `2013701 30101 人员经费 其他收入 10.00`; codes may be left out, `key=value` added."""
    *words, amount = said.split()
    found: dict[str, Any] = {"amount": amount}
    for word in words:
        key, _, value = word.rpartition("=")
        if not key and word.isdecimal():
            key = "function" if len(word) in (3, 7) and "function" not in found else "economic"
        elif not key:
            key = "use" if "use" not in found else "source"
        found[key] = value
    return found


def stated(lines: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever can be stated
    """An input with one ledger line a line of text, and further facts."""
    return {
        "layout": "小",
        "year": 2026,
        "amount_unit": "万元",
        "unit": {"code": "224", "name": "某单位"},
        "ledger": [line(said) for said in lines.strip().splitlines()],
        "projects": [],
        "organisations": [],
        "procurement": [],
        "procurement_budgets": [],
        "prior_year": {"absent": True},
        **more,
    }


def small(folder: Path, files: Mapping[str, str]) -> Layout:
    """A layout of these files, standing on tests/layouts/base; without a layout.yaml all its tables are its parts."""
    tables = [path.removeprefix("tables/").removesuffix(".yaml") for path in files if path.startswith("tables/")]
    root = f"title: 小\ninherits: base\nparts: [{', '.join(f'{{table: {name}}}' for name in tables)}]\n"
    return load("小", shelf(written(folder, {"layout.yaml": root, **files}), FIXTURES))

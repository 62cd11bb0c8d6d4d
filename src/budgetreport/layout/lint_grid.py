"""What the loader rejects in the ruled part of a table or form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from budgetreport.dimensions import Codes, Values
from budgetreport.layout.model import Column, Grid, Row, Side, Template
from budgetreport.layout.paths import MEASURES, Paths
from budgetreport.layout.spans import torn
from budgetreport.layout.walking import fixed_rows, leaves
from budgetreport.problems import FilePlace
from budgetreport.report import columns_called

if TYPE_CHECKING:
    from budgetreport.layout.lint import Checker

_ROW_KINDS = ("label", "tree", "each", "fill_to")
_COLUMN_KINDS = ("columns", "show", "sum", "add", "subtract", "ratio", "growth")
_FUNCTIONS = ("add", "subtract", "ratio", "growth")


class GridCheck:
    """Checks one grid; `paths` know the item that a form is made for."""

    def __init__(self, checker: Checker, grid: Grid, paths: Paths) -> None:
        self._checker = checker
        self._reader = checker.reader
        self._grid = grid
        self._paths = paths
        self._layout = checker.layout
        self._sides = grid.each_side()

    def check(self) -> None:
        """All of it."""
        grid = self._grid
        self._checker.template(grid.empty.note if grid.empty else None)
        if bool(grid.cells) + bool(grid.rows or grid.sides) != 1:
            what = "表要么有 columns 与 rows（或 sides），要么有 cells"
            self._reader.wrong(grid.place, what, "只留一种", rule="LY-05")
        self._drawn(grid.cells, len(grid.widths) or None, "widths")
        self._source()
        self._checker.unlike(((side.name, side.place) for side in grid.sides), "侧")
        for column in grid.under_each:
            self._column(column, under=False)
        for side in self._sides:
            self._side(side)
        self._beside()
        if not grid.cells:
            self._head()

    def _source(self) -> None:
        """A book, or a list of facts."""
        grid = self._grid
        found = self._paths.find(grid.from_)
        if grid.from_ not in self._layout.books and (found is None or found.type != "each"):
            known = [*self._layout.books, *self._paths.lists()]
            self._reader.unknown("账本或清单", grid.from_, known, self._reader.at(grid.place, "from"))

    # Drawn cells.

    def _drawn(self, cells: tuple[tuple[Template, ...], ...], wanted: int | None, by: str) -> None:
        for row in cells:
            for cell in row:
                self._checker.template(cell)
        if not cells or len({len(row) for row in cells}) > 1:
            return
        width = len(cells[0])
        if wanted is not None and wanted != width:
            what = f"画了{width}列，{by}却是{wanted}列"
            self._reader.wrong(cells[0][0].place, what, "改到列数一样", rule="LY-05")
        for y, x in torn([[cell.source for cell in row] for row in cells]):
            what = f"第{y + 1}行第{x + 1}格接成的不是长方形"
            self._reader.wrong(cells[y][x].place, what, "< 接左格，^ 接上格，合起来要是长方形", rule="LY-05")

    def _head(self) -> None:
        """A drawn head is as wide as the columns."""
        columns = [column for side in self._sides for column, _ in leaves(self._grid, side.columns)]
        if not columns and self._grid.place.file:
            self._reader.wrong(self._grid.place, "表没有 columns", "补写 columns", rule="LY-05")
        if not self._grid.head:
            return
        self._drawn(self._grid.head, len(columns), "各栏")
        for column in columns:
            if column.when is not None:
                what = "表头是画出来的，各栏就不能带 when"
                self._reader.wrong(column.place, what, "删去 when，或不画表头", rule="LY-05")

    # Columns.

    def _side(self, side: Side) -> None:
        self._checker.template(side.head)
        self._checker.naming(side.id, side.head, side.place, "一侧的总栏目")
        for column in side.columns:
            self._column(column, under=bool(self._grid.under_each))
        left = self._functions(side)
        self._rows(side.rows, left)
        self._checker.unlike(((r.name, r.place) for r in fixed_rows(side.rows)), "行")

    def _column(self, column: Column, *, under: bool) -> None:
        self._checker.template(column.head)
        self._checker.naming(column.id, column.head, column.place, "栏目")
        self._checker.template(column.when, expression=True)
        kinds = [k for k in _COLUMN_KINDS if getattr(column, k) not in ((), "", None)]
        if len(kinds) > 1:
            self._reader.wrong(column.place, f"一栏不能同时是 {' 和 '.join(kinds)}", "只留一种", rule="LY-05")
        if not kinds and not under:
            what = f"“{column.head.source}”一栏没有说明印什么"
            self._reader.wrong(
                column.place, what, "写 columns、show、sum、add、subtract、ratio、growth 之一", rule="LY-05"
            )
        for name in ("ratio", "growth"):
            if getattr(column, name) and len(getattr(column, name)) != 2:  # noqa: PLR2004 - of what to what
                self._reader.wrong(
                    self._reader.at(column.place, name), f"{name} 要恰好两栏", "写 [一栏, 另一栏]", rule="LY-05"
                )
        self._shown(column)
        for below in column.columns:
            self._column(below, under=under)

    def _shown(self, column: Column) -> None:
        """A column's field or measure is one of what the table lists."""
        show = column.show
        if show.startswith("code."):
            self._level(show.removeprefix("code."), self._levels(), self._reader.at(column.place, "show"))
        elif show and show not in ("label", "code"):
            fields = self._paths.shows(self._grid.from_)
            if show not in fields:
                self._reader.unknown("字段", show, ["label", "code", *fields], self._reader.at(column.place, "show"))
        if column.sum is None:
            return
        if self._grid.from_ not in self._layout.books:
            self._reader.wrong(
                column.place, "取自清单的表没有可求和的账", "用 show，或声明一本账（books）", rule="LY-05"
            )
            return
        measures = [f.name for f in self._paths.fields(self._grid.from_) if f.type in MEASURES]
        if column.of not in measures:
            self._reader.unknown("可求和的数", column.of, measures, self._reader.at(column.place, "of"))

    def _levels(self) -> list[str]:
        codes = (d for d in self._layout.vocabulary.dimensions if isinstance(d, Codes))
        return list(dict.fromkeys(level for d in codes for level in d.tree.levels))

    def _level(self, level: str, known: Sequence[str], place: FilePlace) -> None:
        if level not in known:
            self._reader.unknown("级次", level, list(known), place)

    def _functions(self, side: Side) -> list[str]:
        """A function of columns refers to columns on its left; gives the paths of all columns of the side."""
        left: list[str] = []
        for column, path in leaves(self._grid, side.columns, side.name):
            for function in _FUNCTIONS:
                for name in getattr(column, function):
                    self._one_column(name, left, "左边的栏", self._reader.at(column.place, function, name))
            if path in left:
                self._reader.wrong(column.place, f"两栏都叫“{path}”", "给其中一栏写上不同的 id", path, "LY-03")
            left.append(path)
        return left

    def _one_column(self, name: str, known: list[str], kind: str, place: FilePlace) -> None:
        found = [known[n] for n in columns_called(known, name)]
        if not found:
            self._reader.unknown(kind, name, known, place)
        elif len(found) > 1:
            what = f"“{name}”可以是{'，也可以是'.join(found)}"
            self._reader.wrong(place, what, "写出上面的栏目，如 接待费/决算数", name, "LY-03")

    # Rows.

    def _rows(self, rows: tuple[Row, ...], columns: list[str]) -> None:
        for row in rows:
            self._checker.template(row.label)
            self._checker.template(row.when, expression=True)
            self._checker.naming(row.id, row.label, row.place, "一行的名称")
            kinds = [k for k in _ROW_KINDS if getattr(row, k) not in ("", None, 0)]
            if len(kinds) != 1:
                self._reader.wrong(row.place, "一行恰好是 label、tree、each、fill_to 之一", "只留一种", rule="LY-05")
            if row.label is not None and row.where is None and row.only is None:
                what = f"固定行“{row.label.source}”没有说明条件"
                self._reader.wrong(row.place, what, "写 where 或 only", rule="LY-05")
            for name in row.only or ():
                self._one_column(name, columns, "栏", self._reader.at(row.place, "only", name))
            self._listing(row)
            self._meeting(row)
            self._rows(row.rows, columns)
            self._rows(row.of_which, columns)
            self._checker.unlike(((r.name, r.place) for r in fixed_rows(row.rows)), "行")

    def _listing(self, row: Row) -> None:
        """A row that makes rows: its dimension, levels and values."""
        dimensions = self._layout.vocabulary.dimensions
        for kind, name in (("tree", row.tree), ("each", row.each)):
            if name and name not in dimensions and (kind, name) != ("each", "line"):
                known = [d.key for d in dimensions if kind == "each" or isinstance(d, Codes)]
                known = known if kind == "tree" else [*known, "line"]
                self._reader.unknown("维度", name, known, self._reader.at(row.place, kind))
        name = row.tree or row.each
        d = dimensions.get(name)
        if row.tree and d is not None and not isinstance(d, Codes):
            self._reader.wrong(
                self._reader.at(row.place, "tree"), f"“{name}”没有编码，不能逐级列示", "改用 each", name, "LY-05"
            )
        known_levels = list(d.tree.levels) if isinstance(d, Codes) else []
        for key, levels in (("levels", row.levels), ("level", (row.level,) if row.level else ())):
            for level in levels:
                self._level(level, known_levels, self._reader.at(row.place, key, level))
        for value, _ in row.values or ():
            if isinstance(d, Codes) and not d.level(value):
                where = self._reader.at(row.place, "values", value)
                self._reader.wrong(where, f"“{value}”不是{d.title}的编码", "检查清单", value, "LY-02")
            if isinstance(d, Values) and value not in d.parents:
                self._reader.unknown(
                    f"{d.title}（{d.key}）", value, d.parents, self._reader.at(row.place, "values", value)
                )

    def _meeting(self, row: Row) -> None:
        """A row's condition and the table's can hold together."""
        d = self._layout.vocabulary.dimensions
        side = next((s for s in self._sides if row in s.rows), None)
        around = d.both(self._grid.where, side.where) if side else self._grid.where
        if row.where and not d.never(row.where) and not d.never(around) and d.never(d.both(around, row.where)):
            self._reader.wrong(
                self._reader.at(row.place, "where"),
                "本行的条件与整个表的条件不可能同时成立",
                "改其中一个条件",
                rule="LY-04",
            )

    def _beside(self) -> None:
        known = [[row.name for row in side.rows] for side in self._sides]
        for number, side in enumerate(self._sides):
            last = -1
            for row in side.rows:
                if not row.beside:
                    continue
                others = [ids.index(row.beside) for i, ids in enumerate(known) if i != number and row.beside in ids]
                if not others:
                    all_ids = [i for n, ids in enumerate(known) if n != number for i in ids if i]
                    self._reader.unknown("另一侧的行", row.beside, all_ids, self._reader.at(row.place, "beside"))
                elif others[0] <= last:
                    where = self._reader.at(row.place, "beside")
                    self._reader.wrong(where, f"与“{row.beside}”对齐会交叉", "按另一侧的次序写", rule="LY-05")
                else:
                    last = others[0]

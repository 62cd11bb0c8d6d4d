"""What the loader rejects beyond shapes: names that nothing bears, rows of no kind or two, templates that can't work."""

from __future__ import annotations

from collections.abc import Iterator

from budgetreport.expressions import environment, mistakes
from budgetreport.layout.keys import Reader
from budgetreport.layout.model import Column, Form, Grid, Layout, Line, Part, Row, Side, Table, Template
from budgetreport.numerals import without_number
from budgetreport.problems import FilePlace

FUNCTIONS = ("sum", "cell", "present", "name", "ratio", "growth")
"""What texts can call."""
_LOCAL = ("code", "n", "loop")
_ROW_KINDS = ("label", "tree", "each", "fill_to")
_COLUMN_KINDS = ("columns", "show", "sum", "add", "subtract", "ratio", "growth")
_PART_KINDS = ("cover", "contents", "table", "form", "text", "heading", "parts")


def lint(layout: Layout, reader: Reader) -> None:
    """Note every mistake of the layout with the reader."""
    names = {f.name for f in layout.facts.fields} | set(layout.words) | set(FUNCTIONS) | set(_LOCAL)
    names |= {form.as_ for form in layout.forms.values()} | {p.as_ for p in _all_parts(layout.parts)}
    checker = _Checker(layout, reader, frozenset(names))
    for table in layout.tables.values():
        checker.table(table)
    for form in layout.forms.values():
        checker.form(form)
    for part in _all_parts(layout.parts):
        checker.part(part)
    for text in layout.texts.values():
        checker.template(text)
    for text in layout.properties.values():
        checker.template(text)


def _all_parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _all_parts(part.parts)


class _Checker:
    def __init__(self, layout: Layout, reader: Reader, names: frozenset[str]) -> None:
        self._layout = layout
        self._reader = reader
        self._names = names

    def template(self, template: Template | None, *, expression: bool = False) -> None:
        if template is None or (template.is_plain and not expression):
            return
        for mistake in mistakes(template.source, self._names, expression=expression):
            place = FilePlace(template.place.file, template.place.line + mistake.line - 1)
            if mistake.name:
                known = self._names if mistake.kind == "名称" else environment().filters
                self._reader.unknown(mistake.kind, mistake.name, sorted(known), place)
            else:
                self._reader.wrong(
                    place, f"模板写法有误：{mistake.what}", "检查成对的 {{ }}、{% %} 与引号", rule="LY-08"
                )

    def table(self, table: Table) -> None:
        for text in (table.title, *table.caption, *table.notes, table.sheet):
            self.template(text)
        self.template(table.when, expression=True)
        self._role(table.font, table.place)
        self._grid(table)

    def form(self, form: Form) -> None:
        for text in (form.title, *form.caption, *form.notes, form.sheet):
            self.template(text)
        self.template(form.when, expression=True)
        self._role(form.font, form.place)
        for grid in form.grids:
            self._grid(grid)

    def _role(self, role: str, place: FilePlace) -> None:
        if role not in self._layout.style.roles:
            self._reader.unknown("文字样式", role, list(self._layout.style.roles), place)

    def _grid(self, grid: Grid) -> None:
        self.template(grid.empty.note if grid.empty else None)
        for row in (*grid.cells, *grid.head):
            for cell in row:
                self.template(cell)
        if bool(grid.cells) + bool(grid.rows or grid.sides) != 1:
            self._reader.wrong(
                grid.place, "表要么有 columns 与 rows（或 sides），要么有 cells", "只留一种", rule="LY-05"
            )
        if "." not in grid.from_ and grid.from_ not in self._layout.books and grid.from_ not in self._names:
            self._reader.unknown("账本", grid.from_, list(self._layout.books), grid.place)
        sides = grid.sides or (Side(rows=grid.rows, columns=grid.columns),)
        for column in (*grid.columns, *(c for s in grid.sides for c in s.columns), *grid.under_each):
            self._column(column)
        for side in sides:
            self.template(side.head)
            self._columns(side.columns or grid.columns)
            self._rows(side.rows)
        self._beside(sides)

    def _columns(self, columns: tuple[Column, ...]) -> None:
        """A function of columns refers to columns on its left."""
        left: list[str] = []

        def walk(column: Column, path: str) -> None:
            full = f"{path}/{column.name}" if path else column.name
            for name in (*column.add, *column.subtract, *column.ratio, *column.growth):
                if sum(1 for known in left if known == name or known.endswith(f"/{name}")) != 1:
                    self._reader.unknown("左边的栏", name, left, column.place)
            for below in column.columns:
                walk(below, full)
            if not column.columns:
                if full in left:
                    self._reader.wrong(column.place, f"两栏都叫“{full}”", "给其中一栏加 id", full, "LY-03")
                left.append(full)

        for column in columns:
            walk(column, "")

    def _column(self, column: Column) -> None:
        self.template(column.head)
        self.template(column.when, expression=True)
        kinds = [k for k in _COLUMN_KINDS if getattr(column, k) not in ((), "", None)]
        if len(kinds) > 1:
            self._reader.wrong(column.place, f"一栏不能同时是 {' 和 '.join(kinds)}", "只留一种", rule="LY-05")
        for below in column.columns:
            self._column(below)

    def _rows(self, rows: tuple[Row, ...]) -> None:
        dimensions = self._layout.vocabulary.dimensions
        ids: set[str] = set()
        for row in rows:
            self.template(row.label)
            self.template(row.when, expression=True)
            kinds = [k for k in _ROW_KINDS if getattr(row, k) not in ("", None, 0)]
            if len(kinds) != 1:
                self._reader.wrong(row.place, "一行恰好是 label、tree、each、fill_to 之一", "只留一种", rule="LY-05")
            if row.label is not None and row.where is None and row.only is None:
                self._reader.wrong(
                    row.place, f"固定行“{row.label.source}”没有说明条件", "写 where 或 only", rule="LY-05"
                )
            for name in filter(None, (row.tree, row.each)):
                if name not in dimensions and name != "line":
                    self._reader.unknown("维度", name, [*(d.key for d in dimensions), "line"], row.place)
            if row.id and row.id in ids:
                self._reader.wrong(row.place, f"两行的编号都是“{row.id}”", "改其中一个", row.id, "LY-03")
            ids.add(row.id)
            self._rows(row.rows)
            self._rows(row.of_which)

    def _beside(self, sides: tuple[Side, ...]) -> None:
        known = [[_row_id(row) for row in side.rows] for side in sides]
        for number, side in enumerate(sides):
            last = -1
            for row in side.rows:
                if not row.beside:
                    continue
                others = [ids.index(row.beside) for i, ids in enumerate(known) if i != number and row.beside in ids]
                if not others:
                    all_ids = [i for n, ids in enumerate(known) if n != number for i in ids]
                    self._reader.unknown("另一侧的行", row.beside, all_ids, row.place)
                elif others[0] <= last:
                    self._reader.wrong(row.place, f"与“{row.beside}”对齐会交叉", "按另一侧的次序写", rule="LY-05")
                else:
                    last = others[0]

    def part(self, part: Part) -> None:
        kinds = [k for k in _PART_KINDS if getattr(part, k) not in ((), "", None)]
        if not kinds or (len(kinds) > 1 and kinds != ["heading", "parts"]):
            self._reader.wrong(part.place, f"一部分恰好是 {'、'.join(_PART_KINDS)} 之一", "只留一种", rule="LY-05")
        self.template(part.heading)
        self.template(part.when, expression=True)
        for line in part.cover:
            self._line(line)
        if part.text is not None:
            if part.text.source.endswith(".j2"):
                if part.text.source not in self._layout.texts:
                    self._reader.unknown("文字（text/）", part.text.source, list(self._layout.texts), part.text.place)
            else:
                self.template(part.text)
            self._role(part.role, part.place)
        if part.table and part.table not in self._layout.tables:
            self._reader.unknown("表", part.table, list(self._layout.tables), part.place)
        if part.form and part.form not in self._layout.forms:
            self._reader.unknown("表单", part.form, list(self._layout.forms), part.place)

    def _line(self, line: Line) -> None:
        self.template(line.text)
        self._role(line.role, line.place)


def _row_id(row: Row) -> str:
    return row.id or (without_number(row.label.source) if row.label else "")

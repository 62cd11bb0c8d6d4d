"""What texts ask for by words as they stand is there: tables, rows and columns, terms, dimensions, their values.

Only words written out are looked at; what a text computes shows when it is composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes

from budgetreport.expressions import parsed
from budgetreport.layout.keys import Reader
from budgetreport.layout.lint_grid import fixed, paths
from budgetreport.layout.model import Grid, Layout, Row, Side, Template
from budgetreport.layout.paths import MEASURES, Paths
from budgetreport.layout.walking import all_of
from budgetreport.ledger import Codes, Values
from budgetreport.problems import FilePlace

_SPECIAL = ("any", "none")


class CallCheck:
    """Checks the calls of one template; `calls` are found in its syntax tree."""

    def __init__(self, reader: Reader, layout: Layout, template: Template) -> None:
        self._reader = reader
        self._layout = layout
        self._template = template

    def check(self, *, expression: bool) -> None:
        """All of them. The template's syntax is right."""
        source = self._template.source
        tree = parsed("{{ " + source + " }}" if expression else source)
        for call in tree.find_all(nodes.Call):
            asked = {"cell": self._cell, "sum": self._sum, "present": self._present, "name": self._name}
            name = call.node.name if isinstance(call.node, nodes.Name) else ""
            if name in asked:
                asked[name](call)
        for one in tree.find_all(nodes.Filter):
            if one.name == "names":
                self._dimension(one.args[:1])

    def _place(self, node: nodes.Node) -> FilePlace:
        return self._template.at(node.lineno)

    def _unknown(self, kind: str, word: str, known: Iterable[str], node: nodes.Node) -> None:
        self._reader.unknown(kind, word, list(known), self._place(node))

    def _cell(self, call: nodes.Call) -> None:
        said = [arg.value if isinstance(arg, nodes.Const) else None for arg in call.args]
        table, row, column = (*said, None, None, None)[:3]
        if not isinstance(table, str):
            return
        definition = self._layout.tables.get(table)
        if definition is None:
            self._unknown("表", table, self._layout.tables, call)
            return
        if definition.cells:
            return
        columns = list(_columns(definition))
        if isinstance(column, str) and not any(one == column or one.endswith(f"/{column}") for one in columns):
            self._unknown(f"栏（表“{table}”）", column, columns, call)
        rows = _rows(definition)
        if isinstance(row, str) and rows is not None and row not in rows:
            self._unknown(f"行（表“{table}”）", row, rows, call)

    def _sum(self, call: nodes.Call) -> None:
        self._terms(call.args)
        self._where(call)

    def _present(self, call: nodes.Call) -> None:
        self._dimension(call.args[:1])
        self._terms(call.args[2:])
        self._where(call)

    def _name(self, call: nodes.Call) -> None:
        self._dimension(call.args[:1])

    def _terms(self, args: Iterable[nodes.Expr]) -> None:
        known = self._layout.vocabulary.terms
        for arg in args:
            if isinstance(arg, nodes.Const) and isinstance(arg.value, str) and arg.value not in known:
                self._unknown("术语", arg.value, known, arg)

    def _dimension(self, args: Iterable[nodes.Expr]) -> None:
        known = self._layout.vocabulary.dimensions
        for arg in args:
            if isinstance(arg, nodes.Const) and isinstance(arg.value, str) and arg.value not in known:
                self._unknown("维度", arg.value, (d.key for d in known), arg)

    def _where(self, call: nodes.Call) -> None:
        """The coordinates of a sum, its book and its measure."""
        known = self._layout.vocabulary.dimensions
        book = "ledger"
        for said in call.kwargs:
            if said.key == "book":
                book = str(said.value.value) if isinstance(said.value, nodes.Const) else ""  # a name: any book
                if book and book not in self._layout.books:
                    self._unknown("账本", book, self._layout.books, said)
        for said in call.kwargs:
            if said.key in known:
                for word, node in _words(said.value):
                    self._value(said.key, word, node)
            elif said.key == "of" and isinstance(said.value, nodes.Const) and book in self._layout.books:
                measures = [f.name for f in Paths(self._layout).fields(book) if f.type in MEASURES]
                if said.value.value not in measures:
                    self._unknown("可求和的数", str(said.value.value), measures, said)
            elif said.key not in ("book", "of"):
                self._unknown("维度", said.key, (d.key for d in known), said)

    def _value(self, key: str, word: str, node: nodes.Node) -> None:
        d = self._layout.vocabulary.dimensions[key]
        if word in _SPECIAL:
            return
        if isinstance(d, Values) and word not in d.parents:
            self._unknown(f"{d.title}（{key}）", word, d.parents, node)
        if isinstance(d, Codes) and not d.level(word):
            levels = "、".join(f"{name}{n}位" for name, n in d.tree.levels.items())
            self._reader.wrong(self._place(node), f"“{word}”不是{d.title}的编码", f"编码应为{levels}", word)


def _words(node: nodes.Node) -> Iterator[tuple[str, nodes.Node]]:
    """The words of a value, a list of them, or what `not` leaves out."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value, node
    elif isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            yield from _words(item)
    elif isinstance(node, nodes.Dict):
        for pair in node.items:
            yield from _words(pair.value)


def _columns(grid: Grid) -> Iterator[str]:
    for side in grid.sides or (Side(columns=grid.columns),):
        yield from (path for _, path in paths(side.columns or grid.columns, grid, side.name))


def _rows(grid: Grid) -> list[str] | None:
    """The ids of the rows, None where an input makes some."""
    found: list[str] = []
    for side in grid.sides or (Side(rows=grid.rows),):
        for row in all_of(Row, side.rows):
            if (row.tree or row.each) and (row.values is None or row.rows):
                return None
            found += [code for code, _ in row.values or ()]
        found += [row.name for row in fixed(side.rows)]
    return found

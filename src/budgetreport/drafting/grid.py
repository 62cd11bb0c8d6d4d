"""A found grid as the keys of a table: heads, sides, rows; drawn cell by cell where these do not explain it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetreport.drafting.heads import Head, drawn, stretched, tree
from budgetreport.drafting.rows import FIXED, LABEL, Body, rows_of
from budgetreport.drafting.words import Words
from budgetreport.drafting.writing import Open, Value
from budgetreport.numerals import without_number
from budgetreport.read.heads import head_of
from budgetreport.read.lattice import Rows, even


@dataclass(frozen=True)
class _Column:
    """A column of the grid: its head, and what stands in it: number, code, a level of codes, label, or an amount."""

    head: Head
    kind: str
    level: str = ""

    @property
    def is_shown(self) -> bool:
        return self.kind in ("code", "level", LABEL)


def table(found: Rows, words: Words) -> dict[str, Value]:
    """The keys of a table that prints these rows."""
    rows = even(found)
    head = head_of(rows, None)
    heads = tree(rows, head.height)
    if heads is None or not head.height:
        return _cells(rows, words)
    return _Grid(rows, head.height, head.body, heads, words).keys()


def _cells(rows: Rows, words: Words) -> dict[str, Value]:
    return {"numbering": "", "cells": Open(_drawn(rows, words), "空格处印什么：写 {{ … }}")}


def _drawn(rows: Rows, words: Words) -> list[list[str]]:
    return [[words.years.said(text) for text in row] for row in drawn(rows)]


@dataclass(frozen=True)
class _Grid:
    rows: Rows
    height: int
    start: int
    heads: tuple[Head, ...]
    words: Words

    def keys(self) -> dict[str, Value]:
        columns = [self._column(leaf) for head in self.heads for leaf in head.leaves()]
        sides = _sides(columns)
        bodies = [Body(self.rows[self.start :], side[0].head.left, self._slots(side), self.words) for side in sides]
        if not all(body.is_regular for body in bodies) or not self._numbered(columns):
            return _cells(self.rows, self.words)
        found: dict[str, Value] = {"numbering": self._numbering(columns)}
        if any(body.has_across for body in bodies):
            found["across"] = "yes"
        stretch = stretched(self.heads)
        if not stretch:
            found["head"] = _drawn(self.rows[: self.height], self.words)
        elif stretch == "groups":
            found["stretch"] = stretch
        written = [rows_of(body) for body in bodies]
        if len(sides) == 1:
            return {**found, "columns": self._written(self.heads, columns), "rows": written[0]}
        return {**found, "sides": [self._side(*one) for one in zip(sides, _level(bodies, written), strict=True)]}

    def _slots(self, side: Sequence[_Column]) -> tuple[tuple[str, str], ...]:
        """Kind and head of each column of a side."""
        return tuple((c.kind, c.level or c.head.text) for c in side)

    def _column(self, leaf: Head) -> _Column:
        texts = [cell.text for row in self.rows[self.start :] if (cell := row[leaf.left]) is not None]
        said = [text for text in texts if not self.words.says_nothing(text)]
        if self.words.is_("row_numbers", leaf.text):
            return _Column(leaf, "number")
        if level := self.words.level(leaf.text):
            return _Column(leaf, "level", level)
        if self.words.is_("code", leaf.text):
            return _Column(leaf, "code")
        return _Column(leaf, LABEL if said or self.words.is_("label", leaf.text) else "amount")

    def _numbered(self, columns: Sequence[_Column]) -> bool:
        """Whether rows are numbered in the first column or not at all: no other place is known."""
        return all(c.kind != "number" for c in columns[1:])

    def _numbering(self, columns: Sequence[_Column]) -> Value:
        found: dict[str, Value] = {}
        if columns[0].kind == "number":
            found["rows"] = columns[0].head.text
        if self.start > self.height:
            first, *rest = [cell.text.strip() if cell else "" for cell in self.rows[self.height]]
            found["columns"] = first if not first.isdecimal() else ""
            if rest != [str(number) for number in range(1, len(rest) + 1)]:
                return Open(found, "表样的栏次不是从第二列起逐列编号")
        return {name: word for name, word in found.items() if word} or ""

    def _side(self, side: Sequence[_Column], rows: list[Value]) -> dict[str, Value]:
        first, last = side[0].head.left, side[-1].head.left
        over = next((h for h in self.heads if h.below and (h.left, h.left + h.width - 1) == (first, last)), None)
        within = over.below if over else tuple(h for h in self.heads if first <= h.left <= last)
        said = self._headed(over, self.words.name(over.text) or str(first + 1)) if over else {}
        return {**said, "columns": self._written(within, side), "rows": rows}

    def _written(self, heads: Sequence[Head], columns: Sequence[_Column]) -> list[Value]:
        known = {column.head.left: column for column in columns}
        ids = Counter(self.words.name(head.text) for head in heads)
        found: list[Value] = []
        for number, head in enumerate(heads, 1):
            name = self.words.name(head.text)
            said = self._headed(head, f"{name}{number}" if ids[name] > 1 or not name else name)
            if head.below:
                found.append(self._group(head, said, columns))
            elif known[head.left].kind != "number":
                found.append(self._leaf(known[head.left], said))
        return found

    def _headed(self, head: Head, name: str) -> dict[str, Value]:
        """A head with its id, where that is not what the head says anyway."""
        said: dict[str, Value] = {"head": self.words.years.said(head.text)}
        return said if name == without_number(head.text) else {**said, "id": name}

    def _group(self, head: Head, said: dict[str, Value], columns: Sequence[_Column]) -> Value:
        """A head over others narrows them where it names a term."""
        meaning = self.words.meaning(head.text)
        where: dict[str, Value] = {"where": meaning.where} if meaning and isinstance(meaning.where, str) else {}
        return {**said, **where, "columns": self._written(head.below, columns)}

    def _leaf(self, column: _Column, said: dict[str, Value]) -> Value:
        if column.kind in ("code", "level"):
            return {**said, "show": f"code.{column.level}" if column.level else "code"}
        if column.kind == LABEL:
            return {**said, "show": "label"}
        meaning = self.words.meaning(column.head.text)
        if meaning is None:
            return Open({**said, "sum": {}}, "这一栏算什么：写条件，或 show 一个字段")
        whole: Value = {**said, "sum": meaning.where}
        return whole if meaning.sure else Open(whole, "核对条件")


def _sides(columns: Sequence[_Column]) -> list[list[_Column]]:
    """Columns of names and amounts, then again names and amounts: two sides. Elsewhere one."""
    sides: list[list[_Column]] = [[]]
    for column in columns:
        if column.is_shown and any(c.kind == "amount" for c in sides[-1]):
            sides.append([])
        sides[-1].append(column)
    whole = all(any(c.kind == "amount" for c in side) and any(c.is_shown for c in side) for side in sides)
    return sides if whole else [list(columns)]


def _level(bodies: Sequence[Body], written: Sequence[list[Value]]) -> Iterator[list[Value]]:
    """Each side's rows, those told to stand level with the last side's that do so below what an input unfolds."""
    kinds = [body.kinds for body in bodies]
    first = min(next((y for y, kind in enumerate(side) if kind != FIXED), len(side)) for side in kinds)
    level = [y for y in range(first, min(map(len, kinds))) if all(side[y] == FIXED for side in kinds)]
    last = bodies[-1].ids()
    for body, rows in zip(bodies[:-1], written, strict=False):
        beside = {body.ids()[y]: last[y] for y in level}
        yield [_beside(row, beside) for row in rows]
    yield written[-1]


def _beside(row: Value, beside: dict[str, str]) -> Value:
    inner = row.value if isinstance(row, Open) else row
    if not isinstance(inner, dict) or "label" not in inner:
        return row
    name = inner.get("id") or without_number(str(inner["label"]))
    if name not in beside:
        return row
    told = {**inner, "beside": beside[str(name)]}
    return Open(told, row.todo) if isinstance(row, Open) else told

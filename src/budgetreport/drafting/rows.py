"""The body of one side of a blank form: sample codes become a tree, listed classes a list, blank rows a filling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from budgetreport.drafting.words import Words
from budgetreport.drafting.writing import Open, Value
from budgetreport.numerals import without_number
from budgetreport.read.found import FoundCell
from budgetreport.read.lattice import Rows

LABEL = "label"
FIXED, CODED, BLANK = "fixed", "coded", "blank"
_CHINESE_NUMBER = "一、"


@dataclass(frozen=True)
class Body:
    """The rows below the heads. `left`: the first column; `slots`: each column's kind and what its head says."""

    rows: Rows
    left: int
    slots: tuple[tuple[str, str], ...]
    words: Words

    @property
    def is_regular(self) -> bool:
        """Whether names stand in the columns of names only, and no cell is merged but a fixed row's name."""
        return all(self._plain(row, x) for row in self.rows for x in range(len(self.slots)))

    def _plain(self, row: tuple[FoundCell | None, ...], x: int) -> bool:
        cell = row[self.left + x]
        if cell is None:
            return True
        if cell.rows > 1 or (cell.columns > 1 and (x + cell.columns > self._shown or not cell.text.strip())):
            return False
        return x < self._shown or self.slots[x][0] == "number" or self.words.says_nothing(cell.text)

    @cached_property
    def _shown(self) -> int:
        """How many columns there are before the first amount."""
        return next((x for x, (kind, _) in enumerate(self.slots) if kind == "amount"), len(self.slots))

    @cached_property
    def has_across(self) -> bool:
        """Whether a fixed row's name stretches over several columns."""
        return any(cell is not None and cell.columns > 1 for row in self._own() for cell in row)

    def _own(self) -> Iterator[tuple[FoundCell | None, ...]]:
        for row in self.rows:
            yield row[self.left : self.left + len(self.slots)]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What each row is."""
        return tuple(self._kind(y) for y in range(len(self.rows)))

    def _kind(self, y: int) -> str:
        if self.code(y).isdecimal():
            return CODED
        return BLANK if self.words.says_nothing(self.label(y)) else FIXED

    def code(self, y: int) -> str:
        """The digits in the columns of codes: a code; a level's own digits joined to those above."""
        texts = [self._text(y, x) for x, (kind, _) in enumerate(self.slots) if kind in ("code", "level")]
        return "".join(text for text in texts if text.isdecimal())

    def label(self, y: int) -> str:
        """The name that stands in the row: the first text there is."""
        return next(filter(None, (self._text(y, x) for x in range(self._shown) if self.slots[x][0] != "number")), "")

    def _text(self, y: int, x: int) -> str:
        cell = self.rows[y][self.left + x]
        return cell.text.strip().replace("\n", "") if cell else ""

    def ids(self) -> dict[int, str]:
        """Ids of the fixed rows, equal names told apart."""
        found: dict[int, str] = {}
        seen: Counter[str] = Counter()
        for y, kind in enumerate(self.kinds):
            if kind == FIXED:
                name = self.words.name(self.label(y)) or str(y + 1)
                seen[name] += 1
                found[y] = name if seen[name] == 1 else f"{name}{seen[name]}"
        return found

    def levels(self) -> list[str]:
        """The levels that columns show, one a column; none where codes stand whole."""
        return [said for kind, said in self.slots if kind == "level"]


def rows_of(body: Body) -> list[Value]:
    """The rows as a layout states them."""
    if not any(kind in ("code", "level", LABEL) for kind, _ in body.slots):
        return _unnamed(body)
    return list(_Rows(body).written())


def _unnamed(body: Body) -> list[Value]:
    """Rows of amounts only: the first is all that the table counts."""
    first: Value = {"id": "1", "label": "", "where": {}}
    return [first, {"fill_to": len(body.rows)}] if len(body.rows) > 1 else [first]


class _Rows:
    """Rows one after the other; `_taken` are all before this one, written or covered by what unfolds."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self._ids = body.ids()
        self._unfolded = False

    def written(self) -> Iterator[Value]:
        kinds = self.body.kinds
        y = 0
        while y < len(kinds):
            if kinds[y] == FIXED and not self._lists_classes(y):
                yield self._fixed(y)
                y += 1
                continue
            end = next((n for n in range(y + 1, len(kinds)) if kinds[n] == FIXED), len(kinds))
            yield from self._run(y, end)
            y = end

    def _lists_classes(self, y: int) -> bool:
        """Whether it is the first of a list that goes on with mere numbers, as 一、某类支出, 二、… does."""
        kinds = self.body.kinds
        follows = y + 1 < len(kinds) and kinds[y + 1] == BLANK and self.body.label(y + 1)
        return bool(follows) and self.body.words.class_of(self.body.label(y)) is not None

    def _run(self, start: int, end: int) -> Iterator[Value]:
        """Rows that an input unfolds, blanks after them; blanks alone where there is nothing to unfold."""
        body = self.body
        codes = [code for y in range(start, end) if (code := body.code(y))]
        if body.kinds[start] == FIXED:
            d = body.words.class_of(body.label(start))
            level = next(iter(d.tree.levels)) if d else ""
            number: dict[str, Value] = {"number": _CHINESE_NUMBER} if body.label(start) != self._ids[start] else {}
            yield {"each": d.key if d else "", "level": level, **number}
        elif any(kind in ("code", "level") for kind, _ in body.slots) and not self._unfolded:
            yield from self._tree(codes)
            self._unfolded = True
        elif not any(kind == FIXED for kind in body.kinds) and not self._unfolded:
            yield Open({"fill_to": end}, "逐行列示什么：写 from: 清单 和 {each: line}")
            return
        if end - start > 1 or not (codes or self._unfolded or body.kinds[start] == FIXED):
            yield {"fill_to": end}

    def _tree(self, codes: list[str]) -> Iterator[Value]:
        found = self.body.words.coded(codes, (said for _, said in self.body.slots))
        if found is None:
            return
        d, sure = found
        lengths = {len(code) for code in codes}
        levels = self.body.levels() or [name for name, n in d.tree.levels.items() if not lengths or n <= max(lengths)]
        tree: Value = {"tree": d.key, "levels": levels}
        yield tree if sure else Open(tree, "核对是哪一种科目")

    def _fixed(self, y: int) -> Value:
        label, name = self.body.label(y), self._ids[y]
        said: dict[str, Value] = {"id": name} if name != without_number(label) else {}
        meaning = self.body.words.meaning(label)
        row = {**said, "label": self.body.words.years.said(label), "where": meaning.where if meaning else {}}
        if meaning is None:
            return Open(row, "这一行算什么：写条件，或写 only 说明哪几栏有数")
        return row if meaning.sure else Open(row, "核对条件")

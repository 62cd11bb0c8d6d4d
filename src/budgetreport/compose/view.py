"""Facts as texts and conditions see them: amounts are figures that know their origin, what is absent is empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import overload

from budgetreport.facts import Path, Record
from budgetreport.figures import Figure
from budgetreport.ledger import Stated
from budgetreport.money import Amount


class UnstatedError(ValueError):
    """A text prints what an entry says that is not stated: of a record with free keys, by its key."""

    def __init__(self, within: Record, key: str) -> None:
        super().__init__(f"{' '.join(map(str, within.path))} 缺少 {key}（{within.declared.title}）")
        self.path = within.path
        self.key = key


class Unstated:
    """An entry that is not stated. A condition may ask whether it is; a text that asks what it says has no answer."""

    __slots__ = ("_key", "_within")

    def __init__(self, within: Record, key: str) -> None:
        self._within = within
        self._key = key

    def __getitem__(self, name: str) -> object:
        raise UnstatedError(self._within, self._key)

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""


class View:
    """A record in an expression: `unit.name`, `project.plan['6月底']`. It has no methods that could hide a fact."""

    __slots__ = ("_record",)

    def __init__(self, record: Record) -> None:
        self._record = record

    def __getitem__(self, name: str) -> object:
        free = self._record.declared.type == "map"
        if free and name not in set(self._record):
            return Unstated(self._record, name) if self._record.declared.fields[0].type == "record" else ""
        value, path = self._record[name], (*self._record.path, name)
        field = self._record.declared.field(name)
        if isinstance(value, Decimal) and field is not None and field.type == "percent":
            return Figure(value, (Stated(path),))
        return viewed(value, path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._record)

    def __bool__(self) -> bool:
        return any(name in self._record for name in self._record)


class Views(Sequence[object]):
    """A list in an expression; its items are made when they are looked at."""

    __slots__ = ("_items", "_path")

    def __init__(self, items: tuple[object, ...], path: Path) -> None:
        self._items = items
        self._path = path

    @overload
    def __getitem__(self, at: int) -> object: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[object, ...]: ...
    def __getitem__(self, at: int | slice) -> object:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(*at.indices(len(self._items))))
        return viewed(self._items[at], (*self._path, at % len(self._items) if self._items else at))

    def __len__(self) -> int:
        return len(self._items)


def record_of(view: View) -> Record:
    """The record behind a view."""
    return view._record  # noqa: SLF001 - a method would hide a fact of that name


def viewed(value: object, path: Path) -> object:
    """A fact's value as an expression sees it."""
    if isinstance(value, Amount):
        return Figure(int(value), (Stated(path),))
    if isinstance(value, Record):
        return View(value)
    if isinstance(value, tuple):
        return Views(value, path)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    plain = value.isoformat() if isinstance(value, date) else value
    return "" if plain is None else plain

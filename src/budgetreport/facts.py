"""Facts: what a clerk states, typed and frozen; and the declaration of what can be stated.

Which facts there are is data (layouts/**/facts/*.yaml). A `Field` is one declared key; the JSON
Schema, the validation of an input and its typing all follow from the same tree of fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgetreport.money import PLACES, Amount
from budgetreport.problems import FilePlace

Path = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead to a fact: ('ledger', 3, 'amount')."""

YEAR, UNIT = "year", "amount_unit"
"""The keys of the budget year, which every layout declares, and of the unit that amounts are stated in."""
SCALARS = ("text", "number", "amount", "percent", "date", "year", "code", "flag")


@dataclass(frozen=True, slots=True)
class Field:
    """A declared key of the input.

    `type` is one of SCALARS, 'record' (an object with `fields`), 'each' (a list of such objects),
    'entry' (one of these objects, as its record has it), or 'map' (an object with free keys and values of the
    single field in `fields`, e.g. reasons by code). `many`: a list of scalars. `key` names the field that
    identifies an 'each' entry.
    `values`: the only texts allowed; `lengths`: the digits a code may have (3, 5, 7);
    `signed`: an amount may be negative; `reference`: the path ('projects', 'code') of the list and
    key that the value must be found in; `dimension`: the coordinate that the value is of a line;
    `referred`: each entry must be referred to at least once; `any_of`: a record must state one of these;
    `groups`: words that stand for several values, each with what to say in its place; `unpublished`: it stays
    on the clerk's desk.
    `title` and `description` are the Chinese words an editor and a message show.
    """

    name: str
    type: str
    title: str = ""
    description: str = ""
    required: bool = False
    many: bool = False
    fields: tuple[Field, ...] = ()
    key: str = ""
    values: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    signed: bool = False
    reference: tuple[str, str] | None = None
    referred: str = ""
    dimension: str = ""
    any_of: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    unpublished: bool = False

    def field(self, name: str) -> Field | None:
        """The declared field of that name."""
        return next((f for f in self.fields if f.name == name), None)


Scalar = str | bool | Decimal | Amount | date
Value = "Scalar | Record | tuple[Value, ...] | None"


class Record:
    """A stated object: declared keys only; what is absent is None (a text, a number) or empty (a list).

    Not a Mapping, so that no method hides a fact's name. `path` leads to it from the input's root.
    """

    __slots__ = ("_values", "declared", "path")

    def __init__(self, values: dict[str, object], declared: Field, path: Path = ()) -> None:
        self._values = values
        self.declared = declared
        self.path = path

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return self._values.get(str(name)) not in (None, (), "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)


@dataclass(frozen=True, slots=True)
class Facts:
    """A whole input: the root record, and where each fact stands in the file it came from."""

    root: Record
    file: str
    locate: Callable[[Path], FilePlace]

    @property
    def year(self) -> int:
        """The budget year, 0 in empty forms of no year."""
        stated = self.root[YEAR]
        return int(stated) if isinstance(stated, Decimal) else 0

    @property
    def unit(self) -> str:
        """What amounts are stated in."""
        return unit_of(UNIT in self.root and self.root[UNIT])


def unit_of(stated: object) -> str:
    """元 or 万元 as an input states it, 万元 where it states neither."""
    return stated if isinstance(stated, str) and stated in PLACES else "万元"

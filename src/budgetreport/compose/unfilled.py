"""What stands in an empty form for facts that are to be stated: their names, open figures, one item of each list."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import SupportsIndex

from budgetreport.compose.view import View, record_of, viewed
from budgetreport.facts import YEAR, Field, Record
from budgetreport.figures import Unfilled
from budgetreport.ledger import Stated
from budgetreport.money import Amount


def held(title: str) -> str:
    """What stands for a text that is to be stated: its name in brackets."""
    return f"〔{title}〕"


def helds(field: Field) -> Iterator[str]:
    """All that may stand for texts below a declaration."""
    yield held(field.title or field.name)
    for one in field.fields:
        yield from helds(one)


def nothing(field: Field, year: int | None) -> Record:
    """The facts as books see them: nothing is stated but the year."""
    found = {one.name: _nothing(one, year) for one in field.fields} if field.type != "map" else {}
    return Record({**found, YEAR: Decimal(year)} if year and YEAR in found else found, field)


def _nothing(field: Field, year: int | None) -> object:
    if field.type in ("record", "map"):
        return nothing(field, year)
    if field.many or field.type == "each":
        return ()
    return Amount(0) if field.type == "amount" else _text(field)


def _text(field: Field) -> str | None:
    """None for a choice of words that is no coordinate: how to write, not what; unsaid, the layout's own way stands."""
    chosen = field.values and not field.dimension
    return held(field.title or field.name) if field.type in ("text", "code", "year") and not chosen else None


def to_fill(field: Field, word: str) -> Record:
    """A record as texts see it: all is there and to be filled in, figures by the word."""
    return Record({one.name: _to_fill(one, word) for one in field.fields}, field)


def _to_fill(field: Field, word: str) -> object:
    if field.type == "record":
        return to_fill(field, word)
    if field.type == "map":
        return _AnyKey(field, word)
    if field.type == "each":
        return (to_fill(field, word),)
    if field.many:
        return ()
    if field.type in ("amount", "number", "percent"):
        return Unfilled(word, 0 if field.type == "amount" else Decimal(0), Stated((field.name,)))
    return _text(field)


class _AnyKey(View):
    """A record with free keys, whichever of them a text asks for."""

    __slots__ = ("_word",)

    def __init__(self, field: Field, word: str) -> None:
        super().__init__(Record({}, field))
        self._word = word

    def __getitem__(self, name: str) -> object:
        return viewed(_to_fill(record_of(self).declared.fields[0], self._word), (name,))

    def __bool__(self) -> bool:
        return True


class AnyCode(str):
    """A code that an input would state: what is cut from it is no more than its dimension's name either."""

    __slots__ = ()

    def __getitem__(self, at: SupportsIndex | slice) -> AnyCode:
        return self

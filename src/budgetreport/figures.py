"""Numbers in texts: a figure remembers what it was made of, and its marks where it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgetreport.ledger import Origin, Stated, Sum
from budgetreport.sandbox import UnwordedError

_OPEN, _MIDDLE, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"  # noncharacters: no input and no layout can hold them
_MARKED = re.compile(f"{_OPEN}([0-9]+){_MIDDLE}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in 分 (or a Decimal where `amount` is no money) with its origin; sums and differences keep it.

    In a balanced document a sum's value is what is printed; `faint` is one that is not zero but prints as it.
    """

    value: int | Decimal
    origin: tuple[Origin, ...] = ()
    faint: bool = False

    def __add__(self, other: object) -> Figure:
        return Figure(self.value + number_of(other), self.origin + _origin(other), self.faint or _faint(other))

    __radd__ = __add__

    def __sub__(self, other: object) -> Figure:
        origin = self.origin + tuple(_negative(o) for o in _origin(other))
        return Figure(self.value - number_of(other), origin, self.faint or _faint(other))

    def __neg__(self) -> Figure:
        return Figure(-self.value, tuple(_negative(o) for o in self.origin), self.faint)

    def __abs__(self) -> Figure:
        return self if self.value >= 0 else -self

    def __bool__(self) -> bool:
        return self.value != 0 or self.faint

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Figure) else other)

    def __lt__(self, other: object) -> bool:
        return bool(self.value < number_of(other))

    def __le__(self, other: object) -> bool:
        return bool(self.value <= number_of(other))

    def __gt__(self, other: object) -> bool:
        return bool(self.value > number_of(other))

    def __ge__(self, other: object) -> bool:
        return bool(self.value >= number_of(other))

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        """UnwordedError: money, which is counted in 分 here and printed in the unit of the place."""
        if isinstance(self.value, int):
            raise UnwordedError("金额要写 |amount")
        return str(self.value)


class Unfilled(Figure):
    """A figure that an empty form leaves open: some amount, not zero and equal to none, that prints as a word.

    `zero` is of the type of the value: a whole number for money, a Decimal for what is none.
    """

    __slots__ = ("word",)
    word: str

    def __init__(self, word: str, zero: int | Decimal, *origin: Origin) -> None:
        super().__init__(zero, origin)
        object.__setattr__(self, "word", word)  # frozen, as all figures are

    def _same(self, _other: object = None) -> Unfilled:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __neg__ = __abs__ = _same

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = Figure.__hash__

    def __str__(self) -> str:
        super().__str__()
        return self.word


def number_of(other: object) -> Any:  # noqa: ANN401 - int or Decimal, whichever the other side is
    """The number that a value is or has. TypeError: none, in words for who wrote the expression."""
    if isinstance(other, Figure):
        return other.value
    if isinstance(other, int | Decimal):
        return other
    raise TypeError(f"“{other}”不是数")


def _origin(other: object) -> tuple[Origin, ...]:
    return other.origin if isinstance(other, Figure) else ()


def _faint(other: object) -> bool:
    return isinstance(other, Figure) and other.faint


def _negative(origin: Origin) -> Origin:
    return origin if isinstance(origin, Stated) else Sum(origin.book, origin.where, origin.of, -origin.sign)


class Marks:
    """Collects the figures that a text prints, so that their places in it can be told afterwards."""

    def __init__(self) -> None:
        self._figures: list[Figure] = []

    def mark(self, figure: Figure, text: str) -> str:
        """The text with invisible marks around it."""
        self._figures.append(figure)
        return f"{_OPEN}{len(self._figures) - 1}{_MIDDLE}{text}{_CLOSE}"

    def resolve(self, text: str) -> tuple[str, tuple[tuple[int, int, tuple[Origin, ...]], ...]]:
        """The text without marks, and (start, end, origin) of each figure in it."""
        if _OPEN not in text:
            return text, ()
        spans = []
        pieces: list[str] = []
        length = at = 0
        for match in _MARKED.finditer(text):
            length += match.start() - at
            spans.append((length, length + len(match[2]), self._figures[int(match[1])].origin))
            pieces += [text[at : match.start()], match[2]]
            length += len(match[2])
            at = match.end()
        return "".join([*pieces, text[at:]]), tuple(spans)

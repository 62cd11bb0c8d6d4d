"""Numbers that rules compute with: exact, and aware of where they stand and how finely they are printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from budgetreport.figures import Figure, number_of
from budgetreport.money import PLACES
from budgetreport.problems import Place
from budgetreport.wording import bare

_NUMERAL = re.compile(r"[-−－+]?[0-9][0-9,，]*(?:\.[0-9]+)?|[-−－+]?\.[0-9]+")
_NOTHING = {"", "—", "－", "-", "——", "无", "/", "…"}
"""What stands for no amount. Basis: practice."""


class AbsentError(Exception):
    """The document has not what a rule looks at: the rule cannot run there."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Spot:
    """Where something stands: its place as a reader names it, and in the file at hand; `text` is what stands there.

    Both places may be given by functions: most spots are never told of.
    """

    __slots__ = ("_place", "_stated", "text")

    def __init__(
        self, place: Place | Callable[[], Place], stated: Callable[[], Place | None] | None = None, text: str = ""
    ) -> None:
        self._place = place
        self._stated = stated
        self.text = text

    @property
    def place(self) -> Place:
        """As a reader of the document names it."""
        return self._place() if callable(self._place) else self._place

    @property
    def stated(self) -> Place | None:
        """In the file at hand, None for what no single place there says."""
        return self._stated() if self._stated else None


@dataclass(frozen=True, slots=True, eq=False)
class Number(Figure):
    """An amount in 分, or a plain Decimal; `spots` where it was read, `step` the unit of its last printed place.

    `terms` counts the printed numbers it was made of: each may hide half a step.
    """

    spots: tuple[Spot, ...] = ()
    step: Decimal = Decimal()
    terms: int = 1

    def __add__(self, other: object) -> Number:
        theirs = other if isinstance(other, Number) else Number(number_of(other), terms=0)
        value = self.value + theirs.value
        return Number(
            value,
            spots=self.spots + theirs.spots,
            step=max(self.step, theirs.step),
            terms=self.terms + theirs.terms,
        )

    __radd__ = __add__

    def __sub__(self, other: object) -> Number:
        return self + (-other if isinstance(other, Number) else -Number(number_of(other), terms=0))

    def __rsub__(self, other: object) -> Number:
        return -self + other

    def __neg__(self) -> Number:
        return Number(-self.value, spots=self.spots, step=self.step, terms=self.terms)

    def __abs__(self) -> Number:
        return self if self.value >= 0 else -self

    def __mul__(self, other: object) -> Decimal:
        return Decimal(self.value) * Decimal(number_of(other))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Decimal:
        return Decimal(self.value) / Decimal(number_of(other))

    def __eq__(self, other: object) -> bool:
        return bool(isinstance(other, Figure | int | Decimal) and self.value == number_of(other))

    def __hash__(self) -> int:
        return hash(self.value)

    @property
    def half(self) -> Decimal:
        """The half of the last printed place."""
        return self.step / 2


def money(text: str, unit: str, *spots: Spot) -> Number:
    """An amount as printed in 元 or 万元, in 分; nothing is zero. AbsentError: the text is no number."""
    digits = decimal(text)
    places = PLACES[unit]
    value = digits.scaleb(places)
    whole = int(value) if value == value.to_integral_value() else value
    return Number(whole, spots=spots, step=Decimal(1).scaleb(places + min(int(digits.as_tuple().exponent), 0)))


def plain(text: str, *spots: Spot) -> Number:
    """A number that is no money: a quantity, a percentage. AbsentError: the text is no number."""
    digits = decimal(text.strip().rstrip("%％"))
    return Number(digits, spots=spots, step=Decimal(1).scaleb(min(int(digits.as_tuple().exponent), 0)))


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """A number of any length to whole steps, a power of ten each (0.01, 1, 1E+2), halves away from zero.

    Texts hold numbers of 60 digits, and Decimal's own context rounds nothing that has more than 28.
    """
    digits = value.adjusted() - int(step.as_tuple().exponent) + 2
    return value.quantize(step, ROUND_HALF_UP, Context(prec=max(digits, 1)))


def decimal(text: str) -> Decimal:
    """The number that a text is; Decimal 0 for what stands for nothing. AbsentError: it is no number."""
    said = bare(text)
    if said in _NOTHING:
        return Decimal()
    found = _NUMERAL.fullmatch(said)
    if not found:
        raise AbsentError(f"“{text}”不是数")
    return Decimal(re.sub("[,，+]", "", said).replace("−", "-").replace("－", "-"))


@lru_cache(maxsize=4096)
def value(text: str) -> Decimal | None:
    """The number that a text is, None where it is none: for comparing many."""
    try:
        return decimal(text)
    except AbsentError:
        return None


def is_number(text: str) -> bool:
    """Whether a text is a number and nothing else."""
    return bool(_NUMERAL.fullmatch(bare(text)))

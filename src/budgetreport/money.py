"""Exact money: integers of 分 inside, decimals at the edges, no float anywhere.

元 and 万元 are the units that official budgets are stated and printed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation

PLACES = {"元": 2, "万元": 6}
"""Decimal places after which a unit ends at 分."""
LIMIT = 10**13 * 100
"""Amounts in 分 stay below this (10¹³ 元): more is a slip of the keyboard."""
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
"""More digits than an amount can have; digits beyond it that are not zero are refused, not rounded away."""


class Amount(int):
    """Money in 分."""

    __slots__ = ()


def amount(value: Decimal, unit: str) -> Amount:
    """分 from a decimal in `unit` (元 or 万元). ValueError: finer than 分, or beyond LIMIT."""
    if not value.is_finite() or abs(value.adjusted()) > 20:  # noqa: PLR2004 - before scaling: 1e999999 would take for ever
        raise ValueError(value)
    try:
        scaled = value.scaleb(PLACES[unit], _EXACT)
    except Inexact:
        raise ValueError(value) from None
    whole = int(scaled)
    if whole != scaled or abs(whole) >= LIMIT:
        raise ValueError(value)
    return Amount(whole)


def exact(value: int, unit: str) -> Decimal:
    """分 in `unit`, to the last 分, with two decimals at least."""
    found = Decimal(int(value)).scaleb(-PLACES[unit]).normalize()
    return found.quantize(Decimal("0.01")) if int(found.as_tuple().exponent) > -2 else found  # noqa: PLR2004 - see above


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a place prints amounts.

    `unit` 元 or 万元; `places` decimals; `thousands`: commas between groups of three; `zero`: what
    an exact zero prints as (None: like any other number). 40 元 in 万元 is no exact zero: 0.00.
    `balanced`: sums print so that printed parts add up (舍位平衡), not each its nearest value.
    """

    unit: str = "万元"
    places: int = 2
    thousands: bool = False
    zero: str | None = None
    balanced: bool = False

    @property
    def step(self) -> int:
        """One of the last place printed, in 分; 1 where 分 are printed."""
        return int(10 ** max(0, PLACES[self.unit] - self.places))

    def rounded(self, value: int) -> Decimal:
        """分 as a decimal in `unit` with `places` decimals, half up (四舍五入); never -0."""
        exact = Decimal(int(value)).scaleb(-PLACES[self.unit])
        found = exact.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        return found or abs(found)

    def text(self, value: int, *, faint: bool = False) -> str:
        """分 as printed; `faint`: an exact value that is not zero, though what is printed may be."""
        if value == 0 and not faint and self.zero is not None:
            return self.zero
        return f"{self.rounded(value):{',' if self.thousands else ''}.{self.places}f}"

"""Whether printed numbers can be true together: each stands for all values that print as it does."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import product
from typing import Any

from budgetreport.checks.number import Number, rounded
from budgetreport.figures import Figure

_HUNDRED = Decimal(100)


def fits(said: Number, due: Figure | int) -> bool:
    """Whether an amount is a rounding of another, up or down: parts are rounded so that totals hold."""
    exact = Decimal(due.value if isinstance(due, Figure) else due)
    return abs(Decimal(said.value) - exact) < max(said.step, Decimal(1))


def product_fits(quantity: Number, price: Number, amount: Number) -> bool:
    """Whether quantity × price can be the amount: price and amount are rounded, the quantity is not."""
    due = Decimal(quantity.value) * Decimal(price.value)
    return abs(due - Decimal(amount.value)) <= abs(Decimal(quantity.value)) * price.half + amount.half


def growth_fits(change: Number, now: Number, percent: Number) -> bool:
    """Whether a change up to `now` can be that many percent of what was before. No base: no percentage fits."""
    return _fits(percent, [c / (n - c) * _HUNDRED for c, n in product(_ends(change), _ends(now)) if n > c])


def share_fits(part: Number, whole: Number, percent: Number) -> bool:
    """Whether an amount can be that many percent of another. Of nothing it is no percentage."""
    return _fits(percent, [p / w * _HUNDRED for p, w in product(_ends(part), _ends(whole)) if w > 0])


def share(part: Number, whole: Number) -> Decimal:
    """An amount in percent of another; 0 of nothing. To two places."""
    of = Decimal(whole.value)
    return rounded(Decimal(part.value) / of * _HUNDRED, Decimal("0.01")) if of else Decimal()


def growth_between_fits(prior: Number, now: Number, percent: Number) -> bool:
    """Whether a change from `prior` to `now` can be that many percent of what was before."""
    return _fits(percent, [(n - p) / p * _HUNDRED for p, n in product(_ends(prior), _ends(now)) if p > 0])


def _fits(percent: Number, ends: list[Decimal]) -> bool:
    return bool(ends) and min(ends) <= percent.value + percent.half and max(ends) >= percent.value - percent.half


def growth(change: Number, now: Number) -> Decimal:
    """The change in percent of what was before; 0 without a base. To two places."""
    base = Decimal(now.value) - Decimal(change.value)
    return rounded(Decimal(change.value) / base * _HUNDRED, Decimal("0.01")) if base else Decimal()


def _ends(number: Number) -> tuple[Decimal, Decimal]:
    return Decimal(number.value) - number.half, Decimal(number.value) + number.half


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "fits": fits,
    "growth": growth,
    "growth_between_fits": growth_between_fits,
    "growth_fits": growth_fits,
    "product_fits": product_fits,
    "share": share,
    "share_fits": share_fits,
}
"""What expressions call these by."""

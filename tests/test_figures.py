"""Figures add up exactly, compare by value, and keep what they were made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgetreport.figures import Figure
from budgetreport.filters import Choice, Filter
from budgetreport.ledger import Stated, Sum

ONE = Sum("ledger", Filter((("use", Choice(("项目支出",))),)))
OTHER = Sum("ledger", Filter((("use", Choice(("公用经费",))),)))
FACT = Stated(("narrative", "planned"))


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=6))
def test_figures_add_up_exactly_and_keep_what_they_were_made_of(values: list[int]) -> None:
    figures = [Figure(value, (Sum("ledger", Filter(), str(n)),)) for n, value in enumerate(values)]
    total = sum(figures, Figure(0))
    assert total.value == sum(values)
    assert [o.of for o in total.origin if isinstance(o, Sum)] == [str(n) for n in range(len(values))]


def test_what_is_taken_away_has_a_negative_sign_and_a_stated_fact_none() -> None:
    change = Figure(500, (ONE,)) - Figure(700, (OTHER, FACT))
    assert change.value == -200
    assert change.origin == (ONE, Sum(OTHER.book, OTHER.where, OTHER.of, -1), FACT)
    assert abs(change).origin[0] == Sum(ONE.book, ONE.where, ONE.of, -1)
    assert (-change).value == 200


def test_figures_compare_by_value_and_zero_is_false() -> None:
    assert Figure(5) == Figure(5, (ONE,)) == 5
    assert Figure(5) > Figure(4) >= 4
    assert Figure(3) < 4 <= Figure(4)
    assert not Figure(0, (ONE,))
    assert len({Figure(5), Figure(5, (ONE,))}) == 1

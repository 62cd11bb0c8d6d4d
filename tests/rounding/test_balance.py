"""Balanced rounding: what is printed adds up, is near, and is the same however it is given."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from budgetreport.rounding import ContradictionError, Task, Total, balance, nearest
from tests.rounding.making import Table, Tree, cost, holds, least, leaves, name, table, tree, within_one_unit

CASES = int(os.environ.get("ROUNDING_CASES", "300"))
"""`make long` tries 10,000."""
LONG = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
UNIT = 10_000
NESTED = tree(2, 2)


def amounts(*, negative: bool) -> st.SearchStrategy[int]:
    low = -(10**7) if negative else 0
    near = st.integers(-5 if negative else 0, 5).map(lambda units: units * UNIT)
    return st.one_of(st.just(0), near, st.integers(low, 10**7), st.integers(0, 2 * UNIT))


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Irregular trees of up to 40 nodes."""
    found: Tree = {}
    waiting, fresh = [0], 1
    while waiting and fresh < 40:
        node = waiting.pop(0)
        count = draw(st.integers(0 if fresh > 1 else 1, 6))
        if count:
            found[node] = tuple(range(fresh, fresh + count))
            waiting += found[node]
            fresh += count
    return found


@st.composite
def tables(
    draw: st.DrawFn, rows: st.SearchStrategy[Tree], columns: st.SearchStrategy[Tree], *, negative: bool = True
) -> Table:
    r, c = draw(rows), draw(columns)
    value = amounts(negative=negative and draw(st.booleans()))
    drawn = {(x, y): draw(value) for x in leaves(r) for y in leaves(c)}
    return table(r, c, lambda x, y: drawn[x, y], UNIT)


flat = st.integers(1, 8).map(tree)
two_deep = st.sampled_from([{0: (1, 2), 1: (3, 4, 5)}, {0: (1, 2, 3), 2: (4, 5)}, tree(2, 2), tree(3, 2)])


@LONG
@given(tables(trees(), st.just({})))
def test_a_tree_always_balances_within_one_unit(made: Table) -> None:
    found = balance(made.task)
    holds(made.task, made.sums, found)
    assert within_one_unit(found)


@LONG
@given(tables(trees(), st.just({})))
def test_the_root_of_a_tree_prints_its_nearest_value(made: Table) -> None:
    root = "000000/000"
    assert balance(made.task).printed[root] == nearest(made.task.exact[root], UNIT)


@LONG
@given(st.one_of(tables(trees(), flat), tables(flat, two_deep)))
def test_a_table_with_one_flat_side_always_balances_within_one_unit(made: Table) -> None:
    found = balance(made.task)
    holds(made.task, made.sums, found)
    assert within_one_unit(found)


@LONG
@given(tables(trees(), two_deep))
def test_what_is_nested_both_ways_adds_up_and_tells_what_exceeds(made: Table) -> None:
    found = balance(made.task)
    assume(found.holds)
    holds(made.task, made.sums, found)
    assert within_one_unit(found) or found.exceeding


@LONG
@given(tables(trees(), two_deep), st.randoms(use_true_random=False))
def test_the_order_of_cells_and_sums_never_matters(made: Table, order: object) -> None:
    cells, sums = list(made.task.exact.items()), list(made.task.sums)
    order.shuffle(cells)  # type: ignore[attr-defined]
    order.shuffle(sums)  # type: ignore[attr-defined]
    turned = tuple(Total(one.total, tuple(reversed(one.parts))) for one in sums)
    assert balance(Task(UNIT, dict(cells), turned)) == balance(made.task)


BESIDE: Tree = {0: (1, 2), 1: (3, 4)}
halves = st.sampled_from([0, 0, 1, 2, 3])
small: st.SearchStrategy[tuple[Tree, Tree]] = st.one_of(
    st.tuples(st.integers(1, 3).map(tree), st.integers(1, 3).map(tree)),
    st.tuples(st.just(NESTED), st.integers(1, 2).map(tree)),
    st.tuples(st.just(NESTED), st.just(BESIDE)),
    st.tuples(st.just(NESTED), st.just(NESTED)),
)


@LONG
@given(st.data())
def test_trying_everything_finds_no_solution_that_was_missed_and_no_cheaper_flow(data: st.DataObject) -> None:
    rows, columns = data.draw(small)
    unit = data.draw(st.sampled_from([2, 3, 10]))
    made = table(rows, columns, lambda _r, _c: data.draw(halves) * unit // 2, unit)
    finest = (made.task.exact[name(r, c)] for r in leaves(rows) for c in leaves(columns))
    assume(sum(exact % unit > 0 for exact in finest) <= 9)
    known, found = least(made.task, made.sums), balance(made.task)
    assert within_one_unit(found) == (known is not None)
    assert found.certain or known is None
    if len(columns) == 1 and len(rows) == 1 and known is not None:
        assert cost(made.task, found.printed) == known


KNOT = ((0, 1, 0, 1), (0, 0, 1, 0), (1, 1, 0, 0), (1, 1, 0, 1))
"""Rows 1-2|3-4, columns 1-2|3-4, all subtotals, in halves of a unit."""


def ruled() -> Table:
    at = {leaf: n for n, leaf in enumerate(leaves(NESTED))}
    return table(NESTED, NESTED, lambda r, c: KNOT[at[r]][at[c]], 2)


def test_the_table_without_solution_is_reported_as_such() -> None:
    made = ruled()
    found = balance(made.task)
    assert least(made.task, made.sums) is None
    assert not within_one_unit(found)
    assert len(found.exceeding) == 1
    assert found.certain
    holds(made.task, made.sums, found)


def test_a_table_without_solution_among_others_leaves_those_as_they_are() -> None:
    """The knot is found in a table of a thousand cells around it, and only it exceeds."""
    knot = ruled().task
    around = table(tree(20, 5), {0: (1, 2), 1: (3, 4, 5)}, lambda r, c: (r * 7919 + c * 104729) % 1_000_003, 2).task
    exact = {f"knot {cell}": value for cell, value in knot.exact.items()} | dict(around.exact)
    sums = tuple(Total(f"knot {s.total}", tuple(f"knot {p}" for p in s.parts)) for s in knot.sums) + around.sums
    found = balance(Task(2, exact, sums))
    assert [cell.startswith("knot ") for cell in found.exceeding] == [True]


def test_units_left_over_go_to_the_largest_remainders_then_the_larger_value_then_the_name() -> None:
    sums = (Total("z", ("a", "b", "c", "d")),)
    exact = {"a": 13, "b": 23, "c": 23, "d": 16, "z": 75}
    assert balance(Task(10, exact, sums)).printed == {"a": 10, "b": 20 + 10, "c": 20, "d": 20, "z": 80}


def test_where_no_values_meet_all_sums_each_cell_is_nearest_and_it_is_told() -> None:
    """Twice 1.5 units are 3, which no two equal whole units are; and the 3 cannot give way, being three times one."""
    sums = (Total("none", ("a", "b", "c")), Total("a", ("b",)), Total("none", ("c", "x", "y", "z")), Total("x", ("y",)))
    exact = {"none": 0, "a": 15, "b": 15, "c": -30, "x": 10, "y": 10, "z": 10}
    found = balance(Task(10, exact, (*sums, Total("y", ("z",)))))
    assert not found.holds
    assert found.printed == exact | {"a": 20, "b": 20}


def test_an_exact_sum_that_does_not_hold_is_never_hidden() -> None:
    with pytest.raises(ContradictionError):
        balance(Task(10, {"all": 101, "a": 48, "b": 52}, (Total("all", ("a", "b")),)))


@pytest.mark.parametrize(("exact", "printed"), [(5, 10), (-5, -10), (4, 0), (-4, 0), (-14, -10), (-15, -20), (0, 0)])
def test_a_half_rounds_away_from_zero_and_no_sign_turns(exact: int, printed: int) -> None:
    assert nearest(exact, 10) == printed
    assert balance(Task(10, {"a": exact})).printed == {"a": printed}

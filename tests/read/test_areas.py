"""The cells that drawn rules leave: as on squared paper, `walls` stand left of a slot, `floors` above it."""

from __future__ import annotations

from budgetreport.read.pdf.areas import areas


def test_slots_that_no_rule_divides_are_one_cell() -> None:
    assert areas(2, 2, set(), set()) == [(0, 0, 2, 2)]
    assert sorted(areas(1, 3, {(0, 1)}, set())) == [(0, 0, 1, 1), (0, 1, 1, 3)]


def test_rules_on_all_sides_make_each_slot_a_cell() -> None:
    walls = {(i, 1) for i in range(2)}
    assert sorted(areas(2, 2, walls, {(1, 0), (1, 1)})) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]


def test_where_a_rule_is_missing_the_rest_is_cut_into_as_few_rectangles_as_rows_allow() -> None:
    """Three rows: above a slot of its own on the left, below one, the middle open to the right in all rows.

    ┌───┐
    │ 1 │ 2
    └───  ─
      3   3      the slots of 2 and 3 hang together like a step
      3   3
    """
    walls, floors = {(0, 1)}, {(1, 0)}
    assert sorted(areas(3, 2, walls, floors)) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 3, 2)]


def test_a_frame_around_a_hole_is_cut_on_both_sides_of_it() -> None:
    walls, floors = {(1, 1), (1, 2)}, {(1, 1), (2, 1)}
    assert sorted(areas(3, 3, walls, floors)) == [
        (0, 0, 1, 3),
        (1, 0, 2, 1),
        (1, 1, 2, 2),
        (1, 2, 2, 3),
        (2, 0, 3, 3),
    ]

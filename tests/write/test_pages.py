"""Where a sheet's printed pages end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from budgetreport.write.xlsx.pages import page_ends, raised
from budgetreport.write.xlsx.sheet import Look, Sheet

LOOK = Look("宋体", 10)
DEPTH = 700.0


def sheet(heights: list[float], merges: list[tuple[int, int]], repeated: int = 0) -> Sheet:
    """Rows of these heights; each merge is a row and how many it holds together."""
    made = Sheet("表", (10.0,), heights=list(heights), repeated=repeated)
    for row in range(1, len(heights) + 1):
        made.put((row, row + 1), (1, 2), "甲", LOOK)
    for row, rows in merges:
        made.put((row, row + rows), (1, 2), "乙", LOOK)
    return made


def test_a_sheet_without_merged_rows_and_one_that_fits_are_left_to_the_program() -> None:
    assert page_ends(sheet([20.0] * 100, []), DEPTH) == ()
    assert page_ends(sheet([20.0] * 10, [(2, 3)]), DEPTH) == ()


def test_a_page_ends_before_a_merged_cell_that_would_be_cut() -> None:
    assert page_ends(sheet([100.0] * 10, [(6, 3)]), DEPTH) == (5,)
    assert page_ends(sheet([100.0] * 10, [(4, 3)]), DEPTH) == (6,)


def test_what_repeats_on_each_page_takes_its_room_there() -> None:
    assert page_ends(sheet([100.0] * 14, [(13, 2)], repeated=1), DEPTH) == (6, 11)


def test_after_a_cell_higher_than_a_page_comes_a_new_one() -> None:
    assert page_ends(sheet([100.0] * 12, [(2, 8)]), DEPTH) == (1, 9)


@given(
    st.lists(st.floats(15, 400), min_size=2, max_size=60),
    st.lists(st.tuples(st.integers(1, 55), st.integers(2, 5)), min_size=1, max_size=9),
    st.integers(0, 1),
)
def test_no_page_ends_inside_a_cell_and_none_is_too_high(
    heights: list[float], merges: list[tuple[int, int]], repeated: int
) -> None:
    merged = [(row, rows) for row, rows in merges if row > repeated and row + rows <= len(heights) + 1]
    ends = page_ends(sheet(heights, merged, repeated), DEPTH)
    cutting = {row for first, rows in merged for row in range(first, first + rows - 1)}
    assert not cutting & set(ends)
    over = sum(heights[:repeated])
    for number, (before, end) in enumerate(pairwise((0, *ends))):
        height = sum(heights[before:end]) + (over if number else 0)
        first = max(before, repeated) + 1
        assert height <= DEPTH or cutting >= set(range(first, end))


def test_a_text_in_a_cell_higher_than_a_page_stands_at_its_top() -> None:
    tall = sheet([100.0] * 14, [(2, 3), (6, 9)])
    assert [(one.row, one.rows, one.look.top) for one in raised(tall, DEPTH) if one.rows > 1] == [
        (2, 3, False),
        (6, 9, True),
    ]

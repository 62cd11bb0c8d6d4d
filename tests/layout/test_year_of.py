"""The year of a layout, as its id says it."""

from __future__ import annotations

import pytest

from budgetreport.layout import year_of


@pytest.mark.parametrize(
    ("layout_id", "year"),
    [
        ("某市/2027-部门预算", 2027),
        ("2027部门预算", 2027),
        ("某市/20271-部门预算", None),
        ("2027/部门预算", None),
        ("某市/部门预算2027", None),
    ],
)
def test_the_year_of_a_layout_is_what_its_own_folder_begins_with(layout_id: str, year: int | None) -> None:
    assert year_of(layout_id) == year

"""A stored number prints as a spreadsheet shows it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.read.printed import date_text, printed


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        ("317.38", "0.00", "317.38"),
        ("317.384", "0.00", "317.38"),
        ("0.005", "0.00", "0.01"),
        ("-0.005", "0.00", "-0.01"),
        ("12", "0.00", "12.00"),
        ("0.5", "0%", "50%"),
        ("0.125", "0.00%", "12.50%"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("1234567", "#,##0_ ", "1,234,567"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("-3", "0;-0", "-3"),
        ("0", '0.00;-0.00;"—"', "—"),
        ("0", "0.00;-0.00;", ""),
        ("12345", '#,##0.00,"千"', "12.35千"),
        ("3", '0"个"', "3个"),
        ("1.50", "0.##", "1.5"),
        ("2", "0.##", "2"),
        ("7", "[Red]0.0", "7.0"),
        ("205", "General", "205"),
        ("0.1", "General", "0.1"),
        ("1E+20", "General", "100000000000000000000"),
        ("0", "General", "0"),
        ("5", "@", "5"),
    ],
)
def test_a_number_is_shown_by_its_format(number: str, form: str, shown: str) -> None:
    assert printed(Decimal(number), form) == shown


def test_a_date_is_shown_by_its_format() -> None:
    day = dt.date(2026, 3, 5)
    assert date_text(day, "yyyy-mm-dd") == "2026-03-05"
    assert date_text(day, 'yyyy"年"m"月"d"日"') == "2026年3月5日"
    assert date_text(day, "General") == "2026-03-05"


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9),
    st.text(max_size=12),
)
def test_no_format_breaks_the_reader(number: Decimal, form: str) -> None:
    assert isinstance(printed(number, form), str)

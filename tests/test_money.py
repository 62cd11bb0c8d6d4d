"""Money is exact inside, and printed half up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.money import LIMIT, Amount, NumberFormat, amount


@given(st.integers(-(LIMIT - 1), LIMIT - 1))
def test_fen_survive_the_way_out_and_in(fen: int) -> None:
    assert amount(Decimal(fen) / 100, "元") == fen
    assert amount(Decimal(fen).scaleb(-6), "万元") == fen
    assert isinstance(amount(Decimal(fen).scaleb(-6), "万元"), Amount)


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("85.21", "万元", 85_210_000),
        ("0.000001", "万元", 1),
        ("0.01", "元", 1),
        ("1e3", "元", 100_000),
        ("-2.50", "元", -250),
        ("5.0000000000", "万元", 5_000_000),
        ("1." + "0" * 60, "元", 100),
        ("9999999999999.99", "元", LIMIT - 1),
    ],
)
def test_what_ends_at_fen_is_taken(text: str, unit: str, fen: int) -> None:
    assert amount(Decimal(text), unit) == fen


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0.001", "元"),
        ("0.0000001", "万元"),
        ("1." + "0" * 40 + "1", "元"),
        ("1." + "0" * 70 + "1", "元"),
        ("12345678901.00000000000000000000001", "万元"),
        ("10000000000000", "元"),
        ("-10000000000000", "元"),
        ("1000000000", "万元"),
        ("1e999999", "元"),
        ("1e-999999", "元"),
        ("NaN", "元"),
        ("sNaN", "元"),
        ("Infinity", "元"),
        ("-Infinity", "元"),
    ],
)
def test_finer_than_fen_or_beyond_all_measure_is_refused(text: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        amount(Decimal(text), unit)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (5_000, "0.01"),  # 50 元
        (4_999, "0.00"),
        (4_000, "0.00"),  # 40 元 is no zero, yet rounds to it
        (-4_000, "0.00"),  # no -0.00
        (-5_000, "-0.01"),
        (102_250_000, "102.25"),
        (0, ""),
    ],
)
def test_amounts_are_printed_half_up_and_only_an_exact_zero_is_blank(fen: int, text: str) -> None:
    assert NumberFormat(zero="").text(fen) == text


def test_a_format_says_unit_places_thousands_and_what_zero_prints_as() -> None:
    assert NumberFormat("元", 2, thousands=True).text(123_456_789) == "1,234,567.89"
    assert NumberFormat("元", 0).text(150) == "2"
    assert NumberFormat("万元", 2).text(0) == "0.00"
    assert NumberFormat("万元", 2, zero="—").text(0) == "—"
    assert NumberFormat("万元", 6).text(1) == "0.000001"


@given(st.integers(-(10**16), 10**16), st.integers(0, 6))
def test_what_is_printed_is_never_further_off_than_half_a_last_place(fen: int, places: int) -> None:
    off = abs(Decimal(NumberFormat("万元", places).text(fen)) - Decimal(fen).scaleb(-6))
    assert off <= Decimal(5).scaleb(-places - 1)

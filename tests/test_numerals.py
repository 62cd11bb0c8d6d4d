"""Numbers as official documents write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.numerals import chinese, is_pattern, numbered, without_number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (30, "三十"),
        (99, "九十九"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (120, "一百二十"),
        (199, "一百九十九"),
    ],
)  # fmt: skip
def test_numbers_in_chinese(number: int, text: str) -> None:
    assert chinese(number) == text


def test_no_two_numbers_are_written_alike() -> None:
    assert len({chinese(n) for n in range(1, 1000)}) == 999


@pytest.mark.parametrize(
    ("pattern", "third", "twelfth"),
    [
        ("一、", "三、", "十二、"),
        ("（一）", "（三）", "（十二）"),
        ("1.", "3.", "12."),
        ("1、", "3、", "12、"),
        ("（1）", "（3）", "（12）"),
        ("第一部分", "第三部分", "第十二部分"),
    ],
)
def test_a_pattern_is_the_number_of_the_first(pattern: str, third: str, twelfth: str) -> None:
    assert (numbered(pattern, 3), numbered(pattern, 12)) == (third, twelfth)


def test_a_pattern_has_a_first_number() -> None:
    assert is_pattern("（一）")
    assert is_pattern("1.")
    assert not is_pattern("甲、")


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("一、一般公共预算拨款收入", "一般公共预算拨款收入"),
        ("三十一、其他支出", "其他支出"),
        ("（二）专户", "专户"),
        ("1、房屋（平方米）", "房屋（平方米）"),
        ("2. 车辆", "车辆"),
        ("（3）其他", "其他"),
        ("第一部分  概况", "概况"),
        ("合  计", "合计"),
        ("一般公共服务支出", "一般公共服务支出"),
        ("3个月", "3个月"),
        ("1.6升以下车辆", "1.6升以下车辆"),
    ],
)
def test_a_label_without_its_number_and_spaces(label: str, bare: str) -> None:
    assert without_number(label) == bare


@given(st.integers(1, 199), st.sampled_from(["一、", "（一）", "1.", "1、", "（1）", "第一部分"]))
def test_whatever_numbers_is_taken_off_again(number: int, pattern: str) -> None:
    assert without_number(numbered(pattern, number) + "合计") == "合计"

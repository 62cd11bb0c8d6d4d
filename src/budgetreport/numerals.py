"""Numbers as official documents write them: 一、 （一） 1. （1） 第一部分."""

from __future__ import annotations

import re

from budgetreport.wording import bare

_DIGITS = "零一二三四五六七八九"
_NUMBER = re.compile(
    r"^\s*(?:[零一二三四五六七八九十百]+、|（[零一二三四五六七八九十百]+）|[0-9]+[.、．](?![0-9])|（[0-9]+）"
    r"|第[零一二三四五六七八九十百]+部分)\s*"
)


def chinese(number: int) -> str:
    """1 to 999 in Chinese numerals: 十一, 二十, 一百零二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def numbered(pattern: str, number: int) -> str:
    """The pattern of the first (一、, （一）, 1., 第一部分) for the n-th."""
    return pattern.replace("一", chinese(number), 1) if "一" in pattern else pattern.replace("1", str(number), 1)


def is_pattern(pattern: str) -> bool:
    """Whether `pattern` can number."""
    return "一" in pattern or "1" in pattern


def without_number(label: str) -> str:
    """A label without spaces and leading number: what its id is made of."""
    return bare(_NUMBER.sub("", label))

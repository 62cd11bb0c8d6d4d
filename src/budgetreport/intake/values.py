"""Single values: from JSON to the types of facts, and what a clerk got wrong about one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from budgetreport.facts import Field
from budgetreport.intake.scan import LONGEST_NUMBER
from budgetreport.money import LIMIT, PLACES, Amount, amount
from budgetreport.problems import nearest

Convert = Callable[[Any], object]


YEARS = (1990, 2100)
"""A budget year lies between these."""
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
LONGEST_TEXT = 10_000
"""Characters of one value: some ten pages."""
_SHOWN = 30
"""Characters of a value that a message shows."""
_COMPARABLE = 60
"""Longer texts are no slip of a short word, and comparing them would take long."""
_WORDS = {dict: "一组 { }", list: "列表 [ ]", str: "文字", bool: "true/false", Decimal: "数字", type(None): "null"}


class BadError(Exception):
    """A value is wrong: rule, what and fix. It knows no place; who asked for the value does."""

    def __init__(self, rule: str, what: str, fix: str) -> None:
        super().__init__(what)
        self.rule = rule
        self.what = what
        self.fix = fix


def kind(value: object) -> str:
    """What sort of JSON a value is, in Chinese."""
    return _WORDS.get(type(value), "别的")


def short(value: object) -> str:
    """A value as a message shows it."""
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def seen(word: str) -> str:
    """A word as it looks: half-width letters and digits, without white space around it or what has no width."""
    return "".join(char for char in unicodedata.normalize("NFKC", word) if unicodedata.category(char) != "Cf").strip()


@lru_cache(maxsize=4096)
def near(word: str, known: tuple[str, ...]) -> str:
    """The nearest known word; remembered, since one slip tends to fill a whole column."""
    return nearest(word, known) if len(word) <= _COMPARABLE else ""


def text(value: object, field: Field) -> str:
    """A text; one that is required says something."""
    if not isinstance(value, str):
        fix = f'加英文引号："{short(value)}"' if isinstance(value, Decimal) else '写成文字，加英文引号 " "'
        if field.values:
            fix = "写成文字，加英文引号，可填：" + "、".join(f'"{word}"' for word in field.values)
        raise BadError("IN-01", f"应是文字，写成了{kind(value)}", fix)
    if field.required and not value.strip():
        raise BadError("IN-01", "是空的", "补填")
    if len(value) > LONGEST_TEXT:
        raise BadError("IN-20", f"有{len(value)}个字符，一项文字至多{LONGEST_TEXT}个", "删短，或检查是不是贴错了内容")
    return value


def code(value: str, field: Field) -> str:
    """A code of one of the declared lengths."""
    if len(value) in field.lengths and value.isascii() and value.isdecimal():
        return value
    lengths = "、".join(str(n) for n in field.lengths)
    if len(plain := seen(value)) in field.lengths and plain.isascii() and plain.isdecimal():
        raise BadError("C-03", f"“{short(value)}”里有全角数字、空格或看不见的字符", f"改为“{plain}”")
    said = f"是{len(value)}位" if value.isascii() and value.isdecimal() else "不是编码"
    raise BadError("C-03", f"“{short(value)}”{said}，应为{lengths}位数字", "照当年的政府收支分类科目填到最细一级")


def one_of(value: str, field: Field, allowed: frozenset[str]) -> str:
    """One of the declared words."""
    if value in allowed:
        return value
    if value in (groups := dict(field.groups)):
        raise BadError("IN-14", f"“{value}”是总称，要填它的细目", f"可填：{groups[value]}")
    meant = near(value, field.values)
    fix = f"是不是“{meant}”？" if meant else f"可填：{'、'.join(field.values)}"
    raise BadError("IN-14", f"“{short(value)}”不是规定的取值", fix)


def referring(value: str, field: Field, known: dict[str, None]) -> str:
    """The key of an entry that is there."""
    if value in known:
        return value
    where = field.reference[0] if field.reference else ""
    meant = near(value, tuple(known))
    fix = f"是不是“{meant}”？" if meant else f"在 {where} 中补写这一项，或改正"
    raise BadError("IN-15", f"“{short(value)}”在 {where} 中没有", fix)


def _decimal(value: object, example: str) -> Decimal:
    """A number, or a text that is one."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and len(value) <= LONGEST_NUMBER:
            return Decimal(value)
        if _PLAIN.fullmatch(plain := unicodedata.normalize("NFKC", value).replace(",", "").strip()):
            if value == plain:
                raise BadError("IN-02", f"“{short(value)}”太长", "核对数字，去掉多余的位数")
            raise BadError("IN-02", f"“{short(value)}”带了逗号、空格或全角数字", f"填 {short(plain)}")
        if not value.strip():
            raise BadError("IN-02", "是空的", "没有数就删去这一项，是零就填 0")
        raise BadError("IN-02", f"“{short(value)}”不是数字", f"填不带单位的数字，如 {example}")
    raise BadError("IN-01", f"应是数字，写成了{kind(value)}", f"填数字，如 {example}")


def money(value: object, unit: str, *, signed: bool) -> Amount:
    """Exact money; `unit` is what the input states amounts in."""
    stated = _decimal(value, "85.21")
    try:
        found = amount(stated, unit)
    except (ValueError, InvalidOperation):
        if abs(stated) * 10 ** PLACES[unit] >= LIMIT:
            raise BadError("IN-02", f"{value}{unit}大得没有道理", "核对单位和小数点") from None
        places = PLACES[unit]
        what = f"{value}{unit}比分还细：以{unit}为单位至多{places}位小数"
        raise BadError("IN-02", what, "按批复数填，至多到分") from None
    if found < 0 and not signed:
        raise BadError("IN-03", f"{value}是负数", "核实；冲减的数从原来那一笔中减去")
    return found


def number(value: object, title: str) -> Decimal:
    """A number that is no money; sums count millionths, so it has no finer ones."""
    found = _decimal(value, "100")
    if found < 0 or found >= 10**13 or found != found.quantize(Decimal("0.000001")):
        raise BadError("IN-02", f"{value}不是合理的数", f"核对{title}；不填负数，至多6位小数")
    return found


def year(value: object) -> Decimal:
    """A budget year."""
    found = _decimal(value, "2026")
    if found != found.to_integral_value() or not YEARS[0] <= found <= YEARS[1]:
        raise BadError("IN-01", f"{value}不是年份", "填四位年份，如 2026")
    return found


def flag(value: object) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    raise BadError("IN-01", f"应是 true 或 false，写成了{kind(value)}", "写 true 或 false，不加引号")


def day(value: object) -> date:
    """A day of the calendar."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise BadError("IN-01", f"“{value}”这一天不存在", "核对月份和日子") from None
    raise BadError("IN-01", f"“{short(value)}”不是日期", "写成 2025-12-31 的样子")

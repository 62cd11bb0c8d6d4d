"""The declared facts of an input, typed. Everything wrong is told at once, each with place and remedy.

The walk follows the same tree of fields that the JSON Schema is made from; a property test holds
the two against each other (docs/decisions/input.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from budgetreport.facts import Facts, Field, Path, Record
from budgetreport.intake.source import Source
from budgetreport.money import LIMIT, PLACES, Amount, amount
from budgetreport.problems import Level, Problem, ProblemsError, nearest

YEARS = (1990, 2100)
"""A budget year lies between these."""
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_WORDS = {dict: "一组 { }", list: "列表 [ ]", str: "文字", bool: "true/false", Decimal: "数字", type(None): "null"}


class _BadError(Exception):
    """A value is wrong: rule, what and fix."""

    def __init__(self, rule: str, what: str, fix: str) -> None:
        super().__init__(what)
        self.rule = rule
        self.what = what
        self.fix = fix


Convert = Callable[[Any], object]


def validate(source: Source, root: Field, *, unit_key: str = "amount_unit") -> Facts:
    """The facts. ProblemsError: all that is missing, unknown, of the wrong type, or refers to nothing."""
    unit = source.tree.get(unit_key)
    walk = _Walk(source, unit if unit in PLACES else "万元")
    record = walk.record(source.tree, root, ())
    if walk.problems:
        raise ProblemsError(walk.problems)
    return Facts(record, source.file, source.locate)


class _Walk:
    def __init__(self, source: Source, unit: str) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._unit = unit
        self._converters: dict[int, Convert] = {}
        self._known: dict[tuple[str, str], set[str]] = {}

    def record(self, value: object, field: Field, path: Path) -> Record:
        """An object of declared keys; absent ones become None or empty."""
        if not isinstance(value, dict):
            if value is not None or field.required:
                self._wrong(path, "IN-01", f"{_called(field, path)}应是一组 {{ }}，写成了{_kind(value)}", "照例子改写")
            value = {}
        values: dict[str, object] = {}
        for inner in field.fields:
            if inner.name in value:
                values[inner.name] = self._value(value[inner.name], inner, (*path, inner.name))
            else:
                values[inner.name] = self._absent(inner, path, stated=bool(value) or not path or field.type == "entry")
        unknown = value.keys() - values.keys() - ({"$schema"} if not path else set())
        for key in sorted(unknown):
            self._unknown_key(key, field, path)
        return Record(values, field, path)

    def _absent(self, field: Field, path: Path, *, stated: bool) -> object:
        if field.required and stated:
            fix = f'补写 "{field.name}"' + (f"（{field.description}）" if field.description else "")
            self._wrong(
                path, "IN-01", f"{_item(path)}缺少 {field.name}（{field.title or field.name}）", fix, field.name
            )
        if field.type == "record":
            return self.record(None, _optional(field), (*path, field.name))
        if field.type == "map":
            return Record({}, field, (*path, field.name))
        return () if field.type == "each" or field.many else None

    def _unknown_key(self, key: str, field: Field, path: Path) -> None:
        names = {f.name: f.name for f in field.fields} | {f.title: f.name for f in field.fields if f.title}
        near = names.get(nearest(key, names), "")
        known = "、".join(f.name for f in field.fields)
        fix = f"是不是“{near}”？" if near else f"可用的是：{known}"
        where = self._source.locate_key((*path, key))
        self.problems.append(Problem(Level.ERROR, "IN-13", where, f"{_item(path)}不认识的键“{key}”", fix, key))

    def _value(self, value: object, field: Field, path: Path) -> object:
        if value is None and not field.required:
            return self._absent(field, path[:-1], stated=False)
        if field.type == "record":
            return self.record(value, field, path)
        if field.type == "map":
            return self._map(value, field, path)
        if field.type == "each":
            return self._each(value, field, path)
        if field.many:
            return tuple(self._scalar(v, field, (*path, n)) for n, v in enumerate(self._list(value, field, path)))
        return self._scalar(value, field, path)

    def _list(self, value: object, field: Field, path: Path) -> list[Any]:
        if not isinstance(value, list):
            self._wrong(path, "IN-01", f"{_called(field, path)}应是列表 [ ]，写成了{_kind(value)}", "用 [ ] 括起来")
            return []
        if not value and field.required:
            self._wrong(path, "IN-01", f"{_called(field, path)}是空的", "至少写一项")
        return value

    def _map(self, value: object, field: Field, path: Path) -> Record:
        if not isinstance(value, dict):
            self._wrong(path, "IN-01", f"{_called(field, path)}应是一组 {{ }}，写成了{_kind(value)}", "照例子改写")
            value = {}
        inner = field.fields[0]
        return Record({key: self._value(v, inner, (*path, key)) for key, v in value.items()}, field, path)

    def _each(self, value: object, field: Field, path: Path) -> tuple[Record, ...]:
        items = self._list(value, field, path)
        entry = Field(field.name, "entry", field.title, field.description, required=True, fields=field.fields)
        found = tuple(self.record(item, entry, (*path, n)) for n, item in enumerate(items))
        if field.key:
            self._each_once(items, field, path)
        if field.referred:
            self._each_referred(items, field, path)
        return found

    def _each_once(self, items: list[Any], field: Field, path: Path) -> None:
        seen: dict[str, int] = {}
        for n, item in enumerate(items):
            name = item.get(field.key) if isinstance(item, dict) else None
            if isinstance(name, str) and name in seen:
                fix = f"与第{seen[name] + 1}条合并，或改正其中一个"
                self._wrong((*path, n, field.key), "IN-08", f"{_title(field)}第{n + 1}条的“{name}”重复了", fix, name)
            elif isinstance(name, str):
                seen[name] = n

    def _each_referred(self, items: list[Any], field: Field, path: Path) -> None:
        book, _, key = field.referred.partition(".")
        lines = self._source.tree.get(book)
        used = {line.get(key) for line in lines if isinstance(line, dict)} if isinstance(lines, list) else set()
        for n, item in enumerate(items):
            name = item.get(field.key) if isinstance(item, dict) else None
            if isinstance(name, str) and name not in used:
                what = f"{_title(field)}“{item.get('name') or name}”在 {book} 中没有明细"
                fix = f'在 {book} 中补写 "{key}": "{name}" 的明细，或删去这一项'
                self._wrong((*path, n, field.key), "IN-16", what, fix, name)

    def _scalar(self, value: object, field: Field, path: Path) -> object:
        convert = self._converters.get(id(field))
        if convert is None:
            convert = self._converters[id(field)] = self._converter(field)
        try:
            return convert(value)
        except _BadError as bad:
            what = f"{_called(field, path)}{bad.what}"
            self._wrong(path, bad.rule, what, bad.fix, value if isinstance(value, str) else str(value))
            return None

    def _converter(self, field: Field) -> Convert:
        """How the field's values are read; made once a field."""
        if field.type == "amount":
            return lambda value: _amount(value, self._unit, signed=field.signed)
        if field.type == "year":
            return _year
        if field.type in ("number", "percent"):
            return lambda value: _number(value, field.title)
        if field.type == "flag":
            return _flag
        if field.type == "date":
            return _date
        if field.reference:
            known = self._references(field.reference)
            return lambda value: _referring(_text(value, field), field, known)
        if field.values:
            allowed = frozenset(field.values)
            return lambda value: _one_of(_text(value, field), field, allowed)
        if field.lengths:
            return lambda value: _code(_text(value, field), field)
        return lambda value: _text(value, field)

    def _references(self, reference: tuple[str, str]) -> dict[str, None]:
        items = self._source.tree.get(reference[0])
        entries = [i.get(reference[1]) for i in items if isinstance(i, dict)] if isinstance(items, list) else []
        return dict.fromkeys(e for e in entries if isinstance(e, str))

    def _wrong(self, path: Path, rule: str, what: str, fix: str, text: str = "") -> None:
        self.problems.append(Problem(Level.ERROR, rule, self._source.locate(path), what, fix, text[:80]))


def _optional(field: Field) -> Field:
    return Field(field.name, "record", field.title, fields=field.fields)


def _kind(value: object) -> str:
    return _WORDS.get(type(value), "别的")


def _title(field: Field) -> str:
    return field.title or field.name


def _item(path: Path) -> str:
    """`ledger 第3条` for what lies within a list, '' at the root."""
    said = [f"第{p + 1}条" if isinstance(p, int) else p for p in path]
    return " ".join(said) + " " if said else ""


def _called(field: Field, path: Path) -> str:
    """`ledger 第3条 amount（金额）`."""
    return f"{_item(path).rstrip()}（{_title(field)}）"


def _text(value: object, field: Field) -> str:
    if not isinstance(value, str):
        fix = '加英文引号，如 "2013701"' if field.type == "code" else '写成文字，加英文引号 " "'
        raise _BadError("IN-01", f"应是文字，写成了{_kind(value)}", fix)
    if field.required and not value.strip():
        raise _BadError("IN-01", "是空的", "补填")
    return value


def _code(value: str, field: Field) -> str:
    if len(value) in field.lengths and value.isascii() and value.isdecimal():
        return value
    lengths = "、".join(str(n) for n in field.lengths)
    said = f"是{len(value)}位" if value.isascii() and value.isdecimal() else "不是编码"
    raise _BadError("C-03", f"“{value}”{said}，应为{lengths}位数字", "照当年的政府收支分类科目填到最细一级")


def _one_of(value: str, field: Field, allowed: frozenset[str]) -> str:
    if value in allowed:
        return value
    near = nearest(value, field.values)
    fix = f"是不是“{near}”？" if near else f"可填：{'、'.join(field.values)}"
    raise _BadError("IN-14", f"“{value}”不是规定的取值", fix)


def _referring(value: str, field: Field, known: dict[str, None]) -> str:
    if value in known:
        return value
    where = field.reference[0] if field.reference else ""
    near = nearest(value, known)
    fix = f"是不是“{near}”？" if near else f"在 {where} 中补写这一项，或改正"
    raise _BadError("IN-15", f"“{value}”在 {where} 中没有", fix)


def _decimal(value: object, example: str) -> Decimal:
    """A number, or a text that is one."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        if _PLAIN.fullmatch(value):
            return Decimal(value)
        if _PLAIN.fullmatch(value.replace(",", "").replace("，", "")):
            raise _BadError("IN-02", f"“{value}”带了千分位逗号", "去掉逗号")
        raise _BadError("IN-02", f"“{value}”不是数字", f"填不带单位的数字，如 {example}")
    raise _BadError("IN-01", f"应是数字，写成了{_kind(value)}", f"填数字，如 {example}")


def _amount(value: object, unit: str, *, signed: bool) -> Amount:
    number = _decimal(value, "85.21")
    try:
        found = amount(number, unit)
    except (ValueError, InvalidOperation):
        if abs(number) * 10 ** PLACES[unit] >= LIMIT:
            raise _BadError("IN-02", f"{value}{unit}大得没有道理", "核对单位和小数点") from None
        places = PLACES[unit]
        what = f"{value}{unit}比分还细：以{unit}为单位至多{places}位小数"
        raise _BadError("IN-02", what, "按批复数填，至多到分") from None
    if found < 0 and not signed:
        raise _BadError("IN-03", f"{value}是负数", "核实；冲减的数从原来那一笔中减去")
    return found


def _number(value: object, title: str) -> Decimal:
    number = _decimal(value, "100")
    if number < 0 or number >= 10**13 or number != number.quantize(Decimal("0.000001")):
        raise _BadError("IN-02", f"{value}不是合理的数", f"核对{title}；不填负数，至多6位小数")
    return number


def _year(value: object) -> Decimal:
    number = _decimal(value, "2026")
    if number != number.to_integral_value() or not YEARS[0] <= number <= YEARS[1]:
        raise _BadError("IN-01", f"{value}不是年份", "填四位年份，如 2026")
    return number


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _BadError("IN-01", f"应是 true 或 false，写成了{_kind(value)}", "写 true 或 false，不加引号")


def _date(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _BadError("IN-01", f"“{value}”不是日期", "写成 2025-12-31 的样子")

"""The declared facts of an input, typed. Everything wrong is told at once, each with place and remedy.

The walk follows the same tree of fields that the JSON Schema is made from; a property test holds
the two against each other (docs/decisions/input.md).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from budgetreport.facts import SCALARS, UNIT, Facts, Field, Path, Record, unit_of
from budgetreport.intake.source import Source
from budgetreport.intake.values import (
    BadError,
    Convert,
    code,
    day,
    flag,
    kind,
    money,
    near,
    number,
    one_of,
    referring,
    seen,
    short,
    text,
    year,
)
from budgetreport.problems import Level, Problem, ProblemsError

_ABSENT = object()
MOST_ITEMS = 200_000
"""Entries of one list: a ledger of a whole province's department has some ten thousand lines."""
MOST_NAMES = 1_000
"""Free keys of one object, such as reasons by code."""
LONGEST_NAME = 200
"""Characters of one of those."""
MOST_PROBLEMS = 10_000
"""So many slips are told; the rest would only take time and memory."""
_EXAMPLES = {"amount": "85.21", "number": "1", "percent": "50", "year": "2026", "date": '"2026-01-31"', "flag": "true"}


def validate(source: Source, root: Field) -> Facts:
    """The facts. ProblemsError: all that is missing, unknown, of the wrong type, or refers to nothing."""
    walk = _Walk(source, unit_of(source.tree.get(UNIT)))
    try:
        record = walk.record(source.tree, replace(root, required=True), ())
        if not isinstance(source.tree.get("$schema", ""), str):
            walk.wrong(("$schema",), "IN-01", "$schema 应是文字", "写 schema 文件的名字，或删去这一项")
    except _EnoughError:
        what, fix = f"错误超过{MOST_PROBLEMS}处，只列出先读到的", "先改正列出的；错误这么多，多半是选错了文件或版式"
        more = Problem(Level.ERROR, "IN-20", source.locate(()), what, fix)
        raise ProblemsError([*walk.problems, more]) from None
    if walk.problems:
        raise ProblemsError(walk.problems)
    return Facts(record, source.file, source.locate)


class _EnoughError(Exception):
    """There are MOST_PROBLEMS."""


class _Walk:
    def __init__(self, source: Source, unit: str) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._unit = unit
        self._converters: dict[int, Convert] = {}
        self._plans: dict[int, list[tuple[str, Field, Convert | None]]] = {}

    def record(self, value: object, field: Field, path: Path) -> Record:
        """An object of declared keys; absent ones become None or empty."""
        demanding = bool(value) or field.required
        if not isinstance(value, dict):
            if value is not None or field.required:
                self.wrong(path, "IN-01", f"{_called(field, path)}应是一组 {{ }}，写成了{kind(value)}", "照例子改写")
            value, demanding = {}, False
        values: dict[str, object] = {}
        for name, inner, convert in self._plan(field):
            stated = value.get(name, _ABSENT)
            if stated is _ABSENT:
                plain = convert is not None and not inner.required
                values[name] = None if plain else self._absent(inner, path, stated=demanding)
            elif convert is None or stated is None:
                values[name] = self._value(stated, inner, (*path, name))
            else:
                try:
                    values[name] = convert(stated)
                except BadError as bad:
                    values[name] = None
                    self._bad(bad, stated, inner, (*path, name))
        if not value.keys() <= values.keys():
            for key in sorted(value.keys() - values.keys() - ({"$schema"} if not path else set())):
                self._unknown_key(key, field, path)
        if field.any_of and not any(value.get(name) for name in field.any_of):
            said = "、".join(f"{f.name}（{f.title or f.name}）" for f in field.fields if f.name in field.any_of)
            self.wrong(path, "IN-01", f"{_called(field, path)}什么也没有说", f"填其中一项：{said}")
        return Record(values, field, path)

    def _plan(self, field: Field) -> list[tuple[str, Field, Convert | None]]:
        """Each declared key with the converter of its plain value; made once, since a ledger has many lines."""
        plan = self._plans.get(id(field.fields))
        if plan is None:
            plain = {f.name: f.type in SCALARS and not f.many for f in field.fields}
            plan = [(f.name, f, self._convert(f) if plain[f.name] else None) for f in field.fields]
            self._plans[id(field.fields)] = plan
        return plan

    def _absent(self, field: Field, path: Path, *, stated: bool) -> object:
        if field.required and stated:
            fix = f'补写 "{field.name}"{_example(field)}' + (f"（{field.description}）" if field.description else "")
            self.wrong(path, "IN-01", f"{_item(path)}缺少 {field.name}（{field.title or field.name}）", fix, field.name)
        if field.type == "record":
            return self.record(None, _optional(field), (*path, field.name))
        if field.type == "map":
            return Record({}, field, (*path, field.name))
        return () if field.type == "each" or field.many else None

    def _unknown_key(self, key: str, field: Field, path: Path) -> None:
        names = {f.name: f.name for f in field.fields} | {f.title: f.name for f in field.fields if f.title}
        meant = names.get(seen(key)) or names.get(near(key, tuple(names)), "")
        known = "、".join(f.name for f in field.fields)
        fix = f"是不是“{meant}”？" if meant else f"可用的是：{known}"
        where = self._source.locate_key((*path, key))
        self._add(Problem(Level.ERROR, "IN-13", where, f"{_item(path)}不认识的键“{short(key)}”", fix, short(key)))

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
            self.wrong(path, "IN-01", f"{_called(field, path)}应是列表 [ ]，写成了{kind(value)}", "用 [ ] 括起来")
            return []
        if not value and field.required:
            self.wrong(path, "IN-01", f"{_called(field, path)}是空的", "至少写一项")
        if len(value) > MOST_ITEMS:
            what = f"{_called(field, path)}有{len(value)}条，至多{MOST_ITEMS}条"
            self.wrong(path, "IN-20", what, "检查是不是重复写入了；确有这么多的，按所属单位分成几个文件")
            return []
        return value

    def _map(self, value: object, field: Field, path: Path) -> Record:
        if not isinstance(value, dict):
            self.wrong(path, "IN-01", f"{_called(field, path)}应是一组 {{ }}，写成了{kind(value)}", "照例子改写")
            value = {}
        if len(value) > MOST_NAMES:
            what = f"{_called(field, path)}有{len(value)}项，至多{MOST_NAMES}项"
            self.wrong(path, "IN-20", what, "检查是不是重复写入了")
            value = {}
        for key in (key for key in value if len(key) > LONGEST_NAME):
            self.wrong((*path, key), "IN-20", f"{_item(path)}的名称太长：{short(key)}", "名称写得短一些", short(key))
        inner = field.fields[0]
        return Record({key: self._value(v, inner, (*path, key)) for key, v in value.items()}, field, path)

    def _each(self, value: object, field: Field, path: Path) -> tuple[Record, ...]:
        items = self._list(value, field, path)
        entry = Field(
            field.name, "entry", field.title, field.description, required=True, fields=field.fields, key=field.key
        )
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
                self.wrong(
                    (*path, n, field.key), "IN-08", f"{_title(field)}第{n + 1}条的“{short(name)}”重复了", fix, name
                )
            elif isinstance(name, str):
                seen[name] = n

    def _each_referred(self, items: list[Any], field: Field, path: Path) -> None:
        book, _, key = field.referred.partition(".")
        lines = self._source.tree.get(book)
        stated = [line.get(key) for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
        used = {name for name in stated if isinstance(name, str)}
        for n, item in enumerate(items):
            name = item.get(field.key) if isinstance(item, dict) else None
            if isinstance(name, str) and name not in used:
                what = f"{_title(field)}“{short(item.get('name') or name)}”在 {book} 中没有明细"
                fix = f'在 {book} 中补写 "{key}": "{short(name)}" 的明细，或删去这一项'
                self.wrong((*path, n, field.key), "IN-16", what, fix, name)

    def _scalar(self, value: object, field: Field, path: Path) -> object:
        try:
            return self._convert(field)(value)
        except BadError as bad:
            self._bad(bad, value, field, path)
            return None

    def _bad(self, bad: BadError, value: object, field: Field, path: Path) -> None:
        self.wrong(path, bad.rule, f"{_called(field, path)}{bad.what}", bad.fix, short(value))

    def _convert(self, field: Field) -> Convert:
        """How the field's values are read; made once a field."""
        convert = self._converters.get(id(field))
        if convert is None:
            typed: dict[str, Convert] = {
                "amount": lambda value: money(value, self._unit, signed=field.signed),
                "year": year,
                "number": lambda value: number(value, field.title),
                "percent": lambda value: number(value, field.title),
                "flag": flag,
                "date": day,
            }
            convert = self._converters[id(field)] = typed.get(field.type) or self._words(field)
        return convert

    def _words(self, field: Field) -> Convert:
        """A text, a code, a word of a list, or the key of an entry."""
        if field.reference:
            known = self._references(field.reference)
            return lambda value: referring(text(value, field), field, known)
        if field.values:
            allowed = frozenset(field.values)
            return lambda value: one_of(text(value, field), field, allowed)
        if field.lengths:
            return lambda value: code(text(value, field), field)
        return lambda value: text(value, field)

    def _references(self, reference: tuple[str, str]) -> dict[str, None]:
        items = self._source.tree.get(reference[0])
        entries = [i.get(reference[1]) for i in items if isinstance(i, dict)] if isinstance(items, list) else []
        return dict.fromkeys(e for e in entries if isinstance(e, str))

    def wrong(self, path: Path, rule: str, what: str, fix: str, text: str = "") -> None:
        """Note a problem with the value at `path`."""
        self._add(Problem(Level.ERROR, rule, self._source.locate(path), what, fix, text[:80]))

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            raise _EnoughError


def _optional(field: Field) -> Field:
    return Field(field.name, "record", field.title, fields=field.fields)


def _title(field: Field) -> str:
    return field.title or field.name


def _example(field: Field) -> str:
    """What stands behind the key as one types it: its brackets, or a value of the kind."""
    if field.many or field.type == "each":
        return ": […]"
    if field.type in ("record", "map"):
        return ": {…}"
    example = _EXAMPLES.get(field.type) or (f'"{field.values[0]}"' if field.values else "")
    return f"，如 {example}" if example else ': "…"'


def _item(path: Path) -> str:
    """`ledger 第3条` for what lies within a list, '' at the root."""
    said = [f"第{p + 1}条" if isinstance(p, int) else p for p in path]
    return " ".join(said) + " " if said else ""


def _called(field: Field, path: Path) -> str:
    """`ledger 第3条 amount（金额）`."""
    return f"{_item(path).rstrip()}（{_title(field)}）"

"""Writes the tables of keys in docs/*.md from the code and the layouts: `python docs/build_reference.py`.

A page holds `<!-- keys: Table -->` … `<!-- end -->`; what stands between is replaced. The words come
from where each key is declared: `key(…, doc)` in budgetreport.layout for the layout language,
layouts/**/facts/*.yaml for the input, layouts/**/checks for the rules. tests/house holds the pages to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from budgetreport.facts import Field
from budgetreport.layout import declare, load, model, rules, shelf, styling, vocabulary
from budgetreport.layout.keys import MappingOf, OneOf, RecordOf, RecordsOf, declared
from budgetreport.layout.rule_pages import RulePage, pages

HERE = Path(__file__).resolve().parent
EXAMPLE = "hebei/2026-department-budget"
_BLOCK = re.compile(r"<!-- (keys|facts|rules): (\S+) -->\n.*?<!-- end -->", re.DOTALL)
_READS = {
    "string": "文字",
    "flag": "yes 或 no",
    "whole": "整数",
    "number": "数",
    "strings": "文字，或几段的列表",
    "template": "文字，可含 {{ }}",
    "templates": "文字或列表，可含 {{ }}",
    "read_filter": "条件",
    "pattern": "一、 （一） 1. 1、 （1） 第一部分",
    "values_list": "清单名，或 [编码, …]、{编码: 名称}",
    "drawn": "各行的列表，每行是各格的列表",
    "_size": "字号",
    "_sizes": "字号的列表",
    "_recognised": "[{match: 正则, role: 样式}]",
    "_around": "[前, 后]",
    "expressions": "表达式，或几个的列表",
    "pair": "[表达式, 表达式]",
    "data": "文字、列表或 {键: 值}",
    "node": "{…}",
}
"""How a value is written, by the function that reads it."""
_TYPES = {
    "text": "文字", "number": "数", "amount": "金额", "percent": "百分数（50 即 50%）", "date": "日期，如 2026-01-31",
    "year": "年份", "code": "编码（文字）", "flag": "true 或 false",
    "record": "{…}，见下", "each": "[{…}, …]，见下", "map": "{…: …}，见下",
}  # fmt: skip
"""How a fact is written, by its type."""
_NAMED = {"Fact": declare.KEYS, "Dimension": vocabulary.KEYS}
"""Keys that stand by themselves, not as fields of a class."""


def main() -> None:
    """Bring every page up to date."""
    for page in sorted(HERE.glob("*.md")):
        page.write_text(current(page.read_text("utf-8")), "utf-8")


def current(text: str) -> str:
    """The page with its tables as the code has them now."""
    return _BLOCK.sub(_block, text)


def _block(match: re.Match[str]) -> str:
    kind, name = match[1], match[2]
    made = {"keys": _keys, "facts": _facts, "rules": _rules}
    table = "\n".join(made[kind](name))
    return f"<!-- {kind}: {name} -->\n{table}\n<!-- end -->"


def _keys(name: str) -> Iterator[str]:
    """The keys of one definition: `Table`, or `_Role` of style.yaml."""
    if name in _NAMED:
        yield "| 键 | 意思 |"
        yield "|---|---|"
        yield from (f"| `{key}` | {_escaped(said)} |" for key, said in _NAMED[name].items())
        return
    places = (model, styling, rules, import_module("budgetreport.layout.load"))
    cls = next(found for place in places if (found := getattr(place, name, None)))
    inherited = {key for base in cls.__mro__[1:-1] for key in declared(base)}
    yield "| 键 | 写什么 | 意思 | 不写时 |"
    yield "|---|---|---|---|"
    for key, field in declared(cls).items():
        if key not in inherited:
            meta = field.metadata
            silent = "必须写" if meta["required"] else _default(field.default)
            yield f"| `{key}` | {_read(meta['read'])} | {_escaped(meta['doc'])} | {silent} |"


def _read(read: Any) -> str:  # noqa: ANN401 - functions of several shapes
    """What a value looks like, told by what reads it."""
    if isinstance(read, OneOf):
        return " ".join(f"`{word}`" for word in read.words)
    if isinstance(read, RecordOf):
        return f"{{…}}：见 {_name(read.cls)}"
    if isinstance(read, RecordsOf):
        return f"列表：见 {_name(read.of())}"
    if isinstance(read, MappingOf):
        return f"{{名称: {_read(read.read)}}}"
    return _escaped(_READS.get(read.__name__, "{…}"))


def _name(cls: type) -> str:
    return cls.__name__.removeprefix("_")


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float) and value:
        return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"
    return ""


def _facts(layout_id: str) -> Iterator[str]:
    """All facts of a layout: one table for the top, one for each list or record below it."""
    root = load(layout_id, shelf()).facts
    yield from _fields(root)
    for path, title, field in _inner(root, ()):
        yield ""
        yield f"### `{path}` {title}"
        yield ""
        if field.description:
            yield f"{_escaped(field.description)}。"
            yield ""
        yield from _fields(field)


def _fields(record: Field) -> Iterator[str]:
    yield "| 键 | 名称 | 填什么 | 必填 | 说明 |"
    yield "|---|---|---|---|---|"
    for field in record.fields:
        required = "是" if field.required else ""
        yield f"| `{field.name}` | {field.title} | {_written(field)} | {required} | {_escaped(field.description)} |"


def _inner(record: Field, path: tuple[str, ...]) -> Iterator[tuple[str, str, Field]]:
    for field in record.fields:
        if field.fields:
            inner = (*path, field.name)
            yield ".".join(inner), field.title, field
            yield from _inner(field, inner)


def _written(field: Field) -> str:
    """How the fact is written in JSON."""
    if field.values:
        words = "、".join(field.values)
    elif field.lengths:
        words = "编码，" + "、".join(str(n) for n in field.lengths) + "位（文字）"
    elif field.reference:
        words = f"`{field.reference[0]}` 中某一项的 `{field.reference[1]}`"
    else:
        words = _TYPES[field.type]
    return f"列表：{words}" if field.many else words


def _rules(layout_id: str) -> Iterator[str]:
    """All rules of a layout, group by group, each with what it says."""
    for group, members in groupby(pages(load(layout_id, shelf()).rules), key=lambda page: page.group):
        yield f"## {group}"
        yield ""
        for page in members:
            yield from _rule(page)


def _rule(page: RulePage) -> Iterator[str]:
    yield f"### {page.rule} {_worded(page.name)}"
    yield ""
    said = ["、".join(page.levels), *([f"依据：{_worded(page.basis)}"] if page.basis else [])]
    yield "。".join([*said, *(["程序自己查的，不能关闭"] if page.built_in else [])]) + "。"
    yield ""
    if page.why:
        yield f"{_worded(page.why).rstrip('。')}。"
        yield ""
    for case in page.cases:
        name = f"**{_worded(case.name)}**（{case.level}）：" if case.name else ""
        what = f"报“{_worded(case.what)}”；" if case.what else ""
        yield f"- {name}{what}改法：{_worded(case.fix)}"
    yield ""


def _worded(text: str) -> str:
    """Words of a rule: no mark in them is Markdown's."""
    return _escaped(text).replace("*", "\\*").replace("_", "\\_").replace("[", "\\[")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    main()

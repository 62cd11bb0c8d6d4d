"""The words a layout may use in its filters: dimensions with their values, terms, lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgetreport.codes import CodeTree
from budgetreport.layout.source import Items, Keys, Node, Text
from budgetreport.ledger import EVERYTHING, SILENT, Choice, Codes, Dimension, Dimensions, Filter, Values

if False:  # pragma: no cover - for type checkers only: keys.py reads with a vocabulary
    from budgetreport.layout.keys import Reader


KEYS = {
    "title": "名称，提示和表头中用",
    "codes": "科目表：codes/ 中的文件",
    "levels": "科目表各级的位数，如 {类: 3, 款: 5}",
    "values": "能填的词，逐级列出：上级: [下级, …]；一个词可以有几个上级",
    "facts": "值是输入中这个清单的各项，如 projects",
    "key": "清单中引用的字段",
    "label": "清单中印出的字段",
    "default": "明细没填时当作什么",
    "assume": "条件没写时只看什么",
    "required": "yes：每笔明细必填",
}
"""The keys of a dimension, with what each means."""


class Listed(Dimension):
    """A dimension whose values are entries of the input: projects, organisations.

    `facts` is the list, `entry_key` the field a line refers by, `label` the field that is printed.
    """

    def __init__(self, key: str, title: str, listed: tuple[str, str, str], *, default: str = SILENT) -> None:
        super().__init__(key, title, default=default)
        self.facts, self.entry_key, self.label = listed


@dataclass
class Vocabulary:
    """Dimensions, and filters and code lists by name. `required` lists dimensions every line must say.

    `used`: terms, lists and models of tables that definitions named while they were read.
    """

    dimensions: Dimensions = field(default_factory=lambda: Dimensions([]))
    required: frozenset[str] = frozenset()
    terms: dict[str, Filter] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def read_dimensions(reader: Reader, node: Node | None, code_lists: Mapping[str, Mapping[str, str]]) -> None:
    """Fill the vocabulary's dimensions from `dimensions:` of layout.yaml."""
    if not isinstance(node, Keys):
        return
    found: list[Dimension] = []
    required = set()
    for key, spec in node.entries.items():
        if not isinstance(spec, Keys):
            reader.wrong(spec.place, f"维度“{key}”的写法有误", "写 {title: …, values: […]} 之类")
            continue
        for name in sorted(spec.entries.keys() - KEYS.keys()):
            reader.unknown("键", name, KEYS, spec.key_places[name])
        if spec.text("required") == "yes":
            required.add(key)
        dimension = _dimension(reader, key, spec, code_lists)
        if dimension is not None:
            found.append(dimension)
    reader.vocabulary.dimensions = Dimensions(found)
    reader.vocabulary.required = frozenset(required)


def _dimension(reader: Reader, key: str, spec: Keys, code_lists: Mapping[str, Mapping[str, str]]) -> Dimension | None:
    title, default, assume = spec.text("title") or key, spec.text("default"), spec.text("assume")
    if "codes" in spec.entries:
        name = spec.text("codes").removesuffix(".csv")
        levels = spec.entries.get("levels")
        if name not in code_lists:
            reader.unknown("科目表", name, list(code_lists), spec.entries["codes"].place)
            return None
        reader.vocabulary.used.add(name)
        if not isinstance(levels, Keys):
            reader.wrong(spec.place, f"维度“{key}”有科目表，却没有 levels", "补写 levels: {类: 3, 款: 5}")
            return None
        digits = {
            level: int(n.text) for level, n in levels.entries.items() if isinstance(n, Text) and n.text.isdecimal()
        }
        return Codes(key, title, CodeTree(digits, code_lists[name]), default=default, assume=assume)
    if "values" in spec.entries:
        parents: dict[str, list[str]] = {}
        _read_values(reader, spec.entries["values"], None, parents)
        for word in filter(None, (default, assume)):
            if word not in parents:
                reader.unknown("取值", word, list(parents), spec.place)
        return Values(key, title, parents, default=default, assume=assume)
    if "facts" in spec.entries:
        return Listed(key, title, (spec.text("facts"), spec.text("key"), spec.text("label")), default=default)
    reader.wrong(spec.place, f"维度“{key}”没有说明取值", "写 codes、values 或 facts 之一")
    return None


def _read_values(reader: Reader, node: Node, parent: str | None, parents: dict[str, list[str]]) -> None:
    if not isinstance(node, Items):
        reader.wrong(node.place, "values 应是列表", "用 [ ] 括起来")
        return
    for item in node.items:
        named = (
            item.entries.items() if isinstance(item, Keys) else [(item.text if isinstance(item, Text) else "", None)]
        )
        for word, below in named:
            above = parents.setdefault(word, [])
            if parent:
                above.append(parent)
            if below is not None:
                _read_values(reader, below, word, parents)


def read_terms(reader: Reader, node: Node | None) -> None:
    """Fill the vocabulary's terms from `terms:` of layout.yaml."""
    if isinstance(node, Keys):
        for name, entry in node.entries.items():
            reader.vocabulary.terms[name] = read_filter(reader, entry)


def read_filter(reader: Reader, node: Node) -> Filter:
    """A filter: `{dimension: value}`, a term's name, `{term: a term, year: 上年}`, `{…, except: {…}}`."""
    if isinstance(node, Text):
        return _term(reader, node)
    if isinstance(node, Items):
        reader.wrong(node.place, "筛选条件不能是列表", "写 {维度: 取值}，或一个术语的名称")
        return EVERYTHING
    dimensions = reader.vocabulary.dimensions
    choices: dict[str, Choice] = {}
    found = EVERYTHING
    less: tuple[Filter, ...] = ()
    for key, value in node.entries.items():
        if key == "term":
            found = _term(reader, value)
        elif key == "except":
            less = (*less, read_filter(reader, value))
        elif key in dimensions:
            choices[key] = _choice(reader, dimensions[key], value)
        else:
            reader.unknown("维度", key, [*(d.key for d in dimensions), "term", "except"], node.key_places[key])
    whole = dimensions.both(found, dimensions.filter(choices, less))
    if dimensions.never(whole):
        reader.wrong(node.place, "这些条件不可能同时成立", "改其中一个条件", rule="LY-04")
    return whole


def _term(reader: Reader, node: Node) -> Filter:
    name = node.text if isinstance(node, Text) else ""
    if name not in reader.vocabulary.terms:
        reader.unknown("术语", name, reader.vocabulary.terms, node.place)
        return EVERYTHING
    reader.vocabulary.used.add(name)
    return reader.vocabulary.terms[name]


def _choice(reader: Reader, dimension: Dimension, node: Node) -> Choice:
    if isinstance(node, Keys):
        if set(node.entries) != {"not"}:
            reader.wrong(node.place, "这里只能写 {not: …}", "写 {not: 值}")
            return Choice()
        return Choice(None, _values(reader, dimension, node.entries["not"]))
    if isinstance(node, Text) and node.text == "any":
        return Choice()
    found = _values(reader, dimension, node)
    empty = isinstance(node, Items) and not node.items
    return Choice(found) if found or empty else Choice()  # unknown words are told of already


def _values(reader: Reader, dimension: Dimension, node: Node) -> tuple[str, ...]:
    found = []
    for item in node.items if isinstance(node, Items) else (node,):
        word = item.text if isinstance(item, Text) else ""
        known = list(dimension.parents) if isinstance(dimension, Values) else None
        if word == "none":
            word = SILENT
        elif known is not None and word not in known:
            reader.unknown(f"{dimension.title}（{dimension.key}）", word, known, item.place)
            continue
        elif isinstance(dimension, Codes) and not dimension.level(word):
            levels = "、".join(f"{name}{n}位" for name, n in dimension.tree.levels.items())
            reader.wrong(item.place, f"“{word}”不是{dimension.title}的编码", f"编码应为{levels}", word)
            continue
        found.append(word)
    return tuple(found)

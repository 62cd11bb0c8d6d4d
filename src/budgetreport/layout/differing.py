"""What changed between two layouts: table by table, row by row, column by column, text by text.

Both are compared as they are once inherited, so that it is the same whether a layout states a thing or inherits it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from budgetreport.layout.layer import Layer
from budgetreport.layout.merge import MERGED_BY_ID, item_id
from budgetreport.layout.source import Items, Keys, Node, Text

_ITEMS = {"rows": "行", "columns": "栏", "sides": "侧", "parts": "部分", "grids": "部分", "of_which": "其中"}
"""What an item of a list that merges by id is called."""
_ROOT = {
    "title": "名称", "basis": "依据", "verified": "核对", "inherits": "继承", "words": "用语", "dimensions": "维度",
    "terms": "术语", "numbers": "数字格式", "books": "账本", "defaults": "默认值", "properties": "文件属性",
    "workbook": "工作簿", "parts": "各部分",
}  # fmt: skip
_DRAWN = ("cells", "head")
_STEP = " › "
_AROUND = 6
"""Characters that are shown around the difference of two lines."""
_SAME = 0.3
"""Two lines that share less are another line, not a changed one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `part`: the table, text, … it is in; `place`: where in it; `old` or `new` '' where not there."""

    part: str
    place: str
    kind: str  # added, removed, changed, moved
    old: str = ""
    new: str = ""

    @property
    def said(self) -> str:
        """In words, without the part."""
        head = f"{self.place}：" if self.place else ""
        return (
            head
            + {
                "added": f"新增{_quoted(self.new)}",
                "removed": f"删去{_quoted(self.old)}",
                "moved": f"移到{self.new}",
                "changed": f"由 {self.old or '空'} 改为 {self.new or '空'}",
            }[self.kind]
        )


def _quoted(text: str) -> str:
    return f" {text}" if text else ""


def differences(one: Layer, other: Layer) -> Iterator[Change]:
    """All differences from one layout to the other, as `layout.written` gives them."""
    yield from _root(one.yaml[""]["layout"], other.yaml[""]["layout"])
    for kind, name in (("tables", "表"), ("forms", "表单")):
        yield from _files(name, one.yaml[kind], other.yaml[kind])
    for file in _names(one.texts, other.texts):
        old, new = (texts[file].source if file in texts else None for texts in (one.texts, other.texts))
        yield from _text(f"文字 {file}", old, new)
    for kind, name in (("facts", "填报内容"), ("style", "样式"), ("checks", "规则")):
        found = [next(iter(layer.yaml.get(kind, {}).values()), None) for layer in (one, other)]
        yield from _deep(name, "", found[0], found[1])
    for name, old_lists, new_lists in (("清单", one.lists, other.lists), ("科目表", one.codes, other.codes)):
        for file in _names(old_lists, new_lists):
            yield from _codes(f"{name} {file}", old_lists.get(file), new_lists.get(file))


def _names(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return list(dict.fromkeys([*one, *other]))


def _root(one: Node, other: Node) -> Iterator[Change]:
    """layout.yaml: `parts` by id, the rest deep."""
    if isinstance(one, Keys) and isinstance(other, Keys):
        for key in _names(one.entries, other.entries):
            if key == "parts":
                yield from _by_id(_ROOT[key], "", key, one.get(key), other.get(key))
            elif key != "inherits":
                yield from _deep(_ROOT.get(key, key), "", one.get(key), other.get(key))


def _files(kind: str, one: Mapping[str, Node], other: Mapping[str, Node]) -> Iterator[Change]:
    for name in _names(one, other):
        part = f"{kind} {name}"
        if name in one and name in other:
            yield from _definition(part, "", one[name], other[name])
        else:
            yield Change(part, "", "added" if name in other else "removed")


def _definition(part: str, place: str, one: Node, other: Node) -> Iterator[Change]:
    """A table, row, column, …: lists by id, drawn cells row by row, other keys as a whole."""
    if not isinstance(one, Keys) or not isinstance(other, Keys):
        yield from _value(part, place, one, other)
        return
    for key in _names(one.entries, other.entries):
        old, new = one.get(key), other.get(key)
        if key == "id":
            continue
        if key in MERGED_BY_ID:
            yield from _by_id(part, place, key, old, new)
        elif key in _DRAWN:
            yield from _drawn(part, _within(place, key), old, new)
        else:
            yield from _value(part, _within(place, key), old, new)


def _by_id(part: str, place: str, key: str, one: Node | None, other: Node | None) -> Iterator[Change]:
    old, new = _identified(one), _identified(other)
    before = ""
    stayed = _stayed([name for name in old if name in new], [name for name in new if name in old])
    for name, item in new.items():
        here = _within(place, f"{_ITEMS[key]} {name}")
        if name not in old:
            yield Change(part, here, "added", "", flow(item))
            continue
        if name not in stayed:
            yield Change(part, here, "moved", "", f"“{before}”之后" if before else "最前")
        yield from _definition(part, here, old[name], item)
        before = name
    for name, item in old.items():
        if name not in new:
            yield Change(part, _within(place, f"{_ITEMS[key]} {name}"), "removed", flow(item))


def _stayed(one: list[str], other: list[str]) -> set[str]:
    """The names that the fewest moves leave where they are."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return {name for at, _, size in blocks for name in one[at : at + size]}


def _identified(node: Node | None) -> dict[str, Node]:
    """The items of a list by id; the second of one id is told apart."""
    seen: Counter[str] = Counter()
    found: dict[str, Node] = {}
    for item in node.items if isinstance(node, Items) else ():
        name = item_id(item) or "（无编号）"
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name}（第{seen[name]}个）"] = item
    return found


def _drawn(part: str, place: str, one: Node | None, other: Node | None) -> Iterator[Change]:
    rows = [node.items if isinstance(node, Items) else () for node in (one, other)]
    for number, (old, new) in enumerate(zip_longest(*rows), 1):
        yield from _value(part, _within(place, f"第{number}行"), old, new)


def _deep(part: str, place: str, one: Node | None, other: Node | None) -> Iterator[Change]:
    """Mappings key by key, all the way down."""
    if isinstance(one, Keys) and isinstance(other, Keys):
        for key in _names(one.entries, other.entries):
            yield from _deep(part, _within(place, key), one.get(key), other.get(key))
    else:
        yield from _value(part, place, one, other)


def _value(part: str, place: str, one: Node | None, other: Node | None) -> Iterator[Change]:
    old, new = flow(one), flow(other)
    if one is None and other is not None:
        yield Change(part, place, "added", "", new)
    elif other is None and one is not None:
        yield Change(part, place, "removed", old)
    elif old != new:
        yield Change(part, place, "changed", old, new)


def _text(part: str, one: str | None, other: str | None) -> Iterator[Change]:
    """Line by line; of a changed line only what differs, with a few characters around."""
    if one is None or other is None:
        yield Change(part, "", "added" if one is None else "removed")
        return
    old, new = one.splitlines(), other.splitlines()
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for n, (was, now) in enumerate(zip_longest(old[a:b], new[c:d])):
            if was is not None and now is not None and SequenceMatcher(None, was, now).ratio() >= _SAME:
                shown = _differing(was, now)
                yield Change(part, f"第{a + n + 1}行", "changed", *shown)
                continue
            if was is not None and was.strip():
                yield Change(part, f"第{a + n + 1}行", "removed", was)
            if now is not None and now.strip():
                yield Change(part, f"第{c + n + 1}行", "added", "", now)


def _differing(one: str, other: str) -> tuple[str, str]:
    """The parts of two lines from the first to the last difference."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    most = min(len(one), len(other)) - start
    end = next((n for n in range(most) if one[-1 - n] != other[-1 - n]), most)
    left, right = max(0, start - _AROUND), max(0, end - _AROUND)
    before, after = "…" if left else "", "…" if right else ""
    return tuple(f"“{before}{text[left : len(text) - right]}{after}”" for text in (one, other))  # type: ignore[return-value]  # of two


def _codes(part: str, one: Mapping[str, str] | None, other: Mapping[str, str] | None) -> Iterator[Change]:
    if one is None or other is None:
        yield Change(part, "", "added" if one is None else "removed")
        return
    for code in _names(one, other):
        if code not in one:
            yield Change(part, code, "added", "", other[code])
        elif code not in other:
            yield Change(part, code, "removed", one[code])
        elif one[code] != other[code]:
            yield Change(part, code, "changed", one[code], other[code])


def _within(place: str, name: str) -> str:
    return f"{place}{_STEP}{name}" if place else name


def flow(node: Node | None) -> str:
    """A node on one line, as an author would write it."""
    if isinstance(node, Keys):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in node.entries.items()) + "}"
    if isinstance(node, Items):
        return "[" + ", ".join(flow(item) for item in node.items) + "]"
    return _scalar(node.text) if isinstance(node, Text) else ""


def _scalar(text: str) -> str:
    """In quotes where YAML would take it for something else."""
    plain = text and not text.startswith(tuple("{[%&*!|>'\"#@`")) and ": " not in text and " #" not in text
    return text if plain and not set(text) & set(",]}\n") else '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'

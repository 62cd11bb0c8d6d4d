"""Layout files as nodes that know their place. Every scalar is text; what it means, its key decides.

YAML's anchors, tags and merge keys are refused: a layout author must see on the page what is meant.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from budgetreport.problems import FilePlace, Level, Problem, ProblemsError

if TYPE_CHECKING:
    from yaml.nodes import Node as YamlNode

_TAGS = tuple(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # pure Python where no wheel is built for the machine

LARGEST = 5_000_000
"""Bytes of a layout's largest file: some fifty times the longest list of codes."""
DEPTH = 50
"""Lists and mappings may lie within one another this deep."""
_REFUSED = "YAML"
"""The text of problems with anchors, tags and depth, after which reading on makes no sense."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar."""

    text: str
    place: FilePlace


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: FilePlace

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping; `key_places` say where each key stands."""

    entries: Mapping[str, Node]
    key_places: Mapping[str, FilePlace]
    place: FilePlace

    def get(self, key: str) -> Node | None:
        """The node under a key."""
        return self.entries.get(key)

    def text(self, key: str) -> str:
        """The text under a key, '' where there is none."""
        node = self.entries.get(key)
        return node.text if isinstance(node, Text) else ""

    def with_entries(self, entries: Mapping[str, Node], key_places: Mapping[str, FilePlace] | None = None) -> Keys:
        """The same place with other entries."""
        places = {**self.key_places, **(key_places or {})}
        return Keys(entries, {key: places.get(key, self.place) for key in entries}, self.place)


Node = Text | Items | Keys


def layout_problem(where: FilePlace, what: str, fix: str, text: str = "", rule: str = "LY-01") -> Problem:
    """A mistake in a layout file."""
    return Problem(Level.ERROR, rule, where, what, fix, text)


def read_text(path: Path, shown: str) -> str:
    """A layout's file, ends of lines as newlines. ProblemsError: not UTF-8, or larger than any."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        what = f"文件超过{LARGEST // 10**6}MB"
        raise ProblemsError([layout_problem(FilePlace(shown), what, "检查是不是放错了文件")])
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(shown, data[: error.start].decode("utf-8"))
        raise ProblemsError([layout_problem(place, "从这里起不是UTF-8编码", "用UTF-8编码另存")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(shown: str, before: str) -> FilePlace:
    """Where the file goes on after this text."""
    return FilePlace(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))


def read_yaml(path: Path, shown: str, problems: list[Problem] | None = None) -> Node:
    """The file as nodes; `shown` is the name that problems give. ProblemsError: broken YAML.

    What we refuse is added to `problems`, or raised where none are gathered.
    """
    text = read_text(path, shown)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = FilePlace(shown, mark.line + 1, mark.column + 1) if mark else FilePlace(shown)
        what = f"YAML写法有误：{error.problem or error.context}"
        fix = "检查缩进、冒号后的空格和成对的引号、括号；以 { 或 % 开头的文字要加引号"
        raise ProblemsError([layout_problem(place, what, fix)]) from None
    except RecursionError:
        raise ProblemsError([_too_deep(FilePlace(shown))]) from None
    except yaml.YAMLError:  # no other is without a mark
        raise ProblemsError([_unprintable(text, shown)]) from None
    if root is None:
        return Keys({}, {}, FilePlace(shown, 1, 1))
    found = _anchors(text, shown) if "&" in text else []
    node = _Converter(shown, found).convert(root)
    if any(p.text == _REFUSED for p in found) or (found and problems is None):
        raise ProblemsError(found)
    if problems is not None:
        problems += found
    return node


def _unprintable(text: str, shown: str) -> Problem:
    """The first character that YAML does not take."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    at = found.start() if found else 0
    place = FilePlace(shown, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return layout_problem(place, f"YAML中有不能读的字符（U+{ord(text[at]):04X}）", "删除该字符")


def _anchors(text: str, shown: str) -> list[Problem]:
    """Anchors, also those that nothing refers to."""
    events = (
        e for e in yaml.parse(text, Loader=_Loader) if getattr(e, "anchor", None) and not isinstance(e, yaml.AliasEvent)
    )
    marks = (event.start_mark for event in events)
    return [_refused(FilePlace(shown, mark.line + 1, mark.column + 1)) for mark in marks if mark]


def _too_deep(place: FilePlace) -> Problem:
    return layout_problem(place, f"YAML套了{DEPTH}层以上", "检查括号和缩进", _REFUSED)


def _refused(place: FilePlace) -> Problem:
    return layout_problem(place, "版式文件不用YAML的锚点（&、*）和标签（!）", "把内容直接写出来", _REFUSED)


class _Converter:
    def __init__(self, shown: str, problems: list[Problem]) -> None:
        self._shown = shown
        self._problems = problems
        self._seen: set[int] = set()
        self._depth = 0

    def convert(self, node: YamlNode) -> Node:
        place = FilePlace(self._shown, node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in self._seen or node.tag not in _TAGS:
            self._problems.append(_refused(place))
            return Text("", place)
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return Text(node.value, place)
        if self._depth == DEPTH:
            self._problems.append(_too_deep(place))
            return Text("", place)
        self._depth += 1
        found = self._inside(node, place)
        self._depth -= 1
        return found

    def _inside(self, node: YamlNode, place: FilePlace) -> Node:
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.convert(item) for item in node.value), place)
        return self._mapping(node, place)

    def _mapping(self, node: YamlNode, place: FilePlace) -> Node:
        entries: dict[str, Node] = {}
        places: dict[str, FilePlace] = {}
        for key_node, value_node in node.value:
            key = self.convert(key_node)
            if not isinstance(key, Text) or key.text == "<<":
                self._problems.append(layout_problem(key.place, "键必须是文字，也不用合并键（<<）", "改为普通的键"))
                continue
            if key.text in entries:
                fix = f"与第{places[key.text].line}行的合并，或删去一个"
                self._problems.append(layout_problem(key.place, f"键“{key.text}”写了两次", fix, key.text))
                continue
            entries[key.text] = self.convert(value_node)
            places[key.text] = key.place
        return Keys(entries, places, place)

"""Reading nodes into typed definitions: each class declares its keys once, with how each is read and what it means.

Unknown keys, missing ones and values of the wrong shape become problems with the nearest right word;
reading goes on, so that a layout author sees all of them at once.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from budgetreport.layout.source import Items, Keys, Node, Text, layout_problem
from budgetreport.problems import FilePlace, Problem, nearest

if TYPE_CHECKING:
    from budgetreport.layout.vocabulary import Vocabulary

_NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?")
T = TypeVar("T")
Read = Callable[["Reader", Node], Any]


class Reader:
    """What reading a layout's nodes shares: the problems found, and the vocabulary that names are looked up in."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self.nodes: dict[FilePlace, Keys] = {}

    def at(self, place: FilePlace, *steps: str, key: bool = False) -> FilePlace:
        """Where, in what was read at `place`, keys and items of lists lead, as near as they do; `key`: the last key."""
        node: Node | None = self.nodes.get(place)
        for step in steps:
            if isinstance(node, Keys):
                place, node = node.key_places.get(step, place), node.entries.get(step)
            elif isinstance(node, Items):
                node = next((item for item in node.items if isinstance(item, Text) and item.text == step), None)
            if node is None or (key and step == steps[-1]):
                break
            place = node.place
        return place

    def wrong(self, where: FilePlace, what: str, fix: str, text: str = "", rule: str = "LY-01") -> None:
        """Note a mistake."""
        self.problems.append(layout_problem(where, what, fix, text, rule))

    def unknown(
        self, kind: str, word: str, known: Mapping[str, Any] | list[str] | tuple[str, ...], where: FilePlace
    ) -> None:
        """Note a name that nothing bears, with the nearest that something does."""
        near = nearest(word, known)
        names = [str(k) for k in known]
        fix = (
            f"是不是“{near}”？" if near else f"可用的是：{'、'.join(names[:30])}" if names else "先声明它，或删去这一处"
        )
        self.wrong(where, f"没有叫“{word}”的{kind}", fix, word, "LY-02")


def key(read: Read, doc: str, *, default: Any = None, required: bool = False, name: str = "") -> Any:  # noqa: ANN401 - a dataclass field takes any default
    """A declared key: how it is read, its meaning for layout authors, what its absence means."""
    metadata = {"read": read, "doc": doc, "required": required, "name": name}
    return dataclasses.field(default=default, metadata=metadata)


@cache
def declared(cls: type) -> Mapping[str, dataclasses.Field[Any]]:
    """The keys of a class as they are written in a layout file; a layout has a thousand of such mappings."""
    fields = [f for f in dataclasses.fields(cls) if "read" in f.metadata]
    return {f.metadata["name"] or f.name.rstrip("_"): f for f in fields}


def build(cls: type[T], reader: Reader, node: Node, **given: object) -> T | None:
    """An instance of `cls` from a mapping; None where the node is no mapping. Problems go to the reader."""
    if not isinstance(node, Keys):
        reader.wrong(node.place, "这里应是若干个“键: 值”", "参照手册改写这一处")
        return None
    reader.nodes[node.place] = node
    whole: type = cls
    keys = declared(whole)
    values: dict[str, Any] = dict(given)
    for name, entry in node.entries.items():
        if name not in keys:
            reader.unknown("键", name, list(keys), node.key_places[name])
        else:
            values[keys[name].name] = keys[name].metadata["read"](reader, entry)
    for name, spec in keys.items():
        if spec.metadata["required"] and name not in node.entries:
            reader.wrong(node.place, f"缺少“{name}”（{spec.metadata['doc']}）", f"补写 {name}", name)
            return None
    return cls(**{**values, "place": node.place})


def string(reader: Reader, node: Node) -> str:
    """A plain text."""
    if isinstance(node, Text):
        return node.text
    reader.wrong(node.place, "这里应是一段文字", "改为一个值")
    return ""


def flag(reader: Reader, node: Node) -> bool:
    """Yes or no."""
    word = string(reader, node)
    if word not in ("yes", "no"):
        reader.wrong(node.place, f"“{word}”应为 yes 或 no", "写 yes 或 no", word)
    return word == "yes"


def whole(reader: Reader, node: Node) -> int:
    """A whole number."""
    word = string(reader, node)
    if word.isdecimal():
        return int(word)
    reader.wrong(node.place, f"“{word}”应为整数", "写一个整数", word)
    return 0


def number(reader: Reader, node: Node) -> float:
    """A measure in the unit that the key names (mm, pt, characters)."""
    word = string(reader, node)
    if not _NUMBER.fullmatch(word):
        reader.wrong(node.place, f"“{word}”应为数字", "写一个数字，如 12 或 0.5", word)
        return 0
    return float(word)


def strings(reader: Reader, node: Node) -> tuple[str, ...]:
    """One text or several."""
    return tuple(string(reader, item) for item in node.items) if isinstance(node, Items) else (string(reader, node),)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Reads one of these words."""

    words: tuple[str, ...]

    def __call__(self, reader: Reader, node: Node) -> str:
        word = string(reader, node)
        if word not in self.words:
            reader.unknown("取值", word, self.words, node.place)
        return word


@dataclass(frozen=True, slots=True)
class RecordOf:
    """Reads a mapping of the class's keys."""

    cls: type

    def __call__(self, reader: Reader, node: Node) -> object:
        return build(self.cls, reader, node)


@dataclass(frozen=True, slots=True)
class RecordsOf:
    """Reads a list of mappings of the class's keys; `of` gives the class, which may be declared later."""

    of: Callable[[], type]

    def __call__(self, reader: Reader, node: Node) -> tuple[object, ...]:
        built = (build(self.of(), reader, item) for item in listed(reader, node))
        return tuple(one for one in built if one is not None)


@dataclass(frozen=True, slots=True)
class MappingOf:
    """Reads free keys, each value alike."""

    read: Read

    def __call__(self, reader: Reader, node: Node) -> dict[str, Any]:
        if isinstance(node, Keys):
            return {name: self.read(reader, value) for name, value in node.entries.items()}
        reader.wrong(node.place, "这里应是若干个“键: 值”", "参照手册改写这一处")
        return {}


def one_of(*words: str) -> OneOf:
    """One of these words."""
    return OneOf(words)


def record(cls: type) -> RecordOf:
    """A mapping of the class's keys."""
    return RecordOf(cls)


def records(cls: Callable[[], type] | type) -> RecordsOf:
    """A list of mappings of the class's keys; a function gives a class that is declared later."""
    return RecordsOf((lambda: cls) if isinstance(cls, type) else cls)


def mapping(read: Read) -> MappingOf:
    """Free keys, each value read alike."""
    return MappingOf(read)


def listed(reader: Reader, node: Node) -> tuple[Node, ...]:
    """The items of a list."""
    if isinstance(node, Items):
        return node.items
    reader.wrong(node.place, "这里应是列表", "每项前写“- ”，或用 [ ] 括起来")
    return ()

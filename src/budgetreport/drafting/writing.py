"""Layout files as text: nested values in the house's YAML, each line that leaves something open marked TODO."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from budgetreport.layout.todo import MARK

_WIDEST = 110
"""Characters of a line that holds a whole mapping or list."""
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`<^=~][^,\[\]{}#&*!|>'\"%@`\n:]*(?<!\s)")
"""Texts that need no quotes, in a list or mapping on one line too."""


@dataclass(frozen=True)
class Open:
    """A value that its author must look at, and why."""

    value: Value
    todo: str


Value = str | int | Open | Sequence["Value"] | Mapping[str, "Value"]


def document(value: Mapping[str, Value], above: Sequence[str] = ()) -> str:
    """A file: comment lines, then the mapping."""
    return "\n".join([*(f"# {line}" for line in above), *_lines(value, 0)]) + "\n"


def _lines(value: Value, indent: int) -> Iterator[str]:
    pad = " " * indent
    inner = _bare(value)
    if isinstance(inner, Mapping):
        for key, below in inner.items():
            yield from _entry(f"{pad}{key}:", below, indent)
    elif isinstance(inner, Sequence) and not isinstance(inner, str):
        for item in inner:
            yield from _item(item, indent)


def _bare(value: Value) -> Value:
    return value.value if isinstance(value, Open) else value


def _entry(head: str, value: Value, indent: int) -> Iterator[str]:
    """A key's value beside it where it fits, else below."""
    if _fits(value, indent + len(head)) and not (isinstance(value, list) and any(map(_is_record, value))):
        yield f"{head} {_flow(value)}{_comment(value)}"
    else:
        yield f"{head}{_own_comment(value)}"
        yield from _lines(value, indent + 2)


def _item(item: Value, indent: int) -> Iterator[str]:
    pad = " " * indent
    if _fits(item, indent) or not isinstance(_bare(item), Mapping):
        yield f"{pad}- {_flow(item)}{_comment(item)}"
        return
    first, *rest = _lines(item, indent + 2)
    yield f"{pad}- {first.strip()}{_own_comment(item)}"
    yield from rest


def _is_record(value: Value) -> bool:
    return isinstance(_bare(value), Mapping)


def _fits(value: Value, before: int) -> bool:
    """On one line: short enough, and no list of records inside."""
    inner = _bare(value)
    below = inner.values() if isinstance(inner, Mapping) else ()
    if any(isinstance(one, Sequence) and not isinstance(one, str) and any(map(_is_record, one)) for one in below):
        return False
    return before + len(_flow(value)) <= _WIDEST


def _flow(value: Value) -> str:
    if isinstance(value, Open):
        return _flow(value.value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, str | int):
        return _scalar(str(value))
    return "[" + ", ".join(_flow(item) for item in value) + "]"


def _scalar(text: str) -> str:
    if text in ("<", "^") or _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False) if text else "''"


def _own_comment(value: Value) -> str:
    return f"  # {MARK} {value.todo}" if isinstance(value, Open) else ""


def _comment(value: Value) -> str:
    todos = list(dict.fromkeys(_todos(value)))
    return f"  # {MARK} {'；'.join(todos)}" if todos else ""


def _todos(value: Value) -> Iterator[str]:
    if isinstance(value, Open):
        yield value.todo
        yield from _todos(value.value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _todos(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _todos(inner)

"""Where a fact stands in a JSON text: line and column, computed only when somebody asks.

Containers are indexed one by one; what lies between two members is skipped by the standard
library's scanner, so asking for one value of a large file stays cheap.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from json import JSONDecoder

from budgetreport.facts import Path
from budgetreport.problems import FilePlace

_SKIP = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers stay text: an integer of 5,000 digits must not raise here."""
_SPACE = re.compile(r"[ \t\r\n]*")

Member = tuple[str | int, int, int]
"""Key or position (from 0), offset of the key (of the value in a list), offset of the value."""


class Places:
    """Places in one well-formed text."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self._indexed: dict[Path, dict[str | int, tuple[int, int]]] = {}

    def value(self, path: Path) -> FilePlace:
        """The value at `path`; of what is absent, the innermost object or list that is there."""
        return self.at(self._offsets(path)[1])

    def key(self, path: Path) -> FilePlace:
        """The key that leads to the value at `path` (for a list's entry the entry itself)."""
        return self.at(self._offsets(path)[0])

    def at(self, offset: int) -> FilePlace:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._lines, offset)
        return FilePlace(self.file, line, offset - self._lines[line - 1] + 1)

    def span(self, path: Path) -> tuple[int, int]:
        """Where the value at a path that is there begins and ends (exclusive): offsets in the text."""
        start = self._offsets(path)[1]
        return start, _SKIP.raw_decode(self.text, start)[1]

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(r"\n", self.text))]

    def _offsets(self, path: Path) -> tuple[int, int]:
        key = value = _SPACE.match(self.text, 0).end()  # type: ignore[union-attr]  # it matches anywhere
        for depth, step in enumerate(path):
            inside = self._index(path[:depth], value)
            if step not in inside:
                return value, value
            key, value = inside[step]
        return key, value

    def _index(self, path: Path, offset: int) -> dict[str | int, tuple[int, int]]:
        if path not in self._indexed:
            self._indexed[path] = {name: (key, value) for name, key, value in members(self.text, offset)}
        return self._indexed[path]


def members(text: str, offset: int) -> Iterator[Member]:
    """The members of the object or list that begins at `offset`, as written; nothing for other values."""
    keyed = text[offset] == "{"
    if not keyed and text[offset] != "[":
        return
    number, at = 0, _after_space(text, offset + 1)
    while text[at] not in "]}":
        name: str | int = number
        key = value = at
        if keyed:
            name, at = _SKIP.raw_decode(text, key)
            value = _after_space(text, _after_space(text, at) + 1)  # over the colon
        yield name, key, value
        at = _after_space(text, _SKIP.raw_decode(text, value)[1])
        if text[at] == ",":
            at = _after_space(text, at + 1)
        number += 1


def _after_space(text: str, offset: int) -> int:
    return _SPACE.match(text, offset).end()  # type: ignore[union-attr]  # it matches anywhere

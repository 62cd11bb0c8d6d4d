"""An input file as a tree of plain values that know their places. Strict JSON: nothing is guessed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from budgetreport.facts import Path
from budgetreport.intake.scan import LONGEST_NUMBER, Scan, scan
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError

LARGEST = 50_000_000
"""Bytes of the largest input: some hundred times a department's."""


@dataclass
class Source:
    """The parsed input: objects are dicts, lists lists, numbers Decimals; `notices` say what was tolerated."""

    file: str
    text: str
    tree: Any
    notices: list[Problem] = field(default_factory=list)

    @cached_property
    def _scan(self) -> Scan:
        return scan(self.text, self.file)

    def locate(self, path: Path) -> FilePlace:
        """Where the value at a path stands; for a missing one, the nearest object or list around it."""
        while path and path not in self._scan.values:
            path = path[:-1]
        return self._scan.place(self._scan.values.get(path, 0))

    def locate_key(self, path: Path) -> FilePlace:
        """Where the key of a path stands."""
        offset = self._scan.keys.get(path)
        return self.locate(path) if offset is None else self._scan.place(offset)


def parse(data: bytes, file: str) -> Source:
    """The file's content. ProblemsError: encoding, size or JSON is wrong, every slip with its place."""
    if len(data) > LARGEST:
        raise ProblemsError([_wrong(file, "IN-11", f"文件超过{LARGEST // 10**6}MB", "检查是不是选错了文件")])
    text, notices = _decoded(data, file)
    if not text.strip():
        raise ProblemsError([_wrong(file, "IN-11", "文件是空的", "检查是不是存错了文件")])
    try:
        tree = json.loads(
            text, parse_float=_number, parse_int=_number, parse_constant=_refuse, object_pairs_hook=_each_key_once
        )
    except (ValueError, RecursionError, InvalidOperation):
        found = scan(text, file)
        problems = found.problems or [_wrong(file, "IN-11", "JSON的写法有误", "用编辑器检查括号和引号")]
        raise ProblemsError([*notices, *problems]) from None
    if not isinstance(tree, dict):
        raise ProblemsError([*notices, _wrong(file, "IN-11", "最外层应是 { }", "参照 inputs 中的例子")])
    return Source(file, text, tree, notices)


def _wrong(file: str, rule: str, what: str, fix: str) -> Problem:
    return Problem(Level.ERROR, rule, FilePlace(file, 1, 1), what, fix)


def _decoded(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """UTF-8 with or without BOM; GB18030 with a notice."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"第{line}行"
        fix = "用编辑器打开，另存为UTF-8编码"
        raise ProblemsError([_wrong(file, "IN-12", f"文件的编码既不是UTF-8也不是GB18030（{where}）", fix)]) from None
    if "\x00" in text:
        raise ProblemsError([_wrong(file, "IN-12", "文件不是文本，或是UTF-16编码", "另存为UTF-8编码")])
    what = "文件是GB18030（GBK）编码，已照此读入"
    return text, [Problem(Level.NOTICE, "IN-12", FilePlace(file, 1, 1), what, "建议另存为UTF-8编码")]


def _number(text: str) -> Decimal:
    digits, _, exponent = text.lower().partition("e")
    if len(digits) > LONGEST_NUMBER or len(exponent.lstrip("+-0")) > 2:  # noqa: PLR2004 - exponents to 99
        raise ValueError(text)
    return Decimal(text)


def _refuse(word: str) -> None:
    raise ValueError(word)


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found

"""An input file as a tree of plain values that know their places. Strict JSON: nothing is guessed."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from budgetreport.facts import Path
from budgetreport.intake.places import Places
from budgetreport.intake.scan import DEPTH, LONGEST_NUMBER, scan
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError

LARGEST = 50_000_000
"""Bytes of the largest input: some hundred times a department's."""
_ESCAPED = re.compile(
    r"\\(?:[bfr]|u00(?:0[0-8b-fB-F]|1|7[fF]|[89])|u[fF]{3}[eEfF]"
    r"|u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)u[dD][c-fC-F])"
)
"""Escapes that may stand for a character which no text may hold: a false alarm costs only a scan."""
_RAW = re.compile("[\x7f-\x9f\ufffe\uffff]")
"""Such characters as the standard library lets stand in a string."""
_READABLE = 3
"""So many Chinese characters before the first bad byte are no chance: the file is UTF-8, but damaged."""


@dataclass
class Source:
    """The parsed input: objects are dicts, lists lists, numbers Decimals; `notices` say what was tolerated.

    `encoding`: the codec that makes the file's bytes of the text.
    """

    file: str
    text: str
    tree: Any
    notices: list[Problem] = field(default_factory=list)
    encoding: str = "utf-8"

    @cached_property
    def _places(self) -> Places:
        return Places(self.text, self.file)

    def locate(self, path: Path) -> FilePlace:
        """Where the value at a path stands; for a missing one, the nearest object or list around it."""
        return self._places.value(path)

    def locate_key(self, path: Path) -> FilePlace:
        """Where the key of a path stands."""
        return self._places.key(path)


def parse(data: bytes, file: str) -> Source:
    """The file's content. ProblemsError: encoding, size or JSON is wrong, every slip with its place."""
    if len(data) > LARGEST:
        raise ProblemsError([_wrong(file, "IN-11", f"文件超过{LARGEST // 10**6}MB", "检查是不是选错了文件")])
    text, encoding, notices = _decoded(data, file)
    if not text.strip():
        raise ProblemsError([_wrong(file, "IN-11", "文件是空的", "检查是不是存错了文件")])
    try:
        tree = json.loads(
            text, parse_float=_number, parse_int=_number, parse_constant=_refuse, object_pairs_hook=_each_key_once
        )
    except (ValueError, RecursionError, InvalidOperation):
        problems = scan(text, file).problems or [_wrong(file, "IN-11", "JSON的写法有误", "用编辑器检查括号和引号")]
        raise ProblemsError([*notices, *problems]) from None
    odd = _ESCAPED.search(text) or _RAW.search(text) or _too_deep(tree)
    if odd and (problems := scan(text, file).problems):
        raise ProblemsError([*notices, *problems])
    if not isinstance(tree, dict):
        raise ProblemsError([*notices, _wrong(file, "IN-11", "最外层应是 { }", "参照 inputs 中的例子")])
    return Source(file, text, tree, notices, encoding)


_OTHERS = {
    b"PK\x03\x04": ("IN-11", "这是工作簿（XLSX）或压缩包，不是JSON文件", "请给出 .json 文件"),
    b"%PDF": ("IN-11", "这是PDF，不是JSON文件", "请给出 .json 文件"),
    codecs.BOM_UTF16_LE: ("IN-12", "文件是UTF-16编码（记事本称为“Unicode”）", "另存为UTF-8编码"),
    codecs.BOM_UTF16_BE: ("IN-12", "文件是UTF-16编码（记事本称为“Unicode”）", "另存为UTF-8编码"),
}
"""What other files begin with, and what to say of them."""


def _wrong(file: str, rule: str, what: str, fix: str) -> Problem:
    return Problem(Level.ERROR, rule, FilePlace(file, 1, 1), what, fix)


def _too_deep(tree: object) -> bool:
    """Objects and lists within one another deeper than DEPTH: what walks the tree may then rely on its shape."""
    level = [tree]
    for _ in range(DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
            if isinstance(inner, dict | list)
        ]
    return bool(level)


def _decoded(data: bytes, file: str) -> tuple[str, str, list[Problem]]:
    """The text and its codec: UTF-8 with or without BOM; GB18030 with a notice."""
    for beginning, (rule, what, fix) in _OTHERS.items():
        if data.startswith(beginning):
            raise ProblemsError([_wrong(file, rule, what, fix)])
    try:
        codec = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
        return data.decode(codec), codec, []
    except UnicodeDecodeError as error:
        before = data.removeprefix(codecs.BOM_UTF8)[: error.start].decode("utf-8")
    damaged = data.startswith(codecs.BOM_UTF8) or sum("一" <= c <= "\u9fff" for c in before) >= _READABLE
    try:
        text = data.decode("gb18030" if not damaged else "utf-8")
    except UnicodeDecodeError:
        place = FilePlace(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        what = "这里有乱码：从这里起既不是UTF-8，也不是GB18030编码"
        fix = "用编辑器打开，改正乱码，另存为UTF-8编码"
        raise ProblemsError([Problem(Level.ERROR, "IN-12", place, what, fix)]) from None
    if "\x00" in text:
        raise ProblemsError([_wrong(file, "IN-12", "文件不是文本，或是UTF-16编码", "另存为UTF-8编码")])
    what = "文件是GB18030（GBK）编码，已照此读入"
    return text, "gb18030", [Problem(Level.NOTICE, "IN-12", FilePlace(file, 1, 1), what, "建议另存为UTF-8编码")]


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

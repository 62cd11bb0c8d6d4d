"""Where everything in a JSON text stands, and everything that strict JSON forbids, said in plain Chinese.

The standard library reads quickly but knows no places; this scanner is slower and runs only when a
place is asked for or something is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from budgetreport.facts import Path
from budgetreport.problems import FilePlace, Level, Problem

DEPTH = 50
"""Objects and lists may lie within one another this deep."""
LONGEST_NUMBER = 40
"""Characters of the longest number that can mean anything here."""
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*|-Infinity")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")


class _BrokenError(Exception):
    """Reading cannot go on."""


@dataclass
class Scan:
    """Offsets of values and of keys by path, and the problems met."""

    file: str
    text: str
    values: dict[Path, int] = field(default_factory=dict)
    keys: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = [0, *(m.end() for m in re.finditer("\n", self.text))]

    def place(self, offset: int) -> FilePlace:
        """Line and column, both from 1, of an offset in the text."""
        line = bisect_right(self._lines, offset)
        return FilePlace(self.file, line, offset - self._lines[line - 1] + 1)

    def wrong(self, offset: int, what: str, fix: str, text: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(Level.ERROR, "IN-11", self.place(offset), what, fix, text))


def scan(text: str, file: str) -> Scan:
    """All places of the text; scanning stops at the first slip after which nothing can be told."""
    found = Scan(file, text)
    try:
        scanner = _Scanner(found)
        end = scanner.value(scanner.space(0), (), 0)
        rest = scanner.space(end)
        if rest < len(text):
            found.wrong(rest, "文件结束之后还有内容", "删去最后一个括号之后的内容，或检查括号是否多了一个")
    except _BrokenError:
        pass
    return found


class _Scanner:
    def __init__(self, found: Scan) -> None:
        self._found = found
        self._text = found.text

    def space(self, at: int) -> int:
        return _SPACE.match(self._text, at).end()  # type: ignore[union-attr]  # matches everywhere

    def value(self, at: int, path: Path, depth: int) -> int:
        """Read the value at an offset; the offset after it."""
        self._found.values[path] = at
        char = self._text[at : at + 1]
        if char in ("{", "["):
            if depth >= DEPTH:
                self._stop(at, f"括号套了{DEPTH}层以上", "检查是不是少了右括号")
            return self._object(at, path, depth) if char == "{" else self._list(at, path, depth)
        if char == '"':
            return self._string(at)[1]
        number = _NUMBER.match(self._text, at)
        if number:
            return self._number(number)
        return self._word(at)

    def _object(self, at: int, path: Path, depth: int) -> int:
        seen: dict[str, int] = {}
        at = self.space(at + 1)
        if self._text[at : at + 1] == "}":
            return at + 1
        while True:
            if self._text[at : at + 1] != '"':
                self._stop_at_key(at)
            key, after = self._string(at)
            if key in seen:
                line = self._found.place(seen[key]).line
                self._found.wrong(at, f"键“{key}”写了两次（第{line}行已有）", "删去一个，或合并", key)
            seen[key] = at
            self._found.keys[*path, key] = at
            at = self.space(after)
            if self._text[at : at + 1] != ":":
                fix = "把中文冒号改为英文冒号" if self._text[at : at + 1] == "：" else "在键和值之间写英文冒号 :"
                self._stop(at, f"键“{key}”之后缺少冒号", fix)
            at = self.space(self.value(self.space(at + 1), (*path, key), depth + 1))
            if self._text[at : at + 1] == "}":
                return at + 1
            at = self._comma(at, "}")

    def _list(self, at: int, path: Path, depth: int) -> int:
        at = self.space(at + 1)
        if self._text[at : at + 1] == "]":
            return at + 1
        number = 0
        while True:
            at = self.space(self.value(at, (*path, number), depth + 1))
            if self._text[at : at + 1] == "]":
                return at + 1
            at = self._comma(at, "]")
            number += 1

    def _comma(self, at: int, closing: str) -> int:
        """After the comma that must stand here; a comma before the closing bracket is a slip of its own."""
        char = self._text[at : at + 1]
        if char != ",":
            if not char:
                self._stop(at, "文件没有写完，缺少右括号", f"在末尾补上 {closing}")
            if char == "，":
                self._stop(at, "用了中文逗号", "改为英文逗号 ,")
            before = len(self._text[:at].rstrip())
            self._stop(before, "两项之间缺少逗号", "在前一项之后补英文逗号 ,")
        after = self.space(at + 1)
        if self._text[after : after + 1] == closing:
            self._stop(at, f"最后一项之后多了逗号（{closing} 之前）", "删去这个逗号")
        return after

    def _string(self, at: int) -> tuple[str, int]:
        match = _STRING.match(self._text, at)
        if match is None:
            inside = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*').match(self._text, at)
            end = inside.end() if inside else at
            if self._text[end : end + 1] in ("\t", "\n", "\r", ""):
                self._stop(end, "引号里有换行或制表符，或少了后一个引号", "补上引号；文字中的换行写成 \\n")
            self._stop(end, "引号里有不能用的字符或反斜杠写法", "反斜杠写成 \\\\，删去控制字符")
            raise AssertionError
        return _ESCAPE.sub(_unescaped, match[1]), match.end()

    def _number(self, match: re.Match[str]) -> int:
        digits, _, exponent = match[0].lower().partition("e")
        if len(digits) > LONGEST_NUMBER or len(exponent.lstrip("+-0")) > 2:  # noqa: PLR2004 - exponents to 99
            self._found.wrong(match.start(), "这个数大得没有意义", "核对这个数", match[0][:LONGEST_NUMBER])
        following = self._text[match.end() : match.end() + 1]
        if following and following not in " \t\r\n,]}":
            self._stop(match.start(), f"“{match[0]}{following}”不是数字的写法", "数字前不加0，数字后不写单位和逗号")
        return match.end()

    def _word(self, at: int) -> int:
        word = _WORD.match(self._text, at)
        if word and word[0] in ("true", "false", "null"):
            return word.end()
        if word and word[0] in ("NaN", "Infinity", "-Infinity"):
            self._found.wrong(at, f"{word[0]} 不是数字", "填实际的数；没有数就删去这一项", word[0])
            return word.end()
        self._stop(at, *self._slip(at, word[0] if word else ""))
        raise AssertionError

    def _slip(self, at: int, word: str) -> tuple[str, str]:
        char = self._text[at : at + 1]
        slips = {
            "": ("文件没有写完", "补上缺少的值和右括号"),
            "“": ("用了中文引号", '改为英文引号 "'),
            "”": ("用了中文引号", '改为英文引号 "'),
            "'": ("用了单引号", '改为双引号 "'),
            "，": ("用了中文逗号", "改为英文逗号 ,"),
            "/": ("JSON中不能写注释", "删去注释，或写在 notes 里"),
            "#": ("JSON中不能写注释", "删去注释，或写在 notes 里"),
            ",": ("多了一个逗号", "删去这个逗号"),
            ".": ("数字的写法不对", "小数点前写0，如 0.5"),
            "+": ("数字前不写加号", "删去加号"),
        }
        if word:
            return f"“{word}”没有加引号", f'文字要加英文引号："{word}"'
        return slips.get(char, (f"这里不应是“{char}”", "检查引号、逗号和括号"))

    def _stop_at_key(self, at: int) -> None:
        char = self._text[at : at + 1]
        if char == "}" or not char:
            self._stop(at, "文件没有写完" if not char else "多了一个逗号", "补上右括号" if not char else "删去逗号")
        if char in "“”'":
            self._stop(at, "键用了中文引号或单引号", '改为英文引号 "')
        if char == "，":
            self._stop(at, "用了中文逗号", "改为英文逗号 ,")
        if char in "/#":
            self._stop(at, "JSON中不能写注释", "删去注释，或写在 notes 里")
        self._stop(at, "键要写在英文双引号里", '如 "amount": 85.21')

    def _stop(self, at: int, what: str, fix: str) -> None:
        self._found.wrong(at, what, fix)
        raise _BrokenError


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    return chr(int(escape[1:], 16)) if escape[0] == "u" else _ESCAPES[escape]

"""Everything in a text that strict JSON forbids, each with its place, said in plain Chinese.

The standard library reads quickly but says little; this scanner is slower and runs only when something is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

from budgetreport.intake.places import Places
from budgetreport.problems import Level, Problem

DEPTH = 50
"""Objects and lists may lie within one another this deep."""
LONGEST_NUMBER = 28
"""Characters of the longest number that can mean anything here, and the digits that decimals keep exactly."""
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"')
_STRING_SO_FAR = re.compile(_STRING.pattern.removesuffix('"'))
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[^\W\d][\w$]*|-Infinity")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ESCAPE = re.compile(r"\\(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""No control characters but tab and line feed, no half of a character: neither XML nor PDF could hold them."""
_CLOSING = {"{": "}", "[": "]"}
_MARKS = {
    "，": ("中文逗号", "英文逗号 ,"),
    "、": ("顿号", "英文逗号 ,"),
    "；": ("中文分号", "英文逗号 ,"),
    ";": ("分号", "英文逗号 ,"),
    "：": ("中文冒号", "英文冒号 :"),
    "“": ("中文引号", '英文引号 "'),
    "”": ("中文引号", '英文引号 "'),
    "‘": ("中文引号", '英文引号 "'),
    "’": ("中文引号", '英文引号 "'),
    "'": ("单引号", '英文双引号 "'),
    "｛": ("全角括号", "英文括号 {"),
    "｝": ("全角括号", "英文括号 }"),
    "［": ("全角括号", "英文括号 ["),
    "］": ("全角括号", "英文括号 ]"),
    "【": ("中文括号", "英文括号 ["),
    "】": ("中文括号", "英文括号 ]"),
    "\u3000": ("全角空格", "普通空格"),
    "\u00a0": ("不换行空格", "普通空格"),
}
"""Marks of a Chinese keyboard where JSON wants its own."""


def is_too_long(number: str) -> bool:
    """Whether a number, as written, has more digits than can mean anything, or is larger or smaller than any."""
    digits, _, exponent = number.lower().partition("e")
    return len(digits) > LONGEST_NUMBER or len(exponent.lstrip("+-0")) > 2  # noqa: PLR2004 - exponents to 99


class _BrokenError(Exception):
    """Reading cannot go on."""


@dataclass
class Scan:
    """A text and the problems met in it."""

    places: Places
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, offset: int, what: str, fix: str, text: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(Level.ERROR, "IN-11", self.places.at(offset), what, fix, text))


def scan(text: str, file: str) -> Scan:
    """All problems of the text; scanning stops at the first slip after which nothing can be told."""
    found = Scan(Places(text, file))
    try:
        scanner = _Scanner(found)
        end = scanner.value(scanner.space(0))
        rest = scanner.space(end)
        if rest < len(text):
            found.wrong(rest, "文件结束之后还有内容", "删去最后一个括号之后的内容，或检查括号是否多了一个")
    except _BrokenError:
        pass
    return found


class _Scanner:
    def __init__(self, found: Scan) -> None:
        self._found = found
        self._text = found.places.text
        self._open: list[int] = []

    def space(self, at: int) -> int:
        return _SPACE.match(self._text, at).end()  # type: ignore[union-attr]  # matches everywhere

    def value(self, at: int) -> int:
        """Read the value at an offset; the offset after it."""
        char = self._text[at : at + 1]
        if char in ("{", "["):
            if len(self._open) >= DEPTH:
                self._stop(at, f"括号套了{DEPTH}层以上", "检查是不是少了右括号")
            self._open.append(at)
            end = self._object(at) if char == "{" else self._list(at)
            self._open.pop()
            return end
        if char == '"':
            return self._string(at)[1]
        number = _NUMBER.match(self._text, at)
        if number:
            return self._number(number)
        return self._word(at)

    def _object(self, at: int) -> int:
        seen: dict[str, int] = {}
        at = self.space(at + 1)
        if self._text[at : at + 1] == "}":
            return at + 1
        while True:
            if self._text[at : at + 1] != '"':
                self._stop_at_key(at)
            key, after = self._string(at)
            if key in seen:
                first = self._found.places.at(seen[key])
                what = f"键“{key}”写了两次，前一次在第{first.line}行第{first.column}列"
                self._found.wrong(at, what, "删去一个；若是两条，分别写进两个 { }", key)
            seen[key] = at
            at = self.space(after)
            if self._text[at : at + 1] != ":":
                self._stop_at_mark(at)
                self._stop(at, f"键“{key}”之后缺少冒号", "在键和值之间写英文冒号 :")
            at = self.space(self.value(self.space(at + 1)))
            if self._text[at : at + 1] == "}":
                return at + 1
            at = self._comma(at, "}")

    def _list(self, at: int) -> int:
        at = self.space(at + 1)
        if self._text[at : at + 1] == "]":
            return at + 1
        while True:
            at = self.space(self.value(at))
            if self._text[at : at + 1] == "]":
                return at + 1
            at = self._comma(at, "]")

    def _comma(self, at: int, closing: str) -> int:
        """After the comma that must stand here; a comma before the closing bracket is a slip of its own."""
        char = self._text[at : at + 1]
        if char != ",":
            self._stop_at_mark(at)
            if char in ("]", "}"):
                opened = self._opened()
                self._stop(
                    at, f"括号不配对：{opened}还没有结束，这里却是 {char}", f"先补上 {closing}，或检查有没有多写"
                )
            if self._text[at - 1] == '"' and char not in '"{[':
                self._stop(at - 1, "文字里有英文双引号，文字到这里就断了", '文字里的引号用中文引号“ ”，或写成 \\"')
            before = len(self._text[:at].rstrip(" \t\r\n"))
            self._stop(before, "两项之间缺少逗号", "在前一项之后补英文逗号 ,")
        after = self.space(at + 1)
        if self._text[after : after + 1] == closing:
            self._stop(at, f"最后一项之后多了逗号（{closing} 之前）", "删去这个逗号")
        return after

    def _string(self, at: int) -> tuple[str, int]:
        match = _STRING.match(self._text, at)
        if match is None:
            inside = _STRING_SO_FAR.match(self._text, at)
            end = inside.end() if inside else at
            if self._text[end : end + 1] in ("\t", "\n", "\r", ""):
                self._stop(end, "引号里有换行或制表符，或少了后一个引号", "补上引号；文字中的换行写成 \\n")
            self._stop(end, "引号里有不能用的字符或反斜杠写法", "反斜杠写成 \\\\，删去控制字符")
        said = _ESCAPE.sub(_unescaped, match[1])
        for char in sorted(set(_FORBIDDEN.findall(said))):
            what = f"文字中有不能用的控制字符或半个字符（U+{ord(char):04X}）"
            self._found.wrong(at, what, "删去它，或重新输入这段文字", f"U+{ord(char):04X}")
        return said, match.end()

    def _number(self, match: re.Match[str]) -> int:
        if is_too_long(match[0]):
            self._found.wrong(
                match.start(), "这个数太长，或大得没有意义", "核对这个数，不用 e 的写法", match[0][:LONGEST_NUMBER]
            )
        following = self._text[match.end() : match.end() + 1]
        if following and following not in " \t\r\n,]}":
            self._stop_at_mark(match.end())
            self._stop(match.start(), f"“{match[0]}{following}”不是数字的写法", "数字前不加0，数字后不写单位和逗号")
        return match.end()

    def _word(self, at: int) -> int:
        word = _WORD.match(self._text, at)
        if word and word[0] in ("true", "false", "null"):
            return word.end()
        if word and word[0] in ("NaN", "Infinity", "-Infinity"):
            self._found.wrong(at, f"{word[0]} 不是数字", "填实际的数；没有数就删去这一项", word[0])
            return word.end()
        return self._stop(at, *self._slip(at, word[0] if word else ""))

    def _slip(self, at: int, word: str) -> tuple[str, str]:
        char = self._text[at : at + 1]
        slips = {
            ",": ("这个逗号前面没有值", "补上值，或删去这个逗号"),
            "}": ("这里缺少值", "补上值；没有内容的，把整项删去"),
            "]": ("这里缺少值", "补上值；没有内容的，把整项删去"),
            ".": ("数字的写法不对", "小数点前写0，如 0.5"),
            "+": ("数字前不写加号", "删去加号"),
        }
        self._stop_at_mark(at)
        if word.lower() in ("true", "false"):
            return f"“{word}”的写法不对", f"改为小写的 {word.lower()}"
        if word:
            return f"“{word}”没有加引号", f'文字要加英文引号："{word}"'
        if char.isdigit():
            return "用了全角数字", "改为半角数字，如 85.21"
        return slips.get(char, (f"这里不应是“{char}”", "检查引号、逗号和括号"))

    def _stop_at_key(self, at: int) -> NoReturn:
        char = self._text[at : at + 1]
        self._stop_at_mark(at)
        if char.isdigit() and self._text[at - 1] == ",":
            self._stop(at - 1, "数字里用了千分位逗号", "去掉数字里的逗号，如 1234.56")
        self._stop(at, "键要写在英文双引号里", '如 "amount": 85.21')

    def _stop_at_mark(self, at: int) -> None:
        """The end of the file, a comment, a mark of a Chinese keyboard: wrong wherever something else must come."""
        char = self._text[at : at + 1]
        if not char:
            closing = _CLOSING[self._text[self._open[-1]]] if self._open else "缺少的内容"
            self._stop(at, f"文件没有写完：{self._opened()}没有结束", f"在末尾补上 {closing}")
        if char == "#" or self._text.startswith(("//", "/*"), at):
            self._stop(at, "JSON中不能写注释", "删去注释，或写在 notes 里")
        if char in _MARKS:
            mark, right = _MARKS[char]
            self._stop(at, f"用了{mark}“{char}”", f"改为{right}")

    def _opened(self) -> str:
        """The innermost bracket that is open, with its place."""
        if not self._open:
            return ""
        place = self._found.places.at(self._open[-1])
        return f"第{place.line}行第{place.column}列的 {self._text[self._open[-1]]} "

    def _stop(self, at: int, what: str, fix: str) -> NoReturn:
        self._found.wrong(at, what, fix)
        raise _BrokenError


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    if len(escape) > 5:  # noqa: PLR2004 - two escapes of four digits each: one character beyond U+FFFF
        return (chr(int(escape[1:5], 16)) + chr(int(escape[7:], 16))).encode("utf-16", "surrogatepass").decode("utf-16")
    return chr(int(escape[1:], 16)) if escape[0] == "u" else _ESCAPES[escape]

"""Where Chinese text must not be parted into lines: the rules as the standards state them, for judging what is set.

Nothing here is taken from the program. Basis: GB/T 15834-2011, 5.1 (place of each mark), W3C clreq 3.1.3 (避头尾),
the lists of 后置标点 and 前置标点 of word processors, and practice: a number stays with its unit, a Latin word or
a number is not cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from budgetreport.typeset.lines import Line

START, END, NUMBER, WORD, DASH = (
    "prohibited line starts",
    "prohibited line ends",
    "cut numbers",
    "cut words",
    "cut dashes",
)
LOST, WIDE = "lost characters", "overfull lines"
KINDS = (START, END, NUMBER, WORD, DASH, LOST, WIDE)

NOT_FIRST = frozenset(
    "。．，、；：？！"  # 5.1.1, 5.1.2 点号
    "”’）］｝〕】〉》」』〗〙〛﹞﹜﹚〞"  # 5.1.3 the later half of a pair
    "－–～〜—"  # 5.1.7 连接号 (—— is 破折号: a line may begin with it)
    "·•‧・"  # 5.1.8 间隔号
    "/／"  # 5.1.9 分隔号
    ".,:;?!)]}"  # their half-width forms
    "％%‰℃°′″々"  # what stands with the figure or character before it
)
NOT_LAST = frozenset("“‘（［｛〔【〈《「『〖〘〚﹝﹛﹙〝" + "/／" + "([{" + "￥¥$＄£￡€№")
HALVED = frozenset("，。、；：？！）》】」』〉〕〗”’．］｝〙〛")
"""Half of their square is empty at the right; those of OPENED have it at the left."""
OPENED = frozenset("（《【「『〈〔〖“‘［｛〘〚")

UNITS = (
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|米|公顷|亩|公斤|千克|克|吨|升|千瓦时|千瓦|度|℃|°|"
    "万亿元|亿元|千万元|百万元|万元|千元|百元|元|角|万亿|个百分点|百分点|%|％|‰|"
    "万人次|万人|人次|人|万次|次|万户|户|万家|家|亿|万|个月|个|项|件|台|套|辆|类|款|章|条|级|岁|倍|名|位|种|批|期|场|份|处|册|页|"
    "小时|分钟|秒|季度|年度|年级|年|月|日|号|天|周"
)
_DIGITS = "0-9０-９"
_NUMBER = re.compile(
    rf"第?[≥≤＞＜≧≦＝±＋－−+\-￥¥]?[{_DIGITS}]+(?:[.,:][{_DIGITS}]+)*(?:[ \u00a0]?(?:{UNITS}))?"
    r"|[〇○零一二三四五六七八九]{4}年"
)
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+(?:(?:['._@&+:\-]|(?<=[A-Za-z])’(?=[A-Za-z]))[0-9A-Za-z\u00c0-\u024f]+)*")
_DASH = re.compile(r"——+|……+|─{2,}|－{2,}")
_SPACES = " \u3000\u00a0\t"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that lines break, and where: what stands before and after the place."""

    kind: str
    before: str
    after: str


def forbidden(text: str) -> dict[int, str]:
    """Every place (before which index) where a line must not end, and what would be wrong."""
    found: dict[int, str] = {
        match.start() + at: DASH for match in _DASH.finditer(text) for at in range(1, len(match[0]))
    }
    for kind, pattern in ((WORD, _WORD), (NUMBER, _NUMBER)):
        found.update((match.start() + at, kind) for match in pattern.finditer(text) for at in range(1, len(match[0])))
    for at in _beside_quotes(text):
        found[at] = START if text[at] == '"' else END
    for at in range(1, len(text)):
        before, after = text[:at].rstrip(_SPACES), text[at:].lstrip(_SPACES)
        if before and after and at not in found:
            if before[-1] in NOT_LAST:
                found[at] = END
            elif text[at] in _SPACES or _not_first(after) or _hyphen(before, after):
                found[at] = START
    return found


def _beside_quotes(text: str) -> list[int]:
    """Places after opening and before closing straight quotes, which take turns."""
    quotes = [at for at, char in enumerate(text) if char == '"']
    return [at + 1 if number % 2 == 0 else at for number, at in enumerate(quotes[: len(quotes) // 2 * 2])]


def _not_first(after: str) -> bool:
    return after[0] in NOT_FIRST and not after.startswith("——") and not _NUMBER.match(after)


def _hyphen(before: str, after: str) -> bool:
    """A 连接号 in half width: neither a sign before figures nor a bullet after a mark."""
    return after[0] == "-" and not _NUMBER.match(after) and before[-1].isalnum()


def longest_run(text: str, widths: Mapping[str, float]) -> float:
    """Width (em) of the longest run that must not be parted."""
    most = 0.0
    for stretch in text.split("\n"):
        bad = forbidden(stretch)
        start = 0
        for at in range(1, len(stretch) + 1):
            if at not in bad:
                most = max(most, sum(map(widths.__getitem__, stretch[start:at].strip(_SPACES))))
                start = at
    return most


class Judge:
    """Judges how one text is set, at any number of widths."""

    def __init__(self, text: str, widths: Mapping[str, float]) -> None:
        self._text = text.replace("\n", "")
        self._bad: dict[int, str] = {}
        self._forced: set[int] = set()
        at = 0
        for stretch in text.split("\n"):
            self._bad.update((at + place, kind) for place, kind in forbidden(stretch).items())
            at += len(stretch)
            self._forced.add(at)
        self._ends = list(accumulate(map(widths.__getitem__, self._text), initial=0.0))

    def faults(self, lines: Iterable[Line], rooms: Sequence[float]) -> list[Fault]:
        """What is wrong with these lines. `rooms`: of the first line, and of the others."""
        found: list[Fault] = []
        at = 0
        for number, line in enumerate(lines):
            end = at + len(line.text)
            if self._text[at:end] != line.text:
                return [*found, Fault(LOST, self._text[at:end], line.text)]
            if end in self._bad and end not in self._forced:
                found.append(Fault(self._bad[end], line.text, self._text[end : end + 8]))
            if self._reach(line, at) > rooms[min(number, len(rooms) - 1)] + 1e-6:
                found.append(Fault(WIDE, line.text, ""))
            at = end
        return found if at == len(self._text) else [*found, Fault(LOST, self._text[at:], "")]

    def _reach(self, line: Line, start: int) -> float:
        """How far a line's last character reaches as it is drawn, after each character its width, spread and gap."""
        size = len(line.text.rstrip(_SPACES))
        if not size:
            return 0.0
        natural = self._ends[start + size] - self._ends[start]
        inside = sum(gap for at, gap in line.gaps if at < size - 1)
        own = dict(line.gaps).get(size - 1, 0.0) + line.spread
        squeezed = own if own < 0 and line.text[size - 1] in HALVED else 0.0
        return natural + line.spread * (size - 1) + inside + squeezed

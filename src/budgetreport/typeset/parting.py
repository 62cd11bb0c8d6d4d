"""Where Chinese text may be parted into lines.

Basis: GB/T 15834-2011, 5.1 (no line begins with closing marks or ends with opening ones; —— and …… stay whole;
分隔号 stands neither first nor last), and practice: a number stays with its unit, a Latin word is not cut.
"""

from __future__ import annotations

import re

_CLOSING = "，。．、；：？！,.;:?!）》】」』〉〕〗］｝〙〛﹞﹜﹚〞”’)]}％%‰℃°′″々·•‧・…—–～〜"
_SLASHES = "/／"
"""分隔号 stands neither first nor last."""
NO_START = frozenset(_CLOSING + _SLASHES + " \u3000\u00a0")
NO_END = frozenset("（《【「『〈〔〖［｛〘〚﹝﹛﹙〝“‘([{￥¥＄$￡£€№" + _SLASHES)
MAY_START = frozenset("—…")
"""A line may begin with these before a number or a word is cut: the standard only wants them whole."""
_UNITS = (
    "平方(?:公里|千米|米)|立方米|公里|千米|厘米|毫米|米|公顷|亩|公斤|千克|克|吨|升|千瓦时|千瓦|小时|分钟|秒|季度|"
    "万亿|亿|千万|百万|万|百分点|千|百|个百分点|个月|个|元|角|人次|人|次|年度|年级|年|月|日|号|天|周|"
    "项|家|类|种|台|辆|套|户|件|批|期|场|份|处|条|名|位|倍|岁|度|章|款|册|页|级|%|％|‰|℃|°"
)
"""Longer ones before what they begin with."""
_LATIN = r"!-~\u00a1-\u024f０-９"
_ATOM = re.compile(
    rf"[≥≤＞＜≧≦＝±～第约￥−＋－]?(?:[{_LATIN}]|(?<=[A-Za-z])’(?=[A-Za-z]))+"
    rf"(?:(?<=[\d%])[ \u00a0]?(?:{_UNITS})(?:元|人次|人|户|家|次)?)?"
    r"|—{2,}|…{2,}|─{2,}|[〇○零一二三四五六七八九]{4}年"
)
"""What is not cut: a number with its unit, a Latin word or code, a dash, an ellipsis, a year in Chinese numerals."""
_QUOTED = re.compile('"[^"]*"')
_HYPHEN = re.compile(r"(?<=\w)-(?!\d)")
"""A hyphen that is neither a sign nor a bullet: no line begins with it."""


def allowed_breaks(text: str) -> list[int]:
    """Every place where a line may end: before which index."""
    whole = inside(text)
    return [at for at in range(1, len(text)) if may_part(text, at) and at not in whole]


def may_part(text: str, at: int, beginning: frozenset[str] = frozenset()) -> bool:
    """Whether marks allow a line to end before `at`; `beginning`: marks that may begin the next one all the same."""
    if text[at] in NO_START and text[at] not in beginning:
        return False
    while at > 1 and text[at - 1].isspace():
        at -= 1
    return text[at - 1] not in NO_END


def inside(text: str) -> set[int]:
    """Places inside what is not cut, within straight quotes at their ends, and before hyphens."""
    found: set[int] = set()
    for atom in _ATOM.finditer(text):
        found.update(range(atom.start() + 1, atom.end()))
    for quoted in _QUOTED.finditer(text) if '"' in text else ():
        found.update((quoted.start() + 1, quoted.end() - 1))
    for hyphen in _HYPHEN.finditer(text) if "-" in text else ():
        found.add(hyphen.start())
    return found

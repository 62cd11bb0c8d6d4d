"""style.yaml into a Style: sizes by their printers' names, lengths in mm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetreport.layout.keys import Reader, build, flag, key, mapping, number, one_of, record, string
from budgetreport.layout.source import Items, Keys, Node, Text
from budgetreport.layout.style_lint import check_style
from budgetreport.problems import FilePlace
from budgetreport.style import SMALLEST, Margins, Role, Ruling, Style

SIZES = {
    "初号": 42.0, "小初": 36.0, "一号": 26.0, "小一": 24.0, "二号": 22.0, "小二": 18.0, "三号": 16.0, "小三": 15.0,
    "四号": 14.0, "小四": 12.0, "五号": 10.5, "小五": 9.0,
}  # fmt: skip
"""Printers' sizes in pt. Basis: practice of Chinese word processors."""
_NOWHERE = FilePlace("")
_LEADING = 1.4


def _size(reader: Reader, node: Node) -> float:
    word = string(reader, node)
    points = SIZES.get(word) or number(reader, node)
    if points < SMALLEST:
        fix = f"至少{SMALLEST:g}磅，或用{'、'.join(SIZES)}"
        reader.wrong(node.place, f"字号“{word}”小于{SMALLEST:g}磅", fix, word, "LY-06")
    return points


def _sizes(reader: Reader, node: Node) -> tuple[float, ...]:
    return tuple(_size(reader, item) for item in node.items) if isinstance(node, Items) else (_size(reader, node),)


@dataclass(frozen=True, slots=True)
class _Role:
    font: str = key(string, "字体：小标宋、宋体、黑体、仿宋、楷体", required=True)
    size: float = key(_size, "字号：三号、小五之类，或磅数", required=True)
    leading: float = key(number, "行距（磅）", default=0.0)
    align: str = key(one_of("left", "center", "right", "justify"), "对齐", default="justify")
    first: float = key(number, "首行缩进（字数）", default=0.0)
    left: float = key(number, "各行缩进（字数）", default=0.0)
    before: float = key(number, "段前（磅）", default=0.0)
    after: float = key(number, "段后（磅）", default=0.0)
    smaller: tuple[float, ...] = key(_sizes, "放不下时可用的更小字号", default=())
    place: FilePlace = _NOWHERE


@dataclass(frozen=True, slots=True)
class _Margins:
    top: float = key(number, "上（毫米）", required=True)
    right: float = key(number, "右（毫米）", required=True)
    bottom: float = key(number, "下（毫米）", required=True)
    left: float = key(number, "左（毫米）", required=True)
    turned: bool = key(flag, "yes：纸张横放（landscape 总是横放，portrait 总是直放）", default=False)
    place: FilePlace = _NOWHERE


@dataclass(frozen=True, slots=True)
class _Ruling:
    rule: float = key(number, "线宽（磅）", default=0.5)
    row: float = key(number, "行高（毫米）", default=6.5)
    row_least: float = key(number, "为排在一页可以减到的行高（毫米）", default=5.5)
    pad: float = key(number, "左右留白（毫米）", default=1.0)
    pad_y: float = key(number, "上下留白（毫米）", default=0.8)
    gap: float = key(number, "表单上下两部分的间距（毫米）", default=0.0)
    widest: float = key(number, "窄表至多放宽到（毫米）", default=0.0)
    place: FilePlace = _NOWHERE


def _white(name: str, said: _Margins) -> Margins:
    """The margins of a kind of page; which way its paper lies may be in the kind itself."""
    turned = name == "landscape" or (said.turned and name != "portrait")
    return Margins(said.top, said.right, said.bottom, said.left, turned)


def _recognised(reader: Reader, node: Node) -> tuple[tuple[str, str], ...]:
    found = []
    for item in node.items if isinstance(node, Items) else ():
        if not isinstance(item, Keys) or set(item.entries) != {"match", "role"}:
            reader.wrong(item.place, "这里应写 {match: 正则, role: 样式}", "补写 match 和 role")
            continue
        try:
            re.compile(item.text("match"))
        except re.error as error:
            reader.wrong(item.entries["match"].place, f"正则表达式有误：{error}", "改正该表达式", item.text("match"))
            continue
        found.append((item.text("match"), item.text("role")))
    return tuple(found)


def _around(reader: Reader, node: Node) -> tuple[str, str]:
    words = [item.text for item in node.items if isinstance(item, Text)] if isinstance(node, Items) else []
    if len(words) == 2:  # noqa: PLR2004 - before and after
        return words[0], words[1]
    reader.wrong(node.place, "这里应写页码前后的文字两段", '如 ["— ", " —"]')
    return "", ""


@dataclass(frozen=True, slots=True)
class StyleFile:
    """The keys of style.yaml."""

    roles: dict[str, _Role] = key(mapping(record(_Role)), "文字样式", required=True)
    margins: dict[str, _Margins] = key(
        mapping(record(_Margins)), "页边距：text、portrait、landscape、cover", required=True
    )
    ruling: _Ruling | None = key(record(_Ruling), "表格线与间距", required=True)
    recognised: tuple[tuple[str, str], ...] = key(_recognised, "按写法认出的小标题", default=())
    continued: str = key(string, "续页上表名之后的文字", default="")
    footer: tuple[str, str] = key(_around, "页码前后的文字", default=("— ", " —"))
    workbook_fonts: dict[str, str] = key(mapping(string), "工作簿中各字体的名称", default=None)
    place: FilePlace = _NOWHERE


def read_style(reader: Reader, node: Node) -> Style | None:
    """The style; None where it can't be read at all."""
    said = build(StyleFile, reader, node)
    if said is None or said.ruling is None:
        return None
    roles = {
        name: Role(
            r.font, r.size, r.leading or r.size * _LEADING, r.align, r.first, r.left, r.before, r.after, r.smaller
        )
        for name, r in said.roles.items()
        if r is not None
    }
    margins = {name: _white(name, m) for name, m in said.margins.items() if m is not None}
    r = said.ruling
    ruling = Ruling(r.rule, r.row, r.row_least, r.pad, r.pad_y, r.gap, r.widest)
    fonts = said.workbook_fonts or {}
    style = Style(roles, margins, ruling, said.recognised, said.continued, said.footer, fonts)
    stated = {name: one.place for group in (said.roles, said.margins) for name, one in group.items() if one is not None}
    check_style(reader, style, stated, said.place)
    return style

"""What is wrong with a style before anything is set in it: roles and margins that are missing, lengths without sense.

A leading of nothing, or margins wider than the paper, would set pages for ever.
"""

from __future__ import annotations

import json
from functools import cache

from budgetreport import data
from budgetreport.layout.keys import Reader
from budgetreport.problems import FilePlace
from budgetreport.style import A4, Margins, Role, Ruling, Style

_ROLES = ("body", "heading1", "heading2", "label", "caption", "note", "page-number", "contents-title", "contents2")
"""Roles that typesetting asks for by name, besides those that a layout names itself."""
_MARGINS = ("text", "portrait", "landscape", "cover")
_ROOM = 100
"""mm that must remain between margins."""
_MOST_CHARACTERS = 20
_MOST_POINTS = 600


def check_style(reader: Reader, style: Style, places: dict[str, FilePlace], place: FilePlace) -> None:
    """Note every mistake; `places` of roles and margins by name."""
    for name in _ROLES:
        if name not in style.roles:
            reader.wrong(place, f"缺少文字样式 {name}", f"在 roles 中补写 {name}", name)
    for name in _MARGINS:
        if name not in style.margins:
            reader.wrong(place, f"缺少页边距 {name}", f"在 margins 中补写 {name}", name)
    for name, role in style.roles.items():
        _role(reader, role, places.get(name, place))
    for name, margins in style.margins.items():
        _paper(reader, margins, places.get(name, place))
    _ruling(reader, style.ruling, place)
    for _, name in style.recognised:
        if name not in style.roles:
            reader.unknown("文字样式", name, list(style.roles), place)


@cache
def _fonts() -> tuple[str, ...]:
    """The roles of fonts that are shipped."""
    return tuple(json.loads((data.folder("fonts") / "fonts.json").read_text("utf-8"))["roles"])


def _role(reader: Reader, role: Role, place: FilePlace) -> None:
    if role.font not in _fonts():
        reader.unknown("字体", role.font, list(_fonts()), place)
    if not role.size <= role.leading <= _MOST_POINTS:
        reader.wrong(place, f"行距{role.leading:g}磅，字号{role.size:g}磅", f"行距不小于字号，不超过{_MOST_POINTS}磅")
    if not (0 <= role.first <= _MOST_CHARACTERS and 0 <= role.left <= _MOST_CHARACTERS):
        reader.wrong(place, f"缩进应在0到{_MOST_CHARACTERS}字之间", "改为合适的字数")
    if not (0 <= role.before <= _MOST_POINTS and 0 <= role.after <= _MOST_POINTS):
        reader.wrong(place, f"段前、段后应在0到{_MOST_POINTS}磅之间", "改为合适的磅数")


def _paper(reader: Reader, margins: Margins, place: FilePlace) -> None:
    width, height = margins.paper
    across, down = width - margins.left - margins.right, height - margins.top - margins.bottom
    sides = (margins.top, margins.right, margins.bottom, margins.left)
    if min(sides) < 0 or not (_ROOM <= across <= width and _ROOM <= down <= height):
        reader.wrong(place, f"页边距不是负数，且要在A4纸上留出宽、高各{_ROOM}毫米以上", "改小页边距（毫米）")


def _ruling(reader: Reader, ruling: Ruling, place: FilePlace) -> None:
    bounds = {
        "rule": (0, 5),
        "row": (2, 50),
        "row_least": (2, 50),
        "pad": (0, 10),
        "pad_y": (0, 10),
        "gap": (0, 50),
        "widest": (0, A4[1]),
    }
    for name, (least, most) in bounds.items():
        if not least <= getattr(ruling, name) <= most:
            reader.wrong(place, f"ruling 的 {name} 应在{least}到{most:g}之间", "改为合适的数", name)

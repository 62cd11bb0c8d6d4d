"""Chinese line breaking: no line begins or ends where it must not, numbers keep their units, edges are flush.

Basis: GB/T 15834-2011 (marks at line ends) and practice: closing marks never begin a line, opening ones
never end it; —— and …… stay whole; punctuation is squeezed first, then space is spread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OPENING = "（《【「『“‘〈〔([{"
CLOSING = "，。、；：？！）》】」』”’〉〕％‰%,.;:?!)]}…·～"
_SQUEEZED_LEFT = "（《【「『“‘〈〔"
_SQUEEZED_RIGHT = "，。、；：？！）》】」』”’〉〕"
_UNITS = "万元|亿元|元|年度|年|月|日|号|％|%|次|家|类|个|项|台|辆|人|条|级|位|小时|天|平方米|以上|以下|底"
_WORD = rf"[≥≤±<>~]?(?:[0-9A-Za-z]+(?:[.,\-/:_@#&+'][0-9A-Za-z]+)*)(?:{_UNITS})?"
_CLUSTER = re.compile(rf"[{re.escape(OPENING)}]*(?:{_WORD}|—+|…+|[ \u3000\u00a0]+|.)[{re.escape(CLOSING)}]*", re.DOTALL)
_SPACES = " \u3000\u00a0"
_HALF = 0.5
_TOUCH = 1e-6
_WIDEST_GAP = 1.0
"""Em that may be spread between two characters before a line is left ragged."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, natural width in pt, indent from the left in pt, and extra space after characters in pt.

    `last` lines end a paragraph or stand before a forced break: they are not made flush.
    """

    text: str
    width: float
    indent: float = 0
    extra: tuple[tuple[int, float], ...] = ()
    last: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What lines are broken to: em widths of the characters, size in pt, room in pt; first line's and all lines' indent."""

    widths: Mapping[str, float]
    size: float
    room: float
    first: float = 0
    flush: bool = False

    def width(self, text: str) -> float:
        """Natural width in pt."""
        widths = self.widths
        return sum([widths[char] for char in text]) * self.size


def clusters(text: str) -> list[str]:
    """The pieces that lines are not broken within: words with their unit and the marks that cling to them."""
    return _CLUSTER.findall(text)


def break_lines(text: str, setting: Setting) -> list[Line]:
    """The lines of a text; a line feed in it forces a break. Joined, they are the text without line feeds."""
    lines: list[Line] = []
    for number, paragraph in enumerate(text.split("\n")):
        indent = setting.first if number == 0 else 0
        lines += _paragraph(paragraph, setting, indent)
    return lines


def _paragraph(text: str, setting: Setting, indent: float) -> list[Line]:
    broken = _filled(_fitting(clusters(text), setting), setting, indent)
    _no_lone_character(broken)
    lines = []
    for number, pieces in enumerate(broken):
        last = number == len(broken) - 1
        lines.append(_line("".join(pieces), setting, indent if number == 0 else 0, last=last))
    return lines


def _fitting(pieces: Sequence[str], setting: Setting) -> list[str]:
    """Clusters wider than a line are cut where it is full."""
    found: list[str] = []
    for piece in pieces:
        if len(piece) == 1 or setting.width(piece) <= setting.room:
            found.append(piece)
            continue
        start, used = 0, 0.0
        for at, char in enumerate(piece):
            width = setting.width(char)
            if used + width > setting.room and at > start:
                found.append(piece[start:at])
                start, used = at, 0.0
            used += width
        found.append(piece[start:])
    return found


def _filled(pieces: Sequence[str], setting: Setting, indent: float) -> list[list[str]]:
    """Clusters line by line; a line may be overfull by what its punctuation can be squeezed."""
    lines: list[list[str]] = [[]]
    used = slack = 0.0
    room = setting.room - indent
    half = _HALF * setting.size
    for piece in pieces:
        width = setting.width(piece)
        spare = half * _squeezable(piece, inner=bool(lines[-1])) if setting.flush else 0
        visible = width - setting.width(piece[len(piece.rstrip(_SPACES)) :])
        if lines[-1] and used + visible > room + min(slack + spare, setting.size) + _TOUCH:
            lines.append([])
            used = slack = 0.0
            room = setting.room
            spare = half * _squeezable(piece, inner=False) if setting.flush else 0
        lines[-1].append(piece)
        used += width
        slack += spare
    return lines


def _squeezable(piece: str, *, inner: bool) -> int:
    """Marks that can give half an em: closing ones, and opening ones that do not begin the line."""
    return sum(
        char in _SQUEEZED_RIGHT or (char in _SQUEEZED_LEFT and (inner or at > 0)) for at, char in enumerate(piece)
    )


def _no_lone_character(lines: list[list[str]]) -> None:
    """A last line of one character and its mark takes a neighbour over from the line before."""
    if len(lines) > 1 and len("".join(lines[-1]).rstrip(CLOSING)) <= 1 and len(lines[-2]) > 4:  # noqa: PLR2004 - room to give
        lines[-1].insert(0, lines[-2].pop())


def _line(text: str, setting: Setting, indent: float, *, last: bool) -> Line:
    """The line with its punctuation squeezed or its space spread to the edge, where it is to be flush."""
    shown = text.rstrip(_SPACES)
    width = setting.width(shown)
    room = setting.room - indent
    if not setting.flush or abs(width - room) < 0.01 or (last and width <= room):  # noqa: PLR2004 - a hundredth of a pt
        return Line(text, width, indent, last=last)
    extra = _squeezed(shown, setting, width - room) if width > room else _spread(shown, setting, room - width)
    return Line(text, width + sum(e for _, e in extra), indent, tuple(extra), last)


def _squeezed(text: str, setting: Setting, over: float) -> list[tuple[int, float]]:
    """Space taken away at punctuation: after closing marks, before opening ones."""
    places = [at for at, char in enumerate(text) if char in _SQUEEZED_RIGHT]
    places += [at - 1 for at, char in enumerate(text) if char in _SQUEEZED_LEFT and at]
    share = min(over / len(places), _HALF * setting.size) if places else 0
    taken: dict[int, float] = {}
    for at in places:
        taken[at] = taken.get(at, 0) - share
    return sorted(taken.items())


def _spread(text: str, setting: Setting, under: float) -> list[tuple[int, float]]:
    """Space added between characters, not within words and numbers."""
    places = [at for at in range(len(text) - 1) if not (text[at].isascii() and text[at + 1].isascii())]
    if not places:
        places = [at for at, char in enumerate(text[:-1]) if char == " "]
    if not places or under / len(places) > _WIDEST_GAP * setting.size:
        return []
    return [(at, under / len(places)) for at in places]


def balanced(text: str, setting: Setting) -> list[Line]:
    """The same number of lines, as even as they can be: for heads of tables and titles."""
    lines = break_lines(text, setting)
    if len(lines) < 2 or "\n" in text:  # noqa: PLR2004 - one line is even
        return lines
    low, high = max(line.width for line in lines) / len(lines), setting.room
    for _ in range(8):
        middle = (low + high) / 2
        tried = Setting(setting.widths, setting.size, middle, setting.first, setting.flush)
        fits = len(found := break_lines(text, tried)) <= len(lines) and all(x.width <= setting.room for x in found)
        if fits and not _cut(found, setting):
            lines, high = found, middle
        else:
            low = middle
    return lines


def _cut(lines: Sequence[Line], setting: Setting) -> bool:
    """Whether a word that would fit was cut to even the lines out."""
    text = "".join(line.text for line in lines)
    ends = set()
    at = 0
    for piece in _fitting(clusters(text), setting):
        at += len(piece)
        ends.add(at)
    at = 0
    for line in lines[:-1]:
        at += len(line.text)
        if at not in ends:
            return True
    return False

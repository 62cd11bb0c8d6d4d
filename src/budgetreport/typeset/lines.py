"""Breaks Chinese text into lines. Lengths in em of the text's size.

Basis: GB/T 15834-2011, 5.1 (no line begins with closing marks or ends with opening ones; —— and ……
stay whole), GB/T 9704-2012 (both edges flush), and practice: a number stays with its unit, a Latin
word or number is cut only where it is longer than a line.

Sums of widths are found by bisection, and whether a break is allowed is asked only near the edge,
so the cost is mostly that of looking up each character's width once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from math import fsum
from typing import NamedTuple

from budgetreport.typeset.parting import MAY_START, NO_START, allowed_breaks, inside, may_part

Widths = Mapping[str, float]

_HALF_AFTER = frozenset("，。、；：？！）》】」』〉〕〗”’")
"""Marks whose ink is in the left half: half an em after them can go."""
_HALF_BEFORE = frozenset("（《【「『〈〔〖“‘")
_RIGID_CHARS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x250)))) | {"—", "…"}
_RIGID = re.compile(r"[ -~\u00a0-\u024f—…]")
"""No space is spread after these: Latin letters and digits stay together, —— and …… joined."""
_MOST_SPREAD = 0.5
"""More white between two characters (em) than this looks torn: the line then stays short of the edge."""
_GENTLE, _VISIBLE = 0.6, 0.06
"""Marks are squeezed by more than this share only where spreading would add more than so much (em) to each gap."""
_LONE_SPREAD = 0.12
"""As much may be spread to bring company to a lone last character."""
TINY = 1e-6


class Line(NamedTuple):
    """One line: its width as drawn, without spaces at its end.

    `spread` is added after every character, `gaps` after single ones (index, em): negative where a mark is
    squeezed or the spread does not apply.
    """

    text: str
    width: float
    spread: float = 0
    gaps: tuple[tuple[int, float], ...] = ()


def break_lines(  # noqa: PLR0913 - a text, its room, and how it is set
    text: str, widths: Widths, width: float, *, first: float = 0, flush: bool = False, pitch: float = 0
) -> list[Line]:
    """Lines no wider than `width`, the first one shorter by `first`; a line feed begins a new line.

    `flush` brings all lines but the last of each stretch to the full width. `pitch` (0 or slightly
    negative) is added between characters that are not Latin, and to those of the indent: it sets 28
    characters where 27.6 fit.
    No character is lost; spaces at a line's end stay in its text and do not count.
    """
    found: list[Line] = []
    first *= 1 + pitch
    for stretch in text.split("\n"):
        found.extend(_Breaker(stretch, widths, pitch).lines(width, first if not found else 0, flush=flush))
    return found


def lone(lines: list[Line]) -> bool:
    """Whether the last of several lines holds a single character."""
    return len(lines) > 1 and _is_lone(lines[-1].text)


def _is_lone(text: str) -> bool:
    return sum(char not in NO_START for char in text) <= 1


def text_width(text: str, widths: Widths) -> float:
    """Width of the text on one line."""
    return fsum(map(widths.__getitem__, text))


def least_width(text: str, widths: Widths) -> float:
    """Width of the widest part that must not be cut: a number with its unit, a word, a character with its marks."""
    least = 0.0
    for stretch in text.split("\n"):
        for start, end in pairwise([0, *allowed_breaks(stretch), len(stretch)]):
            least = max(least, text_width(stretch[start:end].strip(), widths))
    return least


class _Breaker:
    """Breaks one stretch of text without hard breaks."""

    def __init__(self, text: str, widths: Widths, pitch: float) -> None:
        self.text = text
        self.pitch = pitch
        own = list(map(widths.__getitem__, text))
        if pitch:
            own = [w if c in _RIGID_CHARS else w + pitch for w, c in zip(own, text, strict=True)]
        self.ends = list(accumulate(own, initial=0.0))
        self.inside = inside(text)

    def lines(self, width: float, first: float, *, flush: bool) -> Iterator[Line]:
        """The lines in order."""
        places = self._places(width, first, flush=flush)
        room = width - first
        for start, end in pairwise(places):
            last = end == len(self.text)
            yield self._line(start, end, room, flush=flush and not last)
            room = width

    def _places(self, width: float, first: float, *, flush: bool) -> list[int]:
        """Where lines begin and end: 0, …, the text's length."""
        places, room = [0], width - first
        size = len(self.text)
        while places[-1] < size:
            places.append(self._next(places[-1], room, flush=flush))
            room = width
        if len(places) > 2:  # noqa: PLR2004 - two lines or more
            before = width - first if len(places) == 3 else width  # noqa: PLR2004 - two lines
            self._keep_company(places, before, width, flush=flush)
        return places if size else [0, 0]

    def _next(self, start: int, room: float, *, flush: bool) -> int:
        """Where the line that begins at `start` ends."""
        size = len(self.text)
        fits = bisect_right(self.ends, self.ends[start] + room + TINY) - 1
        if self.pitch and self._natural(start, fits) > room + TINY:
            fits -= 1
        if fits >= size:
            return size
        inner = self._allowed_at_or_before(fits, start)
        if inner == size:
            return size
        if flush and (outer := self._squeezed(start, inner or fits, room)):
            return outer
        if inner:
            return inner
        return self._cut(start, fits)

    def _allowed(self, at: int) -> bool:
        return at not in self.inside and may_part(self.text, at)

    def _allowed_at_or_before(self, at: int, start: int) -> int:
        """The last allowed break in (start, at], or 0. Spaces after the line's last word hang over its end."""
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        if at == len(self.text):
            return at
        while at > start and not self._allowed(at):
            at -= 1
        return at if at > start else 0

    def _squeezed(self, start: int, inner: int, room: float) -> int:
        """A break after `inner` that squeezing marks makes room for, where that is the smaller change; or 0."""
        size = len(self.text)
        outer = inner + 1
        while outer < size and not self._allowed(outer):
            outer += 1
        over = self._natural(start, outer) - room
        slack = room - self._natural(start, inner)
        most = fsum(em for _, em in self._squeezable(start, outer))
        if over > most + TINY:
            return 0
        gentle = over <= _GENTLE * most or slack > _VISIBLE * (inner - start)
        return outer if slack < -TINY or (over < 2 * slack and gentle) else 0

    def _cut(self, start: int, fits: int) -> int:
        """A break inside what should stay whole, because it is longer than the line. At least one character."""
        at = max(fits, start + 1)
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        places = range(at, start, -1)
        whole = (place for place in places if place not in self.inside and may_part(self.text, place, MAY_START))
        torn = (place for place in places if may_part(self.text, place))
        return next(whole, 0) or next(torn, at)

    def _keep_company(self, places: list[int], room: float, last: float, *, flush: bool) -> None:
        """Spare the last line from holding a single character, by squeezing it in or by moving another down.

        `room` has the line before it, `last` the last one. Lines that are not flush are not squeezed.
        """
        before, start = places[-3], places[-2]
        if not _is_lone(self.text[start:]):
            return
        size = len(self.text)
        if (
            flush
            and self._natural(before, size) - room <= fsum(most for _, most in self._squeezable(before, size)) + TINY
        ):
            del places[-2]
            return
        at = self._allowed_at_or_before(start - 1, before) if start - 1 > before else 0
        spread = _LONE_SPREAD * (at - before) if flush else room / 2
        if at and room - self._natural(before, at) <= spread and self._natural(at, size) <= last + TINY:
            places[-2] = at

    def _trimmed(self, start: int, end: int) -> int:
        """Where the line's spaces at the end begin; a line of nothing but spaces keeps them."""
        at = end
        while at > start and self.text[at - 1].isspace():
            at -= 1
        return at if at > start else end

    def _natural(self, start: int, end: int) -> float:
        """Width as drawn; after the last character there is no pitch."""
        end = self._trimmed(start, end)
        own = self.pitch if self.pitch and end > start and self.text[end - 1] not in _RIGID_CHARS else 0.0
        return self.ends[end] - self.ends[start] - own

    def _squeezable(self, start: int, end: int) -> list[tuple[int, float]]:
        """(index, em that can go after it) for the marks of a line; half an em each."""
        end = self._trimmed(start, end)
        found: dict[int, float] = {}
        for at, char in enumerate(self.text[start:end]):
            if char in _HALF_AFTER:
                found[at] = found.get(at, 0) + 0.5
            elif char in _HALF_BEFORE and at:
                found[at - 1] = found.get(at - 1, 0) + 0.5
        return list(found.items())

    def _line(self, start: int, end: int, room: float, *, flush: bool) -> Line:
        """The line with its space settled."""
        text, natural = self.text[start:end], self._natural(start, end)
        if natural > room + TINY:
            return self._with_pitch(text, room, 0, self._shares(start, end, natural - room))
        spread = 0.0
        if flush:
            inner = self._trimmed(start, end) - start - 1
            places = inner - len(_RIGID.findall(text, 0, inner)) if inner > 0 else 0
            spread = (room - natural) / places if places else 0
            if spread > _MOST_SPREAD:
                spread = 0
            natural = room if spread else natural
        return self._with_pitch(text, natural, spread, {})

    def _shares(self, start: int, end: int, over: float) -> dict[int, float]:
        """How much goes after which character: the mark at the line's end first, the others evenly."""
        marks = self._squeezable(start, end)
        if not marks:
            return {}
        shares: dict[int, float] = {}
        last = self._trimmed(start, end) - start - 1
        if marks[-1][0] == last:
            most = min(over, marks.pop()[1])
            shares[last], over = -most, over - most
        whole = fsum(most for _, most in marks)
        if over > TINY and whole:
            part = min(1.0, over / whole)
            shares.update({at: -most * part for at, most in marks})
        return shares

    def _with_pitch(self, text: str, width: float, spread: float, shares: dict[int, float]) -> Line:
        """A line whose spread does not reach rigid characters."""
        spread += self.pitch
        if spread:
            for rigid in _RIGID.finditer(text):
                shares[rigid.start()] = shares.get(rigid.start(), 0) - spread
        return Line(text, width, spread, tuple(sorted(shares.items())))

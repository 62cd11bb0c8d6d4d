"""Ordinals at the beginning of texts or inside them: 一、 （二） 3. ④ 第五部分. The ways of writing are data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from budgetreport.checks.number import Spot
from budgetreport.checks.text import Text
from budgetreport.numerals import chinese

_CHINESE = {chinese(n): n for n in range(1, 200)}
_CIRCLED = {chr(ord("①") + n - 1): n for n in range(1, 21)}
_SHOWN = 24
"""Characters of a numbered text that name it in a finding."""
_TAIL = 10
"""Characters that show how it ends."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing ordinals, by the first of them: 一、 or （1）; `level` 0 is the highest."""

    first: str
    level: int
    pattern: re.Pattern[str]

    def of(self, number: int) -> str:
        """The n-th."""
        if "一" in self.first:
            return self.first.replace("一", chinese(number), 1)
        circled = next((c for c, n in _CIRCLED.items() if n == number), "")
        return self.first.replace("①", circled) if "①" in self.first else self.first.replace("1", str(number), 1)


@dataclass(frozen=True, slots=True, eq=False)
class Ordinal:
    """An ordinal in a text: characters start to end (exclusive), in the line that ends at `until`."""

    of: Text
    form: Form
    number: int
    start: int
    end: int
    until: int

    @property
    def text(self) -> str:
        """The ordinal with the words that follow."""
        return self.of.text[self.start : min(self.until, self.start + _SHOWN)].strip()

    @property
    def mark(self) -> str:
        """The ordinal alone."""
        return self.of.text[self.start : self.end]

    @property
    def line(self) -> str:
        """The whole line that it begins."""
        return self.of.text[self.start : self.until].strip()

    @property
    def tail(self) -> str:
        """How its line ends."""
        return self.line[-_TAIL:]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where it stands."""
        return (self.of.spot(self.text),)

    def __str__(self) -> str:
        return self.text


def forms(levels: Sequence[Sequence[str]]) -> tuple[Form, ...]:
    """The forms of a hierarchy: from the highest level, the ways of writing of each."""
    return _forms(tuple(tuple(level) for level in levels))


@cache
def _forms(levels: tuple[tuple[str, ...], ...]) -> tuple[Form, ...]:
    return tuple(Form(first, n, _pattern(first)) for n, level in enumerate(levels) for first in level)


def _pattern(first: str) -> re.Pattern[str]:
    """What the form matches; a point is no ordinal's where digits follow: 1.5."""
    sign = next(sign for sign in ("一", "①", "1") if sign in first)
    digits = {"一": "[一二三四五六七八九十百零]{1,5}", "①": "[①-⑳]", "1": "[0-9]{1,3}"}[sign]
    before, _, after = first.partition(sign)
    behind = "(?![0-9])" if after in (".", "．") else ""
    return re.compile(f"{re.escape(before)}(?P<number>{digits}){re.escape(after)}{behind}")


def _number(said: str) -> int:
    return int(said) if said.isascii() else _CHINESE.get(said, 0) or _CIRCLED.get(said, 0)


def leading(text: Text, known: Iterable[Form]) -> Iterator[Ordinal]:
    """The ordinal at the beginning of each line of a text."""
    known = tuple(known)
    start = 0
    for line in text.text.split("\n"):
        at = start + len(line) - len(line.lstrip())
        until = start + len(line)
        yield from _first(text, known, at, until)
        start = until + 1


def _first(text: Text, known: Iterable[Form], at: int, until: int) -> Iterator[Ordinal]:
    for form in known:
        found = form.pattern.match(text.text, at, until)
        if found and (number := _number(found["number"])):
            yield Ordinal(text, form, number, at, found.end(), until)
            return


def inside(text: Text, form: Form) -> list[Ordinal]:
    """The ordinals of a form anywhere in a text, but inside words and numbers: not those of V1.2, 第1、3条."""
    found = []
    for match in form.pattern.finditer(text.text):
        before, after = text.text[match.start() - 1 : match.start()], text.text[match.end() : match.end() + 1]
        within = (before.isascii() and before.isalnum()) or before in ("第", ".") or after.isdecimal()
        if not within and (number := _number(match["number"])):
            found.append(Ordinal(text, form, number, match.start(), match.end(), len(text.text)))
    return found

"""Templates of a layout turned round: patterns that recognise what the templates print, exactly or nearly."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from budgetreport.layout.model import Layout, Template
from budgetreport.numerals import chinese
from budgetreport.wording import plain

_PIECE = re.compile(r"\{\{(.*?)\}\}|\{%.*%\}|\{#.*?#\}", re.DOTALL)
_YEAR = re.compile(r"\s*year\b[\s\d+-]*")
_HEADING = 40
"""Characters of a heading at most, where only its number tells that it is one."""
_TELLS_NOTHING = re.compile(r"[0-9]{4}年度?|部门|单位")
"""Words of a title that tell whose and of when a table is, not which one."""


@dataclass(frozen=True)
class Pattern:
    """What a template prints. `literal`: the words of it that always stand there, white space folded."""

    source: str
    literal: str
    regex: re.Pattern[str]

    def captured(self, text: str) -> dict[str, str] | None:
        """What stands for the template's single names (`name`, `n`), or None where the text is none of its."""
        found = self.regex.fullmatch(plain(text))
        return found.groupdict() if found else None

    def matches(self, text: str) -> bool:
        """Whether the template can print this text."""
        return self.regex.fullmatch(plain(text)) is not None

    @cached_property
    def says_much(self) -> bool:
        """Whether its own words suffice to recognise it."""
        return len(self.literal) > 1

    def likeness(self, text: str) -> float:
        """How much of the characters of text and template are common, whatever their order: 0 to 1."""
        if self.matches(text):
            return 1.0
        return alike(self.literal, plain(text))


def pattern(template: Template | str, layout: Layout, before: str = "") -> Pattern:
    """The pattern of a template; `before`: a regular expression for what stands in front (a number)."""
    source = template if isinstance(template, str) else template.source
    regex, literal, at = before, "", 0
    names: set[str] = set()
    for piece in _PIECE.finditer(source):
        words = plain(source[at : piece.start()])
        regex, literal, at = regex + re.escape(words), literal + words, piece.end()
        name = (piece[1] or "").strip()
        if word := layout.words_of(name):
            regex, literal = regex + re.escape(plain(word)), literal + plain(word)
        elif _YEAR.fullmatch(name):
            regex += r"[0-9]{4}"
        elif name.isidentifier() and name not in names:
            names.add(name)
            regex += f"(?P<{name}>.*)"
        else:
            regex += ".*"
    words = plain(source[at:])
    return Pattern(source, literal + words, re.compile(regex + re.escape(words)))


def number_regex(style: str) -> str:
    """A regular expression for the numbers of a style: 一、 （一） 1. 第一部分."""
    if not style:
        return ""
    digits = "[" + "".join(dict.fromkeys("".join(map(chinese, range(1, 200))))) + "]+" if "一" in style else "[0-9]+"
    return re.escape(plain(style)).replace("一" if "一" in style else "1", digits, 1)


def is_heading(text: str) -> bool:
    """Whether a text is short enough for a heading, and no sentence."""
    said = plain(text)
    return len(said) <= _HEADING and not said.endswith(tuple("。;:,"))


def numbered_level(text: str) -> int:
    """The level of a heading that only its number tells: 1 for 第一部分, 2 for 一、; 0 for a sentence."""
    styles = ("第一部分", "一、") if is_heading(text) else ()
    return next((n for n, style in enumerate(styles, 1) if re.match(number_regex(style) + ".", plain(text))), 0)


def alike(one: str, other: str, weights: Mapping[str, float] | None = None) -> float:
    """Dice's coefficient of two texts' characters; `weights`: what a character counts."""
    first, second = Counter(one), Counter(other)

    def size(bag: Counter[str]) -> float:
        return sum(count * (weights.get(char, weights[""]) if weights else 1.0) for char, count in bag.items())

    both = size(first) + size(second)
    return 2 * size(first & second) / both if both else 0.0


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """What each character counts among these texts: the rarer the more; '' is one that none of them has."""
    bags = [set(text) for text in texts]
    counts = Counter(char for bag in bags for char in bag)
    most = len(bags) + 1
    return {"": math.log(most) * 0.5, **{char: math.log(most / count) + 0.05 for char, count in counts.items()}}


def essence(title: str) -> str:
    """A title as it is compared: folded, without the words that tell nothing of the table."""
    return _TELLS_NOTHING.sub("", plain(title))

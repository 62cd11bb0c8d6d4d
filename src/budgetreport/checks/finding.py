"""Finding words and amounts in texts: what a rule's `find`, and expressions, work on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from budgetreport.checks.document import Section
from budgetreport.checks.number import Number, Spot, money
from budgetreport.checks.table import Table
from budgetreport.checks.text import Text

AMOUNT = r"(?P<amount>[-−]?[0-9][0-9,，]*(?:\.[0-9]+)?)\s*(?P<unit>万元|元)"
_STOPS = "。；！？\n"


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A find in a text: characters start to end (exclusive); `match['name']` is a named group, '' where it is empty."""

    of: Text
    start: int
    end: int
    groups: dict[str, str]

    @property
    def text(self) -> str:
        """The words found."""
        return self.of.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before in the same sentence."""
        return self.of.text[_sentence_start(self.of.text, self.start) : self.start]

    @property
    def after(self) -> str:
        """What stands behind in the same sentence, its stop included."""
        return self.of.text[self.end : _sentence_end(self.of.text, self.end)]

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return self.before + self.text + self.after

    def around(self, width: int = 8) -> str:
        """The words with so many characters on each side, in their line."""
        said = self.of.text
        start = max(self.start - width, said.rfind("\n", 0, self.start) + 1)
        stop = said.find("\n", self.end)
        return said[start : min(self.end + width, stop if stop >= 0 else len(said))].strip()

    @property
    def number(self) -> Number:
        """The group `amount`, in the group `unit` or 万元. AbsentError: no number."""
        return money(self.groups["amount"], self.groups.get("unit") or "万元", *self.spots)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where the words stand."""
        return (self.of.spot(self.text),)

    def __getitem__(self, group: str) -> str:
        return self.groups[group]

    def __str__(self) -> str:
        return self.text


def texts_of(where: object) -> Iterator[Text]:
    """The texts of a text, a table, a section, or a list of them. TypeError: bare words, which stand nowhere."""
    if isinstance(where, str) and where:
        raise TypeError(f"“{where[:20]}”不是公开件中的一处文字")
    if isinstance(where, Text):
        yield where
    elif isinstance(where, Table | Section):
        yield from where.texts
    elif isinstance(where, Match):
        yield where.of
    elif isinstance(where, Iterable):
        for one in where:
            yield from texts_of(one)


def find(where: object, pattern: str, except_: str = "") -> tuple[Match, ...]:
    """Each match of the pattern, in reading order, but those that overlap a match of `except_`."""
    search = compiled(pattern).search
    telling = [text for text in _all_texts(where) if search(text.text)]
    but = compiled(except_) if except_ and telling else None  # compiling is what most searches cost
    return tuple(_found(telling, compiled(pattern), but))


def amounts(where: object) -> tuple[Match, ...]:
    """The amounts in 元 or 万元 that texts state."""
    return find(where, AMOUNT)


def _all_texts(where: object) -> Iterable[Text]:
    """The same; a list of texts as it is, since whole documents are searched often."""
    return where if isinstance(where, list) and all(isinstance(one, Text) for one in where) else texts_of(where)


def _found(texts: Iterable[Text], pattern: re.Pattern[str], but: re.Pattern[str] | None) -> Iterator[Match]:
    for text in texts:
        for match in pattern.finditer(text.text):
            if but and any(m.start() < match.end() and match.start() < m.end() for m in but.finditer(text.text)):
                continue
            groups = {name: said or "" for name, said in match.groupdict().items()}
            yield Match(text, match.start(), match.end(), groups)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression. re.error: it is none, or beyond all measure."""
    try:
        return re.compile(pattern)
    except (RecursionError, OverflowError) as error:
        raise re.error("套得太深，或重复次数太大", pattern) from error


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(stop, 0, at) for stop in _STOPS) + 1


def _sentence_end(text: str, at: int) -> int:
    ends = [found + 1 for stop in _STOPS if (found := text.find(stop, at)) >= 0]
    return min(ends, default=len(text))

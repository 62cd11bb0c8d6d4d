"""What a text of a blank form stands for in a layout: by the words of layouts/common, by dimensions and code lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from budgetreport import data
from budgetreport.drafting.years import Years
from budgetreport.layout import Layout
from budgetreport.layout.keys import Reader, build, key, string
from budgetreport.layout.source import Node, read_yaml
from budgetreport.layout.vocabulary import Vocabulary
from budgetreport.ledger import Codes, Dimensions, Values
from budgetreport.numerals import without_number
from budgetreport.problems import FilePlace, ProblemsError

_FILE = "drafting.yaml"
_QUOTES = re.compile("[“”]")
_SHORTEST = 3
"""Characters from which a dimension's word that is part of a text, or a code's name of which it is part, tells."""


def _pattern(reader: Reader, node: Node) -> re.Pattern[str]:
    try:
        return re.compile(string(reader, node))
    except re.error as error:
        reader.wrong(node.place, f"正则式写法有误：{error}", "改正它")
        return re.compile("")


@dataclass(frozen=True, slots=True)
class _Hints:
    """Each a pattern that a text without spaces and number fully matches."""

    row_numbers: re.Pattern[str] = key(_pattern, "行号一栏的名称", required=True)
    column_numbers: re.Pattern[str] = key(_pattern, "栏次一行的名称", required=True)
    placeholder: re.Pattern[str] = key(_pattern, "表示“以下照此”的字", required=True)
    code: re.Pattern[str] = key(_pattern, "编码的栏目", required=True)
    label: re.Pattern[str] = key(_pattern, "名称的栏目", required=True)
    whole: re.Pattern[str] = key(_pattern, "不分类的金额栏目", required=True)
    total: re.Pattern[str] = key(_pattern, "合计行", required=True)
    contents: re.Pattern[str] = key(_pattern, "目录页的标题", required=True)
    amount_unit: re.Pattern[str] = key(_pattern, "写明金额单位的文字", required=True)
    unit_name: re.Pattern[str] = key(_pattern, "后面填单位的文字", required=True)
    place: FilePlace = FilePlace("")


@dataclass(frozen=True)
class Meaning:
    """The condition that a text says, or a term; `sure`: it says just that, not only something like it."""

    where: Mapping[str, str] | str
    sure: bool = True


@dataclass(frozen=True)
class Words:
    """What texts mean under a base layout's dimensions, in forms of a year."""

    hints: _Hints
    dimensions: Dimensions
    terms: tuple[str, ...]
    years: Years = Years()

    def name(self, text: str) -> str:
        """What an id is made of: the text without spaces, number and year."""
        return without_number(self.years.without(text))

    def is_(self, what: str, text: str) -> bool:
        """Whether the whole text is one of those words, spaces and number aside."""
        pattern: re.Pattern[str] = getattr(self.hints, what)
        return pattern.fullmatch(without_number(text)) is not None

    def says_nothing(self, text: str) -> bool:
        """Whether it is blank, a mere number, or a sign that rows go on like this."""
        bare = without_number(text)
        return not bare or self.hints.placeholder.fullmatch(bare) is not None

    def level(self, text: str) -> str:
        """The level of codes that a head of that name shows, '' for none."""
        bare = without_number(text)
        return bare if any(bare in d.tree.levels for d in self._codes()) else ""

    def meaning(self, text: str) -> Meaning | None:
        """The condition that a row's or column's name says; None where nothing is known of it."""
        found = self._meaning(self.name(text))
        return replace(found, sure=False) if found and self.years.names_another(text) else found

    def _meaning(self, bare: str) -> Meaning | None:
        said = _QUOTES.sub("", bare)
        terms = [term for term in self.terms if term in said]
        if terms:
            return Meaning(max(terms, key=len), sure=max(terms, key=len) == said)
        if self.hints.whole.fullmatch(bare) or self.hints.total.fullmatch(bare):
            return Meaning({})
        exact = [Meaning({d.key: word}) for d in self._values() for word in d.parents if word == bare]
        exact += [Meaning({d.key: code}) for d in self._codes() for code in d.tree if d.tree.name(code) == bare]
        return exact[0] if exact else self._alike(bare)

    def _alike(self, bare: str) -> Meaning | None:
        """By the longest word that is part of the text, else the shortest word or name that begins with it."""
        words = [(word, d.key) for d in self._values() for word in d.parents]
        parts = [found for found in words if len(found[0]) >= _SHORTEST and found[0] in bare]
        if parts:
            word, dimension = max(parts, key=lambda found: len(found[0]))
            return Meaning({dimension: word}, sure=False)
        if len(bare) < _SHORTEST:
            return None
        wholes = [(word, dimension) for word, dimension in words if word.startswith(bare)]
        if wholes:
            word, dimension = min(wholes, key=lambda found: len(found[0]))
            return Meaning({dimension: word}, sure=False)
        names = [(d.tree.name(c), d.key, c) for d in self._codes() for c in d.tree if d.tree.name(c).startswith(bare)]
        return Meaning({min(names)[1]: min(names)[2]}, sure=False) if names else None

    def coded(self, codes: Sequence[str], heads: Iterable[str]) -> tuple[Codes, bool] | None:
        """The dimension of a form's sample codes, else of what its heads say; whether that is sure."""
        known = [(sum(code in d.tree.names for code in codes), d) for d in self._codes()]
        best = max(known, key=lambda found: found[0], default=None)
        if best is None:
            return None
        if best[0]:
            return best[1], [count for count, _ in known].count(best[0]) == 1
        said = "".join(heads)
        return max((d for _, d in known), key=lambda d: _common(d.title, said)), False

    def class_of(self, text: str) -> Codes | None:
        """The dimension that has a code of the first level by this name."""
        bare = without_number(text)
        for d in self._codes():
            first = next(iter(d.tree.levels.values()))
            if any(len(code) == first and d.tree.name(code) == bare for code in d.tree):
                return d
        return None

    def _codes(self) -> list[Codes]:
        return [d for d in self.dimensions if isinstance(d, Codes)]

    def _values(self) -> list[Values]:
        return [d for d in self.dimensions if isinstance(d, Values)]


def _common(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def words(base: Layout) -> Words:
    """The words under a base layout. ProblemsError: the shipped file of words is damaged."""
    file = data.folder("layouts") / "common" / _FILE
    reader = Reader(Vocabulary())
    hints = build(_Hints, reader, read_yaml(file, f"layouts/common/{_FILE}", reader.problems))
    if hints is None or reader.problems:
        raise ProblemsError(reader.problems)
    return Words(hints, base.vocabulary.dimensions, tuple(base.vocabulary.terms))

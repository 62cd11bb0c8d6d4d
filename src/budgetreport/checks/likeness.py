"""Which of several things a text speaks of, told by the pairs of neighbouring characters that both have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from budgetreport.checks.finding import Match
from budgetreport.checks.table import Row, Table
from budgetreport.checks.text import Text

_T = TypeVar("_T")
_S = TypeVar("_S", bound=Text)


def alike(one: str, other: str) -> int:
    """How alike two texts are, in percent: pairs of neighbouring characters that both have (Dice)."""
    a, b = Counter(_grams(one)), Counter(_grams(other))
    whole = a.total() + b.total()
    return 200 * (a & b).total() // whole if whole else 100


def covered(part: str, whole: str) -> int:
    """How much of a text another has, in percent of the text's pairs of neighbouring characters."""
    return _share(_grams(part), {*_grams(whole)})


def _share(grams: Sequence[str], known: set[str]) -> int:
    return 100 * sum(gram in known for gram in grams) // len(grams) if grams else 0


def _grams(text: str) -> list[str]:
    bare = re.sub(r"\W", "", text)
    return ["".join(two) for two in pairwise(bare)] or list(bare)


def paired(matches: Sequence[Match], others: Sequence[_T], group: str, least: int) -> list[tuple[Match, _T | None]]:
    """Each find with the one of the others that its group is most alike, best pairs first, each other once.

    Pairs less alike than `least` percent are none.
    """
    scores = [(alike(m[group], str(other)), -i, -j) for i, m in enumerate(matches) for j, other in enumerate(others)]
    chosen: dict[int, int] = {}
    for score, i, j in sorted(scores, reverse=True):
        if score >= least and -i not in chosen and -j not in chosen.values():
            chosen[-i] = -j
    return [(match, others[chosen[i]] if i in chosen else None) for i, match in enumerate(matches)]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The row of a form that words speak of; `same`: it states the same thing, else it is only the nearest."""

    said: Match
    row: Row
    same: bool


def counterparts(
    matches: Iterable[Match], rows: Sequence[Row], names: Sequence[str], value: str, unit: str = ""
) -> list[Counterpart]:
    """For each find, its words in the group `name`, the row whose texts under `names` have them.

    Its `value` must have the find's `unit`. Where none has three quarters of the words: the nearest row of the form
    that has most. Nothing where there are no rows.
    """
    said = [[{*_grams(row.text(name))} for name in names] for row in rows]
    forms = {id(row.table): {*_grams(_words_of(row.table))} for row in rows}
    return [_counterpart(match, unit or match["unit"], rows, said, forms, value) for match in matches if rows]


def _counterpart(  # noqa: PLR0913, PLR0917 - what all finds share is computed once
    match: Match,
    unit: str,
    rows: Sequence[Row],
    said: Sequence[Sequence[set[str]]],
    forms: dict[int, set[str]],
    value: str,
) -> Counterpart:
    words = _grams(match["name"])
    shares = [max(_share(words, known) for known in texts) for texts in said]
    has_unit = [unit in row.text(value) for row in rows]
    best = max(range(len(rows)), key=lambda n: (shares[n] * has_unit[n], -n))
    if shares[best] * has_unit[best] >= _SAME:
        return Counterpart(match, rows[best], same=True)
    of_form = {form: _share(words, known) for form, known in forms.items()}
    near = max(range(len(rows)), key=lambda n: (shares[n] >= _SAME, of_form[id(rows[n].table)], shares[n], -n))
    return Counterpart(match, rows[near], same=False)


_SAME = 75
"""From this share on, words and an indicator's name mean the same. Basis: the labelled reference."""


def _words_of(table: Table) -> str:
    return "\n".join(text.text for text in table.texts)


def reworded(texts: Iterable[Text], ignored: str) -> list[tuple[Text, Text]]:
    """The texts that have another's characters in another order, or but for ignored ones.

    Each with the one that occurs more (or earlier).
    """
    kinds: dict[str, list[Text]] = {}
    for text in texts:
        kinds.setdefault("".join(sorted(re.sub(rf"\W|[{re.escape(ignored)}]", "", text.text))), []).append(text)
    found = []
    for same in kinds.values():
        counted = Counter(text.text.strip() for text in same)
        usual = max(counted, key=lambda said: counted[said])
        first = next(text for text in same if text.text.strip() == usual)
        found += [(text, first) for text in same if text.text.strip() != usual]
    return found


def shared(texts: Sequence[_S]) -> list[tuple[_S, _S]]:
    """Each text that another one repeats, with the first other that says the same."""
    return [
        (text, other)
        for text in texts
        for other in [o for o in texts if o is not text and o.text.strip() == text.text.strip() != ""][:1]
    ]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "alike": alike,
    "counterparts": counterparts,
    "covered": covered,
    "paired": paired,
    "reworded": reworded,
    "shared": shared,
}
"""What expressions call these by."""

"""The ledger: lines and sums. Every printed amount is a sum over the lines that a filter matches.

A line is an amount (分) with coordinates, one value a dimension. Sums come from an index: for each set of dimensions
that filters name, the lines are grouped once and rolled up, so that a cell of a table is a look-up (basis: measured,
see docs/layouts.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from operator import itemgetter

from budgetreport.dimensions import SILENT, Values
from budgetreport.facts import Path
from budgetreport.filters import Dimensions, Filter

SCALE = 10**6
"""Measures that are no money (件数, 平方米) are summed in millionths."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A number's origin: the sum of `of` over the lines of `book` that match, times `sign`."""

    book: str
    where: Filter
    of: str = "amount"
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Stated:
    """A number's or text's origin: the fact at `path` in the input."""

    path: Path


Origin = Sum | Stated


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a book: coordinates by dimension (silent ones left out), its measures, where it was stated."""

    coordinates: Mapping[str, str]
    measures: Mapping[str, int]
    path: Path
    record: object = None


@dataclass
class Book:
    """A list of lines to sum: the ledger, procurement, assets. Sums of each measure come from an index of their own."""

    name: str
    dimensions: Dimensions
    lines: Sequence[Line]
    kind: Mapping[str, str] = field(default_factory=dict)
    _indexes: dict[str, Index] = field(default_factory=dict, repr=False)
    _numbers: dict[int, int] = field(default_factory=dict, repr=False)

    def index(self, of: str = "amount") -> Index:
        """The index of a measure, made on first use."""
        if of not in self._indexes:
            self._indexes[of] = Index(self, of)
        return self._indexes[of]

    @property
    def named(self) -> set[str]:
        """The dimensions that sums were asked by so far."""
        return set().union(*(index.named for index in self._indexes.values()))

    def mark(self, line: Line) -> int:
        """The witness (see Index) of a single line of this book."""
        if not self._numbers:
            self._numbers.update((id(one), number) for number, one in enumerate(self.lines))
        return _mark(self._numbers[id(line)])

    def total(self, where: Filter, of: str = "amount") -> int:
        """Sum of a measure (分 for amounts) over the matching lines."""
        return self.index(of).total(where)

    def matching(self, where: Filter) -> Iterator[Line]:
        """The lines themselves, by a plain scan: for `trace` and for naming lines in problems."""
        where = self.settled(where)
        return (line for line in self.lines if self.matches(line, where))

    def matches(self, line: Line, where: Filter) -> bool:
        """Whether a line is meant by a settled filter."""
        return self.meant(line.coordinates, where)

    def meant(self, at: Mapping[str, str], where: Filter) -> bool:
        """Whether lines with these coordinates are meant by a settled filter."""
        hit = all(choice.matches(self.dimensions[k].above(at.get(k, SILENT))) for k, choice in where.choices)
        return hit and not any(self.meant(at, less) for less in where.less)

    def settled(self, where: Filter) -> Filter:
        """See Dimensions."""
        return self.dimensions.settled(where)


_Sums = dict[tuple[str, ...], int]
"""By coordinates, one a dimension."""
_SHIFT = 80
_HALF = 1 << (_SHIFT - 1)
_MASK = (1 << _SHIFT) - 1


def _mark(number: int) -> int:
    """A 61-bit mark of a line by its number, without pattern (splitmix64): equal sums of marks mean equal lines."""
    z = (number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return (z ^ (z >> 31)) >> 3


class Index:
    """Sums by coordinates, grouped and rolled up per set of dimensions, on first use.

    Each entry is one integer that holds an amount in its low 80 bits and, above them, the sum of the
    lines' marks: comparing marks tells whether two sums went over the same lines (see `witness`). `named`
    gathers the dimensions that sums were asked by.
    """

    def __init__(self, book: Book, of: str) -> None:
        self._book = book
        self._dimensions = book.dimensions
        self._order = tuple(d.key for d in book.dimensions)
        self._small = {d.key for d in book.dimensions if isinstance(d, Values)}
        self._groups: dict[tuple[str, ...], _Sums] = {}
        self._rolled: dict[tuple[str, ...], _Sums] = {}
        self._found: dict[Filter, int] = {}
        self.named: set[str] = set()
        whole: defaultdict[tuple[str, ...], int] = defaultdict(int)
        keys = self._order
        stated = [line.coordinates for line in book.lines]
        columns = [[at.get(key, SILENT) for at in stated] for key in keys]  # quicker than line by line
        places = zip(*columns, strict=True) if keys else ((),) * len(stated)
        for number, (place, line) in enumerate(zip(places, book.lines, strict=True)):
            whole[place] += line.measures.get(of, 0) + (_mark(number) << _SHIFT)
        self._groups[keys] = dict(whole)

    def total(self, where: Filter) -> int:
        """The sum over the matching lines."""
        return ((self._packed(where) + _HALF) & _MASK) - _HALF

    def along(self, key: str, where: Filter) -> Callable[[str], int] | None:
        """Sums over one value of a dimension at a time: quick for a column of many rows.

        None where `where` itself says something on that dimension.
        """
        settled = self._book.settled(where)
        if key in settled.named:
            return None
        self.named |= {key} | settled.named
        terms = list(self._terms_along(key, settled))
        for number, less in enumerate(settled.less):
            plain = Filter(settled.choices, settled.less[:number])
            inner = self._book.settled(self._dimensions.both(plain, less))
            if inner.less:
                return None
            terms += [(-sign, table, head, tail) for sign, table, head, tail in self._terms_along(key, inner)]

        def total(value: str) -> int:
            packed = sum([sign * table.get((*head, value, *tail), 0) for sign, table, head, tail in terms])
            return ((packed + _HALF) & _MASK) - _HALF

        return total

    def _terms_along(self, key: str, where: Filter) -> Iterator[tuple[int, _Sums, tuple[str, ...], tuple[str, ...]]]:
        """Sign, sums, and the coordinates before and after that of `key`."""
        for sign, values in _combinations(where):
            names = self._sorted([*values, key])
            at = names.index(key)
            head, tail = (tuple([values[n] for n in part]) for part in (names[:at], names[at + 1 :]))
            yield sign, self._roll(names), head, tail

    def witness(self, where: Filter) -> int:
        """A number that tells which lines match: equal for equal sets of lines, adding up over disjoint ones."""
        return (self._packed(where) + _HALF) >> _SHIFT

    def present(self, key: str, where: Filter) -> tuple[str, ...]:
        """The values of dimension `key` that matching lines state, in the order of the dimension, silence left out."""
        where = self._book.settled(where)
        wanted = {key, *where.named}
        self.named |= wanted
        names = self._sorted(wanted)
        at = names.index(key)
        found = set()
        for group in self._group(names):
            value = group[at]
            if value and value not in found and self._book.meant(dict(zip(names, group, strict=True)), where):
                found.add(value)
        return tuple(sorted(found, key=self._dimensions[key].order))

    def stated(self, key: str) -> set[str]:
        """The values of a dimension that any line states."""
        return {value for (value,) in self._group((key,)) if value}

    def all_meant(self, filters: Sequence[Filter]) -> bool:
        """Whether each line is meant by one of these settled filters."""
        wanted: set[str] = set().union(*(where.named for where in filters))
        names = self._sorted(wanted)
        groups = (dict(zip(names, group, strict=True)) for group in self._group(names))
        return all(any(self._book.meant(at, f) for f in filters) for at in groups)

    def _packed(self, where: Filter) -> int:
        found = self._found.get(where)
        if found is None:
            settled = self._book.settled(where)
            self.named |= settled.named
            found = self._sum(settled)
            for number, less in enumerate(settled.less):
                plain = Filter(settled.choices, settled.less[:number])
                found -= self._packed(self._dimensions.both(plain, less))
            self._found[where] = found
        return found

    def _sum(self, where: Filter) -> int:
        """Every combination of one signed value a dimension is a look-up."""
        total = 0
        for sign, values in _combinations(where):
            names = self._sorted(values)
            total += sign * self._roll(names).get(tuple([values[n] for n in names]), 0)
        return total

    def _sorted(self, keys: Iterable[str]) -> tuple[str, ...]:
        wanted = set(keys)
        return tuple(k for k in self._order if k in wanted)

    def _group(self, names: tuple[str, ...]) -> _Sums:
        """Lines by the values they state on `names`, from the smallest grouping that has them all."""
        if names not in self._groups:
            wanted = set(names)
            source = min((g for g in self._groups if wanted <= set(g)), key=lambda g: len(self._groups[g]))
            wider = self._sorted(wanted | self._small)
            if source == self._order and wider not in (names, source):
                self._regroup(source, wider)  # what else filters name is mostly small: all of that from here
                source = wider
            self._regroup(source, names)
        return self._groups[names]

    def _regroup(self, source: tuple[str, ...], names: tuple[str, ...]) -> None:
        at = [source.index(n) for n in names]
        grouped: defaultdict[tuple[str, ...], int] = defaultdict(int)
        pick = itemgetter(*at) if len(at) > 1 else None
        for key, value in self._groups[source].items():
            grouped[pick(key) if pick else tuple([key[i] for i in at])] += value
        self._groups[names] = dict(grouped)

    def _roll(self, names: tuple[str, ...]) -> _Sums:
        """The grouping with each value counted for itself and all above, one dimension at a time."""
        if names not in self._rolled:
            rolled = self._group(names)
            for i, name in enumerate(names):
                above = self._dimensions[name].above
                wider: defaultdict[tuple[str, ...], int] = defaultdict(int)
                for key, value in rolled.items():
                    head, tail = key[:i], key[i + 1 :]
                    for v in above(key[i]):
                        wider[(*head, v, *tail)] += value
                rolled = dict(wider)
            self._rolled[names] = rolled
        return self._rolled[names]


def _combinations(where: Filter) -> Iterator[tuple[int, dict[str, str]]]:
    """Signed values by dimension: their look-ups add up to the filter's sum, `less` aside."""
    signed = []
    for key, choice in where.choices:
        terms: list[tuple[int, str | None]] = (
            [(1, None)] if choice.include is None else [(1, v) for v in choice.include]
        )
        terms += [(-1, v) for v in choice.exclude]
        if terms != [(1, None)]:
            signed.append([(key, sign, value) for sign, value in terms])
    for combination in product(*signed):
        sign = -1 if sum(s < 0 for _, s, _ in combination) % 2 else 1
        yield sign, {key: value for key, _, value in combination if value is not None}

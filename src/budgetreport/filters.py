"""Filters over dimensions and their algebra: what two share, whether one contains another, what silence assumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from budgetreport.dimensions import Dimension


@dataclass(frozen=True, slots=True)
class Choice:
    """What a filter wants on one dimension: any of `include` (None: everything, silent lines too) less `exclude`."""

    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()

    def matches(self, above: tuple[str, ...]) -> bool:
        """Whether a value with that lineage is meant."""
        return (self.include is None or any(v in above for v in self.include)) and not any(
            v in above for v in self.exclude
        )


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice for each dimension it names, all holding together; `less`: filters whose lines are left out."""

    choices: tuple[tuple[str, Choice], ...] = ()
    less: tuple[Filter, ...] = ()
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.choices, self.less)))

    def __hash__(self) -> int:
        return self._hash  # a filter is looked up far more often than made

    def at(self, key: str, value: str) -> Filter:
        """The same filter on one value of a dimension that it does not name."""
        choices = tuple(sorted((*self.choices, (key, Choice((value,)))), key=_key))
        return Filter(choices, self.less)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions it names."""
        return tuple(key for key, _ in self.choices)

    @property
    def named(self) -> frozenset[str]:
        """The dimensions that it or what it leaves out names."""
        return frozenset(self.dimensions).union(*(less.named for less in self.less))

    def choice(self, key: str) -> Choice:
        """The choice on a dimension."""
        return next((choice for k, choice in self.choices if k == key), Choice())


EVERYTHING = Filter()


def _key(item: tuple[str, Choice]) -> str:
    return item[0]


class Dimensions:
    """All dimensions of a layout family, and the algebra of filters over them."""

    def __init__(self, dimensions: Iterable[Dimension]) -> None:
        self._of = {d.key: d for d in dimensions}
        self._both: dict[tuple[Filter, Filter], Filter] = {}
        self._inside: dict[tuple[str, Choice, Choice], bool] = {}
        self._settled: dict[Filter, Filter] = {}
        self._assumed = {d.key: Choice((d.assume,)) for d in self._of.values() if d.assume}

    def __getitem__(self, key: str) -> Dimension:
        return self._of[key]

    def __iter__(self) -> Iterator[Dimension]:
        return iter(self._of.values())

    def __contains__(self, key: object) -> bool:
        return key in self._of

    def get(self, key: str) -> Dimension | None:
        """The dimension of that key, if there is one."""
        return self._of.get(key)

    def filter(self, choices: Mapping[str, Choice], less: Iterable[Filter] = ()) -> Filter:
        """A filter of these choices, in canonical form."""
        tidy = {key: self._tidy(self._of[key], choice) for key, choice in choices.items()}
        return Filter(tuple(sorted(tidy.items(), key=_key)), tuple(less))

    def at(self, where: Filter, key: str, value: str) -> Filter:
        """The lines of a filter that say one value, or what is below it, on a dimension."""
        return self.both(where, self.filter({key: Choice((value,))}))

    def both(self, one: Filter, other: Filter) -> Filter:
        """The lines that match both filters."""
        if one in (EVERYTHING, other):
            return other
        if other == EVERYTHING:
            return one
        found = self._both.get((one, other))
        if found is None:
            choices = dict(one.choices)
            for key, choice in other.choices:
                d = self._of[key]
                choices[key] = self._tidy(d, self._meet(d, choices[key], choice)) if key in choices else choice
            less = tuple(dict.fromkeys(one.less + other.less))
            found = self._both[one, other] = Filter(tuple(sorted(choices.items(), key=_key)), less)
        return found

    def contains(self, outer: Filter, inner: Filter) -> bool:
        """Whether every line that matches `inner` matches `outer`, as far as the filters alone tell."""
        outer, inner = self.settled(outer), self.settled(inner)
        return set(outer.less) <= set(inner.less) and all(
            self._within(key, inner.choice(key), choice) for key, choice in outer.choices
        )

    def _within(self, key: str, inner: Choice, outer: Choice) -> bool:
        if inner == outer or outer == Choice():
            return True
        found = self._inside.get((key, inner, outer))
        if found is None:
            d = self._of[key]
            found = self._inside[key, inner, outer] = self._tidy(d, self._meet(d, inner, outer)) == inner
        return found

    def settled(self, where: Filter) -> Filter:
        """The filter with what a silent cell looks at (`assume`) filled in; an explicit `any` lifts that."""
        found = self._settled.get(where)
        if found is None:
            choices = {**self._assumed, **dict(where.choices)}
            found = self._settled[where] = Filter(tuple(sorted(choices.items(), key=_key)), where.less)
        return found

    def never(self, where: Filter) -> bool:
        """Whether no line at all can match."""
        return any(choice.include == () for _, choice in where.choices)

    def _meet(self, d: Dimension, one: Choice, other: Choice) -> Choice:
        if one.include is None or other.include is None:
            include = other.include if one.include is None else one.include
        else:
            include = tuple(v for a, b in product(one.include, other.include) for v in d.meet(a, b))
        return Choice(include, one.exclude + other.exclude)

    def _tidy(self, d: Dimension, choice: Choice) -> Choice:
        if choice.include is None:
            return Choice(None, tuple(sorted(d.apart(choice.exclude))))
        exclude = d.apart(choice.exclude)
        include = [v for v in d.apart(choice.include) if not any(d.covers(e, v) for e in exclude)]
        below = d.apart(v for e in exclude for i in include for v in d.meet(e, i))
        return Choice(tuple(sorted(include)), tuple(sorted(below)))

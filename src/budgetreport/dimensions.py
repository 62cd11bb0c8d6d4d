"""Dimensions: the values that a line of a book may state, and which lie below which.

A value counts for itself and for all above it: a code for the codes that it begins with, a word for the words that
it is declared under.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from budgetreport.codes import CodeTree

SILENT = ""
"""The coordinate of a line that says nothing on a dimension."""


class Dimension:
    """The values of one coordinate and which lie below which. This plain one knows no hierarchy."""

    def __init__(self, key: str, title: str, *, default: str = SILENT, assume: str = "") -> None:
        self.key = key
        self.title = title
        self.default = default
        self.assume = assume
        self._above: dict[str, tuple[str, ...]] = {}

    def above(self, value: str) -> tuple[str, ...]:
        """The value itself and all that it counts for; silent lines count for nothing but silence."""
        found = self._above.get(value)
        if found is None:
            found = self._above[value] = self._lineage(value) if value else (value,)
        return found

    def _lineage(self, value: str) -> tuple[str, ...]:
        return (value,)

    def covers(self, outer: str, inner: str) -> bool:
        """Whether all that counts for `inner` counts for `outer`."""
        return outer in self.above(inner)

    def meet(self, one: str, other: str) -> tuple[str, ...]:
        """Values that cover exactly what both cover."""
        if self.covers(one, other):
            return (other,)
        return (one,) if self.covers(other, one) else ()

    def apart(self, values: Iterable[str]) -> tuple[str, ...]:
        """The same lines, none counted twice: a value below another one is dropped."""
        kept = tuple(dict.fromkeys(values))
        if len(kept) < 2:  # noqa: PLR2004 - nothing to compare
            return kept
        return tuple(v for v in kept if not any(w != v and self.covers(w, v) for w in kept))

    def level(self, _value: str) -> str:
        """The name of the value's level, '' where there are none."""
        return ""

    def name(self, value: str) -> str:
        """The value as printed."""
        return value

    def told(self, name: str) -> str:
        """A value, as it is called, among a line's others: of what is seldom stated, what it is of."""
        return f"{self.title}：{name}" if self.default or self.assume else name

    def order(self, value: str) -> tuple[int, str]:
        """Sorts values as a table prints them."""
        return (0, value)


class Codes(Dimension):
    """A dimension of classification codes."""

    def __init__(self, key: str, title: str, tree: CodeTree, *, default: str = SILENT, assume: str = "") -> None:
        super().__init__(key, title, default=default, assume=assume)
        self.tree = tree

    def _lineage(self, value: str) -> tuple[str, ...]:
        return self.tree.lineage(value)

    def level(self, value: str) -> str:
        return self.tree.level(value)

    def name(self, value: str) -> str:
        return self.tree.name(value) or value


class Values(Dimension):
    """A dimension of declared words; a word may stand below several others.

    A line that states a word which has others below it is not lost among them: it also counts for
    the word's own leaf, written `word=`.
    """

    def __init__(
        self, key: str, title: str, parents: Mapping[str, Sequence[str]], *, default: str = SILENT, assume: str = ""
    ) -> None:
        super().__init__(key, title, default=default, assume=assume)
        self.parents = dict(parents)
        self._inner = {p for parents in self.parents.values() for p in parents}

    def _lineage(self, value: str) -> tuple[str, ...]:
        word = value.removesuffix("=")
        found = dict.fromkeys([f"{word}=", word] if word in self._inner else [word])
        for one in found.copy():
            for parent in self.parents.get(one, ()):
                found.update(dict.fromkeys(v for v in self.above(parent) if not v.endswith("=")))
        return tuple(found)

    @cached_property
    def _leaves(self) -> dict[str, frozenset[str]]:
        leaves = [f"{word}=" if word in self._inner else word for word in self.parents]
        known = {
            word: frozenset(leaf for leaf in leaves if word in self.above(leaf)) for word in [*self.parents, *leaves]
        }
        return {**known, SILENT: frozenset((SILENT,))}

    def name(self, value: str) -> str:
        return value.removesuffix("=")

    def covers(self, outer: str, inner: str) -> bool:
        return self._leaves[inner] <= self._leaves[outer]

    def leaves(self) -> tuple[str, ...]:
        """The words that nothing stands below, in declared order: what a line may say."""
        return tuple(word for word in self.parents if word not in self._inner)

    def meet(self, one: str, other: str) -> tuple[str, ...]:
        return super().meet(one, other) or tuple(sorted(self._leaves[one] & self._leaves[other]))

    def apart(self, values: Iterable[str]) -> tuple[str, ...]:
        kept = super().apart(values)
        if len(kept) < 2:  # noqa: PLR2004 - nothing to compare
            return kept
        sets = [self._leaves[v] for v in kept]
        union = frozenset().union(*sets)
        return kept if sum(map(len, sets)) == len(union) else tuple(sorted(union))

    def order(self, value: str) -> tuple[int, str]:
        return (list(self.parents).index(value), value)

"""What the facts declare at the places that a layout names: lists, their fields, the measures of a book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgetreport.facts import Field
from budgetreport.layout.model import Layout
from budgetreport.layout.vocabulary import Listed

MEASURES = ("amount", "number")
"""Types of fields that can be summed."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Follows paths of facts; `scope` holds what the item at hand is called and how it is declared."""

    layout: Layout
    scope: Mapping[str, Field] = field(default_factory=dict)

    def inside(self, name: str, declared: Field | None) -> Paths:
        """Where an item of a list is called `name`."""
        return self if declared is None else Paths(self.layout, {**self.scope, name: declared})

    def find(self, path: str) -> Field | None:
        """The declaration at a path: `projects`, `project.indicators`."""
        first, *rest = path.split(".")
        found = self.scope.get(first) or self.layout.facts.field(first)
        for name in rest:
            found = found.field(name) if found else None
        return found

    def lists(self) -> list[str]:
        """The lists that can be named here."""
        roots = [*self.layout.facts.fields, *self.scope.values()]
        names = [*(f.name for f in self.layout.facts.fields), *self.scope]
        found = [name for name, f in zip(names, roots, strict=True) if f.type == "each" and name not in self.scope]
        inner = [
            f"{name}.{f.name}" for name, root in zip(names, roots, strict=True) for f in root.fields if f.type == "each"
        ]
        return [*found, *inner]

    def fields(self, source: str) -> tuple[Field, ...]:
        """The fields of a book's lines, or of a list's entries."""
        paths = [".".join(s.path) for s in self.layout.books.get(source, ())] or [source]
        declared = (self.find(path) for path in paths)
        return tuple({f.name: f for d in declared if d for f in d.fields}.values())

    def shows(self, source: str) -> list[str]:
        """What a column of a table from there can show, beside label and code."""
        found = []
        for f in self.fields(source):
            found.append(f.name)
            referred = self._referred(f)
            found += [f"{f.name}.{inner.name}" for inner in referred.fields] if referred else []
        return found

    def _referred(self, declared: Field) -> Field | None:
        d = self.layout.vocabulary.dimensions.get(declared.dimension)
        return self.find(d.facts) if isinstance(d, Listed) else None

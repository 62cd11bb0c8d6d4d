"""The structure tree as it grows in reading order: sections by the level of their headings."""

from __future__ import annotations

from budgetreport.typeset.page import Element

_DOCUMENT = 0


class Structure:
    """Elements, the root first; `section` is the one that new content belongs to."""

    def __init__(self) -> None:
        self.elements = [Element("Document", -1)]
        self._open: list[tuple[int, int]] = []

    @property
    def section(self) -> int:
        """The innermost open section, or the root."""
        return self._open[-1][1] if self._open else _DOCUMENT

    def add(  # noqa: PLR0913 - the fields of an element
        self, tag: str, parent: int, *, scope: str = "", rows: int = 1, columns: int = 1, title: str = ""
    ) -> int:
        """A new element; its index."""
        self.elements.append(Element(tag, parent, scope, rows, columns, title))
        return len(self.elements) - 1

    def heading(self, level: int) -> int:
        """A section for a heading of that level, after closing those of its level and below; the heading's element."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, self.add("Sect", self.section)))
        return self.add(f"H{level}", self.section)

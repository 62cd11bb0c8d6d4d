"""Years in the texts of a blank form, counted from the year that it is of: next year's layout says the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_WITH_WORD = re.compile(rf"{_YEAR.pattern}\s*(?:年度|年)?")


@dataclass(frozen=True)
class Years:
    """`year`: the one that the forms are of; None where nobody knows, and years stay as they are written."""

    year: int | None = None

    def said(self, text: str) -> str:
        """A text of the forms as a template."""
        return _YEAR.sub(lambda match: self._counted(int(match[0])), text) if self.year else text

    def _counted(self, year: int) -> str:
        less = (self.year or year) - year
        return "{{ year }}" if not less else f"{{{{ year {'-' if less > 0 else '+'} {abs(less)} }}}}"

    def without(self, text: str) -> str:
        """The text without years that are counted: what stays the same from year to year."""
        return _WITH_WORD.sub("", text) if self.year else text

    def names_another(self, text: str) -> bool:
        """Whether it is of another year than the forms."""
        return any(int(year) != self.year for year in _YEAR.findall(text)) if self.year else False


def usual_year(texts: Iterable[str]) -> int | None:
    """The year that texts name more often than any other; None where two are named as often."""
    found = Counter(year for text in texts for year in _YEAR.findall(text)).most_common(2)
    equal = len({count for _, count in found}) < len(found)
    return int(found[0][0]) if found and not equal else None

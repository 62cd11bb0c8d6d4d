"""A line of text as the runs of a page, placed by hand."""

from __future__ import annotations

from itertools import groupby

from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.page import Run


def drawn(role: str, text: str, x: float = 50, y: float = 700, size: float = 12) -> list[Run]:
    """The text as runs on one line, as typesetting would place them."""
    fonts, runs = shipped(), []
    for face, group in groupby(text, lambda char: fonts.choose(role, char)):
        piece = "".join(group)
        runs.append(Run(x, y, face, size, piece))
        x += sum(map(fonts.widths(role).__getitem__, piece)) * size
    return runs

"""Brackets and quotation marks without their other half, or with one of another width. The pairs are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetreport.checks.finding import Match, texts_of
from budgetreport.checks.text import Text

_AROUND = 10
"""Characters that show where a single mark stands."""


def unpaired(where: object, pairs: Sequence[str], but: str = "") -> list[Match]:
    """Each mark without its other half, and each pair of two widths from mark to mark.

    `pairs`: opening and closing mark together (（）); those that differ only in width follow one another in one
    text: （）(). What matches `but` is left out: 1) as an ordinal. The group `due` is a pair of two widths as it
    should be, '' where a half is lacking; `lacks` is that half.
    """
    partner, kind = _partners(pairs)
    return [found for text in texts_of(where) for found in _in_text(text, partner, kind, but)]


def _partners(pairs: Sequence[str]) -> tuple[dict[str, str], dict[str, int]]:
    """Of each mark its partner of the same width, and which kind it is of."""
    partner: dict[str, str] = {}
    kind: dict[str, int] = {}
    for n, widths in enumerate(pairs):
        for opening, closing in zip(widths[::2], widths[1::2], strict=True):
            partner[opening], partner[closing] = closing, opening
            kind[opening], kind[closing] = n, -n - 1
    return partner, kind


def _in_text(text: Text, partner: dict[str, str], kind: dict[str, int], but: str) -> Iterator[Match]:
    said = text.text
    left_out = {at for found in re.finditer(but, said) for at in range(*found.span())} if but else set()
    open_: list[int] = []
    for at, char in enumerate(said):
        which = kind.get(char)
        if which is None or at in left_out:
            continue
        if which >= 0:
            open_.append(at)
            continue
        meant = next((n for n in range(len(open_) - 1, -1, -1) if kind[said[open_[n]]] == -which - 1), None)
        if meant is None:
            yield Match(text, max(at - _AROUND, 0), at + 1, {"due": "", "lacks": partner[char]})
            continue
        for lost in open_[meant + 1 :]:
            yield _single(text, lost, partner)
        start = open_[meant]
        del open_[meant:]
        if partner[said[start]] != char:
            yield Match(text, start, at + 1, {"due": said[start:at] + partner[said[start]], "lacks": ""})
    for lost in open_:
        yield _single(text, lost, partner)


def _single(text: Text, at: int, partner: dict[str, str]) -> Match:
    return Match(text, at, min(at + 1 + _AROUND, len(text.text)), {"due": "", "lacks": partner[text.text[at]]})

"""Lines into paragraphs, by geometry: a paragraph goes on where its line is full and the next one not indented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from budgetreport.problems import PagePlace
from budgetreport.read.found import FoundText
from budgetreport.read.pdf.frames import INDENT, SIZE, Set
from budgetreport.read.pdf.lines import Line, need

_TOUCH = 1.0
_LEAST = 0.7
"""A line that fills the measure stands so far (pt) from both edges only if it was centred."""
_FARTHEST = 2.2
"""Lines of a paragraph are no farther apart than this (em)."""
_WIDER = 1.25
"""Nor by more than this part of the distance that its first lines have."""
_SHORT = 0.25
"""A first line that leaves more than this part of the measure blank ends its paragraph."""


def texts(run: Sequence[Set]) -> Iterator[FoundText]:
    """The paragraphs of lines that no grid parts."""
    ordered = _captions_gathered(run)
    parts: list[Set] = []
    for one in ordered:
        if parts and not _goes_on(parts, one):
            yield _text(parts)
            parts = []
        parts.append(one)
    if parts:
        yield _text(parts)


def _captions_gathered(run: Sequence[Set]) -> list[Set]:
    """A caption's left text line after line, then what stands beside it."""
    captions = [one for one in run if one.zone == "caption"]
    if not captions:
        return list(run)
    last = [one for one in captions if one.line.base == captions[-1].line.base]
    beside = [one for one in last[1:] if len(captions) > len(last)]
    room = min((one.right for one in captions), default=0.0)
    kept = [replace(one, right=room) if one.zone == "caption" and one not in beside else one for one in run]
    return [one for one in kept if one not in beside] + beside if beside else list(run)


def _goes_on(parts: Sequence[Set], new: Set) -> bool:
    """Whether a line continues a paragraph."""
    last, line = parts[-1], new.line
    before = last.line
    if new.zone != last.zone or abs(line.size - before.size) > SIZE or line.font != before.font:
        return False
    if line.page == before.page and not _near(parts, line):
        return False
    if new.zone == "entry":
        return not last.led and new.led and line.x0 > before.x0 + _TOUCH
    if new.centred:
        return line.page == before.page and last.symmetric() and before.width + line.width > last.right - last.left
    return not last.centred and new.indent <= INDENT and new.align != "right" and _filled(parts, line)


def _filled(parts: Sequence[Set], line: Line) -> bool:
    """Whether the last line is so full that a line at the left edge goes on with it."""
    last = parts[-1]
    before = last.line
    if line.item and before.ended and parts[0].indent < INDENT:
        return False
    rest = last.right - before.edge
    if len(parts) == 1 and before.x0 - line.x0 > INDENT * line.size:
        return rest < max(_SHORT * (last.right - last.left), need(line) + _TOUCH)
    ragged = 0.0 if before.ended else line.size
    return rest < need(line) + _TOUCH + ragged


def _near(parts: Sequence[Set], line: Line) -> bool:
    before = parts[-1].line
    gap = line.base - before.base
    usual = next((b.line.base - a.line.base for a, b in pairwise(parts)), 0.0)
    return 0 < gap <= _FARTHEST * line.size and (usual <= 0 or gap <= _WIDER * usual)


def _text(parts: Sequence[Set]) -> FoundText:
    first = parts[0]
    text = "".join(one.line.text for one in parts)
    align = "center" if _middle(parts) else first.align
    indented = align == "left" and first.indent > INDENT
    return FoundText(text, PagePlace(first.line.page), first.line.size, first.line.font, align, indented)


def _middle(parts: Sequence[Set]) -> bool:
    """Whether all lines stand in the middle, though the longest reach the edges."""
    if parts[0].zone != "text" or parts[0].typed or not all(one.symmetric() for one in parts):
        return False
    alone = parts[0].line.x0 - parts[0].left
    return any(one.centred for one in parts) or (len(parts) == 1 and alone > _LEAST and parts[0].symmetric(_LEAST))

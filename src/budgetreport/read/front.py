"""Cover and contents of a found document: what stands before them and in them is no part of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetreport.problems import SheetPlace
from budgetreport.read.expected import Expected
from budgetreport.read.found import FoundDocument, FoundGrid, FoundText, Where
from budgetreport.read.pattern import fold, plain
from budgetreport.report import Contents, Cover, Paragraph

_COVER = 10
"""Lines of a cover at most."""
_LEADER = re.compile(r"[\s.…·．⋯]*[0-9]*$")
_ENDS = re.compile(r"[.…·．⋯]{2,}\s*[0-9]*$|[0-9]+$")


@dataclass(frozen=True)
class Front:
    """Cover and contents as far as they are seen; `taken`: their blocks; `at`: the first text of each."""

    cover: Cover | None = None
    contents: Contents | None = None
    taken: frozenset[int] = frozenset()
    cover_at: int = -1
    contents_at: int = -1
    cover_places: tuple[Where, ...] = ()
    entry_places: tuple[Where, ...] = ()


def front(document: FoundDocument, expected: Expected) -> Front:
    """The cover and the contents at a document's beginning."""
    texts: list[tuple[int, FoundText]] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, FoundGrid):
            break
        texts.append((number, block))
    title = plain(expected.contents)
    at = next((k for k, (_, text) in enumerate(texts) if title and plain(text.text) == title), -1)
    if at < 0:
        return _without_contents(document, expected, texts)
    entries = _entries(texts[at:])
    shown = [(said, text.place) for _, text in entries if (said := _entry(text))]
    lines = texts[:at] if at <= _COVER else []
    cover = _cover(lines, expected)
    return Front(
        cover,
        Contents(texts[at][1].text, tuple(said for said, _ in shown)),
        frozenset(n for n, _ in [*lines, texts[at], *entries]),
        lines[0][0] if cover else -1,
        texts[at][0],
        tuple(text.place for _, text in lines),
        tuple(place for _, place in shown),
    )


def _cover(lines: list[tuple[int, FoundText]], expected: Expected) -> Cover | None:
    if not lines or not expected.cover:
        return None
    roles = [*expected.cover, *[expected.cover[-1]] * len(lines)]
    return Cover(tuple(Paragraph(text.text, role) for (_, text), role in zip(lines, roles, strict=False)))


def _without_contents(document: FoundDocument, expected: Expected, texts: list[tuple[int, FoundText]]) -> Front:
    """A first page with a few texts only is a cover."""
    if not texts or isinstance(texts[0][1].place, SheetPlace) or document.pages < 2:  # noqa: PLR2004 - a page behind it
        return Front()
    first = [(n, text) for n, text in texts if text.place == texts[0][1].place]
    grid = any(isinstance(b, FoundGrid) and b.place == texts[0][1].place for b in document.blocks)
    cover = None if grid or len(first) > _COVER else _cover(first, expected)
    places = tuple(text.place for _, text in first)
    return Front(cover, None, frozenset(n for n, _ in first), first[0][0], cover_places=places) if cover else Front()


def _entries(texts: list[tuple[int, FoundText]]) -> list[tuple[int, FoundText]]:
    """The texts below the contents' title: all of its sheet or page, further pages while they look like entries."""
    place = texts[0][1].place
    found = []
    for number, text in texts[1:]:
        if isinstance(place, SheetPlace):
            same = isinstance(text.place, SheetPlace) and text.place.sheet == place.sheet
        else:
            same = text.place == place or bool(_ENDS.search(text.text.strip()))
        if not same:
            break
        found.append((number, text))
    return found


def _entry(text: FoundText) -> str:
    """An entry without leaders and page number; '' for a number that stands alone."""
    if isinstance(text.place, SheetPlace):
        return "" if fold(text.text).isdecimal() else text.text
    return _LEADER.sub("", text.text.strip())

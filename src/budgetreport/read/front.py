"""Cover and contents of a found document: what stands before them and in them is no part of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetreport.problems import SheetPlace
from budgetreport.read.expected import Expected
from budgetreport.read.found import FoundDocument, FoundGrid, FoundText, Where
from budgetreport.read.pattern import is_heading, numbered_level
from budgetreport.report import Contents, Cover, Paragraph
from budgetreport.wording import bare, plain

_COVER = 10
"""Lines of a cover at most."""
_LEADER = re.compile(r"[\s.…·．⋯]*[0-9]*$")
_ENDS = re.compile(r"[.…·．⋯]{2,}\s*[0-9]*$|[0-9]+$")


Numbered = tuple[int, FoundText]
"""A text with its number among the document's blocks."""


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
    texts: list[Numbered] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, FoundGrid):
            break
        texts.append((number, block))
    title = plain(expected.contents)
    at = next((k for k, (_, text) in enumerate(texts) if title and plain(text.text) == title), -1)
    if at >= 0:
        return _front(texts[:at], texts[at], _entries(texts[at:]), expected)
    numbered = _numbered_sheet(texts)
    if numbered:
        first = texts.index(numbered[0])
        return _front(texts[:first], None, numbered, expected)
    return _without_contents(document, expected, texts)


def _front(lines: list[Numbered], title: Numbered | None, entries: list[Numbered], expected: Expected) -> Front:
    shown = [(said, text.place) for _, text in entries if (said := _entry(text))]
    lines = lines if len(lines) <= _COVER else []
    cover = _cover(lines, expected)
    taken = [*lines, *([title] if title else []), *entries]
    return Front(
        cover,
        Contents(title[1].text, tuple(said for said, _ in shown)) if title else None,
        frozenset(n for n, _ in taken),
        lines[0][0] if cover else -1,
        title[0] if title else -1,
        tuple(text.place for _, text in lines),
        tuple(place for _, place in shown),
    )


def _numbered_sheet(texts: list[Numbered]) -> list[Numbered]:
    """The entries of a first sheet that lists the others under running numbers, its title aside."""
    place = texts[0][1].place if texts else None
    if not isinstance(place, SheetPlace):
        return []
    own = [one for one in texts if isinstance(one[1].place, SheetPlace) and one[1].place.sheet == place.sheet]
    start = next((k for k, (_, text) in enumerate(own) if bare(text.text) == "1"), len(own))
    entries = own[start:]
    running = [str(n) for n in range(1, len(entries) // 2 + 1)]
    return entries if running and [bare(text.text) for _, text in entries[::2]] == running else []


def _cover(lines: list[Numbered], expected: Expected) -> Cover | None:
    if not lines or not expected.cover:
        return None
    roles = [*expected.cover, *[expected.cover[-1]] * len(lines)]
    return Cover(tuple(Paragraph(text.text, role) for (_, text), role in zip(lines, roles, strict=False)))


def _without_contents(document: FoundDocument, expected: Expected, texts: list[Numbered]) -> Front:
    """A first page with a few short texts only is a cover."""
    if not texts or isinstance(texts[0][1].place, SheetPlace) or document.pages < 2:  # noqa: PLR2004 - a page behind it
        return Front()
    first = [(n, text) for n, text in texts if text.place == texts[0][1].place]
    grid = any(isinstance(b, FoundGrid) and b.place == texts[0][1].place for b in document.blocks)
    short = len(first) <= _COVER and all(is_heading(text.text) for _, text in first)
    cover = _cover(first, expected) if short and not grid else None
    places = tuple(text.place for _, text in first)
    return Front(cover, None, frozenset(n for n, _ in first), first[0][0], cover_places=places) if cover else Front()


def _entries(texts: list[Numbered]) -> list[Numbered]:
    """The texts below the contents' title: all of its sheet or page, further pages while they look like entries.

    On a further page they end with a page number, or all that stands there is headings by their numbers.
    """
    place = texts[0][1].place
    others = [text for _, text in texts if text.place != place]
    spoken = {_page(text) for text in others if not numbered_level(text.text)}
    found = []
    for number, text in texts[1:]:
        if isinstance(place, SheetPlace):
            same = isinstance(text.place, SheetPlace) and text.place.sheet == place.sheet
        else:
            same = text.place == place or bool(_ENDS.search(text.text.strip())) or _page(text) not in spoken
        if not same:
            break
        found.append((number, text))
    return found


def _page(text: FoundText) -> int:
    return 0 if isinstance(text.place, SheetPlace) else text.place.page


def _entry(text: FoundText) -> str:
    """An entry without leaders and page number; '' for a number that stands alone."""
    if isinstance(text.place, SheetPlace):
        return "" if bare(text.text).isdecimal() else text.text
    return _LEADER.sub("", text.text.strip())

"""The page model: positioned runs and rules, and for each the structure element it belongs to.

Lengths in pt (1/72 inch), origin at the lower left of the page, y upwards, as in PDF. The model
knows nothing of reportlab: a writer paints it and decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the structure tree; `parent` is an index into Document.elements, -1 for the root.

    `tag` is a standard structure type of PDF 1.7 (ISO 32000-1, 14.8.4): Document, Part, Sect, H1-H3,
    P, TOC, TOCI, Table, Caption, THead, TBody, TR, TH, TD, Note. `scope` is Column or Row for TH.
    """

    tag: str
    parent: int
    scope: str = ""
    rows: int = 1
    columns: int = 1
    title: str = ""


ARTIFACT = -1
"""The element of what is no content: page numbers, rules, heads repeated on later pages."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font on one baseline, drawn from x rightwards.

    `face` is the key of a font in FontSet; `gaps` maps an index in `text` to extra space in pt
    after that character (negative: squeezed), `spread` is extra space after every character.
    """

    x: float
    y: float
    face: str
    size: float
    text: str
    element: int = ARTIFACT
    spread: float = 0
    gaps: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight black line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to the bookmark with this index."""

    x0: float
    y0: float
    x1: float
    y1: float
    bookmark: int
    element: int = ARTIFACT


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An outline entry and link target: level from 1, page index from 0, y of its top edge."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `number` is printed on it, '' where none is."""

    width: float
    height: float
    runs: tuple[Run, ...] = ()
    rules: tuple[Rule, ...] = ()
    links: tuple[Link, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All pages, in reading order; runs of a page are in reading order too."""

    pages: tuple[Page, ...]
    elements: tuple[Element, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    title: str = ""
    author: str = ""
    subject: str = ""
    language: str = "zh-CN"
    keywords: tuple[str, ...] = field(default=())

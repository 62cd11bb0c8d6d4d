"""Bookmarks and links (ISO 32000-1, 12.3.2, 12.3.3 and 12.5.6.5)."""

from __future__ import annotations

from collections.abc import Sequence

from budgetreport.typeset.page import Bookmark, Link
from budgetreport.write.pdf.objects import Body, File, dictionary, number, numbers, text_string

_PRINTED = b"4"
"""Annotation flag Print, which an archive demands."""


def destination(bookmark: Bookmark, pages: Sequence[Body]) -> bytes:
    """The place a bookmark leads to: its page, scrolled to its top edge, the zoom kept."""
    return b"[%b /XYZ null %b null]" % (pages[bookmark.page].reference, number(bookmark.y).encode())


def link(annotated: Link, bookmarks: Sequence[Bookmark], pages: Sequence[Body]) -> bytes:
    """A link annotation without border; its Contents say where it leads."""
    target = bookmarks[annotated.bookmark]
    return dictionary(
        Type=b"/Annot",
        Subtype=b"/Link",
        Rect=numbers(annotated.x0, annotated.y0, annotated.x1, annotated.y1),
        Border=b"[0 0 0]",
        F=_PRINTED,
        Contents=text_string(target.title),
        Dest=destination(target, pages),
    )


def outline(file: File, bookmarks: Sequence[Bookmark], pages: Sequence[Body]) -> bytes:
    """Write the outline, all of it open; returns the reference to it, b"" without bookmarks."""
    if not bookmarks:
        return b""
    root = file.reserve()
    bodies = [file.reserve() for _ in bookmarks]
    parents = _parents(bookmarks)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)

    def shown(index: int) -> int:
        return sum(1 + shown(child) for child in children.get(index, ()))

    def family(index: int) -> dict[str, bytes]:
        below = children.get(index)
        if not below:
            return {}
        first, last = bodies[below[0]].reference, bodies[below[-1]].reference
        return {"First": first, "Last": last, "Count": b"%d" % shown(index)}

    root.data = dictionary(Type=b"/Outlines", **family(-1))
    for index, (bookmark, body) in enumerate(zip(bookmarks, bodies, strict=True)):
        siblings = children[parents[index]]
        at = siblings.index(index)
        body.data = dictionary(
            Title=text_string(bookmark.title),
            Parent=(root if parents[index] < 0 else bodies[parents[index]]).reference,
            Prev=bodies[siblings[at - 1]].reference if at else b"",
            Next=bodies[siblings[at + 1]].reference if at + 1 < len(siblings) else b"",
            **family(index),
            Dest=destination(bookmark, pages),
        )
    return root.reference


def _parents(bookmarks: Sequence[Bookmark]) -> list[int]:
    """For each bookmark the nearest earlier one of a higher level, -1 where there is none."""
    open_ones: list[int] = []
    parents = []
    for index, bookmark in enumerate(bookmarks):
        while open_ones and bookmarks[open_ones[-1]].level >= bookmark.level:
            open_ones.pop()
        parents.append(open_ones[-1] if open_ones else -1)
        open_ones.append(index)
    return parents

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


def link(annotated: Link, bookmarks: Sequence[Bookmark], pages: Sequence[Body], key: int | None) -> bytes:
    """A link annotation without border; its Contents say where it leads, `key` finds its structure element."""
    target = bookmarks[annotated.bookmark]
    return dictionary(
        Type=b"/Annot",
        Subtype=b"/Link",
        Rect=numbers(annotated.x0, annotated.y0, annotated.x1, annotated.y1),
        Border=b"[0 0 0]",
        F=_PRINTED,
        Contents=text_string(target.title),
        Dest=destination(target, pages),
        StructParent=b"" if key is None else b"%d" % key,
    )


def outline(file: File, bookmarks: Sequence[Bookmark], pages: Sequence[Body]) -> bytes:
    """Write the outline, all of it open; returns the reference to it, b"" without bookmarks."""
    if not bookmarks:
        return b""
    root, *entries = (file.reserve() for _ in range(len(bookmarks) + 1))
    families = _families(bookmarks)
    root.data = dictionary(Type=b"/Outlines", **_family(-1, families, entries))
    for parent, siblings in families.items():
        above = root if parent < 0 else entries[parent]
        for before, index, after in zip([None, *siblings], siblings, [*siblings[1:], None], strict=False):
            own = {
                "Title": text_string(bookmarks[index].title),
                "Parent": above.reference,
                "Prev": b"" if before is None else entries[before].reference,
                "Next": b"" if after is None else entries[after].reference,
                "Dest": destination(bookmarks[index], pages),
            }
            entries[index].data = dictionary(**own, **_family(index, families, entries))
    return root.reference


def _families(bookmarks: Sequence[Bookmark]) -> dict[int, list[int]]:
    """The children of each bookmark that has any; -1 stands for the root."""
    families: dict[int, list[int]] = {-1: []}
    open_ones = [-1]
    for index, bookmark in enumerate(bookmarks):
        while len(open_ones) > 1 and bookmarks[open_ones[-1]].level >= bookmark.level:
            open_ones.pop()
        families.setdefault(open_ones[-1], []).append(index)
        open_ones.append(index)
    return families


def _family(index: int, families: dict[int, list[int]], entries: Sequence[Body]) -> dict[str, bytes]:
    """What an entry says of the entries below it: the first, the last, and how many are shown."""
    below = families.get(index)
    if not below:
        return {}
    count = _descendants(index, families)
    return {"First": entries[below[0]].reference, "Last": entries[below[-1]].reference, "Count": b"%d" % count}


def _descendants(index: int, families: dict[int, list[int]]) -> int:
    """How many bookmarks stand below one, at any depth."""
    return sum(1 + _descendants(child, families) for child in families.get(index, ()))

"""A TrueType file with the glyphs that a document draws, one for each character.

Two characters that the font draws alike get a glyph each, so that every code stands for exactly one
character and copies out as it. Basis: OpenType 1.9 (glyf, loca); ISO 32000-1, 9.9 (tables to embed).
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable

from budgetreport.typeset.sfnt import Sfnt

_WORDS, _SCALE, _MORE, _SCALE_XY, _SCALE_2X2 = 0x1, 0x8, 0x20, 0x40, 0x80
"""Flags of a component of a composite glyph."""
_MAGIC = 0xB1B0AFBA
"""The sum that the whole file's checksum is adjusted to."""


def subset(font: Sfnt, glyphs: Iterable[int]) -> bytes:
    """A font file whose glyph i draws the i-th of `glyphs`; parts of composite glyphs follow after them."""
    order = list(glyphs)
    parts: dict[int, int] = {}
    outlines = [_renumbered(font.outline(glyph), order, parts) for glyph in order]  # order grows meanwhile
    return _file(
        {tag: font.table(tag) for tag in ("cvt ", "fpgm", "prep") if tag in font}
        | {
            "glyf": b"".join(outlines),
            "head": _patched(font.table("head"), {8: b"\0\0\0\0", 50: b"\0\1"}),
            "hhea": _patched(font.table("hhea"), {34: struct.pack(">H", len(order))}),
            "hmtx": b"".join(struct.pack(">Hh", font.advance(glyph), font.bearing(glyph)) for glyph in order),
            "loca": _offsets(outlines),
            "maxp": _patched(font.table("maxp"), {4: struct.pack(">H", len(order))}),
        }
    )


def _renumbered(outline: bytes, order: list[int], parts: dict[int, int]) -> bytes:
    """The outline, padded; in a composite the parts' numbers are the new ones."""
    padded = outline + bytes(-len(outline) % 4)
    if len(outline) < 10 or outline[0] < 0x80:  # noqa: PLR2004 - no contours, or a count of them that is not below 0
        return padded
    data = bytearray(padded)
    place, more = 10, True
    while more:
        flags, part = struct.unpack_from(">HH", data, place)
        if part not in parts:
            parts[part] = len(order)
            order.append(part)
        struct.pack_into(">H", data, place + 2, parts[part])
        place += 4 + (4 if flags & _WORDS else 2)
        place += 2 if flags & _SCALE else 4 if flags & _SCALE_XY else 8 if flags & _SCALE_2X2 else 0
        more = bool(flags & _MORE)
    return bytes(data)


def _offsets(outlines: list[bytes]) -> bytes:
    """The table loca in its long form."""
    offsets = array("I", [0])
    total = 0
    for outline in outlines:
        total += len(outline)
        offsets.append(total)
    if sys.byteorder == "little":
        offsets.byteswap()
    return offsets.tobytes()


def _patched(table: bytes, changes: dict[int, bytes]) -> bytes:
    """The table with bytes at some offsets replaced."""
    data = bytearray(table)
    for offset, new in changes.items():
        data[offset : offset + len(new)] = new
    return bytes(data)


def _file(tables: dict[str, bytes]) -> bytes:
    """A font file with these tables, its checksums right."""
    count = len(tables)
    power = 1 << count.bit_length() - 1
    head = [struct.pack(">4s4H", b"\0\1\0\0", count, 16 * power, power.bit_length() - 1, 16 * (count - power))]
    body = []
    place = 12 + 16 * count
    total = 0
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        checksum = _checksum(padded)
        total += checksum
        head.append(struct.pack(">4sIII", tag.encode(), checksum, place, len(table)))
        place += len(padded)
        body.append(padded)
    directory = b"".join(head)
    adjustment = (_MAGIC - total - _checksum(directory)) & 0xFFFFFFFF
    names = sorted(tables)
    body[names.index("head")] = _patched(body[names.index("head")], {8: struct.pack(">I", adjustment)})
    return directory + b"".join(body)


def _checksum(padded: bytes) -> int:
    """Sum of the big-endian 32-bit words."""
    words = array("I", padded)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF

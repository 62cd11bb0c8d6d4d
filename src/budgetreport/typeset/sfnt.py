"""Reading of TrueType files: what measuring and embedding ask of them, in a few milliseconds.

Tables are read in bulk and only when asked for; the file itself is memory-mapped, so an outline is
read from disk only when it is embedded. Basis: OpenType 1.9, tables head, hhea, OS/2, maxp, hmtx,
cmap (formats 4 and 12), loca and glyf.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import NamedTuple


class BadFontError(Exception):
    """The file is no TrueType font that can be read here."""


class OutlinesError(BadFontError):
    """The font's outlines are PostScript's (CFF), which nothing here embeds."""


_COLLECTION, _POSTSCRIPT = b"ttcf", b"OTTO"


class _Segments(NamedTuple):
    """A cmap as ascending stretches: starts[i]..ends[i] are drawn by glyphs first[i], first[i] + 1 and so on."""

    starts: array[int]
    ends: array[int]
    first: array[int]


class Sfnt:
    """One font file, its tables read lazily."""

    def __init__(self, path: Path, number: int = 0) -> None:
        """Open the file, of a collection (TTC) the font `number`.

        Raises OSError, or BadFontError where it is no TrueType font.
        """
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        start = self._start(path, number)
        kind = self._data[start : start + 4]
        if kind == _POSTSCRIPT:
            message = f"{path.name}: PostScript outlines"
            raise OutlinesError(message)
        if kind not in {b"\x00\x01\x00\x00", b"true"}:
            message = f"{path.name}: no TrueType font"
            raise BadFontError(message)
        (count,) = struct.unpack_from(">H", self._data, start + 4)
        records = struct.iter_unpack(">4s4xII", self._data[start + 12 : start + 12 + 16 * count])
        self._tables = {tag.decode("latin-1"): (offset, length) for tag, offset, length in records}

    def _start(self, path: Path, number: int) -> int:
        """Where the font's table directory is; the tables' own offsets count from the start of the file."""
        if self._data[:4] != _COLLECTION:
            return 0
        (count,) = struct.unpack_from(">I", self._data, 8)
        if number >= count:
            message = f"{path.name}: no font {number} in the collection"
            raise BadFontError(message)
        (start,) = struct.unpack_from(">I", self._data, 12 + 4 * number)
        return int(start)

    def table(self, tag: str) -> bytes:
        """The bytes of a table."""
        if tag not in self._tables:
            message = f"table {tag} is missing"
            raise BadFontError(message)
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def __contains__(self, tag: str) -> bool:
        """Whether the font has the table."""
        return tag in self._tables

    @cached_property
    def name(self) -> str:
        """The PostScript name, or '' where none is stated (name table, ID 6, Windows)."""
        table = self.table("name")
        start = _u16(table, 4)
        for record in struct.iter_unpack(">6H", table[6 : 6 + 12 * _u16(table, 2)]):
            platform, _, _, name_id, length, offset = record
            if (platform, name_id) == (3, 6):
                return table[start + offset : start + offset + length].decode("utf-16-be")
        return ""

    @cached_property
    def units_per_em(self) -> int:
        """Font units in one em."""
        return _u16(self.table("head"), 18)

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """The bounding box of all glyphs, in font units."""
        return struct.unpack_from(">4h", self.table("head"), 36)

    @cached_property
    def vertical(self) -> tuple[int, int]:
        """Ascender and descender (below 0) of the em box in font units: OS/2's typographic ones."""
        return struct.unpack_from(">2h", self.table("OS/2"), 68)

    @cached_property
    def rights(self) -> int:
        """OS/2's fsType: what the maker allows of embedding, as bits."""
        return _u16(self.table("OS/2"), 8)

    @cached_property
    def whole(self) -> bool:
        """Whether all that is read of the font lies in the file; raises BadFontError for a missing table."""
        for tag in ("glyf", "loca", "hmtx", "cmap", "name", "head", "hhea", "maxp", "OS/2"):
            if len(self.table(tag)) != self._tables[tag][1]:
                return False
        return len(self._offsets) == self.glyph_count + 1 and max(self._offsets) <= self._tables["glyf"][1]

    @cached_property
    def cap_height(self) -> int:
        """Height of capitals in font units; a guess in old fonts that do not state it."""
        table = self.table("OS/2")
        return struct.unpack_from(">h", table, 88)[0] if _u16(table, 0) > 1 else self.vertical[0] * 5 // 6

    @cached_property
    def glyph_count(self) -> int:
        """How many glyphs the font has."""
        return _u16(self.table("maxp"), 4)

    @cached_property
    def advances(self) -> array[int]:
        """Advance width of the first glyphs in font units; all later ones are as wide as the last."""
        count = _u16(self.table("hhea"), 34)
        return _words("H", self.table("hmtx")[: 4 * count])[::2]

    def advance(self, glyph: int) -> int:
        """Advance width of a glyph in font units."""
        advances = self.advances
        return advances[min(glyph, len(advances) - 1)]

    def bearing(self, glyph: int) -> int:
        """Left side bearing of a glyph in font units."""
        start, full = self._tables["hmtx"][0], len(self.advances)
        place = 4 * glyph + 2 if glyph < full else 4 * full + 2 * (glyph - full)
        (bearing,) = struct.unpack_from(">h", self._data, start + place)
        return int(bearing)

    @cached_property
    def _segments(self) -> _Segments:
        """The character map that reaches furthest: format 12 before format 4."""
        table = self.table("cmap")
        found = {}
        for platform, encoding, offset in struct.iter_unpack(">HHI", table[4 : 4 + 8 * _u16(table, 2)]):
            if platform == 0 or (platform == 3 and encoding in {1, 10}):  # noqa: PLR2004 - Windows, Unicode
                found[_u16(table, offset)] = table[offset:]
        if 12 in found:  # noqa: PLR2004 - cmap formats
            return _format_12(found[12])
        if 4 in found:  # noqa: PLR2004 - cmap formats
            return _format_4(found[4])
        message = "no Unicode character map"
        raise BadFontError(message)

    def glyph(self, code: int) -> int:
        """The glyph of a code point; 0 where the font has none."""
        starts, ends, first = self._segments
        at = bisect_right(starts, code) - 1
        glyph = first[at] + code - starts[at] if at >= 0 and code <= ends[at] else 0
        return glyph if glyph < self.glyph_count else 0  # a map may name glyphs that are not there

    def outline(self, glyph: int) -> bytes:
        """The glyf data of a glyph; b"" where it has no contours."""
        if glyph >= self.glyph_count:  # a part that a faulty composite names
            return b""
        start, stop = self._offsets[glyph : glyph + 2]
        base = self._tables["glyf"][0]
        return self._data[base + start : base + stop]

    @cached_property
    def _offsets(self) -> array[int]:
        """Byte offsets into glyf, one more than there are glyphs."""
        loca = self.table("loca")
        if _u16(self.table("head"), 50):
            return _words("I", loca)
        return array("I", [2 * half for half in _words("H", loca)])


def _format_12(table: bytes) -> _Segments:
    """Groups of (start, end, first glyph)."""
    (count,) = struct.unpack_from(">I", table, 12)
    numbers = _words("I", table[16 : 16 + 12 * count])
    return _Segments(numbers[::3], numbers[1::3], numbers[2::3])


def _format_4(table: bytes) -> _Segments:
    """Segments by delta as they are; those by glyph array (idRangeOffset) one character each."""
    count = _u16(table, 6) // 2
    words = _words("H", table[14 : len(table) & ~1])
    segments = zip(
        words[count + 1 :], words[:count], words[2 * count + 1 :], words[3 * count + 1 : 4 * count + 1], strict=False
    )
    found: list[tuple[int, int, int]] = []
    for index, (start, end, delta, offset) in enumerate(segments):
        if not offset:
            wraps = 0x10000 if start + delta > 0xFFFF else 0  # noqa: PLR2004 - glyph ids are modulo 65536
            found.append((start, end, start + delta - wraps))
            continue
        place = 3 * count + 1 + index + offset // 2
        for code, glyph in enumerate(words[place : place + end - start + 1], start):
            if glyph:
                found.append((code, code, (glyph + delta) & 0xFFFF))
    return _Segments(*(array("I", column) for column in zip(*found, strict=True)))


def _u16(table: bytes, offset: int) -> int:
    """One unsigned 16-bit number."""
    return int.from_bytes(table[offset : offset + 2])


def _words(kind: str, raw: bytes) -> array[int]:
    """Big-endian numbers in bulk; `kind` is array's type code for 16 or 32 bits."""
    numbers: array[int] = array(kind, raw)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers

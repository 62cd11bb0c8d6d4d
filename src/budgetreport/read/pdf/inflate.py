"""Unpacking of a PDF's streams within a bound: pdfminer unpacks whatever a stream unfolds into, at one go.

pdfminer has no option for it, so its zlib is replaced by this one, which counts.
"""

from __future__ import annotations

import zlib
from typing import Any

from pdfminer import pdftypes

from budgetreport.read.bounds import UNFOLDED, TooLargeError


class _Inflating:
    """zlib as far as pdfminer uses it; all streams of one document share the room."""

    error = zlib.error

    def __init__(self) -> None:
        self._room = UNFOLDED

    def restart(self) -> None:
        """Another document begins."""
        self._room = UNFOLDED

    def take(self, found: bytes) -> bytes:
        """Count what was unpacked."""
        self._room -= len(found)
        if self._room < 0:
            raise TooLargeError(f"PDF里压缩的内容展开后超过{UNFOLDED // 10**6}MB")
        return found

    def decompress(self, data: bytes) -> bytes:
        """All of a stream. zlib.error: it is damaged or cut off."""
        unpacking = zlib.decompressobj()
        found = self.take(unpacking.decompress(data, self._room + 1))
        if not unpacking.eof:
            raise zlib.error("incomplete or truncated stream")
        return found

    def decompressobj(self) -> _Unpacking:
        """For damaged streams, piece by piece."""
        return _Unpacking(self)


class _Unpacking:
    def __init__(self, counting: _Inflating) -> None:
        self._counting = counting
        self._zlib = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        return self._counting.take(self._zlib.decompress(data))


inflating = _Inflating()
_pdftypes: Any = pdftypes
_pdftypes.zlib = inflating

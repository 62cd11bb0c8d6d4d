"""Takes out the files that a PDF carries: embedded file streams, by the catalogue's name tree.

Basis: ISO 32000-2, 7.9.6 (name trees), 7.11.4 (embedded files).
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1, str_value
from pdfminer.utils import decode_text

from budgetreport.read.bounds import UNFOLDED, TooLargeError
from budgetreport.read.pdf.inflate import inflating

_MOST = 100
"""Attachments that are taken out."""


def carried(file: BinaryIO) -> Iterator[tuple[str, bytes | None]]:
    """Each file by its name, None for a damaged one. Raises whatever pdfminer raises.

    TooLargeError: more, or larger together, than any document carries.
    """
    inflating.restart()
    room = UNFOLDED
    for number, (key, said) in enumerate(_named(PDFDocument(PDFParser(file))), 1):
        specification = dict_value(said)
        data = _whole(dict_value(specification.get("EF")))
        room -= len(data or b"")
        if number > _MOST or room < 0:
            most = f"超过{_MOST}个" if number > _MOST else f"展开后超过{UNFOLDED // 10**6}MB"
            raise TooLargeError(f"随附的文件{most}")
        name = str_value(specification.get("UF")) or str_value(specification.get("F")) or str_value(key)
        yield _text(name), data


def _named(document: PDFDocument) -> Iterator[tuple[Any, Any]]:
    """The entries of the name tree in its order; what says to stand in it twice, as in a circle, counts once."""
    waiting = [dict_value(document.catalog.get("Names")).get("EmbeddedFiles")]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, PDFObjRef):
            if node.objid in seen:
                continue
            seen.add(node.objid)
        names = list_value(dict_value(node).get("Names"))
        yield from zip(names[::2], names[1::2], strict=False)
        waiting += reversed(list_value(dict_value(node).get("Kids")))


def _whole(streams: dict[str, Any]) -> bytes | None:
    """The bytes; None where there are none, or not those that the PDF has the sum of."""
    stream = resolve1(streams.get("UF") or streams.get("F"))
    if not isinstance(stream, PDFStream):
        return None
    data = stream.get_data()
    digest = hashlib.md5(data, usedforsecurity=False).digest()
    return data if _sum(stream) in (b"", digest) else None


def _sum(stream: PDFStream) -> bytes:
    """The sum that the PDF has of the bytes, b"" where none. pdfminer leaves what a stream says of itself locked."""
    parameters = stream.get("Params")
    said = dict_value(parameters).get("CheckSum")
    if stream.decipher and isinstance(parameters, dict) and isinstance(said, bytes):
        return stream.decipher(stream.objid or 0, stream.genno or 0, said)
    return str_value(said)


def _text(name: bytes) -> str:
    """A text string: UTF-8 too, which pdfminer does not know."""
    bom = codecs.BOM_UTF8
    return name.removeprefix(bom).decode("utf-8", "replace") if name.startswith(bom) else decode_text(name)

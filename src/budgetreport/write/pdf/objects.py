"""The objects of a PDF file and how their values are written (ISO 32000-1, 7.3).

reportlab's PDFDocument numbers the objects and writes the cross-reference table; the objects' bodies
are bytes of ours, because reportlab's own lack what an archive asks for (an end of line before
endstream, no Helvetica, no dates) and are slow in thousands.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

_LEVEL = 3
"""Of compression: 4 % larger than the default level, in half its time."""
_ESCAPES = {ord(char): "\\" + char for char in "\\()"}


class Body(PDFObject):
    """An indirect object: its body, which may be set later than its number, and the reference to it."""

    def __init__(self) -> None:
        self.reference = b""
        self.data = b"null"

    def format(self, _document: PDFDocument) -> bytes:
        """What reportlab writes between obj and endobj."""
        return self.data


class _Document(PDFDocument):
    """reportlab's document with an identifier of its own content instead of the clock's."""

    identifier = b""

    def ID(self) -> bytes:  # noqa: N802 - reportlab's name
        return b"[<%b> <%b>]" % (self.identifier, self.identifier)


class File:
    """A PDF file in the making."""

    def __init__(self) -> None:
        self._document = _Document(invariant=1, pdfVersion=(1, 7))
        self._digest = hashlib.sha256()

    def reserve(self) -> Body:
        """A numbered object whose body is set later."""
        body = Body()
        self._document.Reference(body)  # type: ignore[no-untyped-call]  # the stubs lack it
        body.reference = b"%d 0 R" % self._document.objectcounter
        return body

    def add(self, data: bytes) -> bytes:
        """Write an object; returns the reference to it."""
        body = self.reserve()
        body.data = data
        return body.reference

    def stream(self, content: bytes, **entries: bytes) -> bytes:
        """Write a compressed stream with further dictionary entries; returns the reference to it."""
        self._digest.update(content)
        packed, filters = _packed(content)
        head = dictionary(Length=b"%d" % len(packed), Filter=filters, **entries)
        return self.add(b"%b\nstream\n%b\nendstream" % (head, packed))

    def plain_stream(self, content: bytes, **entries: bytes) -> bytes:
        """Write a stream as it is, for readers that look into the file without unpacking; the reference to it."""
        self._digest.update(content)
        head = dictionary(**entries, Length=b"%d" % len(content))
        return self.add(b"%b\nstream\n%b\nendstream" % (head, content))

    def finish(self, catalog: bytes, info: bytes) -> bytes:
        """The whole file. Its /ID is a hash of all streams and of the document's properties."""
        self._digest.update(info)
        self._document.identifier = self._digest.hexdigest()[:32].encode()
        root, properties = self.reserve(), self.reserve()
        root.data, properties.data = catalog, info
        vars(self._document).update(Catalog=root, info=properties)  # instead of reportlab's own
        return self._document.format()


def _packed(content: bytes) -> tuple[bytes, bytes]:
    """The content compressed, and the filters that unpack it.

    Data that end like a line would leave open whether the end belongs to them (ISO 19005-2, 6.1.7.1): these few
    are written in hexadecimal digits.
    """
    packed = zlib.compress(content, _LEVEL)
    if packed.endswith((b"\r", b"\n")):
        return packed.hex().encode() + b">", b"[/ASCIIHexDecode /FlateDecode]"
    return packed, b"/FlateDecode"


def dictionary(**entries: bytes) -> bytes:
    """A dictionary in the order given; empty values are left out."""
    return b"<<%b>>" % b" ".join(b"/%b %b" % (key.encode(), value) for key, value in entries.items() if value)


def listing(items: Iterable[bytes]) -> bytes:
    """An array."""
    return b"[%b]" % b" ".join(items)


def number(value: float) -> str:
    """A length with two decimals: finer than any device draws."""
    return repr(round(value, 2))


def numbers(*values: float) -> bytes:
    """An array of numbers."""
    return listing(number(value).encode() for value in values)


def text_string(text: str) -> bytes:
    """A text string: ASCII as it is, all else in UTF-16BE (7.9.2.2); b"" for no text."""
    if text.isascii() and text.isprintable():
        return b"(%b)" % text.translate(_ESCAPES).encode() if text else b""
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode()

"""Fonts in a PDF: each face that is used becomes one composite font with the glyphs drawn.

Basis: ISO 32000-1, 9.7 (Type0 fonts, Identity-H), 9.8 (descriptors), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from budgetreport.typeset.fonts import Face, MissingGlyphError
from budgetreport.write.pdf.objects import File, dictionary, listing, numbers
from budgetreport.write.pdf.subset import subset

_SYMBOLIC = 4
_STEM = 80
"""StemV, which TrueType files do not state; viewers use it only to replace a font that is missing."""
_NOTDEF = "\0"
"""Holds code 0, which no character has."""


class Codes(dict[str, str]):
    """The code of each character drawn in one face, as four hexadecimal digits, in order of first use.

    Raises MissingGlyphError for a character that the face lacks: whoever made the page chose it wrongly.
    """

    def __init__(self, face: Face, label: str) -> None:
        """`label` is the font's name in content streams."""
        super().__init__({_NOTDEF: "0000"})
        self.face = face
        self.label = label

    def __missing__(self, char: str) -> str:
        if not self.face.has(char):
            raise MissingGlyphError(char)
        code = self[char] = f"{len(self):04X}"
        return code


def embed(file: File, codes: Codes) -> bytes:
    """Write the font of these characters; returns the reference to it."""
    font = codes.face.sfnt
    glyphs = [0, *(codes.face.glyph(char) for char in codes if char != _NOTDEF)]
    data = subset(font, glyphs)
    name = b"/%b+%b" % (_tag(data), _plain(font.name).encode())
    scale = 1000 / font.units_per_em
    descriptor = dictionary(
        Type=b"/FontDescriptor",
        FontName=name,
        Flags=b"%d" % _SYMBOLIC,
        FontBBox=numbers(*(edge * scale for edge in font.box)),
        ItalicAngle=b"0",
        Ascent=b"%d" % round(codes.face.ascent * 1000),
        Descent=b"%d" % round(codes.face.descent * 1000),
        CapHeight=b"%d" % round(font.cap_height * scale),
        StemV=b"%d" % _STEM,
        FontFile2=file.stream(data, Length1=b"%d" % len(data)),
    )
    descendant = dictionary(
        Type=b"/Font",
        Subtype=b"/CIDFontType2",
        BaseFont=name,
        CIDSystemInfo=b"<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
        CIDToGIDMap=b"/Identity",
        DW=b"1000",
        W=b"[0 %b]" % numbers(*(font.advance(glyph) * scale for glyph in glyphs)),
        FontDescriptor=file.add(descriptor),
    )
    return file.add(
        dictionary(
            Type=b"/Font",
            Subtype=b"/Type0",
            BaseFont=name,
            Encoding=b"/Identity-H",
            DescendantFonts=listing([file.add(descendant)]),
            ToUnicode=file.stream(_to_unicode(codes.items())),
        )
    )


def _plain(name: str) -> str:
    """A font's name without what a name in a PDF cannot hold as it is (7.3.5): old Chinese fonts state such."""
    return "".join(char for char in name if char.isascii() and (char.isalnum() or char in "-_.")) or "Font"


def _tag(data: bytes) -> bytes:
    """Six capitals that differ from subset to subset (9.6.4), the same for the same subset."""
    return bytes(ord("A") + byte % 26 for byte in hashlib.sha256(data).digest()[:6])


def _to_unicode(codes: Iterable[tuple[str, str]]) -> bytes:
    """The map from codes back to text, in UTF-16BE, at most 100 entries a block."""
    entries = [f"<{code}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes if char != _NOTDEF]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    written = "".join("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar\n"]) for block in blocks)
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{written}endcmap
CMapName currentdict /CMap defineresource pop
end
end
""".encode()

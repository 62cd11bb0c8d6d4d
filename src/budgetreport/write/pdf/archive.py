"""What makes a PDF an archive's: XMP metadata, the colours' profile, associated files.

Basis: ISO 19005-2 and -3 (PDF/A), ISO 14289-1 (PDF/UA-1), ISO 16684-1 (XMP), ICC.1:2001-04 (profile).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from budgetreport.typeset.page import Document
from budgetreport.write.pdf.objects import File, dictionary, listing, text_string

_PDFA = "http://www.aiim.org/pdfa/ns/"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the PDF carries. `relation`: Source (the PDF is made of it) or Alternative (another form)."""

    name: str
    data: bytes
    mime: str
    relation: str
    description: str


def metadata(file: File, document: Document, level: str, producer: str) -> bytes:
    """Write the XMP packet, saying the same as the document properties; returns the reference to it."""
    data = _packet(document, level, producer).encode()
    return file.plain_stream(data, Type=b"/Metadata", Subtype=b"/XML")


def _packet(document: Document, level: str, producer: str) -> str:
    grade = (
        ""
        if level == "none"
        else (f"<pdfaid:part>{level[0]}</pdfaid:part><pdfaid:conformance>{level[1].upper()}</pdfaid:conformance>")
    )
    said = [
        _alternative("title", document.title),
        f"<dc:creator><rdf:Seq><rdf:li>{escape(document.author)}</rdf:li></rdf:Seq></dc:creator>"
        if document.author
        else "",
        _alternative("description", document.subject),
        f"<dc:language><rdf:Bag><rdf:li>{escape(document.language)}</rdf:li></rdf:Bag></dc:language>",
        f"<pdf:Keywords>{escape('，'.join(document.keywords))}</pdf:Keywords>" if document.keywords else "",
        f"<pdf:Producer>{escape(producer)}</pdf:Producer>",
        grade,
        "<pdfuaid:part>1</pdfuaid:part>",
    ]
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="{_PDFA}id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{"".join(said)}
</rdf:Description>
{_UA_SCHEMA}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


_UA_SCHEMA = f"""<rdf:Description rdf:about="" xmlns:pdfaExtension="{_PDFA}extension/"
 xmlns:pdfaSchema="{_PDFA}schema#" xmlns:pdfaProperty="{_PDFA}property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the document conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""PDF/A wants every property of a schema that it does not know described (ISO 19005-2, 6.6.2.3)."""


def _alternative(name: str, text: str) -> str:
    if not text:
        return ""
    return f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></dc:{name}>'


def output_intent(file: File) -> bytes:
    """Write what the colours mean: sRGB; returns the reference to it."""
    profile = file.stream(_srgb(), N=b"3")
    return file.add(
        dictionary(
            Type=b"/OutputIntent",
            S=b"/GTS_PDFA1",
            OutputConditionIdentifier=b"(sRGB)",
            Info=b"(sRGB IEC61966-2.1)",
            DestOutputProfile=profile,
        )
    )


def _srgb() -> bytes:
    """A profile of our own for sRGB: its primaries adapted to D50, its curve near enough 2.2."""
    curve = b"curv" + struct.pack(">4xIH2x", 1, round(2.2 * 256))
    tags = {
        b"desc": _described("sRGB"),
        b"cprt": b"text\0\0\0\0CC0\0",
        b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": _xyz(0.4361, 0.2225, 0.0139),
        b"gXYZ": _xyz(0.3851, 0.7169, 0.0971),
        b"bXYZ": _xyz(0.1431, 0.0606, 0.7141),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    place = 128 + 4 + 12 * len(tags)
    table, body = [struct.pack(">I", len(tags))], []
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table.append(struct.pack(">4sII", name, place, len(data)))
        body.append(padded)
        place += len(padded)
    date = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s12s4s", place, b"", 0x02100000, b"mntr", b"RGB ", b"XYZ ", date, b"acsp")
    head += bytes(68 - len(head)) + _fixed(0.9642, 1.0, 0.8249)
    return b"".join([head + bytes(128 - len(head)), *table, *body])


def _described(text: str) -> bytes:
    said = text.encode("ascii") + b"\0"
    return b"desc" + struct.pack(">4xI", len(said)) + said + bytes(4 + 4 + 2 + 1 + 67)


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*values)


def embed_files(file: File, attachments: Iterable[Attachment]) -> tuple[bytes, bytes]:
    """Write the associated files; returns the array for /AF and the name tree for /EmbeddedFiles, b"" without any."""
    specs = [(text_string(one.name), _specification(file, one)) for one in sorted(attachments, key=lambda a: a.name)]
    if not specs:
        return b"", b""
    names = dictionary(Names=listing(b"%b %b" % spec for spec in sorted(specs)))
    return listing(reference for _, reference in specs), dictionary(EmbeddedFiles=file.add(names))


def _specification(file: File, one: Attachment) -> bytes:
    mime = "".join(c if c.isalnum() or c in "-." else f"#{ord(c):02X}" for c in one.mime)
    digest = hashlib.md5(one.data, usedforsecurity=False).hexdigest()  # the standard's: tells damage, not malice
    params = dictionary(Size=b"%d" % len(one.data), CheckSum=f"<{digest}>".encode())
    data = file.stream(one.data, Type=b"/EmbeddedFile", Subtype=f"/{mime}".encode(), Params=params)
    return file.add(
        dictionary(
            Type=b"/Filespec",
            F=text_string(one.name),
            UF=text_string(one.name),
            Desc=text_string(one.description),
            AFRelationship=f"/{one.relation}".encode(),
            EF=dictionary(F=data, UF=data),
        )
    )

"""PDFs and workbooks changed by chance, and some that are made to hurt."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from tests.fuzz.chance import Chance
from tests.fuzz.hostile import RAW, TEXTS

_TOKENS = (
    b"/Type", b"/Pages", b"/Kids", b"/Parent", b"/Length", b"/Filter", b"/FlateDecode", b"/W [", b"/Size", b"/Root", b"endobj",
    b"stream", b"xref", b"trailer", b"startxref", b"/MediaBox", b"/Font", b"/ToUnicode", b"/Contents", b"/Prev", b"/Count",
)  # fmt: skip
_INTO = (
    b"/Kids",
    b"/Type",
    b"[[[[",
    b"<<<<",
    b"-1",
    b"99999999999",
    b"1e99",
    b"nan",
    b"null",
    b"1 0 R",
    b"(",
    b"<",
    b"true",
    b"0",
    b"/LZWDecode",
    b"",
)
_OPERATORS = (
    "1e38 0 0 1e38 0 0 cm", "0 0 0 0 0 0 cm", "nan nan m 1 1 l S", "999999999999 0 m 0 999999999999 l S", "q " * 500, "Q " * 500,
    "BT /F1 0 Tf (x) Tj ET", "BT 1e30 Tc (x) Tj ET", "BT /None 12 Tf (abc) Tj ET", "0 0 1e20 1e20 re W n", "/X Do", "BI ID EI",
    "[[[[]]]] TJ", "1 2 3 d0", "h", "S", "1 l", "m", "0 0 m h S", "re", "-1 -1 -1 -1 re f", "10 w 0 0 m 0 0 l S", "7 Tr", "Tf", "1 0 0 1 Tm",
)  # fmt: skip


def pdf_changed(chance: Chance, data: bytes) -> tuple[bytes, str]:
    """A PDF with bytes, tokens or page content changed."""
    kind = chance.below(4)
    if kind == 0:
        return _bytes(chance, data), "bytes"
    if kind == 1:
        token = chance.pick(_TOKENS)
        places = [found.start() for found in re.finditer(re.escape(token), data)]
        if places:
            at = chance.pick(places)
            end = at + len(token) + chance.below(6)
            into = chance.pick(_INTO)
            return data[:at] + (token + b" " if chance.one_in(2) else b"") + into + data[end:], f"{token!r} {into!r}"
    if kind == 2:
        return data[: chance.below(len(data))], "cut off"
    return _content(chance, data)


def _bytes(chance: Chance, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.some(1, 20)):
        at = chance.below(len(made))
        if chance.one_in(3):
            made[at : at + chance.below(9)] = chance.pick(RAW)
        else:
            made[at] = chance.below(256)
    return bytes(made)


def _content(chance: Chance, data: bytes) -> tuple[bytes, str]:
    """One stream unpacked, changed, and put back unpacked or packed; pdfminer and pdfium mend the offsets."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    for _ in range(20):
        found = chance.pick(streams)
        try:
            text = zlib.decompress(found[1])
        except zlib.error:
            continue
        if b" Tf" in text or b" re" in text:
            lines = text.split(b"\n")
            at = chance.below(len(lines))
            said = chance.pick(_OPERATORS)
            lines[at : at + chance.below(3)] = [said.encode()]
            packed = zlib.compress(b"\n".join(lines))
            if len(packed) <= len(found[1]):
                packed += b"\n" * (len(found[1]) - len(packed))
            return data[: found.start(1)] + packed + data[found.end(1) :], f"content {said[:40]}"
    return _bytes(chance, data), "bytes"


def xlsx_changed(chance: Chance, data: bytes) -> tuple[bytes, str]:
    """A workbook with bytes of the package, or of one of its parts, changed."""
    if chance.one_in(4):
        return _bytes(chance, data), "bytes"
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = chance.pick(sorted(parts))
    how = _part(chance, parts, name)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for one, content in parts.items():
            packed.writestr(one, content)
    return made.getvalue(), f"{name}: {how}"


def _part(chance: Chance, parts: dict[str, bytes], name: str) -> str:
    kind = chance.below(6)
    if kind == 0:
        del parts[name]
        return "deleted"
    text = parts[name].decode("utf-8", "replace")
    if kind == 1:
        parts[name] = _bytes(chance, parts[name])
        return "bytes"
    if kind == 2:
        tags = re.findall(r"<[^>]+>", text)
        tag = chance.pick(tags or ["<x/>"])
        parts[name] = text.replace(
            tag, chance.pick(("", tag + tag, "<c r='XFD1048576'><v>1</v></c>", "<x>")), 1
        ).encode()
        return f"tag {tag[:40]}"
    values = [*re.finditer(r'"([^"]*)"|>([^<]+)<', text)]
    if not values:
        return "nothing"
    found = chance.pick(values)
    into = chance.pick(
        (
            *TEXTS,
            "A1:XFD1048576",
            "-1",
            "99999999999999",
            "1e999",
            "#REF!",
            "0",
            "nan",
            "inlineStr",
            "veryHidden",
            "14",
            "yyyy",
            "A0",
            "ZZZZ1",
        )
    )
    escaped = into.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    group = 1 if found[1] is not None else 2
    parts[name] = (text[: found.start(group)] + escaped + text[found.end(group) :]).encode("utf-8", "replace")
    return f"{found[0][:30]} → {into[:30]}"

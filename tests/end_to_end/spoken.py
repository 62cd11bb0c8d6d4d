"""A tagged PDF as a screen reader takes it: the tree in order, each element with its marked text (pikepdf)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from budgetreport.report import Contents, Cover, Heading, Paragraph, Report, Table

Node = Any
"""pikepdf's objects change their type with what they hold."""


@dataclass
class Spoken:
    """An element of the tag tree with its own text (marked content in order) and what stands below it."""

    tag: str
    text: str
    below: list[Spoken]
    attributes: dict[str, Any]

    def all_text(self) -> str:
        return self.text + "".join(one.all_text() for one in self.below)

    def find(self, tag: str) -> Iterator[Spoken]:
        for one in self.below:
            if one.tag == tag:
                yield one
            yield from one.find(tag)


def spoken(path: Path) -> Spoken:
    with pikepdf.open(path) as pdf:
        texts = {page.objgen: _marked(page) for page in pdf.pages}
        (root,) = list(pdf.Root.StructTreeRoot.K)
        return _element(root, texts)


def _marked(page: Node) -> dict[int, str]:
    """The text of each marked content of a page, by its number, through the fonts' ToUnicode."""
    fonts = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
    found: dict[int, str] = {}
    number, font = -1, ""
    instructions: Node = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        match str(operator):
            case "BDC":
                number = int(operands[1].MCID)
            case "BMC" | "EMC":
                number = -1
            case "Tf":
                font = str(operands[0])
            case "Tj" | "TJ" if number >= 0:
                pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
                codes = b"".join(bytes(p) for p in pieces if isinstance(p, pikepdf.String))
                said = "".join(fonts[font][codes[i : i + 2]] for i in range(0, len(codes), 2))
                found[number] = found.get(number, "") + said
    return found


def _to_unicode(font: Node) -> dict[bytes, str]:
    words = font.ToUnicode.read_bytes().decode().split("beginbfchar")[1:]
    found = {}
    for block in words:
        entries = block.partition("endbfchar")[0].split()
        for code, text in zip(entries[::2], entries[1::2], strict=True):
            found[bytes.fromhex(code[1:-1])] = bytes.fromhex(text[1:-1]).decode("utf-16-be")
    return found


def _element(node: Node, texts: dict[Any, dict[int, str]]) -> Spoken:
    held = node.get("/K", pikepdf.Array())
    kids: list[Node] = list(held) if isinstance(held, pikepdf.Array) else [held]
    own, below = "", []
    for kid in kids:
        if isinstance(kid, int):
            own += texts[node.Pg.objgen].get(kid, "")
        elif kid.get("/Type") == "/MCR":
            own += texts[kid.Pg.objgen].get(int(kid.MCID), "")
        elif kid.get("/Type") != "/OBJR":
            assert kid.P.objgen == node.objgen
            below.append(_element(kid, texts))
    attributes = {str(k)[1:]: v for k, v in node.get("/A", pikepdf.Dictionary()).items()}
    return Spoken(str(node.S)[1:], own, below, attributes)


def expected(report: Report) -> Iterator[tuple[str, str]]:
    """Tag and text of each block, as the report has them."""
    for block in report.blocks:
        match block:
            case Heading():
                yield f"H{block.level}", block.text
            case Paragraph():
                yield "P", block.text
            case Cover():
                yield from (("P", line.text) for line in block.lines)
            case Contents():
                yield "P", block.title
            case Table():
                yield from expected_table(block)


def expected_table(table: Table) -> Iterator[tuple[str, str]]:
    yield (f"H{table.level}" if table.level else "P"), table.title
    for number, grid in enumerate(table.grids):
        if number == 0 and table.caption:
            yield "Caption", "".join(table.caption)
        cells = (cell for row in grid.rows for cell in row.cells if cell is not None)
        yield from (("TH" if cell.header else "TD", cell.text) for cell in cells)
    yield from (("Note", note.text) for note in table.notes)


def told(root: Spoken) -> Iterator[tuple[str, str]]:
    for one in root.below:
        if one.tag in {"H1", "H2", "H3", "P", "Caption", "TH", "TD", "Note"}:
            yield one.tag, one.text
        elif one.tag != "TOC":
            yield from told(one)

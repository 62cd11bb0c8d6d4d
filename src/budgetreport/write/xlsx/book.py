"""A workbook's bytes from its sheets: openpyxl makes styles, page setup and package, this module the cells.

The cells are written as XML of our own into the sheets that openpyxl makes: it has no way to set a style
once and use it for many cells, costs ten times as much a cell, and takes '=' for a formula. The same
sheets give the same bytes, with lxml or without, whatever the day. Basis: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from math import fsum
from typing import TYPE_CHECKING
from xml.etree.ElementTree import canonicalize
from xml.sax.saxutils import escape, quoteattr

from budgetreport.report import Report
from budgetreport.write.xlsx.pages import page_ends, raised
from budgetreport.write.xlsx.setting import Setting
from budgetreport.write.xlsx.sheet import Entry, Look, Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl takes no zone; the same day in every file
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)
_INCH = 25.4
_NEARLY = 1.25
"""A sheet a little higher than a page, up to so many, is printed on one, a little smaller."""
_FOOT = 14.0
"""pt of page numbers: 四号. Basis: GB/T 9704-2012."""
_LINK = "000563C1"
_ESCAPED = re.compile(r'[%"<>#?^`{}|\\\[\] ]')
"""What cannot stand in a link to a file as it is. Basis: what Excel writes."""
_GB2312 = 134
"""A font's character set, for systems whose own is not Chinese."""
_RELS = "xl/worksheets/_rels/sheet{}.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_THEME = "xl/theme/theme1.xml"
_APP = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>budgetreport</Application></Properties>"
)


def book_bytes(report: Report, sheets: Sequence[Sheet], setting: Setting) -> bytes:
    """The workbook with these sheets in this order."""
    import openpyxl  # noqa: PLC0415 - heavy: only who writes a workbook pays for it
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415 - as above

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.calculation.fullCalcOnLoad = False  # no formulas; with it Excel asks to save on closing
    styles = _Styles(book, setting)
    for sheet in sheets:
        _set_up(book.create_sheet(sheet.name), sheet, setting)
    _set_properties(book, report)
    depth = {turned: setting.depth(setting.page(landscape=turned)) for turned in (False, True)}
    cells = [
        _cells(sheet, styles, depth[sheet.landscape]) for sheet in sheets
    ]  # before saving: styles are collected on the way
    parts = _Parts({_RELS.format(n): _relations(s) for n, s in enumerate(sheets, 1) if s.outward})
    ExcelWriter(book, parts).save()  # type: ignore[arg-type]  # an archive by its methods: see _Parts
    return _packed(parts, cells)


def _set_properties(book: Workbook, report: Report) -> None:
    properties = book.properties
    properties.title, properties.creator, properties.subject = report.title, report.author, report.subject
    properties.language = report.language
    properties.created = properties.modified = _DAY


def _set_up(page: Worksheet, sheet: Sheet, setting: Setting) -> None:
    """Columns, view and print setup."""
    from openpyxl.worksheet.pagebreak import Break  # noqa: PLC0415 - heavy
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - heavy

    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[letters(number)].width = round(width, 2)
    rows, columns = sheet.frozen
    if rows or columns:
        page.freeze_panes = f"{letters(columns + 1)}{rows + 1}"
    page.sheet_view.showGridLines = sheet.gridlines
    if sheet.repeated:
        page.print_title_rows = f"1:{sheet.repeated}"
    page.print_area = f"A1:{letters(len(sheet.widths))}{max(1, len(sheet.heights))}"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.filtered:
        page.auto_filter.ref = f"A{sheet.filtered}:{letters(len(sheet.widths))}{len(sheet.heights)}"
    setup = page.page_setup
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.print_options.horizontalCentered = True
    margins = setting.margins(setting.page(landscape=sheet.landscape))
    depth = setting.depth(setting.page(landscape=sheet.landscape))
    nearly = depth < fsum(sheet.heights) <= _NEARLY * depth
    for row in () if nearly else page_ends(sheet, depth):
        page.row_breaks.append(Break(id=row))
    setup.paperSize, setup.fitToWidth, setup.fitToHeight = 9, 1, 1 if nearly else 0
    page.page_margins.left, page.page_margins.right = margins.left / _INCH, margins.right / _INCH
    page.page_margins.top, page.page_margins.bottom = margins.top / _INCH, margins.bottom / _INCH
    page.page_margins.header = page.page_margins.footer = min(margins.top, margins.bottom) / 2 / _INCH
    page.HeaderFooter.differentOddEven = True
    _set_footer(page.oddFooter, "right", setting)
    _set_footer(page.evenFooter, "left", setting)


def _set_footer(footer: HeaderFooterItem | None, side: str, setting: Setting) -> None:
    before, after = (text.replace("&", "&&") for text in setting.style.footer)
    part = getattr(footer, side)
    part.text = f"{before}&P{after}"
    part.font, part.size = f"{setting.font('宋体')},Regular", int(_FOOT)


class _Styles:
    """Numbers of the workbook's cell styles: each look is made once."""

    def __init__(self, book: Workbook, setting: Setting) -> None:
        from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 - heavy

        self._numbers: dict[Look, int] = {}
        self._font, self._alignment = Font, Alignment
        normal = Font(name=setting.font("宋体"), sz=11, charset=_GB2312)
        book._fonts[0] = normal  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl offers no other way to the Normal font
        book._named_styles["Normal"].font = normal  # type: ignore[attr-defined]  # noqa: SLF001 - as above
        thin = Side("thin")
        self._ruled = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._book = book

    def number(self, look: Look) -> int:
        """The style's number, as cells name it."""
        found = self._numbers.get(look)
        if found is None:
            found = self._numbers[look] = self._made(look)
        return found

    def _made(self, look: Look) -> int:
        from openpyxl.cell import Cell  # noqa: PLC0415 - heavy

        sample = Cell(self._book.worksheets[0], row=1, column=1)
        sample.font = self._font(
            name=look.font,
            sz=look.size,
            charset=_GB2312,
            u="single" if look.link else None,
            color=_LINK if look.link else None,
        )
        indent = look.indent if look.align != "center" else 0
        vertical = "top" if look.top else "center"
        sample.alignment = self._alignment(
            horizontal=look.align,
            vertical=vertical,
            wrap_text=not look.shrunk,
            shrink_to_fit=look.shrunk or None,
            indent=indent,
        )
        if look.ruled:
            sample.border = self._ruled
        sample.number_format = look.format
        sample.quotePrefix = look.literal
        return sample.style_id


def _cells(sheet: Sheet, styles: _Styles, depth: float) -> str:
    """The elements sheetData, mergeCells and hyperlinks of a sheet whose pages are `depth` pt high."""
    rows: list[list[tuple[int, str]]] = [[] for _ in sheet.heights]
    merges, links = [], []
    for entry in raised(sheet, depth):
        style = styles.number(entry.look)
        name = place = f"{letters(entry.column)}{entry.row}"
        rows[entry.row - 1].append((entry.column, _cell(name, style, entry)))
        if entry.rows > 1 or entry.columns > 1:
            _cover(rows, entry, style)
            place = f"{name}:{letters(entry.column + entry.columns - 1)}{entry.row + entry.rows - 1}"
            merges.append(f'<mergeCell ref="{place}"/>')
        if entry.link:
            target = quoteattr(address(entry.link))
            links.append(f'<hyperlink ref="{place}" location={target} display={quoteattr(str(entry.content))}/>')
    for number, link in enumerate(sheet.outward, 1):
        target = f'r:id="rId{number}" location={quoteattr(link.place)}'
        links.append(f'<hyperlink xmlns:r="{_OFFICE}" ref="{letters(link.column)}{link.row}" {target}/>')
    text = ["<sheetData>"]
    for number, (height, cells) in enumerate(zip(sheet.heights, rows, strict=True), 1):
        cells.sort()
        body = "".join(cell for _, cell in cells)
        text.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{body}</row>')
    text.append("</sheetData>")
    if merges:
        text.append(f'<mergeCells count="{len(merges)}">{"".join(merges)}</mergeCells>')
    if links:
        text.append(f"<hyperlinks>{''.join(links)}</hyperlinks>")
    return "".join(text)


def _relations(sheet: Sheet) -> bytes:
    """The part that names the files a sheet's links lead to."""
    lines = [
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/hyperlink" Target={quoteattr(_escaped(link.file))}'
        ' TargetMode="External"/>'
        for number, link in enumerate(sheet.outward, 1)
    ]
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'.encode()


def _escaped(file: str) -> str:
    return _ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", file)


def _cell(name: str, style: int, entry: Entry) -> str:
    content = entry.content
    if content is None or content == "":
        return f'<c r="{name}" s="{style}"/>'
    if isinstance(content, str):
        text = f'<is><t xml:space="preserve">{escape(content)}</t></is>'
        return f'<c r="{name}" s="{style}" t="inlineStr">{text}</c>'
    return f'<c r="{name}" s="{style}"><v>{content:f}</v></c>'


def _cover(rows: list[list[tuple[int, str]]], entry: Entry, style: int) -> None:
    """The cells under a merge: empty, but ruled like the first one."""
    for row in range(entry.row, entry.row + entry.rows):
        for column in range(entry.column, entry.column + entry.columns):
            if (row, column) != (entry.row, entry.column):
                rows[row - 1].append((column, f'<c r="{letters(column)}{row}" s="{style}"/>'))


@cache
def letters(column: int) -> str:
    """A column's letters: A, B, … AA."""
    rest, letter = divmod(column - 1, 26)
    return (letters(rest) if rest else "") + chr(65 + letter)


def address(sheet: str, cell: str = "A1") -> str:
    """A cell as links name it."""
    return "'" + sheet.replace("'", "''") + f"'!{cell}"


@dataclass(slots=True)
class _Parts:
    """What openpyxl puts into a package, by name: a zip archive as far as ExcelWriter asks for one."""

    parts: dict[str, bytes] = field(default_factory=dict)

    def writestr(self, name: str, data: str | bytes) -> None:
        self.parts[name] = data.encode() if isinstance(data, str) else data

    def write(self, path: str, name: str) -> None:
        with open(path, "rb") as file:  # noqa: PTH123 - openpyxl's own temporary file
            self.parts[name] = file.read()

    def namelist(self) -> list[str]:
        return list(self.parts)

    def close(self) -> None:
        """Nothing: the parts are packed later."""


def _packed(parts: _Parts, cells: Sequence[str]) -> bytes:
    """The package: parts in a fixed order and form, one date for all."""
    texts = {name: _fixed(name, data) for name, data in parts.parts.items()}
    for number, ours in enumerate(cells, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        before, _, after = texts[name].partition("<sheetData></sheetData>")
        buttons, after = _filter(after)
        texts[name] = before + ours.replace("</sheetData>", f"</sheetData>{buttons}", 1) + after
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(texts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # as on Windows, wherever it was made
            archive.writestr(info, texts[name].encode())
    return buffer.getvalue()


def _filter(text: str) -> tuple[str, str]:
    """The element of the filter, which stands before merges, and the rest."""
    found = re.match(r"<autoFilter [^>]*></autoFilter>", text)
    return (found[0], text[found.end() :]) if found else ("", text)


def _fixed(name: str, data: bytes) -> str:
    """A part in canonical XML: openpyxl's own form depends on whether lxml is installed."""
    if name == "docProps/app.xml":
        return _APP.decode()
    if name == _THEME:  # a constant of openpyxl's
        return data.decode()
    text = canonicalize(data.decode())
    return re.sub(r"<dimension [^>]*></dimension>", "", text) if name.startswith("xl/worksheets/") else text

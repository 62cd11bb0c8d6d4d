"""Files made to hurt: each goes beyond a bound, and is refused with what it goes beyond, not read until memory ends."""

from __future__ import annotations

import sys
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from budgetreport.problems import Problem
from budgetreport.read import bounds
from budgetreport.read.files import found_document
from budgetreport.read.found import FoundText
from budgetreport.read.pdf import eye, inflate
from budgetreport.read.unreadable import ReadingError

SHEET = "xl/worksheets/sheet1.xml"


def refused(path: Path) -> Problem:
    with pytest.raises(ReadingError) as caught:
        found_document(path)
    assert "选错了文件" in caught.value.problem.fix
    assert caught.value.problem.rule == "OS-03"
    return caught.value.problem


def book(folder: Path, change: Callable[[str], str] = str, more: bytes = b"") -> Path:
    """A workbook of one cell, the XML of its sheet changed, with a picture."""
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = "甲"
    plain, path = folder / "plain.xlsx", folder / "book.xlsx"
    made.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()) if name == SHEET else data)
        new.writestr("xl/media/picture.png", more)
    return path


def test_the_workbook_that_is_made_to_hurt_below_is_right(tmp_path: Path) -> None:
    (cell,) = found_document(book(tmp_path)).blocks
    assert isinstance(cell, FoundText)
    assert cell.text == "甲"


def test_a_file_of_more_bytes_than_any_document_has_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.truncate(100_000_001)
    assert refused(path).what == "文件超过100MB"


def test_a_workbook_that_unfolds_into_gigabytes_is_not_unfolded(tmp_path: Path) -> None:
    path = book(tmp_path, more=bytes(301_000_000))
    assert path.stat().st_size < 1_000_000
    assert "展开后超过300MB" in refused(path).what


def test_merges_and_links_of_a_whole_sheet_are_refused(tmp_path: Path) -> None:
    merges = '</sheetData><mergeCells count="1"><mergeCell ref="$A$1:XFD1048576"/></mergeCells>'
    assert "合并的区域超过200000格" in refused(book(tmp_path, lambda xml: xml.replace("</sheetData>", merges))).what


def test_merges_that_say_no_area_count_as_one_cell_and_are_left_to_the_reader(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1", "A:XFD", "甲1:乙9", "1:2", "A1:B2:C3"))
    said = f'</sheetData><mergeCells count="5">{merges}</mergeCells>'
    with pytest.raises(ReadingError) as caught:
        found_document(book(tmp_path, lambda xml: xml.replace("</sheetData>", said)))
    assert "已经损坏" in caught.value.problem.what


def test_entities_that_unfold_into_one_another_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    assert refused(book(tmp_path, lambda xml: xml.replace("<worksheet", bomb, 1))).what == "XML中有实体声明"


def test_broken_xml_is_told_as_damage_not_as_size(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as caught:
        found_document(book(tmp_path, lambda xml: xml.replace("</worksheet>", "")))
    assert "已经损坏" in caught.value.problem.what


def drawn(folder: Path, content: bytes, *, pages: int = 1) -> Path:
    """A PDF whose pages all have the content stream, packed."""
    path = folder / "文件.pdf"
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page()
            page.Contents = pdf.make_stream(content)
        pdf.save(path, compress_streams=True)
    return path


def test_a_pdf_whose_stream_unfolds_beyond_the_bound_is_not_unfolded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drawn(tmp_path, b" " * 2_000_000)
    assert path.stat().st_size < 10_000
    monkeypatch.setattr(inflate, "UNFOLDED", 1_000_000)
    assert "展开后超过" in refused(path).what


def test_all_streams_of_a_pdf_share_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflate, "UNFOLDED", 1_000_000)
    path = tmp_path / "多.pdf"
    with pikepdf.new() as pdf:
        for n in range(5):
            pdf.add_blank_page().Contents = pdf.make_stream(b" " * 300_000 + b"%" + bytes([48 + n]))
        pdf.save(path, compress_streams=True)
    assert "展开后超过" in refused(path).what


def test_a_pdf_of_thousands_of_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eye, "PAGES", 3)
    assert refused(drawn(tmp_path, b"", pages=4)).what == "超过3页"


def test_a_cut_stream_gives_what_was_unpacked_of_it(tmp_path: Path) -> None:
    """The words before the cut are read: a damaged page is better than none."""
    words = b"BT /F1 12 Tf 100 700 Td (before the cut) Tj ET\n" + b"% " + bytes(range(33, 127)) * 200
    path = tmp_path / "断.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        packed = zlib.compress(words)
        stream = pikepdf.Stream(pdf, packed[: len(packed) * 3 // 4])
        stream.Filter = pikepdf.Name.FlateDecode
        page.Contents = pdf.make_indirect(stream)
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, recompress_flate=False)
    (text,) = found_document(path).blocks
    assert isinstance(text, FoundText)
    assert text.text == "before the cut"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timer of computing time")
def test_a_file_that_takes_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_SECONDS", 0.05)
    assert "读得太久，超过了0.05秒" in refused(drawn(tmp_path, b"0 0 m 1 1 l S\n" * 100_000)).what


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory this way")
def test_a_file_that_takes_all_memory_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_MEMORY", 20_000_000)
    assert refused(drawn(tmp_path, b" " * 200_000_000)).what == "读它要用的内存太多"


def test_what_is_nested_without_end_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "套.pdf"
    with pikepdf.new() as pdf:
        kind = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 9, 9]}
        forms = [pdf.make_stream(b"/X Do", kind) for _ in range(2_000)]
        for outer, inner in pairwise(forms):
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        page = pdf.add_blank_page()
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=forms[0]))
        page.Contents = pdf.make_stream(b"/X Do")
        pdf.save(path)
    assert refused(path).what == "里面的内容套得太深"

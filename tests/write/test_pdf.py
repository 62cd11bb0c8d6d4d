from __future__ import annotations

import io
import re

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.typeset.fonts import MissingGlyphError, shipped
from budgetreport.typeset.page import Bookmark, Document, Link, Page, Rule, Run
from budgetreport.write.pdf import pdf_bytes
from tests.typeset.drawing import drawn

A4 = (595.28, 841.89)
FONTS = shipped()
ROLES = FONTS.roles
SAMPLE = "预算“公开”‘二〇’——说明……姓名·𠮷䶮㛃①Ⅰ（一）《办法》0123456789.50%％—1—"


def one_page(*runs: Run, rules: tuple[Rule, ...] = (), links: tuple[Link, ...] = ()) -> Document:
    return Document((Page(*A4, runs, rules, links),), (), (Bookmark("首页", 1, 0, 800),), title="预算公开")


def pdfium_text(data: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return str(pdf[page].get_textpage().get_text_range())


@pytest.mark.parametrize("role", ROLES)
def test_text_reads_back_identical_through_two_readers(role: str) -> None:
    data = pdf_bytes(one_page(*drawn(role, SAMPLE)), FONTS)
    assert pdfium_text(data) == SAMPLE
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert pdf.pages[0].extract_text() == SAMPLE


@given(
    st.text(st.sampled_from(SAMPLE + "晋州市委网络安全ABCxyz𠀀𫝀𬺰"), min_size=1, max_size=30), st.sampled_from(ROLES)
)
def test_any_text_reads_back_identical(text: str, role: str) -> None:
    data = pdf_bytes(one_page(*drawn(role, text)), FONTS)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert "".join(char["text"] for char in pdf.pages[0].chars) == text


def test_characters_drawn_by_one_glyph_copy_out_as_themselves() -> None:
    text = "—─·・"  # — is drawn as ─ is, and · as ・
    assert pdfium_text(pdf_bytes(one_page(*drawn("宋体", text)), FONTS)) == text


def test_gaps_and_spread_move_the_following_characters() -> None:
    run = Run(100, 700, "仿宋", 10, "一二三四", spread=0.5, gaps=((1, -4.0), (2, 3.0)))
    with pdfplumber.open(io.BytesIO(pdf_bytes(one_page(run), FONTS))) as pdf:
        places = [char["x0"] for char in pdf.pages[0].chars]
    assert places == pytest.approx([100, 110.5, 117, 130.5], abs=0.01)


def test_spread_of_one_run_does_not_reach_the_next() -> None:
    runs = (Run(100, 700, "仿宋", 10, "一二", spread=3), Run(100, 600, "仿宋", 10, "一二"))
    with pdfplumber.open(io.BytesIO(pdf_bytes(one_page(*runs), FONTS))) as pdf:
        assert [char["x0"] for char in pdf.pages[0].chars] == pytest.approx([100, 113, 100, 110])


def test_rules_are_lines_where_the_page_model_says() -> None:
    rules = (Rule(50, 100, 250, 100), Rule(50, 100, 50, 300, 1.0))
    with pdfplumber.open(io.BytesIO(pdf_bytes(one_page(rules=rules), FONTS))) as pdf:
        lines = pdf.pages[0].lines
        found = [(line["x0"], line["y0"], line["x1"], line["y1"], line["linewidth"]) for line in lines]
    assert [pytest.approx(line) for line in found] == [(50, 100, 250, 100, 0.5), (50, 100, 50, 300, 1.0)]


def test_same_document_same_bytes_and_another_document_another_id() -> None:
    first, again, other = (pdf_bytes(one_page(*drawn("黑体", text)), FONTS) for text in (SAMPLE, SAMPLE, SAMPLE[:-1]))
    assert first == again
    ids = [bytes(pikepdf.open(io.BytesIO(data)).trailer.ID[0]) for data in (first, other)]
    assert len(set(ids)) == 2
    assert b"Date" not in first


def test_every_font_is_an_embedded_subset_and_helvetica_is_not_among_them() -> None:
    data = pdf_bytes(one_page(*(run for role in ROLES for run in drawn(role, SAMPLE))), FONTS)
    assert b"Helvetica" not in data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        used = list(pdf.pages[0].Resources.Font.values())
        assert len(used) == 6
        assert sum(item.get("/Type") == "/Font" for item in pdf.objects if isinstance(item, pikepdf.Dictionary)) == 12
        for font in used:
            descendant = font.DescendantFonts[0]
            assert re.fullmatch(r"/[A-Z]{6}\+.+-Regular", str(font.BaseFont))
            assert descendant.BaseFont == font.BaseFont == descendant.FontDescriptor.FontName
            assert bytes(descendant.FontDescriptor.FontFile2.read_bytes()).startswith(b"\0\1\0\0")


def test_bookmarks_keep_their_levels_and_lead_to_their_pages() -> None:
    bookmarks = tuple(
        Bookmark(title, level, page, 700)
        for title, level, page in (("一", 1, 0), ("（一）", 2, 0), ("1.", 3, 1), ("（二）", 2, 1), ("二(末\\", 1, 1))
    )
    document = Document((Page(*A4), Page(*A4)), (), bookmarks)
    with pypdfium2.PdfDocument(pdf_bytes(document, FONTS)) as pdf:
        found = [(item.get_title(), item.level + 1, item.get_dest().get_index()) for item in pdf.get_toc()]
    assert found == [(bookmark.title, bookmark.level, bookmark.page) for bookmark in bookmarks]
    with pikepdf.open(io.BytesIO(pdf_bytes(document, FONTS))) as reopened:
        root = reopened.Root.Outlines
        assert (int(root.Count), int(root.First.Count), int(root.First.First.Count)) == (5, 3, 1)
        assert root.Last.Prev == root.First
        assert reopened.Root.PageMode == "/UseOutlines"


def test_links_print_say_where_they_lead_and_lead_there() -> None:
    data = pdf_bytes(one_page(links=(Link(50, 600, 200, 620, 0),)), FONTS)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert (str(annotation.Subtype), int(annotation.F), str(annotation.Contents)) == ("/Link", 4, "首页")
        assert annotation.Dest[0].objgen == pdf.pages[0].objgen


def test_properties_are_the_document_s_and_the_title_shows_in_the_window() -> None:
    document = Document((Page(*A4),), (), title="某单位2026年预算", author="某单位 (A\\B)", keywords=("预算", "公开"))
    with pikepdf.open(io.BytesIO(pdf_bytes(document, FONTS))) as pdf:
        assert str(pdf.docinfo.Title) == "某单位2026年预算"
        assert str(pdf.docinfo.Author) == "某单位 (A\\B)"
        assert str(pdf.docinfo.Keywords) == "预算，公开"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "zh-CN"
        assert "/Subject" not in pdf.docinfo
        assert "/Outlines" not in pdf.Root


def test_the_file_is_sound() -> None:
    document = one_page(*drawn("楷体", SAMPLE), rules=(Rule(1, 2, 3, 4),), links=(Link(1, 1, 9, 9, 0),))
    data = pdf_bytes(document, FONTS)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert data.count(b"endstream") == data.count(b"\nendstream")


def test_a_character_that_the_face_lacks_is_never_painted_silently() -> None:
    with pytest.raises(MissingGlyphError, match=r"U\+2460"):
        pdf_bytes(one_page(Run(50, 700, "仿宋", 12, "①")), FONTS)

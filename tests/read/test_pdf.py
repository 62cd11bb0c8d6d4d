"""Our PDFs, read back, say what their Report says; other people's give their texts and grids."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings

from budgetreport.disclosure import make, read
from budgetreport.read.found import FoundDocument, FoundGrid, FoundText
from budgetreport.read.pdf import read_pdf
from budgetreport.read.unreadable import ReadingError
from budgetreport.report import Cell, Column, Grid, Heading, Report, Row, Table
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.pages import Typesetter
from budgetreport.write.pdf import pdf_bytes
from tests.golden.stress import stress
from tests.making import EXAMPLE, hebei
from tests.read.printing import grid, line, pages, pdf_of
from tests.read.random_reports import reports
from tests.read.reports import folded, got, read_bytes, wanted

LEFT, RIGHT = 79.4, 521.6
BODY = "预算收支情况说明经费安排公开部门财政"


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, FoundDocument]:
    """The example's Report, and what is read from its PDF."""
    disclosure = read(EXAMPLE)
    data = make(disclosure, ("pdf",), lambda _step: None).files["pdf"].data
    return disclosure.report, read_bytes(data, tmp_path_factory.mktemp("reference"))


def test_every_grid_of_the_reference_is_found_with_its_texts_and_spans(
    reference: tuple[Report, FoundDocument],
) -> None:
    report, document = reference
    ours, theirs = got(document).grids, wanted(report).grids
    for number, (mine, printed) in enumerate(zip(ours, theirs, strict=False)):
        assert mine == printed, f"grid {number}"
    assert len(ours) == len(theirs)


def test_every_grid_of_a_document_that_is_hard_to_set_is_found_with_its_line_feeds(tmp_path: Path) -> None:
    """Forms and tables over pages, wrapped heads, names broken evenly: typesetting's line ends are none of the text."""
    made = stress()
    document = read_bytes(pdf_bytes(Typesetter(made, hebei().style, shipped()).document(), shipped()), tmp_path)
    assert got(document).grids == wanted(made).grids
    printed = [c.text for t in made.tables() for g in t.grids for row in g.rows for c in row.cells if c]
    seen = [c.text for b in document.blocks if isinstance(b, FoundGrid) for row in b.rows for c in row if c]
    assert [text.count("\n") for text in seen if "\n" in text] == [t.count("\n") for t in printed if "\n" in t]


def test_every_text_of_the_reference_is_found_in_order(reference: tuple[Report, FoundDocument]) -> None:
    report, document = reference
    assert got(document).texts == wanted(report).texts
    assert got(document).order == wanted(report).order


def test_line_feeds_in_cells_of_the_reference_are_found(reference: tuple[Report, FoundDocument]) -> None:
    report, document = reference
    printed = [c.text for t in report.tables() for g in t.grids for row in g.rows for c in row.cells if c]
    seen = [c.text for b in document.blocks if isinstance(b, FoundGrid) for row in b.rows for c in row if c]
    feeds = [[folded(part) for part in text.split("\n")] for text in printed if "\n" in text]
    assert [[folded(part) for part in text.split("\n")] for text in seen if "\n" in text] == feeds
    assert len(feeds) >= 4


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(report=reports)
def test_what_is_written_is_read(report: Report, tmp_path: Path) -> None:
    told, printed = got(read_bytes(pdf_of(report), tmp_path)), wanted(report)
    assert told.grids == printed.grids
    assert told.texts == printed.texts
    assert told.order == printed.order


def texts(document: FoundDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, FoundText)]


def grids(document: FoundDocument) -> list[list[list[str]]]:
    """The grids' texts, '' where a span covers."""
    found = [block for block in document.blocks if isinstance(block, FoundGrid)]
    return [[[cell.text if cell else "" for cell in row] for row in one.rows] for one in found]


def test_a_draft_says_the_same_without_its_mark(reference: tuple[Report, FoundDocument], tmp_path: Path) -> None:
    _, document = reference
    drafted = make(read(EXAMPLE), ("pdf",), lambda _step: None, draft=True).files["pdf"].data
    assert read_bytes(drafted, tmp_path).blocks == document.blocks


def test_entries_of_the_contents_keep_leaders_and_page_number(reference: tuple[Report, FoundDocument]) -> None:
    report, document = reference
    entries = [folded(text) for text in texts(document) if text[-1].isdigit() and "…" in text]
    headed = [b.text if isinstance(b, Heading) else b.title for b in report.blocks if isinstance(b, Heading | Table)]
    levels = [b.level for b in report.blocks if isinstance(b, Heading | Table)]
    wanted = [folded(text) for text, level in zip(headed, levels, strict=True) if level]
    assert [entry.partition("…")[0] for entry in entries] == wanted


def test_a_page_number_among_the_text_stays(tmp_path: Path) -> None:
    page = [*line("预算公开。", LEFT + 32, 120), *line("12", LEFT + 32, 149), *line("收支说明。", LEFT + 32, 178)]
    foot = line("— 3 —", 420, 780, 14, "宋体")
    assert texts(read_bytes(pages(([*page, *foot], [])), tmp_path)) == ["预算公开。", "12", "收支说明。"]


def test_a_paragraph_goes_on_over_a_page_end(tmp_path: Path) -> None:
    full, rest = (BODY * 2)[:26], (BODY * 2)[:28]
    first = [*line(full, LEFT + 32, 120, 15.8), *line(rest, LEFT, 149, 15.8)]
    second = [*line("到此为止。", LEFT, 105, 15.8), *line("另一段。", LEFT + 32, 134, 15.8)]
    assert texts(read_bytes(pages((first, []), (second, [])), tmp_path)) == [full + rest + "到此为止。", "另一段。"]


def test_a_grid_of_others_goes_on_where_nothing_stands_between_and_columns_are_the_same(tmp_path: Path) -> None:
    xs, head = [60.0, 200.0, 400.0], ["编码", "名称"]
    first = grid(xs, [100, 130, 160], [head, ["201", "一般"]])
    again = grid(xs, [70, 100, 130], [head, ["202", "外交"]])
    more = grid(xs, [70, 100], [["203", "国防"]])
    other = grid([60.0, 250.0, 400.0], [70, 100], [["204", "公安"]])
    found = grids(read_bytes(pages(first, again, more, other), tmp_path))
    assert found == [[head, ["201", "一般"], ["202", "外交"], ["203", "国防"]], [["204", "公安"]]]


def test_a_grid_under_another_title_is_another_grid(tmp_path: Path) -> None:
    xs, head = [60.0, 200.0, 400.0], ["编码", "名称"]
    first = grid(xs, [100, 130, 160], [head, ["201", "一般"]])
    runs, rules = grid(xs, [100, 130, 160], [head, ["202", "外交"]])
    found = read_bytes(pages(first, ([*line("另一张表", 250, 60), *runs], rules)), tmp_path)
    assert [len(one) for one in grids(found)] == [2, 2]
    assert texts(found) == ["另一张表"]


def test_a_row_higher_than_a_page_is_one_row(tmp_path: Path) -> None:
    words = "".join(f"{BODY[n % 18]}支出第{n}号，" for n in range(500))
    head = Row("h", (Cell("序号", header="column"), Cell("说明", header="column")), role="head")
    rows = (head, Row("1", (Cell("甲"), Cell(words))), Row("2", (Cell("乙"), Cell("完"))))
    table = Table("长", "长表", "长", (Grid("g", (Column("a"), Column("b")), rows),), 1)
    document = read_bytes(pdf_of(Report((table,), "题名")), tmp_path)
    assert document.pages > 2
    assert grids(document) == [[["序号", "说明"], ["甲", words], ["乙", "完"]]]


def test_pages_without_anything_are_told_and_a_page_number_is_nothing(tmp_path: Path) -> None:
    said = line("预算公开。", LEFT, 120)
    foot = line("— 2 —", 100, 780, 14, "宋体")
    document = read_bytes(pages((said, []), (foot, []), ([], [])), tmp_path)
    assert (document.pages, document.blank_pages) == (3, (2, 3))
    assert ("title", "题名") in document.properties


@pytest.mark.parametrize("hiding", [b"0 0 9 9 re W n ", b"3 Tr "], ids=["clipped", "invisible"])
def test_what_no_reader_sees_is_not_read(hiding: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pages((line("看不见", LEFT, 120), []), (line("看得见", LEFT, 120), [])))) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(hiding + page.Contents.read_bytes())
        pdf.save(tmp_path / "hidden.pdf")
    assert texts(read_pdf(tmp_path / "hidden.pdf")) == ["看得见"]


def problem(path: Path) -> tuple[str, str]:
    """Rule and first words of what is told about a file that cannot be read."""
    with pytest.raises(ReadingError) as raised:
        read_pdf(path)
    told = raised.value.problem
    assert told.fix
    assert str(told.where) == path.as_posix()
    return told.rule, told.what


def test_files_that_cannot_be_read_are_told_plainly(tmp_path: Path) -> None:
    sound = pages((line("预算公开。", LEFT, 120), []))
    (tmp_path / "text.pdf").write_bytes("不是PDF".encode())
    (tmp_path / "half.pdf").write_bytes(sound[: len(sound) // 3])
    (tmp_path / "scan.pdf").write_bytes(pages(grid([60, 200], [60, 200], [[""]])))
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="甲", user="乙"))
    assert problem(tmp_path / "text.pdf") == ("OS-03", "文件不是PDF，或已损坏")
    assert problem(tmp_path / "half.pdf") == ("OS-03", "文件不是PDF，或已损坏")
    assert problem(tmp_path / "scan.pdf") == ("OS-03", "PDF里没有文字（共1页）")
    assert problem(tmp_path / "locked.pdf") == ("OS-03", "PDF设有打开密码，读不出来")
    assert problem(tmp_path / "none.pdf")[1].startswith("文件读不出来")


def test_a_missing_library_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pdfminer.pdfdocument", None)
    with pytest.raises(ReadingError) as raised:
        read_pdf(tmp_path / "any.pdf")
    assert raised.value.problem.fix == "安装：pip install pdfminer.six"

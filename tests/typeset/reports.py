"""Small reports to typeset."""

from __future__ import annotations

from budgetreport.report import Block, Cell, Column, Grid, Kind, Paragraph, Report, Row, Table
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.page import Document, Page
from budgetreport.typeset.pages import Typesetter
from tests.typeset.style import STYLE

HEADS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款", "财政专户管理资金", "事业收入")


def pages_of(*blocks: Block) -> Document:
    return Typesetter(Report(blocks, "题名"), STYLE, shipped()).document()


def head(text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(text, rows=rows, columns=columns, align="center", header="column")


def table(  # noqa: PLR0913 - what tests vary
    count: int,
    *,
    amounts: int = 2,
    level: int = 1,
    names: dict[int, str] | None = None,
    page: str = "auto",
    notes: tuple[str, ...] = (),
    totals: int = 1,
) -> Table:
    """序号, 编码, 名称 and some amounts; the last `totals` rows are totals."""
    columns = (
        Column("序号", Kind.NUMBER), Column("编码", Kind.CODE), Column("名称"),
        *(Column(f"金额{n}", Kind.AMOUNT) for n in range(amounts)),
    )  # fmt: skip
    heads = [head("序号"), head("科目编码"), head("科目名称"), *(head(HEADS[n % 5]) for n in range(amounts))]
    rows = [
        Row("h", tuple(heads), role="head"),
        Row("n", tuple(head("栏次" if n == 0 else str(n)) for n in range(3 + amounts)), role="numbering"),
    ]
    for n in range(count):
        name = (names or {}).get(n, f"其他信息事务支出{n}" if n < count - totals else f"合计{n}")
        cells = (
            Cell(str(n + 1), Kind.NUMBER, align="center"),
            Cell(str(2013700 + n), Kind.CODE, align="center"),
            Cell(name, header="row", indent=n % 3),
            *(Cell(f"{n * 37 + k}.{n % 100:02d}", Kind.AMOUNT, align="right") for k in range(amounts)),
        )
        rows.append(Row(str(n), cells, total=n >= count - totals))
    said = tuple(Paragraph(note, role="note") for note in notes)
    caption = ("某单位", "预算年度：2026", "单位：万元")
    return Table(f"表{count}", "支出总表", "支出", (Grid("g", columns, tuple(rows)),), level, caption, said, page)


def content(document: Document) -> str:
    """All text that is no artifact, in reading order."""
    return "".join(run.text for page in document.pages for run in page.runs if run.element >= 0)


def by_element(document: Document) -> str:
    """All text that is no artifact, element by element."""
    runs = [run for page in document.pages for run in page.runs if run.element >= 0]
    return "".join(run.text for run in sorted(runs, key=lambda run: run.element))


def printed(page: Page) -> str:
    """All text of a page, run by run."""
    return "".join(run.text for run in page.runs)


def wanted(one: Table) -> str:
    """What a table says, in reading order."""
    cells = (cell.text for grid in one.grids for row in grid.rows for cell in row.cells if cell)
    said = [one.title, *one.caption, *cells, *(note.text for note in one.notes)]
    return "".join(said).replace("\n", "")

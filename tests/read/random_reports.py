"""Small random reports: headings, paragraphs, tables over pages with merged cells, forms of stacked grids."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from budgetreport.report import Block, Cell, Column, Grid, Heading, Kind, Paragraph, Report, Row, Table

HAN = "晋州市预算收支部门经费管理安排网络公开情况说明财政拨款一般公共"
words = st.text(HAN, min_size=2, max_size=8)
amounts = st.decimals(0, 99999, places=2).map(str)
sentences = st.lists(
    st.one_of(words, amounts.map(lambda a: a + "万元"), st.just("（含本级）")), min_size=1, max_size=25
)
paragraphs = sentences.map(lambda parts: Paragraph("，".join(parts) + "。"))
headings = words.map(lambda text: Heading(2, "一、" + text, text))


def _head(text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(text, rows=rows, columns=columns, align="center", header="column")


@st.composite
def _groups(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    """Groups of rows: name, number of rows, and an amount for the whole group."""
    names = draw(st.lists(words, min_size=1, max_size=8, unique=True))
    times = draw(st.sampled_from([1, 3, 6]))
    return [(name, times * draw(st.integers(1, 5)), draw(amounts)) for name in names]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of grouped rows: the group and its amount merged down, a name that may wrap, an amount."""
    columns = (
        Column("序号", Kind.NUMBER), Column("组"), Column("名称", width=12), Column("组金额", Kind.AMOUNT),
        Column("金额", Kind.AMOUNT),
    )  # fmt: skip
    rows = [
        Row("h1", (_head("序号", 2), _head("项目", 1, 2), None, _head("金额", 1, 2), None), role="head"),
        Row("h2", (None, _head("组别"), _head("名称"), _head("全组"), _head("本行")), role="head"),
        Row("n", tuple(_head(t) for t in ("栏次", "1", "2", "3", "4")), role="numbering"),
    ]
    number = 0
    labels = draw(st.lists(st.lists(words, min_size=1, max_size=4).map("".join), min_size=3, max_size=5))
    own = draw(st.lists(st.one_of(st.just(""), amounts), min_size=3, max_size=5))
    for name, count, whole in draw(_groups()):
        for n in range(count):
            number += 1
            rows.append(
                Row(
                    str(number),
                    (
                        Cell(str(number), Kind.NUMBER, align="center"),
                        Cell(name, rows=count, align="center") if n == 0 else None,
                        Cell(labels[number % len(labels)], indent=number % 3),
                        Cell(whole, Kind.AMOUNT, rows=count, align="right") if n == 0 else None,
                        Cell(own[number % len(own)], Kind.AMOUNT, align="right"),
                    ),
                )
            )
    caption = draw(
        st.sampled_from([(), ("单位：万元",), ("某单位", "单位：万元"), ("某单位", "年度：2026", "单位：万元")])
    )
    notes = draw(st.lists(words.map(lambda text: Paragraph(f"注：{text}。", role="note")), max_size=2))
    title = draw(words) + "表"
    return Table(title, title, "表", (Grid("g", columns, tuple(rows)),), 1, caption, tuple(notes))


@st.composite
def forms(draw: st.DrawFn) -> Table:
    """Two grids stacked without a gap, columns different, a list in a merged cell."""
    goals = draw(st.lists(st.lists(words, min_size=3, max_size=12).map("".join), min_size=1, max_size=3))
    goal = "\n".join(f"{n}.{text}" for n, text in enumerate(goals, 1))
    upper = Grid(
        "概况", tuple(Column(f"u{n}") for n in range(4)),
        (
            Row("a", (Cell("编码"), Cell(draw(words)), Cell("名称"), Cell(draw(words)))),
            Row("b", (Cell("目标", align="center"), Cell(goal, columns=3), None, None)),
        ),
    )  # fmt: skip
    count = draw(st.integers(1, 5))
    body = [
        Row(str(n), (Cell("产出" if n == 0 else "", rows=count) if n == 0 else None, Cell(draw(words)), Cell("≥4次")))
        for n in range(count)
    ]
    head = Row("h", (_head("一级"), _head("二级"), _head("值")), role="head")
    lower = Grid("指标", tuple(Column(f"l{n}") for n in range(3)), (head, *body))
    title = "绩效" + draw(words)
    return Table(title, title, "绩效", (upper, lower), 0, ("单位：万元",), (), form=True, font="form")


blocks: st.SearchStrategy[Block] = st.one_of(headings, paragraphs, paragraphs, tables(), forms())


OPENING = Paragraph("按照有关规定，现将部门预算公开如下，" * 4 + "请予监督。")
"""Of several lines: where no paragraph has a second one, nothing on the page shows that the first is indented."""


def _told_apart(found: list[Block]) -> Report:
    """A report whose tables have different titles."""
    named = (replace(b, title=f"{n}、{b.title}") if isinstance(b, Table) else b for n, b in enumerate(found, 1))
    return Report((OPENING, *named), "题名")


reports = st.lists(blocks, min_size=1, max_size=7).map(_told_apart)

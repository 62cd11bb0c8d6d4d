"""A style for tests, with the values of layouts/common/style.yaml as they were when this was written."""

from __future__ import annotations

from budgetreport.style import Margins, Role, Ruling, Style

STYLE = Style(
    roles={
        "cover-title": Role("小标宋", 26, 44, "center", before=150),
        "contents-title": Role("小标宋", 22, 40, "center", after=18),
        "contents1": Role("黑体", 14, 25, "left"),
        "contents2": Role("仿宋", 14, 25, "left", left=1),
        "heading1": Role("小标宋", 18, 30, "center", after=6),
        "heading2": Role("黑体", 16, 29, first=2),
        "heading3": Role("楷体", 16, 29, first=2),
        "body": Role("仿宋", 16, 29, first=2),
        "second": Role("楷体", 16, 29, first=2),
        "label": Role("黑体", 14, 24, "center", before=8, after=4),
        "caption": Role("宋体", 10.5, 16, "left"),
        "note": Role("宋体", 10.5, 16),
        "table": Role("宋体", 10.5, 14, smaller=(9, 8)),
        "table-head": Role("宋体", 10.5, 14, "center", smaller=(9, 8)),
        "form": Role("宋体", 10.5, 15, smaller=(9,)),
        "page-number": Role("宋体", 14, 18),
    },
    margins={
        "text": Margins(37, 26, 35, 28),
        "portrait": Margins(25, 20, 24, 20),
        "landscape": Margins(24, 20, 22, 20, turned=True),
        "cover": Margins(37, 26, 35, 28),
    },
    ruling=Ruling(rule=0.5, row=7, row_least=5.6, pad=1, pad_y=0.6, gap=0, widest=0),
    recognised=((r"^（[一二三四五六七八九十]+）[^。；：]{1,30}$", "second"),),
    continued="（续表）",
    footer=("— ", " —"),
    workbook_fonts={},
)

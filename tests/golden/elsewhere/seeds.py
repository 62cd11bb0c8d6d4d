"""Slips that somebody could make in a Shanghai budget, and the rules that should find each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from budgetreport.report import Block, Cell, Heading, Paragraph, Report, Table
from tests.checks.altered import with_cells, with_table

Seed = Callable[[Report], Report]
SEEDS: dict[str, tuple[frozenset[str], Seed]] = {}
"""What went wrong → the rules that tell of it (one is enough), and the slip."""


def _seed(name: str, rules: str, make: Seed) -> None:
    SEEDS[name] = frozenset(rules.split()), make


def _more(text: str) -> str:
    """An amount with a thousand more."""
    return f"{Decimal(text.replace(',', '') or '0') + 1000:,.2f}"


def _cell(table: str, row: str, column: str, by: Callable[[str], str] = _more) -> Seed:
    """Another amount in a cell; `row` may be a regular expression, whose first match among the rows' ids is meant."""

    def slip(report: Report) -> Report:
        (found,) = (t for t in report.tables() if t.id == table)
        grid = found.grids[0]
        at = next(n for n, c in enumerate(grid.columns) if f"/{c.id}".endswith(f"/{column}"))
        side = grid.columns[at].side
        name, cell = next(
            (r.id_on(side), r.cells[at]) for r in grid.body if re.fullmatch(row, r.id_on(side)) and _filled(r.cells[at])
        )
        return with_cells({(table, name, column): by(cell.text if cell else "")}, report)

    return slip


def _filled(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.text.strip())


def _said(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Seed:
    """Other words in the first paragraph that says so."""

    def slip(report: Report) -> Report:
        blocks: list[Block] = list(report.blocks)
        at = next(n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and re.search(pattern, b.text))
        block = blocks[at]
        assert isinstance(block, Paragraph)
        blocks[at] = replace(block, text=re.sub(pattern, by, block.text, count=1))
        return replace(report, blocks=tuple(blocks))

    return slip


def _without(pattern: str) -> Seed:
    """The first paragraph that says so left out."""

    def slip(report: Report) -> Report:
        at = next(n for n, b in enumerate(report.blocks) if isinstance(b, Paragraph) and re.search(pattern, b.text))
        return replace(report, blocks=(*report.blocks[:at], *report.blocks[at + 1 :]))

    return slip


def _headed(pattern: str, by: str) -> Seed:
    def slip(report: Report) -> Report:
        at = next(n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and re.search(pattern, b.text))
        head = report.blocks[at]
        assert isinstance(head, Heading)
        changed = replace(head, text=re.sub(pattern, by, head.text, count=1))
        return replace(report, blocks=(*report.blocks[:at], changed, *report.blocks[at + 1 :]))

    return slip


def _titled(table: str, change: Callable[[Table], Table | None]) -> Seed:
    return lambda report: with_table(table, change, report)


def _thousand(match: re.Match[str]) -> str:
    return f"{match[1]}{Decimal(match[2].replace(',', '')) + 1000:,.2f}"


FINE, COARSE = r"\d{7}", r"\d{3}"
TURNED = {"增加": "减少", "减少": "增加"}
FEES = "三公经费和机关运行经费表"
_seed("收入总计多了1000", "T1-01 T1-05 X-01", _cell("收支总表", "收入总计", "本年收入/预算数"))
_seed("财政拨款收入多了1000", "T1-01 X-03", _cell("收支总表", "财政拨款收入", "本年收入/预算数"))
_seed("收入总表一项的合计多了1000", "T2-01 T2-02", _cell("收入总表", FINE, "合计"))
_seed("收入总表一类的拨款多了1000", "T2-01 T2-02", _cell("收入总表", COARSE, "财政拨款收入"))
_seed("支出总表一项的基本支出多了1000", "T3-01 T3-02", _cell("支出总表", FINE, "基本支出"))
_seed("支出总表合计的项目支出多了1000", "T3-01 T3-02", _cell("支出总表", "合计", "项目支出"))
_seed("财政拨款收支总表一类多了1000", "T4-01 T4-02 X-04", _cell("财政拨款收支总表", COARSE, "一般公共预算"))
_seed("财政拨款收入总计多了1000", "T4-02 T4-03 X-03", _cell("财政拨款收支总表", "收入总计", "预算数"))
_seed("一般公共预算一款多了1000", "T5-01 T5-02", _cell("一般公共预算支出表", r"\d{5}", "合计"))
_seed("基本工资多了1000", "T6-01 T6-02", _cell("基本支出经济分类表", "30101", "合计"))
_seed("基本支出合计多了1000", "T6-01 T6-02 X-06", _cell("基本支出经济分类表", "合计", "合计"))
_seed("公务接待费写错", "T9-01 TN-10", _cell(FEES, "预算数", "公务接待费", lambda _: "3.21"))
_seed(
    "机关运行经费写错",
    "X-10 TN-10",
    _cell(FEES, "预算数", "机关运行经费预算数", lambda _: "99.99"),
)
_seed("金额成了负数", "IN-03", _cell("支出总表", FINE, "合计", lambda text: f"-{text}"))
_seed("金额混入字母", "IN-02", _cell("支出总表", FINE, "合计", lambda text: text.replace("0", "O")))
_seed("金额少了千分位", "IN-06", _cell("支出总表", COARSE, "合计", lambda text: text.replace(",", "")))
_seed("科目名称写错", "C-02", _cell("支出总表", FINE, "功能分类科目名称", lambda text: f"{text}类"))
_seed("文字的收入预算多了1000", "TN-01", _said(r"(收入预算)([\d,.]+)", _thousand))
_seed("文字一项多了1000", "TN-02", _said(r"(”(?:科目)?)([\d,.]+)(?=万元，主要用于)", _thousand))
_seed("文字的科目写错", "TN-02", _said("行政运行", "行政运转"))
_seed("漏了一项支出的说明", "TN-02 W-07", _without("购房补贴"))
_seed("“三公”经费的文字写错", "TN-10", _said(r"(经费预算数为)[\d,.]+", r"\g<1>7.77"))
_seed("增减额写错", "YY-02", _said(r"(财政拨款支出预算[\d,.]+万元，比2024年预算(?:增加|减少))[\d,.]+", r"\g<1>55.55"))
_seed("比较的基期写错", "YY-01", _said("比2024年", "比2023年"))
_seed(
    "主要原因的方向写反",
    "YY-03",
    _said("收入支出(增加|减少)", lambda m: f"收入支出{TURNED[m[1]]}"),
)
_seed("采购货物的预算写错", "PR-01", _said(r"(货物预算)[\d.]+", r"\g<1>5.55"))
_seed("绩效目标的资金超过项目支出", "PF-01", _said(r"(项目预算资金)[\d.]+", r"\g<1>99999.99"))
_seed("车辆加不起来", "AS-01", _said("执法执勤用车0辆", "执法执勤用车3辆"))
_seed("资产的日期是往年的", "AS-03", _said("截至2024年", "截至2023年"))
_seed("少了一张表", "CP-01", _titled("国有资本经营预算支出表", lambda _: None))
_seed("少了一节", "CP-02", lambda report: replace(report, blocks=tuple(b for b in report.blocks if not _is_notes(b))))
_seed("表的单位写错", "IN-07", _titled("收入总表", lambda t: replace(t, caption=(t.caption[0], "单位：万元"))))
_seed("表名的年度没有改", "IN-04", _titled("收入总表", lambda t: replace(t, title=t.title.replace("2025", "2024"))))
_seed("标题的单位名称写错", "IN-05", _headed("普陀区", "普陀"))
_seed("编制单位写错", "IN-05", _titled("支出总表", lambda t: replace(t, caption=(t.caption[0] + "局", t.caption[1]))))
_seed("空表没有说明", "CP-03", _titled("政府性基金预算支出表", lambda t: replace(t, notes=())))
_seed("重复了标点", "W-01 W-02 W-03 W-05", _said("。$", "。。"))
_seed("留了手机号", "PB-02", _said("。$", "。联系电话13812345678。"))


def _is_notes(block: Block) -> bool:
    return isinstance(block, Heading) and block.id == "名词解释"

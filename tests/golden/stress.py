"""A document that is hard to set.

Long names, wrapped heads, huge and negative amounts, rows over pages, rare characters, long paragraphs, parts
without content, many indicators, several projects. The input goes through intake and layout like any other; what
no input can say (negative amounts, cells over several rows and pages) are tables put after it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from budgetreport.report import Block, Cell, Column, Grid, Heading, Kind, Paragraph, Report, Row, Table
from tests.checks.mutations.damage import Chance
from tests.end_to_end.ledgers import FISCAL, FUNCTIONS, OWN, RUNNING, STAFF
from tests.generated.words import text
from tests.making import composed, hebei

UNIT = "晋州市农业农村和水利综合行政执法暨高标准农田建设项目协调推进领导小组办公室（晋州市乡村振兴服务中心）"
_ORGANISATIONS = (
    "本级", "晋州市水利局𬭎𫟼龘彧工程管理站", "晋州市第1.50号Wi-Fi与5G-A应用示范中心（A&B）", "晋州市农技站",
    "晋州市农业农村和水利综合行政执法大队暨农产品质量安全检验检测中心驻石家庄市办事处",
)  # fmt: skip
_PROJECTS = ("高标准农田建设", "2026年农村饮水安全巩固提升及水源地保护、监测、应急能力建设（二期）工程配套资金", "𬺈𫖯")
_INDICATORS = (3, 11, 1)
_KINDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款", "财政专户管理资金", "单位资金")
_FUNCTIONS = 60
"""Of so many functional codes, the first ones, the ledger has lines."""
_SOME, _LONG = 12, 28
"""Characters of a short cell, of a full line."""


def stress() -> Report:
    """The same report on every call."""
    made, problems = composed(stress_input(), hebei())
    assert not problems, [f"{p.where} {p.what}" for p in problems]
    blocks: list[Block] = [*made.blocks, Heading(1, "附表与附文", "h-more"), *_more()]
    return replace(made, blocks=tuple(blocks))


def stress_input() -> dict[str, Any]:
    """What a clerk could have stated."""
    chance = Chance("stress")
    codes = [f"13018326P0003{n:08d}" for n in range(1, len(_PROJECTS) + 1)]
    return {
        "layout": "hebei/2026-department-budget",
        "year": 2026,
        "amount_unit": "万元",
        "unit": {"code": "224001", "name": UNIT, "region": "晋州市", "level": "县级"},
        "ledger": [
            *({**_line(chance, "项目支出", FISCAL[0]), "project": code} for code in codes),
            *(_line(chance, use, source) for use in ("人员经费", "公用经费") for source in (*FISCAL, *OWN)),
            *(_line(chance, "人员经费", FISCAL[0]) for _ in range(16)),
            *(_line(chance, "经营支出", source) for source in OWN),
        ],
        "prior_year": {"ledger": [{"use": "基本支出", "source": "一般公共预算拨款", "amount": "987654321.00"}]},
        "organisations": [
            {"id": f"{n}号", "name": name, "nature": "事业", "rank": "正科级", "funding": "财政性资金基本保证"}
            for n, name in enumerate(_ORGANISATIONS)
        ],
        "projects": [
            _project(chance, code, name, count)
            for code, name, count in zip(codes, _PROJECTS, _INDICATORS, strict=True)
        ],
        "procurement_budgets": [
            {"name": "公用经费一", "funds": "7.60"},
            {"name": _PROJECTS[1], "funds": "99999999.99"},
        ],
        "procurement": [_bought(chance, n) for n in range(14)],
        "assets": {"holdings": [], "planned": "0"},
        "narrative": _narrative(chance),
        "special_funds": [{"name": _PROJECTS[0] + "专项资金", "amount": "12345678.90", "goals": _ends("专项", 2)}],
    }  # fmt: skip


def _line(chance: Chance, use: str, source: str) -> dict[str, Any]:
    amount = chance.pick(["0.01", "5", "12.50", "317.38", "1000", "99999999.99", "12345678.90"])
    line = {"function": chance.pick(FUNCTIONS[:_FUNCTIONS]), "use": use, "source": source, "amount": amount}
    if use in ("人员经费", "公用经费"):
        line["economic"] = chance.pick(STAFF if use == "人员经费" else RUNNING)
    return line


def _project(chance: Chance, code: str, name: str, count: int) -> dict[str, Any]:
    levels = [("产出指标", kind) for kind in ("数量指标", "质量指标", "时效指标", "成本指标")]
    levels += [("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标")]
    return {
        "code": code,
        "name": name,
        "purpose": text("digits", "paragraph" if count > 1 else "short", chance),
        "plan": {"3月底": 20, "6月底": "50.5", "10月底": 80, "12月底": 100},
        "goals": _ends(name, count % 7),
        "indicators": [
            {
                "level1": levels[n * len(levels) // count][0],
                "level2": levels[n * len(levels) // count][1],
                "name": _words(3 + n % _SOME),
                "description": text("rare" if n % 5 == 0 else "plain", "usual", chance),
                "value": chance.pick(["≥95%", "≤99999999.99万元", "100%", "≥3类", "优", "≤0.9‰", "≥16小时/天"]),
                "basis": _words(2 + n % _LONG),
            }
            for n in range(count)
        ],
    }


def _bought(chance: Chance, number: int) -> dict[str, Any]:
    amount = chance.pick(["0.01", "99999.99", "12.50", "3"])
    return {
        "organisation": f"{number % 3}号",
        "budget_item": "公用经费一" if number % 4 else _PROJECTS[1],
        "item": _words(2 + number % _SOME),
        "catalogue": chance.pick(["A02010402", "A02061809", None]),
        "measure": chance.pick(["台", "批", "平方米", None]),
        "quantity": 1 + number,
        "price": amount,
        "amount": amount,
        "source": chance.pick(FISCAL + OWN),
        "reserved": amount if number % 2 else None,
    }


def _narrative(chance: Chance) -> dict[str, Any]:
    return {
        "duties": [
            f"（一）{text('rare', 'paragraph', chance)}",
            f"（二）{text('latin', 'paragraph', chance)}",
            f"（三）{text('odd', 'paragraph', chance)}",
            *_ends("履行职责", 12),
        ],
        "main_projects": "、".join(_PROJECTS),
        "entrusted_services": "12345678.90",
        "basic_reason": "主要为人员工资调整",
        "project_reason": text("digits", "paragraph", chance).rstrip("。"),
        "operating_uses": "日常维修",
        "sangong_reason": "压减非必要支出",
        "overall_goal": [text("digits", "paragraph", chance)],
        "sub_goals": ["（一）很短的小标题", "好。", f"（二）{_words(24)}", *_ends("分项目标", 3)],
        "safeguards": ["完善制度。"],
    }


def _words(count: int) -> str:
    """So many characters of an indicator's name."""
    return ("建成高标准农田并通过竣工验收后移交管护主体的面积占年度计划建设总面积之比率" * 2)[:count]


def _ends(said: str, count: int) -> list[str]:
    """Paragraphs, each one character longer than the one before: their last lines have every length."""
    return [(said + "，统筹推进农田水利设施建设和管护机制改革落地见效" * 4)[: 66 + n] + "。" for n in range(count + 1)]


def _more() -> list[Block]:
    heads = tuple(f"{kind}\n{what}" for kind in _KINDS for what in ("增减额", "本年数"))
    return [
        Paragraph("下列各表所列增减额，减少的以负数表示：" + "增减额等于2026年预算数减去2025年预算数。" * 3),
        _changes("增减变化情况表", 16, ("2025年预算数", "2026年预算数", "增减额", "增减（%）"), level=0),
        Paragraph("上表所列各项变化的原因如下。" + _words(60) + "。"),
        _changes("分资金性质增减变化情况表", 28, heads, level=1),
        _merged(),
    ]


def _changes(title: str, count: int, heads: tuple[str, ...], *, level: int) -> Table:
    """编码, 科目 and amounts, negative ones among them; 合计 last."""
    grouped = "\n" in heads[0]
    said = [head.partition("\n") for head in heads]
    columns = (Column("编码", Kind.CODE), Column("科目"), *(Column(head, Kind.AMOUNT) for head in heads))
    rows = []
    if grouped:
        groups = [_head(said[n][0], columns=2) if n % 2 == 0 else None for n in range(len(said))]
        rows.append(Row("h1", (_head("科目", columns=2), None, *groups), role="head"))
    names = [_head(below or above) for above, _, below in said]
    rows.append(Row("h2", (_head("编码"), _head("名称"), *names), role="head"))
    for n in range(count):
        amounts = [_amount(n, k, percent="%" in head) for k, head in enumerate(heads)]
        label = "合计" if n == count - 1 else _words(4 + n % 20)
        code = Cell("" if n == count - 1 else str(2130000 + n), Kind.CODE, align="center")
        label_cell = Cell(label, header="row", indent=n % 3)
        rows.append(Row(str(n), (code, label_cell, *amounts), total=n == count - 1))
    grid = Grid("g", columns, tuple(rows))
    caption = (f"224001{UNIT}", "预算年度：2026", "单位：万元")
    notes = (Paragraph("注：" + _words(70) + "。", role="note"),)
    return Table(title, title, title[:10], (grid,), level, caption, notes)


def _head(said: str, columns: int = 1) -> Cell:
    return Cell(said, columns=columns, align="center", header="column")


def _amount(row: int, column: int, *, percent: bool) -> Cell:
    said = ("-99,999,999.99", "5.00", "-0.01", "", "1,234,567.89", "-317.38", "12.50")[(row * 3 + column) % 7]
    if percent:
        said = f"{(row * 37 - 400) / 10:.1f}"
    return Cell(said, Kind.PERCENT if percent else Kind.AMOUNT, align="right")


def _merged() -> Table:
    """Cells over several rows, some over a page's end."""
    columns = (Column("目标"), Column("内容"), Column("指标"), Column("数", Kind.NUMBER))
    rows = [Row("h", tuple(_head(said) for said in ("目标", "内容", "指标", "指标值")), role="head")]
    for n in range(48):
        goal = Cell(_words(9 + n), rows=12) if n % 12 == 0 else None
        what = Cell(_words(6 + n % 30) * (1 + n // 24), rows=4) if n % 4 == 0 else None
        rows.append(Row(str(n), (goal, what, Cell(_words(4 + n % 11)), Cell(str(n * n), Kind.NUMBER, align="right"))))
    return Table("merged", "跨行单元格表", "跨行单元格表", (Grid("m", columns, tuple(rows)),), 1)

"""Whatever the ledger, every printed table adds up and agrees with the others and with the sentences."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings

from tests.end_to_end.ledgers import FISCAL, FUNCTIONS, ledgers
from tests.end_to_end.reading import (
    NAMES,
    Sheet,
    amount,
    bare,
    built,
    by_code,
    by_label,
    example,
    narrative,
    sheets,
    told,
)
from tests.golden.ruled import tables

SLOW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(SLOW, max_examples=6)


def facts_of(ledger: list[dict[str, Any]]) -> dict[str, Any]:
    facts = example()
    facts["ledger"] = ledger
    facts["projects"] = []
    return facts


def add_up(sheet: Sheet) -> None:
    """合计 is the sum of 类, a parent the sum of its children, column by column."""
    amounts = by_code(sheet)
    if not amounts:
        return
    for parent, length in [("", 3), *((code, {3: 5, 5: 7}[len(code)]) for code in amounts if len(code) in (3, 5))]:
        children = [v for code, v in amounts.items() if len(code) == length and code.startswith(parent)]
        if children:
            assert amounts[parent] == [sum(column) for column in zip(*children, strict=True)], parent or "合计"


def last(pairs: Sequence[tuple[str, list[Decimal]]], label: str) -> list[Decimal]:
    return next(values for name, values in reversed(pairs) if name == label)


@SLOW
@given(ledgers(300))
def test_tables_add_up_and_agree(ledger: list[dict[str, Any]]) -> None:
    total, kept_own = added_up(facts_of(ledger))
    assert total == sum((amount(line["amount"]) for line in ledger), Decimal(0))
    own = [x for x in ledger if x["source"] not in (*FISCAL, "财政专户管理资金")]
    assert kept_own == sum((amount(x["amount"]) for x in own if x["use"] == "结转下年"), Decimal(0))


@SLOW
@given(ledgers(200, to_the_last_fen=True))
def test_tables_add_up_and_agree_when_stated_to_the_last_fen(ledger: list[dict[str, Any]]) -> None:
    """Balanced rounding: the same sums hold between what is printed in 万元."""
    total, _ = added_up({**facts_of(ledger), "amount_unit": "元", "assets": {"holdings": [], "planned": 0}})
    assert abs(total - sum((Decimal(str(line["amount"])) for line in ledger), Decimal(0)) / 10000) < Decimal("0.01")


def added_up(facts: dict[str, Any]) -> tuple[Decimal, Decimal]:
    """The printed total and the printed 单位资金 kept for next year, after all printed sums were checked."""
    with tempfile.TemporaryDirectory() as folder:
        xlsx = built(facts, Path(folder))["xlsx"].data
    t = sheets(xlsx)
    for key in ("T2", "T3", "T5", "T7", "T8"):
        add_up(t[key])
    amounts = {key: by_code(t[key]) for key in ("T2", "T3", "T5", "T6", "T7", "T8")}
    zero = [Decimal(0)] * 12

    income, spending = list(by_label(t["T1"], 1, 2, 3)), list(by_label(t["T1"], 3, 4, 5))
    assert sum(v[0] for _, v in income[:5]) == last(income, "本年收入合计")[0]
    assert last(income, "本年收入合计")[0] + last(income, "上年结转结余")[0] == last(income, "收入总计")[0]
    assert sum(v[0] for _, v in spending[:30]) == last(spending, "本年支出合计")[0]
    assert last(spending, "本年支出合计")[0] + last(spending, "年终结转结余")[0] == last(spending, "支出总计")[0]
    total = last(income, "收入总计")[0]
    assert total == last(spending, "支出总计")[0]

    for row in amounts["T2"].values():
        assert row[1] == sum(row[2:9])
        assert row[0] == row[1] + row[9]
    for row in amounts["T3"].values():
        assert row[0] == sum(row[1:6])
    text = narrative(xlsx)
    kept_own = told(text, "；预计下年使用的单位资金结余")
    assert amounts["T2"].get("", zero)[0] == total - kept_own
    assert amounts["T3"].get("", zero)[0] == last(spending, "本年支出合计")[0]

    fiscal_in, fiscal_out = list(by_label(t["T4"], 1, 2, 3)), list(by_label(t["T4"], 3, 4, 8))
    for _, row in fiscal_out:
        assert row[0] == sum(row[1:])
    classes = [sum(column) for column in zip(*(v for _, v in fiscal_out[:31]), strict=True)]
    assert classes == last(fiscal_out, "本年支出合计")
    assert sum(v[0] for _, v in fiscal_in[:3]) == last(fiscal_in, "本年收入合计")[0]
    assert last(fiscal_in, "收入总计")[0] == last(fiscal_out, "支出总计")[0]
    for key, column in (("T5", 1), ("T7", 2), ("T8", 3)):
        assert amounts[key].get("", zero)[0] == last(fiscal_out, "本年支出合计")[column]
    for row in [*amounts["T5"].values(), *amounts["T7"].values(), *amounts["T8"].values(), *amounts["T6"].values()]:
        assert row[0] == row[1] + row[2]
    for code, row in amounts["T6"].items():
        below = [v for c, v in amounts["T6"].items() if len(c) == (5 if code else 3) and c.startswith(code)]
        assert len(code) == 5 or row == [sum(column) for column in zip(*below, strict=True)]
    assert amounts["T6"].get("", zero)[0] == amounts["T5"].get("", zero)[1]
    for _, row in by_label(t["T9"], 1, 2, 6):
        assert row[0] == sum(row[1:])
    trips = [row for _, row in by_label(t["T9"], 1, 2, 6)]
    assert trips[0] == [sum(column) for column in zip(trips[1], trips[4], trips[7], strict=True)]
    assert trips[1] == [a + b for a, b in zip(trips[2], trips[3], strict=True)]
    assert trips[4] == [a + b for a, b in zip(trips[5], trips[6], strict=True)]

    assert told(text, "预算收入") == told(text, "支出预算") == told(text, "预算收支安排") == total
    sources = ("一般公共预算收入", "基金预算收入", "国有资本经营预算收入", "财政专户核拨收入", "单位资金收入")
    for number, words in enumerate(sources):
        assert told(text, words) == income[number][1][0]
    assert told(text, "上年结转结余") == last(income, "上年结转结余")[0]
    assert told(text, "其中基本支出") == amounts["T3"].get("", zero)[1]
    assert told(text, "其中基本支出") == told(text, "人员经费") + told(text, "日常公用经费")
    assert told(text, "；项目支出") == amounts["T3"].get("", zero)[2]
    assert told(text, "机关运行经费共计安排") == amounts["T6"].get("", zero)[2]
    assert told(text, "“三公”经费预算安排") == trips[0][0]
    return total, kept_own


@FEW
@given(ledgers(60))
def test_the_pdf_prints_what_the_workbook_holds(ledger: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = built(facts_of(ledger), Path(folder), ("pdf", "xlsx"))
        path = Path(folder) / "out.pdf"
        path.write_bytes(made["pdf"].data)
        printed = [row for _, rows in tables(path) for row in rows if row[0].isdecimal()]
    stored = [
        [bare(int(cell)) if n == 0 else _shown(cell) for n, cell in enumerate(row)]
        for key in NAMES
        for row in sheets(made["xlsx"].data)[key].rows
    ]
    assert printed[: len(stored)] == stored


def _shown(cell: object) -> str:
    return f"{cell:.2f}" if isinstance(cell, float | int) else bare(cell)


@pytest.mark.parametrize("count", [150])
def test_150_items_print_over_pages_with_heads_on_each(count: int, tmp_path: Path) -> None:
    """No page holds 合计 alone, nothing is cut, no text under 8 pt."""
    step = len(FUNCTIONS) // count
    ledger = [
        {"function": FUNCTIONS[n * step], "use": "项目支出", "source": "一般公共预算拨款", "amount": 1.25 + n}
        for n in range(count)
    ]
    made = built(facts_of(ledger), tmp_path, ("pdf",))
    path = tmp_path / "out.pdf"
    path.write_bytes(made["pdf"].data)
    head = ["序号", "功能分类科目", "合计", "基本支出", "项目支出", "经营支出", "上解上级支出", "对附属单位补助支出"]
    pages = [rows for _, rows in tables(path) if rows[0] == head]
    assert len(pages) > 3
    for rows in pages:
        assert rows[2][0] == "栏次"
        assert len(rows) >= 3 + 3
    printed = [row for rows in pages for row in rows[3:]]
    assert [row[0] for row in printed] == [str(n) for n in range(1, len(printed) + 1)]
    assert [row[1] for row in printed if len(row[1]) == 7] == [line["function"] for line in ledger]
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                assert char["size"] > 7.999
                assert 0 <= char["x0"] <= char["x1"] <= page.width
                assert 0 <= char["top"] <= char["bottom"] <= page.height

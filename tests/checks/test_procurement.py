"""The procurement table: sums, quantity × price, funds, codes, and what the text owes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.checks.comparing import product_fits
from budgetreport.checks.number import money, plain
from tests.checks.telling import At, Sentence, Slip, Words, at, slip, told

TABLE, ALL, GENERAL = "政府采购预算", "政府采购金额/合计", "政府采购金额/一般公共预算拨款"
PURPOSE = "“预算规模及资金用途”行"

REFERENCE = {
    "PR-08": [
        ("提示", f"3、网信办网络宣传经费绩效目标表》，{PURPOSE}", "中国网、网易、中青网、澎湃、一点资讯"),
        ("提示", f"4、网信办舆情监测经费绩效目标表》，{PURPOSE}", "《舆情秘书服务系统V3.0》"),
    ],
    "PR-09": [("提示", "八、政府采购预算情况", "八、政府采购预算情况")],
}
QUIET = ["PR-01", "PR-02", "PR-03", "PR-04", "PR-05", "PR-06", "PR-07"]


@pytest.mark.parametrize("rule", [*REFERENCE, *QUIET])
def test_the_reference_shows_exactly_these(rule: str) -> None:
    found = told(rule)
    due = REFERENCE.get(rule, [])
    assert [(level, text) for level, _, text in found] == [(level, text) for level, _, text in due]
    assert all(part in place for (_, place, _), (_, part, _) in zip(found, due, strict=True))


def bought(row: str, column: str, new: str) -> At:
    return at(TABLE, row, column, new)


def nothing_bought(data: dict[str, Any]) -> None:
    data["procurement"] = []
    data["procurement_budgets"] = []


def product_of_a_make(data: dict[str, Any]) -> None:
    data["projects"][0]["purpose"] = "用于购买品牌为某某的服务器。"


def cooperation(data: dict[str, Any]) -> None:
    data["projects"][2]["purpose"] = "用于与公安、网信等多家单位开展联合执法，版本按《网络安全法》要求。"


SLIPS = [
    slip("the total alone", "PR-01", bought("合计", ALL, "1.99"), tells=[("“合  计”行", "1.99")]),
    slip("a line alone", "PR-01", bought("本级/1", ALL, "0.60"), tells=[("本级小计”行", "0.99")]),
    slip("funds do not make the amount", "PR-02", bought("本级/1", GENERAL, "0.40"), tells=[("“终端机”行", "0.50")]),
    slip(
        "quantity × price is far off",
        "PR-03",
        bought("本级/2", "数量", "2"),
        tells=[("“调湿调温机”行", "0.30")],
    ),
    slip("a price that was rounded", "PR-03", bought("本级/3", ALL, "0.30")),
    slip("beyond what rounding explains", "PR-03", bought("本级/3", ALL, "0.32"), tells=[("“纸及纸板”行", "0.32")]),
    slip("a share over the whole", "PR-04", bought("本级/1", "中小微", "0.55"), tells=[("“终端机”行", "0.55")]),
    slip(
        "more than its source has",
        "PR-05",
        *[bought(f"本级/{n}", "预算资金", "0.76") for n in (1, 2, 3)],
        tells=[("“终端机”行", "0.76")],
    ),
    slip("one source with two amounts", "PR-05", bought("本级/2", "预算资金", "6.70"),
         tells=[("“调湿调温机”行", "6.70")]),
    slip(
        "more than the 公用经费",
        "PR-05",
        *[bought(f"本级/{n}", "预算资金", "76.00") for n in (1, 2, 3)],
        tells=[("“终端机”行", "76.00")],
    ),
    slip("no code of the catalogue", "PR-06", bought("本级/1", "政府采购目录序号", "A99010402"),
         tells=[("终端机", "A99010402")]),
    slip("the code is missing", "PR-06", bought("本级/1", "政府采购目录序号", ""),
         tells=[("终端机", "终端机")]),
    slip(
        "the code of something else",
        "PR-06",
        bought("本级/1", "政府采购目录序号", "A07100200"),
        tells=[("终端机", "A07100200")],
    ),
    slip("a code and goods that our list lacks", "PR-06",
         bought("本级/1", "政府采购目录序号", "A02019900"), bought("本级/1", "采购物品名称", "读卡器")),
    slip("goods that the list has under another code", "PR-06", bought("本级/1", "政府采购目录序号", "A02019900"),
         tells=[("终端机", "A02019900")]),
    slip("a make before the goods", "PR-08", bought("本级/1", "采购物品名称", "戴尔终端机"),
         tells=[("戴尔终端机", "戴尔")]),
    slip("brand plates and sign boards", "PR-08", bought("本级/1", "采购物品名称", "单位名称指示牌匾")),
    slip("a make is named", "PR-08", change=product_of_a_make, tells=[("网络综合治理平台", "品牌为某某的服务器")]),
    slip("authorities are no suppliers, a law is no product", "PR-08", change=cooperation),
    slip("nothing bought, and said so", "PR-09", change=nothing_bought),
]  # fmt: skip


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: f"{case.rule} {case.name}")
def test_a_slip_is_told_where_it_stands(case: Slip) -> None:
    case.check()


def test_nothing_bought_and_nothing_said_of_it_is_told() -> None:
    found = told("PR-09", [Words("2026年，我部门无政府采购预算，空表列示。", "本年情况见表。")], change=nothing_bought)
    assert [place for _, place, _ in found] == ["“八、政府采购预算情况”"]


def test_a_sentence_with_amounts_is_what_the_section_owes() -> None:
    assert told("PR-09", [Sentence("政府采购", "政府采购预算总额0.99万元。")]) == []


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("政府采购预算总额0.99万元，其中：货物0.99万元，工程0.00万元，服务0.00万元。", []),
        ("政府采购预算总额9.99万元，其中：货物类采购0.90万元。", ["政府采购预算总额9.99万元", "货物类采购0.90万元"]),
        ("政府采购预算安排0.99万元，其中服务支出0.99万元。", ["服务支出0.99万元"]),
    ],
)
def test_what_the_text_says_of_procurement_is_compared_with_the_table(sentence: str, tells: list[str]) -> None:
    found = told("PR-07", [Sentence("政府采购", sentence)])
    assert [words for _, _, words in found] == tells


def test_a_total_of_what_no_table_has_is_told() -> None:
    found = told("PR-07", [Sentence("政府采购", "政府采购预算总额0.99万元。")], change=nothing_bought)
    assert [words for _, _, words in found] == ["政府采购预算总额0.99万元"]


@given(
    quantity=st.integers(min_value=1, max_value=500),
    price=st.integers(min_value=1, max_value=10**7),
)
def test_the_printed_product_of_a_true_price_always_fits(quantity: int, price: int) -> None:
    """A price in 元 and its product, printed in 万元 with two decimals."""
    printed = [money(f"{Decimal(n) / 10000:.2f}", "万元") for n in (price, price * quantity)]
    assert product_fits(plain(str(quantity)), *printed)

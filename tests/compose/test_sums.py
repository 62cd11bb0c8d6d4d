"""Every printed amount is the sum of the lines behind it, found by a plain scan; tables of random ledgers agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgetreport.compose.document import Composer
from budgetreport.layout import Layout
from budgetreport.ledger import SCALE, Stated, Sum
from budgetreport.money import NumberFormat
from budgetreport.report import Cell, Kind, Paragraph, Report
from budgetreport.trace import Tracer
from tests.making import cells, example, facts, hebei

FUNCTIONS = ["2010301", "2013701", "2013702", "2080505", "2101101", "2210201"]
STAFF = ["30101", "30102", "30301"]
OFFICE = ["30201", "30217", "30231", "31002"]
FUNDS = ["一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款"]
SOURCES = [*FUNDS, "财政专户管理资金", "事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"]
PROJECT = "13018326P000328104136"

amounts = st.decimals("0.000001", "99999", places=6).map(str)
carried = st.sampled_from([{}, {"carried_over": "是"}])


def lines(**said: Any) -> st.SearchStrategy[dict[str, Any]]:  # noqa: ANN401 - coordinates by name
    return st.builds(lambda one, over: {**one, **over}, st.fixed_dictionaries({**said, "amount": amounts}), carried)


functions = st.sampled_from(FUNCTIONS)
ledgers = st.lists(
    st.one_of(
        lines(
            function=functions, economic=st.sampled_from(STAFF), use=st.just("人员经费"), source=st.sampled_from(FUNDS)
        ),
        lines(
            function=functions,
            economic=st.sampled_from(OFFICE),
            use=st.just("公用经费"),
            source=st.sampled_from(SOURCES),
        ),
        lines(function=functions, use=st.just("项目支出"), source=st.sampled_from(SOURCES), project=st.just(PROJECT)),
        lines(
            function=functions,
            use=st.sampled_from(["经营支出", "上解上级支出", "对附属单位补助支出"]),
            source=st.sampled_from(SOURCES[4:]),
        ),
        lines(function=functions, use=st.just("结转下年"), source=st.sampled_from(SOURCES)),
    ),
    min_size=1,
    max_size=25,
)


@cache
def layout() -> Layout:
    """The example's layout, each amount rounded by itself (balanced ones: tests/rounding)."""
    found = hebei()
    tables = replace(found.numbers["tables"], rounding="each")
    return replace(found, numbers={**found.numbers, "tables": tables})


def composed(ledger: list[dict[str, Any]]) -> tuple[Tracer, Report]:
    def change(data: dict[str, Any]) -> None:
        kept = [p for p in data["projects"] if p["code"] == PROJECT]
        needed = {"function": "2013702", "use": "项目支出", "source": "其他收入", "project": PROJECT, "amount": "1.00"}
        data.update(ledger=[needed, *ledger], projects=kept)

    composer = Composer(facts(example(change), layout()), layout())
    made, problems = composer.report()
    assert not problems, [p.what for p in problems]
    return composer.tracer(made), made


def scanned(tracer: Tracer, origin: tuple[object, ...]) -> int:
    """The exact sum over what a number was made of, line by line."""
    total = 0
    for one in origin:
        if isinstance(one, Sum):
            book = tracer.books[one.book]
            total += one.sign * sum(line.measures.get(one.of, 0) for line in book.matching(one.where))
        elif isinstance(one, Stated):
            value: Any = tracer.facts.root
            for key in one.path:
                value = value[key]
            total += int(value)
    return total


few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(ledgers)
def test_every_amount_is_the_sum_of_the_lines_behind_it(ledger: list[dict[str, Any]]) -> None:
    tracer, made = composed(ledger)
    for table in made.tables():
        for cell in (c for grid in table.grids for row in grid.body for c in row.cells):
            if isinstance(cell, Cell) and cell.kind is Kind.AMOUNT and cell.origin:
                assert cell.text == NumberFormat(zero="").text(scanned(tracer, cell.origin))
            elif isinstance(cell, Cell) and cell.kind is Kind.NUMBER and cell.origin and cell.value is not None:
                exact = [o for o in cell.origin if isinstance(o, Sum)]
                assert not exact or cell.value == Decimal(scanned(tracer, cell.origin)) / SCALE
    for text in (block for block in made.blocks if isinstance(block, Paragraph)):
        for figure in text.figures:
            printed = Decimal(text.text[figure.start : figure.end])
            assert printed == abs(NumberFormat().rounded(scanned(tracer, figure.origin)))


def exact(tracer: Tracer, made: Report, table: str) -> dict[tuple[str, str], int]:
    """A table's amounts in 分, before rounding."""
    return {
        at: scanned(tracer, cell.origin)
        for at, cell in cells(made, table).items()
        if cell.kind is Kind.AMOUNT and cell.origin
    }


@few
@given(ledgers)
def test_tables_add_up_and_agree_with_one_another(ledger: list[dict[str, Any]]) -> None:
    tracer, made = composed(ledger)
    both = exact(tracer, made, "收支总表")
    assert both["收入总计", "收入/预算数"] == both["支出总计", "支出/预算数"]
    whole = sum(int(Decimal(str(line["amount"])) * 10**6) for line in ledger) + 10**6
    assert both["收入总计", "收入/预算数"] == whole
    assert both["本年收入合计", "收入/预算数"] + both["上年结转结余", "收入/预算数"] == whole
    spent = exact(tracer, made, "支出总表")
    assert spent["合计", "合计"] == both["本年支出合计", "支出/预算数"]
    for table in ("支出总表", "收入总表", "一般公共预算财政拨款支出表", "政府性基金预算财政拨款支出表"):
        found = exact(tracer, made, table)
        for column in {column for _, column in found}:
            for level, above in ((3, 0), (5, 3), (7, 5)):
                below: dict[str, int] = {}
                for (row, at), amount in found.items():
                    if at == column and row.isdecimal() and len(row) == level:
                        key = row[:above] or "合计"
                        below[key] = below.get(key, 0) + amount
                for key, amount in below.items():
                    assert found[key, column] == amount
    appropriated = exact(tracer, made, "财政拨款收支总表")
    for fund, name in zip(FUNDS, ("一般公共预算", "政府性基金预算", "国有资本经营预算"), strict=True):
        table = f"{name}财政拨款支出表"
        column = f"支出/{name}财政拨款"
        assert appropriated["本年支出合计", column] == exact(tracer, made, table).get(("合计", "合计"), 0), fund

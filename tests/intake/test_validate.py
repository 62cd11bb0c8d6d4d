"""What a clerk states becomes typed facts; everything wrong is told at once, with place and remedy."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport import intake
from budgetreport.facts import Facts, Record
from budgetreport.money import Amount
from budgetreport.problems import Level, ProblemsError
from tests.intake.declaration import EXAMPLE, ROOT, Change, example, refused, stated


def _record(value: object) -> Record:
    assert isinstance(value, Record)
    return value


def test_values_have_their_types() -> None:
    root = stated(EXAMPLE).root
    line: Any = root["ledger"]
    assert line[0]["amount"] == Amount(85_2100_00)
    assert line[1]["amount"] == Amount(5_0000_00)
    assert root["year"] == Decimal(2026)
    assert _record(root["assets"])["date"] == date(2025, 12, 31)
    assert _record(root["assets"])["adjustment"] == Amount(-1_5000_00)
    assert _record(root["used_for"])["2013701"] == "日常工作"
    assert line[1].path == ("ledger", 1)


def test_amounts_are_in_the_unit_of_the_file() -> None:
    line: Any = stated(example(lambda d: d.update(amount_unit="元"))).root["ledger"]
    assert line[0]["amount"] == Amount(8521)


def test_what_is_absent_is_none_or_empty_and_can_be_reached_through() -> None:
    root = stated(example(lambda d: d.pop("assets"))).root
    assert _record(root["assets"])["date"] is None
    assert _record(root["prior_year"])["ledger"] == ()
    assert root["notes"] == ()
    line: Any = root["ledger"]
    assert line[0]["project"] is None


def test_places_travel_with_the_facts() -> None:
    facts = stated(EXAMPLE)
    assert str(facts.locate(("ledger", 1, "amount"))).startswith("输入.json:2")


WRONG: dict[str, tuple[Change, str, str, str]] = {
    "unknown key": (lambda d: d["ledger"][0].update(amuont=1), "IN-13", "ledger 第1条 不认识的键“amuont”", "amount"),
    "a Chinese title as key": (lambda d: d["unit"].update(行政区划="晋州市"), "IN-13", "“行政区划”", "region"),
    "unknown key like no other": (lambda d: d.update(zzz=1), "IN-13", "“zzz”", "可用的是：layout"),
    "missing key": (
        lambda d: d["ledger"][1].pop("amount"),
        "IN-01",
        "ledger 第2条 缺少 amount（金额）",
        '"amount"，如 85.21',
    ),
    "a key with a space that has no width": (
        lambda d: d["ledger"][0].update({"eco\u200bnomic": "30101"}),
        "IN-13",
        "不认识的键",
        "economic",
    ),
    "yes for a word": (lambda d: d["ledger"][0].update(use=True), "IN-01", "应是文字", '可填："人员经费"、'),
    "a code in full-width digits": (
        lambda d: d["ledger"][0].update(function="２０１３７０１"),
        "C-03",
        "全角数字",
        "改为“2013701”",
    ),
    "a code with a space behind": (
        lambda d: d["ledger"][0].update(function="2013701 "),
        "C-03",
        "空格",
        "改为“2013701”",
    ),
    "an indicator without a value": (
        lambda d: d["projects"][0]["indicators"][0].pop("value"),
        "IN-01",
        "projects 第1条 indicators 第1条 缺少 value（指标值）",
        '"value"',
    ),
    "an empty text": (lambda d: d["unit"].update(name=""), "IN-01", "unit name（单位名称）是空的", "补填"),
    "an empty unit": (lambda d: d["unit"].pop("code") and d["unit"].pop("name"), "IN-01", "缺少 code", "补写"),
    "a list for a text": (lambda d: d["unit"].update(name=["a"]), "IN-01", "应是文字", "引号"),
    "a code without quotes": (lambda d: d["unit"].update(code=224), "IN-01", "应是文字", '"224"'),
    "an object for a list": (lambda d: d.update(ledger={}), "IN-01", "应是列表", "[ ]"),
    "an empty ledger": (lambda d: d.update(ledger=[], projects=[]), "IN-01", "是空的", "至少写一项"),
    "an amount with its unit": (
        lambda d: d["ledger"][0].update(amount="12万"),
        "IN-02",
        "ledger 第1条 amount（金额）“12万”不是数字",
        "85.21",
    ),
    "an amount with commas": (lambda d: d["ledger"][0].update(amount="1,234.5"), "IN-02", "逗号", "填 1234.5"),
    "an amount in full-width digits": (lambda d: d["ledger"][0].update(amount="１２"), "IN-02", "全角", "填 12"),
    "an amount finer than 分": (lambda d: d["ledger"][0].update(amount="1.1234567"), "IN-02", "至多6位小数", "分"),
    "an amount beyond all measure": (
        lambda d: d["ledger"][0].update(amount=10**9),
        "IN-02",
        "大得没有道理",
        "核对单位",
    ),
    "an endless amount": (lambda d: d["ledger"][0].update(amount="1" * 999), "IN-02", "太长", "核对"),
    "a negative amount": (lambda d: d["ledger"][0].update(amount=-5), "IN-03", "-5是负数", "核实"),
    "an unknown word": (
        lambda d: d["ledger"][0].update(source="一般公共预算"),
        "IN-14",
        "“一般公共预算”不是规定的取值",
        "是不是“一般公共预算拨款”",
    ),
    "a word like no other": (
        lambda d: d["ledger"][0].update(use="xyz"),
        "IN-14",
        "“xyz”",
        "可填：人员经费、公用经费、项目支出",
    ),
    "a code of four digits": (
        lambda d: d["ledger"][0].update(function="2013"),
        "C-03",
        "“2013”是4位，应为3、5、7位数字",
        "科目",
    ),
    "a day that is not": (lambda d: d["assets"].update(date="2025-02-30"), "IN-01", "这一天不存在", "核对"),
    "no date": (lambda d: d["assets"].update(date="去年底"), "IN-01", "不是日期", "2025-12-31"),
    "no year": (lambda d: d.update(year=26), "IN-01", "不是年份", "四位"),
    "an unknown unit of money": (lambda d: d.update(amount_unit="亿元"), "IN-14", "“亿元”", "元"),
    "a unit of money that is a list": (lambda d: d.update(amount_unit=["元"]), "IN-01", "应是文字", "引号"),
    "a word that stands for others": (
        lambda d: d.update(kind="本年支出"),
        "IN-14",
        "“本年支出”是总称，要填它的细目",
        "可填：基本支出或项目支出",
    ),
    "a negative number": (lambda d: d["assets"].update(quantity=-1), "IN-02", "-1不是合理的数", "核对数量"),
    "a number finer than millionths": (
        lambda d: d["assets"].update(quantity="0.0000001"),
        "IN-02",
        "不是合理的数",
        "至多6位小数",
    ),
    "a record that says nothing": (
        lambda d: d.update(change={"none": False}),
        "IN-01",
        "change（增减情况）什么也没有说",
        "填其中一项：reason（增减原因）、none（没有变化）",
    ),
    "a list without end": (
        lambda d: d.update(notes=["多"] * 200_001),
        "IN-20",
        "notes（备注）有200001条，至多200000条",
        "重复写入",
    ),
    "names without end": (
        lambda d: d.update(used_for={str(n): "多" for n in range(1001)}),
        "IN-20",
        "used_for（用途）有1001项，至多1000项",
        "重复写入",
    ),
    "a name without end": (
        lambda d: d.update(used_for={"长" * 201: "甲"}),
        "IN-20",
        f"used_for 的名称太长：{'长' * 30}…",
        "短一些",
    ),
    "a list for named things": (lambda d: d.update(used_for=["甲"]), "IN-01", "used_for（用途）应是一组 { }", "例子"),
    "a key twice in a list": (
        lambda d: d["projects"].append(dict(d["projects"][0])),
        "IN-08",
        "第2条的“P1”重复了",
        "第1条",
    ),
    "a project that is not there": (
        lambda d: d["ledger"].append({**d["ledger"][1], "project": "P2"}),
        "IN-15",
        "“P2”在 projects 中没有",
        "是不是“P1”",
    ),
    "a project without lines": (
        lambda d: d["projects"].append({**d["projects"][0], "code": "X9", "name": "监测"}),
        "IN-16",
        "项目“监测”在 ledger 中没有明细",
        '"project": "X9"',
    ),
}


@pytest.mark.parametrize(("change", "rule", "what", "fix"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_fact_is_told_with_its_remedy(change: Change, rule: str, what: str, fix: str) -> None:
    problems = [p for p in refused(change) if p.rule == rule]
    assert problems
    problem = problems[0]
    assert problem.level is Level.ERROR
    assert what in problem.what
    assert fix in problem.fix


def test_the_place_is_the_value_or_the_key_or_what_lacks_it() -> None:
    text = '{"amount_unit": "元",\n "unit": {"code": 5},\n "zz": 1}'
    with pytest.raises(ProblemsError) as caught:
        intake.validate(intake.parse(text.encode(), "a.json"), ROOT)
    places = {(p.rule, p.text): str(p.where) for p in caught.value.problems}
    assert places["IN-01", "5"] == "a.json:2:19"
    assert places["IN-01", "name"] == "a.json:2:10"
    assert places["IN-13", "zz"] == "a.json:3:2"


def test_all_problems_are_told_at_once() -> None:
    def change(data: dict[str, Any]) -> None:
        data["ledger"][0].update(amount="十", use="无", function="1")
        data["unit"].clear()

    assert {p.rule for p in refused(change)} >= {"IN-01", "IN-02", "IN-14", "C-03"}


def test_long_values_are_shown_short() -> None:
    (problem,) = refused(lambda d: d["ledger"][0].update(use="长" * 100_000))
    assert len(problem.what) < 200
    assert len(problem.text) < 200


def test_an_optional_fact_may_be_null() -> None:
    assert _record(stated(example(lambda d: d["unit"].update(region=None))).root["unit"])["region"] is None


words = st.sampled_from(["万元", "元", "P1", "人员经费", "2013701", "85.21", "", "-1", "2026-01-01"])
json_values: st.SearchStrategy[object] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | words
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([f.name for f in ROOT.fields] + ["code", "amount", "project"]), inner, max_size=5
        )
    ),
    max_leaves=15,
)


def _facts_or_problems(data: object) -> None:
    try:
        found = stated(data)
    except ProblemsError as error:
        problems = error.problems
    else:
        assert isinstance(found, Facts)
        return
    assert problems
    assert all(p.what and p.fix and p.where.as_json()["line"] for p in problems)


@given(st.dictionaries(st.sampled_from([f.name for f in ROOT.fields]), json_values))
def test_any_json_gives_facts_or_problems(data: object) -> None:
    _facts_or_problems(data)


@given(st.data())
def test_any_value_anywhere_in_the_example_gives_facts_or_problems(data: st.DataObject) -> None:
    changed = example()
    target: Any = changed
    while True:
        key = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else list(range(len(target)))))
        if not isinstance(target[key], dict | list) or not target[key] or data.draw(st.booleans()):
            break
        target = target[key]
    target[key] = data.draw(json_values)
    _facts_or_problems(changed)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**8, places=6))
def test_amounts_are_exact_to_the_last_decimal(amount: Decimal) -> None:
    text = json.dumps(EXAMPLE, ensure_ascii=False).replace("85.21", f"{amount:f}")
    line: Any = intake.validate(intake.parse(text.encode(), "a.json"), ROOT).root["ledger"]
    assert int(line[0]["amount"]) == amount * 10**6

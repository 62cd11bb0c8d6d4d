"""The JSON Schema that editors use says what our own validation says."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import fastjsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # its stubs are a package of their own

from budgetreport import intake
from budgetreport.layout import load, shelf
from tests.intake.declaration import EXAMPLE, ROOT, Change, example, refused_text

SCHEMA = intake.schema(ROOT, title="部门预算")
VALIDATOR = Draft7Validator(SCHEMA)
FAST = fastjsonschema.compile(SCHEMA, use_default=False)
FINER = ("IN-02", "IN-03", "IN-08", "IN-15", "IN-16")
"""What a schema does not say: 分, size, and what facts say about each other."""


def _fits(data: object) -> bool:
    fits = bool(VALIDATOR.is_valid(data))
    try:
        FAST(data)
    except fastjsonschema.JsonSchemaValueException:
        assert not fits
    else:
        assert fits
    return fits


@pytest.mark.parametrize("layout", shelf().ids())
def test_the_schema_of_every_layout_is_valid_draft_07(layout: str) -> None:
    found = load(layout, shelf())
    Draft7Validator.check_schema(intake.schema(found.facts, title=found.title))


def test_the_example_fits_its_schema() -> None:
    assert _fits(EXAMPLE)


def test_the_schema_speaks_chinese_to_the_editor() -> None:
    line = SCHEMA["properties"]["ledger"]["items"]["properties"]
    assert line["amount"]["title"] == "金额"
    assert "公用经费" in line["use"]["enum"]


CHANGES: dict[str, tuple[Change, bool]] = {
    "unknown key": (lambda d: d.update(x=1), False),
    "missing key": (lambda d: d.pop("year"), False),
    "missing key in an entry": (lambda d: d["ledger"][0].pop("amount"), False),
    "unknown word": (lambda d: d["ledger"][0].update(use="别的"), False),
    "code of four digits": (lambda d: d["ledger"][0].update(function="2013"), False),
    "code of full-width digits": (lambda d: d["ledger"][0].update(function="２０１"), False),
    "code as a number": (lambda d: d["unit"].update(code=224), False),
    "amount as text": (lambda d: d["ledger"][0].update(amount="85.21"), True),
    "amount with its unit": (lambda d: d["ledger"][0].update(amount="12万"), False),
    "negative amount": (lambda d: d["ledger"][0].update(amount=-1), False),
    "negative adjustment": (lambda d: d["assets"].update(adjustment=-1), True),
    "nothing in a required list": (lambda d: d["ledger"].clear(), False),
    "blank name": (lambda d: d["unit"].update(name="  "), False),
    "no assets": (lambda d: d.update(assets={}), True),
    "assets without their date": (lambda d: d.update(assets={"quantity": 1}), False),
    "a unit without content": (lambda d: d.update(unit={}), False),
    "null where nothing is needed": (lambda d: d["unit"].update(region=None), True),
    "null where something is needed": (lambda d: d["unit"].update(name=None), False),
    "a record that is a list": (lambda d: d.update(unit=[]), False),
    "flag as text": (lambda d: d.update(prior_year={"absent": "是"}), False),
}


@pytest.mark.parametrize(("change", "fits"), CHANGES.values(), ids=CHANGES.keys())
def test_schema_and_validation_agree(change: Change, fits: bool) -> None:  # noqa: FBT001 - a column of the table above
    data = example(change)
    assert _fits(data) is fits
    assert (not refused_text(json.dumps(data))) is fits


values = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        5,
        2026,
        1.5,
        "",
        " ",
        "5",
        "-5",
        "1e3",
        "人员经费",
        "P1",
        "224",
        "2013701",
        "2025-12-31",
        [],
        ["a"],
        [""],
        {},
        {"x": 1},
    ]
)


@given(st.data())
def test_schema_and_validation_agree_on_any_value_anywhere(data: st.DataObject) -> None:
    changed = example()
    target: Any = changed
    while True:
        key = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else list(range(len(target)))))
        if not isinstance(target[key], dict | list) or not target[key] or data.draw(st.booleans()):
            break
        target = target[key]
    target[key] = data.draw(values)
    problems = refused_text(json.dumps(changed))
    if _fits(changed):
        assert not [p for p in problems if p.rule not in FINER]
    else:
        assert problems


def test_the_schema_reads_decimals() -> None:
    exact = intake.parse(json.dumps(EXAMPLE).encode(), "a.json").tree
    assert isinstance(exact["ledger"][0]["amount"], Decimal)

"""An expression is worth the same interpreted as compiled by Jinja2."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError
from jinja2.parser import Parser
from jinja2.runtime import new_context

from budgetreport.expressions import FORMAT, environment, evaluate, render
from budgetreport.figures import Figure
from budgetreport.interpreting import Interpreter, UninterpretableError
from budgetreport.money import NumberFormat
from tests.making import hebei

CONTEXT: dict[str, Any] = {
    "a": 3,
    "b": -2,
    "none": None,
    "empty": [],
    "words": ["甲", "乙", "丙"],
    "map": {"k": {"n": 5}, "items": 1},
    "figure": Figure(12345),
    "add": lambda *numbers, start=0: sum(numbers, start),
    "text": "三公经费2.91万元",
    "path": Path("x"),
}


def interpreted(source: str) -> Any:  # noqa: ANN401 - of any type
    env = environment()
    tree = Parser(env, source, state="variable").parse_expression()
    tree.set_environment(env)
    context = new_context(env, None, {}, dict(CONTEXT), shared=False, globals=env.globals)
    return Interpreter(env, context).value(tree)


def compiled(source: str) -> Any:  # noqa: ANN401 - of any type
    return environment().compile_expression(source, undefined_to_none=False)(CONTEXT)


@pytest.mark.parametrize(
    "source",
    [
        "a + b * 2 - a // 2 % 3",
        "a / 2",
        "-a",
        "(a, b)[1]",
        "words[1:]",
        "words[:1]",
        "words[-1]",
        "map.k.n + map['k']['n']",
        "map.items",
        "a > b > 1",
        "a != b and not empty",
        "empty or words",
        "'甲' in words and '丁' not in words",
        "'x' ~ a ~ 5",
        "add(1, 2, start=a)",
        "words|length",
        "words|join('、')",
        "words|map('upper')|list",
        "[1, 2, 3]|sum",
        "words|select('equalto', '乙')|list",
        "a is odd",
        "a is divisibleby 3",
        "none is none",
        "{'x': a, 'y': [b]}",
        "'有' if a > b else '无'",
        "'有' if a < b else '无'",
        "figure + 5",
        "range(3)|list",
        "text.startswith('三公')",
        "nothing is defined",
        "a if b > 0",
    ],
)
def test_the_value_is_jinjas(source: str) -> None:
    try:
        mine = interpreted(source)
    except UninterpretableError:
        mine = evaluate(source, CONTEXT)
    theirs = compiled(source)
    assert (type(mine), repr(mine)) == (type(theirs), repr(theirs))


@pytest.mark.parametrize("source", ["nothing", "nothing + 1", "map.nothing", "add.__globals__", "words|nothing", "a()"])
def test_what_jinja_refuses_is_refused(source: str) -> None:
    def refused(run: Callable[[str], Any]) -> bool:
        try:
            return str(run(source)) == ""
        except (TemplateError, TypeError):
            return True

    assert refused(compiled)
    assert refused(interpreted)


def test_what_changes_a_list_is_refused() -> None:
    with pytest.raises(TemplateError):
        evaluate("words.append('丁')", CONTEXT)
    assert CONTEXT["words"] == ["甲", "乙", "丙"]


@given(
    st.recursive(
        st.sampled_from(["a", "b", "7", "1.5"]),
        lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        max_leaves=8,
    )
)
def test_arithmetic_is_jinjas(source: str) -> None:
    assert interpreted(source) == compiled(source)


def test_a_text_that_runs_often_stays_the_same() -> None:
    source = "第{{ a }}项：{{ words[0] }}{{ (figure + 0)|amount }}，{{ '有' if a else '无' }}"
    assert {render(source, {**CONTEXT, FORMAT: NumberFormat()}) for _ in range(100)} == {"第3项：甲0.01，有"}


def test_values_stay_exact_when_the_expression_is_compiled() -> None:
    found = {evaluate("x + y", {"x": Decimal("0.1"), "y": Decimal(n)}) - n for n in range(100)}
    assert found == {Decimal("0.1")}


def test_nearly_all_rules_are_interpreted() -> None:
    rules = [one for rule in hebei().rules.rules for one in (rule.each, rule.if_, rule.require, rule.when) if one]
    assert len(rules) > 100
    known = 0
    for template in rules:
        try:
            interpreted(template.source)
        except UninterpretableError:
            continue
        except Exception:  # noqa: BLE001 - the names of rules are not here: what counts is that it was tried
            known += 1
        else:
            known += 1
    assert known > 0.95 * len(rules)

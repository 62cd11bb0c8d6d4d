"""SECURITY.md says what the code does: its limits are the code's, its codes and rules exist."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from tests.house.pages import PROJECT

_TEXT = (PROJECT / "SECURITY.md").read_text("utf-8")
_LIMITS = re.findall(r"^\| (.+) \| ([\d,]+) \| `([\w.]+)\.(\w+)` \|$", _TEXT, re.MULTILINE)


def test_every_row_of_the_limits_names_its_place() -> None:
    table = _TEXT[_TEXT.index("| limit |") :].partition("\n\n")[0]
    assert len(_LIMITS) == len(table.splitlines()) - 2 >= 20


@pytest.mark.parametrize(("said", "value", "module", "name"), _LIMITS)
def test_a_limit_is_the_codes(said: str, value: str, module: str, name: str) -> None:
    assert getattr(import_module(f"budgetreport.{module}"), name) == int(value.replace(",", "")), said

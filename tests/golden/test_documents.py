"""Every input prints what was reviewed: a new input, or a layout's change, shows in its golden text."""

from __future__ import annotations

import pytest

from tests.golden.documents import INPUTS, KEPT, drawn


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_prints_what_its_golden_text_says(name: str) -> None:
    kept = KEPT / f"{name}.txt"
    assert kept.is_file(), "make golden writes it; review it like code"
    assert drawn(INPUTS[name]) == kept.read_text("utf-8")


def test_no_golden_text_is_of_an_input_that_is_no_more() -> None:
    assert {file.stem for file in KEPT.glob("*.txt")} == set(INPUTS)

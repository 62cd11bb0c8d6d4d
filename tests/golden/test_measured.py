"""Typesetting as pdfplumber measures it on the pages of the reference and of the stress document."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pytest
from pdfplumber.page import Page

from tests.golden.pictured import documents

Char = dict[str, Any]
NEAR = 0.05


@pytest.fixture(scope="module", params=["reference", "stress"])
def measured(request: pytest.FixtureRequest) -> Iterator[list[Page]]:
    with pdfplumber.open(io.BytesIO(documents()[request.param])) as pdf:
        yield pdf.pages


def test_all_digits_of_a_font_have_one_width(measured: list[Page]) -> None:
    widths: dict[str, set[float]] = defaultdict(set)
    for page in measured:
        for char in page.chars:
            if char["text"].isascii() and char["text"].isdigit():
                widths[char["fontname"]].add(round(char["width"] / char["size"], 3))
    assert len(widths) >= 3
    assert {font: len(found) for font, found in widths.items() if len(found) > 1} == {}


def test_decimal_points_of_a_column_stand_under_one_another(measured: list[Page]) -> None:
    columns = [column for page in measured for column in _columns(page).values()]
    assert sum(map(len, columns)) > 100
    for points in columns:
        assert max(points) - min(points) < NEAR, points


def _columns(page: Page) -> dict[tuple[float, float], list[float]]:
    """Where decimal points stand, by the rules on their left and right; a number has a digit before and two after."""
    rules = [edge for edge in page.edges if edge["orientation"] == "v"]
    found: dict[tuple[float, float], list[float]] = defaultdict(list)
    for before, point, *after in zip(page.chars, *(page.chars[n:] for n in range(1, 5)), strict=False):
        if point["text"] == "." and before["text"].isdigit() and _ends(after, point):
            beside = [
                rule["x0"] for rule in rules if rule["top"] < point["bottom"] and rule["bottom"] > point["bottom"]
            ]
            right = min((x for x in beside if x > point["x0"]), default=0.0)
            if right and right - after[1]["x1"] < 10:  # set right, which ≥0.95 in the middle of its cell is not
                found[max((x for x in beside if x < point["x0"]), default=0.0), right].append(point["x0"])
    return found


def _ends(after: list[Char], point: Char) -> bool:
    """Whether two digits end the number, on the same line."""
    first, second, third = after
    same = third["bottom"] == point["bottom"] and third["x0"] - second["x1"] < 1
    return first["text"].isdigit() and second["text"].isdigit() and not same

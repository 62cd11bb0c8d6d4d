"""The empty forms of the final accounts beside the official blank file: heads, fixed rows, spans, cell by cell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from budgetreport import authoring
from budgetreport.layout import load, shelf
from tests.golden.final_accounts import FACTS, Rows, book, drawn, grids, original, sorted_like

LAYOUT = "shanghai/2024-final-accounts"
TEMPLATE = "sh-final-accounts-official-template"
SAMPLE = re.compile(r"(?:205|20502|2050205|207|20799|…+|[1-8])\|[^|]*\|*")
"""The official file's sample units and codes, and the dots that go on: one blank row in ours."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the empty forms; the workbook stands beside it."""
    folder = tmp_path_factory.mktemp("empty")
    for kind, made in authoring.preview(load(LAYOUT, shelf())).files.items():
        (folder / f"forms.{kind}").write_bytes(made.data)
    return folder / "forms.pdf"


def official() -> list[list[str]]:
    """The official file's grids as they were written down, its samples as one blank row."""
    text = FACTS.with_name(TEMPLATE).joinpath("tables.txt").read_text("utf-8")
    return [_without_samples(part.split("\n")) for part in text.strip().split("\n\n")]


def _without_samples(rows: list[str]) -> list[str]:
    samples = [SAMPLE.fullmatch(row) is not None for row in rows]
    return [
        "|" * row.count("|") if sample else row
        for n, (row, sample) in enumerate(zip(rows, samples, strict=True))
        if not (sample and n and samples[n - 1])
    ]


def test_all_ten_forms_equal_the_official_ones_cell_by_cell(empty: Path) -> None:
    ours = [drawn(rows) for rows in grids(empty)]
    assert len(ours) == 10
    for mine, theirs in zip(ours, official(), strict=True):
        assert mine == theirs


def test_all_sheets_of_the_workbook_equal_the_official_forms_cell_by_cell(empty: Path) -> None:
    sheets: list[Rows] = [rows for name, rows in book(empty.with_suffix(".xlsx")).items() if name != "目录"]
    forms = [rows for rows in sheets if any(cell is None for row in rows for cell in row) or len(rows[0]) > 1]
    for sheet, theirs in zip(sorted_like(forms[-10:]), official(), strict=True):
        mine = drawn(sheet)
        start = next((n for n, row in enumerate(mine) if row == theirs[0]), None)
        assert start is not None, (theirs[0], mine[:4])
        assert mine[start : start + len(theirs)] == theirs


def test_the_sentences_of_the_official_file_stand_in_the_notes(empty: Path) -> None:
    sheets = book(empty.with_suffix(".xlsx"))
    notes = [
        cell for rows in sheets.values() for row in rows for cell in row if cell and cell.startswith("注：本表反映")
    ]
    assert len(notes) == 9


def test_what_was_written_down_is_what_the_official_file_says() -> None:
    found = [_without_samples(drawn(rows)) for rows in grids(original(TEMPLATE))]
    assert found == official()

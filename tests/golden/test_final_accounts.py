"""Published final accounts (决算) rebuilt from their input: every cell of every table, every sentence with figures."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden.final_accounts import (
    DEVIATIONS,
    FACTS,
    INPUT,
    bare,
    book,
    deviated,
    drawn,
    grids,
    original,
    prose,
    sentences,
    sorted_like,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF; the workbook stands beside it."""
    folder = tmp_path_factory.mktemp("accounts")
    command = [sys.executable, "-m", "budgetreport", "build", str(INPUT), "-o", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / f"{INPUT.stem}.pdf"


def written_tables() -> list[list[str]]:
    """The original's grids, cell by cell, as they were written down."""
    return [part.split("\n") for part in FACTS.joinpath("tables.txt").read_text("utf-8").strip().split("\n\n")]


def written_sentences() -> list[str]:
    return FACTS.joinpath("sentences.txt").read_text("utf-8").splitlines()


def test_every_table_equals_the_original_cell_by_cell(built: Path) -> None:
    ours = [drawn(rows) for rows in grids(built)]
    assert len(ours) == len(written_tables())
    for mine, theirs in zip(ours, written_tables(), strict=True):
        assert mine == theirs


def test_every_table_of_the_workbook_equals_the_original_cell_by_cell(built: Path) -> None:
    sheets = [rows for name, rows in book(built.with_suffix(".xlsx")).items() if name not in ("目录", "情况说明")]
    assert len(sheets) == len(written_tables())
    for sheet, theirs in zip(sorted_like(sheets), written_tables(), strict=True):
        mine = drawn(sheet)
        start = next((n for n, row in enumerate(mine) if row == theirs[0]), None)
        assert start is not None, (theirs[0], mine[:4])
        assert mine[start : start + len(theirs)] == theirs
        below = [cell for row in sheet[start + len(theirs) :] for cell in row if cell]
        assert all(re.match("注：|说明：", text) for text in below), below


def test_every_sentence_with_figures_equals_the_originals(built: Path) -> None:
    assert sentences(prose(built)) == written_sentences()


def test_the_workbook_says_the_same_sentences_in_order(built: Path) -> None:
    rows = book(built.with_suffix(".xlsx"))["情况说明"]
    text = "".join(cell for row in rows for cell in row if cell)
    at = 0
    for said in written_sentences():
        found = text.find(said, at)
        assert found >= 0, said
        at = found + len(said)


def test_what_was_written_down_is_what_the_original_says() -> None:
    path = original()
    assert [drawn(rows) for rows in grids(path)] == written_tables()
    assert sentences(deviated(prose(path))) == written_sentences()


def test_the_whole_document_but_for_the_deviations_is_the_originals(built: Path) -> None:
    assert prose(built) == deviated(prose(original()))


def test_no_deviation_is_an_amount() -> None:
    for theirs, ours, _, why in DEVIATIONS:
        amounts = [re.findall(r"[0-9.]+(?=万元)", bare(text)) for text in (theirs, ours)]
        assert amounts[0] == amounts[1]
        assert why

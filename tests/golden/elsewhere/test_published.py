"""Documents that other regions published, built from their facts: every cell, every sentence, and what differs."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from tests.golden.blocks import Rows
from tests.golden.elsewhere.cases import CASES, Case, amounts
from tests.golden.elsewhere.reading import Read, read
from tests.golden.sheets import rows_of

_ENTRY = re.compile(r"^(\d)[.．]")


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture(scope="module")
def built(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "budgetreport", "build", str(case.input), "-o", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / case.name


@pytest.fixture(scope="module")
def ours(built: Path) -> Read:
    return read(built.with_suffix(".pdf"))


@cache
def _original(case: Case) -> Read:
    if not case.original.is_file():
        pytest.skip(f"the published document {case.original.name} is not in ../shared/cases")
    return read(case.original)


def _tables(case: Case) -> list[Rows]:
    """The original's tables, without the blank rows that only it has."""
    tables = [list(rows) for rows in _original(case).tables]
    for number, more in case.rows.items():
        blanks = [n for n, row in enumerate(tables[number]) if not any(row)]
        for n in blanks[: -more - 1 : -1]:
            del tables[number][n]
    return tables


def test_every_cell_of_the_pdf_is_the_original_s(case: Case, ours: Read) -> None:
    theirs = _tables(case)
    assert len(ours.tables) == len(theirs) == 9
    for number, (mine, original) in enumerate(zip(ours.tables, theirs, strict=True)):
        assert mine == original, f"table {number}"


def test_every_cell_of_the_workbook_is_the_original_s(case: Case, built: Path) -> None:
    book = openpyxl.load_workbook(built.with_suffix(".xlsx"))
    sheets = [rows_of(sheet) for sheet in book.worksheets if sheet.title not in ("目录", "文字说明")]
    theirs = _tables(case)
    assert len(sheets) == len(theirs)
    for number, (mine, original) in enumerate(zip(sheets, theirs, strict=True)):
        start = next(n for n, row in enumerate(mine) if row == original[0])
        assert mine[start : start + len(original)] == original, f"table {number}"
        assert not any("".join(row) for row in mine[start + len(original) :] if not row[0].startswith("注")), number


def test_everything_outside_tables_is_the_original_s_but_for_the_listed_deviations(case: Case, ours: Read) -> None:
    assert ours.text == case.ours(_once(_original(case).text))


def _once(text: str) -> str:
    """A cell that goes over two pages is in the text of both, half of it clipped: a reader sees it once."""
    duties = re.search(r"(主要职能)(?P<said>.{200,}?)\1?(?P=said)", text)
    return text if duties is None else text.replace(duties["said"], "", 1)


def test_the_contents_list_the_same_sections(case: Case, ours: Read) -> None:
    mine = [_ENTRY.sub(r"\1.", entry) for entry in ours.contents]
    theirs = [_ENTRY.sub(r"\1.", entry) for entry in _original(case).contents]
    assert [entry for entry in mine if entry not in case.contents] == theirs
    assert [entry for entry in mine if entry in case.contents] == list(case.contents)


def test_no_listed_deviation_is_an_amount(case: Case) -> None:
    for theirs, mine, _, reason in case.said:
        assert amounts(theirs) == amounts(mine), theirs
        assert reason

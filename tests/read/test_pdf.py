"""Our PDFs, read back, say what their Report says; other people's give their texts and grids."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetreport.disclosure import make, read
from budgetreport.read.found import FoundDocument, FoundGrid
from budgetreport.report import Report
from tests.making import EXAMPLE
from tests.read.reports import folded, got, read_bytes, wanted


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, FoundDocument]:
    """The example's Report, and what is read from its PDF."""
    disclosure = read(EXAMPLE)
    data = make(disclosure, ("pdf",), lambda _step: None)["pdf"].data
    return disclosure.report, read_bytes(data, tmp_path_factory.mktemp("reference"))


def test_every_grid_of_the_reference_is_found_with_its_texts_and_spans(
    reference: tuple[Report, FoundDocument],
) -> None:
    report, document = reference
    ours, theirs = got(document).grids, wanted(report).grids
    for number, (mine, printed) in enumerate(zip(ours, theirs, strict=False)):
        assert mine == printed, f"grid {number}"
    assert len(ours) == len(theirs)


def test_every_text_of_the_reference_is_found_in_order(reference: tuple[Report, FoundDocument]) -> None:
    report, document = reference
    assert got(document).texts == wanted(report).texts
    assert got(document).order == wanted(report).order


def test_line_feeds_in_cells_of_the_reference_are_found(reference: tuple[Report, FoundDocument]) -> None:
    report, document = reference
    printed = [c.text for t in report.tables() for g in t.grids for row in g.rows for c in row.cells if c]
    seen = [c.text for b in document.blocks if isinstance(b, FoundGrid) for row in b.rows for c in row if c]
    feeds = [[folded(part) for part in text.split("\n")] for text in printed if "\n" in text]
    assert [[folded(part) for part in text.split("\n")] for text in seen if "\n" in text] == feeds
    assert len(feeds) >= 4

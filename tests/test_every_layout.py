"""Each folder of layouts/ with a layout.yaml, whatever is there: adding a layout adds its tests.

Its files are without a mistake, its empty forms build, are what archives and screen readers take, and build again to
the same bytes.
"""

from __future__ import annotations

import io
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
import python_calamine

from budgetreport import authoring
from budgetreport.layout import load, shelf

LAYOUTS = Path(__file__).parents[1] / "layouts"
ALL = sorted(file.parent.relative_to(LAYOUTS).as_posix() for file in LAYOUTS.rglob("layout.yaml"))
PRINTED = [name for name in ALL if name in shelf().ids()]


def test_the_reference_layout_is_among_them() -> None:
    assert "hebei/2026-department-budget" in PRINTED


@pytest.mark.parametrize("name", ALL)
def test_it_is_without_a_mistake(name: str) -> None:
    found = authoring.lint(load(name, shelf()), shelf())
    assert [f"{p.where} {p.what} {p.fix}" for p in found] == []


@pytest.mark.parametrize("name", PRINTED)
def test_its_empty_forms_build_twice_alike_and_are_archived_and_accessible(name: str, tmp_path: Path) -> None:
    layout = load(name, shelf())
    files = authoring.preview(layout).files
    assert {kind: made.data for kind, made in authoring.preview(layout).files.items()} == {
        kind: made.data for kind, made in files.items()
    }
    pdf = tmp_path / "表样.pdf"
    pdf.write_bytes(files["pdf"].data)
    for profile in ("3a", "ua1"):
        assert "Result: no failures" in str(page_validation.validate_pdf(str(pdf), profile=profile))
    with pikepdf.open(pdf) as read:
        assert len(read.pages) == files["pdf"].pages
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"].data))
    assert len(book.sheet_names) >= len(layout.tables)

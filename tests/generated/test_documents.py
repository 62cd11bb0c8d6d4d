"""Generated disclosures as validators, parsers and readers take them: nothing wrong, and every text the report's.

`make generated` makes all of them, `make test` the first few, which show every feature.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from budgetreport.checking import judged
from budgetreport.disclosure import make, read
from budgetreport.problems import errors
from budgetreport.report import Report
from budgetreport.typeset import fonts
from budgetreport.typeset.draft import marked
from budgetreport.typeset.page import ARTIFACT, Document
from budgetreport.typeset.pages import Typesetter
from tests.desk import unruled
from tests.end_to_end.spoken import Spoken, expected, spoken, told
from tests.generated import cells
from tests.generated.inputs import ALL, AXES, COUNT, FEW, generated
from tests.generated.reading import by_mutool, by_pdfium, by_pdftotext, entries, painted, stated, taken
from tests.golden.blocks import bare
from tests.package import faults
from tests.tools import need, said

LEVELS = ("3a", "2a")


@dataclass(frozen=True)
class Trial:
    """A generated disclosure: its report, its pages as typeset, its files."""

    report: Report
    document: Document
    pdfs: dict[str, Path]
    xlsx: bytes
    draft: bool


@pytest.fixture(
    scope="module",
    params=[pytest.param(number, marks=pytest.mark.xdist_group(f"document {number}")) for number in range(COUNT)],
)
def trial(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    made = generated(request.param)
    folder = tmp_path_factory.mktemp(f"number-{request.param}-")
    if made.like["rules"] == "off":
        unruled(folder)
    path = folder / "输入.json"
    path.write_text(json.dumps(made.data, ensure_ascii=False, indent=1), "utf-8")
    disclosure = read(path)
    draft = bool(errors(judged(disclosure).problems))
    document = Typesetter(disclosure.report, disclosure.layout.style, fonts.shipped()).document()
    pdfs = {}
    for level in LEVELS:
        files = make(disclosure, ("pdf", "xlsx"), lambda _step: None, draft=draft, archive=level).files
        pdfs[level] = folder / f"{level}.pdf"
        pdfs[level].write_bytes(files["pdf"].data)
    if draft:
        document = marked(document, disclosure.layout.style, fonts.shipped(), disclosure.layout.words_of("draft"))
    return Trial(disclosure.report, document, pdfs, files["xlsx"].data, draft)


# Validators and parsers.


@pytest.mark.parametrize("level", LEVELS)
def test_a_validator_finds_nothing(trial: Trial, level: str) -> None:
    for profile in (level, "ua1"):
        told = str(page_validation.validate_pdf(str(trial.pdfs[level]), profile=profile))
        assert "Result: no failures" in told, (profile, told)
    with pikepdf.open(trial.pdfs[level]) as pdf:
        assert len(pdf.attachments) == (0 if trial.draft or level == "2a" else 2)


@pytest.mark.parametrize("level", LEVELS)
def test_pikepdf_and_qpdf_find_nothing_wrong(trial: Trial, level: str) -> None:
    need("qpdf")
    path = trial.pdfs[level]
    with pikepdf.open(path) as pdf:
        assert (pdf.check_pdf_syntax(), pdf.get_warnings()) == ([], [])
    out, complaints = said("qpdf", "--check", str(path))
    assert complaints == ""
    assert "No syntax or stream encoding errors found" in out


@pytest.mark.parametrize("level", LEVELS)
def test_mutool_reads_and_draws_without_a_warning(trial: Trial, level: str) -> None:
    """-N: without ICC, which Debian's mutool says to lack."""
    need("mutool")
    path = str(trial.pdfs[level])
    assert said("mutool", "info", path)[1] == ""
    assert said("mutool", "draw", "-q", "-N", "-r", "10", "-F", "pgm", "-o", "-", path)[1] == ""


def test_the_workbook_has_no_fault(trial: Trial) -> None:
    assert faults(trial.xlsx) == ()


# The text, white space folded.


def test_every_element_has_the_reports_text(trial: Trial) -> None:
    """What is printed once, in the order of the structure, is the report: no more, no less, the contents' pages too."""
    whole = "".join(text for _, text in painted(trial.document))
    assert taken(whole, trial.document) == stated(trial.report, trial.document)


def test_pdfium_reads_it_in_content_order_and_knows_the_artifacts(trial: Trial) -> None:
    for path in trial.pdfs.values():
        assert by_pdfium(path) == painted(trial.document)


@pytest.mark.parametrize(("tool", "reader"), [("mutool", by_mutool), ("pdftotext", by_pdftotext)])
def test_a_reader_takes_it_in_content_order(trial: Trial, tool: str, reader: Callable[[Path], str]) -> None:
    need(tool)
    text = reader(trial.pdfs["3a"])
    assert text == "".join(text for _, text in painted(trial.document))
    assert taken(text, trial.document) == stated(trial.report, trial.document)


def test_pdfplumber_reads_every_cell_of_the_grids(trial: Trial, record_property: Callable[[str, object], None]) -> None:
    rows = cells.read(trial.pdfs["3a"])
    assert rows == cells.expected(trial.report)
    record_property("counted", _counts(trial, rows))


def _counts(trial: Trial, rows: list[list[str]]) -> dict[str, int]:
    pages = trial.document.pages
    drawn = [run.element for page in pages for run in page.runs if run.element != ARTIFACT]
    return {
        "documents": 1,
        "drafts": trial.draft,
        "pages": len(pages),
        "cells": sum(map(len, rows)),
        "characters": sum(len(run.text) for page in pages for run in page.runs),
        "elements": len(set(drawn)),
    }


def test_the_tags_in_order_are_the_reports_blocks_with_their_heads(trial: Trial) -> None:
    root = spoken(trial.pdfs["3a"])
    assert [(tag, bare(text)) for tag, text in told(root)] == [
        (tag, bare(text)) for tag, text in expected(trial.report)
    ]
    scopes = [str(one.attributes.get("Scope", "")) for one in _cells(root)]
    assert scopes == [{"column": "/Column", "row": "/Row", "": ""}[header] for header in _headers(trial.report)]
    assert [bare(one.all_text()) for one in root.find("TOCI")] == [
        bare(text) for text in entries(trial.report, trial.document)
    ]


def _headers(report: Report) -> list[str]:
    rows = [row for table in report.tables() for grid in table.grids for row in grid.rows]
    return [cell.header for row in rows for cell in row.cells if cell is not None]


def _cells(root: Spoken) -> Iterator[Spoken]:
    for one in root.below:
        if one.tag in ("TH", "TD"):
            yield one
        yield from _cells(one)


# What is generated.


def test_the_first_few_show_every_value_of_every_axis() -> None:
    shown = [generated(number).like for number in range(FEW)]
    lacking = {(axis, value) for axis, values in AXES.items() for value in values} - {
        pair for like in shown for pair in like.items()
    }
    assert {axis for axis, _ in lacking} <= {"projects", "indicators", "procurement", "texts"}, lacking


def test_the_same_number_gives_the_same_input() -> None:
    assert [generated(number) for number in (0, FEW, ALL - 1)] == [generated(number) for number in (0, FEW, ALL - 1)]

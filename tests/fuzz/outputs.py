"""What a run has written, as validators and other people's readers take it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import page as page_validation
import pikepdf
from python_calamine import CalamineError, CalamineWorkbook

from tests.package import faults

_SOUND = "Result: no failures"


def broken(path: Path, archive: str) -> Iterator[str]:
    """What is wrong with a file; `archive` is the level of PDF/A that a PDF was to have."""
    among = {".pdf": _pdf, ".xlsx": _xlsx, ".json": _json}
    if path.suffix not in among:
        yield f"{path.name}: nobody asked for it"
        return
    yield from (f"{path.name}: {said}" for said in among[path.suffix](path, archive))


def _pdf(path: Path, archive: str) -> Iterator[str]:
    try:
        with pikepdf.open(path) as pdf:
            yield from (str(trouble) for trouble in (*pdf.check_pdf_syntax(), *pdf.get_warnings()))
            if not pdf.pages:
                yield "no pages"
    except pikepdf.PdfError as error:
        yield str(error)
        return
    for profile in (archive, "ua1"):
        said = _validated(path, profile)
        if _SOUND not in said:
            yield f"{profile}: {said}"


def _validated(path: Path, profile: str) -> str:
    try:
        return str(page_validation.validate_pdf(str(path), profile=profile))
    except Exception as error:  # noqa: BLE001 - whatever it raises of a file that it cannot read
        return repr(error)


def _xlsx(path: Path, _archive: str) -> Iterator[str]:
    data = path.read_bytes()
    yield from (str(fault) for fault in faults(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if bad := packed.testzip():
                yield f"damaged {bad}"
        if not CalamineWorkbook.from_path(str(path)).sheet_names:
            yield "no sheets"
    except (zipfile.BadZipFile, CalamineError) as error:
        yield str(error)


def _json(path: Path, _archive: str) -> Iterator[str]:
    try:
        json.loads(path.read_bytes())
    except ValueError as error:
        yield str(error)

"""Which program made a file and under which layout, as the file itself says: sums in our own documents are exact."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from budgetreport.read.found import FoundDocument

_US = "budgetreport"
_YEAR = re.compile(r"[0-9]{4}年")
_APPLICATION = f"<Application>{_US}</Application>".encode()


def is_ours(found: FoundDocument, path: Path) -> bool:
    """Whether this program wrote the file."""
    if path.suffix.lower() == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            return "docProps/app.xml" in names and _APPLICATION in archive.read("docProps/app.xml")
    return _is_our_pdf(found)


def _is_our_pdf(found: FoundDocument) -> bool:
    return dict(found.properties).get("producer", "").startswith(_US)


def made_under(found: FoundDocument) -> str:
    """The layout that a PDF of ours names among its keywords; '' for any other file."""
    if not _is_our_pdf(found):
        return ""
    words = dict(found.properties).get("keywords", "").split("，")
    return next((word for word in words if not _YEAR.fullmatch(word)), "")

"""Which program made a file, as the file itself says: sums in our own documents are exact."""

from __future__ import annotations

import zipfile
from pathlib import Path

from budgetreport.read.found import FoundDocument

_US = "budgetreport"
_APPLICATION = f"<Application>{_US}</Application>".encode()


def is_ours(found: FoundDocument, path: Path) -> bool:
    """Whether this program wrote the file."""
    if path.suffix.lower() == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            return "docProps/app.xml" in names and _APPLICATION in archive.read("docProps/app.xml")
    return dict(found.properties).get("producer", "").startswith(_US)

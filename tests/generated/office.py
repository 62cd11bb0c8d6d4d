"""Workbooks through LibreOffice: opened, recalculated and saved again, and printed.

It sees no fonts but the project's, so that what it prints is the same on every computer.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from os import environ
from pathlib import Path
from typing import Any, Self

import pdfplumber
import pikepdf
from pdfplumber.page import Page

from tests.golden.blocks import Rows, bare
from tests.golden.ruled import Box, distinct, inside

_FONTS = Path(__file__).parents[2] / "fonts"
_SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""
_FOOT = re.compile(r"—\d+—$")
_NEAR = 2.0
"""Characters whose baselines are nearer than this (pt) stand on one line."""


def converted(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The files in another kind (xlsx, pdf), in a folder of that name; a profile of its own for this run."""
    settings = folder / "fonts.conf"
    settings.write_text(_SETTINGS.format(fonts=_FONTS, cache=folder / "fontcache"), "utf-8")
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    done = subprocess.run(  # noqa: S603 - a fixed tool
        [*command, "--outdir", str(folder / kind), *map(str, files)],
        env={**environ, "FONTCONFIG_FILE": str(settings), "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=600,
    )  # fmt: skip
    made = [folder / kind / f"{file.stem}.{kind}" for file in files]
    assert all(path.is_file() for path in made), done.stdout + done.stderr
    return made


class Print:
    """A workbook's print: pages by sheet."""

    def __init__(self, path: Path) -> None:
        self._pdf = pdfplumber.open(path)
        self.sheets = dict(_sheets(path, len(self._pdf.pages)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def read(self, sheet: str, head: int = 0, *, titled: bool = False) -> tuple[Rows, str]:
        """A sheet's ruled rows, and its text outside of them, both without what pages repeat.

        `head`: so many ruled rows repeat on each page; `titled`: so does what stands over them.
        """
        rows: Rows = []
        text = over = ""
        for number in self.sheets[sheet]:
            page = self._pdf.pages[number]
            here, above, below = _page(page)
            if number == self.sheets[sheet].start:
                rows, text, over = here, above + below, above
            else:
                assert here[:head] == rows[:head], (sheet, number)
                rows += here[head:]
                text += (above.removeprefix(over) if titled else above) + below
            page.close()
        return rows, text

    def characters(self, sheet: str) -> Counter[str]:
        """How often each character stands on a sheet's pages."""
        pages = [self._pdf.pages[number] for number in self.sheets[sheet]]
        return Counter(bare("".join(char["text"] for page in pages for char in page.chars)))


def _sheets(path: Path, pages: int) -> Iterator[tuple[str, range]]:
    """The pages of each sheet, by the bookmarks that LibreOffice makes."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        numbers = {page.objgen: n for n, page in enumerate(pdf.pages)}
        found: list[tuple[str, int]] = []
        for item in outline.root:
            target: Any = item.destination if item.destination is not None else item.action.D  # type: ignore[union-attr]
            found.append((str(item.title), numbers[target[0].objgen]))
    ends = [start for _, start in found[1:]] + [pages]
    for (name, start), end in zip(found, ends, strict=True):
        yield name, range(start, end)


def _page(page: Page) -> tuple[Rows, str, str]:
    """A page's ruled rows, and the text above and below them without the page number."""
    tables = page.find_tables()
    rows = [row for table in tables for row in _rows(page, table.cells)]
    if not tables:
        return rows, "", _FOOT.sub("", _text(page.chars))
    top, bottom = tables[0].bbox[1], tables[-1].bbox[3]
    middles = [(char, (char["top"] + char["bottom"]) / 2) for char in page.chars]
    above = _text([char for char, y in middles if y < top])
    return rows, above, _FOOT.sub("", _text([char for char, y in middles if y > bottom]))


def _rows(page: Page, cells: Sequence[Box]) -> Rows:
    """The ruled rows: LibreOffice draws characters of a second font after the others, so their places count."""
    found = []
    for top in distinct(cell[1] for cell in cells):
        across = sorted((cell for cell in cells if cell[1] <= top + 1 < cell[3]), key=lambda cell: cell[0])
        found.append([_text(inside(page, cell)) if abs(cell[1] - top) < 1 else "" for cell in across])
    return found


def _text(chars: Sequence[dict[str, Any]]) -> str:
    """Characters line by line from the top, each line from the left."""
    lines: list[tuple[float, list[dict[str, Any]]]] = []
    for char in sorted(chars, key=lambda char: -char["matrix"][5]):
        base = char["matrix"][5]
        if lines and lines[-1][0] - base < _NEAR:
            lines[-1][1].append(char)
        else:
            lines.append((base, [char]))
    return bare("".join(c["text"] for _, line in lines for c in sorted(line, key=lambda c: c["x0"])))

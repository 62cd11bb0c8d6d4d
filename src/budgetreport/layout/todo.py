"""Marks in the files of a layout that its author, or a draft, left something to do: `# TODO …` to the line's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetreport.layout.layer import ROOT, listed
from budgetreport.layout.load import Shelf
from budgetreport.layout.model import Layout
from budgetreport.layout.source import read_text
from budgetreport.problems import FilePlace, Level, Problem

MARK = "TODO"
RULE = "LY-20"
_MARKED = re.compile(rf"#\s*({MARK})\b(.*)")
_FOLDERS = {"tables": ".yaml", "forms": ".yaml", "facts": ".yaml", "checks": ".yaml", "text": ".j2"}


def todo(layout: Layout, on: Shelf) -> Iterator[Problem]:
    """Notices of the marks in the layout's own files, not in those that it inherits."""
    folder = on.find(layout.id)
    if folder is None:
        return
    files = [folder / name for name in (ROOT, "style.yaml", "checks.yaml") if (folder / name).is_file()]
    files += [file for kind, ending in _FOLDERS.items() for file in listed(folder / kind, ending)]
    for file in files:
        name = on.shown(file)
        yield from marks(name, read_text(file, name))


def marks(file: str, text: str) -> Iterator[Problem]:
    """The marks of one file, each where it stands."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := _MARKED.search(line):
            what = found[2].removesuffix("#}").strip() or "这里还没有改好"
            place = FilePlace(file, number, found.start(1) + 1)
            yield Problem(Level.NOTICE, RULE, place, what, f"改好后删去这一行的 {MARK}")

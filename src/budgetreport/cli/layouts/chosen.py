"""The layout that a command is given: an id on the shelf, or the folder that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from budgetreport import data
from budgetreport.cli.shelf import BESIDE, shelf_of
from budgetreport.layout import Layout, Shelf, load
from budgetreport.layout.layer import ROOT
from budgetreport.problems import FilePlace, Problem, ProblemsError


@dataclass(frozen=True, slots=True)
class Chosen:
    """A layout's id and the shelf that it stands on."""

    id: str
    on: Shelf

    def load(self) -> Layout:
        """The layout. ProblemsError: what is wrong in its files, at the places where an editor finds them."""
        try:
            return load(self.id, self.on)
        except ProblemsError as error:
            raise ProblemsError(located(error.problems, self.on)) from None


def chosen(word: str, layouts: tuple[Path, ...]) -> Chosen:
    """The layout of that id, or in that folder."""
    on = shelf_of(layouts)
    folder = Path(word)
    if not (folder / ROOT).is_file():
        return Chosen(word, on)
    whole = folder.resolve()
    known = next((f for f in on.folders if whole.is_relative_to(f.resolve())), None)
    if known is None:
        above = [up for up in whole.parents if up.name == BESIDE.name]
        known = _as_typed(above[0] if above else whole.parent)
        on = Shelf((known, *on.folders))
    return Chosen(whole.relative_to(known.resolve()).as_posix(), on)


def _as_typed(folder: Path) -> Path:
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def located(problems: Iterable[Problem], on: Shelf) -> tuple[Problem, ...]:
    """Places in an author's own files by the path that an editor opens; shipped ones keep their names."""
    return tuple(replace(p, where=_located(p.where, on)) if isinstance(p.where, FilePlace) else p for p in problems)


def _located(place: FilePlace, on: Shelf) -> FilePlace:
    name = Path(place.file)
    if name.parts[:1] != (BESIDE.name,):
        return place
    below = Path(*name.parts[1:])
    base = next((f for f in on.folders if (f / below).is_file()), None)
    return place if base is None or base == data.folder("layouts") else replace(place, file=(base / below).as_posix())


WORD = "版式"
"""What the help calls an argument that names a layout."""

_ID = re.compile(r"[^\s/\\:*?\"<>|.][^\s/\\:*?\"<>|]*(/[^\s/\\:*?\"<>|.][^\s/\\:*?\"<>|]*)*")
"""Names of folders on any system, joined by /."""


def _id(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not _ID.fullmatch(value):
        raise click.BadParameter(f"“{value}”不能作版式的编号：写文件夹的名称，以 / 相连，如 某市/2026-部门预算")
    return value


id_argument = click.argument("new_id", metavar="编号", callback=_id)
"""The id of a layout to be made."""

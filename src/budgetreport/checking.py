"""From a file to the rules' findings in it: an input is composed, a printed file read back; the rules are the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from budgetreport.checks import Document, Judge, Stating, in_reading_order, waive
from budgetreport.checks.document import Carrier
from budgetreport.checks.text import Position
from budgetreport.disclosure import Disclosure, beside, read, with_rules
from budgetreport.layout import Layout, Shelf, shelf
from budgetreport.problems import FilePlace, Level, Place, Problem, ProblemsError

if TYPE_CHECKING:
    from budgetreport.read.found import FoundDocument

PRINTED = (".pdf", ".xlsx")
"""Ends of names of files that are read back; any other file is an input."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Which tables a layout recognised in a file that was read back, by their titles.

    `unrecognised`: (title or first words, place) of what the layout does not know; `missing`: its tables that
    are not there.
    """

    recognised: tuple[str, ...]
    unrecognised: tuple[tuple[str, Place], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What checking a file found. `problems` in reading order, waived ones among them.

    `ran`: the rules that ran; `skipped`: (rule's id, why) of those that could not. Of a file that could not even
    be composed there is no document, and no rule ran. `tables`: of a file that was read back.
    """

    file: str
    problems: tuple[Problem, ...]
    ran: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    document: Document | None = None
    layout: Layout | None = None
    tables: Tables | None = None


def check(path: Path, layouts: tuple[Path, ...] = (), rules: tuple[Path, ...] = (), layout_id: str = "") -> Judged:
    """Every rule over a file. ReadingError: no such file, or a damaged one.

    `rules` are a bureau's own (see docs/rules-authoring.md); `layout_id` instead of the one that an input names,
    or that fits a printed file best.
    """
    try:
        if path.suffix.lower() in PRINTED:
            return _printed(path, layouts, rules, layout_id)
        return judged(read(path, layouts, rules, layout_id))
    except ProblemsError as error:
        return Judged(path.as_posix(), error.problems)


def judged(disclosure: Disclosure) -> Judged:
    """The rules over an input that is composed already."""
    facts, layout = disclosure.facts, disclosure.layout
    document = Document(disclosure.report, Stating(disclosure.report, facts))
    checked = Judge(document, layout, facts, exact=layout.adds_up).check()
    problems = in_reading_order(waive(disclosure.problems, checked.problems, facts, layout.rules), document)
    return Judged(facts.file, problems, checked.ran, checked.skipped, document, layout)


def _printed(path: Path, layouts: tuple[Path, ...], rules: tuple[Path, ...], layout_id: str) -> Judged:
    """The rules over a PDF or a workbook, as any reader sees it."""
    from budgetreport.read.files import found_document  # noqa: PLC0415 - readers only where a file is read back
    from budgetreport.read.maker import is_ours, made_under  # noqa: PLC0415 - as above
    from budgetreport.read.naming import named  # noqa: PLC0415 - as above

    found = found_document(path)
    on = shelf(*layouts, path.parent / "layouts")
    said = layout_id or made_under(found)
    at_hand = bool(layout_id) or on.find(said) is not None
    layout = _layout(found, on, (*beside(path), *rules), said if at_hand else "")
    reading = named(found, layout)

    def stated(position: Position, _words: str) -> Place | None:
        if position.row < 0:
            return reading.places.place(position.block)
        return reading.places.place(position.block, position.grid, position.row, position.column)

    carrier = Carrier(found.file, found.properties, found.blank_pages)
    document = Document(reading.report, stated, carrier=carrier)
    checked = Judge(document, layout, exact=layout.adds_up and is_ours(found, path)).check()
    tables = Tables(
        tuple(table.title or table.id for table in reading.recognised),
        tuple((table.title, table.place) for table in reading.unrecognised),
        reading.missing,
    )
    lost = [_not_at_hand(said, found.file, layout)] if said and not at_hand else []
    problems = in_reading_order([*lost, *checked.problems], document)
    return Judged(found.file, problems, checked.ran, checked.skipped, document, layout, tables)


def _not_at_hand(said: str, file: str, layout: Layout) -> Problem:
    """The file was made under a layout that is not here."""
    what = f"文件注明的版式是“{said}”，这里没有，改按最相近的“{layout.id}”检查"
    fix = "用 --layouts 指明放版式的文件夹；确要按别的版式检查的，用 --layout 指明"
    return Problem(Level.WARNING, "LY-12", FilePlace(file), what, fix, said)


def _layout(found: FoundDocument, on: Shelf, rules: tuple[Path, ...], layout_id: str) -> Layout:
    """The layout of that id, or the one that recognises most of the file where none is known, with a bureau's rules."""
    from budgetreport.read.naming import which_layout  # noqa: PLC0415 - as above

    if layout_id:
        return with_rules(layout_id, on, rules)
    known = [with_rules(name, on, rules) for name in on.ids()]
    return known[0] if len(known) == 1 else which_layout(found, known)

"""From a file to the rules' findings in it: an input is composed, a printed file read back; the rules are the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from budgetreport.checks import Document, Judge, Stating, in_reading_order, waive
from budgetreport.disclosure import Disclosure, read
from budgetreport.layout import Layout
from budgetreport.problems import Place, Problem, ProblemsError


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
    be composed there is no document, and no rule ran.
    """

    file: str
    problems: tuple[Problem, ...]
    ran: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    document: Document | None = None
    layout: Layout | None = None
    tables: Tables | None = None


def check(path: Path, layouts: tuple[Path, ...] = (), rules: tuple[Path, ...] = (), layout_id: str = "") -> Judged:
    """Every rule over a file. UnreadableError: no such file.

    `rules` are a bureau's own (see docs/rules-authoring.md); `layout_id` instead of the one that the input names.
    """
    try:
        disclosure = read(path, layouts, rules, layout_id)
    except ProblemsError as error:
        return Judged(path.as_posix(), error.problems)
    return judged(disclosure)


def judged(disclosure: Disclosure) -> Judged:
    """The rules over an input that is composed already."""
    facts, layout = disclosure.facts, disclosure.layout
    document = Document(disclosure.report, Stating(disclosure.report, facts))
    checked = Judge(document, layout, facts).check()
    problems = waive(disclosure.problems, checked.problems, facts, layout.rules)
    return Judged(
        facts.file,
        in_reading_order(problems, document),
        checked.ran,
        checked.skipped,
        document,
        layout,
    )

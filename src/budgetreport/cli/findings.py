"""Findings as text, like a good linter's: under the part of the document they are in, where → what → what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from budgetreport.problems import FilePlace, Level, Place, Problem, TablePlace, TextPlace

COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTICE: "cyan"}
SHOWN = 100
"""So many problems are shown as text; JSON and the workbook of a check have them all."""


CHECKED = "budgetreport check --format xlsx"
"""How a person sees all that the rules found in an input: the 检查表."""


def listed(problems: Sequence[Problem], whole: str = "--format json") -> Iterator[str]:
    """The lines of all findings in full; those in one part of the document stand together under its name.

    `whole`: what shows all of them, where there are too many.
    """
    part = ""
    for problem in problems[:SHOWN]:
        own = _part(problem.where)
        if own and own != part:
            yield own
        part = own
        indent = "  " if own else ""
        yield f"{indent}{_within(problem.where)} {_level(problem)} {problem.rule}"
        yield from (f"{indent}  {line}" for line in _said(problem))
    if len(problems) > SHOWN:
        yield f"……另有{len(problems) - SHOWN}处，用 {whole} 看全部"


def in_short(problems: Sequence[Problem]) -> Iterator[str]:
    """A line a finding of an input: where, level, rule, what."""
    for problem in problems[:SHOWN]:
        yield f"{problem.where} {_level(problem)} {problem.rule} {problem.what}"
    if len(problems) > SHOWN:
        yield f"……另有{len(problems) - SHOWN}处，用 {CHECKED} 看全部"


def counted(problems: Iterable[Problem]) -> str:
    """`2个错误，1个警告，1处放行`."""
    problems = list(problems)
    levels = [p.level for p in problems if not p.waived]
    said = [f"{levels.count(level)}个{level.value}" for level in Level if level in levels]
    if waived := sum(bool(p.waived) for p in problems):
        said.append(f"{waived}处放行")
    return "，".join(said)


def _said(problem: Problem) -> Iterator[str]:
    """What is wrong, what to do, and the places that a reader turns to."""
    yield problem.what
    yield f"理由：{problem.waived}" if problem.waived else f"改法：{problem.fix}"
    if problem.also:
        yield f"对照：{'；'.join(str(place) for place in problem.also)}"
    if problem.stated and problem.stated != problem.where:
        yield f"{'填报处' if isinstance(problem.stated, FilePlace) else '所在'}：{problem.stated}"


def _level(problem: Problem) -> str:
    if problem.waived:
        return f"放行（{problem.level.value}）"
    return styled(problem.level.value, COLOURS[problem.level])


def _part(place: Place) -> str:
    """The table or section that a place is in, '' for places in files."""
    if isinstance(place, TablePlace):
        return str(TablePlace(place.table))
    return str(TextPlace(place.section)) if isinstance(place, TextPlace) else ""


def _within(place: Place) -> str:
    """The place as it is called under the name of its part."""
    if isinstance(place, TablePlace):
        return str(place).removeprefix(_part(place)).removeprefix("，") or "全表"
    if isinstance(place, TextPlace):
        return f"第{place.paragraph}段" if place.paragraph else "标题"
    return str(place)


def styled(text: str, colour: str) -> str:
    """Coloured on a terminal that wants it (NO_COLOR is honoured)."""
    plain = bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()
    return text if plain else click.style(text, fg=colour, bold=True)

"""What a layout's author asks about a layout without any input: its mistakes, its empty forms."""

from __future__ import annotations

from collections.abc import Iterator

from budgetreport.checks import mistaken
from budgetreport.compose.blank import blank
from budgetreport.layout import Layout, Shelf, todo, unused, year_of
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError, in_order
from budgetreport.producing import KINDS, Order, Product, Progress, produce


def lint(layout: Layout, on: Shelf) -> tuple[Problem, ...]:
    """What is wrong with a layout that loads: in its own rules, in composing and typesetting its empty forms.

    What an ancestor's rules say wrong, the ancestor answers for. Notices: what it or its heirs on the shelf never use,
    and marks of what is left to do.
    """
    own = f"layouts/{layout.id}/"
    rules = layout.rules.rules
    files = {rule.place.file for rule in rules} | {t.place.file for rule in rules for _, t in rule.templates()}
    found = mistaken(layout, {file for file in files if file.startswith(own)})
    try:
        preview(layout, ("xlsx",))
    except ProblemsError as error:
        found += error.problems
    return in_order((*found, *unused(layout, on), *todo(layout, on)))


def preview(
    layout: Layout,
    kinds: tuple[str, ...] = KINDS,
    year: int | None = None,
    progress: Progress = lambda _step: None,
) -> Product:
    """The files of a layout's empty forms. ProblemsError: they cannot be composed or printed.

    `year` as an input would state it, else the one that the layout's folder names.
    """
    from budgetreport.typeset.flow import PAGES, TooManyPagesError  # noqa: PLC0415 - heavy
    from budgetreport.typeset.fonts import MissingGlyphError, shipped  # noqa: PLC0415 - heavy

    report, problems = blank(layout, year or year_of(layout.id))
    if problems:
        raise ProblemsError(problems)
    order = Order(shipped(), kinds, keywords=(layout.id,))
    try:
        made = produce(report, layout.style, order, progress)
    except TooManyPagesError:
        raise _refused(layout.place, "IN-20", f"空白的表样印出来就超过{PAGES}页", "检查有没有重复的部分") from None
    except MissingGlyphError as error:
        raise _refused(layout.place, "IN-17", f"有字没有字体可印：{error}", "换成规范的字符") from None
    if made.crowded:
        raise ProblemsError(_too_wide(layout, made.crowded))
    return made


def _refused(place: FilePlace, rule: str, what: str, fix: str) -> ProblemsError:
    return ProblemsError([Problem(Level.ERROR, rule, place, what, fix)])


def _too_wide(layout: Layout, ids: tuple[str, ...]) -> Iterator[Problem]:
    """Tables and forms by the ids of the report, a form's with the number of its item."""
    for name in ids:
        block = layout.tables.get(name) or layout.forms[name.partition("/")[0]]
        what, fix = "这张表比任何一页都宽，栏里的字排不下", "减少栏数，分成两张表，或让表头短一些"
        yield Problem(Level.ERROR, "LY-10", block.place, what, fix, name)

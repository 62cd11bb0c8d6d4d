"""The way from an input file to its document: read, validate, compose, typeset, write. Each step is a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from budgetreport import intake
from budgetreport.checks import mistaken
from budgetreport.compose.document import Composer
from budgetreport.facts import Facts
from budgetreport.layout import Layout, Shelf, load, rule_files, shelf, year_of
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError, TablePlace, in_order, nearest
from budgetreport.producing import LEVELS, Order, Product, Progress, produce
from budgetreport.publishing import published
from budgetreport.read.unreadable import withheld
from budgetreport.report import Report
from budgetreport.spelling import spelled
from budgetreport.trace import Tracer

if TYPE_CHECKING:
    from budgetreport.typeset.fonts import FontSet
    from budgetreport.write.pdf import Attachment

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """An input under its layout, composed; `problems` is everything found, errors among it."""

    source: intake.Source
    facts: Facts
    layout: Layout
    report: Report
    composer: Composer
    problems: tuple[Problem, ...]

    def tracer(self) -> Tracer:
        """Follows the report's numbers back to the facts."""
        return self.composer.tracer(self.report)


def read(
    path: Path,
    layouts: tuple[Path, ...] = (),
    rules: tuple[Path, ...] = (),
    layout_id: str = "",
    fonts: FontSet | None = None,
) -> Disclosure:
    """The input composed. ReadingError: no such file; ProblemsError: too wrong to compose, all problems at once.

    `layouts` and `rules` count beside the folders of that name next to the input; `layout_id` instead of the input's;
    `fonts` are those that its characters must be in, without them the shipped ones.
    """
    name = path.as_posix()
    try:
        with path.open("rb") as file:  # no more than tells that it is too large: it may have no end
            data = file.read(intake.LARGEST + 1)
    except OSError as error:
        raise withheld(path, error, ".json") from error
    source = intake.parse(data, name)
    on = shelf(*layouts, path.parent / "layouts")
    try:
        layout = with_rules(layout_id or _named(source, on), on, (*beside(path), *rules), source.locate(("layout",)))
    except ProblemsError as error:
        raise ProblemsError([*source.notices, *error.problems]) from None
    try:
        facts = intake.validate(source, layout.facts)
    except ProblemsError as error:
        raise ProblemsError([*source.notices, *error.problems, *_lacking(source, fonts)]) from None
    composer = Composer(facts, layout)
    report, found = composer.report()
    problems = in_order([*source.notices, *_lacking(source, fonts), *_of_another_year(facts, layout), *found])
    return Disclosure(source, facts, layout, report, composer, problems)


def make(  # noqa: PLR0913 - what a build can be asked for
    disclosure: Disclosure,
    kinds: tuple[str, ...],
    progress: Progress,
    *,
    draft: bool = False,
    archive: str = LEVELS[0],
    fonts: FontSet | None = None,
) -> Product:
    """The files of a disclosure, and which of its tables are `crowded` in them.

    ProblemsError: the document is longer than any may be, or a character has no font.
    `archive`: the PDF's grade, of producing.LEVELS; 3a carries the published input and the workbook.
    `fonts`: the fonts to set it in, without them the shipped ones.
    """
    from budgetreport.typeset.flow import PAGES, TooManyPagesError  # noqa: PLC0415 - see the docstring
    from budgetreport.typeset.fonts import MissingGlyphError, shipped  # noqa: PLC0415 - as above

    fonts = fonts or shipped()
    carried = None if draft else partial(_attachments, disclosure)
    mark = disclosure.layout.words_of("draft") if draft else ""
    order = Order(fonts, kinds, archive, _keywords(disclosure, fonts), mark, carried)
    try:
        return produce(disclosure.report, disclosure.layout.style, order, progress)
    except TooManyPagesError:
        what = f"印出来超过{PAGES}页"
        fix = "核对明细有没有重复写入；确有这么多的，按所属单位分成几个文件"
        raise ProblemsError([Problem(Level.ERROR, "IN-20", disclosure.source.locate(()), what, fix)]) from None
    except MissingGlyphError as error:
        known = [problem for problem in disclosure.problems if problem.rule == "IN-17"]  # a draft of such an input
        what, fix = f"版式要印的字没有字体可印：{error}", "请版式的作者换成规范的字符"
        place = disclosure.source.locate(("layout",))
        raise ProblemsError(known or [Problem(Level.ERROR, "IN-17", place, what, fix)]) from None


def crowded(report: Report, product: Product) -> tuple[Problem, ...]:
    """The tables of a report that no page has room for, told to the clerk whose words are in them."""
    what = "这张表比任何一页都宽：有的栏排不下其中的字，印出来会出格"
    fix = "缩短这张表里太长的编码、数字和用语；表头太长或栏太多的，请版式的作者分成两张表"
    return tuple(
        Problem(Level.WARNING, "LY-10", TablePlace(table.called), what, fix)
        for table in report.tables()
        if table.id in product.crowded
    )


def _keywords(disclosure: Disclosure, fonts: FontSet) -> tuple[str, ...]:
    """The year, the layout that it was made with, and the fonts where they are not the shipped ones."""
    said = "、".join(f"{one.face} {fonts.face(one.key).sfnt.name}（{one.path.name}）" for one in fonts.installed)
    return f"{disclosure.facts.year}年", disclosure.layout.id, *([f"字体：{said}"] if said else [])


def _attachments(disclosure: Disclosure, workbook: bytes) -> tuple[Attachment, ...]:
    """What the PDF is made of, and the same as a workbook."""
    from budgetreport.write.pdf import Attachment  # noqa: PLC0415 - loads reportlab

    stem = spelled(Path(disclosure.source.file)).stem
    source = published(disclosure.source, disclosure.layout, disclosure.composer.books)
    return (
        Attachment(f"{stem}.json", source, "application/json", "Source", "填报数据（公开部分）"),
        Attachment(f"{stem}.xlsx", workbook, _WORKBOOK, "Alternative", "同一内容的工作簿"),
    )


def beside(path: Path) -> tuple[Path, ...]:
    """The folder of a bureau's own rules next to a file, where there is one."""
    folder = path.parent / "rules"
    return (folder,) if any((*folder.glob("*.yaml"), *folder.glob("codes/*.csv"))) else ()


def with_rules(layout_id: str, on: Shelf, rules: tuple[Path, ...], asked: FilePlace | None = None) -> Layout:
    """A layout with a bureau's own rules. ProblemsError: mistakes in either."""
    layout = load(layout_id, on, asked, rules)
    files = {spelled(file).as_posix() for path in rules for file in rule_files(path)}
    if files and (found := mistaken(layout, files)):
        raise ProblemsError(found)
    return layout


def _of_another_year(facts: Facts, layout: Layout) -> Iterator[Problem]:
    """A layout made for one year, and an input for another: next year's is most often begun from last year's file."""
    due = year_of(layout.id)
    if due not in (None, facts.year):
        what = f"year（年度）写的是{facts.year}年，版式“{layout.id}”是{due}年的"
        fix = f"核对年度；填{facts.year}年的，换{facts.year}年的版式（budgetreport layouts list）"
        yield Problem(Level.WARNING, "IN-04", facts.locate(("year",)), what, fix, str(facts.year))


def _named(source: intake.Source, on: Shelf) -> str:
    """The layout that the input names."""
    tree = source.tree
    named = tree.get("layout") if isinstance(tree, dict) else None
    if isinstance(named, str) and named:
        return named
    ids = on.ids()
    said = tree if isinstance(tree, dict) else {}
    near = nearest("layout", list(said)) if "layout" not in said else ""
    what = "没有说明用哪个版式（layout）" + (f"；“{near}”是不是写错了？" if near else "")
    fitting = [one for one in ids if year_of(one) == said.get("year")] or ids
    fix = f'在文件开头写 "layout"，如 "{fitting[0]}"（有哪些：budgetreport layouts list）' if ids else "补写 layout"
    place = source.locate(("layout",) if "layout" in said else ())
    raise ProblemsError([Problem(Level.ERROR, "IN-01", place, what, fix, "layout")])


def _lacking(source: intake.Source, fonts: FontSet | None) -> tuple[Problem, ...]:
    """Characters that none of the fonts has."""
    from budgetreport.typeset.fonts import shipped  # noqa: PLC0415 - not for commands that read no input

    return intake.lacking_characters(source, (fonts or shipped()).lacking)

"""The layout language as typed, frozen definitions. What each key means stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING, Self, TypeVar

from budgetreport.facts import Field
from budgetreport.filters import EVERYTHING, Filter
from budgetreport.layout.keys import (
    Reader,
    build,
    flag,
    key,
    listed,
    number,
    one_of,
    record,
    records,
    string,
    strings,
    whole,
)
from budgetreport.layout.source import Items, Keys, Node, Text
from budgetreport.layout.spans import divided
from budgetreport.layout.vocabulary import Vocabulary, read_filter
from budgetreport.numerals import is_pattern, without_number
from budgetreport.problems import FilePlace
from budgetreport.style import Style

if TYPE_CHECKING:
    from budgetreport.layout.rules import Rules

T = TypeVar("T")
NOWHERE = FilePlace("")


@dataclass(frozen=True, slots=True)
class Template:
    """A Jinja2 template, or an expression, and where it stands."""

    source: str
    place: FilePlace = NOWHERE

    @property
    def is_plain(self) -> bool:
        """Whether it prints as it stands."""
        return "{{" not in self.source and "{%" not in self.source and "{#" not in self.source

    def at(self, line: int) -> FilePlace:
        """Where one of its lines stands, the first at its own column."""
        return FilePlace(self.place.file, self.place.line + line - 1, self.place.column if line == 1 else 0)


def template(reader: Reader, node: Node) -> Template:
    """A text with {{ … }}."""
    return Template(string(reader, node), node.place)


def templates(reader: Reader, node: Node) -> tuple[Template, ...]:
    """One text or several."""
    items = node.items if isinstance(node, Items) else (node,)
    return tuple(template(reader, item) for item in items)


def pattern(reader: Reader, node: Node) -> str:
    """How something is numbered."""
    word = string(reader, node)
    if not is_pattern(word):
        reader.wrong(node.place, f"“{word}”不能编号", "写 一、 （一） 1. 1、 （1） 或 第一部分", word)
    return word


@dataclass(frozen=True, slots=True)
class Numbers:
    """How amounts print at a place; what is not said here, the place around it says."""

    unit: str | None = key(one_of("元", "万元"), "金额单位：元或万元")
    places: int | None = key(whole, "小数位数")
    thousands: bool | None = key(flag, "是否用千分位逗号")
    zero: str | None = key(string, "恰为零时印什么（空：不印）")
    none: str | None = key(string, "该栏不适用时印什么")
    rounding: str | None = key(
        one_of("each", "balanced"), "取舍：each 各自四舍五入，balanced 舍位平衡，印出的分项加起来正是印出的合计"
    )
    place: FilePlace = NOWHERE


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a head over columns."""

    head: Template = key(template, "栏目名称", required=True)
    id: str = key(string, "编号，默认取栏目名称", default="")
    columns: tuple[Column, ...] = key(records(lambda: Column), "下属各栏", default=())
    show: str = key(string, "印什么：label 名称、code 编码、code.款 该级编码，或一个字段", default="")
    sum: Filter | None = key(read_filter, "金额：符合此条件的各行之和")
    of: str = key(string, "求和的数（默认 amount 金额）", default="amount")
    add: tuple[str, ...] = key(strings, "左边几栏之和", default=())
    subtract: tuple[str, ...] = key(strings, "左边第一栏减其余各栏", default=())
    ratio: tuple[str, ...] = key(strings, "左边两栏之比（%）", default=())
    growth: tuple[str, ...] = key(strings, "[今年, 上年] 的增长（%）", default=())
    where: Filter = key(read_filter, "收窄本栏及下属各栏", default=EVERYTHING)
    aside: bool = key(flag, "yes：只是其中数，不与其他各栏合成总数", default=False)
    merge: str = key(one_of("equal"), "equal：上下相同的格子合并", default="")
    width: float = key(number, "宽度（字数）", default=0.0)
    align: str = key(one_of("left", "center", "right"), "对齐：left、center、right", default="")
    numbers: Numbers | None = key(record(Numbers), "数字格式")
    when: Template | None = key(template, "条件不成立时不印这一栏")
    place: FilePlace = NOWHERE

    @property
    def name(self) -> str:
        """Its id, the last part of its path."""
        return self.id or without_number(self.head.source)

    @property
    def level(self) -> str:
        """The level whose digits it shows, where several columns share a code."""
        return self.show.removeprefix("code.") if self.show.startswith("code.") else ""

    @property
    def has_content(self) -> bool:
        """Whether it prints cells; others are heads."""
        return bool(self.show or self.add or self.subtract or self.ratio or self.growth) or self.sum is not None


def values_list(reader: Reader, node: Node) -> tuple[tuple[str, str], ...]:
    """(code, label) pairs: a named list of lists/, a code list, or written out."""
    vocabulary = reader.vocabulary
    if isinstance(node, Text):
        if node.text not in vocabulary.lists:
            reader.unknown("清单", node.text, vocabulary.lists, node.place)
            return ()
        vocabulary.used.add(node.text)
        return tuple(vocabulary.lists[node.text].items())
    if isinstance(node, Keys):
        return tuple((code, string(reader, label)) for code, label in node.entries.items())
    return tuple((string(reader, item), "") for item in listed(reader, node))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or what makes rows: exactly one of label, tree, each, fill_to."""

    id: str = key(string, "编号，默认取名称", default="")
    label: Template | None = key(template, "固定行的名称")
    tree: str = key(string, "按此维度的编码逐级列示", default="")
    each: str = key(string, "此维度的每个值一行；line：每笔一行", default="")
    fill_to: int = key(whole, "用空行补足到第几行", default=0)
    where: Filter | None = key(read_filter, "本行的条件")
    only: tuple[str, ...] | None = key(strings, "只有这些栏有数")
    levels: tuple[str, ...] = key(strings, "列示哪几级", default=())
    level: str = key(string, "列示哪一级", default="")
    values: tuple[tuple[str, str], ...] | None = key(values_list, "恰好列示这些编码，没有数的也列")
    number: str = key(pattern, "编号样式", default="")
    rows: tuple[Row, ...] = key(records(lambda: Row), "每个值之下的各行", default=())
    of_which: tuple[Row, ...] = key(records(lambda: Row), "其中各行", default=())
    beside: str = key(string, "与另一侧的这一行对齐", default="")
    indent: int = key(whole, "缩进字数", default=0)
    numbers: Numbers | None = key(record(Numbers), "数字格式")
    when: Template | None = key(template, "条件不成立时不印这一行")
    place: FilePlace = NOWHERE

    @property
    def name(self) -> str:
        """Its id, or its label without number and spaces; '' for what makes rows."""
        return self.id or (without_number(self.label.source) if self.label else "")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a two-sided table."""

    id: str = key(string, "编号，默认取名称", default="")
    head: Template | None = key(template, "这一侧的总栏目")
    where: Filter = key(read_filter, "收窄这一侧", default=EVERYTHING)
    columns: tuple[Column, ...] = key(records(Column), "这一侧自己的各栏", default=())
    rows: tuple[Row, ...] = key(records(Row), "这一侧的各行", default=())
    place: FilePlace = NOWHERE

    @property
    def name(self) -> str:
        """Its id, or its head; '' where it has none."""
        return self.id or (without_number(self.head.source) if self.head else "")


@dataclass(frozen=True, slots=True)
class Numbering:
    """Numbers of rows and columns."""

    rows: str = key(string, "行号一栏的名称，如 序号", default="")
    columns: str = key(string, "栏次一行的名称，如 栏次", default="")
    place: FilePlace = NOWHERE


@dataclass(frozen=True, slots=True)
class Empty:
    """What a table shows when it counts no line."""

    rows: int = key(whole, "空行数；0：照常印各行", default=1)
    note: Template | None = key(template, "空表的注")
    place: FilePlace = NOWHERE


def drawn(reader: Reader, node: Node) -> tuple[tuple[Template, ...], ...]:
    """Rows of drawn cells, all equally long."""
    rows = tuple(templates(reader, row) for row in listed(reader, node))
    for row, item in zip(rows, listed(reader, node), strict=True):
        if len(row) != len(rows[0]):
            reader.wrong(
                item.place,
                f"这一行有{len(row)}格，第一行有{len(rows[0])}格",
                "各行格数应相同，合并用 < 和 ^",
                rule="LY-05",
            )
    return rows


@dataclass(frozen=True, slots=True)
class Grid:
    """The ruled part of a table: drawn cells, or rows and columns, or sides."""

    id: str = key(string, "编号", default="")
    from_: str = key(string, "取自哪一本账（默认 ledger），或本项的清单", default="ledger")
    where: Filter = key(read_filter, "收窄整个表", default=EVERYTHING)
    columns: tuple[Column, ...] = key(records(Column), "各栏", default=())
    rows: tuple[Row, ...] = key(records(Row), "各行", default=())
    sides: tuple[Side, ...] = key(records(Side), "左右两侧", default=())
    cells: tuple[tuple[Template, ...], ...] = key(drawn, "逐格画出；< 接左格，^ 接上格", default=())
    head: tuple[tuple[Template, ...], ...] = key(drawn, "逐格画出的表头", default=())
    widths: tuple[str, ...] = key(strings, "逐格画出时各列的宽度（字数）", default=())
    numbers: Numbers | None = key(record(Numbers), "数字格式")
    numbering: Numbering | None = key(record(Numbering), "行号与栏次")
    across: bool = key(flag, "固定行的名称横跨前面各栏", default=False)
    stretch: str = key(one_of("leaves", "groups"), "谁占满多余的表头行", default="leaves")
    under_each: tuple[Column, ...] = key(records(Column), "每个没有内容的栏目之下的各栏", default=())
    empty: Empty | None = key(record(Empty), "没有数时")
    place: FilePlace = NOWHERE

    def each_side(self) -> tuple[Side, ...]:
        """Its sides with the columns of each; the whole where it has none."""
        sides = self.sides or (Side(rows=self.rows),)
        return tuple(side if side.columns else replace(side, columns=self.columns) for side in sides)

    def joined(self) -> Self:
        """The same where drawn columns that no row divides are one, as wide as they: no file shows where they meet."""
        if not self.cells:
            return self
        kept = divided([[cell.source for cell in row] for row in self.cells])
        widths = self.widths and tuple(
            str(fsum(map(float, self.widths[x:after]))) for x, after in zip(kept, [*kept[1:], None], strict=True)
        )
        return replace(self, cells=tuple(tuple(row[x] for x in kept) for row in self.cells), widths=widths)

    def below(self, column: Column) -> tuple[Column, ...]:
        """The columns that stand under one as under a head; none: it prints cells."""
        return column.columns or (() if column.has_content else self.under_each)


@dataclass(frozen=True, slots=True)
class Table(Grid):
    """A titled table; the file's name is its id."""

    title: Template = key(template, "表名", default=Template(""))
    caption: tuple[Template, ...] = key(templates, "表上方的文字，至多三段", default=())
    notes: tuple[Template, ...] = key(templates, "表下方的注", default=())
    when: Template | None = key(template, "条件不成立时不印这张表")
    page: str = key(one_of("portrait", "landscape", "auto"), "纸张方向", default="auto")
    font: str = key(string, "文字样式（style.yaml 的 roles）", default="table")
    sheet: Template | None = key(template, "工作表名称")
    basis: str = key(string, "依据", default="")


@dataclass(frozen=True, slots=True)
class Form:
    """Grids stacked for each item of a list; the file's name is its id."""

    id: str = key(string, "编号", default="")
    title: Template = key(template, "表名", default=Template(""))
    each: str = key(string, "每项一张：事实中的清单", default="")
    as_: str = key(string, "在文字中怎样称呼这一项", default="item")
    sort: str = key(string, "按此字段排序", default="")
    caption: tuple[Template, ...] = key(templates, "表上方的文字，至多三段", default=())
    notes: tuple[Template, ...] = key(templates, "表下方的注", default=())
    grids: tuple[Grid, ...] = key(records(Grid), "上下各部分", default=())
    numbers: Numbers | None = key(record(Numbers), "数字格式")
    page: str = key(one_of("portrait", "landscape", "auto"), "纸张方向", default="auto")
    font: str = key(string, "文字样式（style.yaml 的 roles）", default="form")
    sheet: Template | None = key(template, "工作表名称")
    basis: str = key(string, "依据", default="")
    when: Template | None = key(template, "条件不成立时不印")
    place: FilePlace = NOWHERE


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with a style."""

    text: Template = key(template, "文字", required=True)
    role: str = key(string, "文字样式", default="body")
    place: FilePlace = NOWHERE


PART_KINDS = ("cover", "contents", "table", "form", "text", "heading", "parts")
"""The keys of a part that say what it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document: exactly one of cover, contents, table, form, text, heading, parts."""

    id: str = key(string, "编号", default="")
    cover: tuple[Line, ...] = key(records(Line), "封面各行", default=())
    contents: str = key(string, "目录的名称", default="")
    table: str = key(string, "一张表", default="")
    listed: bool = key(flag, "标题之下的表也列入目录，从新的一页起", default=False)
    form: str = key(string, "一种表单", default="")
    text: Template | None = key(template, "一段文字，或 text/ 中的文件")
    heading: Template | None = key(template, "标题")
    entry: Template | None = key(
        template, "目录中的名称；写了它，编号只印在目录里，表单也列入目录。只有 parts 时：只在目录里有的一级"
    )
    number: str = key(pattern, "编号样式", default="")
    parts: tuple[Part, ...] = key(records(lambda: Part), "标题之下的各部分", default=())
    each: str = key(string, "每项一遍：事实中的清单", default="")
    as_: str = key(string, "在文字中怎样称呼这一项", default="item")
    role: str = key(string, "文字样式", default="body")
    numbers: Numbers | None = key(record(Numbers), "这一部分文字中的数字格式：只能写 thousands、zero")
    when: Template | None = key(template, "条件不成立时略去")
    place: FilePlace = NOWHERE

    @property
    def kinds(self) -> list[str]:
        """What it says that it is: one of PART_KINDS, or a heading with parts."""
        return [kind for kind in PART_KINDS if getattr(self, kind) not in ((), "", None)]


@dataclass(frozen=True, slots=True)
class Source:
    """A list of the input as lines of a book, with coordinates added to each."""

    path: tuple[str, ...]
    added: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole layout, inherited and checked."""

    id: str
    title: str
    basis: str
    verified: bool
    words: Mapping[str, str | tuple[str, ...]]
    vocabulary: Vocabulary
    numbers: Mapping[str, Numbers]
    books: Mapping[str, tuple[Source, ...]]
    tables: Mapping[str, Table]
    forms: Mapping[str, Form]
    texts: Mapping[str, Template]
    parts: tuple[Part, ...]
    facts: Field
    style: Style
    rules: Rules
    properties: Mapping[str, Template]
    workbook: Mapping[str, str]
    lineage: tuple[str, ...]
    place: FilePlace = NOWHERE

    @property
    def adds_up(self) -> bool:
        """Whether printed parts add up to printed totals: amounts rounded each on its own may leave a tail."""
        said = self.numbers.get("tables")
        return said is not None and said.rounding == "balanced"

    def words_of(self, name: str) -> str:
        """A word of the layout, '' where it has none."""
        found = self.words.get(name, "")
        return found if isinstance(found, str) else ""


def named(cls: type[T], reader: Reader, node: Node, name: str) -> T | None:
    """A table or form from its file, the file's name its id."""
    return build(cls, reader, _with_id(node, name))


def _with_id(node: Node, name: str) -> Node:
    return node.with_entries({**node.entries, "id": Text(name, node.place)}) if isinstance(node, Keys) else node

"""From a printed number back to the facts: every line with its place and its value as stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from budgetreport.dimensions import Codes, Dimension
from budgetreport.facts import Facts, Field, Record
from budgetreport.filters import Dimensions, Filter
from budgetreport.layout.vocabulary import Listed
from budgetreport.ledger import SCALE, Book, Line, Origin, Stated, Sum
from budgetreport.money import PLACES, Amount, exact
from budgetreport.problems import FilePlace
from budgetreport.report import Paragraph, Report, Table
from budgetreport.trace.cells import UntraceableError, cell_of
from budgetreport.wording import bare

_AROUND = 12
"""Characters of a sentence shown on each side of its figure."""
_NUMBER = re.compile(r"[0-9](?![0-9.年])")
"""A number that is no year: who asks about one does not mean its neighbours."""
_SENTENCE = re.compile(r"[^。；]*[。；]?")


@dataclass(frozen=True, slots=True)
class Traced:
    """One line or fact behind a number: where it was stated, its value as stated, and what it is.

    `sign` is -1 for what was taken away (last year's lines behind a change); `number` the value without
    its unit, None for a text.
    """

    where: FilePlace
    value: str
    what: str
    sign: int = 1
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A printed number or text with everything that stands behind it, and the filters it sums over.

    `around`: the words of the sentence near a figure, '' for a cell; `total`: the sum of the lines in
    the input's unit, '' unless there are several and they add up to what is printed.
    """

    text: str
    conditions: tuple[str, ...]
    lines: tuple[Traced, ...]
    around: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class Tracer:
    """Follows origins of a report back to the facts."""

    report: Report
    facts: Facts
    books: Mapping[str, Book]
    dimensions: Dimensions

    def cell(self, table: str, row: str, column: str) -> Finding:
        """What stands behind a cell. UntraceableError: there is no such cell."""
        cell = cell_of(self.report, table, row, column)
        return self._finding(cell.text, cell.origin)

    def text(self, wanted: str) -> list[Finding]:
        """What stands behind each figure in the words; where they hold no number, of the sentence they stand in.

        Empty where no figure there is computed. UntraceableError: the document has no such words.
        """
        paragraphs = [p for p in _paragraphs(self.report) if bare(wanted) and bare(wanted) in bare(p.text)]
        if not paragraphs:
            raise UntraceableError(f"文件中没有“{wanted}”这段文字", "照打印的原样抄一段，不必是整句")
        return [
            self._finding(p.text[start:end], origin, _around(p.text, start, end))
            for p in paragraphs
            for start, end, origin in _meant(p, wanted)
        ]

    def _finding(self, text: str, origin: tuple[Origin, ...], around: str = "") -> Finding:
        sums = [o for o in origin if isinstance(o, Sum)]
        conditions = tuple(("减：" if o.sign < 0 else "") + self.described(o.where) for o in sums)
        lines = tuple(traced for o in origin for traced in self._lines(o))
        return Finding(text, conditions, lines, around, self._total(lines, text))

    def _total(self, lines: tuple[Traced, ...], printed: str) -> str:
        numbers = [line.sign * line.number for line in lines if line.number is not None]
        units = {line.value.endswith(self.facts.unit) for line in lines}
        if len(numbers) < 2 or len(numbers) != len(lines) or len(units) > 1:  # noqa: PLR2004 - one line adds up to itself
            return ""
        total = sum(numbers, Decimal())
        unit = self.facts.unit if units == {True} else ""
        off = 1 if self.report.adjusted else 0
        return f"{total:f}{unit}" if _prints_as(total, unit, printed, off) else ""

    def _lines(self, origin: Origin) -> Iterator[Traced]:
        if isinstance(origin, Stated):
            yield self._stated(origin)
            return
        book = self.books[origin.book]
        for line in book.matching(origin.where):
            if origin.of in line.measures:
                place = self.facts.locate((*line.path, origin.of))
                is_number = book.kind.get(origin.of) == "number"
                measure = line.measures[origin.of]
                number = Decimal(measure) / SCALE if is_number else self._exact(measure)
                value = f"{number:f}" + ("" if is_number else self.facts.unit)
                yield Traced(place, value, self._said(line), origin.sign, number)

    def _exact(self, value: int) -> Decimal:
        """分 in the input's unit."""
        return exact(value, self.facts.unit)

    def _stated(self, origin: Stated) -> Traced:
        value: object = self.facts.root
        declared: Field | None = None
        for key in origin.path:
            if isinstance(value, Record):
                fields = value.declared.fields
                declared = fields[0] if value.declared.type == "map" else value.declared.field(str(key))
            value = value[key] if isinstance(value, Record | tuple) else None  # type: ignore[index]  # keys fit what intake built
        where = self.facts.locate(origin.path)
        title = f"{declared.title}，直接填报" if declared and declared.title else "直接填报"
        if isinstance(value, Amount):
            number = self._exact(value)
            return Traced(where, f"{number:f}{self.facts.unit}", title, number=number)
        if isinstance(value, Decimal):
            percent = "%" if declared and declared.type == "percent" else ""
            return Traced(where, f"{value:f}{percent}", title, number=None if percent else value)
        said = "；".join(map(str, value)) if isinstance(value, tuple) else str(value)
        return Traced(where, said, title)

    def _said(self, line: Line) -> str:
        known = [(self.dimensions[key], value) for key, value in line.coordinates.items() if key in self.dimensions]
        return "，".join(d.told(self._name(d, v)) for d, v in known if v and v not in (d.default, d.assume))

    def described(self, where: Filter) -> str:
        """A filter in a clerk's words."""
        said = []
        for key, choice in where.choices:
            d = self.dimensions[key]
            if choice.include is not None:
                names = [self._coded(d, v) if v else "未填" for v in choice.include]
                said.append(f"{d.title}为{'、'.join(names) or '（无）'}")
            if choice.exclude:
                said.append(f"{d.title}不为{'、'.join(self._coded(d, v) if v else '未填' for v in choice.exclude)}")
        said += [f"不含（{self.described(less)}）" for less in where.less]
        return "，".join(said) or "全部"

    def _coded(self, dimension: Dimension, value: str) -> str:
        """A code before its name, since names of codes repeat."""
        name = self._name(dimension, value)
        return f"{value}{name}" if isinstance(dimension, Codes) and name != value else name

    def _name(self, dimension: Dimension, value: str) -> str:
        """A value as printed: a code's name, the name of a project."""
        return dimension.called(self.facts.root, value) if isinstance(dimension, Listed) else dimension.name(value)


def _prints_as(total: Decimal, unit: str, printed: str, off: int) -> bool:
    """Whether a sum reads as what is printed, in 元 or 万元, with as many decimals as are printed.

    `off`: so many of the last place it may differ, where sums are balanced.
    """
    if not bare(printed).strip("—-"):
        return total == 0
    try:
        shown = Decimal(printed.replace(",", ""))
    except InvalidOperation:
        return False
    decimals = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    fen = total.scaleb(PLACES[unit]) if unit else total
    units = [fen.scaleb(-places) for places in PLACES.values()] if unit else [total]
    return any(abs(scaled.quantize(decimals, ROUND_HALF_UP) - shown) <= off * decimals for scaled in units)


def _meant(paragraph: Paragraph, wanted: str) -> list[tuple[int, int, tuple[Origin, ...]]]:
    """The figures in the words; of words without a number those of the sentences that they stand in."""
    figures = [(f.start, f.end, f.origin) for f in paragraph.figures]
    spans = _spans(paragraph.text, wanted)
    inside = [f for f in figures if any(f[0] < end and f[1] > start for start, end in spans)]
    if inside or _NUMBER.search(wanted):
        return inside
    sentences = [m.span() for m in _SENTENCE.finditer(paragraph.text)]
    near = [s for s in sentences if any(s[0] < end and s[1] > start for start, end in spans)]
    return [f for f in figures if any(start <= f[0] and f[1] <= end for start, end in near)]


def _spans(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where the words stand in a text, whatever white space is between."""
    pattern = r"\s*".join(re.escape(char) for char in bare(wanted))
    return [m.span() for m in re.finditer(pattern, text)]


def _around(text: str, start: int, end: int) -> str:
    """A figure with the words near it."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    front = "…" if start > _AROUND else ""
    return f"{front}{before}{text[start:end]}{after}" + ("…" if end + _AROUND < len(text) else "")


def _paragraphs(report: Report) -> Iterator[Paragraph]:
    for block in report.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            yield from block.notes

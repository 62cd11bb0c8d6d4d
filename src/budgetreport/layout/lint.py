"""What the loader rejects beyond shapes: unknown names, parts of no kind or two, templates that can't work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetreport.expressions import environment, mistakes
from budgetreport.facts import Field
from budgetreport.layout.keys import Reader
from budgetreport.layout.lint_calls import CallCheck
from budgetreport.layout.lint_grid import GridCheck
from budgetreport.layout.lint_width import check_width
from budgetreport.layout.model import Form, Grid, Layout, Line, Part, Source, Table, Template
from budgetreport.layout.paths import Paths
from budgetreport.layout.vocabulary import Listed
from budgetreport.ledger import Values
from budgetreport.numerals import without_number
from budgetreport.problems import FilePlace

FUNCTIONS = ("sum", "cell", "present", "name", "ratio", "growth")
"""What texts can call."""
_LOCAL = ("code", "n", "loop", "title")
_PART_KINDS = ("cover", "contents", "table", "form", "text", "heading", "parts")
_CAPTIONS = 3
_DIRECTIONS = 3


def lint(layout: Layout, reader: Reader) -> None:
    """Note every mistake of the layout with the reader."""
    names = {f.name for f in layout.facts.fields} | set(layout.words) | set(FUNCTIONS) | set(_LOCAL)
    names |= {form.as_ for form in layout.forms.values()} | {p.as_ for p in _all_parts(layout.parts)}
    checker = Checker(layout, reader, frozenset(names))
    paths = Paths(layout)
    checker.foundation(paths)
    for table in layout.tables.values():
        checker.table(table, paths)
    for form in layout.forms.values():
        checker.form(form, paths)
    checker.parts(layout.parts, paths)
    for text in (*_printed_texts(layout), *layout.properties.values()):
        checker.template(text)


def _printed_texts(layout: Layout) -> Iterator[Template]:
    """Its own texts, and those that it inherits and prints: others may name what this layout does not know."""
    used = {part.text.source for part in _all_parts(layout.parts) if part.text}
    own = f"layouts/{layout.id}/"
    return (text for name, text in layout.texts.items() if name in used or text.place.file.startswith(own))


def _all_parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _all_parts(part.parts)


def check_template(reader: Reader, template: Template, names: frozenset[str], *, expression: bool = False) -> None:
    """A template's syntax, names and filters; `names` are those it can use."""
    if template.is_plain and not expression:
        return
    for mistake in mistakes(template.source, names, expression=expression):
        place = template.at(mistake.line)
        if mistake.name:
            env = environment()
            known = {"名称": names, "过滤器": env.filters, "判断": env.tests}[mistake.kind]
            reader.unknown(mistake.kind, mistake.name, sorted(known), place)
        else:
            reader.wrong(place, f"模板写法有误：{mistake.what}", "检查成对的 {{ }}、{% %} 与引号", rule="LY-08")


class Checker:
    """Checks definitions one by one; what is wrong goes to the reader."""

    def __init__(self, layout: Layout, reader: Reader, names: frozenset[str]) -> None:
        self.layout = layout
        self.reader = reader
        self._names = names

    def template(self, template: Template | None, *, expression: bool = False) -> None:
        """A template's syntax, names and filters."""
        if template is None:
            return
        told = len(self.reader.problems)
        check_template(self.reader, template, self._names, expression=expression)
        if len(self.reader.problems) == told and (expression or not template.is_plain):
            CallCheck(self.reader, self.layout, template).check(expression=expression)

    def naming(self, said: str, default: Template | None, place: FilePlace, kind: str) -> None:
        """A default id is the same in every document: a text with {{ }} can't be one."""
        if default is not None and not said and "{{" in default.source:
            what = f"{kind}“{default.source}”含 {{{{ }}}}，不能兼作编号"
            self.reader.wrong(place, what, "补写 id，如 {id: 小计, …}", default.source, "LY-03")

    def unlike(self, ids: Iterable[tuple[str, FilePlace]], kind: str) -> None:
        """No two of these bear the same id."""
        seen: set[str] = set()
        for name, place in ids:
            if name in seen:
                self.reader.wrong(place, f"两{kind}的编号都是“{name}”", "给其中一个写上不同的 id", name, "LY-03")
            if name:
                seen.add(name)

    def foundation(self, paths: Paths) -> None:
        """Books, listed dimensions and words: what all tables and texts stand on."""
        place = self.layout.place
        for book, source in ((book, source) for book, sources in self.layout.books.items() for source in sources):
            self._list(
                ".".join(source.path), paths, self.reader.at(place, "books", book, ".".join(source.path), key=True)
            )
            self._added(book, source)
        for d in self.layout.vocabulary.dimensions:
            if isinstance(d, Listed) and (declared := self._list(d.facts, paths, self._dimension(d.key, "facts"))):
                known = [f.name for f in declared.fields]
                for key, name in (("key", d.entry_key), ("label", d.label)):
                    if name not in known:
                        self.reader.unknown("字段", name, known, self._dimension(d.key, key))
        directions = self.layout.words.get("增减")
        if directions is not None and (isinstance(directions, str) or len(directions) != _DIRECTIONS):
            where = self.reader.at(place, "words", "增减")
            self.reader.wrong(where, "words 的“增减”应有三个词", "写 [增加, 减少, 持平]", "增减")

    def _dimension(self, name: str, key: str) -> FilePlace:
        return self.reader.at(self.layout.place, "dimensions", name, key)

    def _added(self, book: str, source: Source) -> None:
        """What a book adds to its lines."""
        dimensions = self.layout.vocabulary.dimensions
        for key, value in source.added.items():
            d = dimensions.get(key)
            path = ("books", book, ".".join(source.path), key)
            place = self.reader.at(self.layout.place, *path, key=d is None)
            if d is None:
                self.reader.unknown("维度", key, [d.key for d in dimensions], place)
            elif isinstance(d, Values) and value not in d.parents:
                self.reader.unknown(f"{d.title}（{key}）", value, d.parents, place)

    def _list(self, path: str, paths: Paths, place: FilePlace) -> Field | None:
        """The declaration of a list of the facts."""
        found = paths.find(path)
        if found is None or found.type != "each":
            self.reader.unknown("清单（facts/ 中的 each）", path, paths.lists(), place)
            return None
        return found

    def table(self, table: Table, paths: Paths) -> None:
        """One table."""
        self._titled(table)
        self.grid(table, paths)
        check_width(self.reader, self.layout.style, table, table)

    def form(self, form: Form, paths: Paths) -> None:
        """One form."""
        self._titled(form)
        inner = paths
        if form.each:
            declared = self._list(form.each, paths, self.reader.at(form.place, "each"))
            inner = paths.inside(form.as_, declared)
            if declared and form.sort and declared.field(form.sort) is None:
                known = [f.name for f in declared.fields]
                self.reader.unknown("字段", form.sort, known, self.reader.at(form.place, "sort"))
        self.unlike(((grid.id, grid.place) for grid in form.grids), "个部分")
        for grid in form.grids:
            self.grid(grid, inner)
            check_width(self.reader, self.layout.style, form, grid)

    def _titled(self, block: Table | Form) -> None:
        for text in (block.title, *block.caption, *block.notes, block.sheet):
            self.template(text)
        self.template(block.when, expression=True)
        self.role(block.font, self.reader.at(block.place, "font"))
        if len(block.caption) > _CAPTIONS:
            where = self.reader.at(block.place, "caption")
            self.reader.wrong(where, "caption 至多三段：左、中、右", "合并或删去几段", rule="LY-05")

    def grid(self, grid: Grid, paths: Paths) -> None:
        """The ruled part of a table or form."""
        GridCheck(self, grid, paths).check()

    def role(self, role: str, place: FilePlace) -> None:
        """A style of texts."""
        if role not in self.layout.style.roles:
            self.reader.unknown("文字样式", role, list(self.layout.style.roles), place)

    def parts(self, parts: tuple[Part, ...], paths: Paths) -> None:
        """Parts beside one another."""
        self.unlike(((_part_id(part), part.place) for part in parts), "部分")
        for part in parts:
            self.part(part, paths)

    def part(self, part: Part, paths: Paths) -> None:
        """One part and all inside it."""
        kinds = [k for k in _PART_KINDS if getattr(part, k) not in ((), "", None)]
        if not kinds or (len(kinds) > 1 and kinds != ["heading", "parts"]):
            self.reader.wrong(part.place, f"一部分恰好是 {'、'.join(_PART_KINDS)} 之一", "只留一种", rule="LY-05")
        if part.listed and not part.table:
            self.reader.wrong(self.reader.at(part.place, "listed"), "listed 只用于表", "删去 listed", rule="LY-05")
        self.template(part.heading)
        self.naming(part.id, part.heading, part.place, "标题")
        self.template(part.entry)
        self._numbers(part)
        self.template(part.when, expression=True)
        each = self.reader.at(part.place, "each")
        inner = paths.inside(part.as_, self._list(part.each, paths, each)) if part.each else paths
        for line in part.cover:
            self._line(line)
        self._text(part)
        if part.table and part.table not in self.layout.tables:
            self.reader.unknown("表", part.table, list(self.layout.tables), self.reader.at(part.place, "table"))
        if part.form and part.form not in self.layout.forms:
            self.reader.unknown("表单", part.form, list(self.layout.forms), self.reader.at(part.place, "form"))
        self.parts(part.parts, inner)

    def _text(self, part: Part) -> None:
        if part.text is None:
            return
        self.role(part.role, self.reader.at(part.place, "role"))
        if not part.text.source.endswith(".j2"):
            self.template(part.text)
            self.naming(part.id, part.text, part.place, "文字")
        elif part.text.source not in self.layout.texts:
            self.reader.unknown("文字（text/）", part.text.source, list(self.layout.texts), part.text.place)

    def _numbers(self, part: Part) -> None:
        """A part's texts print the same numbers as all others, though they may write them otherwise."""
        said = part.numbers
        if said and any(getattr(said, key) is not None for key in ("unit", "places", "none", "rounding")):
            what = "一部分的 numbers 只能写 thousands、zero"
            self.reader.wrong(said.place, what, "其他的写在 layout.yaml 的 numbers 中", rule="LY-05")

    def _line(self, line: Line) -> None:
        self.template(line.text)
        self.role(line.role, self.reader.at(line.place, "role"))


def _part_id(part: Part) -> str:
    named = part.heading or part.text
    source = part.table or part.form or (named.source if named else "")
    return part.id or without_number(source)

"""A workbook as a package: what makes Excel, WPS or a portal complain, found before they do.

Basis: ECMA-376 part 1 (SpreadsheetML) and part 2 (packages); practice of portals, which take values only.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NAMED = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")
_AREA = re.compile(r"\$?([A-Z]{1,3})?\$?([0-9]{1,7})?(?::\$?([A-Z]{1,3})?\$?([0-9]{1,7})?)?")
_UNFIT = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which part of the package."""

    part: str
    what: str


def faults(data: bytes) -> tuple[Fault, ...]:
    """Everything wrong with a workbook's bytes; empty for a sound one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            parts = {name: packed.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        return (Fault("", f"不是压缩包：{error}"),)
    doubled = [Fault(name, "同名的部件有两个") for name in sorted({n for n in names if names.count(n) > 1})]
    trees: dict[str, ET.Element] = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                return (*doubled, Fault(name, "XML中有实体声明"))
            try:
                trees[name] = ET.fromstring(content)  # noqa: S314 - declarations of entities are refused above
            except ET.ParseError as error:
                return (*doubled, Fault(name, f"XML写法有误：{error}"))
    package = _Package(frozenset(names), trees)
    return (*doubled, *package.faults())


@dataclass(frozen=True, slots=True)
class _Package:
    names: frozenset[str]
    trees: dict[str, ET.Element]

    def faults(self) -> Iterator[Fault]:
        yield from self._content_types()
        yield from self._relations()
        yield from self._macros()
        workbook = self.trees.get("xl/workbook.xml")
        if workbook is None:
            yield Fault("xl/workbook.xml", "没有这一部件")
            return
        sheets = self._sheets(workbook)
        names = [name for name, _ in sheets]
        yield from _sheet_names(names)
        yield from _defined_names(workbook, set(names))
        for _, part in sheets:
            if part in self.trees:
                yield from _Sheet(part, self.trees[part], set(names), self._shared(), self._styles()).faults()

    def _content_types(self) -> Iterator[Fault]:
        tree = self.trees.get("[Content_Types].xml")
        if tree is None:
            yield Fault("[Content_Types].xml", "没有这一部件")
            return
        stated = {one.get("PartName", "").lstrip("/") for one in tree.iter(f"{_TYPES}Override")}
        known = {one.get("Extension", "") for one in tree.iter(f"{_TYPES}Default")}
        for name in sorted(stated - self.names):
            yield Fault("[Content_Types].xml", f"列出了没有的部件 {name}")
        for name in sorted(self.names - stated - {"[Content_Types].xml"}):
            if name.rpartition(".")[2] not in known:
                yield Fault(name, "没有说明类型")

    def _relations(self) -> Iterator[Fault]:
        for name, tree in self.trees.items():
            if not name.endswith(".rels"):
                continue
            base = posixpath.dirname(posixpath.dirname(name))
            for one in tree.iter(_RELATION):
                target = one.get("Target", "")
                if one.get("TargetMode") == "External":
                    yield Fault(name, f"链接到外部：{target}")
                elif _resolved(base, target) not in self.names:
                    yield Fault(name, f"指向没有的部件 {target}")

    def _macros(self) -> Iterator[Fault]:
        for name in sorted(self.names):
            if name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name.lower():
                yield Fault(name, "含有宏或控件")
            if name.startswith("xl/externalLinks/"):
                yield Fault(name, "引用别的工作簿")

    def _sheets(self, workbook: ET.Element) -> list[tuple[str, str]]:
        """Name and part of each sheet, in order."""
        relations = self.trees.get("xl/_rels/workbook.xml.rels")
        related = relations.iter(_RELATION) if relations is not None else ()
        targets = {one.get("Id"): one.get("Target", "") for one in related}
        return [
            (one.get("name", ""), _resolved("xl", targets.get(one.get(_LINK), "")))
            for one in workbook.iter(f"{_MAIN}sheet")
        ]

    def _shared(self) -> int:
        tree = self.trees.get("xl/sharedStrings.xml")
        return 0 if tree is None else sum(1 for _ in tree.iter(f"{_MAIN}si"))

    def _styles(self) -> int:
        tree = self.trees.get("xl/styles.xml")
        found = tree.find(f"{_MAIN}cellXfs") if tree is not None else None
        return 0 if found is None else len(found)


def _resolved(base: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))


def _sheet_names(names: list[str]) -> Iterator[Fault]:
    part = "xl/workbook.xml"
    for number, name in enumerate(names):
        if not name or len(name) > _LONGEST_NAME or _UNFIT.search(name) or name[:1] == "'" or name[-1:] == "'":
            yield Fault(part, f"工作表名称“{name}”不合规定")
        if name.lower() in {other.lower() for other in names[:number]}:
            yield Fault(part, f"工作表名称“{name}”重复")


def _defined_names(workbook: ET.Element, sheets: set[str]) -> Iterator[Fault]:
    for one in workbook.iter(f"{_MAIN}definedName"):
        for said in (one.text or "").split(","):
            found = _NAMED.fullmatch(said)
            sheet = found and (found[1].replace("''", "'") if found[1] else found[2])
            if not found or sheet not in sheets or "#REF!" in said or not _AREA.fullmatch(found[3]):
                yield Fault("xl/workbook.xml", f"名称 {one.get('name')} 指向没有的地方：{said}")


@dataclass(frozen=True, slots=True)
class _Sheet:
    part: str
    tree: ET.Element
    sheets: set[str]
    shared: int
    styles: int

    def faults(self) -> Iterator[Fault]:
        merges = [merge.get("ref", "") for merge in self.tree.iter(f"{_MAIN}mergeCell")]
        yield from self._merges(merges)
        covered = {place for merge in merges for place in list(_places(merge))[1:]}
        last = (0, 0)
        for cell in self.tree.iter(f"{_MAIN}c"):
            said = cell.get("r", "")
            place = _place(said)
            if place is None or place <= last:
                yield Fault(self.part, f"单元格 {said} 的位置不对")
            last = place or last
            yield from self._cell(cell, said)
            if place in covered and len(cell):
                yield Fault(self.part, f"{said} 被合并盖住，却有内容")
        yield from self._links()
        yield from self._pictures()

    def _merges(self, merges: list[str]) -> Iterator[Fault]:
        taken: dict[tuple[int, int], str] = {}
        for merge in merges:
            places = list(_places(merge))
            if len(places) < 2:
                yield Fault(self.part, f"合并 {merge} 不成区域")
            if other := next((taken[place] for place in places if place in taken), ""):
                yield Fault(self.part, f"合并 {merge} 与 {other} 重叠")
            taken.update(dict.fromkeys(places, merge))

    def _cell(self, cell: ET.Element, said: str) -> Iterator[Fault]:
        kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
        if cell.find(f"{_MAIN}f") is not None:
            yield Fault(self.part, f"{said} 是公式")
        if kind == "s" and not ((value or "").isdecimal() and int(value or 0) < self.shared):
            yield Fault(self.part, f"{said} 的共享字符串不存在")
        if kind == "n" and value is not None and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", value):
            yield Fault(self.part, f"{said} 的数不是数：{value}")
        if int(cell.get("s", "0")) >= max(1, self.styles):
            yield Fault(self.part, f"{said} 的样式不存在")
        text = "".join(one.text or "" for one in cell.iter(f"{_MAIN}t"))
        if len(text) > _LONGEST_TEXT or _CONTROL.search(text):
            yield Fault(self.part, f"{said} 的文字太长，或有控制字符")

    def _links(self) -> Iterator[Fault]:
        for one in self.tree.iter(f"{_MAIN}hyperlink"):
            target = one.get("location")
            found = _NAMED.fullmatch(target or "")
            sheet = found and (found[1].replace("''", "'") if found[1] else found[2])
            if one.get(_LINK) is None and sheet not in self.sheets:
                yield Fault(self.part, f"链接指向没有的工作表：{target}")

    def _pictures(self) -> Iterator[Fault]:
        if self.tree.find(f"{_MAIN}oleObjects") is not None:
            yield Fault(self.part, "含有嵌入的对象")


def _place(said: str) -> tuple[int, int] | None:
    """Row and column of A1, from 1."""
    found = _CELL.fullmatch(said)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def _places(area: str) -> Iterator[tuple[int, int]]:
    """All cells of A1:B2, row by row."""
    first, _, last = area.partition(":")
    start, end = _place(first), _place(last or first)
    if start and end:
        yield from ((y, x) for y in range(start[0], end[0] + 1) for x in range(start[1], end[1] + 1))

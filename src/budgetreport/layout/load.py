"""Loading a layout: its folder and those it inherits, merged, read and checked; every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from budgetreport import data
from budgetreport.layout.declare import read_facts
from budgetreport.layout.keys import Reader, build, key, mapping, one_of, record, records, string, strings
from budgetreport.layout.layer import ROOT, Layer, add_layout, add_rules, shown
from budgetreport.layout.lint import lint
from budgetreport.layout.merge import merge, plain
from budgetreport.layout.model import Form, Layout, Numbers, Part, Source, Table, Template, named, template
from budgetreport.layout.rules import read_rules
from budgetreport.layout.source import Keys, Node, Text, layout_problem, read_yaml
from budgetreport.layout.styling import read_style
from budgetreport.layout.vocabulary import Vocabulary, read_dimensions, read_terms
from budgetreport.problems import FilePlace, ProblemsError, nearest
from budgetreport.spelling import spelled

T = TypeVar("T", Table, Form)
_EMPTY = Keys({}, {}, FilePlace(""))

_YEAR = re.compile(r"[0-9]{4}(?![0-9])")


def year_of(layout_id: str) -> int | None:
    """The year that a layout's folder begins with, as `<region>/<year>-<kind>` does."""
    found = _YEAR.match(layout_id.rpartition("/")[2])
    return int(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders that hold layouts, the first that has an id wins."""

    folders: tuple[Path, ...]

    def find(self, layout_id: str) -> Path | None:
        """The folder of a layout."""
        return next(filter(None, (_at(folder, layout_id.split("/")) for folder in self.folders)), None)

    def id_of(self, folder: Path) -> str:
        """The id of a layout in one of the folders."""
        return spelled(folder.relative_to(self._base(folder))).as_posix()

    def shown(self, file: Path) -> str:
        """The name of a layout's file as problems give it."""
        return shown(file, self._base(file))

    def _base(self, path: Path) -> Path:
        """The one of the folders in which it lies."""
        return next(f for f in self.folders if path.is_relative_to(f))

    def ids(self, *, abstract: bool = False) -> list[str]:
        """All layouts that print a document; those that are only inherited too where `abstract` are wanted.

        One whose layout.yaml cannot be read is among them: loading it tells why.
        """
        return sorted(
            {
                spelled(file.parent.relative_to(folder)).as_posix()
                for folder in self.folders
                for file in folder.rglob(ROOT)
                if abstract or not _is_abstract(file, folder)
            }
        )


def _is_abstract(file: Path, base: Path) -> bool:
    try:
        root = read_yaml(file, shown(file, base), [])
    except ProblemsError:
        return False
    return isinstance(root, Keys) and root.text("abstract") == "yes"


def _at(folder: Path, names: list[str]) -> Path | None:
    """The layout by exactly these names, also where capitals, backslashes and dots would lead to it."""
    for name in names:
        inside = folder.iterdir() if folder.is_dir() else ()
        found = next((path for path in inside if spelled(path).name == name), None)
        if found is None:
            return None
        folder = found
    return folder if (folder / ROOT).is_file() else None


def shelf(*extra: Path) -> Shelf:
    """The shipped layouts, after the given folders."""
    return Shelf((*(f for f in extra if f.is_dir()), data.folder("layouts")))


def load(layout_id: str, on: Shelf, asked: FilePlace | None = None, rules: tuple[Path, ...] = ()) -> Layout:
    """The layout of that id. ProblemsError: unknown (at `asked`, where an input names it), or mistakes in its files.

    `rules`: files, or folders of files, of rules that say more than the layout's, the last one last.
    """
    chain = _chain(layout_id, on, asked or FilePlace(layout_id))
    layer = _merged(chain, on)
    for path in rules:
        add_rules(layer, path)
    if layer.unreadable:
        raise ProblemsError([*layer.problems, *layer.unreadable])
    return _read(layout_id, layer, tuple(on.id_of(folder) for folder in chain))


def written(layout_id: str, on: Shelf) -> Layer:
    """The files of a layout that loads, what they inherit filled in, and so what tables are like and defaults give."""
    layer = _merged(_chain(layout_id, on, FilePlace(layout_id)), on)
    root = layer.yaml[""]["layout"]
    defaults = root.get("defaults") if isinstance(root, Keys) else None
    reader = Reader(Vocabulary())
    for kind, name in (("tables", "table"), ("forms", "form")):
        given = defaults.get(name) if isinstance(defaults, Keys) else None
        layer.yaml[kind] = _whole(reader, layer.yaml[kind], given)
    return layer


def _merged(chain: list[Path], on: Shelf) -> Layer:
    layer = Layer()
    for folder in chain:
        add_layout(layer, folder, next(f for f in on.folders if folder.is_relative_to(f)))
    return layer


def _chain(layout_id: str, on: Shelf, asked: FilePlace) -> list[Path]:
    """The layout's folder and its ancestors', the oldest first."""
    chain: list[Path] = []
    name, place = layout_id, asked
    while name:
        folder = on.find(name)
        if folder is None:
            near = nearest(name, on.ids())
            fix = f"是不是“{near}”？" if near else "运行 budgetreport layouts list 看有哪些版式"
            raise ProblemsError([layout_problem(place, f"没有版式“{name}”", fix, name, "IN-14")])
        if folder in chain:
            raise ProblemsError(
                [layout_problem(place, f"版式“{name}”绕了一圈又继承自己", "改正 inherits", name, "LY-07")]
            )
        chain.append(folder)
        root = read_yaml(folder / ROOT, on.shown(folder / ROOT), [])  # told of when it is merged
        inherits = root.entries.get("inherits") if isinstance(root, Keys) else None
        name, place = (inherits.text, inherits.place) if isinstance(inherits, Text) else ("", place)
    return chain[::-1]


def heirs(layout_id: str, on: Shelf) -> list[str]:
    """The layouts that inherit it, their heirs too. Those whose own ancestors are missing inherit nothing."""
    folder = on.find(layout_id)
    return [name for name in on.ids(abstract=True) if name != layout_id and folder in _known_chain(name, on)]


def _known_chain(layout_id: str, on: Shelf) -> list[Path]:
    try:
        return _chain(layout_id, on, FilePlace(layout_id))
    except ProblemsError:
        return []


@dataclass(frozen=True, slots=True)
class Root:
    """The keys of layout.yaml that are read as they stand."""

    title: str = key(string, "版式的名称", default="")
    inherits: str = key(string, "所继承的版式", default="")
    abstract: str = key(one_of("yes", "no"), "yes：只供继承，本身不印文件", default="no")
    verified: str = key(one_of("yes", "no"), "no：未见原件，据推断；layouts list 会标明", default="yes")
    basis: str = key(string, "依据什么文件、哪一份样表", default="")
    words: dict[str, tuple[str, ...]] = key(mapping(strings), "用语", default=None)
    dimensions: Node = key(lambda _reader, node: node, "维度：坐标有哪些值，见下", default=_EMPTY)
    terms: Node = key(lambda _reader, node: node, "术语：起了名字的条件", default=_EMPTY)
    numbers: dict[str, Numbers] = key(mapping(record(Numbers)), "数字格式：tables、text", default=None)
    books: dict[str, dict[str, dict[str, str]]] = key(
        mapping(mapping(mapping(string))), "账本：由输入的哪些清单组成", default=None
    )
    defaults: dict[str, Node] = key(mapping(lambda _reader, node: node), "各表、表单的默认值", default=None)
    parts: tuple[Part, ...] = key(records(Part), "文件的各部分", default=())
    properties: dict[str, Template] = key(mapping(template), "文件属性", default=None)
    workbook: dict[str, str] = key(mapping(string), "工作簿：contents、prose 两张表的名称", default=None)
    place: FilePlace = FilePlace("")


def _read(layout_id: str, layer: Layer, lineage: tuple[str, ...]) -> Layout:
    vocabulary = Vocabulary(lists={**layer.codes, **layer.lists})
    reader = Reader(vocabulary)
    reader.problems += layer.problems
    root_node = layer.yaml[""]["layout"]
    if isinstance(root_node, Keys):
        read_dimensions(reader, root_node.get("dimensions"), layer.codes)
        read_terms(reader, root_node.get("terms"))
    nothing = Keys({}, {}, root_node.place)  # what stands nowhere lacks in the layout
    root = build(Root, reader, root_node)
    style = read_style(reader, layer.yaml.get("style", {}).get("style", nothing))
    if root is None or style is None:
        raise ProblemsError(reader.problems)
    defaults = root.defaults or {}
    tables = _definitions(Table, reader, layer.yaml["tables"], defaults.get("table"))
    forms = _definitions(Form, reader, layer.yaml["forms"], defaults.get("form"))
    layout = Layout(
        id=layout_id,
        title=root.title,
        basis=root.basis,
        verified=root.verified == "yes",
        words={name: words[0] if len(words) == 1 else words for name, words in (root.words or {}).items()},
        vocabulary=vocabulary,
        numbers=root.numbers or {},
        books=_books(root.books or {}),
        tables=tables,
        forms=forms,
        texts=layer.texts,
        parts=root.parts,
        facts=read_facts(reader, layer.yaml["facts"].get("", nothing)),
        style=style,
        rules=read_rules(reader, layer.yaml.get("checks", {}).get("checks")),
        properties=root.properties or {},
        workbook=root.workbook or {},
        lineage=lineage,
        place=root.place,
    )
    lint(layout, reader)
    if reader.problems:
        raise ProblemsError(reader.problems)
    return replace(
        layout,
        tables={name: one.joined() for name, one in tables.items()},
        forms={name: replace(one, grids=tuple(g.joined() for g in one.grids)) for name, one in forms.items()},
    )


def _definitions(cls: type[T], reader: Reader, files: Mapping[str, Node], defaults: Node | None) -> dict[str, T]:
    built = {name: named(cls, reader, node, name) for name, node in _whole(reader, files, defaults).items()}
    return {name: one for name, one in built.items() if one is not None}


def _whole(reader: Reader, files: Mapping[str, Node], defaults: Node | None) -> dict[str, Node]:
    """Tables or forms with what they are like and what defaults give."""
    liked = {name: _like(reader, files, name, ()) for name in files}
    return {name: merge(defaults or _EMPTY, node, reader.problems) for name, node in liked.items()}


def _like(reader: Reader, files: Mapping[str, Node], name: str, seen: tuple[str, ...]) -> Node:
    """A table with what it is `like` filled in; after inheritance, so that the model's changes reach it."""
    node = files[name]
    model = node.entries.get("like") if isinstance(node, Keys) else None
    if not isinstance(model, Text) or not isinstance(node, Keys):
        return plain(node)
    own = node.with_entries({key: value for key, value in node.entries.items() if key != "like"})
    if model.text not in files:
        reader.unknown("表", model.text, list(files), model.place)
        return own
    if model.text in seen:
        reader.wrong(model.place, f"“{name}”绕了一圈又仿照自己", "改正 like", model.text, "LY-07")
        return own
    reader.vocabulary.used.add(model.text)
    return merge(_like(reader, files, model.text, (*seen, name)), own, reader.problems)


def _books(said: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, tuple[Source, ...]]:
    return {
        book: tuple(Source(tuple(path.split(".")), added) for path, added in sources.items())
        for book, sources in said.items()
    }

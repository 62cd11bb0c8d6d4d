"""What a layout's own files declare and nothing asks for: leftovers, and names that were meant elsewhere.

Asked for is what the layout or one of its heirs prints, checks or filters by. What is only inherited is there for
heirs: without any it is not judged. What stands anywhere as a text in an expression counts as asked for by that name,
since expressions may compute what they ask: better a leftover unseen than one told that is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from jinja2 import TemplateError, nodes

from budgetreport.expressions import parsed
from budgetreport.layout.layer import ROOT, listed
from budgetreport.layout.load import Shelf, heirs, load
from budgetreport.layout.model import Grid, Layout, Part, Template
from budgetreport.layout.source import Keys, read_yaml
from budgetreport.layout.walking import all_of, printed_templates
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError
from budgetreport.spelling import spelled

RULE = "LY-11"
_BY_PROGRAM = ("of_which", "draft", "unfilled", "增减")
"""Words of a layout that the program prints by itself."""
_WORD = "用语"
_KEYS = {"words": _WORD, "terms": "术语", "books": "账本"}
_FOLDERS = {
    "lists": ("清单", ".csv"),
    "codes": ("科目表", ".csv"),
    "text": ("文字", ".j2"),
    "tables": ("表", ".yaml"),
    "forms": ("表单", ".yaml"),
}


@dataclass(frozen=True, slots=True)
class _Declared:
    kind: str
    name: str
    place: FilePlace


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a layout asks for: words by the names in its expressions, all else by texts."""

    names: frozenset[str]
    texts: frozenset[str]

    def has(self, one: _Declared) -> bool:
        return one.name in (self.names if one.kind == _WORD else self.texts)


def unused(layout: Layout, on: Shelf) -> tuple[Problem, ...]:
    """Notices of what the layout declares in vain. Nothing where an heir cannot be read: who knows what it uses."""
    left = _left(list(_declared(layout, on)), layout)
    if not left:
        return ()
    try:
        below = heirs(layout.id, on)
        for heir in below:
            left = _left(left, load(heir, on))
    except ProblemsError:
        return ()
    return tuple(map(_problem, left)) if below or layout.id in on.ids() else ()


def _left(declared: list[_Declared], layout: Layout) -> list[_Declared]:
    """Those that the layout does not ask for."""
    asked = _asked(layout)
    return [one for one in declared if not asked.has(one)]


def _problem(one: _Declared) -> Problem:
    what = f"{one.kind}“{one.name}”写在这里，却没有一处用到"
    return Problem(Level.NOTICE, RULE, one.place, what, "用上它，或删去；该用它的地方，看名称有没有写错", one.name)


def _declared(layout: Layout, on: Shelf) -> Iterator[_Declared]:
    """What the layout's own files declare; not what they take out of what is inherited."""
    folder = on.find(layout.id)
    if folder is None:
        return
    known = {"words": layout.words, "terms": layout.vocabulary.terms, "books": layout.books}
    root = read_yaml(folder / ROOT, on.shown(folder / ROOT), [])
    for key, kind in _KEYS.items():
        said = root.get(key) if isinstance(root, Keys) else None
        places = said.key_places if isinstance(said, Keys) else {}
        yield from (_Declared(kind, name, place) for name, place in places.items() if name in known[key])
    lists = layout.vocabulary.lists
    files = {"lists": lists, "codes": lists, "text": layout.texts, "tables": layout.tables, "forms": layout.forms}
    for key, (kind, ending) in _FOLDERS.items():
        for file in listed(folder / key, ending):
            name = spelled(file).name if key == "text" else spelled(file).stem
            if name in files[key]:
                yield _Declared(kind, name, FilePlace(on.shown(file), 1, 1))


def _asked(layout: Layout) -> _Asked:
    blocks = (layout.parts, layout.tables, layout.forms)
    texts = {*layout.vocabulary.used, *all_of(str, layout.rules.lists), *(grid.from_ for grid in all_of(Grid, blocks))}
    for part in all_of(Part, blocks):
        texts |= {part.table, part.form, part.text.source if part.text else ""}
    names = set(_BY_PROGRAM)
    for tree in _trees(layout):
        names |= {one.name for one in tree.find_all(nodes.Name)}
        texts |= {one.value for one in tree.find_all(nodes.Const) if isinstance(one.value, str)}
    return _Asked(frozenset(names), frozenset(texts))


def _trees(layout: Layout) -> Iterator[nodes.Template]:
    """All templates and expressions of the layout and its rules; not those that are wrong, which is told elsewhere."""
    printed = (text for text in printed_templates(layout) if not text.is_plain)
    conditions = (getattr(one, "when", None) for one in all_of(object, (layout.parts, layout.tables, layout.forms)))
    rules = layout.rules
    checks = [template for rule in rules.rules for _, template in rule.templates()]
    for one in (*printed, *conditions, *checks, *rules.let.values(), *all_of(Template, rules.messages)):
        if isinstance(one, Template):
            with suppress(TemplateError):
                yield parsed(one.source, expression=one.is_plain)

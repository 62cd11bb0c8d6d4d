"""What is wrong with rules before they run: unknown names, tables and filters, patterns that are none.

Asked of a bureau's own rules only: those that are shipped are tested. What only running shows
(an attribute that a row has not) the engine tells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress

from jinja2 import TemplateError, nodes

from budgetreport.checks.document import Document
from budgetreport.checks.finding import compiled
from budgetreport.checks.names import names
from budgetreport.expressions import parsed
from budgetreport.layout import Layout
from budgetreport.layout.keys import Reader
from budgetreport.layout.lint import check_template
from budgetreport.layout.model import Template
from budgetreport.layout.rules import Rule
from budgetreport.problems import Problem
from budgetreport.report import Report

_FOUND = ("stated", "due", "difference", "place", "other", "text", "formula", "mend")
"""What texts of a problem see besides: see engine."""
_TEXTS = ("what", "fix", "formula", "mend")
_TABLES = {"table": "tables", "cell": "tables", "forms": "forms"}
"""Functions whose first argument names a table or a form."""


def mistaken(layout: Layout, files: Collection[str]) -> tuple[Problem, ...]:
    """The mistakes in what these files say of the layout's rules."""
    reader = Reader(layout.vocabulary)
    shared = frozenset(names(Document(Report((), ""), lambda _position, _words: None), layout, None))
    shared |= {*layout.rules.lists, *layout.rules.let}
    for template in layout.rules.let.values():
        if template.place.file in files:
            _check(reader, layout, template, shared, is_text=False)
    for message in layout.rules.messages.values():
        for template in (message.what, message.fix):
            if template.place.file in files and not template.is_plain:
                _check(reader, layout, template, None, is_text=True)
    for rule in layout.rules.rules:
        own = [(name, t) for name, t in rule.templates() if t.place.file in files]
        known = shared | {rule.as_, *(rule.let or {}), *(rule.with_ or {}), *_FOUND}
        for name, template in own:
            _check(reader, layout, template, known, is_text=name in _TEXTS)
        if own or rule.place.file in files:
            _check_patterns(reader, rule)
    return tuple(dict.fromkeys(reader.problems))


def _check(reader: Reader, layout: Layout, template: Template, known: frozenset[str] | None, *, is_text: bool) -> None:
    """`known` None: only the syntax, where any rule's names may be meant."""
    told = len(reader.problems)
    allowed = known if known is not None else frozenset(_named(template.source, is_text=is_text))
    check_template(reader, template, allowed, expression=not is_text)
    if len(reader.problems) == told:
        _check_tables(reader, layout, template, is_text=is_text)


def _named(source: str, *, is_text: bool) -> Iterator[str]:
    with suppress(TemplateError):  # told with its place by `check_template`
        yield from (name.name for name in parsed(source, expression=not is_text).find_all(nodes.Name))


def _check_tables(reader: Reader, layout: Layout, template: Template, *, is_text: bool) -> None:
    """Tables and forms that are named by words as they stand are the layout's. The template's syntax is right."""
    for call in parsed(template.source, expression=not is_text).find_all(nodes.Call):
        kind = _TABLES.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        named = call.args[0] if call.args else None
        if kind and isinstance(named, nodes.Const):
            known = list(layout.tables if kind == "tables" else layout.forms)
            if named.value not in (*layout.tables, *layout.forms):
                reader.unknown("表" if kind == "tables" else "表单", str(named.value), known, template.place)


def _check_patterns(reader: Reader, rule: Rule) -> None:
    for pattern in filter(None, (rule.find, rule.except_)):
        try:
            compiled(pattern)
        except re.error as error:
            what = f"规则“{rule.id}”的正则式有误：{error.msg}（第{(error.pos or 0) + 1}个字符）"
            reader.wrong(rule.place, what, "检查成对的括号；本身就是要找的字的 ( [ . * 前写 \\", pattern, "LY-08")

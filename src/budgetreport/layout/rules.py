"""Rules as layouts state them (checks.yaml): each whole in one place, inherited and merged by its id.

A rule of several cases states what they share once; each case adds or replaces keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from budgetreport.layout.keys import Reader, build, declared, key, listed, mapping, one_of, record, string, strings
from budgetreport.layout.merge import merge
from budgetreport.layout.model import NOWHERE, Template, template, templates
from budgetreport.layout.source import Items, Keys, Node, Text
from budgetreport.problems import FilePlace, Level

OFF = "不查"
"""The level of a rule that is switched off."""
_WORD = re.compile(r"(?<![.\w])[^\W0-9]\w*")
"""A word that can be a name: what follows a point is an attribute."""
_LEVELS = (*(level.value for level in Level), OFF)


def mentioned(template: Template) -> frozenset[str]:
    """The words in an expression or a text: what it may name."""
    return _words(template.source)


@cache
def _words(source: str) -> frozenset[str]:
    return frozenset(_WORD.findall(source))


def expressions(reader: Reader, node: Node) -> tuple[Template, ...]:
    """One expression or several: read as texts are, but pages and editors tell authors which of the two it is."""
    return templates(reader, node)


def pair(reader: Reader, node: Node) -> tuple[Template, ...]:
    """Exactly two expressions: what is stated, what is due."""
    found = tuple(template(reader, item) for item in listed(reader, node))
    if len(found) != 2:  # noqa: PLR2004 - said in the docstring
        reader.wrong(node.place, "equal 应有两项", "写 [所填的数, 应有的数]")
        return ()
    return found


@dataclass(frozen=True, slots=True)
class Message:
    """What a problem says and what to do, for rules that share their words."""

    what: Template = key(template, "哪里不对", required=True)
    fix: Template = key(template, "怎样改", required=True)
    place: FilePlace = NOWHERE


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """What the program itself checks while it reads and composes: it has a page like a rule, but no expressions."""

    name: str = key(string, "名称，说哪里不对", required=True)
    level: str = key(one_of(*(level.value for level in Level)), "级别", default=Level.ERROR.value)
    why: str = key(string, "说明：为什么要查", default="")
    fix: str = key(string, "怎样改", default="")
    place: FilePlace = NOWHERE


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, or one case of a rule. Expressions see the document; texts see what the expressions named.

    `rule` is the catalogue's id, `id` adds the case: W-12/指标.
    """

    name: str = key(string, "名称，说哪里不对", required=True)
    level: str = key(one_of(*_LEVELS), f"级别：{'、'.join(_LEVELS)}", default=Level.WARNING.value)
    basis: str = key(string, "依据", default="")
    why: str = key(string, "说明：为什么要查，什么情形不报", default="")
    when: Template | None = key(template, "条件不成立时不查")
    let: Mapping[str, Template] = key(mapping(template), "先算出的名称", default=None)
    each: Template | None = key(template, "对其中每一项查一次")
    as_: str = key(string, "怎样称呼这一项", default="it")
    with_: Mapping[str, Template] = key(mapping(template), "对每一项算出的名称", default=None)
    if_: Template | None = key(template, "这一项不成立时略过")
    in_: Template | None = key(template, "在哪些文字中找（默认 texts）")
    find: str = key(string, "找的正则式；每找到一处就是一项", default="")
    except_: str = key(string, "与此正则式相合之处不算", default="")
    mend: Template | None = key(template, "找到之处应写成什么；--fix 照此订正，所以只给改了不会错的")
    require: Template | None = key(template, "必须成立的条件；没有则每一项都报")
    equal: tuple[Template, ...] = key(pair, "必须相等的两个数：所填的，应有的", default=())
    at_most: tuple[Template, ...] = key(pair, "前者不得大于后者", default=())
    formula: Template | None = key(template, "算法，写在报告中")
    where: Template | None = key(template, "报在哪里（默认是这一项）")
    also: tuple[Template, ...] = key(expressions, "对照哪里", default=())
    text: Template | None = key(template, "所涉的文字（默认取自所报之处）")
    message: str = key(string, "用哪一条现成的话", default="")
    what: Template | None = key(template, "哪里不对")
    fix: Template | None = key(template, "怎样改")
    id: str = ""
    rule: str = ""
    place: FilePlace = NOWHERE

    @property
    def mentions(self) -> frozenset[str]:
        """The words in its expressions and texts: what it may name."""
        return frozenset().union(*(mentioned(template) for _, template in self.templates()))

    def templates(self) -> Iterator[tuple[str, Template]]:
        """All its expressions and texts, each with the key that it stands under."""
        for name, spec in declared(Rule).items():
            value = getattr(self, spec.name)
            items = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
            yield from ((name, item) for item in items if isinstance(item, Template))

    @property
    def is_off(self) -> bool:
        """Whether it is switched off."""
        return self.level == OFF


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a layout. `rules` in order, cases one by one; `let`: names that all share.

    `unmended`: the facts that --fix leaves alone.
    """

    rules: tuple[Rule, ...] = ()
    let: Mapping[str, Template] = field(default_factory=dict)
    lists: Mapping[str, Any] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    unmended: tuple[str, ...] = ()
    built_in: Mapping[str, BuiltIn] = field(default_factory=dict)

    def of(self, rule_id: str) -> tuple[Rule, ...]:
        """The cases of a rule."""
        return tuple(rule for rule in self.rules if rule.rule == rule_id)

    def ids(self) -> tuple[str, ...]:
        """Every rule once, in order."""
        return tuple(dict.fromkeys(rule.rule for rule in self.rules))

    def known(self) -> tuple[str, ...]:
        """Every id that a problem may bear: the rules' and the program's own."""
        return tuple(dict.fromkeys([*self.built_in, *self.ids()]))

    def group(self, rule_id: str) -> str:
        """The name of a rule's group, its letters where the layout has none."""
        letters = rule_id.rpartition("-")[0]
        kin = letters.rstrip("0123456789")
        return self.groups.get(letters) or self.groups.get(kin) or letters or rule_id


def data(reader: Reader, node: Node) -> Any:  # noqa: ANN401 - lists and mappings of texts, as written
    """A word list as it is written."""
    if isinstance(node, Text):
        return node.text
    if isinstance(node, Items):
        return tuple(data(reader, item) for item in node)
    return {name: data(reader, value) for name, value in node.entries.items()}


@dataclass(frozen=True, slots=True)
class RulesFile:
    """The keys of checks.yaml."""

    groups: Mapping[str, str] = key(mapping(string), "各组的名称", default=None)
    let: Mapping[str, Template] = key(mapping(template), "各规则共用的名称", default=None)
    lists: Mapping[str, Any] = key(mapping(data), "词表", default=None)
    messages: Mapping[str, Message] = key(mapping(record(Message)), "现成的话", default=None)
    unmended: tuple[str, ...] = key(strings, "--fix 不改动的填报项", default=())
    built_in: Mapping[str, BuiltIn] = key(mapping(record(BuiltIn)), "程序自己查的，只在说明中用", default=None)
    rules: Mapping[str, Node] = key(mapping(lambda _reader, node: node), "规则", default=None)
    place: FilePlace = NOWHERE


def read_rules(reader: Reader, node: Node | None) -> Rules:
    """The rules of a merged checks.yaml; mistakes go to the reader."""
    found = build(RulesFile, reader, node) if node is not None else None
    if found is None:
        return Rules()
    cases = [case for rule_id, rule in (found.rules or {}).items() for case in _cases(reader, rule_id, rule)]
    messages = found.messages or {}
    for case in cases:
        if case.message and case.message not in messages:
            reader.unknown("现成的话", case.message, list(messages), case.place)
        elif not case.message and (case.what is None or case.fix is None):
            reader.wrong(case.place, f"规则“{case.id}”没有说哪里不对、怎样改", "补写 what 和 fix，或 message")
    return Rules(
        tuple(cases),
        found.let or {},
        found.lists or {},
        messages,
        found.groups or {},
        unmended=found.unmended,
        built_in=found.built_in or {},
    )


def relevelled(base: Node, change: Node) -> Node:
    """The rules below a change: where it states a level for a rule as a whole, the cases lose levels of their own."""
    rules, changes = (node.get("rules") if isinstance(node, Keys) else None for node in (base, change))
    if not isinstance(base, Keys) or not isinstance(rules, Keys) or not isinstance(changes, Keys):
        return base
    whole = {
        rule_id: _levelless(rules.entries[rule_id])
        for rule_id, rule in changes.entries.items()
        if rule_id in rules.entries and isinstance(rule, Keys) and "level" in rule.entries and not rule.get("cases")
    }
    return base.with_entries({**base.entries, "rules": rules.with_entries({**rules.entries, **whole})})


def _levelless(rule: Node) -> Node:
    cases = rule.get("cases") if isinstance(rule, Keys) else None
    if not isinstance(rule, Keys) or not isinstance(cases, Keys):
        return rule
    bare = {name: _without_level(case) for name, case in cases.entries.items()}
    return rule.with_entries({**rule.entries, "cases": cases.with_entries(bare)})


def _without_level(case: Node) -> Node:
    if not isinstance(case, Keys):
        return case
    return case.with_entries({name: value for name, value in case.entries.items() if name != "level"})


def _cases(reader: Reader, rule_id: str, node: Node) -> Iterator[Rule]:
    if not isinstance(node, Keys):
        reader.wrong(node.place, "规则应是若干个“键: 值”", "参照手册改写这一处")
        return
    cases = node.entries.get("cases")
    shared = node.with_entries({name: value for name, value in node.entries.items() if name != "cases"})
    named = cases.entries if isinstance(cases, Keys) else {"": Keys({}, {}, node.place)}
    for name, case in named.items():
        rule = build(
            Rule,
            reader,
            merge(shared, case, reader.problems),
            id=f"{rule_id}/{name}" if name else rule_id,
            rule=rule_id,
        )
        if rule is not None:
            yield rule

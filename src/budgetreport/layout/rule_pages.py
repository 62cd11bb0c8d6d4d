"""What a person reads about a rule: the page of `explain`, the entries of docs/rules.md. Made from the rule itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from budgetreport.layout.model import Template
from budgetreport.layout.rules import Rule, Rules

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule: its name ('' where there is only one), level, what it says and what to do."""

    name: str
    level: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule as it is explained. `group` is its group's name; `built_in`: the program itself checks it."""

    rule: str
    name: str
    group: str
    basis: str
    why: str
    cases: tuple[Case, ...]
    built_in: bool = False

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of its cases, each once."""
        return tuple(dict.fromkeys(case.level for case in self.cases))

    def as_json(self) -> dict[str, object]:
        """The `rule` of the JSON envelope."""
        return {
            "rule": self.rule,
            "name": self.name,
            "levels": list(self.levels),
            "group": self.group,
            "basis": self.basis,
            "why": self.why,
            "built_in": self.built_in,
            "cases": [{"name": c.name, "level": c.level, "what": c.what, "fix": c.fix} for c in self.cases],
        }


def pages(rules: Rules) -> tuple[RulePage, ...]:
    """Every rule, group by group, in each in the order of the ids."""
    groups = {group: n for n, group in enumerate(rules.groups.values())}
    made = [page(rules, rule_id) for rule_id in rules.known()]
    return tuple(sorted(made, key=lambda p: (groups.get(p.group, len(groups)), _numbers(p.rule))))


def page(rules: Rules, rule_id: str) -> RulePage:
    """One rule. KeyError: there is none of that id."""
    found = rules.of(rule_id)
    if not found:
        said = rules.built_in[rule_id]
        case = Case("", said.level, "", said.fix)
        return RulePage(rule_id, said.name, rules.group(rule_id), "", said.why, (case,), built_in=True)
    first = found[0]
    return RulePage(
        rule_id,
        first.name,
        rules.group(rule_id),
        _each_once(rule.basis for rule in found),
        _each_once(rule.why for rule in found),
        tuple(_case(rules, rule) for rule in found),
    )


def _case(rules: Rules, rule: Rule) -> Case:
    said = rules.messages.get(rule.message)
    what, fix = rule.what or (said.what if said else None), rule.fix or (said.fix if said else None)
    return Case(rule.id.partition("/")[2], rule.level, _plain(what), _plain(fix))


def _plain(template: Template | None) -> str:
    """The words of a template, … where it computes some."""
    if template is None:
        return ""
    return re.sub(r"\s+", " ", _TAG.sub("", _EXPRESSION.sub("…", template.source))).strip()


def _each_once(texts: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(text for text in texts if text))


def _numbers(rule_id: str) -> tuple[tuple[str, int], ...]:
    """T2-01 before T10-01: letters and numbers apart."""
    return tuple((letters, int(digits or 0)) for letters, digits in re.findall(r"([^0-9]*)([0-9]*)", rule_id))

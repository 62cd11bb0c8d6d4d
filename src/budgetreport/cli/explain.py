"""`explain`: a rule's page, or the list of all rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.options import format_option, layouts_option, rules_option
from budgetreport.cli.shelf import shelf_of
from budgetreport.disclosure import with_rules
from budgetreport.layout import Shelf, shelf
from budgetreport.layout.rule_pages import RulePage, page, pages
from budgetreport.layout.rules import Rules
from budgetreport.problems import ProblemsError, nearest


@click.command(options_metavar="[选项]")
@click.argument("rule", default="", metavar="[规则]")
@click.option("--layout", "layout_id", default="", metavar="版式", help="哪个版式的规则（默认有这条规则的第一个版式）")
@layouts_option
@rules_option
@format_option
def explain(rule: str, layout_id: str, layouts: tuple[Path, ...], rules: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """说明一条规则：查什么，为什么，怎样改。不写规则编号，列出全部规则。"""
    console = Console("explain", as_json)
    on = shelf_of(layouts)
    try:
        known = _knowing(rule, [layout_id] if layout_id else _asked_first(layouts), on, rules)
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    if not rule:
        found = pages(known)
        _say_all(console, found)
        return console.finish(Exit.FINE, rules=[p.as_json() for p in found])
    word = rule.upper() if rule.upper() in known.known() else rule
    if word not in known.known():
        near = nearest(word.upper(), known.known())
        raise click.UsageError(f"没有规则“{rule}”。" + (f"是不是“{near}”？" if near else "不写编号就列出全部"))
    _say(console, page(known, word))
    return console.finish(Exit.FINE, rules=[page(known, word).as_json()])


def _asked_first(layouts: tuple[Path, ...]) -> list[str]:
    """All layouts, those last that only lie beside the command: what they say is told where no other knows a rule."""
    return list(dict.fromkeys([*shelf(*layouts).ids(), *shelf_of(layouts).ids()]))


def _knowing(rule: str, layout_ids: Sequence[str], on: Shelf, own: tuple[Path, ...]) -> Rules:
    """The rules of the first of the layouts that has that rule; of the first where none has."""
    found = with_rules(layout_ids[0], on, own).rules
    if not rule or {rule, rule.upper()} & set(found.known()) or len(layout_ids) == 1:
        return found
    others = (with_rules(layout_id, on, own).rules for layout_id in layout_ids[1:])
    return next((rules for rules in others if {rule, rule.upper()} & set(rules.known())), found)


def _say_all(console: Console, found: tuple[RulePage, ...]) -> None:
    for group, members in groupby(found, key=lambda p: p.group):
        console.say(group)
        for member in members:
            console.say(f"  {member.rule}  {'、'.join(member.levels)}  {member.name}")


def _say(console: Console, found: RulePage) -> None:
    console.say(f"{found.rule}  {found.name}")
    console.say(f"  级别：{'、'.join(found.levels)}" + ("（程序自己查的，不能关闭）" if found.built_in else ""))
    console.say(f"  组：{found.group}")
    if found.why:
        console.say(f"  为什么：{found.why}")
    if found.basis:
        console.say(f"  依据：{found.basis}")
    for case in found.cases:
        named = f"{case.name}（{case.level}）" if case.name else ""
        if case.name:
            console.say(f"  {named}")
        indent = "    " if case.name else "  "
        if case.what:
            console.say(f"{indent}报：{case.what}")
        console.say(f"{indent}改法：{case.fix}")

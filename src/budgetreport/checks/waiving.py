"""Waivers: findings that an input lets go with a stated reason. They are marked, never left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetreport.facts import Facts, Record
from budgetreport.layout.rules import Rules
from budgetreport.problems import Level, Problem, nearest

_LIST = "waivers"
_RULE = "IN-19"


def waive(firm: Sequence[Problem], found: Sequence[Problem], facts: Facts, rules: Rules) -> tuple[Problem, ...]:
    """All problems, those that a waiver names marked with its reason, and what is wrong with the waivers themselves.

    `found` are the rules' findings; of `firm`, what the program itself found, errors cannot be waived: what is
    composed or printed wrongly stays wrong, whatever the reason.
    """
    waivers = [one for one in _stated(facts) if isinstance(one, Record)]
    used: set[int] = set()
    met: set[int] = set()

    def marked(problem: Problem, *, is_firm: bool) -> Problem:
        for number, waiver in enumerate(waivers):
            if _names(waiver, problem):
                met.add(number)
                if not is_firm:
                    used.add(number)
                    problem = problem if problem.waived else replace(problem, waived=str(waiver["reason"]))
        return problem

    kept = [marked(problem, is_firm=problem.level is Level.ERROR) for problem in firm]
    kept += [marked(problem, is_firm=problem.rule not in rules.ids()) for problem in found]
    unused = [(number, waiver) for number, waiver in enumerate(waivers) if number not in used]
    return (*kept, *(_unused(waiver, facts, rules, is_met=number in met) for number, waiver in unused))


def _stated(facts: Facts) -> Iterator[object]:
    if facts.root.declared.field(_LIST) is not None:
        stated = facts.root[_LIST]
        yield from stated if isinstance(stated, tuple) else ()


def _names(waiver: Record, problem: Problem) -> bool:
    """Whether a waiver is about a problem: its rule, and its words where it gives some."""
    if waiver["rule"] != problem.rule:
        return False
    words = str(waiver["where"] or "").strip()
    return any(words in said for said in (str(problem.where), str(problem.stated or ""), problem.text))


def _unused(waiver: Record, facts: Facts, rules: Rules, *, is_met: bool) -> Problem:
    named = str(waiver["rule"])
    place = facts.locate((*waiver.path, "rule"))
    if is_met:
        what, fix = f"“{named}”是程序自己查的错误，不能放行", "改正错误，删去这条放行"
        return Problem(Level.WARNING, _RULE, place, what, fix, named)
    if named not in rules.known():
        near = nearest(named, rules.known())
        fix = f"是不是“{near}”？" if near else "运行 budgetreport explain 看有哪些规则"
        return Problem(Level.WARNING, _RULE, place, f"没有规则“{named}”，这条放行不起作用", fix, named)
    words = str(waiver["where"] or "")
    what = f"没有什么要放行：“{named}”" + (f"在“{words}”" if words else "") + "没有查出问题"
    return Problem(Level.NOTICE, _RULE, place, what, "已经改好的，删去这条放行；否则核对位置的写法", named)

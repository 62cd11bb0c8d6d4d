"""Running rules over a document: each finding a Problem, each rule that cannot run named with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from jinja2 import TemplateError

from budgetreport.checks.document import Document
from budgetreport.checks.finding import find
from budgetreport.checks.names import names
from budgetreport.checks.number import AbsentError, Number, Spot
from budgetreport.compose.view import View, record_of
from budgetreport.deadline import OverdueError, deadline, within_memory
from budgetreport.expressions import FORMAT, evaluate, render
from budgetreport.facts import Facts
from budgetreport.figures import Figure, number_of
from budgetreport.layout import Layout
from budgetreport.layout.model import Template
from budgetreport.layout.rules import Rule, mentioned
from budgetreport.ledger import Stated
from budgetreport.problems import Level, Place, Problem, TextPlace
from budgetreport.sandbox import TooLongError

_MISTAKES = (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError, re.error)
_LONGEST = 20.0
"""Seconds of computing that one rule may take over one document: all rules together take about one."""
_MEMORY = 2_000_000_000
"""Bytes that one rule may take beyond what is held: all rules together take some millions."""
_PATIENCE = 3
"""Rules that may take too long, before the rest is not even tried."""
_CENT, _TEXT = 1, 10_000
"""Last printed places, in 分: of a table in 元, and of a text in 万元 with two decimals that tells of it."""
_TAIL = "（可能为四舍五入尾差）"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `ran`: the rules that ran; `skipped`: (rule's id, why) of those that could not, in order."""

    problems: tuple[Problem, ...]
    ran: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """One document under one layout's rules.

    `exact`: printed sums must add up exactly, as those of our own documents do where the layout balances them; in
    others a difference within what rounding explains is a notice. Basis: docs/rules-authoring.md, equal.
    """

    document: Document
    layout: Layout
    facts: Facts | None = None
    exact: bool = True
    _names: dict[str, Any] = field(default_factory=dict)

    def check(self) -> Checked:
        """Every rule that is not switched off."""
        self._names.update(names(self.document, self.layout, self.facts), **self.layout.rules.lists)
        problems: list[Problem] = []
        ran: dict[str, None] = {}
        skipped: dict[str, str] = {}
        overdue = 0
        for rule in self.layout.rules.rules:
            if rule.is_off:
                continue
            if overdue >= _PATIENCE:
                skipped.setdefault(rule.rule, "前面的规则算得太久，没有再查")
                continue
            try:
                with deadline(_LONGEST), within_memory(_MEMORY):
                    problems += self._judged(rule)
                ran[rule.rule] = None
            except AbsentError as absent:
                skipped.setdefault(rule.rule, absent.what)
            except _MISTAKES as error:
                overdue += isinstance(error, TooLongError)
                problems.append(_mistaken(rule, str(error)))
            except MemoryError:
                problems.append(_mistaken(rule, "要用的内存太多"))
            except OverdueError as error:
                overdue += 1
                problems.append(_mistaken(rule, f"算得太久，{error}"))
        once = tuple(dict.fromkeys(problems))
        return Checked(once, tuple(ran), tuple((r, why) for r, why in skipped.items() if r not in ran))

    def _judged(self, rule: Rule) -> Iterator[Problem]:
        """The rule's findings. AbsentError: the document lacks what the rule as a whole looks at."""
        shared = self._let(self._names | self._shared(rule), rule.let)
        if rule.when and not self._value(rule.when, shared):
            return
        items = self._items(rule, shared)
        absent: AbsentError | None = None
        looked = not items
        for item in items:
            here = {**shared, rule.as_: item}
            try:
                here = self._let(here, rule.with_)
                if rule.if_ and not self._value(rule.if_, here):
                    looked = True
                    continue
                yield from self._finding(rule, here)
                looked = True
            except AbsentError as error:
                absent = error
        if absent and not looked:
            raise absent

    def _shared(self, rule: Rule) -> dict[str, Any]:
        """The layout's common names that this rule's expressions mention."""
        mentions = rule.mentions
        return {name: self._common(name) for name in self.layout.rules.let if name in mentions}

    def _common(self, name: str) -> Any:  # noqa: ANN401 - an expression may be of any type
        """A common name, with those that it mentions; computed when first asked for. AbsentError as often as asked."""
        let = self.layout.rules.let
        if name not in self._names:
            for other in mentioned(let[name]) & let.keys() - {name}:
                self._common(other)
            self._names[name] = self._value(let[name], self._names)
        return self._names[name]

    def _let(self, context: dict[str, Any], let: Mapping[str, Template] | None) -> dict[str, Any]:
        for name, template in (let or {}).items():
            context[name] = self._value(template, context)
        return context

    def _value(self, template: Template, context: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an expression may be of any type
        return evaluate(template.source, context)

    def _items(self, rule: Rule, shared: Mapping[str, Any]) -> list[Any]:
        if rule.find:
            where = self._value(rule.in_, shared) if rule.in_ else self.document.texts
            return list(find(where, rule.find, rule.except_))
        if rule.each:
            return list(self._value(rule.each, shared))
        return [None]

    def _finding(self, rule: Rule, here: dict[str, Any]) -> Iterator[Problem]:
        level = Level(rule.level)
        tail = ""
        if rule.equal or rule.at_most:
            stated, due = (self._value(one, here) for one in (rule.equal or rule.at_most))
            difference = _difference(stated, due)
            if difference == 0 or (rule.at_most and difference < 0) or abs(difference) < _unprinted(stated, due):
                return
            if not self.exact and abs(difference) <= _tolerance(stated, due):
                level, tail = Level.NOTICE, _TAIL
            here = {**here, "stated": stated, "due": due, "difference": difference, **_exactly(here, stated, due)}
        elif rule.require and self._value(rule.require, here):
            return
        yield self._problem(rule, here, level, tail)

    def _problem(self, rule: Rule, here: dict[str, Any], level: Level, tail: str) -> Problem:
        places = self._value(rule.where, here) if rule.where else here.get("stated", here.get(rule.as_))
        spots = self._spots(places)
        also = [spot for template in rule.also for spot in self._spots(self._value(template, here))]
        if rule.equal and isinstance(here["due"], Number):
            also += here["due"].spots
        if rule.formula:
            here = {**here, "formula": render(rule.formula.source, here)}
        spot = spots[0] if spots else Spot(TextPlace(""))
        here = {**here, "place": spot.place, "other": also[0].place if also else "", "text": spot.text}
        if rule.mend:
            here["mend"] = render(rule.mend.source, here)
        if rule.text:
            here["text"] = str(self._value(rule.text, here))
        message = self.layout.rules.messages.get(rule.message)
        what, fix = rule.what or (message and message.what), rule.fix or (message and message.fix)
        return Problem(
            level,
            rule.rule,
            spot.place,
            _said("what", what, here) + tail if what else rule.name,
            _said("fix", fix, here) if fix else "",
            here["text"],
            _places([*spots[1:], *also], spot.place),
            spot.stated,
        )

    def _spots(self, value: object) -> tuple[Spot, ...]:
        """Where a value stands: what knows its place, a fact of the input, or a list of these."""
        known = getattr(value, "spots", None)
        if known is not None and not isinstance(value, View):
            return tuple(known)
        if isinstance(value, View):
            return (self._stated(record_of(value).path),)
        if isinstance(value, Figure):
            return tuple(self._stated(o.path) for o in value.origin if isinstance(o, Stated))
        if isinstance(value, list | tuple):
            return tuple(spot for one in value for spot in self._spots(one))
        return ()

    def _stated(self, path: tuple[str | int, ...]) -> Spot:
        place = self.facts.locate(path) if self.facts else TextPlace("")
        return Spot(place, lambda: place)


def _places(spots: list[Spot], but: Place) -> tuple[Place, ...]:
    return tuple(place for place in dict.fromkeys(spot.place for spot in spots) if place != but)


def _exactly(context: Mapping[str, Any], stated: object, due: object) -> dict[str, Any]:
    """The format of amounts where both stand in tables in 元: in 万元 the difference could not be seen."""
    steps = [n.step for n in (stated, due) if isinstance(n, Number)]
    fine = bool(steps) and max(steps) <= _CENT
    return {FORMAT: replace(context[FORMAT], unit="元", thousands=True)} if fine else {}


def _difference(stated: object, due: object) -> Decimal:
    return Decimal(number_of(stated)) - Decimal(number_of(due))


def _unprinted(stated: object, due: object) -> Decimal:
    """What printing leaves off: where one side is printed and the other stated to the last 分, or printed so."""
    printed = sorted((n for n in (stated, due) if isinstance(n, Number)), key=lambda n: n.step)
    if len(printed) == 1:
        return printed[0].step * max(printed[0].terms, 1)
    if len(printed) > 1 and printed[0].step <= _CENT < printed[1].step <= _TEXT and printed[0].terms:
        return printed[1].half * max(printed[1].terms, 1) + _CENT  # rounded half up: a difference of a half is none
    return Decimal()


def _tolerance(stated: object, due: object) -> Decimal:
    """Half a printed step for each number that takes part; nothing in 元 with 分."""
    numbers = [n for n in (stated, due) if isinstance(n, Number)]
    step = max((n.step for n in numbers), default=Decimal())
    return step / 2 * sum(n.terms for n in numbers) if step > 1 else Decimal()


def _said(key: str, template: Template, here: Mapping[str, Any]) -> str:
    """What a rule says of a finding. ValueError: nothing, and a reader would not know what the matter is."""
    words = render(template.source, here).strip()
    if not words:
        raise ValueError(f"{key} 没有印出文字")
    return words


def _mistaken(rule: Rule, error: str) -> Problem:
    what = f"规则“{rule.id}”算不出来：{error}"
    return Problem(Level.ERROR, "LY-09", rule.place, what, "检查规则里写的名称、正则式与循环", rule.id)

"""Mending an input: what rules with a safe remedy (`mend`) find in its texts is written as it should be.

Only the string literals of texts that a clerk words freely change, and in them only the characters that a rule
is about; all else stays byte for byte, escapes and spacing of the JSON included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from budgetreport.checks.document import Document
from budgetreport.checks.finding import find
from budgetreport.checks.names import names
from budgetreport.checks.text import Position, Text
from budgetreport.expressions import render
from budgetreport.facts import Facts, Field, Path, Record
from budgetreport.intake.places import Places
from budgetreport.layout import Layout
from budgetreport.layout.rules import Rule
from budgetreport.problems import FilePlace
from budgetreport.report import Report

_UNIT = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)
"""One character of a string literal, as written."""
_ROUNDS = 4
"""One remedy may make room for another; so many rounds always end."""


@dataclass(frozen=True, slots=True)
class Change:
    """One text that was mended: where it stands, what it said and says, by which rules."""

    where: FilePlace
    before: str
    after: str
    rules: tuple[str, ...]


def mended(source_text: str, facts: Facts, layout: Layout) -> tuple[str, tuple[Change, ...]]:
    """The input's text with the texts of its facts mended, and what was changed, in the order of the file."""
    places = Places(source_text, facts.file)
    mender = _Mender(layout)
    found: list[tuple[int, int, str, Change]] = []
    for path, said in free_texts(facts.root, layout.rules.unmended):
        start, end = places.span(path)
        literal = _Literal(source_text[start:end])
        rules = mender.mend(literal)
        if literal.text != said:
            found.append((start, end, literal.written, Change(places.value(path), said, literal.text, rules)))
    pieces, at = [], 0
    for start, end, written, _ in sorted(found, key=lambda one: one[0]):
        pieces += [source_text[at:start], written]
        at = end
    return "".join([*pieces, source_text[at:]]), tuple(change for *_, change in sorted(found, key=lambda one: one[0]))


def free_texts(record: Record, but: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Each text that is worded freely, with its path: no code, no key, no word of a list, nothing named in `but`."""
    for field in record.declared.fields:
        value = record[field.name]
        if field.name in but and not record.path:
            continue
        if field.name != record.declared.key and _is_free(field):
            yield from _strings(value, (*record.path, field.name))
        elif isinstance(value, Record):
            yield from free_texts(value, but)
        elif isinstance(value, tuple):
            for one in value:
                if isinstance(one, Record):
                    yield from free_texts(one, but)


def _is_free(field: Field) -> bool:
    return field.type == "text" and not (field.values or field.reference or field.dimension or field.groups)


def _strings(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for n, one in enumerate(value):
            yield from _strings(one, (*path, n))


class _Literal:
    """A JSON string literal: its characters, each as it is written."""

    def __init__(self, literal: str) -> None:
        self._written = _UNIT.findall(literal[1:-1])
        self.text = str(json.loads(literal))

    @property
    def written(self) -> str:
        """The literal as it stands now."""
        return f'"{"".join(self._written)}"'

    def replace(self, start: int, end: int, by: str) -> None:
        """Characters start to end replaced; those that stay the same stay as they are written."""
        before = self.text[start:end]
        same = len(_common(before, by))
        tail = len(_common(before[same:][::-1], by[same:][::-1]))
        kept = self._written[start:end]
        if len(before) == len(by):
            new = [old if a == b else _escaped(b) for old, a, b in zip(kept, before, by, strict=True)]
        else:
            middle = [_escaped(char) for char in by[same : len(by) - tail]]
            new = [*kept[:same], *middle, *kept[len(kept) - tail :]]
        self._written[start:end] = new
        self.text = self.text[:start] + by + self.text[end:]


def _common(one: str, other: str) -> str:
    n = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:n]


def _escaped(char: str) -> str:
    """A character as JSON writes it."""
    return {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}.get(char, char)


class _Mender:
    """The rules of a layout that can mend, over texts that stand in no document."""

    def __init__(self, layout: Layout) -> None:
        self._rules = [rule for rule in layout.rules.rules if rule.mend and rule.find and not rule.is_off]
        self._document = Document(Report((), title=""), lambda _position, _words: None)
        self._names: dict[str, Any] = {**names(self._document, layout, None), **layout.rules.lists}

    def mend(self, literal: _Literal) -> tuple[str, ...]:
        """The literal mended; the rules that did it."""
        told: dict[str, None] = {}
        for _ in range(_ROUNDS):
            before = literal.text
            for rule in self._rules:
                if self._apply(rule, literal):
                    told[rule.rule] = None
            if literal.text == before:
                break
        return tuple(told)

    def _apply(self, rule: Rule, literal: _Literal) -> bool:
        text = Text(literal.text, "paragraph", FilePlace(""), Position(0), self._document)
        changed = False
        for match in reversed(find([text], rule.find, rule.except_)):
            by = render(rule.mend.source, {**self._names, rule.as_: match, "text": match.text}) if rule.mend else ""
            if by != match.text:
                literal.replace(match.start, match.end, by)
                changed = True
        return changed

"""Whether problems say where they are, and whether one says where a field was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.fuzz.inputs import Made

Problem = dict[str, Any]
"""As in the JSON envelope."""


def placeless(problems: Sequence[Problem], *, lines: bool) -> Iterator[str]:
    """Problems without a place, or without words. `lines`: of a text file its line is asked for too."""
    for problem in problems:
        where = problem["where"]
        of_print = where.get("table") or where.get("page") or where.get("sheet") or "section" in where
        of_file = where.get("file") and (where.get("line") or not lines)
        if not (of_print or of_file):
            yield f"no place: {problem}"
        if not problem["what"] or not problem["fix"]:
            yield f"no words: {problem}"


def where_told(problems: Sequence[Problem], made: Made) -> str:
    """How a refusal tells of the field that was changed; '' if it does not.

    'line': on one of the changed lines (of what is gone, of the record that had it). 'name': at what refers to it,
    by its name. 'print': in what is printed, where a rule compares sums and sentences that no single line states.
    """
    errors = [p for p in problems if p["level"] == "错误" and not p.get("waived")]
    if any(_on(place, made.lines) for p in errors for place in (p["where"], p.get("stated") or {}, *p.get("also", []))):
        return "line"
    if any(word in f"{p['text']} {p['what']} {p['fix']}" for p in errors for word in made.words):
        return "name"
    return "print" if any("file" not in p["where"] for p in errors) else ""


def _on(place: Problem, lines: tuple[int, int] | None) -> bool:
    return lines is not None and bool(lines[0] <= place.get("line", 0) <= lines[1])

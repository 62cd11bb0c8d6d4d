"""Differences as problems: what stands in one report and not in the other, in plain words."""

from __future__ import annotations

from collections.abc import Callable

from budgetreport.problems import Level, Place, Problem

Locate = Callable[..., Place | None]
"""Where a block, or a cell (block, grid, row, column), of the found report stands in its file."""
ALTERED, MISSING, EXTRA, JOINED, UNSEEN = "VF-01", "VF-02", "VF-03", "VF-04", "VF-05"
"""The rules' ids."""
_SHOWN = 60
"""Characters of a text shown whole; of longer ones the part that differs."""
_FIX = "核对这一处；以输入为准的，重新生成文件，不要手改"


def altered(place: Place, expected: str, found: str, at: Place | None) -> Problem:
    """One text in place of another."""
    ours, theirs = _near(expected, found)
    return _problem(ALTERED, place, f"应为{_said(ours)}，文件中是{_said(theirs)}", expected, at)


def missing(place: Place, expected: str, at: Place | None, kind: str = "") -> Problem:
    """A text, row, column or table that the file lacks."""
    return _problem(MISSING, place, f"文件中没有{kind}{_said(_short(expected))}", expected, at)


def extra(place: Place, found: str, at: Place | None, kind: str = "") -> Problem:
    """A text, row, column or table that only the file has."""
    return _problem(EXTRA, place, f"文件中多出{kind}{_said(_short(found))}", found, at)


def joined(place: Place, text: str, expected: tuple[int, int], found: tuple[int, int], at: Place | None) -> Problem:
    """A cell over other rows and columns than it should be; both in rows and columns."""
    what = f"这一格应占{expected[0]}行{expected[1]}列，文件中占{found[0]}行{found[1]}列"
    return _problem(JOINED, place, what, text, at)


def unseen(place: Place, what: str) -> Problem:
    """What the file has and does not show."""
    fix = "取消隐藏，改回黑字，或重新生成文件；不该公开的，从文件中删去"
    return Problem(Level.ERROR, UNSEEN, place, what, fix)


def _problem(rule: str, place: Place, what: str, text: str, at: Place | None) -> Problem:
    return Problem(Level.ERROR, rule, place, what, _FIX, text, stated=at)


def _said(text: str) -> str:
    return f"“{text}”" if text.strip() else "空白"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _near(one: str, other: str) -> tuple[str, str]:
    """Both texts, long ones cut down to what differs and a little around it."""
    if max(len(one), len(other)) <= _SHOWN:
        return one, other
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    shortest = min(len(one), len(other)) - start
    tail = next((n for n in range(shortest) if one[-1 - n] != other[-1 - n]), shortest)
    return _around(one, start, len(one) - tail), _around(other, start, len(other) - tail)


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - 12), min(len(text), max(end, start) + 12)
    inside = _short(text[left:right])
    return ("…" if left else "") + inside + ("…" if right < len(text) else "")

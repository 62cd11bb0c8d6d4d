"""What balanced rounding adjusted, as text and in the JSON envelope: for `build`, and for whoever shows a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from budgetreport.cli.console import Console
from budgetreport.report import Adjusted


def rounding_json(adjusted: Mapping[Path, Sequence[Adjusted]]) -> dict[str, object]:
    """The envelope's `rounding`: one entry a printed sum that is off its nearest value."""
    return {
        "rounding": [{"file": path.as_posix(), **one.as_json()} for path, found in adjusted.items() for one in found]
    }


def show_rounding_of(path: Path, found: Sequence[Adjusted], console: Console) -> None:
    """One line a place: what is exact, what rounding by itself would print, what is printed."""
    if not found:
        console.say(f"舍位平衡  {path}：各处都印四舍五入的数，没有调整")
        return
    console.say(f"舍位平衡  {path}：{len(found)}处没有印四舍五入的数，好让印出的分项加起来正是印出的合计")
    for one in found:
        console.say(f"  {one.where}：准确数{one.exact}，四舍五入{one.nearest}，印作{one.printed}")

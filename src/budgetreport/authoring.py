"""What a layout's author asks about a layout without any input."""

from __future__ import annotations

from budgetreport.checks import mistaken
from budgetreport.layout import Layout
from budgetreport.problems import Problem, in_order


def lint(layout: Layout) -> tuple[Problem, ...]:
    """What is wrong with a layout that loads: its own rules. What it inherits, its ancestors answer for."""
    own = f"layouts/{layout.id}/"
    files = {place.file for rule in layout.rules.rules for place in (rule.place, *(t.place for t in rule.templates()))}
    return in_order(mistaken(layout, {file for file in files if file.startswith(own)}))

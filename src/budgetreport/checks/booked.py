"""Sums of what the input states, by the same terms and coordinates as the layout's texts use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from budgetreport.checks.number import AbsentError
from budgetreport.compose.context import Composition, MistakeError
from budgetreport.facts import Facts
from budgetreport.figures import Figure
from budgetreport.layout import Layout
from budgetreport.report import Grid

_NO_FACTS = "只有检查输入文件时才有填报的事实"


class Booked:
    """The books of an input, opened when first asked for."""

    def __init__(self, layout: Layout, facts: Facts | None) -> None:
        self._layout = layout
        self._facts = facts

    def total(self, where: Mapping[str, Any], **more: str) -> Figure:
        """The sum over a filter of the layout language: `term`, dimensions, and what more narrows it.

        AbsentError: no input is at hand, or the filter asks for the prior year and the input has none.
        """
        filters = {**where, **more}
        terms = filters.pop("term", None)
        try:
            found: Figure = self._sum(*([terms] if terms else []), **filters)
        except MistakeError as error:
            raise LookupError(error.what) from error
        return found

    @cached_property
    def _sum(self) -> Callable[..., Figure]:
        """What texts call `sum`."""
        if self._facts is None:
            raise AbsentError(_NO_FACTS)
        composition = Composition(self._facts, self._layout, _no_grid)
        found: Callable[..., Figure] = composition.names({}, composition.text_format)["sum"]
        return found


def _no_grid(table: str) -> Grid:
    raise LookupError(table)

"""Shipped layouts loaded once for all cases of one process: they do not change between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

import budgetreport.disclosure
from budgetreport import data
from budgetreport.layout import Layout, Shelf, load


@contextmanager
def remembered() -> Iterator[None]:
    """While it lasts, a layout of the shipped shelf without a bureau's rules is read once."""
    once = cache(load)

    def loaded(layout_id: str, on: Shelf, asked: Any = None, rules: Any = ()) -> Layout:  # noqa: ANN401 - given on
        if rules or on.folders != (data.folder("layouts"),):
            return load(layout_id, on, asked, rules)
        try:
            return once(layout_id, on)
        except Exception:  # noqa: BLE001 - told again, at the place that asks
            return load(layout_id, on, asked)

    with patch.object(budgetreport.disclosure, "load", loaded):
        yield

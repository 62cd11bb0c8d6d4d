"""Seeded defects are found by a rule of the group that a reviewer would quote; whole documents are quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from budgetreport.problems import errors
from tests.checks.mutations.hunt import GROUPS, Outcome, hunted, slips, undamaged, undamaged_input


@cache
def outcomes() -> tuple[Outcome, ...]:
    return (*hunted(), *slips())


def test_of_all_seeded_defects_at_most_one_in_fifty_survives(record_property: Callable[[str, object], None]) -> None:
    survivors = [outcome for outcome in outcomes() if not outcome.found]
    share = 1 - len(survivors) / len(outcomes())
    record_property("summary", f"seeded defects found: {share:.1%} of {len(outcomes())}")
    for survivor in survivors:
        record_property("summary", f"survivor: {survivor}")
    assert len(outcomes()) >= 200
    assert share >= 0.98, "\n".join(map(str, survivors))


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_ten_defects_at_least(group: str) -> None:
    assert Counter(outcome.groups[0] for outcome in outcomes())[group] >= 10


@pytest.mark.parametrize("name", ["example", "forestry", "archive", "example.pdf", "forestry.xlsx"])
def test_an_undamaged_document_has_no_error(name: str) -> None:
    assert [f"{p.rule} {p.where} {p.text} {p.what}" for p in errors(undamaged(name))] == []


@pytest.mark.parametrize("name", ["example", "forestry", "archive"])
def test_an_undamaged_input_has_no_error(name: str) -> None:
    assert [f"{p.rule} {p.where} {p.text} {p.what}" for p in errors(undamaged_input(name))] == []


@pytest.mark.parametrize("name", ["forestry", "archive"])
def test_a_clean_document_has_hardly_a_warning(name: str) -> None:
    told = [f"{p.level.value} {p.rule} {p.where} {p.text} {p.what}" for p in undamaged(name)]
    assert told == []

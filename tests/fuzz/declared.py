"""Whole inputs by hypothesis, from the declaration of what a layout's inputs can state (the schema is made of it too)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from budgetreport.facts import Field
from budgetreport.layout import load, shelf
from tests.end_to_end.ledgers import ECONOMIC, FUNCTIONS, ledgers
from tests.fuzz.chance import Chance
from tests.fuzz.hostile import TEXTS
from tests.fuzz.inputs import Made, written

_BYTES = 16_000
"""Of chance that hypothesis draws one input from; an input that asks for more is given up for another."""
_WORDS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12)
_CALM = st.one_of(_WORDS, st.lists(_WORDS, min_size=1, max_size=8).map(lambda words: "，".join(words) + "。"))
_STRANGE = st.one_of(_CALM, st.sampled_from(TEXTS), st.text(min_size=1, max_size=30))
_CODES = {"function": FUNCTIONS, "economic": ECONOMIC}
_AMOUNTS = st.one_of(
    st.decimals(0, 9999, places=2).map(float), st.decimals(0, 10**9, places=2).map(str), st.integers(0, 10**5)
)


def declared(chance: Chance) -> Made:
    """An input that states what a layout declares, each fact as it should be; most hang together as well."""
    inputs = _inputs(chance.pick(shelf().ids()), honest=not chance.one_in(4))
    tree = None
    while tree is None:
        tree = _drawn(chance, inputs)
    return Made(written(tree).encode("utf-8", "surrogatepass"), "declared")


def _drawn(chance: Chance, inputs: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any] | None:
    """What hypothesis makes of some bytes of chance; None if they do not suffice."""
    found: list[dict[str, Any]] = []

    @settings(database=None, deadline=None)
    @given(inputs)
    def take(tree: dict[str, Any]) -> None:
        found.append(tree)

    take.hypothesis.fuzz_one_input(bytes(chance.below(256) for _ in range(_BYTES)))  # type: ignore[attr-defined]  # given adds it
    return found[0] if found else None


@cache
def _inputs(layout: str, *, honest: bool) -> st.SearchStrategy[dict[str, Any]]:
    root = load(layout, shelf()).facts
    made = _Making(_CALM if honest else _STRANGE).record(root)
    named = made.map(lambda tree: {**tree, "layout": layout, "year": int(layout.partition("/")[2][:4])})

    def whole(tree: dict[str, Any], ledger: list[dict[str, Any]], prior: list[dict[str, Any]]) -> dict[str, Any]:
        return _hanging_together(root, tree, ledger, prior)

    return st.builds(whole, named, ledgers(30), ledgers(8)) if honest else named


def _hanging_together(
    root: Field, tree: dict[str, Any], ledger: list[dict[str, Any]], prior: list[dict[str, Any]]
) -> dict[str, Any]:
    """A budget's ledgers a department's, every project in them, and what is procured refers to what is stated.

    What a layout does not declare is left alone: final accounts have other ledgers, and no projects.
    """
    tree = {**tree, **({"control_totals": {}} if root.field("control_totals") else {})}
    if _of_a_budget(root.field("ledger")):
        tree["ledger"] = ledger
        if not tree["prior_year"].get("absent"):
            tree["prior_year"] = {"ledger": prior}
    projects, procurement = root.field("projects"), root.field("procurement")
    if projects:
        line = {"function": FUNCTIONS[0], "use": "项目支出", "source": "一般公共预算拨款", "amount": 1}
        tree["ledger"] += [{**line, "project": project[projects.key]} for project in tree.get("projects") or []]
    if procurement:
        tree["procurement"] = _referring(procurement, tree)
    return tree


def _of_a_budget(ledger: Field | None) -> bool:
    """Whether ledgers() makes lines of it."""
    return ledger is not None and {field.name for field in ledger.fields if field.required} == {
        "use",
        "source",
        "amount",
    }


def _referring(book: Field, tree: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of a book, each referring to what is stated; none if there is nothing to refer to."""
    known = {
        field.name: [one[field.reference[1]] for one in tree.get(field.reference[0]) or []]
        for field in book.fields
        if field.reference
    }
    return [
        {**entry, **{name: among[n % len(among)] for name, among in known.items()}}
        for n, entry in enumerate(tree.get(book.name) or [])
        if all(known.values())
    ]


class _Making:
    """Strategies of what fields declare."""

    def __init__(self, texts: st.SearchStrategy[str]) -> None:
        self._texts = texts

    def record(self, field: Field) -> st.SearchStrategy[dict[str, Any]]:
        """Objects with all that is required, and each of the rest or not."""
        if field.any_of:
            return st.one_of([self.record(_with(field, name)) for name in field.any_of])
        required = {one.name: self._any(one) for one in field.fields if one.required}
        optional = {one.name: self._any(one) for one in field.fields if not one.required}
        return st.fixed_dictionaries(required, optional=optional)

    def _any(self, field: Field) -> st.SearchStrategy[Any]:
        if field.type == "record":
            return self.record(field)
        if field.type == "map":
            return st.dictionaries(_WORDS, self._any(field.fields[0]), max_size=3)
        if field.type == "each":
            unique = (lambda entry: entry[field.key]) if field.key else None
            return st.lists(self.record(field), min_size=int(field.required), max_size=4, unique_by=unique)
        if field.many:
            return st.lists(self._one(field), min_size=int(field.required), max_size=4)
        return self._one(field)

    def _one(self, field: Field) -> st.SearchStrategy[Any]:
        if field.values:
            return st.sampled_from(field.values)
        return {
            "amount": _AMOUNTS,
            "code": _coded(field),
            "number": st.integers(0, 1000),
            "percent": st.integers(0, 100),
            "year": st.integers(1990, 2100),
            "flag": st.booleans() if not field.required else st.just(value=True),
            "date": st.dates().map(str),
        }.get(field.type, self._texts)


def _with(field: Field, name: str) -> Field:
    """The record that must state that one, and need not state the others of which it must state any."""
    fields = [replace(one, required=True) if one.name == name else one for one in field.fields]
    return replace(field, any_of=(), fields=tuple(fields))


def _coded(field: Field) -> st.SearchStrategy[str]:
    if known := _CODES.get(field.dimension):
        return st.sampled_from(known)
    return st.one_of([st.text("0123456789", min_size=n, max_size=n) for n in field.lengths or (1, 3, 21)])

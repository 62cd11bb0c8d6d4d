"""What expressions of rules can name: the document, its numbers, words and codes, and functions over them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Any

from budgetreport.checks import coding, comparing, entering, gathering, likeness, saying, structure, sums, tails
from budgetreport.checks.booked import Booked
from budgetreport.checks.characters import is_luhn, is_mod_11_2, narrow, wide
from budgetreport.checks.document import Document
from budgetreport.checks.finding import amounts, find
from budgetreport.checks.number import AbsentError, Number, decimal, is_number, plain
from budgetreport.checks.numbering import numbering, numbering_inside, uneven, uneven_lists
from budgetreport.checks.pairing import unpaired
from budgetreport.checks.saying import said_in
from budgetreport.checks.table import Cell
from budgetreport.checks.text import Position, Text
from budgetreport.checks.word_lists import find_each
from budgetreport.compose.context import format_of
from budgetreport.compose.view import View
from budgetreport.expressions import FORMAT, WORDS
from budgetreport.facts import Facts
from budgetreport.layout import Layout
from budgetreport.money import NumberFormat
from budgetreport.problems import FilePlace, PagePlace
from budgetreport.sandbox import fits


class Missing:
    """Stands for what is not there; a rule that looks at it cannot run."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __getattr__(self, name: str) -> object:
        raise AbsentError(self._what)

    def __getitem__(self, name: object) -> object:
        raise AbsentError(self._what)

    def __iter__(self) -> Iterator[object]:
        raise AbsentError(self._what)

    def __bool__(self) -> bool:
        return False


def names(document: Document, layout: Layout, facts: Facts | None) -> dict[str, Any]:
    """Everything that rules share, but the layout's lists and `let`."""
    fmt = format_of(NumberFormat(zero="0.00"), layout.numbers.get("tables"), layout.numbers.get("text"))
    return {
        **layout.words,
        **FUNCTIONS,
        **structure.structure(document, layout, facts),
        FORMAT: fmt,
        WORDS: layout.words.get("增减", ()),
        "facts": View(facts.root) if facts else Missing("只有检查输入文件时才有填报的事实"),
        "booked": Booked(layout, facts).total,
        "listed_name": lambda codes, code: layout.vocabulary.lists[codes].get(code, ""),
        "listed_code": partial(_code_of, layout),
        "said_in": partial(said_in, document),
        "report": document.report,
        "texts": document.texts,
        "paragraphs": document.paragraphs,
        "headings": document.headings,
        "entries": document.entries,
        "heads": document.heads,
        "body": document.body,
        "prose": document.prose,
        "flow": document.flow,
        **_of_file(document),
        "tables": document.tables,
        "table": document.table,
        "forms": document.forms,
        "section": document.section,
        "cell": lambda table, row, column: _cell(document, table, row, column).number,
        "cells": [cell for table in document.tables for cell in table.cells],
    }


def _of_file(document: Document) -> dict[str, Any]:
    """What only a file that was read has: its properties and blank pages, as texts that know their place."""
    carrier = document.carrier
    if carrier is None:
        absent = Missing("只有检查PDF或工作簿时才有文件属性和空白页")
        return {"properties": absent, "blank_pages": absent}
    whole, nowhere, stated = FilePlace(carrier.file), Position(0), carrier.properties
    return {
        "properties": [Text(said, "property", whole, nowhere, document, role=name) for name, said in stated],
        "blank_pages": [Text("", "page", PagePlace(n), nowhere, document) for n in carrier.blank_pages],
    }


def _cell(document: Document, table: str, row: str, column: str) -> Cell:
    return document.table(table).row(row, column).cell(column)


def _code_of(layout: Layout, codes: str, name: str) -> str:
    """The only code that a list gives a name, '' for none or several."""
    found = [code for code, known in layout.vocabulary.lists[codes].items() if known == name]
    return found[0] if len(found) == 1 else ""


def first(found: Sequence[Any]) -> Any:  # noqa: ANN401 - whatever it is a list of
    """The first of a list. AbsentError: it is empty."""
    for one in found:
        return one
    raise AbsentError("文中没有这一处")


def total(numbers: Iterable[Any]) -> Number:
    """The sum, of nothing too."""
    return sum(numbers, Number(0, terms=0))


def most(found: Iterable[object]) -> str:
    """The text that occurs most, the earlier of equals. AbsentError: none."""
    counted = Counter(str(one) for one in found)
    if not counted:
        raise AbsentError("文中没有这一处")
    return max(counted, key=lambda text: counted[text])


def spelled(part: str, whole: str) -> bool:
    """Whether a text's characters all occur in another, as often."""
    return not Counter(part) - Counter(whole)


def spelled_in(part: str, wholes: Iterable[str]) -> bool:
    """Whether one of several texts has all of a text's characters."""
    return any(spelled(part, whole) for whole in wholes)


def repeated(items: Iterable[Any], key: str) -> list[list[Any]]:
    """The items in groups of those whose attribute is equal; only groups of several."""
    groups: dict[object, list[Any]] = {}
    for item in items:
        groups.setdefault(getattr(item, key), []).append(item)
    return [group for group in groups.values() if len(group) > 1]


def replaced(text: str, pattern: str, by: str) -> str:
    """The text with each match of a regular expression replaced."""
    return re.sub(pattern, by, text)


def matches(text: str, pattern: str) -> bool:
    """Whether a regular expression occurs in the text."""
    return re.search(pattern, str(text)) is not None


def pairs(these: Iterable[Any], those: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each of one list with each of the other. TooMuchError: no document has so many."""
    one, other = list(these), list(those)
    fits(len(one) * len(other))
    return list(product(one, other))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "find": find,
    "amounts": amounts,
    "first": first,
    "total": total,
    "most": most,
    "spelled": spelled,
    "spelled_in": spelled_in,
    "repeated": repeated,
    "replaced": replaced,
    "matches": matches,
    "pairs": pairs,
    "is_number": is_number,
    "number": decimal,
    "plain": plain,
    **sums.FUNCTIONS,
    **coding.FUNCTIONS,
    **entering.FUNCTIONS,
    **structure.FUNCTIONS,
    **gathering.FUNCTIONS,
    **likeness.FUNCTIONS,
    **saying.FUNCTIONS,
    **comparing.FUNCTIONS,
    **tails.FUNCTIONS,
    "numbering": numbering,
    "numbering_inside": numbering_inside,
    "uneven": uneven,
    "uneven_lists": uneven_lists,
    "unpaired": unpaired,
    "find_each": find_each,
    "narrow": narrow,
    "wide": wide,
    "is_mod_11_2": is_mod_11_2,
    "is_luhn": is_luhn,
}
"""What needs neither document nor layout."""

"""Amounts that sentences state: behind which words, up or down, and whether anything supports them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from budgetreport.checks.document import Document
from budgetreport.checks.finding import AMOUNT, Match, find
from budgetreport.checks.number import AbsentError, Number, is_number, money, rounded
from budgetreport.checks.table import Table
from budgetreport.checks.text import Text
from budgetreport.report import Kind

_CLAUSE = re.compile(r"[，。；：、（）()！？\n,:]")
"""What ends a clause."""


def outside(texts: Iterable[Text], headings: str) -> list[Text]:
    """The texts that stand under no heading matched by a regular expression."""
    pattern = re.compile(headings)
    return [text for text in texts if not pattern.search(text.section)]


def said(where: object, words: str, between: str = "", behind: str = "") -> tuple[Match, ...]:
    """Each amount right behind the words (a regular expression), with what stands `between` and `behind`."""
    return find(where, f"(?:{words}){between}{AMOUNT}{behind}")


def said_each(where: object, entries: Iterable[Any], between: str = "", behind: str = "") -> list[tuple[Match, Any]]:
    """The same for each entry of a list, with the entry. Its words are its `said`, or its first item."""
    return [(match, entry) for entry in entries for match in said(where, _words(entry), between, behind)]


def said_in(
    document: Document, entries: Iterable[Mapping[str, Any]], between: str = "", behind: str = ""
) -> list[tuple[Match, Any]]:
    """The same, each entry looked for in the section that it calls its `part`; without it nothing is found."""
    found: list[tuple[Match, Any]] = []
    for entry in entries:
        try:
            section = document.section(entry["part"])
        except AbsentError:
            continue
        found += [(match, entry) for match in said(section, entry["said"], between, behind)]
    return found


def _words(entry: Mapping[str, str] | Sequence[str]) -> str:
    return entry["said"] if isinstance(entry, Mapping) else entry[0]


def statements(where: object) -> list[Match]:
    """Each amount with the rest of its clause before it, named `item`; what an amount before has ended is left out."""
    found = []
    for amount in find(where, AMOUNT):
        start = amount.start - len(clause(amount))
        item = amount.of.text[start : amount.start]
        found.append(Match(amount.of, start, amount.end, {**amount.groups, "item": item.strip()}))
    return found


def find_inside(matches: Iterable[Match], group: str, pattern: str) -> list[Match]:
    """Each match of the pattern in what the finds end with: their group, which stands last in them."""
    found = []
    for match in matches:
        start = match.end - len(match[group])
        for inner in re.finditer(pattern, match[group]):
            groups = {name: said or "" for name, said in inner.groupdict().items()}
            found.append(Match(match.of, start + inner.start(), start + inner.end(), groups))
    return found


def unnamed(matches: Iterable[Match], entries: Iterable[Any]) -> list[Match]:
    """The statements whose item no entry of a list names."""
    known = [re.compile(_words(entry)) for entry in entries]
    return [match for match in matches if not any(pattern.search(match["item"]) for pattern in known)]


def clause(match: Match) -> str:
    """What stands before a find in the same clause, as far as no amount stands in it."""
    before = match.before
    starts = [found.end() for found in _CLAUSE.finditer(before)]
    last = before[max(starts, default=0) :]
    amounts = [found.end() for found in re.finditer(AMOUNT, last)]
    return last[max(amounts, default=0) :]


def number_of(match: Match, group: str) -> Number:
    """The amount that a group of a find holds, in its group `unit` or 万元. AbsentError: the group is empty."""
    if not match[group]:
        raise AbsentError("文中没有这个数")
    return money(match[group], match.groups.get("unit") or "万元", *match.spots)


def signed(match: Match, down: Iterable[str]) -> Number:
    """A change as a number: negative where its `way` is a word for less."""
    return -match.number if any(word in match["way"] for word in down) else match.number


def signed_each(matches: Iterable[Match], down: Sequence[str]) -> list[Number]:
    """The changes as numbers."""
    return [signed(match, down) for match in matches]


def named_without(words: str, entries: Iterable[Sequence[str]], table: Table) -> list[str]:
    """What the words name and the table lacks. An entry: a regular expression, and the rows of which one must be there.

    What an entry has matched, later ones don't match again.
    """
    taken: list[tuple[int, int]] = []
    lacking: list[tuple[int, str]] = []
    for pattern, *rows in entries:
        for match in re.finditer(pattern, words):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if not any(table.has_row(row) for row in rows):
                lacking.append((match.start(), match[0]))
    return [word for _, word in sorted(lacking)]


def contradictions(matches: Iterable[Match], group: str) -> list[tuple[Match, Match]]:
    """Finds of one text that say the same in a group but another amount, each with the first."""
    firsts: dict[tuple[int, str], Match] = {}
    found = []
    for match in matches:
        first = firsts.setdefault((id(match.of), match[group]), match)
        if match[group] and match.number != first.number:
            found.append((match, first))
    return found


def echoes(matches: Iterable[Match], group: str) -> list[tuple[Match, Match]]:
    """Finds that say the same in a group as an earlier one, each with the first of these."""
    firsts: dict[str, Match] = {}
    return [
        (match, first)
        for match in matches
        if match[group] and (first := firsts.setdefault(match[group], match)) is not match
    ]


def once(matches: Iterable[Match]) -> list[Match]:
    """The finds without those that say what an earlier one of the same text says."""
    return list({(id(match.of), match.text): match for match in reversed(list(matches))}.values())[::-1]


def unsupported(matches: Sequence[Match], tables: Iterable[Table]) -> list[Match]:
    """The stated amounts that no table prints and that their sentence does not account for.

    It does where other amounts in a row sum to it, or it and its neighbours to a printed one. An amount in 万元
    is printed by a table in 元 that has it more exactly. Nothing needs no support.
    """
    printed = {Decimal(number.value) for table in tables for number in _amounts(table)}
    known: dict[Decimal, set[Decimal]] = {}

    def is_printed(number: Number) -> bool:
        if number.step not in known:
            known[number.step] = {rounded(value, number.step) for value in printed}
        return number == 0 or rounded(Decimal(number.value), number.step) in known[number.step]

    return [
        match
        for n, match in enumerate(matches)
        if not is_printed(match.number) and not _adds_up(matches, n, is_printed)
    ]


def _amounts(table: Table) -> Iterator[Number]:
    """A table's printed amounts; in a form all numbers that stand alone."""
    for cell in table.cells:
        if (cell.printed.kind is Kind.AMOUNT or table.is_form) and is_number(cell.text):
            yield cell.number


def _adds_up(matches: Sequence[Match], n: int, is_printed: Callable[[Number], bool]) -> bool:
    """Whether other amounts of its sentence sum to an amount, or it and its neighbours sum to a printed one."""
    match = matches[n]
    here = [m for m in matches if m.of is match.of and m.sentence == match.sentence]
    numbers, at = [m.number for m in here], here.index(match)
    for start, end in combinations(range(len(here) + 1), 2):
        if end - start > 1:
            run = sum(numbers[start:end], Number(0))
            wholes = [number for i, number in enumerate(numbers) if not start <= i < end and number == run]
            if start <= at < end and any(map(is_printed, wholes)):
                return True
            if not start <= at < end and run == numbers[at]:
                return True
    return False


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "clause": clause,
    "contradictions": contradictions,
    "echoes": echoes,
    "find_inside": find_inside,
    "named_without": named_without,
    "number_of": number_of,
    "once": once,
    "outside": outside,
    "said": said,
    "said_each": said_each,
    "signed": signed,
    "signed_each": signed_each,
    "statements": statements,
    "unnamed": unnamed,
    "unsupported": unsupported,
}
"""What expressions call these by."""

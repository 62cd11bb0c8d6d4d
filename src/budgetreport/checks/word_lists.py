"""Finding what a list of words names: each entry has a pattern and what to say about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from budgetreport.checks.finding import Match, texts_of
from budgetreport.checks.text import Text

Entry = Mapping[str, str]


def find_each(where: object, entries: Sequence[Entry]) -> list[Match]:
    r"""Each match of an entry's `find`, but those that overlap one of its `except`, in reading order.

    The entry's other texts are groups of the match; \1 in them is what the pattern's first group found.
    """
    texts = list(texts_of(where))
    whole = "\n".join(text.text for text in texts)
    telling = [entry for entry in entries if _occurs(entry["find"], whole)]
    found = [(n, match) for n, text in enumerate(texts) for entry in telling for match in _found(text, entry)]
    return [match for _, match in sorted(found, key=lambda one: (one[0], one[1].start))]


def _found(text: Text, entry: Entry) -> Iterator[Match]:
    but = entry.get("except")
    left_out = [found.span() for found in _pattern(but).finditer(text.text)] if but else []
    for found in _pattern(entry["find"]).finditer(text.text):
        if not any(start < found.end() and found.start() < end for start, end in left_out):
            said = {name: found.expand(said) for name, said in entry.items() if name not in ("find", "except")}
            yield Match(text, found.start(), found.end(), said)


def _occurs(pattern: str, text: str) -> bool:
    """Whether the pattern matches somewhere; plain words need not be compiled."""
    return pattern in text if re.escape(pattern) == pattern else _pattern(pattern).search(text) is not None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)

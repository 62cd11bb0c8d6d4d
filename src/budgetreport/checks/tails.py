"""Texts that were cut off: their end stands elsewhere in the document, and always goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from budgetreport.checks.finding import Match
from budgetreport.checks.text import Text

_STOPPED = re.compile(r"[。；！？.;!?”》）)，、：,:（(《“]\s*$")
"""Ends that close a sentence, and those that leave it open for all to see."""
_WORD = re.compile(r"[\u4e00-\u9fff]+")
_TAIL = 6
"""Characters of an end that tell it from a common phrase."""


def cut_off(texts: Iterable[Text], everywhere: Iterable[Text], least: int, joining: str) -> list[tuple[Match, Match]]:
    """The unstopped ends of lines of at least so many characters, each with a place where it goes on.

    Only an end that goes on wherever else it stands, always with the same character; not one of `joining`, with
    which a phrase may begin that the line did not mean.
    """
    known = list(everywhere)
    return [found for text in texts for tail in _tails(text, least) if (found := _going_on(tail, known, joining))]


def unstopped(texts: Iterable[Text]) -> list[Match]:
    """The last lines that have no stop though all lines before them, one at least, have it."""
    found = []
    for text in texts:
        lines = [line for line in re.finditer(r"[^\n]+", text.text) if line[0].strip()]
        if len(lines) > 1 and [bool(_STOPPED.search(line[0])) for line in lines] == [True] * (len(lines) - 1) + [False]:
            last = lines[-1]
            end = last.start() + len(last[0].rstrip())
            found.append(Match(text, max(last.start(), end - _TAIL), end, {}))
    return found


def _tails(text: Text, least: int) -> Iterator[Match]:
    for line in re.finditer(r"[^\n]+", text.text):
        said = line[0].rstrip()
        if len(said) >= least and not _STOPPED.search(said):
            end = line.start() + len(said)
            yield Match(text, end - _TAIL, end, {})


def _going_on(tail: Match, everywhere: Iterable[Text], joining: str) -> tuple[Match, Match] | None:
    others: list[Match] = []
    for text in everywhere:
        at = text.text.find(tail.text)
        while at >= 0:
            end = at + _TAIL
            if text.text != tail.of.text:
                more = _WORD.match(text.text, end)
                if more is None or more[0][0] in joining:
                    return None
                others.append(Match(text, at, more.end(), {"next": more[0]}))
            at = text.text.find(tail.text, end)
    same = {other["next"][0] for other in others}
    return (tail, others[0]) if len(same) == 1 else None


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "cut_off": cut_off,
    "unstopped": unstopped,
}
"""What expressions call these by."""

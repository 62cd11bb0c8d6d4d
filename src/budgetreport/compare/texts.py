"""The running text of two reports compared: headings, paragraphs, the cover's lines, sentence by sentence.

Where a paragraph ends is not compared: a page shows it too poorly. The words and their order are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetreport.compare.aligned import aligned, likeness
from budgetreport.compare.difference import Locate, altered, extra, missing
from budgetreport.problems import Place, Problem, TextPlace
from budgetreport.report import LINES, Contents, Cover, Heading, Paragraph, Report
from budgetreport.wording import bare

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]*[”’）]*|[。！？；]+")

_DIVIDED = 0.9
"""Likeness from which a stretch of sentences is another that was divided or joined by one slip."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place; `block`: the block's number; `whole`: the paragraph it is of; `line` of a cover."""

    text: str
    place: TextPlace
    block: int
    whole: str
    line: int = -1


def sentences(report: Report) -> list[Sentence]:
    """All sentences outside tables, in reading order."""
    found: list[Sentence] = []
    for at, block, place in report.places():
        if isinstance(block, Heading):
            found.append(Sentence(block.text, place, at, block.text))
        elif isinstance(block, Paragraph):
            found += [Sentence(text, place, at, block.text) for text in _cut(block.text)]
        elif isinstance(block, Cover):
            lines = [line.text for line in block.lines if bare(line.text)]
            found += [Sentence(text, TextPlace("", n), at, text, n - 1) for n, text in enumerate(lines, 1)]
        elif isinstance(block, Contents) and bare(block.title):
            found.append(Sentence(block.title, place, at, block.title))
    return found


def _cut(text: str) -> list[str]:
    return [part for match in _SENTENCE.finditer(text) if bare(part := match[0])] or [text]


def text_differences(expected: Report, found: Report, stated: Locate) -> Iterator[Problem]:
    """What differs in the running text, each altered sentence and each whole paragraph that is only in one once."""
    ours, theirs = sentences(expected), sentences(found)
    lost: list[Sentence] = []
    added: list[Sentence] = []
    for one, other in _pairs(ours, theirs):
        if one and other:
            yield altered(one.place, one.text, other.text, _at(other, stated))
        elif one:
            lost.append(one)
        elif other:
            added.append(other)
    for sentence in _gathered(lost, ours):
        yield missing(sentence.place, sentence.text, None)
    for sentence in _gathered(added, theirs):
        yield extra(sentence.place, sentence.text, _at(sentence, stated))


def _at(sentence: Sentence, stated: Locate) -> Place | None:
    return stated(sentence.block, LINES, sentence.line, 0) if sentence.line >= 0 else stated(sentence.block)


Pair = tuple[Sentence | None, Sentence | None]


def _pairs(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> Iterator[Pair]:
    """Sentences that differ, side by side."""
    run: list[Pair] = []
    for i, j in aligned([bare(s.text) for s in ours], [bare(s.text) for s in theirs]):
        pair = (None if i is None else ours[i], None if j is None else theirs[j])
        if pair[0] and pair[1] and bare(pair[0].text) == bare(pair[1].text):
            yield from _settled(run)
            run = []
        else:
            run.append(pair)
    yield from _settled(run)


def _settled(run: Sequence[Pair]) -> Sequence[Pair]:
    """A stretch of differences; none where it is only divided into other sentences, one where hardly more than that."""
    ours = [one for one, _ in run if one]
    theirs = [other for _, other in run if other]
    one, other = (_whole(some) for some in (ours, theirs))
    if one is None or other is None or len(ours) == len(theirs):
        return run
    if bare(one.text) == bare(other.text):
        return []
    return [(one, other)] if likeness(bare(one.text), bare(other.text)) >= _DIVIDED else run


def _whole(some: Sequence[Sentence]) -> Sentence | None:
    """Sentences as one, at the place of the first."""
    return replace(some[0], text="".join(sentence.text for sentence in some)) if some else None


def _gathered(some: Sequence[Sentence], whole: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences; where all of a paragraph's are among them, the paragraph once."""
    counts: dict[tuple[int, TextPlace], int] = {}
    for sentence in whole:
        key = sentence.block, sentence.place
        counts[key] = counts.get(key, 0) + 1
    gone: dict[tuple[int, TextPlace], list[Sentence]] = {}
    for sentence in some:
        gone.setdefault((sentence.block, sentence.place), []).append(sentence)
    for key, few in gone.items():
        if len(few) == counts[key]:
            yield Sentence(few[0].whole, few[0].place, few[0].block, few[0].whole)
        else:
            yield from few

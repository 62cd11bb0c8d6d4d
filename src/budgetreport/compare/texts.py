"""The running text of two reports compared: headings, paragraphs, the cover's lines, sentence by sentence.

Where a paragraph ends is not compared: a page shows it too poorly. The words and their order are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetreport.compare.aligned import aligned, fold
from budgetreport.compare.difference import Stated, altered, extra, missing
from budgetreport.problems import Place, Problem, TextPlace
from budgetreport.report import LINES, Contents, Cover, Heading, Paragraph, Report

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]*[”’）]*|[。！？；]+")


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
    section, number = "", 0
    for at, block in enumerate(report.blocks):
        if isinstance(block, Heading):
            section, number = block.text, 0
            found.append(Sentence(block.text, TextPlace(section), at, block.text))
        elif isinstance(block, Paragraph):
            number += 1
            place = TextPlace(section, number)
            found += [Sentence(text, place, at, block.text) for text in _cut(block.text)]
        elif isinstance(block, Cover):
            lines = [line.text for line in block.lines if fold(line.text)]
            found += [Sentence(text, TextPlace("", n), at, text, n - 1) for n, text in enumerate(lines, 1)]
            number = len(lines)
        elif isinstance(block, Contents) and fold(block.title):
            number += 1
            found.append(Sentence(block.title, TextPlace("", number), at, block.title))
    return found


def _cut(text: str) -> list[str]:
    return [part for match in _SENTENCE.finditer(text) if fold(part := match[0])] or [text]


def text_differences(expected: Report, found: Report, stated: Stated) -> Iterator[Problem]:
    """What differs in the running text, each altered sentence and each whole paragraph that is only in one once."""
    ours, theirs = sentences(expected), sentences(found)
    lost: list[Sentence] = []
    added: list[Sentence] = []
    for i, j in _pairs(ours, theirs):
        if i is not None and j is not None:
            one, other = ours[i], theirs[j]
            if fold(one.text) != fold(other.text):
                yield altered(one.place, one.text, other.text, _at(other, stated))
        elif i is not None:
            lost.append(ours[i])
        elif j is not None:
            added.append(theirs[j])
    for one in _gathered(lost, ours):
        yield missing(one.place, one.text, None)
    for one in _gathered(added, theirs):
        yield extra(one.place, one.text, _at(one, stated))


def _at(sentence: Sentence, stated: Stated) -> Place | None:
    return stated(sentence.block, LINES, sentence.line, 0) if sentence.line >= 0 else stated(sentence.block)


def _pairs(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> Iterator[tuple[int | None, int | None]]:
    """Aligned sentences; a stretch that only divides into sentences differently is no difference."""
    pairs = list(aligned([fold(s.text) for s in ours], [fold(s.text) for s in theirs]))
    run: list[tuple[int | None, int | None]] = []
    for pair in [*pairs, (None, None)]:
        i, j = pair
        if i is not None and j is not None and fold(ours[i].text) == fold(theirs[j].text):
            yield from _unless_divided(run, ours, theirs)
            run = []
        else:
            run.append(pair)
    yield from _unless_divided(run[:-1], ours, theirs)


def _unless_divided(
    run: list[tuple[int | None, int | None]], ours: Sequence[Sentence], theirs: Sequence[Sentence]
) -> list[tuple[int | None, int | None]]:
    one = "".join(fold(ours[i].text) for i, _ in run if i is not None)
    other = "".join(fold(theirs[j].text) for _, j in run if j is not None)
    return [] if one == other else run


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

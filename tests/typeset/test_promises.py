"""What typesetting promises, over whole documents: the reference, the stress document and some generated ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import pytest

from budgetreport.report import Report, Row
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.page import ARTIFACT, Document, Page, Rule, Run
from budgetreport.typeset.pages import Typesetter
from budgetreport.typeset.parting import NO_START, allowed_breaks
from tests.generated.inputs import generated
from tests.golden.stress import stress
from tests.making import composed, example, hebei, report

DOCUMENTS = ("reference", "stress", "0", "3", "5", "8", "11")
"""Numbers are those of generated inputs."""
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
HEADINGS = frozenset({"小标宋", "黑体", "楷体"})
"""Faces of headings, sub-headings and labels; the narrative is in 仿宋, tables in 宋体."""
NEAR = 0.05
Lines = list[list[Run]]


@dataclass(frozen=True)
class Trial:
    report: Report
    document: Document

    @cached_property
    def tags(self) -> list[str]:
        return [element.tag for element in self.document.elements]

    @property
    def body(self) -> list[Page]:
        """Pages after cover and contents."""
        return [page for page in self.document.pages if page.number]

    def above(self, element: int, tag: str) -> int:
        """The element of that tag which this one belongs to, ARTIFACT without one."""
        while element > 0 and self.tags[element] != tag:
            element = self.document.elements[element].parent
        return element if element > 0 else ARTIFACT

    @cached_property
    def lines(self) -> dict[int, Lines]:
        """Runs by element, line by line."""
        found: dict[int, Lines] = defaultdict(list)
        for page in self.body:
            content = [run for run in page.runs if run.element != ARTIFACT]
            for (element, _), runs in groupby(content, key=lambda run: (run.element, run.y)):
                found[element].append(list(runs))
        return found

    @cached_property
    def rows(self) -> dict[int, Row]:
        """The report's row of each TR."""
        theirs = (row for table in self.report.tables() for grid in table.grids for row in grid.rows)
        ours = [n for n, tag in enumerate(self.tags) if tag == "TR"]
        return dict(zip(ours, theirs, strict=True))


@pytest.fixture(scope="module", params=DOCUMENTS)
def trial(request: pytest.FixtureRequest) -> Trial:
    name = request.param
    if name == "reference":
        made = report(example(), hebei())
    elif name == "stress":
        made = stress()
    else:
        made, _ = composed(generated(int(name)).data, hebei())
    return Trial(made, Typesetter(made, hebei().style, shipped()).document())


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _ink(text: str) -> int:
    """Characters that are no closing marks."""
    return sum(char not in NO_START for char in text)


def _upright(rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.x0 == rule.x1]


# Sizes and pages.


def test_no_text_is_smaller_than_8_pt_and_none_on_an_upright_page_smaller_than_9(trial: Trial) -> None:
    for page in trial.document.pages:
        least = 9 if page.width < page.height else 8
        assert min((run.size for run in page.runs), default=8) >= least, page.number


def test_no_heading_is_the_last_thing_on_a_page(trial: Trial) -> None:
    for page in trial.body:
        last = [run for run in page.runs if run.element != ARTIFACT][-1]
        assert trial.tags[last.element][0] != "H", last.text
        assert last.face not in HEADINGS, last.text


def test_nothing_stands_outside_the_page_or_under_its_number(trial: Trial) -> None:
    for page in trial.body:
        *runs, number = page.runs
        for run in runs:
            assert number.y + number.size <= run.y < page.height - run.size, (page.number, run.text)
            assert 0 < run.x < page.width, (page.number, run.text)


def test_a_form_on_several_pages_would_not_have_fitted_one(trial: Trial) -> None:
    style = hebei().style
    for table in trial.report.tables():
        if not table.form:
            continue
        heights = [_stretch(trial, page, table.title) for page in trial.body]
        taken = [height for height in heights if height]
        text = style.margins["text"]
        assert len(taken) == 1 or sum(taken) > (297 - text.top - text.bottom) * 72 / 25.4 * 0.9, table.title


def _stretch(trial: Trial, page: Page, title: str) -> float:
    """The height (pt) of the grids of a table on a page; 0 where none of it stands there."""
    elements = trial.document.elements
    if not any(
        elements[trial.above(run.element, "Table")].title == title for run in page.runs if _in_table(trial, run)
    ):
        return 0.0
    ys = [y for rule in page.rules for y in (rule.y0, rule.y1)]
    return max(ys) - min(ys)


def _in_table(trial: Trial, run: Run) -> bool:
    return run.element != ARTIFACT and trial.above(run.element, "TR") != ARTIFACT


def test_a_total_is_never_alone_on_a_page(trial: Trial) -> None:
    for page in trial.body:
        rows = {trial.above(run.element, "TR") for run in page.runs if _in_table(trial, run)}
        by_table: dict[int, set[bool]] = defaultdict(set)
        for row in rows:
            if trial.rows[row].role == "body":
                by_table[trial.above(row, "Table")].add(trial.rows[row].total)
        for table, totals in by_table.items():
            others = [trial.rows[row].total for row in trial.rows if trial.above(row, "Table") == table]
            assert False in totals or all(others), (page.number, trial.document.elements[table].title)


# Columns.


def test_amounts_of_a_column_share_the_place_of_the_decimal_point(trial: Trial) -> None:
    found = 0
    for page in trial.body:
        for amounts in _columns(page).values():
            points = [_point(run) for run in amounts]
            assert max(points) - min(points) < NEAR, (page.number, [run.text for run in amounts])
            found += len(points)
    assert found


def _columns(page: Page) -> dict[tuple[float, float], list[Run]]:
    """Amounts by the rules on their left and right."""
    rules = _upright(page.rules)
    found: dict[tuple[float, float], list[Run]] = defaultdict(list)
    for run in page.runs:
        if AMOUNT.fullmatch(run.text):
            beside = [rule.x0 for rule in rules if rule.y0 < run.y < rule.y1]
            left = max((x for x in beside if x < run.x), default=0.0)
            found[left, min((x for x in beside if x > run.x), default=0.0)].append(run)
    return found


def _point(run: Run) -> float:
    return run.x + run.size * _em(run.face, run.text.partition(".")[0])


def _em(face: str, text: str) -> float:
    return sum(map(shipped().face(face).width, text))


def test_no_amount_stands_over_a_rule(trial: Trial) -> None:
    for page in trial.body:
        for (left, right), amounts in _columns(page).items():
            for run in amounts:
                assert left < run.x, (page.number, run.text)
                assert run.x + run.size * _em(run.face, run.text) < right, (page.number, run.text)


# Lines.


def test_no_line_under_others_holds_a_single_character_where_it_can_be_helped(trial: Trial) -> None:
    lone = [lines for _, lines in _several(trial) if _ink(_text(lines[-1])) <= 1]
    assert [_text(lines[-2]) for lines in lone if _helped(lines[-2])] == []


def _several(trial: Trial) -> Iterator[tuple[int, Lines]]:
    """Elements of more than one line, those aside whose writer ends lines by hand."""
    whole = {text.replace("\n", "") for text in _texts(trial.report) if "\n" in text}
    for element, lines in trial.lines.items():
        if len(lines) > 1 and "".join(map(_text, lines)) not in whole:
            yield element, lines


def _texts(made: Report) -> Iterator[str]:
    for table in made.tables():
        yield from (cell.text for grid in table.grids for row in grid.rows for cell in row.cells if cell)


def _helped(before: Sequence[Run]) -> bool:
    """Whether one more character could go down: the line has others, and is not torn without it."""
    text = _text(before)
    at = max(allowed_breaks(text), default=0)
    return at > 1 and _em("宋体", text[at:]) <= 0.12 * at

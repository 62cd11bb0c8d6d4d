"""Each ledger line changes every cell and sentence that depends on it, and nothing else.

What depends on a line is written down here, by hand, from the tables' titles: the test does not ask the layout.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from budgetreport.layout import Layout
from budgetreport.report import Cell, Heading, Paragraph, Report
from tests.making import cells, example, hebei, report

MORE = Decimal("1.11")

Cells = dict[str, tuple[set[str], set[str]]]
"""By table: the rows and the columns that change, each row in each column."""

ALWAYS: Cells = {
    "收支总表·收入": ({"一般公共预算拨款收入", "本年收入合计", "收入总计"}, {"收入/预算数"}),
    "收支总表·支出": ({"201", "本年支出合计", "支出总计"}, {"支出/预算数"}),
    "财政拨款收支总表·收入": ({"一般公共预算拨款", "本年收入合计", "收入总计"}, {"收入/金额"}),
    "财政拨款收支总表·支出": (
        {"201", "本年支出合计", "支出总计"},
        {"支出/合计", "支出/一般公共预算财政拨款"},
    ),
}
"""All example lines are 一般公共预算拨款 of this year under 201."""

INCOME = {"合计", "本年收入/小计", "本年收入/财政拨款收入"}
CAR = {"小计", "公务用车购置及运维费", "公务用车运行维护费"}
FUNDS = {"资金性质/合计", "资金性质/一般公共预算财政拨款"}

Sentences = dict[str, list[str]]
"""By a sentence's first words: what stands before each number that changes."""

EVERY: Sentences = {
    "反映本部门当年全部收入": ["年预算收入", "其中：一般公共预算收入"],
    "收支预算总表支出栏": ["年支出预算"],
    "2026年预算收支安排": ["预算收支安排", "较2025年预算"],
}


def basic(economic: str, use: str) -> Cells:
    """What a line of 基本支出 changes in the tables."""
    rows = {"合计", "201", "20137", "2013701"}
    found: Cells = {
        **ALWAYS,
        "收入总表": (rows, INCOME),
        "支出总表": (rows, {"合计", "基本支出"}),
        "一般公共预算财政拨款支出表": (rows, {"合计", "基本支出"}),
        "一般公共预算财政拨款基本支出表": (
            {"合计", economic[:3], economic},
            {"一般公共预算基本支出/合计", f"一般公共预算基本支出/{use}"},
        ),
    }
    return {**found, "三公经费支出表": (CAR, FUNDS)} if economic == "30231" else found


def project(function: str, form: str) -> Cells:
    """What a project's line changes in the tables and in the project's own form."""
    rows = {"合计", "201", "20137", function}
    return {
        **ALWAYS,
        "收入总表": (rows, INCOME),
        "支出总表": (rows, {"合计", "项目支出"}),
        "一般公共预算财政拨款支出表": (rows, {"合计", "项目支出"}),
        f"{form}·预算数": ({"概况2"}, {"3"}),
        f"{form}·财政资金": ({"概况2"}, {"5"}),
    }


STAFF: Sentences = {
    "收支预算总表支出栏": ["其中基本支出", "包括人员经费"],
    "2026年预算收支安排": ["其中：基本支出"],
}
OFFICE: Sentences = {
    "收支预算总表支出栏": ["其中基本支出", "和日常公用经费"],
    "2026年预算收支安排": ["其中：基本支出"],
    "2026年，我部门机关运行经费": ["共计安排"],
}
SANGONG: Sentences = {
    "2026年，我部门财政拨款“三公”经费": ["预算安排", "公务用车购置及运维费", "公务用车运维费", "与2025年相比"],
}
PROJECT: Sentences = {"收支预算总表支出栏": ["项目支出"], "2026年预算收支安排": ["项目支出"]}

BASIC = [
    *((n, code, "人员经费") for n, code in enumerate(
        ["30101", "30102", "30103", "30107", "30108", "30110", "30111", "30112", "30113", "30199"])),
    *((n, code, "公用经费") for n, code in enumerate(
        ["30201", "30207", "30211", "30228", "30231", "30239", "30299"], 10)),
]  # fmt: skip
"""The 17 basic lines of the example: place in the ledger, economic code, use."""
PROJECTS = [
    (17, "2013702", "项目绩效目标表/1"),
    (18, "2013704", "项目绩效目标表/2"),
    (19, "2013702", "项目绩效目标表/3"),
    (20, "2013799", "项目绩效目标表/4"),
]
"""The four project lines: place in the ledger, function code, the project's form."""


@pytest.fixture(scope="module")
def layout() -> Layout:
    return hebei()


@pytest.fixture(scope="module")
def before(layout: Layout) -> Report:
    return report(example(), layout)


def more(number: int, layout: Layout) -> Report:
    """The report with 1.11 万元 more on one line."""

    def change(data: dict[str, Any]) -> None:
        line = data["ledger"][number]
        line["amount"] = str(Decimal(str(line["amount"])) + MORE)

    return report(example(change), layout)


def flat(made: Report) -> dict[tuple[str, str, str], Cell]:
    return {(t.id, *at): cell for t in made.tables() for at, cell in cells(made, t.id).items()}


def changed_cells(before: Report, after: Report) -> set[tuple[str, str, str]]:
    """Cells whose text differs; each by exactly what was added to the line."""
    one, other = flat(before), flat(after)
    assert one.keys() == other.keys()
    found = {at for at in one if one[at].text != other[at].text}
    for at in found:
        old, new = one[at].value, other[at].value
        assert old is not None, at
        assert new == old + MORE, at
    return found


def spelled(expected: Cells) -> set[tuple[str, str, str]]:
    return {
        (table.partition("·")[0], row, column)
        for table, (rows, columns) in expected.items()
        for row in rows
        for column in columns
    }


NUMBER = re.compile(r"(?:增加|减少)?[0-9]+\.[0-9]{2}(?=万元)")


def changed_sentences(before: Report, after: Report) -> dict[str, list[str]]:
    """Sentences that differ, by what stands before each number that does; their words are the same."""
    found: dict[str, list[str]] = {}
    blocks = zip(texts(before), texts(after), strict=True)
    for old, new in ((a, b) for a, b in blocks if a != b):
        assert NUMBER.split(old) == NUMBER.split(new)
        numbers = zip(NUMBER.finditer(old), NUMBER.finditer(new), strict=True)
        found[old] = [old[max(0, a.start() - 12) : a.start()] for a, b in numbers if a[0] != b[0]]
    return found


def texts(made: Report) -> list[str]:
    """All that is printed outside the tables' grids."""
    found = [block.text for block in made.blocks if isinstance(block, Paragraph | Heading)]
    return found + [text for t in made.tables() for text in (t.title, *t.caption, *(n.text for n in t.notes))]


def assert_sentences(found: dict[str, list[str]], *expected: Sentences) -> None:
    merged: Sentences = {}
    for part in expected:
        for start, words in part.items():
            merged.setdefault(start, []).extend(words)
    assert len(found) == len(merged), list(found)
    for start, words in merged.items():
        (sentence,) = [s for s in found if s.startswith(start)]
        assert len(found[sentence]) == len(words), (start, found[sentence])
        for said, word in zip(found[sentence], words, strict=True):
            assert said.endswith(word), (said, word)


@pytest.mark.parametrize(("number", "economic", "use"), BASIC)
def test_a_basic_line_changes_what_depends_on_it_and_nothing_else(
    number: int, economic: str, use: str, layout: Layout, before: Report
) -> None:
    stated = example()["ledger"][number]
    assert (stated["economic"], stated["use"]) == (economic, use)
    after = more(number, layout)
    assert changed_cells(before, after) == spelled(basic(economic, use))
    sangong = SANGONG if economic == "30231" else {}
    assert_sentences(changed_sentences(before, after), EVERY, STAFF if use == "人员经费" else OFFICE, sangong)


@pytest.mark.parametrize(("number", "function", "form"), PROJECTS)
def test_a_projects_line_changes_its_tables_and_its_form_but_no_clerks_words(
    number: int, function: str, form: str, layout: Layout, before: Report
) -> None:
    after = more(number, layout)
    assert changed_cells(before, after) == spelled(project(function, form))
    assert_sentences(changed_sentences(before, after), EVERY, PROJECT)
    clerks = example()["narrative"]["main_projects"]
    assert any(clerks in text for text in texts(after))


def test_the_written_dependencies_are_of_all_lines() -> None:
    assert [n for n, *_ in [*BASIC, *PROJECTS]] == list(range(len(example()["ledger"])))

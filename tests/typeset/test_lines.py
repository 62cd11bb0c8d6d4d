"""Chinese line breaking and lines of even length."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgetreport.typeset.even import even_lines, even_width
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.lines import Line, break_lines, least_width, text_width
from budgetreport.typeset.parting import NO_END, NO_START
from tests.golden.blocks import BLOCKS

WIDTHS = shipped().widths("仿宋")
CHARS = "预算公开人员经费年度，。、；：？！（）《》“”%％—…0123456789.-AaPz \u3000\n"
PARAGRAPHS = [block["text"] for block in json.loads(BLOCKS.read_text("utf-8")) if "text" in block]


def drawn(line: Line) -> float:
    """Width of a line as its run is drawn, without spaces at its end."""
    text = line.text.rstrip()
    gaps = sum(gap for at, gap in line.gaps if at < len(text))
    over = dict(line.gaps).get(len(text) - 1, 0) if text and dict(line.gaps).get(len(text) - 1, 0) < -line.spread else 0
    last = line.spread + (dict(line.gaps).get(len(text) - 1, 0) if not over else 0)
    return text_width(text, WIDTHS) + line.spread * len(text) + gaps - last if text else 0


@given(st.text(CHARS, max_size=120), st.floats(1, 40), st.booleans())
@example("— ", 1.0, True)  # noqa: FBT003 - only spaces are over
def test_no_character_is_lost(text: str, width: float, flush: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    assert "".join(line.text for line in break_lines(text, WIDTHS, width, flush=flush)) == text.replace("\n", "")


@given(st.text(CHARS.replace("A", ""), max_size=120), st.floats(9, 40))
def test_no_line_is_wider_than_its_room(text: str, width: float) -> None:
    for line in break_lines(text, WIDTHS, width, flush=True):
        assert line.width <= width + 1e-6


@pytest.mark.parametrize("width", [8, 9.5, 11.3, 14, 17.7, 20, 24.1, 27.64, 28, 33, 40.5])
def test_no_line_of_the_reference_begins_or_ends_where_it_must_not(width: float) -> None:
    for paragraph in PARAGRAPHS:
        lines = [line.text for line in break_lines(paragraph, WIDTHS, width, first=2, flush=True)]
        for before, after in pairwise(lines):
            assert after[0] not in NO_START, (before, after)
            assert before[-1] not in NO_END, (before, after)


@pytest.mark.parametrize("width", [20, 24.1, 27.64, 28, 33, 40.5])
def test_both_edges_of_the_reference_are_flush(width: float) -> None:
    for paragraph in PARAGRAPHS:
        lines = break_lines(paragraph, WIDTHS, width, first=2, flush=True)
        for number, line in enumerate(lines[:-1]):
            room = width - 2 if number == 0 else width
            assert line.width == pytest.approx(room), line
            assert drawn(line) == pytest.approx(room), line


@pytest.mark.parametrize(
    "whole",
    ["52.00万元", "2026年", "100%", "≥4次", "2025-12-31", "13018326P000328104136", "——", "……", "V3.0", "16小时/天"],
)
def test_what_belongs_together_is_not_cut(whole: str) -> None:
    for before in range(12):
        lines = [line.text for line in break_lines("预" * before + whole + "算" * 12, WIDTHS, 12.0)]
        assert any(whole in line for line in lines), lines


def test_a_word_longer_than_the_line_is_cut() -> None:
    lines = [line.text for line in break_lines("13018326P000328104136", WIDTHS, 4.0)]
    assert "".join(lines) == "13018326P000328104136"
    assert len(lines) > 1


def test_punctuation_is_squeezed_before_space_is_spread() -> None:
    (first, *_) = break_lines("预算，公开，人员，经费，", WIDTHS, 11.0, flush=True)
    assert first.text == "预算，公开，人员，经费，"
    assert first.width == pytest.approx(11.0)
    assert all(gap < 0 for _, gap in first.gaps)


def test_a_last_line_never_holds_a_single_character_where_there_is_room() -> None:
    for width in (20, 24, 28):
        for length in range(30, 90):
            lines = break_lines("预" * length + "。", WIDTHS, width, flush=True)
            assert len(lines[-1].text.rstrip("。")) > 1, (width, length)


def test_spaces_are_kept_and_do_not_count_at_a_line_end() -> None:
    lines = break_lines("\u3000\u3000预算  公开\u3000\u3000人员", WIDTHS, 7.0)
    assert [line.text for line in lines] == ["\u3000\u3000预算  公开\u3000\u3000", "人员"]
    assert lines[0].width == pytest.approx(4 + text_width("  ", WIDTHS) + 2)


def test_a_pitch_brings_28_characters_onto_a_line_of_27_and_a_half() -> None:
    lines = break_lines("预" * 56, WIDTHS, 27.64, flush=True, pitch=(27.64 - 28) / 27)
    assert [len(line.text) for line in lines] == [28, 28]


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        ("一般公共预算财政拨款", 2, ["一般公共预算", "财政拨款"]),
        ("政府性基金预算财政拨款", 2, ["政府性基金", "预算财政拨款"]),
        ("对附属单位补助支出", 2, ["对附属单位", "补助支出"]),
        ("国有资本经营预算财政拨款", 3, ["国有资本", "经营预算", "财政拨款"]),
        ("科目编码", 2, ["科目", "编码"]),
    ],
)
def test_heads_break_evenly_between_words(text: str, lines: int, expected: list[str]) -> None:
    width = even_width(text, WIDTHS, lines)
    assert [line.text for line in even_lines(text, WIDTHS, width + 0.01)] == expected


def test_titles_break_beside_figures() -> None:
    title = "中共某某市委网络安全和信息化委员会办公室2026年部门预算信息公开情况说明"
    assert [line.text for line in even_lines(title, WIDTHS, 24)][1].startswith("2026年")


@given(st.text(CHARS, max_size=60), st.floats(1, 30), st.booleans())
def test_even_lines_lose_nothing_and_stay_in_their_room(text: str, width: float, forward: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    lines = even_lines(text, WIDTHS, width, forward=forward)
    assert "".join(line.text for line in lines) == text.replace("\n", "")
    if width >= least_width(text, WIDTHS):
        assert max((line.width for line in lines), default=0) <= width + 1e-6

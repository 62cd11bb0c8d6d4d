"""How many lines a text takes in a spreadsheet's cell: never fewer than a plain breaking of lines needs."""

from __future__ import annotations

from itertools import groupby

import hypothesis
from hypothesis import strategies

from budgetreport.write.xlsx import measure

SIZE, HALF, PAD = 11.6, 1.0, 1.2
"""At this size half a Chinese character fills a unit; a cell loses so much to its rules."""
WORDS = strategies.sampled_from(
    ["落实", "老旧小区改造", "，", "Nature&Science", "https://www.gov.cn/zhengce/", "A4", "。", " "]
)


def filled(text: str, room: float) -> int:
    """Lines filled one after another: Chinese divided anywhere, Latin words only where one is longer than a line."""
    count, used = 1, 0.0
    for latin, run in groupby(text, lambda char: "!" <= char <= "~"):
        for piece in ["".join(run)] if latin else run:
            width = len(piece) * (HALF if piece.isascii() else 2 * HALF)
            if used and used + width > room:
                count, used = count + 1, 0.0
            used += width
            while used > room:
                count, used = count + 1, used - room
    return count


@hypothesis.given(strategies.lists(WORDS, max_size=12).map("".join), strategies.integers(8, 60))
def test_lines_suffice_for_words_that_are_not_divided(text: str, room: int) -> None:
    assert measure.lines(text, SIZE, room + PAD) >= filled(text, room)


def test_a_word_goes_to_a_line_of_its_own() -> None:
    words = "Nature&Science " * 3
    assert [measure.lines(words, SIZE, room + PAD) for room in (50, 32, 25)] == [1, 2, 3]

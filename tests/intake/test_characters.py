"""Characters that no font has are found in the input, not in the print."""

from __future__ import annotations

from collections.abc import Iterable

from budgetreport import intake


def _lacking(text: Iterable[str]) -> set[str]:
    return {c for c in text if c in "😀𠮷"}


def test_a_text_with_characters_no_font_has_is_told_with_place_and_character() -> None:
    source = intake.parse('{"name": "宣传",\n "notes": ["人名𠮷某", "😀𠮷"]}'.encode(), "a.json")
    first, second = intake.lacking_characters(source, _lacking)
    assert (str(first.where), first.rule, first.text) == ("a.json:2:12", "IN-17", "𠮷")
    assert "“𠮷”（U+20BB7）" in first.what
    assert first.fix
    assert second.text == "😀𠮷"


def test_a_tab_is_told_as_one_and_what_cannot_be_shown_is_named_by_its_number() -> None:
    source = intake.parse('{"name": "宣传\\t费"}'.encode(), "a.json")
    (problem,) = intake.lacking_characters(source, lambda text: {c for c in text if c == "\t"})
    assert problem.what == "文字中有制表符等不能印的字符：控制字符（U+0009）"
    assert "空格" in problem.fix


def test_texts_that_fonts_cover_are_quiet() -> None:
    source = intake.parse('{"name": "宣传\\n第二行"}'.encode(), "a.json")
    assert intake.lacking_characters(source, _lacking) == ()

"""Texts are compared by their characters: white space is not seen, and width only where it is asked for."""

from __future__ import annotations

from budgetreport.wording import bare, plain


def test_bare_words_have_no_white_space_of_any_kind_and_keep_their_width() -> None:
    assert bare("\u3000合 计\n（元）\u00a0\t12") == "合计（元）12"


def test_plain_words_have_one_width_too() -> None:
    assert plain("办公室 （室）\u3000Ａ１") == plain("办公室(室)A1") == "办公室(室)A1"

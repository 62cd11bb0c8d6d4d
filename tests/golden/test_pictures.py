"""Every page looks as it did when somebody last looked at it; `make pictures` says that it should look so now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.page import Document, Page, Rule, Run
from budgetreport.typeset.pages import Typesetter
from budgetreport.write.pdf import pdf_bytes
from tests.golden.pictured import SHOWN, differs, documents, kept, pages, show
from tests.making import example, hebei, report


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return documents()


@pytest.fixture(scope="module")
def document() -> Document:
    return Typesetter(report(example(), hebei()), hebei().style, shipped()).document()


@pytest.mark.parametrize("name", ["reference", "stress"])
def test_every_page_looks_as_in_its_golden_picture(built: dict[str, bytes], name: str) -> None:
    shown = []
    drawn = pages(built[name])
    for path, new in zip(kept(name), drawn, strict=False):
        with Image.open(path) as old:
            if difference := differs(old, new):
                shown.append(str(show(path.stem, old, new, difference)))
    assert shown == [], "old | new | difference; if it should look so: make pictures"
    assert len(drawn) == len(kept(name)), "more or fewer pages; if it should be so: make pictures"


# That a difference would be seen. A point for a comma would not in 9 pt: texts are read by the other golden tests.


def _page(document: Document, number: int) -> Page:
    return replace(document.pages[number], links=())


def _drawn(document: Document, page: Page) -> Image.Image:
    (picture,) = pages(pdf_bytes(replace(document, pages=(page,), bookmarks=()), shipped()))
    return picture


def _changed(document: Document, number: int, runs: tuple[Run, ...] | None, rules: tuple[Rule, ...] | None) -> bool:
    page = _page(document, number)
    altered = replace(page, runs=runs or page.runs, rules=rules or page.rules)
    return bool(differs(_drawn(document, page), _drawn(document, altered)))


def _smallest(document: Document, char: str) -> tuple[int, int]:
    """Page and number of the run with that character in the smallest print, the first such."""
    found = [
        (run.size, at, number)
        for at, page in enumerate(document.pages)
        for number, run in enumerate(page.runs)
        if char in run.text
    ]
    _, at, number = min(found)
    return at, number


@pytest.mark.parametrize(("was", "now"), [("3", "8"), ("0", "8"), ("1", "7"), ("款", "项"), ("，", "。")])
def test_one_exchanged_glyph_in_the_smallest_print_is_seen(document: Document, was: str, now: str) -> None:
    at, number = _smallest(document, was)
    runs = list(document.pages[at].runs)
    runs[number] = replace(runs[number], text=runs[number].text.replace(was, now, 1))
    assert _changed(document, at, tuple(runs), None)


@pytest.mark.parametrize("by", [-1.0, 1.0])
def test_a_rule_moved_by_a_point_is_seen(document: Document, by: float) -> None:
    at = next(n for n, page in enumerate(document.pages) if page.rules)
    rules = document.pages[at].rules
    shortest = min(rules, key=lambda rule: abs(rule.x1 - rule.x0) + abs(rule.y1 - rule.y0))
    moved = replace(shortest, y0=shortest.y0 + by, y1=shortest.y1 + by)
    if shortest.x0 == shortest.x1:
        moved = replace(shortest, x0=shortest.x0 + by, x1=shortest.x1 + by)
    assert _changed(document, at, None, tuple(moved if rule is shortest else rule for rule in rules))


def test_a_run_that_lacks_is_seen_wherever_it_stands(document: Document) -> None:
    at = next(n for n, page in enumerate(document.pages) if page.rules)
    runs = document.pages[at].runs
    for number in range(0, len(runs), len(runs) // 6):
        assert _changed(document, at, (*runs[:number], *runs[number + 1 :]), None), runs[number]


def test_text_set_half_a_point_lower_is_seen(document: Document) -> None:
    page = _page(document, 11)
    assert _changed(document, 11, tuple(replace(run, y=run.y - 0.5) for run in page.runs), None)


# That what nobody sees is none, and that a difference is shown.


def test_what_versions_of_pdfium_draw_differently_is_no_difference(document: Document) -> None:
    picture = _drawn(document, _page(document, 11))
    lighter = picture.point([min(255, grey + 17) for grey in range(256)])
    assert not differs(picture, lighter)
    assert not differs(picture, picture)


def test_a_difference_is_shown_as_a_picture_of_old_new_and_what_differs(document: Document) -> None:
    old = _drawn(document, _page(document, 11))
    new = ImageChops.offset(old, 3)
    path = show("a-test", old, new, differs(old, new))
    assert path.parent == SHOWN
    with Image.open(path) as three:
        assert three.width > 3 * old.width
        colours = three.getcolors(1 << 20) or []
    path.unlink()
    assert (255, 0, 0) in [colour for _, colour in colours]

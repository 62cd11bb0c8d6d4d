"""What a page shows, whoever drew it: content streams as other programs write them, and what a reader sees of them."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf
import pytest

from budgetreport.read.pdf.eye import look
from budgetreport.read.pdf.seen import SeenPage, Stroke

WIDTH, HEIGHT = 600, 800


def seen(content: str, *, form: str = "", rotate: int = 0) -> SeenPage:
    """A page of 600 × 800 pt with that content; /F is Helvetica, /X a form with content of its own, /I a picture."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/ABCDEF+Helvetica"),
            FontDescriptor=pikepdf.Dictionary(FontName=pikepdf.Name("/ABCDEF+Helvetica"), Ascent=800, Descent=-200),
            FirstChar=32, LastChar=126, Widths=[500] * 95, Encoding=pikepdf.Name.WinAnsiEncoding,
        )  # fmt: skip
        fonts = pikepdf.Dictionary(F=font)
        inner = pdf.make_stream(
            form.encode(),
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, WIDTH, HEIGHT]},
        )
        inner.Resources = pikepdf.Dictionary(Font=fonts)
        kind = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 1, "/Height": 1}
        picture = pdf.make_stream(b"\x00", {**kind, "/BitsPerComponent": 8, "/ColorSpace": pikepdf.Name.DeviceGray})
        page.Resources = pikepdf.Dictionary(Font=fonts, XObject=pikepdf.Dictionary(X=inner, I=picture))
        page.Contents = pdf.make_stream(content.encode())
        page.Rotate = rotate
        saved = io.BytesIO()
        pdf.save(saved)
    (found,), _ = look(saved)
    return found


def words(page: SeenPage) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def rules(page: SeenPage) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """Strokes across and down: where, from, to."""
    return _told(page.across), _told(page.down)


def _told(strokes: Iterable[Stroke]) -> list[tuple[float, ...]]:
    return [(one.at, one.start, one.end) for one in sorted(strokes)]


FLAT, TALL = (100.0, 50.0, 250.0), (50.0, 100.0, 300.0)
"""A rule 100 pt under the upper edge from 50 to 250; one 50 pt from the left from 100 to 300."""

DRAWN = {
    "a line": ("50 700 m 250 700 l S", [FLAT], []),
    "two lines in one path": ("50 700 m 250 700 l 50 700 m 50 500 l S", [FLAT], [TALL]),
    "a thin filled rectangle": ("50 699 200 2 re f", [FLAT], []),
    "a thin filled rectangle that stands": ("49 500 2 200 re f", [], [TALL]),
    "a rectangle": (
        "50 500 200 200 re S",
        [FLAT, (300.0, 50.0, 250.0)],
        [TALL, (250.0, 100.0, 300.0)],
    ),
    "a closed path": (
        "50 700 m 250 700 l 250 500 l 50 500 l h S",
        [FLAT, (300.0, 50.0, 250.0)],
        [TALL, (250.0, 100.0, 300.0)],
    ),
    "a filled area": ("50 500 200 200 re f", [], []),
    "a slanting line": ("50 700 m 250 500 l S", [], []),
    "a point": ("50 700 m 50 700 l S", [], []),
    "a curve, by its ends": ("50 700 m 100 750 200 750 250 700 c S", [FLAT], []),
    "in a moved space": ("1 0 0 1 10 20 cm 40 680 m 240 680 l S", [FLAT], []),
    "in a form": ("/X Do", [FLAT], []),
    "off the page": ("50 900 m 250 900 l S", [], []),
    "partly off the page": ("-50 700 m 250 700 l S", [(100.0, 0.0, 250.0)], []),
    "clipped at both ends": ("50 600 200 200 re W n 0 700 m 600 700 l S", [FLAT], []),
    "clipped twice": ("0 600 250 200 re W* n 50 0 500 800 re W n 0 700 m 600 700 l S", [FLAT], []),
    "clipped away": ("300 0 100 100 re W n 50 700 m 250 700 l S", [], []),
    "clipped as it was before": ("q 300 0 9 9 re W n Q 50 700 m 250 700 l S", [FLAT], []),
    "a form in a clip": ("50 600 100 200 re W n /X Do", [(100.0, 50.0, 150.0)], []),
    "clipped by a curve: not judged": ("0 0 m 9 9 99 9 9 0 c W n 50 700 m 250 700 l S", [FLAT], []),
    "white": ("1 G 50 700 m 250 700 l S", [], []),
    "white in three colours": ("1 1 1 RG 50 700 m 250 700 l S", [], []),
    "white in four inks": ("0 0 0 0 K 50 700 m 250 700 l S", [], []),
    "grey": ("0.9 G 50 700 m 250 700 l S", [FLAT], []),
    "black in four inks": ("0 0 0 1 K 50 700 m 250 700 l S", [FLAT], []),
    "red": ("1 0 0 RG 50 700 m 250 700 l S", [FLAT], []),
    "a white fill with black edges": (
        "1 g 50 500 200 200 re B",
        [FLAT, (300.0, 50.0, 250.0)],
        [TALL, (250.0, 100.0, 300.0)],
    ),
    "a pattern": ("/Pattern CS /P SCN 50 700 m 250 700 l S", [FLAT], []),
    "nothing painted": ("50 700 m 250 700 l n", [], []),
}


@pytest.mark.parametrize("name", DRAWN)
def test_straight_rules_that_show_are_seen(name: str) -> None:
    content, across, down = DRAWN[name]
    assert rules(seen(content, form="0 700 m 250 700 l S" if "clip" in name else "50 700 m 250 700 l S")) == (
        across,
        down,
    )


WRITTEN = {
    "words": ("BT /F 10 Tf 50 700 Td (words) Tj ET", "words"),
    "each twice, to look bold": (
        "BT /F 10 Tf 50 700 Td (bold) Tj ET BT /F 10 Tf 50.3 700 Td (bold) Tj ET",
        "bold",
    ),
    "the same word in two places": (
        "BT /F 10 Tf 50 700 Td (two) Tj ET BT /F 10 Tf 50 680 Td (two) Tj ET",
        "twotwo",
    ),
    "equal letters side by side": ("BT /F 10 Tf 50 700 Td (llll) Tj ET", "llll"),
    "a mark across the page": ("BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET", ""),
    "standing words": ("BT /F 10 Tf 0 1 -1 0 100 100 Tm (side) Tj ET", "side"),
    "invisible words over a scan": ("BT 3 Tr /F 10 Tf 50 700 Td (ocr) Tj ET", ""),
    "words that only clip": ("BT 7 Tr /F 10 Tf 50 700 Td (clip) Tj ET", ""),
    "clipped away in part": ("q 0 0 65 800 re W n BT /F 10 Tf 50 700 Td (words) Tj ET Q", "wor"),
    "off the page": ("BT /F 10 Tf 50 900 Td (above) Tj ET", ""),
    "in a form": ("/X Do", "inside"),
    "a form in a clip": ("0 0 60 800 re W n /X Do", "in"),
    "a character that the font does not name": ("BT /F 10 Tf 50 700 Td (a\\001b) Tj ET", "a\ufffdb"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_characters_that_show_are_seen_once(name: str) -> None:
    content, text = WRITTEN[name]
    assert words(seen(content, form="BT /F 10 Tf 50 700 Td (inside) Tj ET")) == text


def test_a_character_knows_where_it_stands_and_its_font() -> None:
    first, second = seen("BT /F 10 Tf 50 700 Td (ab) Tj ET").glyphs
    assert (first.x0, first.x1, first.base, first.size) == (50, 55, 100, 10)
    assert (second.x0, second.middle[0], second.font) == (55, 57.5, "Helvetica")


@pytest.mark.parametrize(
    ("rotate", "size", "at"),
    [
        (0, (600, 800), (50, 100)),
        (90, (800, 600), (700, 50)),
        (180, (600, 800), (550, 700)),
        (270, (800, 600), (100, 550)),
    ],
)
def test_a_turned_page_is_seen_as_it_is_shown(rotate: int, size: tuple[int, int], at: tuple[int, int]) -> None:
    """A rule whose one end is, on the page unturned, 50 pt from the left and 100 pt under the upper edge."""
    page = seen("50 700 m 50 600 l S", rotate=rotate)
    assert (page.width, page.height) == size
    ends = [(one.at, end) for one in page.down for end in (one.start, one.end)]
    ends += [(end, one.at) for one in page.across for end in (one.start, one.end)]
    assert len(ends) == 2
    assert at in ends


def test_a_picture_is_no_text_and_no_rule_but_the_page_is_not_blank() -> None:
    page = seen("/I Do")
    assert (page.glyphs, page.across, page.down, page.drawn) == ((), (), (), True)
    assert not seen("").drawn


def test_a_character_at_another_place_is_another_whatever_its_size() -> None:
    """Ten and twenty pt: places of the same number of ems from the page's corner."""
    assert words(seen("BT /F 10 Tf 100 100 Td (a) Tj ET BT /F 20 Tf 200 200 Td (a) Tj ET")) == "aa"
    assert words(seen("BT /F 10 Tf 100 100 Td (a) Tj ET BT /F 10 Tf 100.3 100 Td (a) Tj ET")) == "a"

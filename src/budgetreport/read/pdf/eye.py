"""Looks at a PDF's pages: what is painted, and not clipped away or invisible. Only it knows how pdfminer draws.

pdfminer runs a page's content; this device keeps characters and straight strokes, and nothing of tags, annotations
or outlines. pdfminer ignores clipping: spreadsheets print a long text whole on every page and clip it, so the
interpreter here keeps the clip in the graphics state.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, BinaryIO

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, decode_text

from budgetreport.read.bounds import PAGES, TooLargeError
from budgetreport.read.pdf.inflate import inflating
from budgetreport.read.pdf.seen import Glyph, SeenPage, Stroke

Rect = tuple[float, float, float, float]

_THIN = 3.0
"""A filled rectangle no thicker than this (pt) is a rule."""
_STRAIGHT = 0.5
_SAME = 0.08
"""The same character within twice this (em) is printed twice to look bold."""
_UNKNOWN = "\ufffd"
_INVISIBLE = (3, 7)
"""Text rendering modes that paint nothing (ISO 32000-1, table 106)."""


def look(file: BinaryIO) -> tuple[list[SeenPage], dict[str, str]]:
    """The pages of an open file, and its document properties. Raises whatever pdfminer raises."""
    inflating.restart()
    document = PDFDocument(PDFParser(file))
    resources = PDFResourceManager()
    pages: list[SeenPage] = []
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > PAGES:
            raise TooLargeError(f"超过{PAGES}页")
        pages.append(_seen(page, number, resources))
    properties = {key: _property(value) for info in document.info for key, value in info.items()}
    return pages, properties


def _property(value: object) -> str:
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        value = value.name
    return decode_text(value) if isinstance(value, bytes) else str(value)


def _seen(page: PDFPage, number: int, resources: PDFResourceManager) -> SeenPage:
    eye = _Eye(resources)
    box = _box(page)
    turned = {90: (0, -1, 1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, 1, -1, 0, 0, 0)}.get(
        page.rotate, (1, 0, 0, 1, 0, 0)
    )
    left, bottom, right, top = apply_matrix_rect(turned, box)
    ctm = (*turned[:4], -left, -bottom)
    eye.visible = (0.0, 0.0, right - left, top - bottom)
    interpreter = _Interpreter(resources, eye)
    eye.set_ctm(ctm)
    interpreter.render_contents(page.resources, page.contents, ctm=ctm)
    drawn = bool(eye.pictures or eye.across or eye.down)
    return SeenPage(
        number, right - left, top - bottom, tuple(eye.glyphs), tuple(eye.across), tuple(eye.down), drawn
    )  # fmt: skip


def _box(page: PDFPage) -> Rect:
    """What of the page's space is shown."""
    x0, y0, x1, y1 = page.cropbox or page.mediabox
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _State(PDFGraphicState):
    """The graphics state with the clip's bounding box, None where nothing is clipped."""

    clip: Rect | None = None

    def copy(self) -> _State:
        made = _State()
        made.__dict__.update(self.__dict__)
        return made


class _Interpreter(PDFPageInterpreter):
    """Keeps the clip; a form's content is clipped as what stands around it."""

    outer: _State | None = None

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.graphicstate: PDFGraphicState = self.outer.copy() if self.outer else _State()

    def dup(self) -> _Interpreter:
        made = _Interpreter(self.rsrcmgr, self.device)
        made.outer = self.graphicstate if isinstance(self.graphicstate, _State) else None
        return made

    def do_W(self) -> None:
        points = [point for part in self.curpath for point in pairwise(part[1:]) if len(part) == 3]  # noqa: PLR2004 - an operator and a point
        state = self.graphicstate
        if points and isinstance(state, _State) and len(points) == sum(part[0] != "h" for part in self.curpath):
            xs, ys = zip(*(apply_matrix_pt(self.ctm, point) for point in points), strict=True)
            state.clip = _common((min(xs), min(ys), max(xs), max(ys)), state.clip)

    def do_W_a(self) -> None:
        self.do_W()


def _common(one: Rect, other: Rect | None) -> Rect:
    if other is None:
        return one
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


class _Eye(PDFLayoutAnalyzer):
    """What has been painted on a page."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.visible: Rect = (0, 0, 0, 0)
        self.glyphs: list[Glyph] = []
        self.across: list[Stroke] = []
        self.down: list[Stroke] = []
        self.pictures = 0
        self._printed: set[tuple[str, float, int, int]] = set()

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Forms are part of the page."""

    def end_figure(self, _: str) -> None:
        """Forms are part of the page."""

    def render_image(self, name: str, stream: Any) -> None:
        self.pictures += 1

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: PDFGraphicState) -> None:
        """The characters of a text, where it is painted at all."""
        before = len(self.glyphs)
        super().render_string(textstate, seq, ncs, graphicstate)
        if textstate.render in _INVISIBLE:
            del self.glyphs[before:]

    def render_char(self, *of: Any) -> float:
        matrix, font, fontsize, scaling, rise, cid, ncs, state = of
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = _UNKNOWN
        width, shift = font.char_width(cid), font.char_disp(cid)
        char = LTChar(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, state)
        if self._shown(((char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2), state) and not _askew(char.matrix):
            self._keep(char, text)
        return char.adv

    def _shown(self, at: tuple[float, float], state: PDFGraphicState) -> bool:
        left, bottom, right, top = _common(self.visible, getattr(state, "clip", None))
        return left <= at[0] <= right and bottom <= at[1] <= top

    def _keep(self, char: LTChar, text: str) -> None:
        size, height = round(char.size, 2) or 1.0, self.visible[3]
        x, y = round(char.x0 / size / _SAME), round(char.y0 / size / _SAME)
        if not text.isspace() and any((text, size, x + n, y) in self._printed for n in (-1, 0, 1)):
            return
        self._printed.add((text, size, x, y))
        base = height - (char.matrix[5] if char.upright else char.y0)
        font = _name(char.fontname).rpartition("+")[2]
        self.glyphs.append(Glyph(text, char.x0, char.x1, height - char.y1, height - char.y0, base, size, font))

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[Any],
    ) -> None:
        shown = (stroke and _inked(gstate.scolor)), (fill and _inked(gstate.ncolor))
        if not any(shown):
            return
        for points in _parts(path):
            seen = [apply_matrix_pt(self.ctm, point) for point in points]
            for piece in _rules(seen, stroked=shown[0]):
                self._rule(piece, gstate)

    def _rule(self, piece: Rect, state: PDFGraphicState) -> None:
        """A stroke, as far as it is not clipped."""
        height = self.visible[3]
        left, bottom, right, top = _common(self.visible, getattr(state, "clip", None))
        x0, x1 = sorted((piece[0], piece[2]))
        y0, y1 = sorted((piece[1], piece[3]))
        if x1 < left - _STRAIGHT or x0 > right + _STRAIGHT or y1 < bottom - _STRAIGHT or y0 > top + _STRAIGHT:
            return
        if y1 - y0 < _STRAIGHT < x1 - x0:
            self.across.append(Stroke(height - (y0 + y1) / 2, max(x0, left), min(x1, right)))
        elif x1 - x0 < _STRAIGHT < y1 - y0:
            self.down.append(Stroke((x0 + x1) / 2, height - min(y1, top), height - max(y0, bottom)))


def _askew(matrix: Sequence[float]) -> bool:
    """Whether text stands at an angle: a mark over the page."""
    turned = math.degrees(math.atan2(matrix[1], matrix[0])) % 90
    return min(turned, 90 - turned) > 1


def _name(font: object) -> str:
    if isinstance(font, bytes):
        return font.decode("gb18030", "replace")
    return str(font)


def _parts(path: Sequence[Any]) -> Iterator[list[tuple[float, float]]]:
    """The pieces of a path, as points; curved ones by their ends."""
    points: list[tuple[float, float]] = []
    for operator, *numbers in path:
        if operator == "m" and points:
            yield points
            points = []
        if operator == "h":
            points.append(points[0])
        else:
            points.append((float(numbers[-2]), float(numbers[-1])))
    if len(points) > 1:
        yield points


def _rules(points: Sequence[tuple[float, float]], *, stroked: bool) -> Iterator[Rect]:
    """The strokes that a piece shows: its edges, or of a thin rectangle the line that it is."""
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    y0, y1 = min(y for _, y in points), max(y for _, y in points)
    box = 4
    if len(points) >= box and min(x1 - x0, y1 - y0) <= _THIN:
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        yield (x0, y, x1, y) if x1 - x0 > y1 - y0 else (x, y0, x, y1)
    elif stroked:
        yield from ((*here, *there) for here, there in pairwise(points))


def _inked(colour: object) -> bool:
    """Whether a colour shows on white paper: grey and RGB are white at 1, CMYK at 0; a pattern shows."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return True
    cmyk = 4
    return any(parts) if len(parts) == cmyk else any(part < 1 for part in parts)

"""Which found grids are which tables of a layout: by their titles first, by their heads besides."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from budgetreport.problems import SheetPlace
from budgetreport.read.expected import Expected, ExpectedTable
from budgetreport.read.found import FoundDocument, FoundGrid, FoundText, Where
from budgetreport.read.pattern import Pattern, alike, essence, rarity
from budgetreport.wording import bare, plain

_TITLE, _HEADS = 0.6, 0.4
"""What a title and what heads weigh."""
_ENOUGH = 0.55
"""Likeness from which a grid is taken for a table of the layout."""
_LEAST_TITLE = 0.35
"""A title less like than this is another table's, whatever the heads: many tables have the same."""
_TELLING = 0.9
"""Heads less like than this do not tell a table that has no title."""
_BEFORE = 6
"""A title stands among so many texts above its grid."""
_LONGEST = 70
"""Characters of a title at most."""
_TOP = 5
"""Rows in which heads are looked for."""
_CAPTIONS = 4
"""Texts between title and grid at most; more are paragraphs."""


@dataclass(frozen=True)
class Stand:
    """Grids that stand together, by their numbers among the blocks, and the texts that belong to them.

    `table`: what the layout calls them, None unknown; `title` -1 where none is seen; `score`: how sure that is,
    above 1 where the title is the layout's own.
    """

    grids: tuple[int, ...]
    table: ExpectedTable | None = None
    title: int = -1
    captions: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    score: float = 0

    @property
    def texts(self) -> tuple[int, ...]:
        """All texts that belong to it."""
        return (*([self.title] if self.title >= 0 else []), *self.captions, *self.notes)

    @property
    def first(self) -> int:
        """The number of its first block."""
        return min((*self.texts, *self.grids))


def stands(document: FoundDocument, expected: Expected, taken: frozenset[int]) -> list[Stand]:
    """The document's tables in order; `taken`: blocks that are cover or contents."""
    clusters = list(_clusters(document, taken))
    scores = _Scores(document, expected)
    tried: list[tuple[float, int, int, int]] = []
    above = [_above(document, grids[0], taken) for grids in clusters]
    for c, grids in enumerate(clusters):
        for t, table in enumerate(expected.tables):
            score, title = scores.score(table, grids, above[c])
            if score >= _ENOUGH:
                tried.append((score, -c, -t, title))
    chosen: dict[int, tuple[ExpectedTable, int, float]] = {}
    once: set[int] = set()
    for score, minus_c, minus_t, title in sorted(tried, reverse=True):
        table = expected.tables[-minus_t]
        if -minus_c not in chosen and -minus_t not in once:
            chosen[-minus_c] = table, title, score
            if not table.many:
                once.add(-minus_t)
    found: list[Stand] = []
    for c, grids in enumerate(clusters):
        known = chosen.get(c)
        found += _settled(document, grids, above[c], known)
    return _with_notes(document, expected, found, taken)


def _clusters(document: FoundDocument, taken: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Runs of grids with no text between them, on one sheet or on pages that follow each other."""
    run: list[int] = []
    for number, block in enumerate(document.blocks):
        if number in taken:
            continue
        follows = run and number == run[-1] + 1 and _together(document.blocks[run[-1]].place, block.place)
        if isinstance(block, FoundGrid) and follows:
            run.append(number)
            continue
        if run:
            yield tuple(run)
        run = [number] if isinstance(block, FoundGrid) else []
    if run:
        yield tuple(run)


def _together(one: Where, other: Where) -> bool:
    if isinstance(one, SheetPlace) or isinstance(other, SheetPlace):
        return isinstance(one, SheetPlace) and isinstance(other, SheetPlace) and one.sheet == other.sheet
    return other.page - one.page <= 1


def _above(document: FoundDocument, grid: int, taken: frozenset[int]) -> list[int]:
    """Texts above a grid that can be its title or captions, from top to bottom."""
    found: list[int] = []
    place = document.blocks[grid].place
    for number in range(grid - 1, -1, -1):
        block = document.blocks[number]
        if isinstance(block, FoundGrid) or number in taken or len(found) >= _BEFORE:
            break
        if isinstance(place, SheetPlace) and not _together(block.place, place):
            break
        found.insert(0, number)
    return found


class _Scores:
    """How much a grid is like a table of the layout."""

    def __init__(self, document: FoundDocument, expected: Expected) -> None:
        self.document = document
        self.weights = rarity(essence(table.title.literal) for table in expected.tables)

    def score(self, table: ExpectedTable, grids: Sequence[int], above: Sequence[int]) -> tuple[float, int]:
        """The likeness, and the number of the text that is the title (-1: the sheet's name)."""
        if not table.title.source:
            heads = self._heads(table, grids)
            return (heads if heads >= _TELLING else 0.0), -1
        titles = [(self._title(table.title, self._text(n)), n) for n in above]
        place = self.document.blocks[grids[0]].place
        if isinstance(place, SheetPlace):
            titles.append((0.9 * self._title(table.title, place.sheet), -1))
        down = -1 if isinstance(place, SheetPlace) else 1  # of equals the first of a sheet, the nearest on a page
        title, at = max(titles, key=lambda t: (t[0], t[1] >= 0, down * t[1]), default=(0.0, -1))
        if title < _LEAST_TITLE:
            return 0, -1
        score = _TITLE * title + _HEADS * self._heads(table, grids)
        if at < 0 and above and self._text(above[0]):
            at = above[0]
        return score + (title >= 1), at

    def _text(self, number: int) -> str:
        block = self.document.blocks[number]
        return block.text if isinstance(block, FoundText) else ""

    def _title(self, title: Pattern, text: str) -> float:
        if title.says_much and title.matches(text):
            return 1
        if not text or len(text) > _LONGEST or text.rstrip().endswith("。"):
            return 0
        return 0.99 * alike(essence(title.literal), essence(text), self.weights)

    def _heads(self, table: ExpectedTable, grids: Sequence[int]) -> float:
        """Heads that the layout and the grid have in common, of all heads."""
        blocks = [block for n in grids if isinstance(block := self.document.blocks[n], FoundGrid)]
        best = 0.0
        for grid in table.grids:
            for block in blocks:
                rows = block.rows if grid.drawn or len(table.grids) > 1 else block.rows[:_TOP]
                texts = {plain(cell.text) for row in rows for cell in row if cell and cell.text and not cell.number}
                labels = grid.labels
                common = len(texts & labels)
                best = max(
                    best, 2 * common / (len(labels) + max(common, min(len(texts), len(labels)))) if labels else 0
                )
        return best


def _settled(
    document: FoundDocument,
    grids: tuple[int, ...],
    above: Sequence[int],
    known: tuple[ExpectedTable, int, float] | None,
) -> Iterator[Stand]:
    """The stand of a run of grids: all of a form's, the first of a table's; others stand for themselves."""
    whole = grids if known and len(known[0].grids) > 1 else grids[:1]
    table = known[0] if known else None
    title = known[1] if known else _unknown_title(document, above)
    between = tuple(n for n in above if n > title) if title >= 0 else ()
    if len(between) > _CAPTIONS or any(len(bare(_said(document, n))) > _LONGEST for n in between):
        between = ()
    yield Stand(whole, table, title, between, score=known[2] if known else 0)
    for other in grids[len(whole) :]:
        yield Stand((other,))


def _said(document: FoundDocument, number: int) -> str:
    block = document.blocks[number]
    return block.text if isinstance(block, FoundText) else ""


def _unknown_title(document: FoundDocument, above: Sequence[int]) -> int:
    """The title of a table that the layout does not know: the first text of a sheet, the next centred one above."""
    if not above:
        return -1
    if isinstance(document.blocks[above[0]].place, SheetPlace):
        return above[0]
    for number in reversed(above):
        block = document.blocks[number]
        if isinstance(block, FoundText) and block.align == "center" and len(block.text) <= _LONGEST:
            return number
    return -1


def _with_notes(
    document: FoundDocument, expected: Expected, found: Sequence[Stand], taken: frozenset[int]
) -> list[Stand]:
    """Texts below a grid that are its notes: all of its sheet, or what begins as the layout's notes do.

    What stands between two notes on a page is one as well.
    """
    titles = {n for stand in found for n in stand.texts}
    words = {
        note.literal.partition(":")[0] + ":" for table in expected.tables for note in table.notes if ":" in note.literal
    }
    after = []
    for stand in found:
        own = stand.table.notes if stand.table else ()
        after.append(replace(stand, notes=tuple(_notes(document, stand, own, tuple(words), titles | taken))))
    return after


def _notes(
    document: FoundDocument, stand: Stand, own: Sequence[Pattern], words: tuple[str, ...], others: Container[int]
) -> Iterator[int]:
    """The texts below a stand that are its notes; `words`: what notes begin with."""
    grid = document.blocks[max(stand.grids)]
    between: list[int] = []
    for number in range(max(stand.grids) + 1, len(document.blocks)):
        block = document.blocks[number]
        if not isinstance(block, FoundText) or number in others:
            return
        if isinstance(block.place, SheetPlace):
            if not _together(grid.place, block.place):
                return
            yield number
        elif plain(block.text).startswith(words) or any(n.says_much and n.matches(block.text) for n in own):
            yield from (*between, number)
            between = []
        elif between or block.place != grid.place:
            return
        else:
            between = [number]

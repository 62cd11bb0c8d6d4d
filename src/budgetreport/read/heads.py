"""Heads of a found grid: how many of its rows are head, and which of the layout's columns each column is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetreport.numerals import without_number
from budgetreport.read.expected import ExpectedGrid, Leaf
from budgetreport.read.lattice import Rows, at, covering
from budgetreport.wording import bare

_HIGHEST = 6
"""Rows of a head at most."""
_NEARLY = 0.6
"""Likeness from which a head may be a misspelt one of the layout's."""
_SURE = 1.5
"""Agreement a column (3: heads all the same) from which the whole head is the layout's."""

Path = tuple[str, ...]
"""The texts of the heads over a column, from the top."""


@dataclass(frozen=True)
class Head:
    """`height` rows of heads, then perhaps the 栏次 row; `leaves`: by column what the layout calls it, None unknown."""

    height: int
    numbered: bool
    paths: tuple[Path, ...]
    leaves: tuple[Leaf | None, ...]
    score: float = 0

    @property
    def body(self) -> int:
        """The number of the first body row."""
        return self.height + self.numbered

    def ids(self) -> tuple[str, ...]:
        """The columns' ids: the layout's, else the path of their own heads, else their number."""
        return tuple(
            leaf.id if leaf else "/".join(filter(None, map(without_number, path))) or str(number)
            for number, (path, leaf) in enumerate(zip(self.paths, self.leaves, strict=True), 1)
        )

    def sides(self) -> tuple[int, ...]:
        """The side that each column is on: an unknown one is on its left neighbour's."""
        found: list[int] = []
        for leaf in self.leaves:
            found.append(leaf.side if leaf else found[-1] if found else 0)
        return tuple(found)


def head_of(rows: Rows, grid: ExpectedGrid | None) -> Head:
    """The head as the layout knows it where it knows the grid, else as the spans show it."""
    known = grid.leaves if grid else ()
    paths = [_paths(rows, height) for height in range(min(_HIGHEST, len(rows)) + 1)]
    height, score = 0, 0.0
    leaves: tuple[Leaf | None, ...] = ()
    if known:
        tried = [(h, *_aligned(paths[h], known)) for h in range(1, len(paths)) if _closed(rows, h)]
        height, leaves, score = max(tried, key=lambda t: (t[2], -t[0]), default=(0, (), 0.0))
    if not score:
        height = _seen_height(rows)
        leaves = (None,) * len(paths[height])
    word = grid.definition.numbering.columns if grid and grid.definition.numbering else ""
    numbered = height < len(rows) and _numbers(rows, height, word)
    return Head(height, numbered, paths[height], _completed(leaves, known, score), score)


def _closed(rows: Rows, height: int) -> bool:
    """Whether no cell stands both above and below the height."""
    return all(cell is None or y + cell.rows <= height for y, row in enumerate(rows[:height]) for cell in row)


def _paths(rows: Rows, height: int) -> tuple[Path, ...]:
    """For each column the texts of the different cells over it."""
    over = covering(rows)[:height]
    width = len(rows[0]) if rows else 0
    places = [dict.fromkeys(p for row in over if (p := row[x]) is not None) for x in range(width)]
    return tuple(tuple(bare(cell.text) for p in column if (cell := at(rows, p))) for column in places)


def _aligned(paths: Sequence[Path], leaves: Sequence[Leaf]) -> tuple[tuple[Leaf | None, ...], float]:
    """Columns and leaves matched in order so that most is alike, and how much that is."""
    best = [[0.0] * (len(leaves) + 1) for _ in range(len(paths) + 1)]
    gains = [[_alike(path, leaf) for leaf in leaves] for path in paths]
    for i, row in enumerate(gains, 1):
        for j, gain in enumerate(row, 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + gain)
    found: list[Leaf | None] = [None] * len(paths)
    i, j = len(paths), len(leaves)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found[i] = leaves[j]
    return tuple(found), best[-1][-1]


def _alike(path: Path, leaf: Leaf) -> float:
    """0 where the heads say different things, 3 where all agree."""
    if not path or not path[-1]:
        return 0
    own = leaf.heads[-1].likeness(path[-1])
    if own < _NEARLY:
        return 0
    above = zip(path[-2::-1], leaf.heads[-2::-1], strict=False)
    agreeing = sum(head.matches(text) for text, head in above)
    whole = max(len(path), len(leaf.heads)) - 1
    return (2 if own == 1 else own) + (agreeing / whole if whole else 1)


def _completed(found: Sequence[Leaf | None], leaves: Sequence[Leaf], score: float) -> tuple[Leaf | None, ...]:
    """The only column that is unknown named where only one of the layout's is left: its head is misspelt."""
    if len(found) != len(leaves) or list(found).count(None) != 1 or score < _SURE * len(leaves):
        return tuple(found)
    taken = {leaf.id for leaf in found if leaf}
    left = next((leaf for leaf in leaves if leaf.id not in taken), None)
    return tuple(leaf or left for leaf in found)


def _seen_height(rows: Rows) -> int:
    """Rows from the top until each column has a cell of its own; none where the first row holds numbers."""
    if not rows or any(cell is not None and cell.number for cell in rows[0]):
        return 0
    over = covering(rows)
    height = 1
    for y in range(min(_HIGHEST, len(rows))):
        cells = [at(rows, place) for place in over[y]]
        height = max([height, *(y + cell.rows for cell in rows[y] if cell)])
        if y + 1 >= height and all(cell is None or cell.columns == 1 for cell in cells):
            break
    return min(height, _HIGHEST, max(0, len(rows) - 1))


def _numbers(rows: Rows, at_row: int, word: str) -> bool:
    """Whether the row below the heads numbers the columns."""
    texts = [bare(cell.text) for cell in rows[at_row] if cell is not None and cell.text.strip()]
    digits = [text for text in texts if text.isdecimal()]
    running = digits == [str(n) for n in range(1, len(digits) + 1)]
    first = bool(word) and texts[:1] == [word]
    return (running and len(digits) > 1 and len(texts) - len(digits) <= 1) or (first and bool(digits))

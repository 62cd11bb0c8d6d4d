"""What stands in a sheet and nobody sees: hidden rows and columns, white texts on white."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

At = tuple[int, int]
_WHITE = {"rgb": ("FFFFFFFF", "00FFFFFF"), "theme": (0,), "indexed": (1, 9)}
"""White, by how a workbook states a colour. Basis: ECMA-376 part 1, 18.8.3 and 18.8.27."""
_NAMED = 10
"""So many places are named one by one."""


def unseen(sheet: Any, cells: dict[At, Any]) -> Iterator[tuple[At, str]]:  # noqa: ANN401 - openpyxl's
    """Where it begins and what it is, once for all that is hidden in the same way; nothing where nothing is written."""
    written = sorted(at for at, cell in cells.items() if cell.value is not None and str(cell.value).strip())
    rows = {number for number, one in sheet.row_dimensions.items() if one.hidden}
    if found := [at for at in written if at[0] in rows]:
        yield found[0], f"隐藏的行里有内容，看的人看不到：第{_named(str(y) for y, _ in found)}行"
    columns = [(one.min, one.max) for one in sheet.column_dimensions.values() if one.hidden]
    if found := [at for at in written if any(first <= at[1] <= last for first, last in columns)]:
        names = (cells[at].column_letter for at in sorted(found, key=lambda at: at[1]))
        yield found[0], f"隐藏的栏里有内容，看的人看不到：{_named(names)}栏"
    known: dict[int, bool] = {}  # by style: a large sheet has few
    for cell in (cells[at] for at in written):
        if cell.style_id not in known:
            known[cell.style_id] = _is_white(cell)
    if found := [at for at in written if known[cells[at].style_id]]:
        names = (cells[at].coordinate for at in found)
        yield found[0], f"有白色的字，看的人看不到：{_named(names)}格"


def _is_white(cell: Any) -> bool:  # noqa: ANN401 - openpyxl's cells have no common type
    """White text where nothing is filled, or white is."""
    filled = cell.fill.fgColor if cell.fill.fill_type else None
    return _white(cell.font.color) and (filled is None or (cell.fill.fill_type == "solid" and _white(filled)))


def _white(colour: Any) -> bool:  # noqa: ANN401 - as above
    return colour is not None and not colour.tint and colour.value in _WHITE.get(colour.type, ())


def _named(names: Iterable[str]) -> str:
    each = list(dict.fromkeys(names))
    return "、".join(each[:_NAMED]) + (f"…共{len(each)}" if len(each) > _NAMED else "")

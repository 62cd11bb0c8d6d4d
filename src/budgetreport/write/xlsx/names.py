"""Sheet names that Excel, WPS and LibreOffice all accept."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 31
"""UTF-16 units of a sheet name."""
_FORBIDDEN = str.maketrans({"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼"})
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sheet_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """One name for each wanted one, in order: like it, at most 31 characters, none twice (case does not count)."""
    taken = {"history"}  # Excel keeps this one for itself
    names = []
    for name in wanted:
        clean = _CONTROL.sub("", name).translate(_FORBIDDEN).strip().strip("'").strip() or "_"
        chosen, number = _cut(clean, ""), 1
        while chosen.casefold() in taken:
            number += 1
            chosen = _cut(clean, f"（{number}）")
        taken.add(chosen.casefold())
        names.append(chosen)
    return tuple(names)


def _cut(name: str, ending: str) -> str:
    """The name with the ending, its own end cut off where both are too long together."""
    room = 2 * (_LONGEST - len(ending))
    return name.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").rstrip(" '") + ending

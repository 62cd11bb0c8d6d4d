"""Names of files as people read them, whatever encoding the system's locale takes them for.

Shipped names are UTF-8. Under a Chinese locale of another encoding (zh_CN.GBK), or under C, Python takes them for
something else; the bytes that it hands back to the system stay right.
"""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TypeVar

_Path = TypeVar("_Path", bound=PurePath)


def spelled(path: _Path) -> _Path:
    """The path in the characters of its UTF-8, for naming, not for opening; as it is where it is not UTF-8."""
    text = str(path)
    if text.isascii():
        return path
    try:
        return type(path)(os.fsencode(text).decode("utf-8"))
    except UnicodeError:
        return path

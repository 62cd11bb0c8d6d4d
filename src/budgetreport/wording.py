"""Texts as they are compared: by their characters, not by how these are spaced or how wide they are."""

from __future__ import annotations

import unicodedata


def bare(text: str) -> str:
    """The text without white space, in full width or half width as it is."""
    return "".join(text.split())


def plain(text: str) -> str:
    """The text without white space, half and full width alike: （室） and (室)."""
    return bare(unicodedata.normalize("NFKC", text))

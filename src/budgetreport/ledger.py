"""Stub, being written."""
from __future__ import annotations
from dataclasses import dataclass

@dataclass(frozen=True, slots=True)
class Origin:
    """What a printed number was made of."""
    text: str = ""

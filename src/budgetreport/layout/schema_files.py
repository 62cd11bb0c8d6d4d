"""The schemas of all layout files as texts, to lie beside layouts."""

from __future__ import annotations

import json

from budgetreport.layout.schema import KINDS, schema
from budgetreport.layout.vocabulary import Vocabulary


def schema_files(words: Vocabulary | None = None) -> dict[str, str]:
    """By file name."""
    return {name(kind): json.dumps(schema(kind, words), ensure_ascii=False, indent=1) + "\n" for kind in KINDS}


def name(kind: str) -> str:
    """The file of a kind's schema."""
    return f"{kind}.schema.json"

"""The project's pages and the code blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
INPUT = PROJECT / "inputs" / "jinzhou-224-2026.json"
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), PROJECT / "fonts" / "README.md"])
_FENCE = re.compile(r"^```(\w+)?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what else the fence says, its text, and the page it stands on."""

    page: Path
    language: str
    said: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}-{self.text.strip().splitlines()[0][:40]}"


def blocks(language: str, said: str | None = None) -> list[Block]:
    """All blocks of a language, in all pages; `said` is the fence's next word."""
    found = [
        Block(page, match[1] or "", match[2].strip(), match[3])
        for page in PAGES
        for match in _FENCE.finditer(page.read_text("utf-8"))
    ]
    return [b for b in found if b.language == language and (said is None or b.said.split(" ")[0] == said)]

"""The reference disclosure as blocks, and the ways in which ours may differ from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
INPUT = ROOT / "inputs" / "jinzhou-224-2026.json"
BLOCKS = Path(__file__).parent / "jinzhou-224-2026" / "blocks.json"

DEVIATIONS = {
    57: ("万元)；公务接待费", "万元）；公务接待费", "全角左括号配了半角右括号：由版式生成的句子写对"),
    87: ("6、部门主管", "六、部门主管", "一级标题由版式编号，前后为五、七"),
}
"""Block → (what stands in the reference, what we print, why). No amount among them."""

Rows = list[list[str]]


def bare(text: str) -> str:
    """Without white space: runs of spaces in the reference are line breaks of the original."""
    return re.sub(r"[\s\u3000\u00a0\u0000-\u001f\ufffe]+", "", text)


def expected() -> Iterator[tuple[int, str | Rows]]:
    """Each block but the page-number residue: a text, or a table's rows, deviations applied."""
    for number, block in enumerate(json.loads(BLOCKS.read_text("utf-8"))):
        if block["kind"] == "page-number-residue":
            continue
        if block["kind"] == "table":
            yield number, [[bare(cell) for cell in row] for row in block["rows"]]
            continue
        text = bare(block["text"])
        if number in DEVIATIONS:
            theirs, ours, _ = DEVIATIONS[number]
            assert text.count(theirs) == 1, "the reference no longer has the flaw"
            text = text.replace(theirs, ours)
        yield number, text


def strings() -> Iterator[tuple[int, str]]:
    """All texts in reading order, a table cell by cell."""
    for number, block in expected():
        for cell in [block] if isinstance(block, str) else [cell for row in block for cell in row]:
            if cell:
                yield number, cell


def grids() -> list[tuple[int, Rows]]:
    """The tables' rows without the caption line, which stands over the ruled grid."""
    found = []
    for number, block in expected():
        if not isinstance(block, str):
            captioned = block[0][-1].startswith(("单位：", "截止时间："))
            found.append((number, block[1:] if captioned else block))
    return found


def bookmarks() -> list[tuple[int, str]]:
    """(level, heading) as the reference's bookmarks tell: _Toc_2 is the first level, _Toc_3 the second."""
    found = []
    for block in json.loads(BLOCKS.read_text("utf-8")):
        if "bookmark" in block:
            level = 1 if block["bookmark"].startswith("_Toc_2_") else 2
            found.append((level, bare(block["text"])))
    return [(level, text.replace("6、部门主管", "六、部门主管")) for level, text in found]

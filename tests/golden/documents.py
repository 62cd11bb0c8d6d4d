"""Golden documents: what each input in inputs/ prints, as a person reviews it: headings, paragraphs, grids as text.

`python -m tests.golden.documents` (`make golden`) writes them anew and removes those of inputs that are no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from budgetreport.disclosure import read
from budgetreport.report import Block, Contents, Cover, Heading, Paragraph, Report, Table
from tests.making import grid_text

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "documents"
INPUTS = {path.stem: path for path in sorted((ROOT / "inputs").glob("*.json")) if "schema" not in path.name}


def drawn(path: Path) -> str:
    """The document of an input as text."""
    return as_text(read(path).report)


def as_text(report: Report) -> str:
    """A report as text, a block after another."""
    properties = f"{report.title} | {report.author} | {report.subject}"
    return "\n\n".join([properties, *("\n".join(_lines(block)) for block in report.blocks)]) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Cover):
        yield from (line.text for line in block.lines)
    elif isinstance(block, Contents):
        yield f"[{block.title}]"
    elif isinstance(block, Heading | Table):
        yield from (f"[{'  ' * (entry.level - 1)}{entry.text}]" for entry in block.listed)
        yield f"{'#' * (block.level or 4)} {block.text if isinstance(block, Heading) else block.title}"
    if isinstance(block, Paragraph):
        yield block.text
    if isinstance(block, Table):
        yield " | ".join(block.caption)
        yield from (grid_text(grid) for grid in block.grids)
        yield from (note.text for note in block.notes)


def main() -> None:
    """Write all of them."""
    KEPT.mkdir(exist_ok=True)
    for file in KEPT.glob("*.txt"):
        if file.stem not in INPUTS:
            file.unlink()
    for name, path in INPUTS.items():
        (KEPT / f"{name}.txt").write_text(drawn(path), "utf-8")


if __name__ == "__main__":
    main()

"""Makes the READMEs' picture from the built example: `python docs/build_picture.py` (extra `test`).

Three real pages beside one another: a two-sided table, the narrative, a project's form.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from budgetreport.cli import main as budgetreport

PROJECT = Path(__file__).resolve().parent.parent
INPUT = PROJECT / "inputs" / "jinzhou-224-2026.json"
PICTURE = PROJECT / "docs" / "pictures" / "page.png"
SHOWN = ("预算收支总表", "“三公”经费预算情况", "项目编码")
"""Words that the shown pages have; the first page after the contents that has them is taken."""
SCALE, GAP, CONTENTS = 80 / 72, 12, 2


def main() -> None:
    """Build, render, save."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            budgetreport(["build", str(INPUT), "-o", folder, "--only", "pdf"])
        except SystemExit as done:
            if done.code:
                raise
        with pypdfium2.PdfDocument(Path(folder) / f"{INPUT.stem}.pdf") as document:
            pages = [_rendered(document, words) for words in SHOWN]
    PICTURE.parent.mkdir(exist_ok=True)
    _beside(pages).convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(PICTURE, optimize=True)


def _rendered(document: pypdfium2.PdfDocument, words: str) -> Image.Image:
    page = next(p for n, p in enumerate(document) if n >= CONTENTS and words in p.get_textpage().get_text_bounded())
    found: Image.Image = page.render(scale=SCALE).to_pil()
    return found


def _beside(pages: list[Image.Image]) -> Image.Image:
    height = max(page.height for page in pages)
    width = sum(page.width + GAP for page in pages) + GAP
    whole = Image.new("RGB", (width, height + 2 * GAP), "#c8c8c8")
    left = GAP
    for page in pages:
        whole.paste(page, (left, GAP))
        left += page.width + GAP
    return whole


if __name__ == "__main__":
    main()

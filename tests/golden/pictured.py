"""Golden pictures: every page of the reference and of the stress document, in grey, and what differs from them.

`python -m tests.golden.pictured` (`make pictures`) draws them anew and removes those of pages that are no more.
Pages are compared a little blurred, because versions of pdfium draw the edges of characters differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from budgetreport.disclosure import make, read
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.pages import Typesetter
from budgetreport.write.pdf import pdf_bytes
from tests.golden.blocks import INPUT, ROOT
from tests.golden.stress import stress
from tests.making import hebei

KEPT = Path(__file__).parent / "pictures"
SHOWN = ROOT / "build" / "pictures"
"""Where the differences are shown."""
DPI = 72
_GREYS = 16
_BLUR = 0.8
"""Radius in pixels."""
_VISIBLE = 24
"""A blurred pixel differs where it is so much lighter or darker, of 255: pypdfium2 4.30 and 5.15 are 11 apart."""
_FEW = 3
"""So many pixels may differ; where 3 became 8 in small print, 9 do."""
_BACKGROUND, _GAP = 128, 6


@dataclass(frozen=True)
class Difference:
    """How many pixels of a page differ, and which: white in the mask."""

    pixels: int
    mask: Image.Image

    def __bool__(self) -> bool:
        return self.pixels > _FEW


def documents() -> dict[str, bytes]:
    """The PDFs by the name under which their pictures are kept."""
    disclosure = read(INPUT)
    style = hebei().style
    return {
        "reference": make(disclosure, ("pdf",), lambda _step: None).files["pdf"].data,
        "stress": pdf_bytes(Typesetter(stress(), style, shipped()).document(), shipped()),
    }


def pages(pdf: bytes) -> list[Image.Image]:
    """Every page as it is kept: grey, coarse."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_coarse(page.render(scale=DPI / 72, grayscale=True).to_pil()) for page in document]


def _coarse(page: Image.Image) -> Image.Image:
    """In so many greys."""
    step = 255 / (_GREYS - 1)
    return page.convert("L").point([round(round(grey / step) * step) for grey in range(256)])


def kept(name: str) -> list[Path]:
    """The golden pictures of a document, page by page."""
    return sorted(KEPT.glob(f"{name}-*.png"))


def differs(old: Image.Image, new: Image.Image) -> Difference:
    """What a reader would see to be different, at the scale of the pictures."""
    if old.size != new.size:
        return Difference(new.width * new.height, Image.new("L", new.size, 255))
    blur = ImageFilter.GaussianBlur(_BLUR)
    apart = ImageChops.difference(old.convert("L").filter(blur), new.convert("L").filter(blur))
    mask = apart.point([255 if grey >= _VISIBLE else 0 for grey in range(256)])
    return Difference(mask.histogram()[255], mask)


def show(name: str, old: Image.Image, new: Image.Image, difference: Difference) -> Path:
    """Old, new, and the new one with the difference in red, beside one another in build/pictures."""
    marked = new.convert("RGB")
    marked.paste((255, 0, 0), mask=difference.mask.filter(ImageFilter.MaxFilter(5)))
    three = [old.convert("RGB"), new.convert("RGB"), marked]
    width = sum(one.width + _GAP for one in three) - _GAP
    whole = Image.new("RGB", (width, max(one.height for one in three)), (_BACKGROUND,) * 3)
    left = 0
    for one in three:
        whole.paste(one, (left, 0))
        left += one.width + _GAP
    SHOWN.mkdir(parents=True, exist_ok=True)
    path = SHOWN / f"{name}.png"
    whole.save(path)
    return path


def main() -> None:
    """Draw all of them anew, and nothing else: what is the same to a reader stays as it is."""
    KEPT.mkdir(exist_ok=True)
    drawn = set()
    for name, pdf in documents().items():
        for number, page in enumerate(pages(pdf), 1):
            path = KEPT / f"{name}-{number:02}.png"
            drawn.add(path)
            if not path.exists() or differs(Image.open(path), page):
                page.quantize(_GREYS).save(path, optimize=True, bits=4)
                print(path.relative_to(ROOT))  # noqa: T201 - what a person then looks at
    for path in set(KEPT.glob("*.png")) - drawn:
        path.unlink()
        print(f"- {path.relative_to(ROOT)}")  # noqa: T201 - as above


if __name__ == "__main__":
    main()

"""Pages as content streams: runs and rules of the page model as operators (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import ARTIFACT, Page, Rule, Run
from budgetreport.write.pdf.embed import Codes
from budgetreport.write.pdf.objects import number


class Painter:
    """Paints pages and remembers the characters drawn in each face."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self.used: dict[str, Codes] = {}

    def codes(self, key: str) -> Codes:
        """The codes of a face, which has a name in content streams from its first use on."""
        if key not in self.used:
            self.used[key] = Codes(self._fonts.face(key), f"/F{len(self.used) + 1}")
        return self.used[key]

    def content(self, page: Page, mark: Callable[[int], str]) -> bytes:
        """The page's content stream: rules first, then text in reading order; `mark` opens what an element draws."""
        rules = [mark(ARTIFACT), *_ruled(page.rules), "EMC"] if page.rules else []
        return "\n".join([*rules, *self._written(page.runs, mark)]).encode("ascii")

    def _written(self, runs: Iterable[Run], mark: Callable[[int], str]) -> Iterator[str]:
        """The text, one BT … ET for the consecutive runs of a structure element, and the element's mark around it."""
        font, spread = ("", 0.0), 0.0
        for element, group in groupby(runs, attrgetter("element")):
            yield f"{mark(element)}\nBT"
            for run in group:
                codes = self.codes(run.face)
                if (run.face, run.size) != font:
                    font = run.face, run.size
                    yield f"{codes.label} {number(run.size)} Tf"
                if run.spread != spread:
                    spread = run.spread
                    yield f"{spread:.4f} Tc"
                yield f"1 0 0 1 {number(run.x)} {number(run.y)} Tm {_shown(run, codes)}"
            yield "ET\nEMC"


def _shown(run: Run, codes: Codes) -> str:
    """The operator that shows the run's characters, with its gaps in thousandths of an em."""
    encoded = [codes[char] for char in run.text]
    if not run.gaps:
        return f"<{''.join(encoded)}> Tj"
    for index, gap in run.gaps:
        encoded[index] += f"> {number(-1000 * gap / run.size)} <"
    return f"[<{''.join(encoded)}>] TJ"


def _ruled(rules: Iterable[Rule]) -> Iterator[str]:
    """The rules, one path for each width; square ends close the corners of a table."""
    yield "2 J"
    for width, group in groupby(sorted(rules, key=attrgetter("width")), attrgetter("width")):
        yield f"{number(width)} w"
        for rule in group:
            yield f"{number(rule.x0)} {number(rule.y0)} m {number(rule.x1)} {number(rule.y1)} l"
        yield "S"

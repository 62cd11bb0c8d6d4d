"""Lines of even length, for titles and the heads of tables, broken where words are likely to end.

Most Chinese words have two or four characters, so breaks after pairs are better than others; breaks beside
figures, spaces and marks are best. No dictionary is needed. Lengths in em.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise

from budgetreport.typeset.lines import TINY, Line, Widths, break_lines, text_width
from budgetreport.typeset.parting import NO_END, NO_START, allowed_breaks

_PAIR_COST, _ODD_COST = 0.12, 0.4
"""What a break inside Chinese words costs, in squares of the even width: after pairs of characters
counted from the end, where most words of two or four characters begin, or else."""
_SHORT = 3
"""A text of so few characters stays on one line."""
_LONGEST_EVEN = 80
"""Longer texts are not evened out."""


def even_lines(text: str, widths: Widths, width: float, *, forward: bool = False) -> list[Line]:
    """As few lines as fit `width`, of even length, broken where words are likely to end: for heads and titles.

    Pairs of characters are counted from the end of each stretch of Chinese (财政性资金 / 预算拨款), or `forward`
    from its beginning (项目预算 / 控制数). One line more, but `forward`, where that tears no pair.
    """
    found: list[Line] = []
    for stretch in text.split("\n"):
        lines = break_lines(stretch, widths, width)
        if len(lines) > 1 and len(stretch) <= _LONGEST_EVEN:
            costs = _costs(stretch, forward=forward)
            lines = _evened(stretch, widths, width, len(lines), costs) or lines
            if not forward and _torn(lines, costs):
                more = _evened(stretch, widths, width, len(lines) + 1, costs)
                lines = more if more and not _torn(more, costs) else lines
        found.extend(lines)
    return found


def even_width(text: str, widths: Widths, lines: int) -> float:
    """The least width in which `even_lines` sets the text in that many lines without tearing a pair of characters."""
    if lines == 1:
        return max(text_width(stretch, widths) for stretch in text.split("\n"))
    least = 0.0
    for stretch in text.split("\n"):
        if len(stretch) <= _SHORT:
            least = max(least, text_width(stretch, widths))
            continue
        ends = list(accumulate(map(widths.__getitem__, stretch), initial=0.0))
        cuts = [0, *(at for at, kind in _costs(stretch, forward=False).items() if kind != _ODD_COST), len(stretch)]
        best = [ends[cut] for cut in cuts]
        for _ in range(lines - 1):
            best = [
                min((max(best[j], ends[cuts[i]] - ends[cuts[j]]) for j in range(i)), default=0.0)
                for i in range(len(cuts))
            ]
        least = max(least, best[-1])
    return least


def _costs(text: str, *, forward: bool) -> dict[int, float]:
    """The cost of each allowed break, in order."""
    allowed = set(allowed_breaks(text))
    order: Iterable[int] = range(1, len(text)) if forward else range(len(text) - 1, 0, -1)
    costs: dict[int, float] = {}
    run = 0
    for at in order:
        left, right = _is_word(text[at - 1]), _is_word(text[at])
        run = run + 1 if (left if forward else right) else 0
        if at in allowed:
            costs[at] = (_ODD_COST if run % 2 else _PAIR_COST) if left and right else 0.0
    return dict(sorted(costs.items()))


def _torn(lines: Iterable[Line], costs: Mapping[int, float]) -> bool:
    """Whether a pair of characters is torn."""
    return any(costs.get(end, 0) == _ODD_COST for end in accumulate(len(line.text) for line in lines))


def _is_word(char: str) -> bool:
    return char > "\u2fff" and char not in NO_START and char not in NO_END


def _evened(text: str, widths: Widths, width: float, count: int, costs: Mapping[int, float]) -> list[Line]:
    """The best breaks into `count` lines, longer lines first where that is all the same; [] where there are none."""
    ends = list(accumulate(map(widths.__getitem__, text), initial=0.0))
    even = ends[-1] / count
    reached: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for number in range(count):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, places) in reached.items():
            for end in (len(text),) if number == count - 1 else [at for at in costs if at > start]:
                length = ends[end - len(text[start:end]) + len(text[start:end].rstrip())] - ends[start]
                if length > width + TINY:
                    continue
                total = cost + (length - even) ** 2 + costs.get(end, 0) * even * even
                if end not in following or total <= following[end][0] + TINY:
                    following[end] = (total, (*places, end))
        reached = following
    if len(text) not in reached:
        return []
    places = reached[len(text)][1]
    return [Line(text[start:end], text_width(text[start:end].rstrip(), widths)) for start, end in pairwise(places)]

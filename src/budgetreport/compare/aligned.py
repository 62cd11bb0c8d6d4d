"""Sequences set side by side: what is equal, what was altered, what is only in one of them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

Pair = tuple[int | None, int | None]
"""Numbers in the first and in the second sequence; None where one lacks it."""
_ENOUGH = 0.5
"""Likeness from which two texts are one altered, not two."""
_MANY = 60
"""Items of a stretch whose every pair is tried; longer ones are paired in order."""


def aligned(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """Pairs in order; what differs is paired with what it is most like."""
    shortest = min(len(one), len(other))
    head = next((n for n in range(shortest) if one[n] != other[n]), shortest)
    tail = next((n for n in range(shortest - head) if one[-1 - n] != other[-1 - n]), shortest - head)
    found: list[Pair] = [(n, n) for n in range(head)]
    matcher = difflib.SequenceMatcher(
        None, one[head : len(one) - tail], other[head : len(other) - tail], autojunk=False
    )
    for tag, *bounds in matcher.get_opcodes():
        i, i_end, j, j_end = (bound + head for bound in bounds)
        if tag == "equal":
            found += zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            pairs = _evened(_nearest(one[i:i_end], other[j:j_end]))
            found += [(None if a is None else a + i, None if b is None else b + j) for a, b in pairs]
    return [*found, *((len(one) - n, len(other) - n) for n in range(tail, 0, -1))]


def _evened(pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs where as many of one as of the other stand alone between two pairs: these were replaced."""
    found: list[Pair] = []
    alone: tuple[list[int], list[int]] = [], []
    for a, b in [*pairs, (-1, -1)]:
        if a is None or b is None:
            alone[0].extend([a] if a is not None else [])
            alone[1].extend([b] if b is not None else [])
            continue
        if len(alone[0]) == len(alone[1]):
            found += zip(*alone, strict=True)
        else:
            found += [(n, None) for n in alone[0]] + [(None, n) for n in alone[1]]
        alone = [], []
        found.append((a, b))
    return found[:-1]


def likeness(one: str, other: str) -> float:
    """0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _nearest(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """The alignment in order of two stretches that have nothing in common, by the likeness of the pairs."""
    if len(one) > _MANY or len(other) > _MANY:
        return _in_order(one, other)
    gains = [[_gain(a, b) for b in other] for a in one]
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gains[i][j])
    found: list[Pair] = []
    i = j = 0
    while i < len(one) and j < len(other):
        if gains[i][j] and best[i][j] == best[i + 1][j + 1] + gains[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return [*found, *((k, None) for k in range(i, len(one))), *((None, k) for k in range(j, len(other)))]


def _gain(one: str, other: str) -> float:
    found = likeness(one, other)
    return found if found >= _ENOUGH else 0.0


def _in_order(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    both = min(len(one), len(other))
    return [
        *((k, k) for k in range(both)),
        *((k, None) for k in range(both, len(one))),
        *((None, k) for k in range(both, len(other))),
    ]

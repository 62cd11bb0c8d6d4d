"""Equations as a network: where each choice stands in two equations at most, it is an arc between them.

A table whose rows or whose columns are flat is of this kind (see `tables`): a circulation, one arc a
printed cell. The exact table is a fractional flow, so an integral one exists.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from budgetreport.rounding.choices import Choices

GROUND = 0
"""The other end of a choice with one equation; what it needs follows from all others."""


@dataclass(frozen=True, slots=True)
class Network:
    """Arc n carries choice n from `tails[n]` to `heads[n]`; node k needs `needs[k]` more in than out."""

    tails: list[int]
    heads: list[int]
    needs: list[int]


def network(choices: Choices) -> Network | None:
    """The equations as nodes 1, 2, …, signs turned so that each choice leaves one and enters another."""
    standing: list[list[tuple[int, int]]] = [[] for _ in range(len(choices))]
    for node, equation in enumerate(choices.equations, 1):
        for n, sign in equation.terms.items():
            if abs(sign) != 1:
                return None
            standing[n].append((node, sign))
    if any(len(places) > 2 for places in standing):  # noqa: PLR2004 - an arc has two ends
        return None
    turned = _turned(standing, len(choices.equations))
    if turned is None:
        return None
    tails, heads = [GROUND] * len(choices), [GROUND] * len(choices)
    for n, places in enumerate(standing):
        for node, sign in places:
            (heads if sign * turned[node] > 0 else tails)[n] = node
    needs = [turned[node] * e.equals for node, e in enumerate(choices.equations, 1)]
    return Network(tails, heads, [-sum(needs), *needs])


def _turned(standing: list[list[tuple[int, int]]], count: int) -> list[int] | None:
    """A sign for each equation that gives the two places of every choice opposite signs."""
    beside: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for places in standing:
        if len(places) == 2:  # noqa: PLR2004 - an arc has two ends
            (a, sign_a), (b, sign_b) = places
            beside[a].append((b, -sign_a * sign_b))
            beside[b].append((a, -sign_a * sign_b))
    turned = [0] * (count + 1)
    for start in range(1, count + 1):
        if turned[start]:
            continue
        turned[start] = 1
        waiting = [start]
        while waiting:
            node = waiting.pop()
            for other, sign in beside[node]:
                if not turned[other]:
                    turned[other] = sign * turned[node]
                    waiting.append(other)
                elif turned[other] != sign * turned[node]:
                    return None
    return turned

"""Yes or no for many bits at once, so that signed sums of them come out: a search that learns from contradictions.

A bit is chosen, what follows from it by the equations is followed up; where that contradicts itself, the
smallest set of bits that explains it is kept as a clause (conflict-driven clause learning, first unique
implication point), and the search goes back to where that clause would have spoken. A contradiction
without any choice proves that there is no solution.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

Clause = list[int]
"""Literals of which one must hold: 2·bit + value."""
Reason = int | Clause | None
"""What set a bit: an equation, a clause, or nothing (it was chosen)."""
_FIRST, _LONGER = 100, 1.2
"""Contradictions until the first restart, and how that grows."""
_KEPT = 3000
"""So many clauses are kept over a restart, the shortest."""
_FADING, _HUGE = 1.05, 1e100


class Solver:
    """Bits, equations between them (terms as (bit, sign), and what they must come to), and what was learned.

    The value in `near` is tried first; in haste what fitted before is, which is quicker and less near.
    """

    def __init__(
        self, near: Sequence[int], equations: Sequence[tuple[Sequence[tuple[int, int]], int]], *, hasty: bool
    ) -> None:
        count = len(near)
        self._near = list(near)
        self._terms = [terms for terms, _ in equations]
        self._standing: list[list[tuple[int, int]]] = [[] for _ in near]
        for number, terms in enumerate(self._terms):
            for bit, sign in terms:
                self._standing[bit].append((number, sign))
        self._least = [sum(min(sign, 0) for _, sign in terms) - equals for terms, equals in equations]
        self._most = [sum(max(sign, 0) for _, sign in terms) - equals for terms, equals in equations]
        self._widest = [max((abs(sign) for _, sign in terms), default=0) for terms in self._terms]
        self._value = [-1] * count
        self._level = [0] * count
        self._reason: list[Reason] = [None] * count
        self._trail: list[int] = []
        self._starts: list[int] = []
        self._followed = 0
        self._watching: list[list[Clause]] = [[] for _ in range(2 * count)]
        self._learned: list[Clause] = []
        self._heat = [0.0] * count
        self._step = 1.0
        self._hasty = hasty
        self._order = [(0.0, bit) for bit in range(count)]

    def hot(self) -> frozenset[int]:
        """The bits that contradictions were about."""
        return frozenset(bit for bit, heat in enumerate(self._heat) if heat)

    def run(self, tries: int) -> tuple[list[int] | None, bool]:
        """Values for all bits, and whether the answer is certain (None: there are none, or none within `tries`)."""
        if not self._begin():
            return None, True
        patience = float(_FIRST)
        since = 0
        while True:
            conflict = self._follow()
            if conflict is None:
                bit = self._next()
                if bit is None:
                    return list(self._value), True
                self._starts.append(len(self._trail))
                self._set(bit, self._near[bit], None)
                continue
            if not self._starts:
                return None, True
            tries, since = tries - 1, since + 1
            if tries <= 0:
                return None, False
            self._learn(conflict)
            if since > patience:
                since, patience = 0, patience * _LONGER
                self._back(0)
                self._forget()

    def _begin(self) -> bool:
        """What equations mean before anything is chosen."""
        for number in range(len(self._terms)):
            if self._least[number] > 0 or self._most[number] < 0 or self._implied(number) is not None:
                return False
        return True

    def _next(self) -> int | None:
        """The open bit that contradictions were about most, of late."""
        order = self._order
        while order:
            heat, bit = heappop(order)
            if self._value[bit] < 0 and -heat == self._heat[bit]:
                return bit
        return None

    def _set(self, bit: int, value: int, reason: Reason) -> None:
        self._value[bit] = value
        self._level[bit] = len(self._starts)
        self._reason[bit] = reason
        self._trail.append(bit)
        for number, sign in self._standing[bit]:
            if (sign > 0) == (value == 1):
                self._least[number] += abs(sign)
            else:
                self._most[number] -= abs(sign)

    def _follow(self) -> Clause | None:
        """All that follows from the bits set; the clause that fails, if one does."""
        while self._followed < len(self._trail):
            bit = self._trail[self._followed]
            self._followed += 1
            for number, _ in self._standing[bit]:
                failed = self._implied(number)
                if failed is not None:
                    return failed
            failed = self._watched(2 * bit + 1 - self._value[bit])
            if failed is not None:
                return failed
        return None

    def _implied(self, number: int) -> Clause | None:
        """Set what an equation leaves no choice about; the clause that fails, if it can't come out."""
        least, most = self._least[number], self._most[number]
        if least > 0 or most < 0:
            return [2 * bit + 1 - self._value[bit] for bit in self._sided(number, high=least > 0)]
        if min(-least, most) >= self._widest[number]:
            return None
        for bit, sign in self._terms[number]:
            if self._value[bit] < 0:
                if -self._least[number] < abs(sign):
                    self._set(bit, 0 if sign > 0 else 1, number)
                elif self._most[number] < abs(sign):
                    self._set(bit, 1 if sign > 0 else 0, number)
        return None

    def _sided(self, number: int, *, high: bool) -> list[int]:
        """The bits set in an equation that raise its sum, or that lower it."""
        value = self._value
        return [
            bit for bit, sign in self._terms[number] if value[bit] >= 0 and ((sign > 0) == (value[bit] == 1)) is high
        ]

    def _watched(self, fallen: int) -> Clause | None:
        """Clauses that watch a literal which holds no longer: they watch another one, imply their last, or fail."""
        value, waiting = self._value, self._watching[fallen]
        kept: list[Clause] = []
        for at, clause in enumerate(waiting):
            if clause[0] == fallen:
                clause[0], clause[1] = clause[1], fallen
            first = clause[0]
            if value[first >> 1] == first & 1:
                kept.append(clause)
                continue
            for place in range(2, len(clause)):
                literal = clause[place]
                if value[literal >> 1] != 1 - (literal & 1):
                    clause[1], clause[place] = literal, fallen
                    self._watching[literal].append(clause)
                    break
            else:
                kept.append(clause)
                if value[first >> 1] >= 0:
                    self._watching[fallen] = kept + waiting[at + 1 :]
                    return clause
                self._set(first >> 1, first & 1, clause)
        self._watching[fallen] = kept
        return None

    def _because(self, bit: int) -> Iterable[int]:
        """The bits whose values set this one."""
        reason = self._reason[bit]
        if isinstance(reason, list):
            return [literal >> 1 for literal in reason if literal >> 1 != bit]
        if reason is None:
            return ()
        sign = next(s for b, s in self._terms[reason] if b == bit)
        lowered = (sign > 0) == (self._value[bit] == 0)
        return [b for b in self._sided(reason, high=lowered) if b != bit and self._place[b] < self._place[bit]]

    def _learn(self, conflict: Clause) -> None:
        """The clause that explains a contradiction by one bit of the present level; go back to where it speaks."""
        self._place = {bit: place for place, bit in enumerate(self._trail)}
        level = max(self._level[literal >> 1] for literal in conflict)
        if level < len(self._starts):
            self._back(level)
        seen: set[int] = set()
        clause: Clause = []
        waiting: Iterable[int] = [literal >> 1 for literal in conflict]
        at, pending = len(self._trail), 0
        while True:
            for bit in waiting:
                if bit not in seen and self._level[bit] > 0:
                    seen.add(bit)
                    self._warm(bit)
                    if self._level[bit] == level:
                        pending += 1
                    else:
                        clause.append(2 * bit + 1 - self._value[bit])
            at -= 1
            while self._trail[at] not in seen:
                at -= 1
            bit = self._trail[at]
            pending -= 1
            if pending <= 0:
                break
            waiting = self._because(bit)
        self._step *= _FADING
        clause.sort(key=lambda literal: (-self._level[literal >> 1], literal))
        asserting = 2 * bit + 1 - self._value[bit]
        self._back(self._level[clause[0] >> 1] if clause else 0)
        clause.insert(0, asserting)
        if len(clause) > 1:
            self._learned.append(clause)
            self._watching[clause[0]].append(clause)
            self._watching[clause[1]].append(clause)
        self._set(asserting >> 1, asserting & 1, clause)

    def _warm(self, bit: int) -> None:
        self._heat[bit] += self._step
        if self._heat[bit] > _HUGE:
            self._heat = [heat / _HUGE for heat in self._heat]
            self._step /= _HUGE
            self._order = [(-heat, b) for b, heat in enumerate(self._heat)]
            heapify(self._order)
        elif self._value[bit] < 0:
            heappush(self._order, (-self._heat[bit], bit))

    def _back(self, level: int) -> None:
        """Take back all that was set above a level; after a restart, or in haste, what was set is tried first again."""
        if level >= len(self._starts):
            return
        start = self._starts[level]
        for bit in reversed(self._trail[start:]):
            value = self._value[bit]
            if not level or self._hasty:
                self._near[bit] = value
            for number, sign in self._standing[bit]:
                if (sign > 0) == (value == 1):
                    self._least[number] -= abs(sign)
                else:
                    self._most[number] += abs(sign)
            self._value[bit] = -1
            heappush(self._order, (-self._heat[bit], bit))
        del self._trail[start:]
        del self._starts[level:]
        self._followed = len(self._trail)

    def _forget(self) -> None:
        """Keep the shortest clauses; only between restarts, when no bit rests on them."""
        if len(self._learned) <= 2 * _KEPT:
            return
        self._learned = sorted(self._learned, key=len)[:_KEPT]
        self._watching = [[] for _ in self._watching]
        for clause in self._learned:
            clause.sort(key=lambda literal: self._value[literal >> 1] >= 0)
            for literal in clause[:2]:
                self._watching[literal].append(clause)

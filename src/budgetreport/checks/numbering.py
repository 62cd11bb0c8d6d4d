"""What is wrong with the numbers of numbered texts, read as a reader does: runs within runs.

An ordinal goes on with the innermost run that expects it, or begins a run below the one it stands in.
Which forms there are, and their levels, is data. Basis of the hierarchy: GB/T 9704-2012, 7.3.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetreport.checks.number import Spot
from budgetreport.checks.ordinals import Form, Ordinal, forms, inside, leading
from budgetreport.checks.text import Text

_UNDER_PARAGRAPHS = 99
"""The level of what is no heading: below all headings."""


@dataclass(frozen=True, slots=True, eq=False)
class Slip:
    """Something wrong with an ordinal.

    `kind`: wrong (`due` is the right one), missing (what is not there: `due`, or from that `until`), repeated,
    reused (the level is used again below `above`), skipped (`due` is the form that was passed over), uneven.
    `others`: the ordinals it concerns as well.
    """

    kind: str
    at: Ordinal
    due: str = ""
    above: Ordinal | None = None
    others: tuple[Ordinal, ...] = ()
    until: str = ""

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where the ordinal stands."""
        return self.at.spots


@dataclass(slots=True, eq=False)
class Run:
    """Ordinals of one form that go on from one another.

    `above`: the run that it stands under, `under` the item of it; `follows`: the ordinal whose text stands just before.
    """

    form: Form
    items: list[Ordinal]
    last: int
    above: Run | None = None
    under: Ordinal | None = None
    follows: Ordinal | None = None

    @property
    def level(self) -> int:
        """The heading level of its items."""
        return self.items[0].of.level if self.items[0].of.kind == "heading" else _UNDER_PARAGRAPHS


@dataclass(frozen=True, slots=True)
class Numbering:
    """The slips of some texts, and their runs."""

    slips: tuple[Slip, ...]
    runs: tuple[Run, ...]

    def of(self, kind: str) -> list[Slip]:
        """The slips of a kind."""
        return [slip for slip in self.slips if slip.kind == kind]


def numbering(texts: Iterable[Text], levels: Sequence[Sequence[str]]) -> Numbering:
    """The numbering of texts that follow one another: headings, paragraphs, titles."""
    return _Reading(list(texts), forms(levels)).numbering()


def numbering_inside(texts: Iterable[Text], levels: Sequence[Sequence[str]]) -> Numbering:
    """The numbering inside each text by itself: its lines, and what its sentences count (1、…，2、…)."""
    slips: list[Slip] = []
    for text in texts:
        for form in forms(levels):
            found = inside(text, form)
            if len(found) > 1 and found[0].number == 1:
                slips += _counted(found)
    return Numbering(tuple(slips), ())


def _counted(items: list[Ordinal]) -> Iterator[Slip]:
    """The slips of one plain run; beginning again at 1 begins another."""
    due = 1
    before: Ordinal | None = None
    for item, after in zip(items, [*(item.number for item in items[1:]), 0], strict=True):
        if item.number not in (due, 1):
            slip = _slip(item, due, after, before)
            yield slip
            due = due if slip.kind == "wrong" else item.number
        else:
            due = item.number
        due += 1
        before = item


def _slip(item: Ordinal, due: int, after: int, before: Ordinal | None) -> Slip:
    """What is wrong with an ordinal where another was due; `after`: the next of its run, 0 if none comes."""
    others = (before,) if before else ()
    if item.number == due - 1 and after != due + 1:
        return Slip("repeated", item, item.form.of(due), others=others)
    if item.number < due or after == due + 1:
        return Slip("wrong", item, item.form.of(due))
    until = item.form.of(item.number - 1) if item.number - 1 > due else ""
    return Slip("missing", item, item.form.of(due), others=others, until=until)


class _Reading:
    """One pass over the texts, with the runs that are open: the innermost last."""

    def __init__(self, texts: list[Text], known: tuple[Form, ...]) -> None:
        self._forms = known
        self._marked = [(text, list(leading(text, known))) for text in texts]
        items = [item for _, marked in self._marked for item in marked]
        self._order = {id(item): n for n, item in enumerate(items)}
        self._next = _following(items)
        self._open: list[Run] = []
        self._runs: list[Run] = []
        self._slips: list[Slip] = []

    def numbering(self) -> Numbering:
        before: Ordinal | None = None
        for text, marked in self._marked:
            if text.kind == "heading" and not marked:
                self._open = [run for run in self._open if run.level <= text.level]
            for item in marked:
                self._take(item, before)
                before = item
            if not marked:
                before = None
        slips = [*self._slips, *self._reused(), *self._skipped()]
        return Numbering(tuple(sorted(slips, key=lambda slip: self._order[id(slip.at)])), tuple(self._runs))

    def _take(self, item: Ordinal, before: Ordinal | None) -> None:
        expecting = next((r for r in reversed(self._open) if r.form is item.form and r.last + 1 == item.number), None)
        run = next((run for run in reversed(self._open) if run.form is item.form), None)
        after = self._next[id(item)]
        slips_back = run is not None and run.last > 1 and after == run.last + 2  # （一）（二）（一）（四）
        if expecting is not None:
            self._go_on(expecting, item, item.number)
        elif item.number == 1 and not slips_back:
            self._begin(item, before, 1)
        else:
            self._err(item, before, run, after)

    def _go_on(self, run: Run, item: Ordinal, counts_as: int) -> None:
        del self._open[self._open.index(run) + 1 :]
        run.items.append(item)
        run.last = counts_as

    def _begin(self, item: Ordinal, before: Ordinal | None, counts_as: int) -> None:
        above = self._open[-1] if self._open else None
        run = Run(item.form, [item], counts_as, above, above.items[-1] if above else None, before)
        self._open.append(run)
        self._runs.append(run)

    def _err(self, item: Ordinal, before: Ordinal | None, run: Run | None, after: int) -> None:
        """An ordinal that no run of its form expects: perhaps it is written in another's, else it is out of its row."""
        meant = next((r for r in reversed(self._open) if r.last + 1 == item.number), None)
        if meant is not None and after != item.number + 1 and (run is None or after != run.last + 2):
            self._slips.append(Slip("wrong", item, meant.form.of(item.number)))
            self._go_on(meant, item, item.number)
            return
        due = run.last + 1 if run else 1
        slip = _slip(item, due, after, run.items[-1] if run else None)
        self._slips.append(slip)
        counts_as = due if slip.kind == "wrong" and after == due + 1 else item.number
        if run:
            self._go_on(run, item, counts_as)
        else:
            self._begin(item, before, counts_as)

    def _reused(self) -> Iterator[Slip]:
        """Runs below an item of the same form, where that run goes on afterwards or its item stands just before."""
        for run in self._runs:
            outer = run.above
            while outer is not None and outer.form is not run.form:
                outer = outer.above
            if outer is None:
                continue
            begins = self._order[id(run.items[0])]
            earlier = [item for item in outer.items if self._order[id(item)] < begins]
            later = outer.items[len(earlier) :]
            if later or run.follows is earlier[-1]:
                yield Slip("reused", run.items[0], "", earlier[-1], (earlier[-1], *run.items[1:], *later))

    def _skipped(self) -> Iterator[Slip]:
        """Runs more than one level below what they stand under."""
        for run in self._runs:
            if run.above is not None and run.form.level > run.above.form.level + 1:
                due = next(form for form in self._forms if form.level == run.above.form.level + 1)
                yield Slip("skipped", run.items[0], due.first, run.under, tuple(run.items[1:]))


def _following(items: Sequence[Ordinal]) -> dict[int, int]:
    """Of each ordinal the next number in the same form, 0 without one."""
    seen: dict[Form, int] = {}
    found: dict[int, int] = {}
    for item in reversed(items):
        found[id(item)] = seen.get(item.form, 0)
        seen[item.form] = item.number
    return found


def uneven(runs: Iterable[Run], stops: str) -> list[Slip]:
    """Of lists whose items stand one right after another: the items that end otherwise than most do.

    `stops` are the marks that an item may end with; `due` is the usual one, '' where most have none.
    """
    return [
        slip
        for run in runs
        if all(b.of.position.block - a.of.position.block <= 1 for a, b in pairwise(run.items))
        for slip in _fewer(run.items, stops)
    ]


def uneven_lists(texts: Iterable[Text], levels: Sequence[Sequence[str]], stops: str) -> list[Slip]:
    """Of texts that are lists, line by line: lines that end otherwise than the others, lists that do than most lists.

    The second kind names the other lists.
    """
    known = forms(levels)
    lists = [items for text in texts if len(items := list(leading(text, known))) > 1]
    mixed = [slip for items in lists for slip in _fewer(items, stops)]
    even = [items for items in lists if not any(slip.at.of is items[0].of for slip in mixed)]
    among = _fewer([items[0] for items in even], stops)
    apart = {id(slip.at) for slip in among}
    others = tuple(items[0] for items in even if id(items[0]) not in apart)
    return [*mixed, *(Slip("uneven", slip.at, slip.due, None, others) for slip in among)]


def _fewer(items: Sequence[Ordinal], stops: str) -> list[Slip]:
    """The items that end with a stop, or those that don't, whichever are fewer; two items have no usual way."""
    ended = [item for item in items if item.line[-1:] in stops]
    bare = [item for item in items if item.line[-1:] not in stops]
    if len(items) < 3 or len(ended) == len(bare):  # noqa: PLR2004 - said in the docstring
        return []
    fewer = min(ended, bare, key=len)
    return [Slip("uneven", item, "" if fewer is ended else stops[0]) for item in fewer]

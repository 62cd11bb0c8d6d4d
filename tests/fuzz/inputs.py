"""Inputs made by chance: the example and other seeds with a field or some bytes changed, and whole new ledgers."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.ledgers import FISCAL, FUNCTIONS, OWN, RUNNING, STAFF
from tests.fuzz.chance import Chance
from tests.fuzz.hostile import NUMBERS, OTHERS, RAW, TEXTS

PROJECT = Path(__file__).parents[2]
EXAMPLE = PROJECT / "inputs" / "jinzhou-224-2026.json"
SEEDS = (
    EXAMPLE,
    *sorted(set(PROJECT.glob("inputs/*-*.json")) - {EXAMPLE, PROJECT / "inputs" / "budgetreport-1.schema.json"}),
    *sorted((PROJECT / "tests" / "checks" / "mutations").glob("*.json")),
)
"""Inputs that build: the example first, one of every layout, and two of other units."""
Step = str | int


@dataclass(frozen=True)
class Made:
    """An input's bytes. Of a field that was changed the lines (first, last) on which that is to be told.

    These are the changed value's own; of what is gone, or has another name, the lines of the record that had it.
    `words`: what a problem elsewhere must name, if it is none of these lines that it is told of.
    """

    data: bytes
    how: str
    lines: tuple[int, int] | None = None
    words: tuple[str, ...] = ()


def seed(chance: Chance) -> Any:  # noqa: ANN401 - JSON
    """One of the inputs that are there; the example half the time."""
    path = SEEDS[0] if chance.one_in(2) else chance.pick(SEEDS)
    return json.loads(path.read_text("utf-8"))


def written(tree: object) -> str:
    """JSON with each value on a line of its own."""
    return json.dumps(tree, ensure_ascii=False, indent=1)


def plain(chance: Chance) -> Made:
    """One of the inputs that are there, as it is."""
    return Made(chance.pick(SEEDS).read_bytes(), "")


def bytes_changed(chance: Chance) -> Made:
    """Some bytes of an input cut, doubled, swapped or replaced."""
    data = bytearray(chance.pick(SEEDS).read_bytes())
    for _ in range(chance.some(1, 2)):
        at = chance.below(len(data))
        length = chance.some(1, 1 + chance.below(20))
        kind = chance.below(12)
        if kind > 3:
            data = bytearray(_misspelt(chance, data.decode("utf-8", "surrogateescape")))
        elif kind == 0:
            del data[at : at + length]
        elif kind == 1:
            data[at:at] = chance.pick(RAW)
        elif kind == 2:
            data[at] = chance.below(256)
        else:
            data[at : at + length] = chance.pick(RAW)
    return Made(bytes(data), "bytes")


def _misspelt(chance: Chance, text: str) -> bytes:
    """A character or digit in place of another, somewhere."""
    at = chance.below(len(text))
    while not text[at].isalnum() or (text[at].isascii() and not text[at].isdigit()):
        at = (at + 1) % len(text)
    other = chance.pick("0123456789") if text[at].isdigit() else chance.pick(text)
    return (text[:at] + (other if other.isalnum() else "的") + text[at + 1 :]).encode("utf-8", "surrogateescape")


def _paths(tree: object, path: tuple[Step, ...] = ()) -> list[tuple[Step, ...]]:
    found = [path] if path else []
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in inner:
        found += _paths(value, (*path, step))
    return found


def field_changed(chance: Chance) -> Made:
    """One field deleted, doubled, renamed, given another type, an extreme number or strange words."""
    tree = seed(chance)
    path = chance.pick(_paths(tree))
    around = tree
    for step in path[:-1]:
        around = around[step]
    last = path[-1]
    before = around[last]
    how = _change(chance, around, last)
    return _told(tree, path, before, how)


def _change(chance: Chance, around: Any, last: Any) -> str:  # noqa: ANN401, PLR0911 - JSON; a line for each kind of slip
    kind = chance.below(20)
    if kind > 9 and isinstance(around[last], int | float):
        around[last] = chance.some(0, 1_000_000) / 100
        return "another amount"
    if kind > 9 and isinstance(around[last], str) and len(around[last]) > 20:
        at = chance.below(len(around[last]))
        around[last] = around[last][:at] + chance.pick(around[last]) + around[last][at + 1 :]
        return "another character"
    if kind == 0:
        del around[last]
        return "deleted"
    if kind == 1 and isinstance(around, list):
        around.insert(last, deepcopy(around[last]))
        return "doubled"
    if kind == 1:
        around[chance.pick(TEXTS)] = around.pop(last)
        return "renamed"
    if kind == 2:
        around[last] = chance.pick(OTHERS)
        return "another type"
    if kind in (3, 4):
        around[last] = chance.pick(NUMBERS)
        return "a number"
    if kind == 7 and isinstance(around[last], str):
        at = chance.below(len(around[last]) + 1)
        around[last] = around[last][:at] + chance.pick(TEXTS) + around[last][at:]
        return "words inserted"
    around[last] = chance.pick(TEXTS)
    return "words"


def _told(tree: Any, path: tuple[Step, ...], before: object, how: str) -> Made:  # noqa: ANN401 - JSON
    """Where the change is to be told, and by which names."""
    record = _at(tree, path[:-1])
    gone = isinstance(record, dict) and path[-1] not in record
    place = path[:-1] if gone or how in ("deleted", "doubled") else path
    first = _line(tree, place)
    last = first + written(_at(tree, place)).count("\n")
    after = None if gone or how == "deleted" else record[path[-1]]
    words = {said for value in (before, after) for said in _texts(value) if len(said) > 1}
    if gone:
        words.add(str(path[-1]))
    return Made(written(tree).encode("utf-8", "surrogatepass"), how, (first, last), tuple(sorted(words)))


def _at(tree: Any, path: tuple[Step, ...]) -> Any:  # noqa: ANN401 - JSON
    for step in path:
        tree = tree[step]
    return tree


def _texts(value: object) -> list[str]:
    """A text, or those of a record or of each record of a list."""
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    among = value.values() if isinstance(value, dict) else [value]
    return [one for one in among if isinstance(one, str)]


def _line(tree: Any, path: tuple[Step, ...]) -> int:  # noqa: ANN401 - JSON
    """The line (from 1) on which the value at a path begins."""
    line = 1
    for step in path:
        items = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree))
        for key, value in items:
            line += 1
            if key == step:
                tree = value
                break
            line += written(value).count("\n")
    return line


def generated(chance: Chance) -> Made:
    """The example with a ledger of its own, long or short, in 元 or 万元, with strange but honest words."""
    tree = json.loads(SEEDS[0].read_text("utf-8"))
    kept = [line for line in tree["ledger"] if line.get("project")]
    tree["ledger"] = kept + [_ledger_line(chance) for _ in range(chance.some(0, chance.pick((5, 40, 300))))]
    if tree.get("prior_year", {}).get("ledger") and chance.one_in(2):
        tree["prior_year"]["ledger"] = [_ledger_line(chance) for _ in range(chance.some(1, 20))]
    tree["unit"]["name"] = chance.pick(("局", "中共晋州市委员会办公室" * 4, "𠮷野县䶮镇人民政府", tree["unit"]["name"]))
    for project in tree["projects"]:
        if chance.one_in(3):
            project["name"] = chance.pick(("项目", "很长的项目名称" * 12, "A-1（一）《办法》", "=1+1", "{{ 7*7 }}"))
    return Made(written(tree).encode(), "generated")


def _ledger_line(chance: Chance) -> dict[str, Any]:
    source = chance.pick(FISCAL + OWN)
    use = chance.pick(("人员经费", "公用经费", "公用经费", "结转下年" if source in OWN else "公用经费"))
    line: dict[str, Any] = {"function": chance.pick(FUNCTIONS), "use": use, "source": source}
    line["amount"] = chance.some(1, chance.pick((100, 100_000, 10_000_000))) / 100
    if use in ("人员经费", "公用经费"):
        line["economic"] = chance.pick(STAFF if use == "人员经费" else RUNNING)
    if chance.one_in(5):
        line["carried_over"] = "是"
    return line

"""Slips in the input: what is missing, twice, no number, or not what was approved."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.checks.mutations.damage import Chance

Data = dict[str, Any]
Path = tuple[str | int, ...]
Slip = Callable[[Data, Chance], tuple[Path, ...]]
"""Changes the data in place and tells where; nothing where the input has nothing of the kind."""


@dataclass(frozen=True)
class Slipped:
    """A kind of slip, and the groups whose rule a reviewer would quote."""

    name: str
    groups: tuple[str, ...]
    make: Slip


SLIPS: list[Slipped] = []


def slip(*groups: str) -> Callable[[Slip], Slip]:
    def register(make: Slip) -> Slip:
        SLIPS.append(Slipped((make.__doc__ or "").strip().rstrip("."), groups, make))
        return make

    return register


def slipped(data: Data, made: Slipped, chance: Chance) -> tuple[Data, tuple[Path, ...]]:
    """Another input with the slip, and where it is."""
    found = copy.deepcopy(data)
    return found, made.make(found, chance)


@slip("IN")
def missing(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A fact left out."""
    path: Path = chance.pick(
        [
            ("unit", "name"),
            ("projects", 0, "purpose"),
            ("organisations", 0, "name"),
            ("assets", "planned"),
            ("ledger", 2, "amount"),
        ]
    )
    del _at(data, path[:-1])[path[-1]]
    return (path[:-1],)


@slip("IN")
def no_number(data: Data, chance: Chance) -> tuple[Path, ...]:
    """Words for an amount."""
    n = chance.pick(range(len(data["ledger"])))
    data["ledger"][n]["amount"] = chance.pick(["十二万", "12.3.4", "约12", "1O.50"])
    return (("ledger", n, "amount"),)


@slip("IN")
def too_fine(data: Data, chance: Chance) -> tuple[Path, ...]:
    """An amount finer than 分."""
    n = chance.pick(range(len(data["ledger"])))
    data["ledger"][n]["amount"] = chance.pick(["12.1234567", "0.00000001"])
    return (("ledger", n, "amount"),)


@slip("IN")
def below_zero(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A negative amount."""
    n = chance.pick([n for n, line in enumerate(data["ledger"]) if line["use"] == "公用经费"])
    data["ledger"][n]["amount"] = -data["ledger"][n]["amount"]
    return (("ledger", n, "amount"), ("ledger", n))


@slip("IN")
def key_twice(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A project or a unit stated twice."""
    name, key = chance.pick([("projects", "code"), ("organisations", "id")])
    data[name].append({**data[name][0]})
    return ((name, len(data[name]) - 1), (name, len(data[name]) - 1, key), (name, 0), (name, 0, key))


@slip("IN")
def approved_otherwise(data: Data, chance: Chance) -> tuple[Path, ...]:
    """An approved total that the budget does not have."""
    totals = data.setdefault("control_totals", {})
    name = chance.pick(["total", "basic", "project", "sangong"])
    totals[name] = chance.pick([11.11, 222.22, 3456.70])
    return (("control_totals", name),)


@slip("IN")
def unknown_project(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A line of a project that is not stated."""
    n = chance.pick([n for n, line in enumerate(data["ledger"]) if "project" in line])
    data["ledger"][n]["project"] += "X"
    return (("ledger", n, "project"), ("ledger", n))


@slip("IN")
def misspelt(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A key that does not exist."""
    n = chance.pick(range(len(data["ledger"])))
    data["ledger"][n]["functoin"] = data["ledger"][n].pop("function", "2013701")
    return (("ledger", n, "functoin"), ("ledger", n))


@slip("C", "IN")
def unknown_code(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A code that does not exist."""
    n = chance.pick([n for n, line in enumerate(data["ledger"]) if "function" in line])
    data["ledger"][n]["function"] = data["ledger"][n]["function"][:5] + "87"
    return (("ledger", n, "function"), ("ledger", n))


@slip("C", "IN")
def coarse_code(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A code above the finest level."""
    n = chance.pick([n for n, line in enumerate(data["ledger"]) if "function" in line])
    data["ledger"][n]["function"] = data["ledger"][n]["function"][:5]
    return (("ledger", n, "function"), ("ledger", n))


@slip("W")
def placeholder(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A placeholder in what the clerk wrote."""
    name = chance.pick(["basic_reason", "sangong_reason", "operating_uses"])
    data["narrative"][name] = chance.pick(["主要为XX调整", "待填", "××、××等"])
    return (("narrative", name),)


@slip("PB")
def identity(data: Data, chance: Chance) -> tuple[Path, ...]:
    """An identity number in what the clerk wrote."""
    n = chance.pick(range(len(data["narrative"]["safeguards"])))
    data["narrative"]["safeguards"][n] += "经办人身份证号11010119900307109X。"
    return (("narrative", "safeguards", n),)


@slip("PR")
def bought_beyond(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A purchase whose amount is not quantity by price."""
    if not data["procurement"]:
        return ()
    n = chance.pick(range(len(data["procurement"])))
    data["procurement"][n]["quantity"] *= 7
    return (
        ("procurement", n),
        ("procurement", n, "quantity"),
        ("procurement", n, "amount"),
        ("procurement", n, "price"),
    )


@slip("PF", "X", "TN")
def cost_otherwise(data: Data, chance: Chance) -> tuple[Path, ...]:
    """A project whose cost indicator is not what the ledger gives it."""
    n = chance.pick(range(len(data["projects"])))
    k = next(k for k, i in enumerate(data["projects"][n]["indicators"]) if "万元" in i["value"])
    data["projects"][n]["indicators"][k]["value"] = "≤88.00万元"
    return (("projects", n, "indicators", k), ("projects", n, "indicators", k, "value"))


def _at(data: Data, path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    found: Any = data
    for step in path:
        found = found[step]
    return found

"""Disclosure inputs by number: the same number, the same input. Together they have every feature and length."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.checks.mutations.damage import Chance
from tests.end_to_end.ledgers import FISCAL, FUNCTIONS, OWN, RUNNING, STAFF
from tests.generated.words import KINDS, LENGTHS, name, text

ALL = 200
"""How many there are."""
FEW = 12
"""So many show every value of every axis."""
COUNT = int(os.environ.get("BUDGETREPORT_GENERATED", FEW))
"""How many this run makes: `make generated` makes them all."""
AXES: dict[str, tuple[str, ...]] = {
    "unit": ("万元", "元"),
    "ledger": ("1", "2", "8", "25", "25", "60", "60", "150", "400"),
    "amounts": ("usual", "usual", "fen", "huge", "mixed"),
    "names": KINDS,
    "texts": tuple(LENGTHS),
    "spice": KINDS,
    "projects": ("0", "0", "1", "2", "5", "18"),
    "indicators": ("6", "1", "3", "12", "45"),
    "goals": ("usual", "short", "paragraph", "page"),
    "organisations": ("1", "0", "2", "6", "40"),
    "procurement": ("0", "3", "12", "120"),
    "special": ("0", "0", "1", "4"),
    "prior": ("some", "absent", "same", "other"),
    "carried": ("no", "some", "all"),
    "kept": ("no", "some"),
    "sources": ("all", "fiscal", "general", "own"),
    "assets": ("usual", "absent", "empty", "all"),
    "rules": ("on", "off"),
}
"""What an input can be like; a value that stands twice is taken twice as often."""
_COSTLY = {"ledger": "400", "projects": "18", "indicators": "45", "procurement": "120", "texts": "pages"}
"""Of these an input has at most two: together they make hundreds of pages."""
_LEVELS = (
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"),
    ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"),
)  # fmt: skip
_HOLDINGS = ("办公用房", "其他房屋", "车辆", "大型设备", "其他固定资产")


@dataclass(frozen=True)
class Input:
    """An input, and what it is like: a value on each of the AXES."""

    number: int
    like: dict[str, str]
    data: dict[str, Any]


def generated(number: int) -> Input:
    """The input of that number, from 0. The first ones show each axis' values in turn, the others mix them."""
    chance = Chance(f"generated {number}")
    if number < FEW:
        like = {axis: values[(number + at) % len(values)] for at, (axis, values) in enumerate(AXES.items())}
    else:
        like = {axis: chance.pick(values) for axis, values in AXES.items()}
    costly = [axis for axis, value in _COSTLY.items() if like[axis] == value]
    for axis in costly[2:]:
        like[axis] = AXES[axis][1]
    return Input(number, like, _Making(like, chance).data())


class _Making:
    """Makes an input of what it shall be like."""

    def __init__(self, like: dict[str, str], chance: Chance) -> None:
        self.like = like
        self.chance = chance
        self.organisations = [
            {"id": f"{n}号", "name": self._name(), "nature": chance.pick(["行政", "事业", "参公"]), "rank": "正科级",
             "funding": chance.pick(["财政拨款", "财政性资金基本保证", None])}
            for n in range(1, self._count("organisations") + 1)
        ]  # fmt: skip
        self.codes = [f"13018326P0003{n:08d}" for n in range(1, self._count("projects") + 1)]

    def data(self) -> dict[str, Any]:
        """The whole input."""
        ledger = self._ledger()
        found: dict[str, Any] = {
            "layout": "hebei/2026-department-budget",
            "year": 2026,
            "amount_unit": self.like["unit"],
            "unit": {"code": "224", "name": self._name(), "region": "晋州市", "level": "县级"},
            "ledger": ledger,
            "prior_year": self._prior(ledger),
            "organisations": self.organisations,
            "projects": [self._project(code) for code in self.codes],
            **self._procurement(),
            "narrative": self._narrative(),
        }
        if self.like["assets"] != "absent":
            found["assets"] = self._assets()
        if count := self._count("special"):
            found["special_funds"] = [
                {"name": self._name(), "amount": self._amount(), "goals": self._texts(1 + n % 3, "usual")}
                for n in range(count)
            ]
        return found

    def _count(self, axis: str) -> int:
        return int(self.like[axis])

    def _name(self) -> str:
        return name(self.like["names"], self.chance)

    def _text(self, length: str = "") -> str:
        return text(self.like["spice"], length or self.like["texts"], self.chance)

    def _texts(self, count: int, length: str = "") -> list[str]:
        """Of the texts only the first may be longer than a paragraph."""
        length = length or self.like["texts"]
        made = [
            self._text("paragraph" if n and LENGTHS[length] > LENGTHS["paragraph"] else length) for n in range(count)
        ]
        return [one for one in made if one]

    def _amount(self) -> str:
        """An amount in 万元 or 元, to the 分 of what can be stated; huge ones up to 10^11 元."""
        kind, chance = self.like["amounts"], self.chance
        if kind == "mixed":
            kind = chance.pick(["usual", "fen", "huge"])
        hundredths = {
            "usual": lambda: 1 + chance.pick(range(10**6)),
            "fen": lambda: 1 + chance.pick(range(300)),
            "huge": lambda: 10**9 - chance.pick(range(10**8)),
        }[kind]()
        if self.like["unit"] == "元":
            hundredths *= 10**4 if kind == "huge" else 1 if kind == "fen" else 10 ** chance.pick(range(5))
        return f"{hundredths // 100}.{hundredths % 100:02d}"

    def _ledger(self) -> list[dict[str, Any]]:
        lines = [self._line(code) for code in self.codes]
        lines += [self._line("") for _ in range(self._count("ledger") - len(lines))]
        if self.like["kept"] == "some":
            lines.append({**self._line(""), "use": "结转下年"})
        return lines

    def _line(self, project: str) -> dict[str, Any]:
        chance, like = self.chance, self.like
        among: dict[str, Sequence[str]] = {"all": FISCAL + OWN, "fiscal": FISCAL, "general": FISCAL[:1], "own": OWN}
        source = chance.pick(among[like["sources"]])
        uses = ["人员经费", "公用经费", "项目支出"]
        uses += ["经营支出", "上解上级支出", "对附属单位补助支出"] if source in OWN else []
        use = "项目支出" if project else chance.pick(uses)
        line: dict[str, Any] = {"function": chance.pick(FUNCTIONS), "use": use, "source": source}
        if use in ("人员经费", "公用经费"):
            line["economic"] = chance.pick(STAFF if use == "人员经费" else RUNNING)
        elif use == "项目支出" and not chance.pick(range(3)):
            line["economic"] = chance.pick(["30212", "30217", "30231", "31013", "30201"])
        if project:
            line["project"] = project
        if like["carried"] == "all" or (like["carried"] == "some" and not chance.pick(range(4))):
            line["carried_over"] = "是"
        return {**line, "amount": self._amount()}

    def _prior(self, ledger: list[dict[str, Any]]) -> dict[str, Any]:
        match self.like["prior"]:
            case "absent":
                return {"absent": True}
            case "same":
                return {"ledger": [dict(line) for line in ledger]}
            case "other":
                return {"ledger": [{"use": "项目支出", "source": "政府性基金预算拨款", "amount": self._amount()}]}
        uses = (("基本支出", "一般公共预算拨款"), ("项目支出", "一般公共预算拨款"), ("结转下年", "其他收入"))
        return {"ledger": [{"use": use, "source": source, "amount": self._amount()} for use, source in uses]}

    def _project(self, code: str) -> dict[str, Any]:
        goals = self.like["goals"]
        return {
            "code": code,
            "name": self._name(),
            "purpose": self._text("usual" if self.like["texts"] in ("none", "pages") else ""),
            "plan": dict(zip(("3月底", "6月底", "10月底", "12月底"), (20, 50.5, 80, 100), strict=True)),
            "goals": self._texts(1 + self.chance.pick(range(4)), goals),
            "indicators": [self._indicator(n) for n in range(self._count("indicators"))],
        }

    def _indicator(self, number: int) -> dict[str, Any]:
        level1, level2 = _LEVELS[number * len(_LEVELS) // max(len(_LEVELS), self._count("indicators"))]
        return {
            "level1": level1,
            "level2": level2,
            "name": self._text("short").rstrip("。"),
            "description": self._text("usual"),
            "value": self.chance.pick(["≥95%", "≤12.50万元", "100%", "≥3类", "优", "≤0.9‰"]),
            "basis": self._text("short"),
        }

    def _procurement(self) -> dict[str, Any]:
        count = self._count("procurement")
        if not count or not self.organisations:
            return {"procurement": [], "procurement_budgets": []}
        names = [f"{self._name()}{n}" for n in range(1, 2 + count // 8)]
        budgets = [{"name": one, "funds": self._amount()} for one in names]
        return {"procurement_budgets": budgets, "procurement": [self._bought(names) for _ in range(count)]}

    def _bought(self, names: list[str]) -> dict[str, Any]:
        chance, amount = self.chance, self._amount()
        return {
            "organisation": chance.pick(self.organisations)["id"],
            "budget_item": chance.pick(names),
            "item": self._text("short").rstrip("。"),
            "catalogue": chance.pick(["A02010402", "A02061809", "C0309", None]),
            "measure": chance.pick(["台", "批", "平方米", None]),
            "quantity": 1,
            "price": amount,
            "amount": amount,
            "source": chance.pick(FISCAL + OWN),
            "reserved": chance.pick([amount, None]),
        }

    def _assets(self) -> dict[str, Any]:
        kinds = {"usual": _HOLDINGS[2:4], "empty": (), "all": _HOLDINGS}[self.like["assets"]]
        holdings = [{"asset": kind, "quantity": 1 + n, "amount": self._amount()} for n, kind in enumerate(kinds)]
        return {"holdings": holdings, "planned": self._amount() if kinds else "0"}

    def _narrative(self) -> dict[str, Any]:
        empty = self.like["texts"] == "none"
        found: dict[str, Any] = {
            "duties": self._texts(3) or [self._text("short")],
            "main_projects": None if empty else self._text("usual"),
            "entrusted_services": self._amount(),
            "basic_reason": self._text("short"),
            "project_reason": self._text("short"),
            "operating_uses": self._text("usual"),
            "sangong_reason": self._text("usual"),
            "overall_goal": self._texts(1) or [self._text("short")],
            "sub_goals": self._texts(4, "usual"),
            "safeguards": self._texts(3, "usual"),
        }
        if self.like["special"] != "0":
            found["other_matters"] = self._texts(2)
        return found

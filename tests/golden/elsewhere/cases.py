"""Published documents of other regions beside what we build from their facts: what differs, and why.

The originals stay in ../shared/cases. `said`: (what the original says, what we print, how often, why); none is an
amount. `rows`: blank rows of an office's own in a form: table number → how many more than in the others' the original
has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parents[3]
ORIGINALS = ROOT.parent / "shared" / "cases"

Said = tuple[str, str, int, str]


@dataclass(frozen=True, eq=False)
class Case:
    """One document."""

    name: str
    said: tuple[Said, ...]
    contents: tuple[str, ...] = ()
    """Entries that only our contents have: bookmarks lead to each project, theirs end at the section of projects."""
    rows: Mapping[int, int] = field(default_factory=dict)

    @property
    def input(self) -> Path:
        """The facts."""
        return ROOT / "inputs" / f"{self.name}.json"

    @property
    def original(self) -> Path:
        """The published document, where the machine has it."""
        return ORIGINALS / f"{self.name}.pdf"

    def ours(self, text: str) -> str:
        """What the original says, with our words for its own."""
        for theirs, ours, times, _ in self.said:
            assert text.count(theirs) == times, (theirs, text.count(theirs))
            text = text.replace(theirs, ours)
        return text


def amounts(text: str) -> list[Decimal]:
    """The amounts in a text, however they are written."""
    return [Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?(?=万|元)", text)]


HALF = "括号一半全角一半半角"
COLON = "注后用了半角冒号"
BASIS = "同一句里一般公共预算比上年预算，这里却比上年预算执行数；样张各项都比预算"
COMMON: tuple[Said, ...] = (
    ("（款)", "（款）", 6, HALF),
    ("（类)", "（类）", 2, HALF),
    ("元注:本", "元注：本", 2, COLON),
)
COMMERCE: tuple[Said, ...] = (
    *COMMON,
    ("比2024年预算执行数持平", "比2024年预算持平", 2, BASIS),
    ("主要原因是：政策", "主要原因是政策", 1, "“是”后多了冒号；样张没有"),
    ("3136.40万元", "3,136.40万元", 1, "同一节其他各数都有千分位"),
    ("1.00万元。与2024年", "1.00万元，与2024年", 1, "一句话中间断成两句，前两项都是逗号"),
)
ZEROS = "整数不写小数；写的是同一个数，其余各数都写到两位"
CASES = (
    Case(
        "sh-commerce-2025-department",
        (
            *COMMERCE,
            ("2025年度本部门政府采购", "2025年本部门政府采购", 1, "样张作“年”"),
            ("能力提升80.00万元", "能力提升80.00万", 1, "同一句其他各数都作“万”"),
        ),
        (
            "科技创新专项经费情况说明",
            "生命健康专项（政策资金）经费情况说明",
            "商业创新专项（政策资金）经费情况说明",
            "贸易高质量发展专项（政策资金）经费情况说明",
        ),
    ),
    Case(
        "sh-govoffice-2025-department",
        (
            ("元注:本", "元注：本", 2, COLON),
            ("科目4,614万元", "科目4,614.00万元", 1, ZEROS),
            ("科目2,012万元", "科目2,012.00万元", 1, ZEROS),
            ("费839万元", "费839.00万元", 1, ZEROS),
            ("预算34万元", "预算34.00万元", 2, ZEROS),
            ("金额34万元", "金额34.00万元", 1, ZEROS),
            ("为34万元", "为34.00万元", 1, ZEROS),
            ("资金6626万元", "资金6626.00万元", 1, ZEROS),
        ),
        ("区政府督查及建议提案工作业务经费项目经费情况说明",),
        {5: 1, 6: 1},
    ),
    Case(
        "sh-commerce-2025-unit",
        (*COMMERCE, ("2025年度本单位政府采购", "2025年本单位政府采购", 1, "样张作“年”")),
        rows={5: 1},
    ),
)

"""What must not be published."""

from __future__ import annotations

import re

from budgetreport.checks.text import Position
from budgetreport.report import Paragraph, Report
from tests.checks.mutations.damage import (
    Chance,
    Damage,
    altered,
    defect,
    paragraphs,
    spoiled,
    spots,
    tables,
    with_block,
)
from tests.checks.mutations.wording import PROSE

_CHECKED = "110101199003070"


@defect("PB")
def identity(report: Report, chance: Chance) -> Damage | None:
    """An identity number."""
    number = _CHECKED + f"{100 + int(chance.pick('123456789')) * 37}"[-2:]
    return spoiled(report, chance, "(?<=。)$", lambda _: f"联系人身份证号{number}{_check(number)}。", *PROSE)


@defect("PB")
def identity_in_cell(report: Report, chance: Chance) -> Damage | None:
    """An identity number in a cell."""
    number = "13018219851225"[:14] + chance.pick(["0017", "2341", "5562"])[:3]
    found = [
        (s, c)
        for at in tables(report, lambda t: t.form)
        for s, c in spots(report, at)
        if len(c.text) > 12 and re.search("[一-龥]", c.text)
    ]
    if not found:
        return None
    spot, cell = chance.pick(found)
    return altered(report, spot, f"{cell.text}{number}{_check(number)}")


def _check(number: str) -> str:
    """The last character of an identity number. Basis: GB 11643."""
    return "10X98765432"[sum(int(d) * pow(2, 17 - n, 11) for n, d in enumerate(number)) % 11]


@defect("PB")
def mobile(report: Report, chance: Chance) -> Damage | None:
    """A mobile number."""
    return spoiled(
        report,
        chance,
        "(?<=。)$",
        lambda _: f"联系电话：{chance.pick(['13831190277', '15900456812', '18631190812'])}。",
        *PROSE,
    )


@defect("PB")
def account(report: Report, chance: Chance) -> Damage | None:
    """A bank account."""
    return spoiled(
        report,
        chance,
        "(?<=。)$",
        lambda _: f"开户行账号：62284800{chance.pick(['18', '39'])}123456{chance.pick(['789', '345'])}。",
        *PROSE,
    )


@defect("PB")
def address(report: Report, chance: Chance) -> Damage | None:
    """A private address."""
    return spoiled(
        report, chance, "(?<=。)$", lambda _: f"家庭住址：青河县幸福小区{chance.pick('3579')}号楼2单元501室。", *PROSE
    )


@defect("PB")
def secret(report: Report, chance: Chance) -> Damage | None:
    """A mark of secrecy."""
    at = chance.pick(paragraphs(report, *PROSE))
    said = chance.pick(["机密★5年", "秘密★", "绝密★长期", "内部资料，注意保存"])
    return Damage(with_block(report, at, Paragraph(said), report.blocks[at]), "", said, (Position(at),))


@defect("PB")
def instruction(report: Report, chance: Chance) -> Damage | None:
    """A leader's instruction as a basis."""
    return spoiled(
        report,
        chance,
        "(?<=。)$",
        lambda _: chance.pick(["根据县领导批示精神办理。", "依据市长在请示件上的批示。"]),
        *PROSE,
    )


@defect("PB")
def mark_left(report: Report, chance: Chance) -> Damage | None:
    """An editor's bookmark or comment in the text."""
    return spoiled(
        report,
        chance,
        "^(?=.)",
        lambda _: chance.pick(["[bookmark: _GoBack]", "[bookmark: OLE_LINK1]", "[批注: 请核实]"]),
        *PROSE,
    )

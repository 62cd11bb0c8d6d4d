"""Sentences against tables and against last year: amounts, names, directions, bases, reasons."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from budgetreport.report import Report
from tests.checks.mutations.damage import Chance, Damage, defect, off, paragraphs, reworded, spoiled, text_of

STATED = r"(?<![0-9.])[0-9]+\.[0-9]{2}(?=万元)"
TOLD = ("总体情况", "机关运行经费", "三公经费")


@defect("TN")
def amount_in_text(report: Report, chance: Chance) -> Damage | None:
    """One digit of an amount in a sentence."""
    return spoiled(report, chance, rf"(?<!增加)(?<!减少)(?<!安排){STATED}", lambda m: off(m[0], chance), *TOLD)


@defect("TN")
def total_in_text(report: Report, chance: Chance) -> Damage | None:
    """The amount that a section of the text begins with."""
    return spoiled(report, chance, rf"(预算收入|支出预算|预算安排|共计安排)(?P<at>{STATED})", _more, *TOLD)


@defect("TN")
def exchanged_in_text(report: Report, chance: Chance) -> Damage | None:
    """Two amounts of one sentence exchanged."""
    found = [(n, a, b) for n in paragraphs(report, *TOLD) for a, b in _pairs(text_of(report.blocks[n]))]
    if not found:
        return None
    at, a, b = chance.pick(found)
    text = text_of(report.blocks[at])
    return reworded(report, at, text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :])


def _pairs(text: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    stated = list(re.finditer(rf"(?<!增加)(?<!减少){STATED}", text))
    return [(a, b) for a, b in pairwise(stated) if a[0] != b[0] and "。" not in text[a.end() : b.start()]]


@defect("TN", "PF")
def project_renamed(report: Report, chance: Chance) -> Damage | None:
    """A project's name in the sentence about projects is not the form's."""
    return spoiled(
        report,
        chance,
        r"(主要为|、)(?P<at>森林防火|国土绿化|村庄绿化|档案数字化|国有林场|网络安全)",
        r"\g<at>专项",
        "总体情况",
    )


@defect("TN")
def income_renamed(report: Report, chance: Chance) -> Damage | None:
    """A kind of income by a name that no table has."""
    return spoiled(report, chance, r"一般公共预算收入|国有资本经营预算收入|单位资金收入", "公共财政收入", "总体情况")


@defect("TN")
def foreign_use(report: Report, chance: Chance) -> Damage | None:
    """A use of running costs that the table of basic expenditure has no line for."""
    return spoiled(
        report, chance, r"(?<=主要用于)", lambda _: chance.pick(["物业管理费、", "取暖费、"]), "机关运行经费"
    )


@defect("TN")
def absent_table(report: Report, chance: Chance) -> Damage | None:
    """A sentence refers to a table that is not there."""
    return spoiled(
        report,
        chance,
        r"(?<=。)$|(?<=。)(?=与)",
        lambda _: chance.pick(["详见《政府购买服务预算表》。", "具体见部门预算项目支出明细表。"]),
        *TOLD,
    )


@defect("TN")
def absent_unit(report: Report, chance: Chance) -> Damage | None:
    """A number of units that the list of units does not have."""
    return spoiled(
        report, chance, r"(?<=预算中。)", lambda _: f"本部门所属预算单位共{chance.pick('5678')}个。", "总体情况"
    )


@defect("TN")
def unsupported_amount(report: Report, chance: Chance) -> Damage | None:
    """An amount that nothing supports."""
    return spoiled(
        report, chance, r"(?<=。)$", lambda _: f"其中会议费安排{chance.pick(['47.53', '61.27', '38.91'])}万元。", *TOLD
    )


@defect("YY")
def direction(report: Report, chance: Chance) -> Damage | None:
    """增加 for 减少, or the reverse."""
    return spoiled(report, chance, rf"(增加|减少)(?={STATED})(?!0\.00)", _turned, *TOLD)


@defect("YY")
def change(report: Report, chance: Chance) -> Damage | None:
    """An amount of change that does not add up with the others."""
    return spoiled(report, chance, rf"(预算|支出|结余)(增加|减少)(?P<at>{STATED})", _more, "总体情况")


@defect("YY")
def base_year(report: Report, chance: Chance) -> Damage | None:
    """The base of a comparison left as it was a year ago."""
    return spoiled(report, chance, r"(?<=[较与比])(20[0-9]{2})(?=年)", lambda m: str(int(m[1]) - 1), *TOLD)


@defect("YY")
def base_this_year(report: Report, chance: Chance) -> Damage | None:
    """A comparison with the year itself."""
    return spoiled(report, chance, r"(?<=[较与比])(20[0-9]{2})(?=年)", lambda m: str(int(m[1]) + 1), *TOLD)


@defect("YY")
def percent(report: Report, chance: Chance) -> Damage | None:
    """A percentage that the amounts do not give."""
    return spoiled(
        report, chance, r"(?<=增长|下降)[0-9]+\.[0-9]{2}(?=%)", lambda m: f"{Decimal(m[0]) + Decimal('2.50')}", *TOLD
    )


@defect("YY")
def percent_direction(report: Report, chance: Chance) -> Damage | None:
    """下降 where it grew, or the reverse."""
    return spoiled(report, chance, r"(增长|下降)(?=[0-9.]+%)", _turned, *TOLD)


@defect("YY")
def circular_reason(report: Report, chance: Chance) -> Damage | None:
    """A reason that says only that it grew because it grew."""
    return spoiled(
        report,
        chance,
        rf"支出(增加|减少)(?!0\.00){STATED}万元(?P<at>，[^。]*)(?=。)",
        "，主要是因经费增加而增加",
        "总体情况",
    )


@defect("YY")
def no_reason(report: Report, chance: Chance) -> Damage | None:
    """A change without its reason."""
    return spoiled(report, chance, rf"(?<=支出)(增加|减少)(?!0\.00){STATED}万元(?P<at>，[^。]*)(?=。)", "", "总体情况")


@defect("YY")
def level_called_change(report: Report, chance: Chance) -> Damage | None:
    """增加0.00万元 for what did not change."""
    return spoiled(report, chance, rf"(?<=支出)(增加|减少){STATED}万元，", lambda _: "减少0.00万元，", "总体情况")


@defect("YY")
def mixed_bases(report: Report, chance: Chance) -> Damage | None:
    """A budget compared with what was spent."""
    return spoiled(report, chance, r"[较与比]20[0-9]{2}年(?P<at>(预算)?)(?=增加|减少|相比)", "执行数", *TOLD)


def _turned(match: re.Match[str]) -> str:
    turned = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
    return turned[match[1]]


def _more(match: re.Match[str]) -> str:
    return f"{Decimal(match['at']) + Decimal('1.30')}"

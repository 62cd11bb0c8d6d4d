"""Words, punctuation and numbering."""

from __future__ import annotations

import re
from dataclasses import replace

from budgetreport.checks.text import Position
from budgetreport.report import Heading, Paragraph, Report
from tests.checks.mutations.damage import (
    AMOUNT,
    Chance,
    Damage,
    altered,
    defect,
    paragraphs,
    reworded,
    spoiled,
    spots,
    tables,
    text_of,
    with_block,
)

PROSE = ("职责机构", "总体情况", "机关运行经费", "三公经费", "整体绩效目标", "国有资产")


@defect("W")
def placeholder(report: Report, chance: Chance) -> Damage | None:
    """A placeholder left in a sentence."""
    return spoiled(
        report,
        chance,
        r"(?<=[，；。])(?=[^，；。]{6})",
        lambda _: chance.pick(["XX", "××", "待填", "某某单位"]),
        *PROSE,
    )


@defect("W")
def placeholder_for_amount(report: Report, chance: Chance) -> Damage | None:
    """A placeholder where an amount should be."""
    return spoiled(
        report, chance, r"[0-9]+\.[0-9]{2}(?=万元)", lambda _: chance.pick(["XX.XX", "××", "{金额}"]), *PROSE
    )


@defect("W")
def both_words(report: Report, chance: Chance) -> Damage | None:
    """Both directions of a template left in."""
    return spoiled(
        report,
        chance,
        "(增加|减少)(?=[0-9])",
        lambda _: chance.pick(["增加（减少）", "增加/减少", "增加（持平）"]),
        *PROSE,
    )


@defect("W")
def unfinished(report: Report, chance: Chance) -> Damage | None:
    """A sentence that stops where its reason should begin."""
    return spoiled(report, chance, "(主要用于|原因是|，主要为)(?P<at>[^。]+)(?=。)", "", *PROSE)


@defect("W")
def bracket_lost(report: Report, chance: Chance) -> Damage | None:
    """A bracket or quotation mark without its other."""
    return spoiled(report, chance, "[（）“”]", "", *PROSE)


@defect("W")
def bracket_width(report: Report, chance: Chance) -> Damage | None:
    """A half-width bracket against a full-width one."""
    return spoiled(report, chance, "）", ")", *PROSE)


@defect("W")
def doubled_mark(report: Report, chance: Chance) -> Damage | None:
    """A mark of punctuation twice."""
    return spoiled(report, chance, "[，。、；]", lambda m: chance.pick([m[0] * 2, m[0] + "。", "，" + m[0]]), *PROSE)


@defect("W")
def no_stop(report: Report, chance: Chance) -> Damage | None:
    """A paragraph without its full stop."""
    return spoiled(report, chance, ".{20}(?P<at>。)$", "", *PROSE)


@defect("W")
def joined(report: Report, chance: Chance) -> Damage | None:
    """Two numbered paragraphs run into one."""
    blocks = report.blocks
    found = [
        n
        for n in paragraphs(report, *PROSE)
        if n + 1 < len(blocks) and re.match("[（0-9绩]", text_of(blocks[n + 1])) and "。" in text_of(blocks[n])
    ]
    if not found:
        return None
    at = chance.pick(found)
    damage = reworded(report, at, text_of(blocks[at]) + " " + text_of(blocks[at + 1]))
    return replace(damage, report=with_block(damage.report, at + 1))


NUMBERED = "^[（]?[一二三四五六七八九十]+[）、]"


@defect("W")
def heading_number(report: Report, chance: Chance) -> Damage | None:
    """A heading with the number of another."""
    found = [
        n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and re.match("[一二三四五六七八九]、", b.text)
    ]
    at = chance.pick(found)
    text = text_of(report.blocks[at])
    return reworded(report, at, chance.pick([n for n in "一二三四五六七八九" if n != text[0]]) + text[1:])


@defect("W")
def item_number(report: Report, chance: Chance) -> Damage | None:
    """A numbered paragraph with the number of another."""
    return spoiled(
        report,
        chance,
        r"^（?(?P<at>[一二三四五六](?=）)|[0-9](?=、))",
        _next,
        "职责机构",
        "总体情况",
        "整体绩效目标",
        "名词解释",
    )


@defect("W")
def number_marked_twice(report: Report, chance: Chance) -> Damage | None:
    """（一）、 for （一）."""
    return spoiled(report, chance, r"^（[一二三四五六]）", lambda m: m[0] + "、", *PROSE)


@defect("W")
def heading_style(report: Report, chance: Chance) -> Damage | None:
    """A heading of the first level numbered as one below."""
    found = [
        n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and re.match("[一二三四五六七八九]、", b.text)
    ]
    at = chance.pick(found)
    text = text_of(report.blocks[at])
    return reworded(
        report, at, chance.pick([f"（{text[0]}）{text[2:]}", f"{'零一二三四五六七八九'.index(text[0])}、{text[2:]}"])
    )


@defect("W")
def wrong_kind(report: Report, chance: Chance) -> Damage | None:
    """单位预算 in a department's budget."""
    return spoiled(report, chance, "部门预算(?!管理)", "单位预算", "总体情况")


@defect("W")
def confused(report: Report, chance: Chance) -> Damage | None:
    """A known confusion of words."""
    said = ["截止2025年12月31日，各项工作按计划进行。", "工作量比上年持平。"]
    return spoiled(report, chance, "(?<=。)$", lambda _: chance.pick(said), *PROSE)


@defect("W")
def full_width(report: Report, chance: Chance) -> Damage | None:
    """Full-width digits or percent."""
    return spoiled(
        report, chance, r"[0-9]+(?=[.%])|(?<=[0-9])%", lambda m: "".join(chr(ord(c) + 0xFEE0) for c in m[0]), *PROSE
    )


@defect("W")
def half_width(report: Report, chance: Chance) -> Damage | None:
    """Half-width marks between Chinese characters."""
    return spoiled(
        report, chance, "(?<=[一-龥])[，；：](?=[一-龥])", lambda m: {"，": ",", "；": ";", "：": ":"}[m[0]], *PROSE
    )


@defect("W")
def stray_blank(report: Report, chance: Chance) -> Damage | None:
    """A tab, or blanks at an edge."""
    return spoiled(report, chance, "^(?=.)|(?<=.)$", lambda _: chance.pick(["\t", "  ", "\t\t"]), *PROSE)


@defect("W")
def blanks_in_head(report: Report, chance: Chance) -> Damage | None:
    """Blanks in a head to make it break."""
    found = [
        (s, c)
        for at in tables(report, lambda _: True)
        for s, c in spots(report, at, head=True)
        if re.fullmatch("[一-龥]{4,}", c.text)
    ]
    spot, cell = chance.pick(found)
    return altered(report, spot, cell.text[:2] + "    " + cell.text[2:])


@defect("W")
def page_number(report: Report, chance: Chance) -> Damage | None:
    """A page number between two paragraphs."""
    at = chance.pick(paragraphs(report, *PROSE))
    said = chance.pick(["12", "- 7 -", "第 9 页"])
    return Damage(with_block(report, at, report.blocks[at], Paragraph(said)), "", said, (Position(at + 1),))


@defect("W")
def places(report: Report, chance: Chance) -> Damage | None:
    """An amount with fewer places than the others."""
    return spoiled(
        report,
        chance,
        r"(?<=[一-龥])([0-9]+)(\.[0-9])[0-9](?=万元)",
        lambda m: chance.pick([m[1], m[1] + m[2]]),
        *PROSE,
    )


@defect("W")
def between_titles(report: Report, chance: Chance) -> Damage | None:
    """、 between two titles or quotations."""
    return spoiled(
        report,
        chance,
        "(?<=。)$",
        lambda _: chance.pick(["执行《预算法实施条例》、《会计法》的规定。", "做到“零差错”、“零延误”。"]),
        *PROSE,
    )


@defect("IN", "W")
def number_format(report: Report, chance: Chance) -> Damage | None:
    """One amount of a column printed otherwise."""
    found = [
        (s, c) for at in tables(report, lambda t: not t.form) for s, c in spots(report, at) if AMOUNT.fullmatch(c.text)
    ]
    spot, cell = chance.pick(found)
    forms = [cell.text[:-1], cell.text.partition(".")[0]]
    return altered(report, spot, chance.pick([t for t in forms if float(t) == float(cell.text)] or [cell.text + "0"]))


def _next(match: re.Match[str]) -> str:
    order = "一二三四五六七八" if match["at"] in "一二三四五六七八" else "123456789"
    return order[(order.index(match["at"]) + 2) % len(order)]

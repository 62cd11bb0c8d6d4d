"""`check`: every rule over an input, or over a file that was printed from one; every finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import click

from budgetreport.checking import PRINTED, Judged, Tables
from budgetreport.checking import check as check_file
from budgetreport.cli.console import Console, Exit
from budgetreport.cli.findings import counted, listed
from budgetreport.cli.options import files, layouts_option, rules_option
from budgetreport.problems import FilePlace, Level, Problem, errors
from budgetreport.read.unreadable import ReadingError

LOCK = "~$"
"""How names of lock files begin that office programs leave beside an open file."""
FORMATS = ("text", "json", "xlsx")


@click.command(options_metavar="[选项]")
@files("文件", "inputs")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    metavar="格式",
    default="text",
    help="结果的格式：text（给人看）、json（给程序读）、xlsx（检查表）",
)
@click.option("-o", "--output", "target", type=Path, metavar="路径", help="检查表（默认在 output）或改好的输入写到哪里")
@click.option("--fix", is_flag=True, help="代改标点、空格、小数位，写成新的输入文件，并列出改动")
@click.option("--in-place", is_flag=True, help="与 --fix 同用：直接改写输入文件")
@click.option("--layout", "layout_id", default="", metavar="版式", help="按这个版式检查，不按文件所说的")
@click.option("--strict", is_flag=True, help="有警告也算不合格（退出码3）")
@layouts_option
@rules_option
def check(  # noqa: PLR0913, PLR0917 - one parameter an option
    inputs: tuple[Path, ...],
    form: str,
    target: Path | None,
    fix: bool,  # noqa: FBT001 - click gives flags by position
    in_place: bool,  # noqa: FBT001 - as above
    layout_id: str,
    strict: bool,  # noqa: FBT001 - as above
    layouts: tuple[Path, ...],
    rules: tuple[Path, ...],
) -> int:
    """按规则检查，列出每一处问题和改法。"""
    console = Console("check", form == "json")
    _sensible(inputs, form, target, fix=fix, in_place=in_place, strict=strict)
    if fix:
        from budgetreport.cli.fixing import fix as mend  # noqa: PLC0415 - only where something is mended

        return mend(inputs[0], layouts, console, target, rules=rules, layout_id=layout_id, in_place=in_place)
    found: list[Judged] = []
    locks = [path for path in dict.fromkeys(inputs) if path.name.startswith(LOCK)]
    for path in (path for path in dict.fromkeys(inputs) if path not in locks):
        console.progress(f"检查 {path.name}")
        try:
            found.append(check_file(path, layouts, rules, layout_id))
        except ReadingError as error:
            console.problems.append(error.problem)
    unread = bool(console.problems) or not found
    console.problems += map(_passed_over, locks)
    if unread:
        code = Exit.MACHINE
    else:
        code = _code([problem for judged in found for problem in judged.problems], strict=strict)
        if form == "xlsx":
            from budgetreport.cli.sheets import write  # noqa: PLC0415 - workbooks only where one is written

            return write(found, target, console, code)
    if console.as_json:
        return console.finish(code, **_envelope(found, console.problems))
    console.finish(code)
    for judged in found:
        if len(inputs) > 1:
            console.say(judged.file)
        say(judged, console)
    return code


def _passed_over(lock: Path) -> Problem:
    """A word about a file that an office program keeps while a workbook is open."""
    what = "这是WPS或Excel打开文件时留下的锁文件，没有检查"
    fix = f"“{lock.name.removeprefix(LOCK)}”正开着：存盘、关闭后再检查，以免漏掉没存的改动"
    return Problem(Level.NOTICE, "OS-06", FilePlace(lock.as_posix()), what, fix)


def _sensible(  # noqa: PLR0913 - one parameter an option
    inputs: tuple[Path, ...], form: str, target: Path | None, *, fix: bool, in_place: bool, strict: bool
) -> None:
    """Refuse options that do not go together."""
    if fix and (len(inputs) > 1 or inputs[0].suffix.lower() in PRINTED):
        raise click.UsageError("--fix 一次改一个输入文件（JSON）")
    if fix and form == "xlsx":
        raise click.UsageError("--fix 不写检查表：去掉 --fix 或 --format xlsx")
    if fix and strict:
        raise click.UsageError("--fix 只改写，不判合格：改好后再用 check --strict")
    if in_place and (not fix or target):
        raise click.UsageError("--in-place 与 --fix 同用，不与 -o 同用")
    if target and form != "xlsx" and not fix:
        raise click.UsageError("-o 只用来写检查表（--format xlsx）或改好的输入（--fix）")


def _code(problems: Sequence[Problem], *, strict: bool) -> Exit:
    if errors(problems):
        return Exit.ERRORS
    warned = any(p.level is Level.WARNING and not p.waived for p in problems)
    return Exit.WARNINGS if strict and warned else Exit.FINE


def _envelope(found: Sequence[Judged], unread: Sequence[Problem]) -> dict[str, object]:
    """What the JSON envelope has of a check: all findings with their file, the rules, each file by itself."""
    problems = [p.as_json() for p in unread]
    problems += [{**p.as_json(), "file": judged.file} for judged in found for p in judged.problems]
    ran = dict.fromkeys(rule for judged in found for rule in judged.ran)
    skipped = {rule: why for judged in found for rule, why in judged.skipped if rule not in ran}
    return {"problems": problems, "rules": _rules(ran, skipped.items()), "files": [_file(j) for j in found]}


def _file(judged: Judged) -> dict[str, object]:
    said: dict[str, object] = {"path": judged.file, "layout": judged.layout.id if judged.layout else ""}
    if judged.tables:
        said["tables"] = {
            "recognised": list(judged.tables.recognised),
            "unrecognised": [{"title": title, "where": where.as_json()} for title, where in judged.tables.unrecognised],
            "missing": list(judged.tables.missing),
        }
    return {**said, "rules": _rules(judged.ran, judged.skipped)}


def _rules(ran: Iterable[str], skipped: Iterable[tuple[str, str]]) -> dict[str, object]:
    return {"ran": list(ran), "skipped": [{"rule": rule, "why": why} for rule, why in skipped]}


def say(judged: Judged, console: Console) -> None:
    """The findings of a file, the tables recognised in it, a line that sums up."""
    for line in listed(judged.problems, "--format xlsx"):
        console.say(line)
    if judged.tables and judged.layout:
        console.say(f"按版式“{judged.layout.id}”检查")
        _say_tables(judged.tables, console)
    console.say(f"{counted(judged.problems) or '没有查出问题'}{_rules_said(judged)}")
    for why, rules in groupby(sorted(judged.skipped, key=lambda one: one[1]), key=lambda one: one[1]):
        console.say(f"  没有查 {'、'.join(rule for rule, _ in rules)}：{why}")


def _say_tables(tables: Tables, console: Console) -> None:
    for said, names in (
        ("认出的表", tables.recognised),
        ("没有认出的表", [f"{title}（{where}）" for title, where in tables.unrecognised]),
        ("没有找到的表", tables.missing),
    ):
        if names:
            console.say(f"{said}（{len(names)}张）：{'、'.join(names)}")


def _rules_said(judged: Judged) -> str:
    if not judged.ran and not judged.skipped:
        return ""
    missed = f"，{len(judged.skipped)}条没有条件查" if judged.skipped else ""
    return f"（查了{len(judged.ran)}条规则{missed}）"

"""`build`: check inputs, write their PDF and XLSX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgetreport.checking import judged
from budgetreport.cli.adjusted import rounding_json, show_rounding_of
from budgetreport.cli.console import Console, Exit
from budgetreport.cli.findings import CHECKED, counted, in_short, listed
from budgetreport.cli.options import files, format_option, layouts_option, rules_option
from budgetreport.cli.written import show, tell, write
from budgetreport.disclosure import Disclosure, crowded, make, read
from budgetreport.problems import FilePlace, Level, Problem, ProblemsError, errors
from budgetreport.producing import KINDS, LEVELS, Made, Product
from budgetreport.read.unreadable import ReadingError
from budgetreport.report import Adjusted

if TYPE_CHECKING:
    from budgetreport.typeset.fonts import FontSet


def _kinds(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(kind.strip().lower() for kind in value.replace("，", ",").split(",")))
    for kind in kinds:
        if kind not in KINDS:
            raise click.BadParameter(f"“{kind}”不是 {'、'.join(KINDS)} 之一")
    return kinds


output_option = click.option(
    "-o",
    "--output",
    "folder",
    type=Path,
    default=Path("output"),
    metavar="文件夹",
    show_default=True,
    help="写到这个文件夹",
)
kinds_option = click.option(
    "--only", "kinds", default="pdf,xlsx", metavar="种类", callback=_kinds, help="只写哪几种，如 pdf 或 pdf,xlsx"
)


@click.command(options_metavar="[选项]")
@files("输入", "inputs")
@output_option
@kinds_option
@click.option("--draft", is_flag=True, help="有错误也写出，每页标明草稿")
@click.option("--strict", is_flag=True, help="有警告也不写出（退出码3）")
@click.option(
    "--archive",
    type=click.Choice(LEVELS),
    default=LEVELS[0],
    metavar="等级",
    show_default=True,
    help="PDF的归档等级：3a（带数据附件）、2a（不带附件）、none（普通PDF）",
)
@click.option("--fonts", "wanted", default="", metavar="来源", help="用已安装的字体：windows，或字体所在的文件夹")
@click.option("--show-rounding", is_flag=True, help="列出因舍位平衡没有印成四舍五入数的各处")
@click.option("--open", "open_", is_flag=True, help="写完后打开")
@layouts_option
@rules_option
@format_option
def build(  # noqa: PLR0913, PLR0917 - one parameter an option
    inputs: tuple[Path, ...],
    folder: Path,
    kinds: tuple[str, ...],
    draft: bool,  # noqa: FBT001 - click gives flags by position
    strict: bool,  # noqa: FBT001 - as above
    archive: str,
    wanted: str,
    show_rounding: bool,  # noqa: FBT001 - as above
    open_: bool,  # noqa: FBT001 - as above
    layouts: tuple[Path, ...],
    rules: tuple[Path, ...],
    as_json: bool,  # noqa: FBT001 - as above
) -> int:
    """检查输入，写出PDF和工作簿（XLSX）。"""
    console = Console("build", as_json)
    _each_once(inputs)
    fonts = _fonts(wanted, console)
    if wanted and fonts is None:
        return console.finish(Exit.MACHINE)
    disclosures = _read(inputs, layouts, rules, console, fonts)
    if any(p.rule.startswith("OS-") for p in console.problems):
        return console.finish(Exit.MACHINE)
    if code := _stops(console, complete=len(disclosures) == len(inputs), draft=draft, strict=strict):
        return _refused(console, code)
    making = partial(make, kinds=kinds, progress=console.progress, draft=draft, archive=archive, fonts=fonts)
    products = _made(disclosures, making, console)
    if code := _stops(console, complete=len(products) == len(inputs), draft=draft, strict=strict):
        return _refused(console, code)
    outputs = {
        folder / f"{path.stem}.{kind}": made for path, one in products.items() for kind, made in one.files.items()
    }
    adjusted = {path: disclosure.report.adjusted for path, disclosure in disclosures.items()} if show_rounding else None
    return _write(outputs, console, adjusted, open_=open_)


def _each_once(inputs: tuple[Path, ...]) -> None:
    """The same input twice is a slip; two inputs of one name would write the same files."""
    seen: dict[Path, Path] = {}
    stems: dict[str, Path] = {}
    for path in inputs:
        if (resolved := path.resolve()) in seen:
            raise click.UsageError(f"同一个文件给了两次：{path}")
        if path.stem in stems:
            raise click.UsageError(f"{stems[path.stem]} 和 {path} 会写出同名的文件，请分开生成，或改名")
        seen[resolved] = stems[path.stem] = path


def _fonts(wanted: str, console: Console) -> FontSet | None:
    """The installed fonts that are asked for; what is wrong with them goes to the console."""
    if not wanted:
        return None
    from budgetreport.cli.installed import chosen  # noqa: PLC0415 - only when asked for

    try:
        fonts = chosen(wanted)
    except ProblemsError as error:
        console.problems += error.problems
        return None
    told = "、".join(f"{one.face} {one.path.name}" for one in fonts.installed)
    rest = "、".join(role for role in fonts.roles if role not in {one.face for one in fonts.installed})
    console.say(f"用已安装的字体：{told}" + (f"；没有找到、用随附字体的：{rest}" if rest else ""))
    return fonts


def _read(
    inputs: tuple[Path, ...],
    layouts: tuple[Path, ...],
    rules: tuple[Path, ...],
    console: Console,
    fonts: FontSet | None,
) -> dict[Path, Disclosure]:
    """The inputs composed; what reading, composing and the rules found goes to the console."""
    found: dict[Path, Disclosure] = {}
    for path in inputs:
        console.progress(f"检查 {path.name}")
        try:
            found[path] = read(path, layouts, rules, fonts=fonts)
        except ReadingError as error:
            console.problems.append(error.problem)
        except ProblemsError as error:
            console.problems += error.problems
        else:
            console.problems += judged(found[path]).problems
    return found


def _stops(console: Console, *, complete: bool, draft: bool, strict: bool) -> Exit | None:
    """What nothing is written for: an input that could not be printed, an error, a warning where that is asked for."""
    levels = {p.level for p in console.problems if not p.waived}
    if not complete or (Level.ERROR in levels and not draft):
        return Exit.ERRORS
    return Exit.WARNINGS if strict and Level.WARNING in levels else None


def _made(
    disclosures: Mapping[Path, Disclosure], making: Callable[[Disclosure], Product], console: Console
) -> dict[Path, Product]:
    """The files of the inputs, up to one that cannot be printed; what typesetting finds goes to the console."""
    found: dict[Path, Product] = {}
    for path, disclosure in disclosures.items():
        try:
            found[path] = making(disclosure)
        except ProblemsError as error:
            console.problems += error.problems
            break
        console.problems += crowded(disclosure.report, found[path])
    return found


def _refused(console: Console, code: Exit) -> int:
    """What stands in the way: the errors in full, or else the warnings in short."""
    stops = errors(console.problems)
    console.finish_with(code, listed(stops, CHECKED) if stops else in_short(_worth_a_line(console.problems)))
    console.say(f"{counted(console.problems)}，没有写出文件（退出码{code:d}）")
    return code


def _worth_a_line(problems: Sequence[Problem]) -> list[Problem]:
    """All but the rules' notices, which are only counted; a notice about the input file itself is told."""
    return [p for p in problems if p.level is not Level.NOTICE or p.waived or isinstance(p.where, FilePlace)]


def _write(
    outputs: dict[Path, Made], console: Console, adjusted: Mapping[Path, Sequence[Adjusted]] | None, *, open_: bool
) -> int:
    found = tuple(console.problems)
    if not write(outputs, console):
        return console.finish(Exit.MACHINE)
    left = console.problems[len(found) :]  # by a run that was killed
    stops = errors(found)  # of a draft
    rest = [p for p in _worth_a_line(found) if p not in stops]
    more = rounding_json(adjusted) if adjusted is not None else {}
    code = console.finish_with(Exit.FINE, [*listed([*stops, *left], CHECKED), *in_short(rest)], **more)
    tell(outputs, console)
    if found:
        console.say(f"{counted(found)}（逐条的改法：budgetreport check）")
    for path, places in (adjusted or {}).items():
        show_rounding_of(path, places, console)
    if open_:
        show(next(iter(outputs)), console)
    return code

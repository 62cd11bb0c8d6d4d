"""All commands, loaded when they are called: `--help` needs neither reportlab nor openpyxl."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

import click

from budgetreport import __version__
from budgetreport.cli.console import columns

_COMMANDS = {
    "build": "检查输入，写出PDF和工作簿（XLSX）。",
    "check": "按规则检查，列出每一处问题和改法。",
    "explain": "说明一条规则：查什么，为什么，怎样改。",
    "extract": "从PDF中取出随附的填报数据和工作簿。",
    "trace": "看一个印出的数是由哪几笔明细加成的。",
    "verify": "核对公开的PDF或工作簿与输入是否逐格逐句一致。",
    "schema": "打印输入文件的JSON Schema，供编辑器补全和检查。",
    "fonts": "列出字体：角色、文件、许可、收字，或一段文字由谁印。",
    "layouts": "版式：有哪些，是什么。",
}


class Formatter(click.HelpFormatter):
    """Help in Chinese: wide characters take two columns, and a full-width colon needs no space."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        del prefix
        self.write(f"用法：{prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{heading}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        del col_max
        rows = list(rows)
        width = max(columns(term) for term, _ in rows) + col_spacing
        for term, said in rows:
            self.write(f"{' ' * self.current_indent}{term}{' ' * (width - columns(term))}{said}\n")


click.Context.formatter_class = Formatter


class Lazy(click.Group):
    """A group whose commands are imported only when they run."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"budgetreport.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=Lazy,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", message="budgetreport %(version)s", help="版本号")
@click.option("--debug", is_flag=True, help="出错时显示细节")
def root(debug: bool) -> None:  # noqa: FBT001 - taken out before click sees it; here for --help
    """预算公开：一份输入，写出规范的PDF和工作簿。

    直接写输入文件的路径，等于 build：budgetreport 输入.json
    """
    del debug


def with_default(args: Sequence[str]) -> list[str]:
    """A path where a command should stand means build; so do options of build in front of one."""
    first = args[0] if args else ""
    if not first or first in _COMMANDS or first in ("-h", "--help", "-V", "--version"):
        return list(args)
    return ["build", *args] if first.startswith("-") or _is_path(first) else list(args)


def _is_path(word: str) -> bool:
    """Whether a word that is no command can only be a file, there or not."""
    return "/" in word or "\\" in word or bool(Path(word).suffix) or Path(word).exists()

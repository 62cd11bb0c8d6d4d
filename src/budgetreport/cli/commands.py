"""All commands, loaded when they are called: `--help` needs neither reportlab nor openpyxl."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from budgetreport import __version__

_COMMANDS = {
    "build": "检查输入，写出PDF和工作簿（XLSX）。",
    "trace": "看一个印出的数是由哪几笔明细加成的。",
    "schema": "打印输入文件的JSON Schema，供编辑器补全和检查。",
    "layouts": "版式：有哪些，是什么。",
}


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
    """A bare path means build."""
    first = next((a for a in args if not a.startswith("-")), "")
    if (
        first
        and first not in _COMMANDS
        and (first.lower().endswith((".json", ".xlsx")) or "/" in first or "\\" in first)
    ):
        return ["build", *args]
    return list(args)

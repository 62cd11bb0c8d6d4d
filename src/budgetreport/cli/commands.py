"""All commands, loaded when they are called: `--help` needs neither reportlab nor openpyxl."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from budgetreport import __version__
from budgetreport.cli.lazy import Lazy

_COMMANDS = {
    "build": "检查输入，写出PDF和工作簿（XLSX）。",
    "check": "按规则检查，列出每一处问题和改法。",
    "explain": "说明一条规则：查什么，为什么，怎样改。",
    "extract": "从PDF中取出随附的填报数据和工作簿。",
    "trace": "看一个印出的数是由哪几笔明细加成的。",
    "verify": "核对公开的PDF或工作簿与输入是否逐格逐句一致。",
    "schema": "打印输入文件的JSON Schema，供编辑器补全和检查。",
    "fonts": "列出字体：角色、文件、许可、收字，或一段文字由谁印。",
    "layouts": "版式：列出、说明、预览、检查。",
}


@click.group(
    cls=Lazy,
    package="budgetreport.cli",
    does=_COMMANDS,
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

"""Groups whose commands are imported only when they run: `--help` needs neither reportlab nor openpyxl."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

import click

from budgetreport.cli.console import columns


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
    """A group that knows what its commands do; the module of that name in `package` holds each."""

    def __init__(self, *args: Any, package: str, does: Mapping[str, str], **more: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(*args, **more)
        self._package = package
        self._does = does

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self._does)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._does:
            return None
        held = vars(import_module(f"{self._package}.{cmd_name}")).values()
        return next((one for one in held if isinstance(one, click.Command) and one.name == cmd_name), None)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(self._does.items()))

"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def files(metavar: str, name: str) -> Decorator:
    """One input file or several."""
    return click.argument(name, nargs=-1, required=True, type=click.Path(path_type=Path), metavar=f"{metavar}…")


format_option = click.option(
    "--format",
    "as_json",
    type=click.Choice(["text", "json"]),
    metavar="格式",
    default="text",
    callback=lambda _context, _option, value: value == "json",
    help="结果的格式：text（给人看）、json（给程序读）",
)
layouts_option = click.option(
    "--layouts",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="另有版式的文件夹，可写多次",
)
rules_option = click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="路径",
    help="本地自己的规则：文件，或文件夹，可写多次",
)

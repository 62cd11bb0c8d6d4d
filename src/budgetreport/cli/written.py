"""Files that a command has made, written all or none and told on the console."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.producing import Made


def write(outputs: Mapping[Path, Made], console: Console) -> bool:
    """Write the files; where the system refuses, the console has the problem. They are noted as outputs.

    The console has notices of what a killed run had left, too.
    """
    from budgetreport.write.files import UnwritableError, write_all  # noqa: PLC0415 - only when there is something to write

    try:
        console.problems += write_all({path: made.data for path, made in outputs.items()})
    except UnwritableError as error:
        console.problems += error.problems
        return False
    for path, made in outputs.items():
        pages = {"pages": made.pages} if made.pages else {}
        console.outputs.append({"path": path.as_posix(), **pages, "sha256": made.sha256})
    return True


def tell(outputs: Mapping[Path, Made], console: Console) -> None:
    """A line a file."""
    for path, made in outputs.items():
        console.say(f"已写出  {path}" + (f"  {made.pages}页" if made.pages else ""))


def show(path: Path, console: Console) -> None:
    """Show a file as a double click would."""
    if click.launch(str(path)):
        console.say(f"没能打开，请自己打开 {path}")


def written(outputs: Mapping[Path, Made], console: Console, *, open_: bool = False) -> int:
    """All of it, for a command that has nothing more to say."""
    if not write(outputs, console):
        return console.finish(Exit.MACHINE)
    code = console.finish(Exit.FINE)
    tell(outputs, console)
    if open_:
        show(next(iter(outputs)), console)
    return code

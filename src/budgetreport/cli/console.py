"""What every command shares: problems and results on the console, as text or as JSON; exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import click

from budgetreport.problems import Level, Problem, in_order

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTICE: "cyan"}
_NARROW = 0x10FF
"""Characters beyond this one take two columns of a console."""
_SHOWN = 100
"""So many problems are shown as text; JSON has them all."""


class Exit(IntEnum):
    """Exit codes of every command (DESIGN: command line)."""

    FINE = 0
    ERRORS = 1
    USAGE = 2
    WARNINGS = 3
    MACHINE = 4
    BUG = 70


@dataclass
class Console:
    """One command's way to tell what it found and made."""

    command: str
    as_json: bool
    outputs: list[dict[str, object]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _shown: int = 0

    def progress(self, step: str) -> None:
        """A step on stderr, only where a person watches."""
        self._show(f"{step} …")

    def progress_done(self) -> None:
        """Clear the step."""
        self._show("")

    def _show(self, step: str) -> None:
        """Over the step before: spaces, since old consoles print escape codes as they are."""
        if sys.stderr.isatty() and (step or self._shown):
            click.echo(f"\r{' ' * self._shown}\r{step}", err=True, nl=False)
            self._shown = columns(step)

    def say(self, text: str) -> None:
        """A line of the result, unless JSON is wanted."""
        if not self.as_json:
            click.echo(text)

    def finish(self, code: Exit, **more: object) -> int:
        """Show the problems, print the envelope, give the exit code."""
        self.progress_done()
        problems = in_order(self.problems)
        if self.as_json:
            envelope = {"version": 1, "command": self.command, "outputs": self.outputs, **more}
            envelope["problems"] = [p.as_json() for p in problems]
            click.echo(json.dumps(envelope, ensure_ascii=True, indent=2))
        else:
            show_problems(problems)
        return code


def columns(text: str) -> int:
    """The columns that a text takes on a console."""
    return sum(2 if ord(char) > _NARROW else 1 for char in text)


def show_problems(problems: Sequence[Problem]) -> None:
    """Where, level, rule; what; what to do."""
    for problem in problems[:_SHOWN]:
        level = styled(problem.level.value, _COLOURS[problem.level])
        click.echo(f"{problem.where} {level} {problem.rule}")
        click.echo(f"  {problem.what}")
        click.echo(f"  改法：{problem.fix}")
    if len(problems) > _SHOWN:
        click.echo(f"……另有{len(problems) - _SHOWN}处，用 --format json 看全部")


def counted(problems: Iterable[Problem]) -> str:
    """`2个错误，1个警告`."""
    levels = [p.level for p in problems]
    return "，".join(f"{levels.count(level)}个{level.value}" for level in Level if level in levels)


def styled(text: str, colour: str) -> str:
    """Coloured on a terminal that wants it (NO_COLOR is honoured)."""
    plain = bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()
    return text if plain else click.style(text, fg=colour, bold=True)

"""What every command shares: problems and results on the console, as text or as JSON; exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

import click

from budgetreport.cli.findings import listed
from budgetreport.problems import Problem

_NARROW = 0x10FF
"""Characters beyond this one take two columns of a console."""


class Exit(IntEnum):
    """Exit codes of every command (docs/json.md)."""

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
        """Show the problems in full, print the envelope, give the exit code."""
        return self.finish_with(code, listed(tuple(dict.fromkeys(self.problems))), **more)

    def finish_with(self, code: Exit, lines: Iterable[str], **more: object) -> int:
        """Show these lines, or print the envelope with all problems; give the exit code."""
        self.progress_done()
        if self.as_json:
            envelope = {"version": 1, "command": self.command, "outputs": self.outputs, **more}
            envelope.setdefault("problems", [p.as_json() for p in dict.fromkeys(self.problems)])
            click.echo(json.dumps(envelope, ensure_ascii=True, indent=2))
        else:
            for line in lines:
                click.echo(line)
        return code


def is_unicode() -> bool:
    """Whether stdout is UTF-8. Into any other file go escapes: a schema in GBK would be no JSON."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")


def columns(text: str) -> int:
    """The columns that a text takes on a console."""
    return sum(2 if ord(char) > _NARROW else 1 for char in text)

"""What `check --fix` does: safe remedies written into a new file, shown as a difference."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from budgetreport.checks.mending import Change, mended
from budgetreport.cli.console import Console, Exit
from budgetreport.cli.written import write
from budgetreport.disclosure import read
from budgetreport.problems import ProblemsError
from budgetreport.producing import Made
from budgetreport.read.unreadable import ReadingError


def fix(  # noqa: PLR0913 - one parameter an option of check
    path: Path,
    layouts: tuple[Path, ...],
    console: Console,
    output: Path | None,
    *,
    rules: tuple[Path, ...] = (),
    layout_id: str = "",
    in_place: bool = False,
) -> int:
    """Write the input with its texts mended to `output` (`输入.fixed.json` beside it), or in place where asked.

    `rules` and `layout_id` as for a check. Prints the unified difference; nothing is written where nothing can be
    mended. Gives the exit code.
    """
    target = path if in_place else output or path.with_name(f"{path.stem}.fixed{path.suffix}")
    if not in_place and target.resolve() == path.resolve():
        raise click.UsageError(f"{target} 就是输入文件；要就地改写，用 --in-place")
    try:
        disclosure = read(path, layouts, rules, layout_id)
    except ReadingError as error:
        console.problems.append(error.problem)
        return console.finish(Exit.MACHINE)
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.ERRORS)
    source = disclosure.source
    text, changes = mended(source.text, disclosure.facts, disclosure.layout)
    if not changes:
        console.say(f"{path}：没有可以代改的地方")
        return console.finish(Exit.FINE, changes=[])
    return _write(target, text.encode(source.encoding), _difference(path, target, source.text, text), changes, console)


def _write(target: Path, data: bytes, difference: Iterator[str], changes: tuple[Change, ...], console: Console) -> int:
    if not write({target: Made(data)}, console):
        return console.finish(Exit.MACHINE)
    console.outputs[-1]["changes"] = len(changes)
    for line in difference:
        console.say(line)
    console.say(f"改了{len(changes)}处，写到 {target}")
    return console.finish(Exit.FINE, changes=[_as_json(change) for change in changes])


def _difference(path: Path, target: Path, before: str, after: str) -> Iterator[str]:
    old, new = before.splitlines(), after.splitlines()
    return difflib.unified_diff(old, new, path.as_posix(), target.as_posix(), n=0, lineterm="")


def _as_json(change: Change) -> dict[str, object]:
    return {
        "where": change.where.as_json(),
        "rules": list(change.rules),
        "before": change.before,
        "after": change.after,
    }

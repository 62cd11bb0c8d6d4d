"""The map in CONTRIBUTING.md shows the house as it stands, and what is excepted from a linter says why."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.pages import PROJECT

SOURCE = PROJECT / "src" / "budgetreport"
DOORS = {"__init__.py", "__main__.py"}


def rooms() -> set[str]:
    """Modules and folders of modules, as the map names them."""
    folders = {f"{path.name}/" for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    return folders | {path.name for path in SOURCE.glob("*.py")} - DOORS


def drawn() -> list[str]:
    """What the map names, row by row."""
    page = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    table = page.partition("| module | what it is |\n")[2].partition("\n\n")[0]
    return [name for row in table.splitlines() for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


def test_the_map_shows_every_room_once_and_none_that_is_gone() -> None:
    assert sorted(drawn()) == sorted(rooms())


def test_every_exception_from_a_linter_gives_its_reason() -> None:
    code = (path for folder in ("src", "tests", "bench", "docs", "fonts") for path in (PROJECT / folder).rglob("*.py"))
    assert [place for path in code for place in unexplained(path)] == []


def unexplained(path: Path) -> list[str]:
    """Lines whose exception says nothing after its code."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return [f"{path.name}:{n}" for n, line in lines if re.search(r"# noqa(: [A-Z0-9, ]+)?$", line)]

"""One case for each number: what is made, and the command that it is given to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.desk import run
from tests.fuzz.chance import Chance
from tests.fuzz.declared import declared
from tests.fuzz.inputs import EXAMPLE, SEEDS, Made, bytes_changed, field_changed, generated, plain
from tests.fuzz.judging import Verdict, judged
from tests.fuzz.layouts import layout_changed, rules_made
from tests.fuzz.printed import pdf_changed, xlsx_changed

KINDS = (
    ("field",) * 34
    + ("generated",) * 14
    + ("declared",) * 12
    + ("bytes",) * 12
    + ("layout",) * 9
    + ("rules",) * 5
    + ("pdf",) * 7
    + ("xlsx",) * 7
)
"""Of a hundred cases so many of each kind."""
_MADE: dict[str, Callable[[Chance], Made]] = {
    "field": field_changed,
    "generated": generated,
    "declared": declared,
    "bytes": bytes_changed,
}


@dataclass(frozen=True)
class Case:
    """What a number came to. `command`: what was run (build, check)."""

    seed: int
    kind: str
    command: str
    how: str
    verdict: Verdict


@cache
def printed() -> dict[str, tuple[bytes, bytes]]:
    """PDF and workbook of the seeds, by name."""
    found = {}
    for seed in (SEEDS[0], SEEDS[-1], *(path for path in SEEDS if path.stem.startswith("sh-example"))):
        with TemporaryDirectory() as folder:
            desk = Path(folder)
            (desk / "a.json").write_bytes(seed.read_bytes())
            if run(desk, "build", "a.json", "--draft", "--archive", "2a").code:
                continue
            found[seed.stem] = ((desk / "output/a.pdf").read_bytes(), (desk / "output/a.xlsx").read_bytes())
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.json").write_bytes(EXAMPLE.read_bytes())
        run(Path(folder), "build", "a.json")
        pdf, xlsx = ((Path(folder) / f"output/a.{kind}").read_bytes() for kind in ("pdf", "xlsx"))
        found["whole"] = (pdf, xlsx)
    return found


def case(seed: int, folder: Path) -> Case:
    """Make the case of that number in an empty folder, and run it."""
    chance = Chance(seed)
    kind = chance.pick(KINDS)
    if kind in ("pdf", "xlsx"):
        return _read_back(chance, seed, kind, folder)
    made = _MADE.get(kind, plain)(chance)
    how = made.how
    if kind == "layout":
        how = layout_changed(chance, folder, json.loads(made.data)["layout"])
    if kind == "rules":
        how = rules_made(chance, folder)
    (folder / "输入.json").write_bytes(made.data)
    command = _command(chance, draft=2 if kind in ("declared", "generated") else 3)
    return Case(seed, kind, command[0], f"{' '.join(command)}: {how}", judged(folder, command, made))


def _command(chance: Chance, draft: int) -> list[str]:
    """What an input is given to; once in so many times it is built as a draft."""
    if chance.one_in(8):
        return ["check", "输入.json"]
    command = ["build", "输入.json"]
    if chance.one_in(2):
        command += ["--only", chance.pick(("xlsx", "pdf"))]
    if chance.one_in(draft):
        command += ["--draft"]
    if chance.one_in(6):
        command += ["--archive", "2a"]
    return command


def _read_back(chance: Chance, seed: int, kind: str, folder: Path) -> Case:
    pdf, xlsx = chance.pick(sorted(printed().items()))[1]
    data, how = pdf_changed(chance, pdf) if kind == "pdf" else xlsx_changed(chance, xlsx)
    (folder / f"公开.{kind}").write_bytes(data)
    (folder / "输入.json").write_bytes(EXAMPLE.read_bytes())
    command = chance.pick(
        (
            ["check", f"公开.{kind}"],
            ["verify", f"公开.{kind}", "--against", "输入.json"],
            ["extract", f"公开.{kind}", "-o", "取出"],
        )
    )
    return Case(seed, kind, command[0], f"{' '.join(command)}: {how}", judged(folder, command))

"""`make fuzz [ARGS="--count N --seed N --processes N --keep FOLDER"]`: many cases, then figures.

A failing case's files are kept in FOLDER/<seed>, with what was wrong; `--seed N --count 1` runs it again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.cases import Case
from tests.fuzz.side_by_side import Timed, timed

_LEAST = 0.3
"""Part of the inputs that must build: a fuzzer whose inputs are all refused tests little."""
_MANY = 100
"""Inputs of which that part is asked."""


def main() -> int:
    """Run; 1 if a case failed, or too few inputs were built."""
    parser = argparse.ArgumentParser(prog="make fuzz ARGS=…")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="number of the first case")
    parser.add_argument("--processes", type=int, default=2, help="side by side")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where the files of failed cases stay")
    args = parser.parse_args()
    found: list[Timed] = []
    begun = time.monotonic()
    for one in timed(range(args.seed, args.seed + args.count), args.processes, args.keep):
        found.append(one)
        _tell(one)
        if len(found) % 200 == 0:
            print(_figures(found, begun), flush=True)
    slowest = max(found, key=lambda one: one.seconds)
    print(_figures(found, begun), f"slowest {slowest.seconds:.1f} s of computing (seed {slowest.case.seed})", sep="\n")
    return 1 if any(one.case.verdict.wrong for one in found) or not _enough(found) else 0


def _tell(one: Timed) -> None:
    if one.case.verdict.wrong:
        said = "\n".join([f"{one.case.kind} {one.case.how}", *one.case.verdict.wrong])[:600]
        print(f"FAILED seed {one.case.seed}: {said}".encode("ascii", "backslashreplace").decode(), flush=True)


def _building(found: list[Timed]) -> list[Case]:
    """The cases whose input was given to `build`."""
    return [one.case for one in found if one.case.command == "build"]


def _enough(found: list[Timed]) -> bool:
    cases = _building(found)
    return len(cases) < _MANY or sum(not case.verdict.code for case in cases) >= _LEAST * len(cases)


def _figures(found: list[Timed], begun: float) -> str:
    cases, building = [one.case for one in found], _building(found)
    kinds = Counter(case.kind for case in cases)
    built = Counter(case.kind for case in building if not case.verdict.code)
    files = Counter(kind for case in building for kind in case.verdict.written)
    told = Counter(case.verdict.told for case in cases if case.verdict.told)
    failed = sum(bool(case.verdict.wrong) for case in cases)
    return "; ".join(
        [
            f"{len(found)} cases in {time.monotonic() - begun:.0f} s ({sum(one.seconds for one in found):.0f} s of computing)",
            f"{failed} failed",
            f"{100 * built.total() / max(1, len(building)):.0f}% of {len(building)} inputs given to build were built",
            ", ".join(f"{kind} {count} ({built[kind]} built)" for kind, count in sorted(kinds.items())),
            f"validated {files['pdf']} PDFs, {files['xlsx']} workbooks",
            f"exit codes {dict(sorted(Counter(int(case.verdict.code) for case in cases).items()))}",
            f"changed fields told {dict(sorted(told.items()))}",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

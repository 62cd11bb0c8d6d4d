"""`python -m tests.fuzz [--count N] [--seed N] [--keep FOLDER] [--only KIND]`: many cases in one process, then figures.

A failing case's files are kept in FOLDER/<seed>, with what was wrong; `--seed N --count 1` runs it again.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.cases import INPUTS, Case, case
from tests.fuzz.remembering import remembered

_LEAST = 0.3
"""Part of the inputs that must build: a fuzzer whose inputs are all refused tests little."""


def main() -> int:
    """Run; 1 if a case failed."""
    parser = argparse.ArgumentParser(prog="make fuzz ARGS=…")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="number of the first case")
    parser.add_argument("--step", type=int, default=1, help="of so many processes side by side each takes its own")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    args = parser.parse_args()
    found: list[Case] = []
    begun, slowest = time.monotonic(), (0.0, 0)
    with remembered():
        for seed in range(args.seed, args.seed + args.count * args.step, args.step):
            started = time.process_time()
            found.append(_kept(seed, args.keep))
            slowest = max(slowest, (time.process_time() - started, seed))
            if len(found) % 200 == 0:
                print(_figures(found, begun), flush=True)
    print(_figures(found, begun), f"slowest {slowest[0]:.1f} s of computing (seed {slowest[1]})", sep="\n")
    inputs = [one for one in found if one.kind in INPUTS]
    enough = len(inputs) < 100 or sum(one.verdict.built for one in inputs) >= _LEAST * len(inputs)
    return 1 if any(one.verdict.wrong for one in found) or not enough else 0


def _kept(seed: int, keep: Path) -> Case:
    """One case; its files stay where it failed."""
    with TemporaryDirectory() as folder:
        found = case(seed, Path(folder))
        if found.verdict.wrong:
            shutil.rmtree(keep / str(seed), ignore_errors=True)
            shutil.copytree(folder, keep / str(seed))
            said = "\n".join([f"{found.kind} {found.how}", *found.verdict.wrong])
            (keep / str(seed) / "wrong.txt").write_text(said + "\n", "utf-8", errors="backslashreplace")
            print(f"FAILED seed {seed}: {said[:600]}".encode("ascii", "backslashreplace").decode(), flush=True)
    return found


def _figures(found: list[Case], begun: float) -> str:
    kinds = Counter(one.kind for one in found)
    built = Counter(one.kind for one in found if one.verdict.built)
    codes = Counter(one.verdict.code for one in found)
    inputs = sum(kinds[kind] for kind in INPUTS)
    share = 100 * sum(built[kind] for kind in INPUTS) / max(1, inputs)
    each = ", ".join(f"{kind} {count} ({built[kind]} built)" for kind, count in sorted(kinds.items()))
    failed = sum(bool(one.verdict.wrong) for one in found)
    return (
        f"{len(found)} cases in {time.monotonic() - begun:.0f} s: {failed} failed; {share:.0f}% of {inputs} inputs built; "
        f"{each}; exit codes {dict(sorted(codes.items()))}"
    )


if __name__ == "__main__":
    sys.exit(main())

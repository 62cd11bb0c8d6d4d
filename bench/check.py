"""What `check` costs beside `build`: `python bench/check.py [ROUNDS]`.

Both on the example input, as processes of their own, in turn, so that both meet the same machine. The
ratio is taken within each round; CPU time counts (wall time beside it), the median of the rounds is told.
The limit is a ratio of 0.5.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

INPUT = Path(__file__).resolve().parents[1] / "inputs" / "jinzhou-224-2026.json"
ROUNDS = 9


def main(rounds: int) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory(prefix="budgetreport-bench-") as folder:
        _run("check", str(INPUT))  # modules are compiled once
        pairs = [(_run("check", str(INPUT)), _run("build", str(INPUT), "-o", folder)) for _ in range(rounds)]
    print("| check | build | ratio | median of |\n|---|---|---|---|")
    for at, unit in ((0, "s CPU"), (1, "s")):
        check, build = (statistics.median(pair[n][at] for pair in pairs) for n in (0, 1))
        ratio = statistics.median(check[at] / build[at] for check, build in pairs)
        print(f"| {check:.2f} {unit} | {build:.2f} {unit} | {ratio:.2f} | {rounds} |")


def _run(*args: str) -> tuple[float, float]:
    """CPU and wall seconds of one run."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "budgetreport", *args], env=env, stdout=subprocess.DEVNULL, check=True)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, took


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)

"""`python -m tests.torture [--kills N] [--every N] [--seed N]`: kills, faults, refusing disks, then figures.

`--kills`: builds killed at random moments; one in ten is the true command, each tenth of these with the example.
`--every`: of the sweeps over all steps only one in so many.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture import disks, kills, steps
from tests.torture.scene import small, whole
from tests.torture.steps import Found

_SHOWN = 40


def main() -> int:
    """Run; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="make torture ARGS=…")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    begun = time.monotonic()
    bad: list[str] = []
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for title, found in _all(Path(folder), args.kills, args.every, args.seed):
            count: Counter[str] = Counter()
            wrong = steps.told(found(), count)
            bad += wrong
            print(f"{title}: {sum(count.values())}, {len(wrong)} wrong ({time.monotonic() - begun:.0f} s)")
            for what, times in sorted(count.items()):
                print(f"    {times:5} {what}")
            for one in wrong[:_SHOWN]:
                print(f"  WRONG {one}".encode("ascii", "backslashreplace").decode())
            sys.stdout.flush()
    print(f"{len(bad)} wrong in {time.monotonic() - begun:.0f} s")
    return 1 if bad else 0


def _all(folder: Path, count: int, every: int, seed: int) -> Iterator[tuple[str, Callable[[], Found]]]:
    for name in ("small", "whole"):
        (folder / name).mkdir()
    scene = small(folder / "small")
    true = count // 10
    example = true // 10
    yield "kills of forks", lambda: kills.forks(scene, count - true, seed)
    yield "kills of the command", lambda: kills.commands(scene, true - example, seed)
    if example:
        yield "kills of the command, the example", lambda: kills.commands(whole(folder / "whole"), example, seed)
    yield "Ctrl-C", lambda: kills.interrupts(scene, max(2, count // 10), seed)
    yield "signals at every step", lambda: steps.signals(scene, every)
    yield "faults at every step", lambda: steps.faults(scene, every)
    yield "files open elsewhere", lambda: steps.open_elsewhere(scene)
    found, lacking = disks.every_disk(scene, every)
    yield "disks that refuse", lambda: found
    for why in lacking:
        print(f"    not done: {why}")
    yield "builds at once", lambda: kills.together(scene, max(3, count // 20), seed)


if __name__ == "__main__":
    sys.exit(main())

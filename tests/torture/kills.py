"""Kills at random moments, from outside: half SIGTERM, half SIGKILL, half of them while the run writes."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from budgetreport.write.holding import PREFIX
from tests.fuzz.chance import Chance
from tests.torture.layer import watched
from tests.torture.scene import STARTS, Ended, Scene, killed, tell_beginning, wrong
from tests.torture.scene import start as forked
from tests.torture.steps import Found

_SLOWER = 400
"""Microseconds at most that each step takes longer where a run is to be hit while it writes."""
_LONGER = {"replace": 20, "unlink": 4, "stat": 0}
"""So many times as long before these."""
_POLLED = 0.001


def _delay(chance: Chance, seconds: float) -> float:
    """A moment within so many seconds."""
    return seconds * chance.below(10**6) / 10**6


def _signal(turn: int) -> signal.Signals:
    return signal.SIGKILL if turn % 2 else signal.SIGTERM


def forks(scene: Scene, count: int, seed: int) -> Found:
    """Runs that are forks of this process: half of them are hit somewhere in their life, half while they write."""
    chance = Chance(seed)
    life, writing = _lasting(scene)
    for turn in range(count):
        start, number, late = chance.pick(STARTS), _signal(turn // 2), turn % 2
        scene.begin(start)
        child = forked(scene.desk, scene.command(), _slowed(scene, chance.below(1 << 30)) if late else _plain(scene))
        if late:
            os.read(child.begun, 1)
        time.sleep(_delay(chance, writing if late else life))
        child.kill(number)
        where = "while writing" if late else "at any time"
        yield _judged(scene, start, child.end(), number, f"a fork {where}", other=chance.one_in(2))


def _lasting(scene: Scene) -> tuple[float, float]:
    """Seconds that an undisturbed run takes, and that one of slow steps writes; a little more, so that all is hit."""
    scene.begin("old")
    begun = time.monotonic()
    forked(scene.desk, scene.command(), _plain(scene)).end()
    life = time.monotonic() - begun
    scene.begin("old")
    child = forked(scene.desk, scene.command(), _slowed(scene, 1))
    os.read(child.begun, 1)
    begun = time.monotonic()
    child.end()
    return 1.1 * life, 1.05 * (time.monotonic() - begun)


def _plain(scene: Scene) -> Callable[[], AbstractContextManager[None]]:
    return lambda: watched(scene.output, lambda _number, _name: None)


def _slowed(scene: Scene, seed: int) -> Callable[[], AbstractContextManager[None]]:
    """Steps that take their time, so that none is too short to be hit, most of all between two replacements.

    The first is told to the parent.
    """
    chance = Chance(seed)

    def act(number: int, name: str) -> None:
        if number == 0:
            tell_beginning()
        time.sleep(chance.below(_SLOWER) / 10**6 * _LONGER.get(name, 1))

    return lambda: watched(scene.output, act)


def commands(scene: Scene, count: int, seed: int) -> Found:
    """The true command, as a clerk types it: from the start of the interpreter on, or when a temporary file appears."""
    chance = Chance(seed)
    begun = time.monotonic()
    scene.begin("empty")
    _started(scene).communicate()
    life = 1.05 * (time.monotonic() - begun)
    for turn in range(count):
        start, number, late = chance.pick(STARTS), _signal(turn // 2), turn % 2
        scene.begin(start)
        with _started(scene) as process:
            if late:
                _watch(scene.output, process)
            time.sleep(_delay(chance, 0.02 if late else life))
            process.send_signal(number)
            out, err = process.communicate()
        ended = Ended(process.returncode, out.decode(), err.decode())
        where = "while writing" if late else "at any time"
        yield _judged(scene, start, ended, number, f"a command {where}", other=chance.one_in(2))


def _started(scene: Scene) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "budgetreport", *scene.command()]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=scene.desk)  # noqa: S603 - our own interpreter


def _watch(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a temporary file is there, or the run has ended."""
    while process.poll() is None:
        try:
            if any(name.startswith(PREFIX) for name in os.listdir(folder)):  # noqa: PTH208 - quicker
                return
        except FileNotFoundError:
            pass
        time.sleep(_POLLED)


def interrupts(scene: Scene, count: int, seed: int) -> Found:
    """Ctrl-C at any time of a fork."""
    chance = Chance(seed)
    life, _ = _lasting(scene)
    for _ in range(count):
        start = chance.pick(STARTS)
        scene.begin(start)
        child = forked(scene.desk, scene.command(), _plain(scene))
        time.sleep(_delay(chance, life))
        child.kill(signal.SIGINT)
        yield _judged(scene, start, child.end(), signal.SIGINT, "a fork at any time", other=False)


def _judged(  # noqa: PLR0913 - what was done, and what came of it
    scene: Scene, start: str, ended: Ended, number: signal.Signals, where: str, *, other: bool
) -> tuple[str, list[str]]:
    what = f"{number.name} to {where}"
    told = f"{what} from {start}"
    if ended.code == -signal.SIGKILL:
        found = killed(scene, start, other=other)
        return f"{what}: left {found.left}", [f"{told}: {one}" for one in found.wrong]
    return f"{what}: {_end(ended)}", [f"{told}: {one}" for one in wrong(scene, start, ended, number)]


def _end(ended: Ended) -> str:
    if ended.code == 0:
        return "it had ended"
    return "it stopped" if ended.code > 0 else "it had not begun, or had ended"


def together(scene: Scene, rounds: int, seed: int) -> Found:
    """Three builds into one folder at once, two of one input; in every third round one of them is killed."""
    chance = Chance(seed)
    for turn in range(rounds):
        scene.begin("old")
        stems = ("a", "a", "b")
        children = [forked(scene.desk, scene.command(stem), _slowed(scene, chance.below(1 << 30))) for stem in stems]
        if turn % 3 == 0:
            select.select([child.begun for child in children], [], [])
            time.sleep(_delay(chance, 0.05))
            children[0].kill(signal.SIGKILL)
        ended = [child.end() for child in children]
        yield "three at once", [f"three at once, round {turn}: {one}" for one in _crowd(scene, ended)]


def _crowd(scene: Scene, ended: list[Ended]) -> Iterator[str]:
    codes = [one.code for one in ended]
    if codes[1:] != [0, 0] or codes[0] not in (0, -signal.SIGKILL):
        yield f"exit codes {codes} {[one.out[-400:] for one in ended if one.code]}"
    for stem in ("a", "b"):
        for kind, data in scene.new[stem].items():
            path = scene.output / f"{stem}.{kind}"
            if not path.exists() or path.read_bytes() != data:
                yield f"{stem}.{kind} is not the new one"
    last_killed = codes[0] != 0
    left = list(scene.output.glob(f"{PREFIX}*"))
    if left and not last_killed:
        yield f"litter {left}"
    if last_killed:
        again = scene.build("a")
        if again.code or list(scene.output.glob(f"{PREFIX}*")):
            yield f"after one was killed, the next build left {left}"

"""A signal at every step of writing, and a fault at every step: nothing is left to chance."""

from __future__ import annotations

import errno
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from tests.torture.layer import CHANGES, CODES, FILLS, Act, failing, failing_from, sending, watched
from tests.torture.scene import KINDS, STARTS, Scene, killed, states, wrong

Found = Iterator[tuple[str, list[str]]]
"""What was done, and what was wrong then."""


def named_steps(scene: Scene, start: str) -> list[str]:
    """The steps of an undisturbed build, by name."""
    log = scene.desk / "steps"
    log.unlink(missing_ok=True)

    def act(_number: int, name: str) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")

    scene.begin(start)
    ended = scene.build(layer=_layer(scene, act))
    assert ended.code == 0, ended
    return log.read_text("utf-8").splitlines()


def _layer(scene: Scene, act: Act) -> Callable[[], AbstractContextManager[None]]:
    return lambda: watched(scene.output, act)


def _chosen(names: list[str], start: str, turn: int, every: int) -> list[int]:
    """One step in so many, but where old files are replaced all that replace or clear up."""
    telling = ("replace", "unlink") if start == "old" else ()
    return [at for at, name in enumerate(names) if at % every == turn % every or name in telling]


def signals(scene: Scene, every: int = 1) -> Found:
    """SIGTERM, SIGINT and SIGKILL at each step (or at one in so many), from each start."""
    for turn, start in enumerate(STARTS):
        for at in _chosen(named_steps(scene, start), start, turn, every):
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
                scene.begin(start)
                ended = scene.build(layer=_layer(scene, sending(at, number)))
                what = f"{number.name} at step {at} from {start}"
                if number != signal.SIGKILL:
                    yield number.name, [f"{what}: {one}" for one in wrong(scene, start, ended, number)]
                    continue
                found = killed(scene, start, other=bool((at + turn) % 2))
                yield f"SIGKILL that left {found.left}", [f"{what}: {one}" for one in found.wrong]


def faults(scene: Scene, every: int = 1) -> Found:
    """Each step fails, with each error that a disk knows; then the disk stays as it is: full, or read-only.

    Where only one step in so many is tried, each with one of the errors.
    """
    for turn, start in enumerate(STARTS):
        names = named_steps(scene, start)
        for at in _chosen(names, start, turn, every):
            for code in CODES if every == 1 else CODES[at % len(CODES) :][:1]:
                scene.begin(start)
                ended = scene.build(layer=_layer(scene, failing(at, code)))
                what = f"{errno.errorcode[code]} at step {at}, {names[at]}, from {start}"
                yield "one fault", [f"{what}: {one}" for one in wrong(scene, start, ended)]
            if names[at].removesuffix(" the rest") in FILLS:
                scene.begin(start)
                ended = scene.build(layer=_layer(scene, failing_from(at, errno.ENOSPC, FILLS)))
                yield "disk full", [f"full from step {at} on, from {start}: {o}" for o in wrong(scene, start, ended)]
            if names[at].removesuffix(" the rest") in CHANGES:
                yield "disk gone", [f"read-only from step {at} on, from {start}: {o}" for o in _gone(scene, start, at)]


def _gone(scene: Scene, start: str, at: int) -> Iterator[str]:
    """A disk that takes no change from a step on: nothing can be cleared up there, but by the next build."""
    scene.begin(start)
    ended = scene.build(layer=_layer(scene, failing_from(at, errno.EROFS, CHANGES)))
    if ended.code not in (0, 4) or "Traceback" in ended.err:
        yield f"exit code {ended.code} {ended.err[-500:]}"
    if "torn" in states(scene, start).values():
        yield f"files are {states(scene, start)}"
    yield from killed(scene, start, other=bool(at % 2)).wrong


def open_elsewhere(scene: Scene) -> Found:
    """A file open in another program, as Windows has it: it can be read, but neither replaced nor removed."""
    for kind in KINDS:
        for code in (errno.EACCES, errno.EBUSY):
            scene.begin("old")
            taken = scene.output / f"a.{kind}"

            def held(target: object) -> None:
                if str(target) == str(taken):  # noqa: B023 - runs within the turn
                    raise PermissionError(code, "in use", str(target))  # noqa: B023 - as above

            ended = scene.build(layer=lambda: _replacing(held))
            found = [] if ended.code == 4 else [f"exit code {ended.code}"]
            yield "file busy", [f"{kind} open elsewhere: {o}" for o in (*found, *wrong(scene, "old", ended))]


def _replacing(before: Callable[[object], None]) -> AbstractContextManager[None]:
    """os.replace with a word before it."""
    import os  # noqa: PLC0415 - patched here
    from contextlib import contextmanager  # noqa: PLC0415 - as above

    @contextmanager
    def patched() -> Iterator[None]:
        replace = os.replace

        def wrapped(source: str, target: str) -> None:
            before(target)
            replace(source, target)

        os.replace = wrapped  # type: ignore[assignment]  # only what pathlib calls
        try:
            yield
        finally:
            os.replace = replace

    return patched()


def told(found: Found, count: Counter[str]) -> list[str]:
    """Everything wrong; what was done is counted."""
    bad = []
    for what, said in found:
        count[what] += 1
        bad += said
    return bad

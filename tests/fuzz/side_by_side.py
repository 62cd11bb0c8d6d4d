"""Cases in processes side by side, each given the next number when it is done with one.

A process that dies of a case (a crash in a library's C, a hang that no signal reaches) takes nothing with it but that
case, which has then failed.
"""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.cases import Case, case
from tests.fuzz.judging import LIMIT, Verdict
from tests.fuzz.remembering import remembered

_STILL = 3600.0
"""Seconds of the clock after which a process that says nothing waits for something that does not come."""
Making = Callable[[int, Path], Case]
_APART = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Timed:
    """A case, and the seconds of the processor that it took."""

    case: Case
    seconds: float


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    seed: int


def timed(seeds: Iterable[int], processes: int, keep: Path, make: Making = case) -> Iterator[Timed]:
    """The cases in the order in which they are done; files of a failed one stay in keep/<seed>.

    `make` makes the case of a number in an empty folder; processes of their own must find it by its name.
    """
    waiting = iter(seeds)
    workers = [_begun(seed, keep, make) for _, seed in zip(range(processes), waiting, strict=False)]
    while workers:
        heard = wait([worker.pipe for worker in workers], timeout=_STILL)
        if not heard:
            for worker in workers:
                worker.process.kill()
        for worker in [one for one in workers if one.pipe in heard]:
            workers.remove(worker)
            alive, found = _heard(worker)
            yield found
            seed = next(waiting, None)
            if seed is None:
                _ended(worker)
            elif alive:
                worker.pipe.send(seed)
                workers.append(_Worker(worker.process, worker.pipe, seed))
            else:
                workers.append(_begun(seed, keep, make))


def _begun(seed: int, keep: Path, make: Making) -> _Worker:
    ours, its = _APART.Pipe()
    process = _APART.Process(target=_work, args=(its, keep, make), daemon=True)
    process.start()
    its.close()
    ours.send(seed)
    return _Worker(process, ours, seed)


def _heard(worker: _Worker) -> tuple[bool, Timed]:
    """What a process has to say of its case, or that it died of it."""
    try:
        return True, worker.pipe.recv()
    except (EOFError, ConnectionError):
        worker.process.join()
        verdict = Verdict((f"the process died: {worker.process.exitcode}",))
        return False, Timed(Case(worker.seed, "unknown", "", "", verdict), 0.0)


def _ended(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.join()


def _work(pipe: Connection, keep: Path, make: Making) -> None:
    """A process: case after case until nobody asks any more."""
    with remembered():
        while True:
            try:
                seed = pipe.recv()
            except EOFError:
                return
            _bounded()
            begun = time.process_time()
            found = _kept(seed, keep, make)
            pipe.send(Timed(found, time.process_time() - begun))


def _bounded() -> None:
    """The system ends the process where the case goes on after its limit: C code lets no other signal through."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + 2 * LIMIT), hard))


def _kept(seed: int, keep: Path, make: Making) -> Case:
    """One case; its files stay where it failed."""
    with TemporaryDirectory() as folder:
        found = make(seed, Path(folder))
        if found.verdict.wrong:
            shutil.rmtree(keep / str(seed), ignore_errors=True)
            shutil.copytree(folder, keep / str(seed))
            said = "\n".join([f"{found.kind} {found.how}", *found.verdict.wrong])
            (keep / str(seed) / "wrong.txt").write_text(said + "\n", "utf-8", errors="backslashreplace")
    return found

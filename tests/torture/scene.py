"""A clerk's folder, a run in it, and what must hold of every run, however it ended.

Each named file is whole, old or new. Unless the run was killed (SIGKILL): both are old or both are new, no temporary
file and no new empty folder is left, no traceback is shown. After a kill: the next run, be it of another input,
leaves both old or both new, no temporary file, and tells what it found.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from budgetreport.cli import main
from budgetreport.write.holding import NAME, PREFIX
from tests.desk import EXAMPLE, run
from tests.making import FIXTURES, stated, written

KINDS = ("pdf", "xlsx")
OLD = {"pdf": b"%PDF an old one", "xlsx": b"PK an old one"}
STARTS = ("empty", "old", "half", "none")
"""What stands there before: other files only, old outputs too, an old PDF alone, not even the folder."""
_BYSTANDERS = {"说明.txt": b"a clerk's own", "别的.pdf": b"%PDF of another input", ".~lock.a.xlsx#": b"an office's"}
_LEDGER = """
2013701 30101 人员经费 一般公共预算拨款 85.21
2013701 30201 公用经费 一般公共预算拨款 12.00
"""
_TABLE = """
title: 支出表
caption: 单位：万元
rows: [{tree: function, levels: [类, 款, 项]}, {label: 合计, where: {}}]
columns: [{head: 编码, show: code}, {head: 名称, show: label}, {head: 合计, sum: {}}]
"""


@dataclass(frozen=True)
class Ended:
    """How a run ended: exit code, or minus the signal; what it printed; how long it took, in seconds."""

    code: int
    out: str
    err: str


@dataclass
class Scene:
    """A folder with inputs `a.json`, `b.json`, and what a build of them makes: bytes by input and kind."""

    desk: Path
    new: dict[str, dict[str, bytes]] = field(default_factory=dict)
    elsewhere: Path | None = None

    @property
    def output(self) -> Path:
        """Where the builds write."""
        return self.elsewhere or self.desk / "out"

    def command(self, stem: str = "a") -> list[str]:
        """The arguments of a build."""
        where = ["-o", str(self.output), "--layouts", str(FIXTURES)]
        return ["build", f"{self.desk}/{stem}.json", *where, "--format", "json"]

    def begin(self, start: str) -> None:
        """The output folder as it is before a run."""
        shutil.rmtree(self.output, ignore_errors=True)
        if start == "none":
            return
        self.output.mkdir()
        for name, data in _BYSTANDERS.items():
            (self.output / name).write_bytes(data)
        for kind in KINDS[: {"old": 2, "half": 1}.get(start, 0)]:
            (self.output / f"a.{kind}").write_bytes(OLD[kind])

    def build(self, stem: str = "a", layer: Callable[[], AbstractContextManager[None]] = nullcontext) -> Ended:
        """A build in a process of its own that ends by itself, or by what the layer does."""
        child = start(self.desk, self.command(stem), layer)
        return child.end()


def small(folder: Path) -> Scene:
    """Two inputs of one small table: a build takes a tenth of a second."""
    root = "title: 小\ninherits: base\nparts: [{table: 表}]\n"
    written(folder / "layouts", {"layout.yaml": root, "tables/表.yaml": _TABLE})
    for stem, name in (("a", "甲单位"), ("b", "乙单位")):
        data = stated(_LEDGER, unit={"code": "224", "name": name})
        (folder / f"{stem}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return _known(Scene(folder))


def whole(folder: Path) -> Scene:
    """The example: a build takes a second."""
    for stem in ("a", "b"):
        (folder / f"{stem}.json").write_bytes(EXAMPLE.read_bytes())
    return _known(Scene(folder))


def _known(scene: Scene) -> Scene:
    for stem in ("a", "b"):
        done = run(scene.desk, *scene.command(stem))  # in this process: its forks need not load everything again
        assert done.code == 0, done.out + done.err
        scene.new[stem] = {kind: (scene.output / f"{stem}.{kind}").read_bytes() for kind in KINDS}
    return scene


@dataclass
class Child:
    """A forked process that runs the program."""

    process: int
    desk: Path
    begun: int
    """A pipe: its first byte says that the run began to write; its end, that it ended."""

    def kill(self, number: int) -> None:
        """Send it a signal, if it is still there."""
        with suppress(ProcessLookupError):
            os.kill(self.process, number)

    def end(self) -> Ended:
        """Wait for its end."""
        _, status = os.waitpid(self.process, 0)
        os.close(self.begun)
        read = ((self.desk / f"{name}.{self.process}") for name in ("stdout", "stderr"))
        out, err = (_taken(path) for path in read)
        return Ended(os.waitstatus_to_exitcode(status), out, err)


def _taken(path: Path) -> str:
    text = path.read_text("utf-8") if path.exists() else ""
    path.unlink(missing_ok=True)
    return text


def start(desk: Path, arguments: list[str], layer: Callable[[], AbstractContextManager[None]] = nullcontext) -> Child:
    """The program in a fork of this process: what it imports is there already."""
    sys.stdout.flush()
    begun, beginning = os.pipe()
    stops = (signal.SIGINT, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    process = os.fork()
    if process:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, stops)
        os.close(beginning)
        return Child(process, desk, begun)
    code = 99
    try:
        os.close(begun)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for file, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(os.open(desk / f"{name}.{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), file)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - stands for the process's own
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
        os.environ["TORTURE_BEGUN"] = str(beginning)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, stops)
        with layer():
            main(arguments)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except KeyboardInterrupt:  # before the program began, or after its end
        code = 130
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # nothing of the parent's may run here


def tell_beginning() -> None:
    """Of a layer: say to the parent that the run begins to write."""
    with suppress(BrokenPipeError):
        os.write(int(os.environ["TORTURE_BEGUN"]), b".")


def states(scene: Scene, start: str, stem: str = "a") -> dict[str, str]:
    """Each named file: `old`, `new`, or `torn`; one that was not there and is not there is old."""
    found = {}
    for number, kind in enumerate(KINDS):
        there = start == "old" or (start == "half" and number == 0)
        path = scene.output / f"{stem}.{kind}"
        data = path.read_bytes() if path.exists() else None
        old = OLD[kind] if there and stem == "a" else None
        found[kind] = "old" if data == old else "new" if data == scene.new[stem][kind] else "torn"
    return found


def litter(scene: Scene) -> list[str]:
    """Files of ours that nobody asked for."""
    return sorted(path.name for path in scene.output.glob(f"{PREFIX}*")) if scene.output.exists() else []


def wrong(scene: Scene, start: str, ended: Ended, sent: int = 0) -> Iterator[str]:
    """What must not be after a run that could clear up; `sent` is the signal that it got, 0 for none."""
    found = states(scene, start)
    fits = {0: "new", 4: "old", 143: "", -signal.SIGTERM: "", 130: "", -signal.SIGINT: ""}
    allowed = {0: (0, 4), signal.SIGTERM: (0, 143, -15), signal.SIGINT: (0, 130, -2), signal.SIGKILL: (0,)}[sent]
    if "torn" in found.values() or len(set(found.values())) > 1:
        yield f"files are {found}"
    if litter(scene):
        yield f"litter {litter(scene)}"
    yield from _others(scene, start)
    if start == "none" and "old" in found.values() and scene.output.exists():
        yield "an empty folder is left"
    if ended.code not in allowed or fits.get(ended.code, "") not in ("", *found.values()):
        yield f"exit code {ended.code} with files {found}"
    yield from _said(ended)


def _said(ended: Ended) -> Iterator[str]:
    if "Traceback" in ended.err or "Traceback" in ended.out or "Exception ignored" in ended.err:
        yield f"a traceback: {ended.err[-1000:]}"
    if ended.code in (0, 4):
        problems = rules(ended)
        if ended.code == 4 and not any(rule.startswith("OS-0") for rule in problems):
            yield f"exit code 4 with problems {problems}"


def rules(ended: Ended) -> list[str]:
    """The rules of the problems that a run told, as JSON or as text."""
    if ended.out.startswith("{"):
        return [str(problem["rule"]) for problem in json.loads(ended.out)["problems"]]
    return re.findall(r"\b[A-Z]+-\d\d\b", ended.out)


def _others(scene: Scene, start: str) -> Iterator[str]:
    """What is not ours stays as it is."""
    there: Mapping[str, bytes] = _BYSTANDERS if start != "none" else {}
    for name, data in there.items():
        if not (scene.output / name).is_file() or (scene.output / name).read_bytes() != data:
            yield f"{name} was touched"
    known = {*there, *(f"{stem}.{kind}" for stem in ("a", "b") for kind in KINDS)}
    found = {path.name for path in scene.output.iterdir()} if scene.output.exists() else set()
    if odd := {name for name in found - known if not name.startswith(PREFIX)}:
        yield f"new files {odd}"


@dataclass
class Killed:
    """What a killed run left: nothing to see, litter, or a new file beside an old one."""

    wrong: list[str]
    left: str


def killed(scene: Scene, start: str, *, other: bool) -> Killed:
    """Judge the folder after a kill, run the next build (of the other input), judge again."""
    found = states(scene, start)
    left = litter(scene)
    bad = [f"after the kill: files are {found}"] if "torn" in found.values() else []
    bad += [f"after the kill: {one}" for one in _others(scene, start)]
    mixed = len(set(found.values())) > 1
    nothing = not left or (left == [NAME] and not (scene.output / NAME).read_bytes())
    if mixed and nothing:
        bad.append(f"a mixed pair that nothing tells of: {found}")
    then = scene.build("b" if other else "a")
    if then.code != 0:
        bad.append(f"the next build: exit code {then.code} {then.out[-500:]} {then.err[-500:]}")
    after = states(scene, start)
    if len(set(after.values())) > 1 or "torn" in after.values() or (not other and "old" in after.values()):
        bad.append(f"after the next build of {'b' if other else 'a'}: files are {after}")
    if other and set(states(scene, start, "b").values()) != {"new"}:
        bad.append("the next build of b did not write it")
    if litter(scene):
        bad.append(f"after the next build: litter {litter(scene)}")
    if then.code == 0 and ("OS-05" in rules(then)) == nothing:
        bad.append(f"left {left}, told {rules(then)}")
    bad += _others(scene, start)
    return Killed(bad, "mixed" if mixed else "litter" if left else "nothing")

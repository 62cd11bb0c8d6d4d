"""Files are written all or none, and named so that every system takes them."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.problems import Level
from budgetreport.write import holding
from budgetreport.write.files import UnwritableError, safe_stem, write_all
from budgetreport.write.holding import NAME, PREFIX
from budgetreport.write.mending import ABSENT, Change, as_note


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_new_folders_are_made_and_nothing_but_the_outputs_stays(tmp_path: Path) -> None:
    folder = tmp_path / "中文 文件夹" / "2026"
    write_all({folder / "a.pdf": b"pdf", folder / "a.xlsx": b"xlsx"})
    assert everything(folder) == {"a.pdf": b"pdf", "a.xlsx": b"xlsx"}


def test_earlier_outputs_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    write_all({tmp_path / "a.pdf": b"new"})
    assert everything(tmp_path) == {"a.pdf": b"new"}


def test_a_folder_in_the_place_of_the_second_file_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(UnwritableError) as caught:
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "a.xlsx": b"new"})
    assert everything(tmp_path) == {"a.pdf": b"old"}
    assert caught.value.path == tmp_path / "a.xlsx"
    assert caught.value.problem.rule == "OS-01"
    assert "同名的文件夹" in caught.value.problem.what


@pytest.mark.parametrize("end", [PermissionError(13, "locked"), KeyboardInterrupt(), SystemExit(143)])
@pytest.mark.parametrize("first", [b"old", None])
def test_when_the_second_replacement_fails_the_first_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException, first: bytes | None
) -> None:
    if first is not None:
        (tmp_path / "a.pdf").write_bytes(first)
    (tmp_path / "a.xlsx").write_bytes(b"old")
    before = everything(tmp_path)
    replace = Path.replace

    def locked(source: Path, target: Path) -> Path:
        if target.name == "a.xlsx" and source.name.startswith(PREFIX + "new"):
            raise end
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(UnwritableError if isinstance(end, OSError) else type(end)):
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "a.xlsx": b"new"})
    assert everything(tmp_path) == before


@pytest.mark.parametrize("end", [KeyboardInterrupt(), SystemExit(143)], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("fails", [True, False], ids=["undoing", "tidying"])
def test_an_interrupt_while_clearing_up_leaves_no_temporary_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: BaseException,
    fails: bool,  # noqa: FBT001 - drawn, not passed by people
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    if fails:
        (tmp_path / "a.xlsx").mkdir()
    unlink, interrupted = Path.unlink, False

    def interrupt(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as pathlib has it
        nonlocal interrupted
        if not interrupted and path.name.startswith(PREFIX):
            interrupted = True
            raise end
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", interrupt)
    with pytest.raises(type(end)):
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "a.xlsx": b"new"})
    assert interrupted
    assert everything(tmp_path) == ({"a.pdf": b"old"} if fails else {"a.pdf": b"new", "a.xlsx": b"new"})


def test_on_a_disk_without_hard_links_an_earlier_output_is_put_back_from_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT and network drives: what os.link says there is played."""

    def unsupported(_path: Path, _second: Path, **_how: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", unsupported)
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(UnwritableError):
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "a.xlsx": b"new"})
    assert everything(tmp_path) == {"a.pdf": b"old"}


def test_a_locked_file_tells_the_clerk_to_close_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(source: Path, target: Path) -> Path:
        raise PermissionError(13, f"{source} in use", str(target))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(UnwritableError) as caught:
        write_all({tmp_path / "预算.xlsx": b"new"})
    assert caught.value.problem.fix.startswith("请先在WPS或Excel中关闭该文件")
    assert "预算.xlsx" in caught.value.problem.what
    assert everything(tmp_path) == {}


def test_a_file_where_a_folder_is_needed_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"a file")
    for folder in (tmp_path / "output", tmp_path / "output" / "deeper"):
        with pytest.raises(UnwritableError) as caught:
            write_all({folder / "a.pdf": b"new"})
        assert "不是文件夹" in caught.value.problem.what
        assert "-o" in caught.value.problem.fix
    assert everything(tmp_path) == {"output": b"a file"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def full(path: Path, mode: str = "r") -> object:
        return opened(Path("/dev/full"), "wb") if mode == "xb" else opened(path, mode)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(UnwritableError) as caught:
        write_all({tmp_path / "a.pdf": b"x" * 100_000})
    assert "磁盘已满" in caught.value.problem.what


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which nobody can write, root included")
def test_a_folder_that_takes_no_files_is_a_problem() -> None:
    with pytest.raises(UnwritableError) as caught:
        write_all({Path("/proc/self/a.pdf"): b"new"})
    assert caught.value.problem.fix


def sha(data: bytes | None) -> str:
    return ABSENT if data is None else hashlib.sha256(data).hexdigest()


def killed(folder: Path, *, new: dict[str, bytes], old: dict[str, bytes], note: bytes = b"") -> None:
    """What a run 77 left that was killed: new and old content aside, its note."""
    for kind, files in (("new", new), ("old", old)):
        for name, data in files.items():
            (folder / f"{PREFIX}{kind}-77-{name}").write_bytes(data)
    (folder / NAME).write_bytes(note)


def noted(old: bytes | None) -> bytes:
    return as_note(77, {"b.pdf": Change(sha(old), sha(b"new pdf")), "b.xlsx": Change(sha(old), sha(b"new xlsx"))})


def told(folder: Path) -> str:
    """What the next run, of another input, says; it leaves nothing of its own but a.pdf."""
    (notice,) = write_all({folder / "a.pdf": b"a"})
    assert (notice.level, notice.rule) == (Level.NOTICE, "OS-05")
    assert everything(folder).pop("a.pdf") == b"a"
    (folder / "a.pdf").unlink()
    return notice.what


def test_a_run_killed_before_it_replaced_anything_leaves_old_files_and_the_next_one_removes_its_litter(
    tmp_path: Path,
) -> None:
    (tmp_path / "b.pdf").write_bytes(b"old")
    killed(tmp_path, new={"b.pdf": b"new p"}, old={"b.pdf": b"old"})
    assert told(tmp_path) == "上一次写b.pdf时被中断：原来的文件都没有动，留下的临时文件已清除"
    assert everything(tmp_path) == {"b.pdf": b"old"}


@pytest.mark.parametrize("old", [b"old", None])
def test_a_run_killed_between_two_replacements_is_completed_by_the_next(tmp_path: Path, old: bytes | None) -> None:
    (tmp_path / "b.pdf").write_bytes(b"new pdf")
    if old is not None:
        (tmp_path / "b.xlsx").write_bytes(old)
    forerunners = {} if old is None else {"b.pdf": old, "b.xlsx": old}
    killed(tmp_path, new={"b.xlsx": b"new xlsx"}, old=forerunners, note=noted(old))
    assert "只换了其中几个，已接着换完" in told(tmp_path)
    assert everything(tmp_path) == {"b.pdf": b"new pdf", "b.xlsx": b"new xlsx"}


@pytest.mark.parametrize("old", [b"old", None])
def test_a_run_killed_while_it_took_back_what_it_did_is_taken_back_by_the_next(
    tmp_path: Path, old: bytes | None
) -> None:
    (tmp_path / "b.pdf").write_bytes(b"new pdf")
    if old is not None:
        (tmp_path / "b.xlsx").write_bytes(old)
    killed(tmp_path, new={}, old={} if old is None else {"b.pdf": old}, note=noted(old))
    assert "已恢复成原来的" in told(tmp_path)
    assert everything(tmp_path) == ({} if old is None else {"b.pdf": old, "b.xlsx": old})


def test_a_file_that_somebody_changed_after_the_kill_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"new pdf")
    (tmp_path / "b.xlsx").write_bytes(b"changed by hand")
    killed(tmp_path, new={"b.xlsx": b"new xlsx"}, old={"b.pdf": b"old", "b.xlsx": b"old"}, note=noted(b"old"))
    assert "没有动它们" in told(tmp_path)
    assert everything(tmp_path) == {"b.pdf": b"new pdf", "b.xlsx": b"changed by hand"}


def test_after_the_last_replacement_a_kill_leaves_only_litter(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"new pdf")
    (tmp_path / "b.xlsx").write_bytes(b"new xlsx")
    killed(tmp_path, new={}, old={"b.xlsx": b"old"}, note=noted(b"old"))
    assert "文件都已写好" in told(tmp_path)
    assert everything(tmp_path) == {"b.pdf": b"new pdf", "b.xlsx": b"new xlsx"}


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"run": 77, "files": {"../x": ["", "1"]}}', b'{"files": 3}'])
def test_a_note_that_no_run_wrote_to_its_end_means_that_nothing_was_replaced(tmp_path: Path, note: bytes) -> None:
    killed(tmp_path, new={"b.xlsx": b"n"}, old={}, note=note)
    assert "原来的文件都没有动" in told(tmp_path)
    assert everything(tmp_path) == {}


def test_a_locked_file_alone_is_nothing_to_tell(tmp_path: Path) -> None:
    killed(tmp_path, new={}, old={})
    assert write_all({tmp_path / "a.pdf": b"new"}) == ()
    assert everything(tmp_path) == {"a.pdf": b"new"}


def test_what_was_left_is_told_even_where_the_next_run_fails(tmp_path: Path) -> None:
    killed(tmp_path, new={"b.pdf": b"n"}, old={})
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UnwritableError) as caught:
        write_all({tmp_path / "a.pdf": b"new"})
    assert [problem.rule for problem in caught.value.problems] == ["OS-05", "OS-01"]
    assert everything(tmp_path) == {}


_HOLDS = """
import sys
from pathlib import Path
from budgetreport.write.holding import held
with held(Path(sys.argv[1]), lambda: None):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_run_waits_for_another_that_holds_the_folder_and_leaves_its_files_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", _HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:  # noqa: S603 - our own interpreter
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        theirs = f"{PREFIX}new-{other.pid}-b.pdf"
        (tmp_path / theirs).write_bytes(b"of the other run")
        monkeypatch.setattr(holding, "PATIENCE", 0.1)
        with pytest.raises(UnwritableError) as caught:
            write_all({tmp_path / "a.pdf": b"new"})
        assert "另一个生成正在往这个文件夹写" in caught.value.problem.what
        assert everything(tmp_path).keys() == {NAME, theirs}
        monkeypatch.undo()
        assert other.stdin
        letting = threading.Timer(0.2, other.stdin.close)
        letting.start()
        write_all({tmp_path / "a.pdf": b"new"})
        letting.join()
    assert everything(tmp_path) == {"a.pdf": b"new"}


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C raises; a shell that starts the tests in the background has them ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_while_waiting_or_writing_is_heard_between_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    sync = os.fsync
    ends: list[str] = []

    def interrupted(file: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        sync(file)
        ends.append("synced")

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "a.xlsx": b"new"})
    assert ends == ["synced"]
    assert everything(tmp_path) == {"a.pdf": b"old"}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_after_the_first_replacement_lets_the_second_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def interrupted(source: Path, target: Path) -> None:
        replace(source, target)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "a.xlsx": b"new"})
    assert everything(tmp_path) == {"a.pdf": b"new", "a.xlsx": b"new"}


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_link_that_could_not_be_replaced_is_a_link_as_before(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "a.pdf").symlink_to("real.pdf")
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(UnwritableError):
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "a.xlsx": b"new"})
    assert (tmp_path / "a.pdf").readlink() == Path("real.pdf")
    assert everything(tmp_path) == {"a.pdf": b"old", "real.pdf": b"old"}


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("224-网信办", "224-网信办"),
        ("a/b\\c:d", "a／b＼c：d"),
        ("con", "_con"),
        ("COM1.2026", "_COM1.2026"),
        ("name. . ", "name"),
        ("..", "_"),
        ("", "_"),
        (".hidden", "_.hidden"),
        ("a\nb\x00", "ab"),
        ("字" * 200, "字" * 60),
    ],
)
def test_names_of_units_become_names_of_files(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


@given(st.text())
def test_a_safe_stem_is_one_part_of_a_path_and_stays_as_it_is(name: str) -> None:
    stem = safe_stem(name)
    assert stem
    assert Path(stem).name == stem
    assert len(stem.encode()) <= 181
    assert safe_stem(stem) == stem

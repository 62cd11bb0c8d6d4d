"""Files are written all or none, and named so that every system takes them."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport.write.files import PREFIX, UnwritableError, safe_stem, write_all


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

    def unsupported(_second: Path, _path: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", unsupported)
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


@pytest.mark.skipif(sys.platform == "win32", reason="process ids tell nothing there")
def test_what_a_killed_run_left_is_removed_by_the_next_and_a_running_one_is_left_alone(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f"{PREFIX}new-{dead.pid}-b.pdf").write_bytes(b"litter")
    (tmp_path / f"{PREFIX}new-{os.getppid()}-b.pdf").write_bytes(b"of another run")
    (tmp_path / f"{PREFIX}old-{os.getppid()}-a.pdf").write_bytes(b"for our own output")
    beyond = f"{PREFIX}new-{10**30}-c.pdf"
    (tmp_path / beyond).write_bytes(b"of no process that this system can have: left alone")
    write_all({tmp_path / "a.pdf": b"new"})
    assert sorted(everything(tmp_path)) == sorted(("a.pdf", beyond, f"{PREFIX}new-{os.getppid()}-b.pdf"))


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

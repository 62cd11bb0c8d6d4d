"""What a PDF carries is taken out whole, within the bounds of all that is read; what is damaged or hostile is told."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest

from budgetreport.problems import Problem
from budgetreport.read.attached import attached
from budgetreport.read.pdf import carried, inflate
from budgetreport.read.unreadable import ReadingError


def carrying(path: Path, files: Mapping[str, bytes], lock: pikepdf.Encryption | None = None) -> Path:
    """A PDF of one page with the files."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, data in files.items():
            pdf.attachments[name] = data
        pdf.save(path, compress_streams=True, encryption=lock or False)
    return path


def tree(path: Path, *kids: pikepdf.Dictionary, circle: bool = False) -> Path:
    """A PDF whose name tree has the nodes under its root, and with `circle` the root itself as the last."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        root = pdf.make_indirect(pikepdf.Dictionary())
        root.Kids = pikepdf.Array([*kids, *([root] if circle else [])])
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=root)
        pdf.save(path)
    return path


def entry(name: bytes, specification: pikepdf.Dictionary) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String(name), specification]))


def refused(path: Path) -> Problem:
    with pytest.raises(ReadingError) as caught:
        attached(path)
    assert caught.value.problem.rule == "OS-03"
    return caught.value.problem


def test_files_are_taken_out_whole_in_the_order_of_the_tree(tmp_path: Path) -> None:
    files = {"乙.bin": bytes(range(256)) * 300, "甲.json": b"{}", "空": b""}
    assert attached(carrying(tmp_path / "一.pdf", files)) == files


@pytest.mark.parametrize("strength", [3, 4, 6])
def test_a_file_locked_against_changes_gives_what_it_carries(tmp_path: Path, strength: int) -> None:
    aes = strength > 3
    lock = pikepdf.Encryption(owner="owner", user="", R=strength, aes=aes, metadata=aes)  # type: ignore[arg-type]  # 3, 4, 6
    assert attached(carrying(tmp_path / "锁.pdf", {"甲": b"{}"}, lock)) == {"甲": b"{}"}


def test_a_file_with_a_password_says_so(tmp_path: Path) -> None:
    path = carrying(tmp_path / "锁.pdf", {"甲": b"{}"}, pikepdf.Encryption(owner="甲", user="乙"))
    assert "打开密码" in refused(path).what


def test_names_in_utf_8_are_read_and_an_entry_without_one_bears_that_of_the_tree(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        files = pikepdf.Dictionary(F=pdf.make_stream(b"1"))
        said = pikepdf.Dictionary(UF=pikepdf.String(b"\xef\xbb\xbf" + "乙".encode()), EF=files)
        names = [pikepdf.String(b"a"), pikepdf.Dictionary(EF=files), pikepdf.String(b"b"), said]
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array(names)))
        pdf.save(tmp_path / "名.pdf")
    assert attached(tmp_path / "名.pdf") == {"a": b"1", "乙": b"1"}


def test_an_entry_without_a_file_is_told_as_damaged(tmp_path: Path) -> None:
    lacking = [entry(b"a", pikepdf.Dictionary()), entry(b"b", pikepdf.Dictionary(EF=pikepdf.Dictionary()))]
    assert "“a”、“b”已经损坏" in refused(tree(tmp_path / "缺.pdf", *lacking)).what


def test_a_name_tree_that_goes_in_a_circle_ends(tmp_path: Path) -> None:
    assert attached(tree(tmp_path / "圈.pdf", circle=True)) == {}


def test_more_files_than_any_document_carries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "_MOST", 2)
    assert len(attached(carrying(tmp_path / "二.pdf", dict.fromkeys("甲乙", b"1")))) == 2
    assert refused(carrying(tmp_path / "三.pdf", dict.fromkeys("甲乙丙", b"1"))).what == "随附的文件超过2个"


def test_a_file_that_unfolds_beyond_the_bound_is_not_unfolded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = carrying(tmp_path / "胀.pdf", {"甲": bytes(2_000_000)})
    assert path.stat().st_size < 10_000
    monkeypatch.setattr(inflate, "UNFOLDED", 1_000_000)
    assert "压缩的内容展开后超过" in refused(path).what


def test_files_that_are_too_large_together_without_being_packed_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "UNFOLDED", 1_000_000)
    files = {f"{n}": bytes([n]) * 300_000 for n in range(4)}
    assert "随附的文件展开后超过1MB" in refused(carrying(tmp_path / "多.pdf", files)).what


def test_a_missing_library_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pdfminer.pdfdocument", None)
    assert refused(carrying(tmp_path / "一.pdf", {})).fix == "安装：pip install pdfminer.six"

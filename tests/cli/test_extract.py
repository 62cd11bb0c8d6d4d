"""`extract`: what a PDF carries is written beside one another, all or nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pikepdf
import pytest

from tests.desk import run, snapshot


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a PDF that carries two files, one of them under a name that leads elsewhere."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["输入.json"] = b"{}"
        pdf.attachments["..\\..\\输入.xlsx"] = b"PK"
        pdf.save(tmp_path / "公开.pdf")
    return tmp_path


def test_files_are_written_under_their_bare_names_to_the_folder_asked_for(desk: Path) -> None:
    done = run(desk, "extract", "公开.pdf", "-o", "取出")
    assert done.code == 0
    assert {p.name: p.read_bytes() for p in (desk / "取出").iterdir()} == {"输入.json": b"{}", "输入.xlsx": b"PK"}


def test_json_has_what_each_file_is_known_by(desk: Path) -> None:
    made = json.loads(run(desk, "extract", "公开.pdf", "--format", "json").out)
    assert made["outputs"] == [
        {"path": "输入.xlsx", "sha256": hashlib.sha256(b"PK").hexdigest()},
        {"path": "输入.json", "sha256": hashlib.sha256(b"{}").hexdigest()},
    ]


def test_a_file_that_says_something_else_is_not_overwritten(desk: Path) -> None:
    (desk / "输入.json").write_bytes(b'{"waivers": []}')
    before = snapshot(desk)
    done = run(desk, "extract", "公开.pdf")
    assert (done.code, snapshot(desk)) == (4, before)
    assert "输入.json 错误 OS-01\n  已经有输入.json" in done.out


def test_what_is_there_already_is_written_again(desk: Path) -> None:
    assert [run(desk, "extract", "公开.pdf").code for _ in range(2)] == [0, 0]


def test_where_one_cannot_be_written_none_is(desk: Path) -> None:
    (desk / "输入.xlsx").mkdir()
    before = snapshot(desk)
    done = run(desk, "extract", "公开.pdf")
    assert (done.code, snapshot(desk)) == (4, before)
    assert "错误 OS-01\n" in done.out


def test_a_pdf_that_carries_nothing_and_what_is_none_say_so(desk: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(desk / "空.pdf")
    (desk / "不是.pdf").write_bytes(b"%PDF-1.7 nothing")
    for name, code in (("空.pdf", 1), ("不是.pdf", 4), ("没有.pdf", 4)):
        done = run(desk, "extract", name)
        assert (done.code, name in done.out) == (code, True), done


def test_a_pdf_that_is_not_there_is_told_with_the_nearest_name_as_an_input_is(desk: Path) -> None:
    for command in ("extract", "check"):
        said = "公示.pdf 错误 OS-02\n  没有这个文件\n  改法：是不是“公开.pdf”？\n"
        assert run(desk, command, "公示.pdf").out.startswith(said)

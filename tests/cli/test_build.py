"""`build`: where the files go, which are written, and when none is."""

from __future__ import annotations

from pathlib import Path

import click
import pypdfium2
import pytest

from tests.desk import LAYOUT, TEXT, run, slipped, unruled
from tests.making import written as layout

UNKNOWN_CODE = ('"economic": "30101"', '"economic": "30100"')
NO_ROW = ('"economic": "30101", ', "")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the example, all rules off: what they find is the business of test_check.py."""
    (tmp_path / "输入.json").write_text(TEXT, "utf-8")
    return unruled(tmp_path)


def written(folder: Path) -> list[str]:
    """The files in a folder but the input."""
    files = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(f for f in files if not f.endswith((".json", ".yaml")))


@pytest.mark.parametrize(
    "args",
    [
        ["build", "输入.json"],
        ["输入.json"],
        ["./输入.json"],
        ["输入.json", "--strict"],
        ["--strict", "输入.json"],
        ["--only", "pdf,xlsx", "-o", "output", "输入.json"],
        ["-o", "output", "输入.json", "--debug"],
        ["--debug", "build", "输入.json"],
    ],
    ids=" ".join,
)
def test_a_path_without_a_command_means_build(args: list[str], desk: Path) -> None:
    done = run(desk, *args)
    assert done.out.startswith("已写出  output/输入.pdf  ")
    assert done.out.endswith("页\n已写出  output/输入.xlsx\n")
    assert (done.code, done.err) == (0, "")
    assert written(desk) == ["output/输入.pdf", "output/输入.xlsx"]


def test_an_absolute_path_with_a_space_means_build(desk: Path) -> None:
    folder = desk / "部门 预算"
    folder.mkdir()
    path = (desk / "输入.json").rename(folder / "网信办 2026.json")
    assert run(desk, str(path), "--only", "xlsx").code == 0
    assert written(desk) == ["output/网信办 2026.xlsx"]


def test_a_path_without_an_ending_means_build_where_there_is_such_a_file(desk: Path) -> None:
    (desk / "输入.json").rename(desk / "输入")
    assert run(desk, "输入", "--only", "xlsx").code == 0
    assert "output/输入.xlsx" in written(desk)


@pytest.mark.parametrize(
    ("only", "kinds"), [("pdf", ["pdf"]), ("xlsx", ["xlsx"]), ("XLSX， pdf", ["pdf", "xlsx"]), ("pdf,pdf", ["pdf"])]
)
def test_only_the_kinds_asked_for_are_written(only: str, kinds: list[str], desk: Path) -> None:
    assert run(desk, "build", "输入.json", "--only", only).code == 0
    assert written(desk) == [f"output/输入.{kind}" for kind in kinds]


@pytest.mark.parametrize("only", ["doc", "", "pdf,doc"])
def test_another_kind_is_wrong_usage(only: str, desk: Path) -> None:
    done = run(desk, "build", "输入.json", "--only", only)
    assert "不是 pdf、xlsx 之一" in done.err
    assert done.code == 2
    assert written(desk) == []


def test_a_new_folder_is_made_with_all_above_it(desk: Path) -> None:
    assert run(desk, "build", "输入.json", "-o", "公开/2026 年/晋州", "--only", "xlsx").code == 0
    assert written(desk) == ["公开/2026 年/晋州/输入.xlsx"]


def test_several_inputs_are_written_at_once(desk: Path) -> None:
    (desk / "乙.json").write_text(TEXT, "utf-8")
    assert run(desk, "输入.json", "乙.json", "--only", "xlsx").code == 0
    assert written(desk) == ["output/乙.xlsx", "output/输入.xlsx"]


def test_a_warning_is_told_and_the_files_are_written(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(UNKNOWN_CODE), "utf-8")
    done = run(desk, "build", "输入.json", "--only", "xlsx")
    assert done.out == (
        "输入.json:8:41 警告 C-01 部门经济分类科目“30100”不在2026年的科目表里\n"
        "已写出  output/输入.xlsx\n"
        "1个警告（逐条的改法：budgetreport check）\n"
    )
    assert done.code == 0


def test_a_warning_under_strict_writes_nothing(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(UNKNOWN_CODE), "utf-8")
    done = run(desk, "build", "输入.json", "--strict")
    assert done.out.endswith("1个警告，没有写出文件（退出码3）\n")
    assert done.code == 3
    assert written(desk) == []


@pytest.mark.parametrize(("columns", "told"), [(20, True), (3, False)])
def test_a_table_whose_columns_are_narrower_than_their_words_is_told_and_refused_under_strict(
    columns: int, *, told: bool, desk: Path
) -> None:
    heads = "".join(f"  - {{head: 第{n}个很长很长很长很长很长很长很长很长的栏目, sum: {{}}}}\n" for n in range(columns))
    table = f"title: 很宽的表\nrows: [{{label: 合计, where: {{}}}}]\ncolumns:\n{heads}"
    files = {"layout.yaml": f"inherits: {LAYOUT}\ntitle: 宽\nparts: [{{table: 宽}}]\n", "tables/宽.yaml": table}
    layout(desk / "layouts", files, "宽")
    (desk / "输入.json").write_text(slipped((LAYOUT, "宽")), "utf-8")
    done = run(desk, "build", "输入.json", "--strict", "--only", "xlsx")
    line = "《很宽的表》 警告 LY-10 这张表比任何一页都宽：有的栏排不下其中的字，印出来会出格"
    assert (done.code, line in done.out.splitlines()) == ((3, True) if told else (0, False)), done
    assert written(desk / "output") == ([] if told else ["输入.xlsx"])
    done = run(desk, "build", "输入.json", "--only", "xlsx")
    assert (done.code, line in done.out.splitlines(), written(desk / "output")) == (0, told, ["输入.xlsx"])


def test_a_notice_under_strict_is_no_warning(desk: Path) -> None:
    (desk / "输入.json").write_bytes(TEXT.encode("gb18030"))
    assert run(desk, "build", "输入.json", "--strict", "--only", "xlsx").code == 0


def test_an_unknown_code_is_told_once_at_its_first_line(desk: Path) -> None:
    (desk / "输入.json").write_text(TEXT.replace('"2013702"', '"2013709"'), "utf-8")
    out = run(desk, "build", "输入.json", "--only", "xlsx").out
    assert out.count("C-01") == 1
    assert out.startswith("输入.json:25:18 警告 C-01 功能分类科目“2013709”不在2026年的科目表里\n")


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def test_a_draft_is_written_in_spite_of_errors_and_says_so_on_each_page(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(NO_ROW), "utf-8")
    assert run(desk, "build", "输入.json").code == 1
    assert written(desk) == []
    done = run(desk, "build", "输入.json", "--draft")
    assert "错误 IN-18" in done.out
    assert done.out.endswith("1个错误（逐条的改法：budgetreport check）\n")
    assert done.code == 0
    told = pages(desk / "output" / "输入.pdf")
    assert len(told) > 20
    assert [n for n, text in enumerate(told, 1) if "草稿" not in text] == []


def test_a_document_that_is_no_draft_does_not_say_so(desk: Path) -> None:
    assert run(desk, "build", "输入.json", "--only", "pdf").code == 0
    assert [text for text in pages(desk / "output" / "输入.pdf") if "草稿" in text] == []


def test_a_draft_needs_facts_that_can_be_read(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(("85.21", '"八"')), "utf-8")
    assert run(desk, "build", "输入.json", "--draft").code == 1
    assert written(desk) == []


def test_open_shows_the_first_file_that_was_written(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def launch(path: str) -> int:
        opened.append(desk / path)
        return 0 if (desk / path).exists() else 1

    monkeypatch.setattr(click, "launch", launch)  # no viewer shall start on this desk
    done = run(desk, "build", "输入.json", "--open")
    assert done.code == 0
    assert opened == [desk / "output" / "输入.pdf"]
    assert "没能打开" not in done.out


def test_a_viewer_that_does_not_start_is_told(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click, "launch", lambda _path: 1)
    done = run(desk, "build", "输入.json", "--open", "--only", "xlsx")
    assert done.out.endswith("没能打开，请自己打开 output/输入.xlsx\n")
    assert done.code == 0

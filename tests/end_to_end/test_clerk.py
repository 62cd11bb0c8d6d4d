"""A clerk's day: a folder with a Chinese name and a space, a copy of the example, a figure changed, the files built."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.desk import EXAMPLE, PROJECT, TEXT, run, slipped, started

STEM = "网信办 2026"
CODES = PROJECT / "layouts" / "common" / "codes"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A fresh folder with a copy of the example."""
    folder = tmp_path / "部门预算 公开" / "二〇二六年"
    folder.mkdir(parents=True)
    shutil.copy(EXAMPLE, folder / f"{STEM}.json")
    return folder


def built(folder: Path, data: bytes | str, name: str = STEM) -> dict[str, bytes]:
    """The bytes of both outputs of an input."""
    (folder / f"{name}.json").write_bytes(data.encode() if isinstance(data, str) else data)
    done = run(folder, "build", f"{name}.json", "-o", f"{name}的输出")
    assert done.code == 0, done.out + done.err
    return {kind: (folder / f"{name}的输出" / f"{name}.{kind}").read_bytes() for kind in ("pdf", "xlsx")}


def cell(path: Path, sheet: str, label: str, column: int) -> object:
    """The number of a sheet in a column of the first row that says `label` and has one there."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return next(row[column] for row in rows if label in row and isinstance(row[column], int | float))


def text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_a_figure_is_changed_and_the_document_follows(desk: Path) -> None:
    first = run(desk, f"{STEM}.json")
    assert first.code == 0
    book, document = (desk / "output" / f"{STEM}.{kind}" for kind in ("xlsx", "pdf"))
    assert cell(book, "支出总表", "2013701", 3) == 252.38
    assert "支出总计317.38" in text(document)
    (desk / f"{STEM}.json").write_text(slipped(('"amount": 85.21', '"amount": 86.21')), "utf-8")
    assert run(desk, f"{STEM}.json").out == first.out
    assert cell(book, "支出总表", "2013701", 3) == 253.38
    assert "支出总计318.38" in text(document)
    assert sorted(p.name for p in (desk / "output").iterdir()) == [f"{STEM}.pdf", f"{STEM}.xlsx"]


def test_a_copy_in_gb18030_builds_with_a_notice_and_the_same_bytes(desk: Path) -> None:
    plain = built(desk, TEXT)
    path = desk / f"{STEM}.json"
    path.write_bytes(TEXT.encode("gb18030"))
    done = run(desk, "build", path.name)
    assert done.out.startswith(f"{path.name}:1:1 提示 IN-12 文件是GB18030（GBK）编码，已照此读入\n")
    assert done.code == 0
    assert {kind: (desk / "output" / f"{STEM}.{kind}").read_bytes() for kind in plain} == plain


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbf" + TEXT.encode(), TEXT.replace("\n", "\r\n").encode(), json.dumps(json.loads(TEXT)).encode()],
    ids=["with a BOM", "with Windows line ends", "all escapes on one line"],
)
def test_another_way_to_write_the_same_facts_gives_the_same_bytes(data: bytes, desk: Path) -> None:
    assert built(desk, data) == built(desk, TEXT)


def test_the_same_bytes_from_any_folder_zone_language_and_hash_seed(desk: Path, tmp_path: Path) -> None:
    """Two processes that share nothing but the input."""
    there = tmp_path / "别处"
    there.mkdir()
    one = started(desk, "build", f"{STEM}.json", env={"TZ": "Asia/Shanghai", "LANG": "C", "PYTHONHASHSEED": "1"})
    other = started(
        there, "build", os.path.relpath(desk / f"{STEM}.json", there), "-o", "出 口",
        env={"TZ": "America/New_York", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "4711"},
    )  # fmt: skip
    assert (one.returncode, other.returncode) == (0, 0), one.stderr + other.stderr
    for kind in ("pdf", "xlsx"):
        here = (desk / "output" / f"{STEM}.{kind}").read_bytes()
        assert here == (there / "出 口" / f"{STEM}.{kind}").read_bytes()


def ledger_of(lines: list[dict[str, object]]) -> str:
    """The example with these lines and nothing that refers to others."""
    data = json.loads(TEXT)
    data["ledger"] = lines
    data["projects"] = data["procurement"] = data["procurement_budgets"] = []
    return json.dumps(data, ensure_ascii=False, indent=1)


def basic(function: str, economic: str, amount: str) -> dict[str, object]:
    use = "公用经费" if economic.startswith("302") else "人员经费"
    return {
        "function": function, "economic": economic, "use": use, "source": "一般公共预算拨款", "amount": amount,
    }  # fmt: skip


def test_a_ledger_of_one_line(desk: Path) -> None:
    built(desk, ledger_of([basic("2013701", "30101", "0.01")]), "一笔")
    book = desk / "一笔的输出" / "一笔.xlsx"
    assert cell(book, "支出总表", "合计", 3) == 0.01
    assert "支出总计0.01" in text(book.with_suffix(".pdf"))


def codes(name: str, digits: int) -> list[str]:
    """The codes of that length in a list, in its order."""
    with (CODES / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["code"] for row in csv.DictReader(file) if len(row["code"]) == digits]


def test_ten_thousand_lines(desk: Path) -> None:
    functions = [code for code in codes("function", 7) if code < "230"][:1000]
    economics = [code for code in codes("economic", 5) if code[:3] in ("301", "302", "303")][:10]
    lines = [basic(function, economic, "0.01") for function in functions for economic in economics]
    assert len(lines) == 10_000
    (desk / "大.json").write_text(ledger_of(lines), "utf-8")
    done = run(desk, "build", "大.json")
    assert done.code == 0, done.out[:1000]
    book = desk / "output" / "大.xlsx"
    assert cell(book, "支出总表", "合计", 3) == 100
    assert cell(book, "支出总表", functions[0], 3) == 0.1
    assert "支出总计100.00" in text(book.with_suffix(".pdf"))

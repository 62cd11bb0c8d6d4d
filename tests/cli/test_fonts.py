"""`fonts`, and `build --fonts`."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pikepdf
import pytest

from budgetreport.data import folder
from tests.desk import EXAMPLE, run, unruled


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The example, no rules, and a folder of fonts under the names that Windows gives."""
    shutil.copy(EXAMPLE, unruled(tmp_path) / "输入.json")
    (tmp_path / "字体").mkdir()
    for ours, theirs in (("kai.ttf", "simkai.ttf"), ("hei.ttf", "SIMHEI.TTF")):
        shutil.copy(folder("fonts") / ours, tmp_path / "字体" / theirs)
    return tmp_path


def test_roles_chains_licences_and_coverage_are_listed(tmp_path: Path) -> None:
    done = run(tmp_path, "fonts")
    assert done.code == 0
    assert "仿宋  仿宋 → 宋体 → 罕用字\n  GB 2312 6763/6763，GB 18030-2022 级别1 27570/27570" in done.out
    assert "楷体  kai.ttf  BudgetReportKai-Regular\n  许可：" in done.out
    assert "（fonts/licenses/OFL-kai.txt）" in done.out


def test_the_json_has_the_same(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, "fonts", "--format", "json").out)
    assert [role["role"] for role in told["roles"]] == ["小标宋", "宋体", "黑体", "仿宋", "楷体"]
    assert {role["coverage"][-1]["drawn"] for role in told["roles"]} == {87_887}
    assert [set(face) for face in told["faces"]] == [{"face", "file", "name", "licence", "coverage"}] * 6


def test_the_face_of_each_character_is_told_once_and_one_without_is_an_error(tmp_path: Path) -> None:
    done = run(tmp_path, "fonts", "--text", "预预𠮷")
    assert done.code == 0
    assert [line.split()[:2] for line in done.out.splitlines()] == [["预", "U+9884"], ["𠮷", "U+20BB7"]]
    assert "仿宋：罕用字" in done.out
    lacking = run(tmp_path, "fonts", "--text", "预\U0001f600")
    assert lacking.code == 1
    assert "U+1F600  没有字体可印" in lacking.out


def test_a_build_with_installed_fonts_embeds_them_and_says_so_in_its_properties(desk: Path) -> None:
    done = run(desk, "build", "输入.json", "--fonts", "字体", "--only", "pdf")
    assert done.code == 0
    assert "用已安装的字体：黑体 SIMHEI.TTF、楷体 simkai.ttf；没有找到、用随附字体的：小标宋、宋体、仿宋\n" in done.out
    with pikepdf.open(desk / "output" / "输入.pdf") as pdf:
        keywords = str(pdf.docinfo.Keywords)
        assert keywords.endswith(
            "，字体：黑体 BudgetReportHei-Regular（SIMHEI.TTF）、楷体 BudgetReportKai-Regular（simkai.ttf）"
        )
        assert f"<pdf:Keywords>{keywords}</pdf:Keywords>".encode() in pdf.Root.Metadata.read_bytes()


def test_a_build_without_the_option_names_no_fonts(desk: Path) -> None:
    assert run(desk, "build", "输入.json", "--only", "pdf").code == 0
    with pikepdf.open(desk / "output" / "输入.pdf") as pdf:
        assert "字体" not in str(pdf.docinfo.Keywords)


@pytest.mark.parametrize("command", [["build", "输入.json"], ["fonts"]], ids=" ".join)
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("没有的文件夹", "没有的文件夹 错误 OS-02\n  字体文件夹读不出来"),
        ("rules", "rules 错误 OS-04\n  这里没有认得的字体文件\n  改法：文件名要是其中之一：FZXBSJW.TTF、"),
        pytest.param(
            "windows",
            "windows 错误 OS-04\n  这台电脑不是Windows",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="there it is"),
        ),
    ],
)
def test_fonts_that_are_not_there_are_a_problem_and_nothing_is_written(
    command: list[str], source: str, said: str, desk: Path
) -> None:
    done = run(desk, *command, "--fonts", source)
    assert done.out.startswith(said)
    assert done.code == 4
    assert not (desk / "output").exists()

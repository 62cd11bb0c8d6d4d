"""Bad input: every mistake told with place and remedy, the exit code, nothing written, earlier outputs untouched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.desk import TEXT, run, slipped, snapshot, started, unruled

FIRST = '"economic": "30101", "use": "人员经费", "source": "一般公共预算拨款", "amount": 85.21'
"""The end of line 8, the first line of the ledger."""
PROJECT_LINE = (
    '    {"function": "2013702", "use": "项目支出", "project": "13018326P000328104136",'
    ' "source": "一般公共预算拨款", "amount": 14.00},\n'
)
PRIOR_YEAR = TEXT[TEXT.index('  "prior_year"') : TEXT.index('  "organisations"')]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with outputs of an earlier run; no rule runs, so that each slip is told of alone."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "输入.pdf").write_bytes(b"%PDF earlier")
    (tmp_path / "output" / "输入.xlsx").write_bytes(b"PK earlier")
    return unruled(tmp_path)


def amount(text: str) -> tuple[str, str]:
    return '"amount": 85.21', f'"amount": {text}'


SLIPS = {
    "no comma": (
        ("85.21},", "85.21}"),
        "8:103 错误 IN-11",
        "两项之间缺少逗号",
        "在前一项之后补英文逗号 ,",
    ),
    "a Chinese comma": (
        ('"year": 2026,', '"year": 2026，'),
        "4:15 错误 IN-11",
        "用了中文逗号“，”",
        "改为英文逗号 ,",
    ),
    "a quote not closed": (
        ('"万元",', '"万元,'),
        "5:22 错误 IN-11",
        "引号里有换行或制表符，或少了后一个引号",
        "补上引号；文字中的换行写成 \\n",
    ),
    "an unknown key": (
        (FIRST, FIRST.replace("economic", "econmic")),
        "8:29 错误 IN-13",
        "ledger 第1条 不认识的键“econmic”",
        "是不是“economic”？",
    ),
    "a missing key": (
        ('"code": "224", ', ""),
        "6:11 错误 IN-01",
        "unit 缺少 code（单位编码）",
        '补写 "code": "…"',
    ),
    "a line without amount": (
        (', "amount": 85.21', ""),
        "8:5 错误 IN-01",
        "ledger 第1条 缺少 amount（金额）",
        '补写 "amount"，如 85.21',
    ),
    "an amount that is no number": (
        amount('"约85万"'),
        "8:97 错误 IN-02",
        "ledger 第1条 amount（金额）“约85万”不是数字",
        "填不带单位的数字，如 85.21",
    ),
    "a negative amount": (
        amount("-85.21"),
        "8:97 错误 IN-03",
        "ledger 第1条 amount（金额）-85.21是负数",
        "核实；冲减的数从原来那一笔中减去",
    ),
    "more decimals than 分": (
        amount("85.2100001"),
        "8:97 错误 IN-02",
        "ledger 第1条 amount（金额）85.2100001万元比分还细：以万元为单位至多6位小数",
        "按批复数填，至多到分",
    ),
    "an amount beyond all measure": (
        amount("85210000000"),
        "8:97 错误 IN-02",
        "ledger 第1条 amount（金额）85210000000万元大得没有道理",
        "核对单位和小数点",
    ),
    "an exponent": (
        amount("1e99"),
        "8:97 错误 IN-02",
        "ledger 第1条 amount（金额）1E+99万元大得没有道理",
        "核对单位和小数点",
    ),
    "a number of 40 digits": (
        amount("8" * 40),
        "8:97 错误 IN-11",
        "这个数太长，或大得没有意义",
        "核对这个数，不用 e 的写法",
    ),
    "NaN": (
        amount("NaN"),
        "8:97 错误 IN-11",
        "NaN 不是数字",
        "填实际的数；没有数就删去这一项",
    ),
    "an unknown layout": (
        ("hebei/2026-department-budget", "hebei/2026-departmnt-budget"),
        "3:13 错误 IN-14",
        "没有版式“hebei/2026-departmnt-budget”",
        "是不是“hebei/2026-department-budget”？",
    ),
    "an unknown use": (
        (FIRST, FIRST.replace("人员经费", "人员费")),
        "8:57 错误 IN-14",
        "ledger 第1条 use（支出用途）“人员费”不是规定的取值",
        "是不是“人员经费”？",
    ),
    "an unknown source": (
        (FIRST, FIRST.replace("公共", "")),
        "8:75 错误 IN-14",
        "ledger 第1条 source（资金来源）“一般预算拨款”不是规定的取值",
        "是不是“一般公共预算拨款”？",
    ),
    "a function code of 4 digits": (
        ('"2013701", ' + FIRST, '"2013", ' + FIRST),
        "8:18 错误 C-03",
        "ledger 第1条 function（功能分类科目）“2013”是4位，应为3、5、7位数字",
        "照当年的政府收支分类科目填到最细一级",
    ),
    "a line of a project that does not exist": (
        (PROJECT_LINE, PROJECT_LINE + PROJECT_LINE.replace("13018326P000328104136", "无")),
        "26:55 错误 IN-15",
        "ledger 第19条 project（项目）“无”在 projects 中没有",
        "在 projects 中补写这一项，或改正",
    ),
    "a project without lines": (
        (PROJECT_LINE, ""),
        "41:15 错误 IN-16",
        "项目“网络综合治理平台系统”在 ledger 中没有明细",
        '在 ledger 中补写 "project": "13018326P000328104136" 的明细，或删去这一项',
    ),
    "an indicator without a value": (
        ('"value": "≥3类", ', ""),
        "51:9 错误 IN-01",
        "projects 第1条 indicators 第1条 缺少 value（指标值）",
        '补写 "value": "…"',
    ),
    "an indicator with an empty value": (
        ('"value": "≥3类"', '"value": ""'),
        "51:105 错误 IN-01",
        "projects 第1条 indicators 第1条 value（指标值）是空的",
        "补填",
    ),
    "a character that no font has": (
        ('"晋州市"', '"晋州🜲市"'),
        "6:69 错误 IN-17",
        "这些字符没有字体可印：“🜲”（U+1F732）",
        "换成规范的字符；是生僻字的，请与开发者联系",
    ),
    "a key said twice": (
        (FIRST, FIRST.replace('"use"', '"use": "公用经费", "use"')),
        "8:65 错误 IN-11",
        "键“use”写了两次，前一次在第8行第50列",
        "删去一个；若是两条，分别写进两个 { }",
    ),
    "a line that no row of a table takes": (
        ('"economic": "30101", ', ""),
        "8:5 错误 IN-18",
        "第1条（2013701 人员经费 一般公共预算拨款，85.21万元）计入了《部门预算一般公共预算财政拨款基本支出表》，却没有对应的行",  # noqa: E501 - as it is printed
        "补填部门经济分类科目，这张表按它列示",
    ),
    "no prior year": (
        (PRIOR_YEAR, ""),
        "1:1 错误 IN-01",
        "缺少 prior_year（上年预算）",
        '补写 "prior_year": {…}（上年的预算明细，用来算增减；新设单位没有上年数，填 {"absent": true}）',
    ),
}
"""What is changed in the example; the place, level and rule told; what is wrong; what to do."""


def _message(place: str, what: str, fix: str) -> str:
    return f"输入.json:{place}\n  {what}\n  改法：{fix}\n"


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_place_and_remedy_and_nothing_is_written(name: str, desk: Path) -> None:
    change, *told = SLIPS[name]
    (desk / "输入.json").write_text(slipped(change), "utf-8")
    before = snapshot(desk)
    done = run(desk, "build", "输入.json")
    assert done.out == _message(*told) + "1个错误，没有写出文件（退出码1）\n"
    assert (done.code, done.err) == (1, "")
    assert snapshot(desk) == before


def test_all_slips_of_a_file_are_told_at_once_in_order(desk: Path) -> None:
    slips = (amount("-85.21"), ('"amount": 22.76', '"amount": "二"'), ('"万元"', '"千元"'), ('"assets"', '"asets"'))
    (desk / "输入.json").write_text(slipped(*slips), "utf-8")
    before = snapshot(desk)
    done = run(desk, "build", "输入.json")
    told = [line for line in done.out.splitlines() if line.startswith("输入.json")]
    assert told == [
        "输入.json:5:18 错误 IN-14",
        "输入.json:8:97 错误 IN-03",
        "输入.json:9:97 错误 IN-02",
        "输入.json:125:3 错误 IN-13",
    ]
    assert done.code == 1
    assert snapshot(desk) == before


def test_two_inputs_are_both_judged_and_neither_is_written_when_one_is_wrong(desk: Path) -> None:
    (desk / "甲.json").write_text(TEXT, "utf-8")
    (desk / "乙.json").write_text(slipped(amount("-1")), "utf-8")
    before = snapshot(desk)
    done = run(desk, "build", "甲.json", "乙.json")
    assert "乙.json:8:97 错误 IN-03" in done.out
    assert done.code == 1
    assert snapshot(desk) == before


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (TEXT.encode().replace(b"85.21", b"85.\xff\xfe", 1), "输入.json:8:100 错误 IN-12\n  这里有乱码"),
        (TEXT.encode("utf-16"), "输入.json:1:1 错误 IN-12\n  文件是UTF-16编码"),
        (b"", "输入.json:1:1 错误 IN-11\n  文件是空的\n  改法：检查是不是存错了文件\n"),
        (b"PK\x03\x04...", "输入.json:1:1 错误 IN-11\n  这是工作簿（XLSX）或压缩包，不是JSON文件\n"),
        (b"%PDF-1.7 ...", "输入.json:1:1 错误 IN-11\n  这是PDF，不是JSON文件\n"),
        (b"[1]", "输入.json:1:1 错误 IN-11\n  最外层应是 { }\n"),
    ],
    ids=["neither UTF-8 nor GB18030", "UTF-16", "empty", "a workbook", "a PDF", "a list"],
)
def test_a_file_that_is_no_json_text_is_refused(data: bytes, message: str, desk: Path) -> None:
    (desk / "输入.json").write_bytes(data)
    before = snapshot(desk)
    done = run(desk, "build", "输入.json")
    assert message in done.out
    assert "  改法：" in done.out
    assert done.code == 1
    assert snapshot(desk) == before


def test_the_input_given_twice_is_wrong_usage(desk: Path) -> None:
    (desk / "输入.json").write_text(TEXT, "utf-8")
    before = snapshot(desk)
    done = run(desk, "build", "输入.json", "../" + desk.name + "/输入.json")
    assert f"错误：同一个文件给了两次：../{desk.name}/输入.json\n" in done.err
    assert (done.code, done.out) == (2, "")
    assert snapshot(desk) == before


def test_two_inputs_that_would_write_the_same_files_are_wrong_usage(desk: Path) -> None:
    (desk / "乙").mkdir()
    for path in (desk / "输入.json", desk / "乙" / "输入.json"):
        path.write_text(TEXT, "utf-8")
    before = snapshot(desk)
    done = run(desk, "build", "输入.json", "乙/输入.json")
    assert "错误：输入.json 和 乙/输入.json 会写出同名的文件，请分开生成，或改名\n" in done.err
    assert done.code == 2
    assert snapshot(desk) == before


def test_an_input_that_is_not_there_is_the_machines_matter_with_the_nearest_name(desk: Path) -> None:
    (desk / "网信办2026.json").write_text(TEXT, "utf-8")
    before = snapshot(desk)
    done = run(desk, "build", "网信办2025.json")
    assert done.out.startswith("网信办2025.json 错误 OS-02\n  没有这个文件\n  改法：是不是“网信办2026.json”？\n")
    assert done.code == 4
    assert snapshot(desk) == before


def test_a_folder_as_input_is_the_machines_matter(desk: Path) -> None:
    before = snapshot(desk)
    done = run(desk, "build", "output")
    assert done.out.startswith("output 错误 OS-02\n  这是文件夹，不是文件\n  改法：给出其中的一个 .json 文件\n")
    assert done.code == 4
    assert snapshot(desk) == before


def test_an_input_that_cannot_be_read_is_the_machines_matter(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_how: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    (desk / "输入.json").write_text(TEXT, "utf-8")
    with monkeypatch.context() as patched:  # tests may run as root, who may read everything
        patched.setattr(Path, "open", refuse)
        done = run(desk, "build", "输入.json")
    assert done.out.startswith("输入.json 错误 OS-02\n  文件读不出来：没有读取权限\n  改法：检查文件的权限")
    assert done.code == 4


def test_an_output_folder_that_cannot_be_written_is_the_machines_matter(desk: Path) -> None:
    (desk / "输入.json").write_text(TEXT, "utf-8")
    before = snapshot(desk)
    done = run(desk, "build", "输入.json", "-o", "输入.json/内")
    assert (
        "错误 OS-01\n  不能写入内：要放文件的位置不是文件夹：路径中有一个同名的文件\n  改法：请移走那个文件" in done.out
    )
    assert done.code == 4
    assert snapshot(desk) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_output_folder_is_the_machines_matter(desk: Path) -> None:
    (desk / "输入.json").write_text(TEXT, "utf-8")
    before = snapshot(desk)
    (desk / "output").chmod(0o500)
    done = run(desk, "build", "输入.json")
    (desk / "output").chmod(0o700)
    assert "错误 OS-01\n  不能写入输入.pdf：没有在这个文件夹中写入的权限\n" in done.out
    assert done.code == 4
    assert snapshot(desk) == before


def test_an_output_that_cannot_be_replaced_leaves_both_earlier_files(desk: Path) -> None:
    """The workbook's place is taken by a folder: the PDF stays as it was too."""
    (desk / "输入.json").write_text(TEXT, "utf-8")
    (desk / "output" / "输入.xlsx").unlink()
    (desk / "output" / "输入.xlsx" / "内").mkdir(parents=True)
    before = snapshot(desk)
    done = run(desk, "build", "输入.json")
    assert "输入.xlsx 错误 OS-01\n  不能写入输入.xlsx：已有一个同名的文件夹\n  改法：请移走那个文件夹" in done.out
    assert done.code == 4
    assert snapshot(desk) == before


@pytest.mark.parametrize("name", ["no comma", "a line that no row of a table takes", "a character that no font has"])
def test_a_process_of_its_own_says_the_same(name: str, desk: Path) -> None:
    change, *told = SLIPS[name]
    (desk / "输入.json").write_text(slipped(change), "utf-8")
    before = snapshot(desk)
    done = started(desk, "build", "输入.json", env={"PYTHONUTF8": "1"})
    assert done.stdout.decode().startswith(_message(*told))
    assert (done.returncode, done.stderr) == (1, b"")
    assert snapshot(desk) == before

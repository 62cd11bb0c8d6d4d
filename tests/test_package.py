"""The lint of workbooks: silent on what we write, loud on each planted defect."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from budgetreport.typeset import fonts
from budgetreport.typeset.pages import Typesetter
from budgetreport.write.xlsx import xlsx_bytes
from tests.making import composed, example, hebei
from tests.package import faults

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet2.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
ELSEWHERE = '<Relationship Id="x" Type="t" Target="http://a" TargetMode="External"/></Relationships>'


@pytest.fixture(scope="module")
def built() -> bytes:
    layout = hebei()
    report, _ = composed(example(), layout)
    return xlsx_bytes(report, layout.style, Typesetter(report, layout.style, fonts.shipped()).turned())


def test_nothing_is_wrong_with_what_we_write(built: bytes) -> None:
    assert faults(built) == ()


def planted(data: bytes, change: Callable[[Parts], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def replaced(part: str, old: str, new: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        text = parts[part].decode()
        assert old in text, f"nothing to replace in {part}: {old}"
        parts[part] = text.replace(old, new, 1).encode()

    return change


def added(part: str, content: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts[part] = content.encode()

    return change


def removed(part: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        del parts[part]

    return change


def relocated(parts: Parts) -> None:
    text = parts["xl/worksheets/sheet1.xml"].decode()
    changed = re.sub(r'location="[^"]*"', "location=\"'没有'!A1\"", text, count=1)
    assert changed != text
    parts["xl/worksheets/sheet1.xml"] = changed.encode()


def retitled(parts: Parts) -> None:
    text = parts["xl/workbook.xml"].decode()
    changed = re.sub(r"(<definedName [^>]*>)[^<]*", r"\1'没有'!$1:$4", text, count=1)
    assert changed != text
    parts["xl/workbook.xml"] = changed.encode()


DEFECTS: dict[str, tuple[Callable[[Parts], None], str]] = {
    "a formula": (replaced(SHEET, "<v>317.38</v>", "<f>1+1</f><v>2</v>"), "公式"),
    "overlapping merges": (replaced(SHEET, 'ref="A2:C2"', 'ref="A1:B2"'), "重叠"),
    "a merge of one cell": (replaced(SHEET, 'ref="A2:C2"', 'ref="A2"'), "不成区域"),
    "a value under a merge": (replaced(SHEET, '<c r="B1" s="5"/>', '<c r="B1" s="5"><v>1</v></c>'), "盖住"),
    "a number that is none": (replaced(SHEET, "<v>317.38</v>", "<v>NaN</v>"), "不是数"),
    "a style that is not there": (replaced(SHEET, '<c r="A1" s="5"', '<c r="A1" s="9999"'), "样式"),
    "a shared string that is not there": (replaced(SHEET, '"><v>317.38</v>', '" t="s"><v>7</v>'), "共享字符串"),
    "cells out of order": (replaced(SHEET, '<c r="B1"', '<c r="D1"'), "位置"),
    "a control character": (replaced(SHEET, "部门预算收支总表", "部门&#x1f;"), "XML"),
    "a text that is too long": (replaced(SHEET, "部门预算收支总表", "长" * 32_768), "太长"),
    "a sheet's name that is too long": (replaced("xl/workbook.xml", "收支总表", "长" * 32), "不合规定"),
    "two sheets of one name": (replaced("xl/workbook.xml", 'name="收支总表"', 'name="收入总表"'), "重复"),
    "a name that leads nowhere": (retitled, "没有的地方"),
    "a link to no sheet": (relocated, "链接"),
    "a relation to no part": (replaced(RELATIONS, "worksheets/sheet2.xml", "worksheets/sheet99.xml"), "没有的部件"),
    "a link to elsewhere": (replaced(RELATIONS, "</Relationships>", ELSEWHERE), "外部"),
    "macros": (added("xl/vbaProject.bin", "x"), "宏"),
    "another workbook referred to": (added("xl/externalLinks/externalLink1.xml", "<a/>"), "别的工作簿"),
    "a part without a type": (added("xl/media/a.png", "x"), "类型"),
    "a part that is gone": (removed("xl/styles.xml"), "没有的部件"),
    "no list of sheets": (removed("xl/workbook.xml"), "没有这一部件"),
    "no list of types": (removed("[Content_Types].xml"), "没有这一部件"),
    "an object of another program": (replaced(SHEET, "</worksheet>", "<oleObjects/></worksheet>"), "嵌入的对象"),
    "a merge that is no area": (replaced(SHEET, 'ref="A2:C2"', 'ref="A2:C"'), "不成区域"),
    "broken XML": (replaced(SHEET, "</worksheet>", ""), "XML"),
    "an entity": (added("xl/a.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "实体"),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(built: bytes, defect: str) -> None:
    change, word = DEFECTS[defect]
    found = faults(planted(built, change))
    assert any(word in fault.what for fault in found), found


def test_what_is_no_package_is_told() -> None:
    assert faults(b"no zip")[0].what.startswith("不是压缩包")


def test_a_package_damaged_inside_is_told(built: bytes) -> None:
    """Wherever eight bytes are wiped; what no reader looks at may go unnoticed."""
    places = range(0, len(built), len(built) // 60)
    told = [bool(faults(built[:at] + bytes(8) + built[at + 8 :])) for at in places]
    assert sum(told) > 0.8 * len(told)

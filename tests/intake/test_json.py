"""Strict JSON: what clerks mistype, with place, what is wrong and what to do."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetreport import intake
from budgetreport.problems import Level, ProblemsError
from tests.intake.declaration import refused_text

SLIPS = {
    "missing comma": ('{"year": 2026\n "unit": 1}', 1, 14, "两项之间缺少逗号", "补英文逗号"),
    "trailing comma in an object": ('{"year": 2026,\n}', 1, 14, "多了逗号", "删去这个逗号"),
    "trailing comma in a list": ('{"notes": ["a",]}', 1, 15, "多了逗号", "删去这个逗号"),
    "Chinese comma": ('{"year": 2026，"unit": 1}', 1, 14, "用了中文逗号", "英文逗号"),
    "Chinese colon": ('{"year"：2026}', 1, 8, "用了中文冒号", "英文冒号"),
    "Chinese quotes": ("{“year”: 2026}", 1, 2, "用了中文引号", "英文引号"),
    "a key without quotes": ("{year: 2026}", 1, 2, "键要写在英文双引号里", '"amount"'),
    "single quotes": ("{'year': 2026}", 1, 2, "用了单引号", "双引号"),
    "a comment": ('{"year": 2026 // 预算年度\n}', 1, 15, "不能写注释", "notes"),
    "a quotation in a text": ('{"name": "开展"党建"活动"}', 1, 13, "文字里有英文双引号", "中文引号"),
    "missing quotes": ('{"unit": 某办公室}', 1, 10, "“某办公室”没有加引号", '"某办公室"'),
    "missing closing quote": ('{"name": "某办公室,\n "year": 2026}', 1, 16, "少了后一个引号", "补上引号"),
    "missing closing bracket": ('{"notes": ["a"\n', 2, 1, "第1行第11列的 [ 没有结束", "补上 ]"),
    "wrong closing bracket": ('{"notes": ["a"}', 1, 15, "括号不配对", "补上 ]"),
    "one bracket too many": ('{"year": 2026}}', 1, 15, "文件结束之后还有内容", "删去"),
    "missing value": ('{"year": }', 1, 10, "缺少值", "补上值"),
    "missing colon": ('{"year" 2026}', 1, 9, "缺少冒号", "英文冒号"),
    "thousands separated": ('{"amount": 1,234.50}', 1, 13, "千分位逗号", "去掉"),
    "a number with its unit": ('{"amount": 12万}', 1, 12, "“12万”不是数字的写法", "不写单位"),
    "full-width digits": ('{"amount": １２}', 1, 12, "全角数字", "半角"),
    "a leading zero": ('{"amount": 012}', 1, 12, "不是数字的写法", "不加0"),
    "True": ('{"absent": True}', 1, 12, "“True”的写法不对", "true"),
    "a line break in a text": ('{"name": "某\n办"}', 1, 12, "引号里有换行", "\\n"),
    "a lonely backslash": ('{"name": "C:\\data"}', 1, 13, "反斜杠", "\\\\"),
    "NaN": ('{"year": NaN}', 1, 10, "NaN 不是数字", "删去"),
    "Infinity": ('{"year": -Infinity}', 1, 10, "-Infinity 不是数字", "删去"),
    "an exponent beyond all measure": ('{"year": 1e999999}', 1, 10, "没有意义", "核对"),
    "more digits than decimals keep": ('{"year": 1.0000000000000000000000000001}', 1, 10, "太长", "核对"),
    "a control character": ('{"name": "a\\u0007b"}', 1, 10, "U+0007", "删去"),
    "half a character": ('{"name": "a\\ud800b"}', 1, 10, "U+D800", "删去"),
    "a key twice": ('{"year": 2026,\n "year": 2027}', 2, 2, "键“year”写了两次，前一次在第1行第2列", "删去一个"),
    "no object": ("[1]", 1, 1, "最外层应是", "例子"),
    "nothing": (" \n", 1, 1, "文件是空的", "检查"),
}


@pytest.mark.parametrize(("text", "line", "column", "what", "fix"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_told_with_its_place_and_remedy(text: str, line: int, column: int, what: str, fix: str) -> None:
    (problem,) = refused_text(text)
    assert (problem.rule, problem.level, str(problem.where)) == ("IN-11", Level.ERROR, f"输入.json:{line}:{column}")
    assert what in problem.what
    assert fix in problem.fix


def test_several_oddities_are_told_at_once() -> None:
    problems = refused_text('{"a": NaN,\n "a": 1,\n "b": "\\u0000"}')
    assert [(p.where.as_json()["line"], p.where.as_json()["column"]) for p in problems] == [(1, 7), (2, 2), (3, 7)]


@pytest.mark.parametrize("depth", [51, 500, 100_000])
def test_nesting_without_end_is_refused_where_it_passes_the_limit(depth: int) -> None:
    for text in ('{"a": ' + "[" * depth + "]" * depth + "}", '{"a": ' + "[" * depth):
        (problem,) = refused_text(text)
        assert "50层" in problem.what
        assert str(problem.where) == "输入.json:1:56"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_bom(encoding: str) -> None:
    source = intake.parse('{"名": "网信办"}'.encode(encoding), "a.json")
    assert source.tree == {"名": "网信办"}
    assert not source.notices
    assert str(source.locate(("名",))) == "a.json:1:7"


def test_gb18030_is_read_with_a_notice() -> None:
    source = intake.parse('{"name": "网信办"}'.encode("gb18030"), "a.json")
    assert source.tree == {"name": "网信办"}
    (notice,) = source.notices
    assert (notice.level, notice.rule) == (Level.NOTICE, "IN-12")
    assert "UTF-8" in notice.fix


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    damaged = '{\n"name": "网络安全办'.encode() + b'\xb0\xa1"}'
    (problem,) = refused_text(damaged)
    assert (problem.rule, str(problem.where)) == ("IN-12", "输入.json:2:15")
    assert "UTF-8" in problem.fix


@pytest.mark.parametrize(
    "data",
    ['{"a": 1}'.encode("utf-16"), '{"a": 1}'.encode("utf-16-le"), b"PK\x03\x04...", b"\x81\xff\xff", b" " * 50_000_001],
)
def test_other_files_are_refused(data: bytes) -> None:
    (problem,) = refused_text(data)
    assert problem.rule in ("IN-11", "IN-12")
    assert problem.fix


def test_utf16_that_could_be_gb18030_is_told_as_what_it_is() -> None:
    (problem,) = refused_text('{"预算": 1}'.encode("utf-16-le"))
    assert (problem.rule, str(problem.where)) == ("IN-12", "输入.json:1:1")
    assert "UTF-16" in problem.what


def test_a_file_larger_than_any_input_is_refused_unread() -> None:
    (problem,) = refused_text(b"{" + b" " * 50_000_000)
    assert (problem.rule, problem.what) == ("IN-11", "文件超过50MB")


def test_numbers_are_exact() -> None:
    tree = intake.parse(b'{"a": 85.21, "b": 1e2, "c": 5.00}', "a.json").tree
    assert tree == {"a": Decimal("85.21"), "b": Decimal(100), "c": Decimal("5.00")}
    assert str(tree["c"]) == "5.00"


@pytest.mark.parametrize("most", ["1." + "0" * 26, "1e99", "1e-099"])
def test_a_number_of_the_most_digits_is_read_and_one_more_is_told_where_it_stands(most: str) -> None:
    """What reads and what tells know the same bound: else a slip would have no place."""
    assert intake.parse(f'{{"a": {most}}}'.encode(), "a.json").tree == {"a": Decimal(most)}
    (problem,) = refused_text(f'{{"a":\n {most.replace("1.", "1.0").replace("99", "100")}}}'.encode())
    assert (str(problem.where), problem.what) == ("输入.json:2:2", "这个数太长，或大得没有意义")


def test_characters_beyond_the_basic_plane_may_be_escaped() -> None:
    assert intake.parse(b'{"a": "\\ud842\\udfb7", "b": "C:\\\\b"}', "a.json").tree == {"a": "𠮷", "b": "C:\\b"}


def test_values_and_keys_have_places() -> None:
    source = intake.parse('{"ledger": [\n  {"用": 1, "amount": 2},\n  {}]}'.encode(), "a.json")
    assert str(source.locate(("ledger", 0, "amount"))) == "a.json:2:22"
    assert str(source.locate_key(("ledger", 0, "amount"))) == "a.json:2:12"
    assert str(source.locate(("ledger", 1, "amount"))) == "a.json:3:3"  # absent: where the object stands
    assert str(source.locate(("ledger", 7, "amount"))) == "a.json:1:12"
    assert str(source.locate(())) == "a.json:1:1"
    assert str(source.locate(("ledger", 0, "amount", "单位"))) == "a.json:2:22"  # a number has nothing within


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(categories=("L", "N", "P", "Z"))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text("ab键", max_size=3), plain, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_every_value_is_found_where_it_stands(data: dict[str, object], ascii_only: bool, indent: int | None) -> None:  # noqa: FBT001 - drawn, not passed by people
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    try:
        source = intake.parse(text.encode(), "a.json")
    except ProblemsError:
        return  # control characters in keys
    lines = text.split("\n")
    for path, value in _values(source.tree, ()):
        place = source.locate(path)
        rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        found = json.JSONDecoder(parse_int=Decimal).raw_decode(rest)[0]
        assert found == value


def _values(value: object, path: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], object]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(found for step, inner in inside for found in _values(inner, (*path, step)))]


@given(st.text(st.sampled_from("{}[]\",:，“”'/#\\ \n\tae10.-+中一ＮtrufalsNI"), max_size=40))
def test_any_text_is_json_or_has_a_problem_with_a_place(text: str) -> None:
    try:
        intake.parse(text.encode(), "a.json")
    except ProblemsError as error:
        problems = error.problems
    else:
        json.loads(text)
        return
    assert all(p.what and p.fix and p.where.as_json()["line"] for p in problems)

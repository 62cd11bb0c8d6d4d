"""Code trees by digits."""

import pytest

from budgetreport.codes import CodeTree, read_codes

FUNCTION = CodeTree(
    {"类": 3, "款": 5, "项": 7}, {"201": "一般公共服务支出", "20137": "网信事务", "2013701": "行政运行"}
)


def test_a_code_counts_for_itself_and_all_above() -> None:
    assert FUNCTION.lineage("2013701") == ("2013701", "20137", "201")
    assert FUNCTION.lineage("201") == ("201",)


def test_a_codes_level_is_told_by_its_length_alone() -> None:
    assert [FUNCTION.level(c) for c in ("201", "20137", "2013701", "2013", "")] == ["类", "款", "项", "", ""]


def test_an_unlisted_code_has_a_place_but_no_name() -> None:
    assert FUNCTION.lineage("2019999") == ("2019999", "20199", "201")
    assert FUNCTION.name("2019999") == ""


@pytest.mark.parametrize(
    ("code", "level", "digits"),
    [
        ("2013701", "类", "201"),
        ("2013701", "款", "37"),
        ("2013701", "项", "01"),
        ("20137", "项", ""),
        ("201", "款", ""),
    ],
)
def test_the_digits_that_a_level_adds(code: str, level: str, digits: str) -> None:
    assert FUNCTION.added(code, level) == digits


def test_a_list_of_codes_keeps_its_order_and_takes_a_byte_order_mark() -> None:
    assert list(read_codes("\ufeffcode,name\n202,外交支出\n201,一般公共服务支出\n").items()) == [
        ("202", "外交支出"),
        ("201", "一般公共服务支出"),
    ]
    assert read_codes("code,label\n201,一般\n") == {"201": "一般"}


def test_a_code_holds_in_its_years_and_knows_its_old_names() -> None:
    tree = CodeTree(
        {"类": 3},
        read_codes(
            "code,name,from,until,formerly,confidence\n210,卫生健康,2019,,医疗卫生|卫生,low\n211,旧类,,2018,,high\n"
        ),
    )
    assert (tree.holds("210", 2018), tree.holds("210", 2019), tree.holds("211", 2018)) == (False, True, True)
    assert tree.in_year(2026) == ("210",)
    assert (tree.renamed("卫生", 2026), tree.renamed("旧类", 2026), tree.renamed("卫生", 2018)) == ("210", "", "")
    assert [entry.is_sure for code in tree if (entry := tree.entry(code))] == [False, True]
    assert tree.entry("999") is None


def test_names_given_without_a_list_hold_in_every_year() -> None:
    assert (FUNCTION.holds("201", 1999), FUNCTION.holds("202", 1999)) == (True, False)
    assert FUNCTION.in_year(2026) == ("201", "20137", "2013701")
    assert FUNCTION.renamed("网信事务", 2026) == ""


def test_a_list_of_names_alone_holds_in_every_year_and_is_sure() -> None:
    tree = CodeTree({"类": 3}, read_codes("code,name\n210,卫生健康\n"))
    entry = tree.entry("210")
    assert tree.holds("210", 1999)
    assert entry is not None
    assert entry.is_sure

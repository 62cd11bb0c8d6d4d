"""Sums from the index equal a plain scan over the lines, whatever the dimensions, lines and filters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetreport.codes import CodeTree
from budgetreport.dimensions import SILENT, Codes, Dimension, Values
from budgetreport.filters import Choice, Dimensions, Filter
from budgetreport.ledger import Book, Line

FUNCTION = ["201", "20101", "2010101", "2010102", "20102", "2010201", "202", "20201", "2020101", "2020102"]
ECONOMIC = ["301", "30101", "30102", "302", "30201", "310"]
USE = {
    "本年支出": [],
    "基本支出": ["本年支出"],
    "人员经费": ["基本支出"],
    "公用经费": ["基本支出"],
    "项目支出": ["本年支出"],
    "结转下年": [],
}
KIND = {"甲": [], "乙": [], "丙": ["甲", "乙"], "丁": ["甲"], "戊": ["乙"], "己": ["丙", "丁"], "庚": ["戊"], "辛": []}
"""Values that stand below several others."""

DIMENSIONS = Dimensions(
    [
        Codes("function", "功能分类", CodeTree({"类": 3, "款": 5, "项": 7})),
        Codes("economic", "经济分类", CodeTree({"类": 3, "款": 5})),
        Values("use", "用途", USE),
        Values("kind", "种类", KIND),
        Values("carried_over", "上年结转", {"是": [], "否": []}, default="否"),
        Values("year", "年度", {"本年": [], "上年": []}, default="本年", assume="本年"),
        Dimension("organisation", "单位"),
    ]
)
WORDS = {
    "function": [*FUNCTION, SILENT],
    "economic": [*ECONOMIC, SILENT],
    "use": [*USE, SILENT],
    "kind": [*KIND, SILENT],
    "carried_over": ["是", "否"],
    "year": ["本年", "上年"],
    "organisation": ["本级", "二级", SILENT],
}

coordinates = st.fixed_dictionaries({key: st.sampled_from(words) for key, words in WORDS.items()})
lines = st.lists(st.tuples(coordinates, st.integers(-(10**15), 10**15)), max_size=20)


def choices(key: str) -> st.SearchStrategy[Choice]:
    some = st.lists(st.sampled_from(WORDS[key]), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        some.map(lambda words: Choice(words[:1])),
        some.map(Choice),
        some.map(lambda words: Choice(None, words)),
        st.tuples(some, some).map(lambda two: Choice(*two)),
        st.just(Choice()),
    )


def filters(depth: int = 2) -> st.SearchStrategy[Filter]:
    """Filters as a layout can write them: lists, not, none, any, and `except` with filters of its own."""
    keys = st.lists(st.sampled_from(list(WORDS)), unique=True, max_size=3)
    chosen = keys.flatmap(lambda found: st.fixed_dictionaries({key: choices(key) for key in found}))
    less: st.SearchStrategy[list[Filter]] = st.just([])
    if depth:
        less = st.one_of(st.just([]), st.just([]), st.lists(filters(depth - 1), min_size=1, max_size=2))
    return st.builds(DIMENSIONS.filter, chosen, less)


def book(stated: Sequence[tuple[dict[str, str], int]]) -> Book:
    made = [
        Line({key: value for key, value in at.items() if value}, {"amount": amount}, ("ledger", number))
        for number, (at, amount) in enumerate(stated)
    ]
    return Book("ledger", DIMENSIONS, made)


def scan(of: Book, where: Filter) -> list[Line]:
    """What a filter means, said as plainly as it can be."""
    assumed = Filter((("year", Choice(("本年",))),)) if "year" not in dict(where.choices) else Filter()
    return [line for line in of.lines if meant(line, where) and meant(line, assumed)]


def meant(line: Line, where: Filter) -> bool:
    return all(
        (choice.include is None or any(below(key, line.coordinates.get(key, ""), v) for v in choice.include))
        and not any(below(key, line.coordinates.get(key, ""), v) for v in choice.exclude)
        for key, choice in where.choices
    ) and not any(meant(line, less) for less in where.less)


def below(key: str, value: str, wanted: str) -> bool:
    """Whether a coordinate is the wanted value or stands below it; `词=` is the word itself and nothing below."""
    if not value or not wanted:
        return value == wanted
    if key in ("function", "economic"):
        return value.startswith(wanted)
    if wanted.endswith("="):
        return value == wanted[:-1]
    tree = {"use": USE, "kind": KIND}.get(key, {})
    return value == wanted or any(below(key, parent, wanted) for parent in tree.get(value, ()))


many = settings(max_examples=100, deadline=None)


@many
@given(lines, st.lists(filters(), min_size=6, max_size=10))
def test_a_sum_is_what_a_plain_scan_adds_up(stated: list[tuple[dict[str, str], int]], wheres: list[Filter]) -> None:
    made = book(stated)
    for where in [*wheres, *(DIMENSIONS.both(one, other) for one, other in combinations(wheres, 2))]:
        found = scan(made, where)
        assert list(made.matching(where)) == found
        assert made.total(where) == sum(line.measures["amount"] for line in found)


@many
@given(lines, filters(), st.sampled_from(list(WORDS)))
def test_sums_along_a_dimension_are_those_of_each_of_its_values(
    stated: list[tuple[dict[str, str], int]], where: Filter, key: str
) -> None:
    made = book(stated)
    along = made.index().along(key, where)
    if along is not None:
        assert [along(word) for word in WORDS[key]] == [made.total(where.at(key, word)) for word in WORDS[key]]


def test_a_filter_that_leaves_out_less_than_it_names_has_no_sums_along() -> None:
    """What is left out of what is left out would have to be counted again: each sum is then asked for by itself."""
    made = book([({"use": "公用经费", "kind": kind, "year": "本年"}, n) for n, kind in enumerate("甲丁乙", 1)])
    inner = DIMENSIONS.filter({"kind": Choice(("甲",))}, [DIMENSIONS.filter({"kind": Choice(("丁",))})])
    where = DIMENSIONS.filter({}, [inner])
    assert made.index().along("use", where) is None
    assert made.total(where.at("use", "公用经费")) == 2 + 3


@many
@given(lines, st.lists(filters(), min_size=2, max_size=6))
def test_witnesses_are_equal_exactly_for_equal_lines(
    stated: list[tuple[dict[str, str], int]], wheres: list[Filter]
) -> None:
    made = book(stated)
    found = [(made.index().witness(where), [line.path for line in scan(made, where)]) for where in wheres]
    for witness, paths in found:
        for other, others in found:
            assert (witness == other) == (paths == others)


@many
@given(lines, st.lists(filters(1), max_size=4))
def test_all_lines_are_meant_when_each_is_by_one_of_the_filters(
    stated: list[tuple[dict[str, str], int]], wheres: list[Filter]
) -> None:
    made = book(stated)
    settled = [made.settled(where) for where in wheres]
    assert made.index().all_meant(settled) == all(any(meant(line, f) for f in settled) for line in made.lines)


@many
@given(lines, filters(), filters())
def test_both_are_the_lines_that_match_both(
    stated: list[tuple[dict[str, str], int]], one: Filter, other: Filter
) -> None:
    made = book(stated)
    both = DIMENSIONS.both(one, other)
    whole = [line for line in made.lines if meant(line, one) and meant(line, other)]
    assert [line for line in made.lines if meant(line, both)] == whole
    if DIMENSIONS.never(both):
        assert whole == []


@many
@given(lines, filters(1), filters(1))
def test_containing_is_never_claimed_of_what_a_scan_refutes(
    stated: list[tuple[dict[str, str], int]], one: Filter, other: Filter
) -> None:
    made = book(stated)
    for outer, inner in ((one, other), (one, DIMENSIONS.both(one, other))):
        if DIMENSIONS.contains(outer, inner):
            assert set(map(id, scan(made, inner))) <= set(map(id, scan(made, outer)))


@given(filters(1), filters(0))
def test_a_filter_contains_itself_and_what_it_is_narrowed_to(one: Filter, other: Filter) -> None:
    assert DIMENSIONS.contains(one, one)
    years = {key for where in (one, other) for key, _ in where.choices} & {"year"}
    if not years:
        assert DIMENSIONS.contains(one, DIMENSIONS.both(one, other))


@many
@given(lines, filters(), st.sampled_from(list(WORDS)))
def test_the_values_that_occur_are_those_of_matching_lines(
    stated: list[tuple[dict[str, str], int]], where: Filter, key: str
) -> None:
    made = book(stated)
    occurring = {line.coordinates[key] for line in scan(made, where) if key in line.coordinates}
    found = made.index().present(key, where)
    assert set(found) == occurring
    assert sorted(found, key=DIMENSIONS[key].order) == list(found)


def test_a_value_counts_for_all_above_it_and_a_silent_line_for_none() -> None:
    made = book([({"use": "公用经费"}, 5), ({"use": "项目支出"}, 7), ({}, 11)])  # fmt: skip
    made = Book(
        "ledger",
        DIMENSIONS,
        [Line({**line.coordinates, "year": "本年"}, line.measures, line.path) for line in made.lines],
    )
    sums = {word: made.total(DIMENSIONS.filter({"use": Choice((word,))})) for word in (*USE, SILENT)}
    assert sums == {
        "本年支出": 12,
        "基本支出": 5,
        "人员经费": 0,
        "公用经费": 5,
        "项目支出": 7,
        "结转下年": 0,
        SILENT: 11,
    }
    assert made.total(DIMENSIONS.filter({"use": Choice(None, ("基本支出",))})) == 18


def test_a_line_that_states_a_word_with_others_below_is_not_lost_among_them() -> None:
    d = DIMENSIONS["use"]
    assert d.above("基本支出") == ("基本支出=", "基本支出", "本年支出")
    assert d.name("基本支出=") == "基本支出"


def test_a_line_below_two_values_is_counted_once_in_a_list_of_both() -> None:
    made = book([({"kind": "丙", "year": "本年"}, 5), ({"kind": "丁", "year": "本年"}, 7)])
    assert made.total(DIMENSIONS.filter({"kind": Choice(("甲", "乙"))})) == 12


@pytest.mark.parametrize(("said", "total"), [({}, 5), ({"year": Choice()}, 12), ({"year": Choice(("上年",))}, 7)])
def test_a_silent_cell_looks_at_what_is_assumed_unless_it_says_otherwise(said: dict[str, Choice], total: int) -> None:
    made = book([({"year": "本年"}, 5), ({"year": "上年"}, 7)])
    assert made.total(DIMENSIONS.filter(said)) == total


def test_a_coordinate_without_list_is_printed_as_stated_and_has_no_levels() -> None:
    plain = DIMENSIONS["organisation"]
    assert (plain.name("本级"), plain.level("本级"), plain.above("本级")) == ("本级", "", ("本级",))


def test_measures_have_indexes_of_their_own() -> None:
    made = Book("assets", DIMENSIONS, [Line({"year": "本年"}, {"amount": 5, "quantity": 2}, ("a", 0))])
    assert (made.total(Filter()), made.total(Filter(), "quantity"), made.total(Filter(), "price")) == (5, 2, 0)

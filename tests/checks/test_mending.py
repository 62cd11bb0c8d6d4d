"""Mending: what is safe is written right, in the literals alone; all else stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetreport import intake
from budgetreport.checks import Document, Judge, Stating
from budgetreport.checks.characters import narrow
from budgetreport.checks.mending import Change, mended
from budgetreport.cli.console import Console
from budgetreport.cli.fixing import fix
from budgetreport.compose.document import Composer
from tests.checks.texts import layout
from tests.making import EXAMPLE, example

SOURCE = EXAMPLE.read_text("utf-8")
FIELDS = [("narrative", "sangong_reason"), ("narrative", "duties", 0), ("projects", 1, "purpose"), ("unit", "name")]
"""Some texts that a clerk words freely."""


def mend(source: str) -> tuple[str, tuple[Change, ...]]:
    facts = intake.validate(intake.parse(source.encode(), "输入.json"), layout().facts)
    return mended(source, facts, layout())


def at(tree: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - JSON
    for step in path:
        tree = tree[step]
    return tree


def stated(path: tuple[str | int, ...], said: str) -> str:
    """The example with a text of its own at a path."""
    data = example()
    at(data, path[:-1])[path[-1]] = said
    return json.dumps(data, ensure_ascii=False, indent=1)


MENDED = {
    "压减支出,提高效益;加强管理:见下文": "压减支出，提高效益；加强管理：见下文",
    "压减支出(含接待费)": "压减支出（含接待费）",
    "压减３０％，共２项": "压减30%，共2项",
    "压减支出\t\t": "压减支出",
    "压减\t支出": "压减支出",
    "  压减支出  ": "压减支出",
    "压减支出，  提高效益": "压减支出，提高效益",
    "使用 LED\tPC": "使用 LED PC",
    "压减5万元，其中29.5万元，1,200万元": "压减5.00万元，其中29.50万元，1,200.00万元",
    "一、 压减": "一、压减",
    "压减\n\n\n提高": "压减\n提高",
}

LEFT = [
    "压减支出，提高效益（含接待费）30%，共5.00万元。",
    "单价在20万元以上的设备",
    "见https://www.mof.gov.cn/a?b=1,c(d)",
    "8:30至9:00，1,234.00元，V3.0，A,B",
    "项目13018326P000328104136",
    "《预算法》、《会计法》",
    "3.125万元",
    "合  计",
]


@pytest.mark.parametrize("said", MENDED)
def test_a_text_is_written_right(said: str) -> None:
    text, changes = mend(stated(("narrative", "sangong_reason"), said))
    assert at(json.loads(text), ("narrative", "sangong_reason")) == MENDED[said]
    assert (said, MENDED[said]) in [(change.before, change.after) for change in changes]


@pytest.mark.parametrize("said", LEFT)
def test_a_text_that_is_right_or_for_a_person_to_judge_is_left_alone(said: str) -> None:
    text, _ = mend(stated(("narrative", "sangong_reason"), said))
    assert at(json.loads(text), ("narrative", "sangong_reason")) == said


def test_the_rest_of_the_file_stays_byte_for_byte() -> None:
    text, changes = mend(SOURCE)
    undone = text
    for change in changes:
        undone = undone.replace(f'"{change.after}"', f'"{change.before}"')
    assert [change.rules for change in changes] == [("W-12",)] * 3 + [("W-10",)] + [("W-12",)] * 2
    # 100% stands elsewhere too, so undoing it by name undoes too much.
    assert undone.replace('"100％"', '"100%"') == SOURCE.replace('"100％"', '"100%"')


def test_escapes_stay_as_they_are_written() -> None:
    source = SOURCE.replace('"sangong_reason": "压减', r'"sangong_reason": "\u538b\u51cf\/\"\ud842\udfb7,')
    text, _ = mend(source)
    assert r'"sangong_reason": "\u538b\u51cf\/\"\ud842\udfb7，非必要' in text


def test_notes_waivers_codes_and_keys_are_left_alone() -> None:
    data = example()
    data["notes"] = ["问过张科长,说可以(电话)  "]
    data["organisations"][0]["id"] = "本级(机关)"
    for line in data["procurement"]:
        line["organisation"] = "本级(机关)"
    source = json.dumps(data, ensure_ascii=False)
    assert json.loads(mend(source)[0])["notes"] == data["notes"]
    assert json.loads(mend(source)[0])["organisations"][0]["id"] == "本级(机关)"


words = st.text(
    st.sampled_from('压减支出收入，。；：,;:()（）?! \u3000\t\n％%２０1.5万元以上A“”"\\/一、《》'), max_size=30
)


@settings(max_examples=30)  # each reads the whole example twice
@given(st.sampled_from(FIELDS), words)
def test_mending_twice_is_mending_once_and_changes_texts_alone(path: tuple[str | int, ...], said: str) -> None:
    source = stated(path, f"甲{said}")
    once, _ = mend(source)
    assert mend(once) == (once, ())
    before, after = json.loads(source), json.loads(once)
    assert [p for p, _ in _leaves(before)] == [p for p, _ in _leaves(after)]
    differing = [(a, b) for (_, a), (_, b) in zip(_leaves(before), _leaves(after), strict=True) if a != b]
    assert all(isinstance(a, str) and isinstance(b, str) for a, b in differing)
    assert _words(at(after, path)) == _words(at(before, path))
    assert _numbers(at(after, path)) == _numbers(at(before, path))


def _words(said: str) -> str:
    return re.sub("[^一-龥]", "", said)


def _numbers(said: str) -> list[Decimal]:
    return [Decimal(found) for found in re.findall(r"[0-9]+(?:\.[0-9]+)?", narrow(said))]


def _leaves(tree: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else None
    if items is None:
        yield path, tree
        return
    for key, value in items:
        yield from _leaves(value, (*path, key))


def test_what_is_mended_is_not_found_again() -> None:
    source = stated(("narrative", "sangong_reason"), "压减支出,提高效益(３０％)，  节约5万元\u3000")
    assert _told(source) == {"W-10", "W-11", "W-12"}
    # What is left: the layout's own 第一部分  (W-11).
    assert _told(mend(source)[0]) == {"W-11"}


def _told(source: str) -> set[str]:
    facts = intake.validate(intake.parse(source.encode(), "输入.json"), layout().facts)
    report, _ = Composer(facts, layout()).report()
    found = Judge(Document(report, Stating(report, facts)), layout(), facts).check().problems
    return {p.rule for p in found if p.rule in ("W-10", "W-11", "W-12")}


@pytest.mark.parametrize(("codec", "newline"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("gb18030", "\r\n")])
def test_the_new_file_has_the_inputs_encoding_and_the_input_stays(
    codec: str, newline: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "某单位.json"
    source.write_bytes(SOURCE.replace("\n", newline).encode(codec))
    before = source.read_bytes()
    assert fix(source, (), Console("check", as_json=False), None) == 0
    assert source.read_bytes() == before
    made = (tmp_path / "某单位.fixed.json").read_bytes()
    assert made == mend(SOURCE)[0].replace("\n", newline).encode(codec)
    assert '+    "main_projects": "1、网络宣传经费5.00万元' in capsys.readouterr().out


def test_in_place_only_where_asked(tmp_path: Path) -> None:
    source = tmp_path / "a.json"
    source.write_text(SOURCE, "utf-8")
    assert fix(source, (), Console("check", as_json=True), None, in_place=True) == 0
    assert source.read_text("utf-8") == mend(SOURCE)[0]
    assert fix(source, (), Console("check", as_json=False), None) == 0
    assert list(tmp_path.iterdir()) == [source], "nothing to mend, nothing written"

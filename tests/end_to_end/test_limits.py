"""Input beyond any honest size is refused with place and remedy; what is within is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from budgetreport.intake.scan import DEPTH
from budgetreport.intake.source import LARGEST
from budgetreport.intake.validate import LONGEST_NAME, MOST_ITEMS, MOST_NAMES, MOST_PROBLEMS
from budgetreport.intake.values import LONGEST_TEXT
from budgetreport.layout import source
from budgetreport.problems import ProblemsError
from budgetreport.typeset import flow
from budgetreport.write.files import safe_name
from tests.desk import TEXT, Done, run
from tests.intake.declaration import refused, refused_text
from tests.making import Change, example


def told(change: Change) -> list[tuple[str, str]]:
    """Rule and words of all that is wrong with a small declared input."""
    return [(problem.rule, problem.what) for problem in refused(change)]


def built(folder: Path, data: str | bytes) -> Done:
    (folder / "大.json").write_bytes(data.encode() if isinstance(data, str) else data)
    return run(folder, "build", "大.json")


def refusal(done: Done, words: str) -> None:
    assert done.code == 1
    assert words in done.out
    assert "改法：" in done.out


def test_a_file_of_too_many_bytes(tmp_path: Path) -> None:
    with (tmp_path / "大.json").open("wb") as file:
        file.write(TEXT.encode())
        file.truncate(LARGEST + 1)  # takes no room on the disk
    refusal(run(tmp_path, "build", "大.json"), "大.json:1:1 错误 IN-11\n  文件超过50MB\n")
    assert not (tmp_path / "output").exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file without end")
def test_a_file_without_end(tmp_path: Path) -> None:
    (tmp_path / "大.json").symlink_to("/dev/zero")
    refusal(run(tmp_path, "build", "大.json"), "文件超过50MB")


def test_brackets_within_one_another(tmp_path: Path) -> None:
    def nested(depth: int) -> str:
        return '{"notes": ' * 1 + "[" * (depth - 1) + "]" * (depth - 1) + "}"

    refusal(built(tmp_path, nested(DEPTH + 1)), f"大.json:1:{10 + DEPTH} 错误 IN-11\n  括号套了50层以上\n")
    assert not any("层" in problem.what for problem in refused_text(nested(DEPTH)))
    refusal(built(tmp_path, nested(100_000)), "括号套了50层以上")


def test_a_list_of_too_many_entries() -> None:
    def lines(count: int) -> Change:
        return lambda data: data.update(notes=["甲"] * count)

    assert told(lines(MOST_ITEMS)) == []
    assert told(lines(MOST_ITEMS + 1)) == [("IN-20", "notes（备注）有200001条，至多200000条")]


def test_too_many_free_keys_and_too_long_ones() -> None:
    def reasons(*keys: str) -> Change:
        return lambda data: data.update(used_for=dict.fromkeys(keys, "日常工作"))

    codes = [f"{number:07}" for number in range(MOST_NAMES + 1)]
    assert told(reasons(*codes[:-1])) == []
    assert [rule for rule, _ in told(reasons(*codes))] == ["IN-20"]
    assert told(reasons("甲" * LONGEST_NAME)) == []
    ((rule, what),) = told(reasons("甲" * (LONGEST_NAME + 1)))
    assert rule == "IN-20"
    assert "名称太长" in what


def test_a_text_of_too_many_characters() -> None:
    assert told(lambda data: data["unit"].update(name="长" * LONGEST_TEXT)) == []
    ((rule, what),) = told(lambda data: data["unit"].update(name="长" * (LONGEST_TEXT + 1)))
    assert rule == "IN-20"
    assert "有10001个字符，一项文字至多10000个" in what


def test_a_number_of_too_many_digits() -> None:
    ((rule, what),) = told(lambda data: data["ledger"][0].update(amount="1" * 29))
    assert rule == "IN-02"
    assert "太长" in what
    assert [problem.rule for problem in refused_text('{"year": ' + "1" * 29 + "}")] == ["IN-11"]


def test_more_mistakes_than_anybody_reads() -> None:
    def keys(data: dict[str, Any]) -> None:
        data.update({f"k{number}": 1 for number in range(MOST_PROBLEMS + 5)})

    found = told(keys)
    assert len(found) == MOST_PROBLEMS + 1
    assert ("IN-20", "错误超过10000处，只列出先读到的") in found


def test_a_document_of_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "PAGES", 10)  # 2,000 would take a minute
    refusal(built(tmp_path, json.dumps(example(), ensure_ascii=False)), "错误 IN-20\n  印出来超过")
    assert not (tmp_path / "output").exists()


def test_a_layouts_file_of_too_many_bytes_or_brackets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "layout.yaml"
    file.write_text("[" * source.DEPTH + "]" * source.DEPTH, "utf-8")
    source.read_yaml(file, "layout.yaml")
    for depth in (source.DEPTH + 1, 900, 100_000):  # what we, what Python, and what the reader of YAML refuses
        file.write_text("[" * depth + "]" * depth, "utf-8")
        with pytest.raises(ProblemsError) as caught:
            source.read_yaml(file, "layout.yaml")
        assert caught.value.problems[0].rule == "LY-01"
    monkeypatch.setattr(source, "LARGEST", 1_000_000)
    file.write_text(f"title: {'长' * 400_000}", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        source.read_yaml(file, "layout.yaml")
    assert "文件超过1MB" in caught.value.problems[0].what


def test_names_of_attachments_are_no_paths() -> None:
    names = [
        "网信办 2026.json",
        "../../x.json",
        ".bashrc",
        "..",
        ".~budgetreport-run",
        "a:b.xlsx",
        "CON.pdf",
        "甲.tar.g/z",
    ]
    assert [safe_name(name) for name in names] == [
        "网信办 2026.json", "x.json", "_.bashrc", "_", "_.~budgetreport-run", "a：b.xlsx", "_CON.pdf", "甲.tar.g／z",
    ]  # fmt: skip

"""The schemas of layout files say yes to every shipped file, and no where the loader does not know a key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest
import yaml

from budgetreport.layout import load, shelf
from budgetreport.layout.schema import KINDS, schema
from budgetreport.problems import ProblemsError
from tests.desk import run

LAYOUTS = Path(__file__).parents[2] / "layouts"
FILES = sorted({*LAYOUTS.rglob("*.yaml")} - {LAYOUTS / "common" / "drafting.yaml"})
"""Without the words of `layouts draft`, which are of no layout."""
HEBEI = "hebei/2026-department-budget"
FOLDERS = {"tables": "table", "forms": "form", "facts": "facts", "checks": "checks"}


class Editor(yaml.SafeLoader):
    """How editors read YAML 1.2: numbers, true and null are none of texts, yes and dates are."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in resolvers if tag.rpartition(":")[2] in ("int", "float", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def kind(file: Path) -> str:
    return FOLDERS.get(file.parent.name) or file.stem


def validator(of: str) -> Any:  # noqa: ANN401 - of a library without types
    return jsonschema.Draft7Validator(schema(of))


@pytest.mark.parametrize("of", KINDS)
def test_a_schema_is_one_and_describes_every_key(of: str) -> None:
    made = schema(of)
    jsonschema.Draft7Validator.check_schema(made)
    bare = [name for name, said in made.get("properties", {}).items() if not said.get("description")]
    assert bare == []


@pytest.mark.parametrize("reading", [yaml.BaseLoader, Editor], ids=["as the loader", "as an editor"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(LAYOUTS).as_posix())
def test_a_shipped_file_fits_its_schema(file: Path, reading: Any) -> None:  # noqa: ANN401 - of a library without types
    said = yaml.load(file.read_text("utf-8"), reading)  # noqa: S506 - both make nothing but plain values
    assert [f"{list(e.absolute_path)} {e.message[:200]}" for e in validator(kind(file)).iter_errors(said)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(LAYOUTS).as_posix())
def test_it_fits_the_schema_with_its_layouts_own_words(file: Path) -> None:
    folder = next(folder for folder in file.parents if (folder / "layout.yaml").is_file())
    made = schema(kind(file), load(folder.relative_to(LAYOUTS).as_posix(), shelf()).vocabulary)
    said = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - reads texts only
    assert [
        f"{list(e.absolute_path)} {e.message[:200]}" for e in jsonschema.Draft7Validator(made).iter_errors(said)
    ] == []


UNKNOWN = "keyy"


def mappings(node: Any, shape: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:  # noqa: ANN401 - YAML
    """Every mapping of a file with the keys that lead to it, positions in lists left out."""
    if isinstance(node, dict):
        yield shape, node
        for name, inner in node.items():
            yield from mappings(inner, (*shape, name))
    elif isinstance(node, list):
        for inner in node:
            yield from mappings(inner, shape)


def told(folder: Path, file: Path, said: object) -> bool:
    """Whether the loader knows no such key in a layout that has this file in place of the shipped one."""
    below = file.relative_to(next(up for up in file.parents if (up / "layout.yaml").is_file()))
    root = {} if below.name == "layout.yaml" else {"inherits": HEBEI, "title": "例"}
    for name, value in {"layout.yaml": root, below.as_posix(): said}.items():
        (folder / "例" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "例" / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    try:
        load("例", shelf(folder))
    except ProblemsError as error:
        return any(p.rule == "LY-02" and p.text == UNKNOWN for p in error.problems)
    return False


SAMPLES = [
    "common/layout.yaml",
    "common/style.yaml",
    "common/facts/facts.yaml",
    "common/checks/填报.yaml",
    "hebei/base/layout.yaml",
    "hebei/base/tables/政府采购预算.yaml",
    "hebei/base/tables/收支总表.yaml",
    "hebei/base/forms/项目绩效目标表.yaml",
]
FREE = {"words", "properties", "workbook", "lists", "values", "levels", "terms"}
"""Keys below which any key may stand."""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_key_that_the_loader_does_not_know_the_schema_does_not_either(name: str, tmp_path: Path) -> None:
    """One mapping of each kind of place in the file gets a key too many."""
    file = LAYOUTS / name
    said = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - reads texts only
    check = validator(kind(file))
    known = {*re.findall(r'"properties": {"|"(\w+)": {"description"', json.dumps(check.schema))}
    seen: set[tuple[str, ...]] = set()
    refused = 0
    for shape, found in mappings(said):
        place = tuple(word if word in known else "*" for word in shape)
        if place in seen or FREE & set(shape):
            continue
        seen.add(place)
        found[UNKNOWN] = {"keyy": "1"}
        by_loader, by_schema = told(tmp_path, file, said), not check.is_valid(said)
        del found[UNKNOWN]
        assert by_schema or not by_loader, shape
        refused += by_schema and by_loader
    assert refused >= 3


def test_with_a_layouts_words_a_wrong_dimension_or_value_is_refused() -> None:
    words = load(HEBEI, shelf()).vocabulary
    check = jsonschema.Draft7Validator(schema("table", words))

    def fits(where: object) -> bool:
        return bool(check.is_valid({"columns": [{"head": "数", "sum": where}]}))

    assert fits({"source": "财政拨款", "function": ["201", "202"], "economic": {"not": "302"}, "year": "any"})
    assert fits("三公经费")
    assert fits({"term": "三公经费", "except": {"use": "项目支出"}})
    assert not fits({"sourse": "财政拨款"})
    assert not fits({"source": "财政拔款"})
    assert not fits({"source": {"not": "财政拔款"}})
    assert not fits("三公费")
    assert not fits({"term": "三公费"})


@pytest.mark.parametrize(
    ("of", "said", "fits"),
    [
        ("style", {"roles": {"table": {"size": "8"}}}, True),
        ("style", {"roles": {"table": {"size": "小五", "smaller": [8.5, "8"]}}}, True),
        ("style", {"roles": {"table": {"size": "7.5"}}}, False),
        ("style", {"roles": {"table": {"smaller": [7]}}}, False),
        ("table", {"columns": [{"head": "甲", "align": "centre"}]}, False),
        ("table", {"across": "是"}, False),
        ("table", {"columns": {"replace": [{"head": "甲", "sum": {}}]}, "numbering": ""}, True),
        ("table", {"rows": [{"id": "甲", "drop": "yes"}, {"label": "乙", "only": [], "after": "丙"}]}, True),
        ("facts", {"extra": {"title": "例", "each": {"a": {"type": "amuont"}}}}, False),
        ("layout", {"parts": [{"heading": "甲", "parts": [{"tabel": "乙"}]}]}, False),
    ],
    ids=str,
)
def test_values_are_checked_as_the_language_has_them(of: str, said: object, fits: bool) -> None:  # noqa: FBT001 - expected
    assert bool(validator(of).is_valid(said)) is fits


def test_all_are_written_to_a_folder(tmp_path: Path) -> None:
    assert run(tmp_path, "layouts", "schema", "-o", "模式").code == 0
    found = {file.name: json.loads(file.read_text("utf-8")) for file in (tmp_path / "模式").iterdir()}
    assert found == {f"{of}.schema.json": schema(of) for of in KINDS}
    assert json.loads(run(tmp_path, "layouts", "schema", "table").out) == schema("table")

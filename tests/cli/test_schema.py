"""The schema beside the example is the one that the program prints, and the example fits it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.desk import LAYOUT, PROJECT, TEXT, run, slipped, started
from tests.making import written

SCHEMA = PROJECT / "inputs" / "budgetreport-1.schema.json"


def test_the_schema_beside_the_example_is_current(tmp_path: Path) -> None:
    """Else: budgetreport schema > inputs/budgetreport-1.schema.json."""
    done = started(tmp_path, "schema", env={"PYTHONUTF8": "1"})
    assert done.returncode == 0
    assert done.stdout.decode("utf-8") == SCHEMA.read_text("utf-8")


@pytest.mark.parametrize("path", sorted({*SCHEMA.parent.glob("*.json")} - {SCHEMA}), ids=lambda path: path.stem)
def test_every_input_names_the_schema_and_fits_it(path: Path) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    stated = json.loads(path.read_text("utf-8"))
    assert (path.parent / stated["$schema"]).samefile(SCHEMA)
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(stated)


def test_an_input_of_no_known_layout_does_not_fit_it() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    unknown = slipped(("hebei/2026-department-budget", "hebei/2026"))
    assert list(jsonschema.Draft7Validator(schema).iter_errors(json.loads(unknown)))


def test_the_schema_of_one_layout_is_what_that_layout_asks(tmp_path: Path) -> None:
    done = run(tmp_path, "schema", "hebei/2026-department-budget", "--format", "json")
    one = json.loads(done.out)["schema"]
    jsonschema.Draft7Validator(one).validate(json.loads(TEXT))
    assert "definitions" not in one


@pytest.mark.parametrize(
    "change", [('"economic"', '"econmic"'), ('"人员经费"', '"人员费"'), ('"code": "224", ', ""), ("85.21", "[]")]
)
def test_an_editor_sees_a_slip_that_the_program_sees(change: tuple[str, str]) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    assert list(jsonschema.Draft7Validator(schema).iter_errors(json.loads(slipped(change))))


def test_an_unknown_layout_is_told_with_the_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "schema", "hebei/2026-department-budgt")
    assert "没有版式“hebei/2026-department-budgt”\n  改法：是不是“hebei/2026-department-budget”？\n" in done.out
    assert done.code == 1


def test_a_layout_beside_the_command_has_a_schema_too(tmp_path: Path) -> None:
    written(tmp_path / "layouts", {"layout.yaml": f"inherits: {LAYOUT}\ntitle: 我的\n"})
    one = json.loads(run(tmp_path, "schema", "小", "--format", "json").out)["schema"]
    assert one["title"] == "我的"
    every = json.loads(run(tmp_path, "schema", "--format", "json").out)["schema"]
    assert '"小"' in json.dumps(every, ensure_ascii=False)

"""Every shipped layout and every input in inputs/: a new folder or file is tested by being there."""

from __future__ import annotations

import json
from pathlib import Path

import page as page_validation
import pytest

from budgetreport.checking import judged
from budgetreport.disclosure import make, read
from budgetreport.layout import shelf
from budgetreport.problems import Level
from tests.desk import PROJECT, run, started
from tests.package import faults

INPUTS = {path.stem: path for path in sorted((PROJECT / "inputs").glob("*.json")) if "schema" not in path.name}
GROUPS = {"表内", "表间", "表与文字", "与上年比较", "文字与标点"}
EACH = pytest.mark.parametrize("path", INPUTS.values(), ids=INPUTS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the documents of every input."""
    folder = tmp_path_factory.mktemp("每个输入")
    done = run(folder, "build", *map(str, INPUTS.values()), "-o", ".")
    assert (done.code, done.err) == (0, "")
    return folder


def test_every_layout_has_an_input() -> None:
    stated = {json.loads(path.read_text("utf-8"))["layout"] for path in INPUTS.values()}
    assert stated == set(shelf().ids())


@EACH
def test_a_validator_finds_nothing_in_its_pdf(built: Path, path: Path) -> None:
    for profile in ("3a", "ua1"):
        said = str(page_validation.validate_pdf(str(built / f"{path.stem}.pdf"), profile=profile))
        assert "Result: no failures" in said, (profile, said)


@EACH
def test_its_workbook_has_no_fault(built: Path, path: Path) -> None:
    assert faults((built / f"{path.stem}.xlsx").read_bytes()) == ()


@EACH
def test_another_process_in_another_folder_and_time_zone_makes_the_same_bytes(
    built: Path, path: Path, tmp_path: Path
) -> None:
    env = {"TZ": "Pacific/Chatham", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    assert started(tmp_path, "build", str(path), "-o", "别处 一", env=env).returncode == 0
    for ending in ("pdf", "xlsx"):
        name = f"{path.stem}.{ending}"
        assert (tmp_path / "别处 一" / name).read_bytes() == (built / name).read_bytes()


@EACH
@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_what_is_read_back_is_what_was_stated(built: Path, path: Path, ending: str, tmp_path: Path) -> None:
    done = run(tmp_path, "verify", str(built / f"{path.stem}.{ending}"), "--against", str(path))
    assert done.code == 0, done.out


@EACH
def test_what_the_pdf_carries_makes_the_same_document(built: Path, path: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "extract", str(built / f"{path.stem}.pdf"), "-o", ".").code == 0
    (stated,) = tmp_path.glob("*.json")
    again = make(read(stated), ("pdf", "xlsx"), lambda _step: None).files
    for ending in ("pdf", "xlsx"):
        assert again[ending].data == (built / f"{path.stem}.{ending}").read_bytes()


@EACH
def test_its_rules_run_and_find_no_error(path: Path) -> None:
    found = judged(read(path))
    assert [f"{p.where} {p.what}" for p in found.problems if p.level is Level.ERROR] == []
    assert found.layout is not None
    assert {found.layout.rules.group(rule) for rule in found.ran} >= GROUPS

"""The pages are true: what is generated is current, what is excerpted stands where they say, links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from budgetreport.checks import mistaken
from budgetreport.cli.console import Exit
from budgetreport.layout import load, shelf
from tests.desk import run
from tests.house.pages import INPUT, PAGES, PROJECT, Block, blocks

EXAMPLE = "hebei/2026-department-budget"
_LINK = re.compile(r"\]\(([^)#]+)\)")


@pytest.mark.parametrize("page", sorted((PROJECT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_generated_tables_are_current(page: Path) -> None:
    """If not: make reference."""
    spec = importlib.util.spec_from_file_location("build_reference", PROJECT / "docs" / "build_reference.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = page.read_text("utf-8")
    assert script.current(text) == text


@pytest.mark.parametrize("block", [b for b in blocks("json") if '"ledger": [' in b.text], ids=str)
def test_an_excerpt_stands_in_the_example_input(block: Block) -> None:
    lines = {line.strip() for line in INPUT.read_text("utf-8").splitlines()}
    assert [line for line in block.text.splitlines() if line.strip() not in lines] == []


@pytest.mark.parametrize("block", blocks("yaml"), ids=str)
def test_an_example_of_the_layout_language_loads(block: Block, tmp_path: Path) -> None:
    """Each example is put into a layout that inherits the shipped one."""
    folder = tmp_path / "test" / "example"
    kind, _, name = block.said.partition(" ")
    files = {
        "table": f"tables/{name or '例'}.yaml",
        "form": "forms/例.yaml",
        "facts": "facts/例.yaml",
        "rules": "checks/例.yaml",
    }
    for file, text in {
        "layout.yaml": f"inherits: {EXAMPLE}\ntitle: 例\n",
        files.get(kind, "layout.yaml"): block.text,
    }.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    found = load("test/example", shelf(tmp_path))
    assert found.lineage[-1] == "test/example"
    assert mistaken(found, {"layouts/test/example/checks/例.yaml"}) == ()


@pytest.mark.parametrize("block", blocks("jinja"), ids=str)
def test_an_example_of_a_text_loads(block: Block, tmp_path: Path) -> None:
    folder = tmp_path / "test" / "example"
    (folder / "text").mkdir(parents=True)
    (folder / "layout.yaml").write_text(f"inherits: {EXAMPLE}\ntitle: 例\n", "utf-8")
    (folder / "text" / "三公经费.j2").write_text(block.text, "utf-8")
    assert load("test/example", shelf(tmp_path)).texts["三公经费.j2"].source == block.text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    targets = [t for t in _LINK.findall(page.read_text("utf-8")) if not t.startswith("http")]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_lists_every_command(name: str, tmp_path: Path) -> None:
    text = (PROJECT / name).read_text("utf-8")
    listed = set(re.findall(r"^\| `(\w+)", text, re.MULTILINE))
    commands = re.findall(r"^  (\w+)  ", run(tmp_path, "--help").out.partition("命令：")[2], re.MULTILINE)
    assert commands
    assert set(commands) <= listed


def test_the_exit_codes_are_told() -> None:
    text = (PROJECT / "docs" / "json.md").read_text("utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)} == {int(code) for code in Exit}


def test_no_page_names_a_folder_of_one_machine() -> None:
    found = [str(page) for page in PAGES if re.search(r"(?<![\w.])/(work|root|home|Users)/", page.read_text("utf-8"))]
    assert found == []

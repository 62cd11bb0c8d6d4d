"""No word of a document stands in the program: labels, titles, heads, notes and sentences live in layouts/."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
LAYOUTS = ROOT / "layouts"
SRC = ROOT / "src" / "budgetreport"

ALLOWED = {
    "第一部分",  # a pattern of numbers (numerals.py), like 一、
    "金额单位",  # what `unit` of the layout language is called
    "政府收支分类科目",  # the national classification that codes rest on, cited as basis
}
"""What may stand in both, each with its reason."""

PIECES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
REGIONS = ("晋州", "河北", "石家庄", "北京", "上海", "hebei", "jinzhou")
DIMENSIONS = ("dimensions", "terms", "books")
"""Keys whose words are the ledger's, not a document's: they may be named in docstrings."""
EXPLAINED = ("built_in", "groups")
"""Keys that explain what the program itself says: its own checks, the names of groups."""
SAID_OF_FINDINGS = ("name", "basis", "why", "what", "fix", "formula")
"""Keys of rules that are told to a clerk: words of a program's messages, not of a document."""


def scalars(node: object) -> Iterator[str]:
    """All texts below a node; keys are the language's, or ids that are printed words too."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in SAID_OF_FINDINGS:
                yield from scalars(value)
    elif isinstance(node, list):
        for item in node:
            yield from scalars(item)
    elif isinstance(node, str):
        yield node


def pieces(text: str) -> Iterator[str]:
    """The parts of a text that are printed as they stand: between expressions, line by line, sentence by sentence."""
    for piece in PIECES.split(text):
        for part in re.split(r"[\n。；，：、（）“”]", piece):
            yield part.strip()


def printed() -> set[str]:
    """Words of at least four Chinese characters that a layout prints; ids of tables and columns are none."""
    found: set[str] = set()
    for file in LAYOUTS.rglob("*"):
        if file.suffix == ".j2":
            found.update(pieces(file.read_text("utf-8")))
        elif file.suffix == ".yaml" and "facts" not in file.parts and file.name != "style.yaml":
            said = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - reads texts only
            for part in (*DIMENSIONS, *EXPLAINED) if isinstance(said, dict) else ():
                said.pop(part, None)
            for text in scalars(said):
                found.add(text.strip())
                found.update(pieces(text))
    ids = {file.stem for kind in ("tables", "forms") for file in LAYOUTS.rglob(f"{kind}/*.yaml")}
    return {text for text in found if len(CHINESE.findall(text)) >= 4 and "/" not in text} - ids - ALLOWED


def strings(file: Path) -> Iterator[tuple[int, str]]:
    """All text of a module, docstrings and comments too: its lines."""
    yield from enumerate(file.read_text("utf-8").splitlines(), 1)


def test_no_printed_words_of_a_layout_stand_in_the_program() -> None:
    words = printed()
    assert len(words) > 200
    found = [
        f"{file.relative_to(ROOT)}:{number}: {word}"
        for file in SRC.rglob("*.py")
        for number, line in strings(file)
        if CHINESE.search(line)
        for word in words
        if word in line
    ]
    assert found == []


def test_no_region_is_named_in_the_program() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {region}"
        for file in SRC.rglob("*.py")
        for number, line in strings(file)
        for region in REGIONS
        if region in line
    ]
    assert found == []


def test_no_identifier_of_a_dimension_stands_in_the_composer_as_code() -> None:
    """The ledger's dimensions are the layouts': beyond describing a line in a message, no module knows them."""
    names = {"economic", "carried_over", "government_economic", "abroad", "budget_item", "asset"}
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for file in (SRC / "compose").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert [place for place in found if "coverage.py" not in place] == []

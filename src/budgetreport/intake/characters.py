"""Characters that cannot be printed: found before anything is typeset, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from budgetreport.facts import Path
from budgetreport.intake.source import Source
from budgetreport.problems import Level, Problem


def lacking_characters(source: Source, lacking: Callable[[Iterable[str]], set[str]]) -> tuple[Problem, ...]:
    """A problem for each text with characters that no font has; `lacking` picks those from a set."""
    missing = lacking(set().union(*(set(text) for _, text in _texts(source.tree, ()))) - {"\n"})
    if not missing:
        return ()
    return tuple(_problem(source, path, text, missing) for path, text in _texts(source.tree, ()) if missing & set(text))


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number))


def _problem(source: Source, path: Path, text: str, missing: set[str]) -> Problem:
    found = [char for char in dict.fromkeys(text) if char in missing]
    named = "、".join(f"{_shown(char)}（U+{ord(char):04X}）" for char in found[:10])
    if "\t" in found:
        what, fix = f"文字中有制表符等不能印的字符：{named}", "删去，或改为空格"
    else:
        what, fix = f"这些字符没有字体可印：{named}", "换成规范的字符；是生僻字的，请与开发者联系"
    return Problem(Level.ERROR, "IN-17", source.locate(path), what, fix, "".join(found[:10]))


def _shown(char: str) -> str:
    return f"“{char}”" if char.isprintable() else "控制字符"

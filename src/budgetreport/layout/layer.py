"""The files of a layout laid over one another, those it inherits below, a bureau's own rules on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TypeVar

from budgetreport.codes import read_codes
from budgetreport.layout.merge import merge, plain
from budgetreport.layout.model import Template
from budgetreport.layout.rules import relevelled
from budgetreport.layout.source import Keys, Node, layout_problem, read_text, read_yaml
from budgetreport.problems import FilePlace, Problem, ProblemsError, nearest
from budgetreport.spelling import spelled

_File = TypeVar("_File", bound=PurePath)
ROOT = "layout.yaml"
_CHECKS = "checks"


@dataclass
class Layer:
    """The files of one layout and those it inherits: merged YAML by kind and name, texts and lists by name.

    `problems` were found in them so far; where some are `unreadable`, reading on would only tell of what they lack.
    """

    yaml: dict[str, dict[str, Node]] = field(default_factory=dict)
    texts: dict[str, Template] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: list[Problem] = field(default_factory=list)


def shown(file: Path, folder: Path) -> str:
    """A layout file's name as problems give it: the same wherever the program is installed."""
    return (Path("layouts") / spelled(file.relative_to(folder))).as_posix()


def _files(folder: Path, kind: str, suffix: str) -> Iterator[Path]:
    return iter(listed(folder / kind, suffix)) if kind else iter([folder / ROOT])


def listed(folder: Path, ending: str) -> list[Path]:
    """A folder's files with that ending, in the same order everywhere; none where there is no folder."""
    return in_order(file for file in folder.glob(f"*{ending}") if file.suffix == ending)


def in_order(files: Iterable[_File]) -> list[_File]:
    """Files of a folder by the characters of their names: paths of Windows themselves are sorted without case."""
    return sorted(files, key=lambda file: spelled(file).name)


def add_layout(layer: Layer, folder: Path, base: Path) -> None:
    """Merge one folder's files over what its ancestors said."""
    for kind in ("", "tables", "forms", "facts"):
        known = layer.yaml.setdefault(kind, {})
        for file in _files(folder, kind, ".yaml"):
            name = "" if kind == "facts" else spelled(file).stem if kind else "layout"
            _merge_into(layer, known, name, file, base)
    for kind in ("style", _CHECKS):
        for file in (folder / f"{kind}.yaml", *_files(folder, kind, ".yaml")):
            if file.is_file():
                _merge_into(layer, layer.yaml.setdefault(kind, {}), kind, file, base)
    for file in _files(folder, "text", ".j2"):
        _put_text(layer, file, shown(file, base))
    for kind, lists in (("codes", layer.codes), ("lists", layer.lists)):
        for file in _files(folder, kind, ".csv"):
            _add_list(layer, lists, file, shown(file, base))


def _put_text(layer: Layer, file: Path, name: str) -> None:
    """Put a text in the place of one of that name; an empty file removes it."""
    text = _text(layer, file, name)
    key = spelled(file).name
    if text.strip() or key not in layer.texts:
        layer.texts[key] = Template(text, FilePlace(name, 1))
    else:
        del layer.texts[key]


def _add_list(layer: Layer, lists: dict[str, dict[str, str]], file: Path, name: str) -> None:
    """Put a list in the place of one of that name."""
    try:
        lists[spelled(file).stem] = read_codes(_text(layer, file, name))
    except ValueError:
        place = FilePlace(name, 1)
        layer.problems.append(layout_problem(place, "第一行没有 code 一栏", "第一行写 code,label"))


def _text(layer: Layer, file: Path, name: str) -> str:
    try:
        return read_text(file, name)
    except ProblemsError as error:
        layer.problems.extend(error.problems)
        return "code,name"


def _merge_into(layer: Layer, known: dict[str, Node], name: str, file: Path, base: Path) -> None:
    node = _yaml(layer, file, shown(file, base))
    if isinstance(node, Keys) and node.text("drop") == "yes":
        if known.pop(name, None) is None:
            layer.problems.append(
                layout_problem(node.place, f"所继承的版式中没有“{name}”，无可删去", "删除这个文件", name, "LY-03")
            )
    elif node is not None:
        below = relevelled(known[name], node) if name == _CHECKS and name in known else known.get(name)
        known[name] = plain(node) if below is None else merge(below, node, layer.problems)


def _yaml(layer: Layer, file: Path, name: str) -> Node | None:
    try:
        return read_yaml(file, name, layer.problems)
    except ProblemsError as error:
        layer.unreadable.extend(error.problems)
        return None


def rule_files(path: Path) -> tuple[Path, ...]:
    """The files of rules at a path: itself, or those of the folder."""
    return tuple(listed(path, ".yaml")) if path.is_dir() else (path,)


def add_rules(layer: Layer, path: Path) -> None:
    """Merge a file of rules, or a folder's files and its `codes`, over what the layout says."""
    files = rule_files(path)
    lists = listed(path / "codes", ".csv") if path.is_dir() else []
    if not files and not lists:
        what = "这个文件夹里没有规则文件（*.yaml），也没有科目表（codes/*.csv）"
        layer.problems.append(layout_problem(FilePlace(path.as_posix()), what, "检查 --rules 写的位置"))
    for file in files:
        node = _yaml(layer, file, spelled(file).as_posix())
        if node is not None:
            known = layer.yaml.setdefault(_CHECKS, {})
            base = known.get(_CHECKS, Keys({}, {}, node.place))
            known[_CHECKS] = merge(relevelled(base, node), _known(layer, base, node), layer.problems)
    for file in lists:
        named = spelled(file)
        if named.stem not in layer.codes:
            near = nearest(named.stem, layer.codes)
            fix = f"是不是“{near}.csv”？" if near else f"可换的是：{'、'.join(sorted(layer.codes))}"
            place = FilePlace(named.as_posix())
            layer.problems.append(layout_problem(place, f"没有叫“{named.stem}”的科目表", fix, named.stem, "LY-02"))
        _add_list(layer, layer.codes, file, named.as_posix())


def _known(layer: Layer, base: Node, node: Node) -> Node:
    """Without rules that only change one, but one that is not there: told of here, with the nearest."""
    rules = node.get("rules") if isinstance(node, Keys) else None
    known = base.get("rules") if isinstance(base, Keys) else None
    if not isinstance(node, Keys) or not isinstance(rules, Keys):
        return node
    ids = known.entries if isinstance(known, Keys) else {}
    kept = dict(rules.entries)
    for rule_id, rule in rules.entries.items():
        if isinstance(rule, Keys) and rule_id not in ids and "name" not in rule.entries:
            near = nearest(rule_id, ids)
            fix = (f"是不是“{near}”？" if near else "") + "新的规则要写 name"
            layer.problems.append(
                layout_problem(rules.key_places[rule_id], f"没有规则“{rule_id}”", fix, rule_id, "LY-02")
            )
            del kept[rule_id]
    return node.with_entries({**node.entries, "rules": rules.with_entries(kept)})

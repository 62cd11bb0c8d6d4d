"""Inheritance: a layout states only what differs from its parent.

Mappings merge key by key; a value replaces, an empty one removes the key. Lists under `rows`,
`columns`, `sides`, `parts`, `grids` and `of_which` merge by id: a known id changes in place, `drop: yes` removes
it, a new item goes last or `before`/`after` another, `{replace: […]}` replaces all. Other lists are replaced.
What zero prints as may be nothing at all, so `zero: ''` and `none: ''` are values like any other.
"""

from __future__ import annotations

from budgetreport.layout.source import Items, Keys, Node, Text, layout_problem
from budgetreport.numerals import without_number
from budgetreport.problems import Problem, nearest

MERGED_BY_ID = ("rows", "columns", "sides", "parts", "grids", "of_which")
_MAY_BE_EMPTY = ("zero", "none")
_LIKE = "like"
_NAMING = (
    "id",
    "label",
    "head",
    "heading",
    "title",
    "table",
    "form",
    "tree",
    "each",
    "text",
    "fill_to",
    "cover",
    "contents",
)
_ALWAYS = (("fill_to", "fill"), ("cover", "cover"))
"""Keys whose items are called the same whatever stands there."""
_GROUPING = ("parts", "rows")
"""Keys of what may be a group that is new as well as changes inside a known one."""


def item_id(item: Node) -> str:
    """The id of a list's item: `id`, else its label or head without spaces and number, else what it is of.

    A cover is called so, being the only one; '' for what says nothing that could tell it from others.
    """
    if not isinstance(item, Keys):
        return ""
    if "id" not in item.entries and (kind := next((name for key, name in _ALWAYS if key in item.entries), "")):
        return kind
    named = next((item.text(key) for key in _NAMING if item.text(key)), "")
    return named if "id" in item.entries else without_number(named)


def merge(parent: Node, child: Node, problems: list[Problem], key: str = "") -> Node:
    """The child's differences applied to the parent."""
    if key in MERGED_BY_ID and isinstance(parent, Keys) and set(parent.entries) == {"replace"}:  # what is like a table
        return parent.with_entries({"replace": merge(parent.entries["replace"], child, problems, key)})
    if isinstance(parent, Keys) and isinstance(child, Keys):
        return _merge_keys(parent, child, problems)
    if isinstance(parent, Items) and key in MERGED_BY_ID:
        if isinstance(child, Items):
            return _merge_items(parent, child, problems)
        if isinstance(child, Keys) and set(child.entries) == {"replace"}:
            return plain(child.entries["replace"])
    return child


def plain(node: Node) -> Node:
    """The node of a first layout: `{replace: […]}` is its list. What is like a table replaces that one's list later."""
    if isinstance(node, Keys) and _LIKE in node.entries:
        return node
    if isinstance(node, Keys):
        return node.with_entries({key: _plain_entry(key, value) for key, value in node.entries.items()})
    return Items(tuple(plain(item) for item in node.items), node.place) if isinstance(node, Items) else node


def _plain_entry(key: str, value: Node) -> Node:
    replaced = key in MERGED_BY_ID and isinstance(value, Keys) and set(value.entries) == {"replace"}
    return plain(value.entries["replace"] if replaced and isinstance(value, Keys) else value)


def _merge_keys(parent: Keys, child: Keys, problems: list[Problem]) -> Keys:
    entries = dict(parent.entries)
    for key, value in child.entries.items():
        if isinstance(value, Text) and not value.text and key not in _MAY_BE_EMPTY:
            entries.pop(key, None)
        elif key in entries:
            entries[key] = merge(entries[key], value, problems, key)
        else:
            entries[key] = value if _LIKE in parent.entries else _plain_entry(key, value)
    return child.with_entries(entries, {**parent.key_places, **child.key_places})


def _merge_items(parent: Items, child: Items, problems: list[Problem]) -> Items:
    items = [(item_id(item), item) for item in parent.items]
    for change in child.items:
        name = item_id(change)
        at = next((i for i, (known, _) in enumerate(items) if known == name), -1)
        if not isinstance(change, Keys):
            items.append((name, change))
        elif not name and "parts" in change.entries:
            problems.append(_nameless(change))
        elif change.text("drop") == "yes":
            if at < 0:
                problems.append(_unknown_id(change, name, [known for known, _ in items]))
            else:
                del items[at]
        elif at >= 0:
            known = items[at][1]
            merged = _merge_keys(known, change, problems) if isinstance(known, Keys) else change
            kept = {**merged.entries, "id": Text(name, merged.place)}
            items[at] = (name, _without(merged.with_entries(kept), "before", "after"))
        elif _is_change(change):
            problems.append(_unknown_id(change, name, [known for known, _ in items], may_be_new=True))
        else:
            _insert(items, name, change, problems)
    return Items(tuple(item for _, item in items), child.place)


def _is_change(item: Keys) -> bool:
    """Whether it only names an id to change: what is new says what it is, or where it goes."""
    return "id" in item.entries and not {*_NAMING[1:], "columns", "cells", "before", "after"} & set(item.entries)


def _insert(items: list[tuple[str, Node]], name: str, change: Keys, problems: list[Problem]) -> None:
    where = change.text("before") or change.text("after")
    new = (name, _without(change, "before", "after"))
    if not where:
        items.append(new)
        return
    at = next((i for i, (known, _) in enumerate(items) if known == where), None)
    if at is None:
        problems.append(_unknown_id(change, where, [known for known, _ in items]))
    else:
        items.insert(at if change.text("before") else at + 1, new)


def _without(node: Keys, *keys: str) -> Keys:
    return node.with_entries({key: value for key, value in node.entries.items() if key not in keys})


def _nameless(change: Keys) -> Problem:
    what = "这一部分没有编号，看不出是改上级的哪一部分，还是新加的"
    return layout_problem(change.place, what, "补写 id；新加的，再写 after: 或 before: 指明位置", rule="LY-03")


def _unknown_id(change: Keys, name: str, known: list[str], *, may_be_new: bool = False) -> Problem:
    named = [one for one in known if one]
    near = nearest(name, named)
    fix = f"是不是“{near}”？" if near else f"已有的是：{'、'.join(named)}" if named else "改正编号，或删去这一处"
    if may_be_new and any(key in change.entries for key in _GROUPING):
        fix += ("" if near else "；") + "新加的，写 after: 或 before: 指明位置"
    return layout_problem(change.place, f"所继承的版式中没有“{name}”", fix, name, "LY-03")

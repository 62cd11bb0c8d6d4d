"""What a clerk can state, from facts/*.yaml: a tree of fields that schema and validation follow."""

from __future__ import annotations

from dataclasses import replace

from budgetreport.dimensions import Codes, Values
from budgetreport.facts import SCALARS, Field
from budgetreport.layout.keys import Reader
from budgetreport.layout.source import Items, Keys, Node, Text
from budgetreport.layout.vocabulary import Listed

KEYS = {
    "title": "名称，编辑器和出错提示中用",
    "description": "说明，编辑器和出错提示中用",
    "type": f"类型：{'、'.join(SCALARS)}；不写为 text",
    "dimension": "是某个维度的坐标，能填什么由维度决定",
    "any_level": "yes：该维度上级的词也能填，如不知细目的上年数",
    "required": "yes：必填",
    "many": "yes：一个列表",
    "values": "只能填其中之一",
    "signed": "yes：金额可以为负",
    "each": "一个清单：各项的字段",
    "fields": "一组：各字段",
    "map": "名称自由的一组：每一项怎样填",
    "key": "清单中辨认一项的字段，不许重复",
    "referred": "每一项至少要被那里引用一次，如 ledger.project",
    "any_of": "这几个字段至少填一个",
    "unpublished": "yes：只供填报单位自己用，不随PDF公开",
}
"""The keys of a fact, with what each means."""


def read_facts(reader: Reader, node: Node) -> Field:
    """The root of the declaration."""
    return Field("", "record", fields=_fields(reader, node), required=True)


def _fields(reader: Reader, node: Node) -> tuple[Field, ...]:
    if not isinstance(node, Keys):
        reader.wrong(node.place, "这里应是若干个“名称: {…}”", "每个事实写一行，如 name: {title: 名称, type: text}")
        return ()
    return tuple(_field(reader, name, spec) for name, spec in node.entries.items())


def _field(reader: Reader, name: str, spec: Node) -> Field:
    kept = isinstance(spec, Keys) and spec.text("unpublished") == "yes"
    return replace(_stated(reader, name, spec), unpublished=kept)


def _stated(reader: Reader, name: str, spec: Node) -> Field:
    if not isinstance(spec, Keys):
        reader.wrong(spec.place, f"事实“{name}”的写法有误", "写 {title: …, type: text} 之类")
        return Field(name, "text")
    for key in spec.entries:
        if key not in KEYS:
            reader.unknown("键", key, KEYS, spec.key_places[key])
    said = Field(
        name, "", spec.text("title"), spec.text("description"), key=spec.text("key"), referred=spec.text("referred")
    )
    required, many, signed = (spec.text(key) == "yes" for key in ("required", "many", "signed"))
    if "dimension" in spec.entries:
        return _coordinate(reader, name, spec)
    for key, kind in (("fields", "record"), ("each", "each")):
        if key in spec.entries:
            fields = _fields(reader, spec.entries[key])
            return replace(said, type=kind, required=required, fields=fields, any_of=_any_of(reader, spec, fields))
    if "map" in spec.entries:
        inner = _field(reader, "*", spec.entries["map"])
        return replace(said, type="map", required=required, fields=(inner,))
    kind = spec.text("type") or "text"
    if kind not in SCALARS:
        reader.unknown("类型", kind, SCALARS, spec.place)
        kind = "text"
    listed = spec.entries.get("values")
    values = tuple(v.text for v in listed if isinstance(v, Text)) if isinstance(listed, Items) else ()
    return replace(said, type=kind, required=required, many=many, signed=signed, values=values)


def _any_of(reader: Reader, spec: Keys, fields: tuple[Field, ...]) -> tuple[str, ...]:
    """The keys of which a record must state one."""
    listed = spec.entries.get("any_of")
    items = [item for item in listed if isinstance(item, Text)] if isinstance(listed, Items) else []
    names = [field.name for field in fields]
    for item in items:
        if item.text not in names:
            reader.unknown("键", item.text, names, item.place)
    return tuple(item.text for item in items)


def _coordinate(reader: Reader, name: str, spec: Keys) -> Field:
    key = spec.text("dimension")
    vocabulary = reader.vocabulary
    if key not in vocabulary.dimensions:
        reader.unknown("维度", key, [d.key for d in vocabulary.dimensions], spec.entries["dimension"].place)
        return Field(name, "text")
    dimension = vocabulary.dimensions[key]
    title = spec.text("title") or dimension.title
    description = spec.text("description")
    required = spec.text("required") == "yes" or (key in vocabulary.required and spec.text("required") != "no")
    if isinstance(dimension, Codes):
        lengths = tuple(dimension.tree.levels.values())
        return Field(name, "code", title, description, required=required, lengths=lengths, dimension=key)
    if isinstance(dimension, Values):
        free = spec.text("any_level") == "yes"
        words = tuple(dimension.parents) if free else dimension.leaves()
        groups = (
            ()
            if free
            else tuple(
                (word, "、".join(leaf for leaf in words if word in dimension.above(leaf)))
                for word in dimension.parents
                if word not in words
            )
        )
        return Field(name, "text", title, description, required=required, values=words, dimension=key, groups=groups)
    reference = (dimension.facts, dimension.entry_key) if isinstance(dimension, Listed) else None
    return Field(name, "text", title, description, required=required, reference=reference, dimension=key)

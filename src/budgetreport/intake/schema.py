"""JSON Schema (draft-07) of the declared facts, for editors: Chinese titles, descriptions and allowed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from budgetreport.facts import Field
from budgetreport.intake.values import YEARS

_NUMBER = {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}

_DRAFT = "http://json-schema.org/draft-07/schema#"
_ID = "budgetreport-1.schema.json"
_STATED: dict[str, Any] = {"not": {"enum": [None, False, [], ""]}}


def schema(root: Field, *, title: str) -> dict[str, Any]:
    """The schema of an input whose root record is `root`."""
    return {"$schema": _DRAFT, "$id": _ID, "title": title, **_root(root)}


def schema_of_any(layouts: Mapping[str, tuple[str, Field]]) -> dict[str, Any]:
    """The schema of an input under any of these layouts, by id: (title, root record). `layout` says which."""
    shapes = {layout_id: _root(root) for layout_id, (_, root) in layouts.items()}
    alike: list[list[str]] = []  # layouts that ask for the same facts
    for layout_id, shape in shapes.items():
        kin = next((ids for ids in alike if shapes[ids[0]] == shape), None)
        if kin is None:
            alike.append([layout_id])
        else:
            kin.append(layout_id)
    names = {ids[0]: ids[0].replace("/", ".") for ids in alike}  # a reference's / parts its steps
    titles = [title for title, _ in layouts.values()]
    return {
        "$schema": _DRAFT,
        "$id": _ID,
        "title": "预决算公开的输入",
        "type": "object",
        "required": ["layout"],
        "properties": {"layout": {"title": "版式", "enum": list(layouts), "enumDescriptions": titles}},
        "allOf": [
            {
                "if": {"required": ["layout"], "properties": {"layout": {"enum": ids}}},
                "then": {"$ref": f"#/definitions/{names[ids[0]]}"},
            }
            for ids in alike
        ],
        "definitions": {names[ids[0]]: shapes[ids[0]] for ids in alike},
    }


def _root(root: Field) -> dict[str, Any]:
    found = _object(replace(root, required=True))
    found["properties"] = {"$schema": {"type": "string", "title": "本文件所依的模式"}, **found["properties"]}
    return found


def _object(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "properties": {f.name: _any(f) for f in field.fields}}
    required = [f.name for f in field.fields if f.required]
    if required and field.required:
        found["required"] = required
    elif required:  # an optional record may be there without content
        found["anyOf"] = [{"maxProperties": 0}, {"required": required}]
    if field.any_of:
        found["anyOf"] = [{"required": [name], "properties": {name: _STATED}} for name in field.any_of]
    found["additionalProperties"] = False
    return found


def _any(field: Field) -> dict[str, Any]:
    said = {key: text for key, text in (("title", field.title), ("description", field.description)) if text}
    return {**said, **_shape(field)}


def _shape(field: Field) -> dict[str, Any]:
    if field.type == "record":
        return _nullable(_object(field), field)
    if field.type == "map":
        return _nullable({"type": "object", "additionalProperties": _any(field.fields[0])}, field)
    if field.type == "each":
        items: dict[str, Any] = {"type": "array", "items": _object(replace(field, required=True))}
        return _nullable(items | ({"minItems": 1} if field.required else {}), field)
    if field.many:
        items = {"type": "array", "items": _scalar(field)}
        return _nullable(items | ({"minItems": 1} if field.required else {}), field)
    return _nullable(_scalar(field), field)


def _nullable(shape: dict[str, Any], field: Field) -> dict[str, Any]:
    """An optional fact may also be stated as null."""
    if field.required:
        return shape
    types = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    found = {**shape, "type": [*types, "null"]}
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    return found


def _scalar(field: Field) -> dict[str, Any]:
    if field.type == "amount":
        return {**_NUMBER} if field.signed else {**_NUMBER, "minimum": 0, "pattern": r"^[0-9]+(\.[0-9]+)?$|^-0(\.0+)?$"}
    if field.type in ("number", "percent"):
        return {**_NUMBER, "minimum": 0, "pattern": r"^[0-9]+(\.[0-9]+)?$|^-0(\.0+)?$"}
    if field.type == "year":
        return {"type": ["integer", "string"], "minimum": YEARS[0], "maximum": YEARS[1], "pattern": "^[0-9]{4}$"}
    if field.type == "flag":
        return {"type": "boolean"}
    if field.type == "date":
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    found: dict[str, Any] = {"type": "string"}
    if field.values:
        found["enum"] = list(field.values)
    elif field.lengths:
        found["pattern"] = "^(" + "|".join(f"[0-9]{{{n}}}" for n in field.lengths) + ")$"
    elif field.required:
        found["pattern"] = r"\S"
    return found

"""JSON Schemas (draft-07) of a layout's files, for editors that complete and check while typing.

They follow from the same declarations as the loader and the tables of docs/layouts.md. A file may state only what
differs from what it inherits, so nothing is required; an empty value removes what is inherited. What only the loader
can know (names, expressions, what fits together) they leave to `layouts lint`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from budgetreport.dimensions import Values
from budgetreport.facts import SCALARS
from budgetreport.layout import declare, keys, model, vocabulary
from budgetreport.layout.keys import MappingOf, OneOf, Read, RecordOf, RecordsOf, declared
from budgetreport.layout.load import Root
from budgetreport.layout.merge import MERGED_BY_ID
from budgetreport.layout.rules import Rule, RulesFile, data, expressions, pair
from budgetreport.layout.styling import SIZES, StyleFile
from budgetreport.layout.vocabulary import Vocabulary
from budgetreport.style import SMALLEST

KINDS: dict[str, str] = {
    "layout": "layout.yaml",
    "table": "tables/*.yaml",
    "form": "forms/*.yaml",
    "facts": "facts/*.yaml",
    "checks": "checks/*.yaml",
    "style": "style.yaml",
}
"""The kinds of file, and where they lie in a layout's folder."""
_TOP: dict[str, type] = {
    "layout": Root, "table": model.Table, "form": model.Form, "checks": RulesFile, "style": StyleFile,
}  # fmt: skip
Schema = dict[str, Any]
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
_FLAG: Schema = {"enum": ["yes", "no"]}
_GONE: Schema = {"enum": ["", None]}
"""What removes an inherited key."""
_WHOLE: Schema = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]}
_NUMBER: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]}
_SIZE: Schema = {
    "anyOf": [
        {"enum": list(SIZES)},
        {"type": "number", "minimum": SMALLEST},
        {"type": "string", "pattern": r"^([89]|[1-9][0-9]+)(\.[0-9]+)?$"},
    ]
}
_ITEM: Mapping[str, Schema] = {
    "drop": {**_FLAG, "description": "yes：删去所继承的这一项"},
    "before": {**_TEXT, "description": "新的一项放在这个编号之前"},
    "after": {**_TEXT, "description": "新的一项放在这个编号之后"},
    "id": {**_TEXT, "description": "编号"},
}
"""Keys of an item of a list that merges by id, besides its own."""


def _several(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _or_gone(shape: Schema) -> Schema:
    """The shape, or what removes it."""
    if shape == _TEXT:
        return shape
    if set(shape) == {"enum"}:
        return {"enum": [*shape["enum"], "", None]}
    return {"anyOf": [*shape["anyOf"], _GONE] if set(shape) == {"anyOf"} else [shape, _GONE]}


def _plain() -> dict[Callable[..., Any], Schema]:
    """What the reading functions that take no further word accept."""
    texts = {"type": "array", "items": _several(_TEXT)}
    return {
        keys.string: _TEXT,
        keys.flag: _FLAG,
        keys.whole: _WHOLE,
        keys.number: _NUMBER,
        keys.strings: _several(_TEXT),
        model.template: _TEXT,
        model.templates: _several(_TEXT),
        model.pattern: {"type": "string", "pattern": "[一1]"},
        vocabulary.read_filter: {"$ref": "#/definitions/condition"},
        model.drawn: texts,
        model.values_list: {
            "anyOf": [_TEXT, {"type": "array", "items": _TEXT}, {"type": "object", "additionalProperties": _TEXT}]
        },
        expressions: _several(_TEXT),
        pair: {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2},
        data: {},
    }


def schema(kind: str, words: Vocabulary | None = None) -> Schema:
    """The schema of a kind of file; with a layout's words its dimensions, values and terms are completed."""
    made = _Made(words)
    top = made.facts() if kind == "facts" else made.whole(_TOP[kind])
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"budgetreport-{kind}.schema.json",
        "title": f"版式文件 {KINDS[kind]}",
        **top,
        "definitions": made.definitions,
    }


class _Made:
    """Makes schemas of classes, each once, under `definitions`."""

    def __init__(self, words: Vocabulary | None) -> None:
        self._plain = _plain()
        self._special: dict[tuple[type, str], Callable[[], Schema]] = {
            (Root, "dimensions"): lambda: {"type": "object", "additionalProperties": _or_gone(self._dimension())},
            (Root, "terms"): lambda: {"type": "object", "additionalProperties": {"$ref": "#/definitions/condition"}},
            (Root, "defaults"): lambda: self._object({"table": self._ref(model.Table), "form": self._ref(model.Form)}),
            (RulesFile, "rules"): lambda: {"type": "object", "additionalProperties": self._rule()},
        }
        self.definitions: Schema = {}
        self._words = words

    def whole(self, cls: type) -> Schema:
        """A file that is one mapping of the class's keys."""
        return self._object(self._properties(cls))

    def _object(self, properties: Mapping[str, Schema]) -> Schema:
        return {"type": "object", "properties": dict(properties), "additionalProperties": False}

    def _properties(self, cls: type) -> dict[str, Schema]:
        found = {name: self._key(cls, name, field.metadata) for name, field in declared(cls).items()}
        if cls in {model.Table, model.Form}:
            found["like"] = {**_TEXT, "description": "仿照这一张，本文件只写不同之处"}
        return found

    def _key(self, cls: type, name: str, metadata: Mapping[str, Any]) -> Schema:
        if metadata["read"] is vocabulary.read_filter or name == "terms":
            self.definitions.setdefault("condition", _condition(self._words))
        special = self._special.get((cls, name))
        shape = special() if special else self._shape(metadata["read"], name)
        return {"description": metadata["doc"], **_or_gone(shape)}

    def _shape(self, read: Read, name: str) -> Schema:
        if isinstance(read, OneOf):
            return {"enum": list(read.words)}
        if isinstance(read, RecordOf):
            return self._ref(read.cls)
        if isinstance(read, RecordsOf):
            return self._list(read.of(), by_id=name in MERGED_BY_ID)
        if isinstance(read, MappingOf):
            return {"type": "object", "additionalProperties": _or_gone(self._shape(read.read, name))}
        return self._plain.get(read) or _STYLE.get(getattr(read, "__name__", ""), {})

    def _list(self, cls: type, *, by_id: bool) -> Schema:
        items: Schema = {"type": "array", "items": self._ref(cls, item=by_id)}
        return {"anyOf": [items, self._object({"replace": items})]} if by_id else items

    def _ref(self, cls: type, *, item: bool = False) -> Schema:
        """The definition of a class; `item`: as one of a list that merges by id."""
        name = cls.__name__.removeprefix("_") + ("Item" if item else "")
        if name not in self.definitions:
            self.definitions[name] = {}  # it may hold itself
            self.definitions[name] = self._object({**(_ITEM if item else {}), **self._properties(cls)})
        return {"$ref": f"#/definitions/{name}"}

    def _dimension(self) -> Schema:
        shapes: dict[str, Schema] = {
            "levels": {"type": "object", "additionalProperties": _WHOLE},
            "values": {"$ref": "#/definitions/values"},
            "required": _FLAG,
        }
        tree = {"type": "object", "additionalProperties": {"$ref": "#/definitions/values"}}
        self.definitions["values"] = {"type": "array", "items": {"anyOf": [_TEXT, tree]}}
        return self._object(
            {name: {"description": said, **shapes.get(name, _TEXT)} for name, said in vocabulary.KEYS.items()}
        )

    def _rule(self) -> Schema:
        """A rule, or what its cases share."""
        case = self._ref(Rule)
        cases = {"type": "object", "additionalProperties": case, "description": "几种情形，各写不同之处"}
        properties: dict[str, Schema] = self.definitions["Rule"]["properties"]
        return self._object({**properties, "cases": cases})

    def facts(self) -> Schema:
        """A file of facts: what can be stated, by name."""
        some = {"type": "object", "additionalProperties": {"$ref": "#/definitions/fact"}}
        flags: dict[str, Schema] = dict.fromkeys(("any_level", "required", "many", "signed", "unpublished"), _FLAG)
        shapes: dict[str, Schema] = {
            **flags,
            "type": {"enum": list(SCALARS)},
            "values": {"type": "array", "items": _TEXT},
            "any_of": {"type": "array", "items": _TEXT},
            "each": some,
            "fields": some,
            "map": {"$ref": "#/definitions/fact"},
        }
        keyed = {
            name: {"description": said, **_or_gone(shapes.get(name, _TEXT))} for name, said in declare.KEYS.items()
        }
        self.definitions["fact"] = {"anyOf": [self._object(keyed), _GONE]}
        return some


_STYLE: Mapping[str, Schema] = {
    "_size": _SIZE,
    "_sizes": _several(_SIZE),
    "_recognised": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"match": _TEXT, "role": _TEXT},
            "required": ["match", "role"],
            "additionalProperties": False,
        },
    },
    "_around": {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2},
}
"""What the reading functions of style.yaml accept, by name."""


def _condition(words: Vocabulary | None) -> Schema:
    """A filter. Without a layout's words any dimension, term and value may stand."""
    inner = {"$ref": "#/definitions/condition"}
    free = _chosen(_TEXT)
    named: dict[str, Schema] = {}
    term: Schema = _TEXT
    if words is not None:
        term = {"enum": list(words.terms)}
        for d in words.dimensions:
            value = {"enum": [*d.parents, "none", "any", ""]} if isinstance(d, Values) else _TEXT
            named[d.key] = {"description": d.title, **_chosen(value)}
    known = {"term": {"description": "术语", **term}, "except": {"description": "去掉同时符合这些的", **inner}, **named}
    return {"anyOf": [term, {"type": "object", "properties": known, "additionalProperties": words is None and free}]}


def _chosen(value: Schema) -> Schema:
    """What a filter wants on a dimension."""
    some = _several(value)
    without = {"type": "object", "properties": {"not": some}, "required": ["not"], "additionalProperties": False}
    return {"anyOf": [value, {"type": "array", "items": value}, without]}

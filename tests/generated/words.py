"""Names and texts as clerks could write them, and some as no clerk should: long, rare, odd, mixed with Latin words."""

from __future__ import annotations

import json
from pathlib import Path

from tests.checks.mutations.damage import Chance

_WORDS: dict[str, list[str]] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
_PLACES, _BODIES, _DOING, _WHAT, _LATIN = (_WORDS[key] for key in ("places", "bodies", "doing", "what", "latin"))
_RARE, _SURNAMES, _ODD = ("".join(_WORDS[key]) for key in ("rare", "surnames", "odd"))
_ENDS = "，；，，。，、"

LENGTHS = {"none": 0, "short": 12, "usual": 60, "paragraph": 300, "page": 1500, "pages": 4000}
"""Kinds of text by their characters; a page of a narrative holds about 600."""


def name(kind: str, chance: Chance) -> str:
    """A name of one of the KINDS."""
    plain: str = chance.pick(_PLACES) + "市" + chance.pick(_BODIES)
    return {
        "plain": plain,
        "short": chance.pick(_PLACES)[0],
        "long": "".join(chance.pick(_PLACES) + "市" + chance.pick(_BODIES) + "、" for _ in range(9)) + "联合领导小组",
        "rare": plain[:2] + chance.pick(_RARE) + chance.pick(_RARE) + chance.pick(_SURNAMES) + "纪念馆",
        "odd": plain + "（" + chance.pick(["“三农”", "[试点]", "A&B", "<一>", "50%", "‘甲’/‘乙’", "#3*"]) + "）",
        "latin": f"{plain} {chance.pick(_LATIN)} Center for {chance.pick(_LATIN)}",
        "digits": f"第{chance.pick(range(1, 999))}.{chance.pick(range(10, 99))}号{plain}",
    }[kind]


KINDS = ("plain", "short", "long", "rare", "odd", "latin", "digits")


def text(kind: str, length: str, chance: Chance) -> str:
    """A text of that LENGTH, with names of that kind in it, ended by a full stop; '' for none."""
    wanted = LENGTHS[length]
    pieces: list[str] = []
    while sum(map(len, pieces)) < wanted:
        pieces.append(chance.pick(_DOING) + chance.pick(_WHAT) + _spice(kind, chance) + chance.pick(_ENDS))
    return "".join(pieces).rstrip("，；、。") + "。" if wanted else ""


def _spice(kind: str, chance: Chance) -> str:
    match kind:
        case "rare":
            return chance.pick(_RARE) + chance.pick(_SURNAMES)
        case "odd":
            start = chance.pick(range(len(_ODD) - 6))
            return _ODD[start : start + 6]
        case "latin":
            return " " + chance.pick(_LATIN) + " "
        case "digits":
            return f"{chance.pick(range(10**6)) / 100:.2f}万元"
        case "long":
            return chance.pick(_WHAT) * 3
    return ""

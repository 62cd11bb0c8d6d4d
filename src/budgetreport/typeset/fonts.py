"""Fonts by role: which font file draws a character, and how wide it is.

A role (小标宋, 宋体, 黑体, 仿宋, 楷体) is a chain of faces: its own, then 宋体, then the rare characters.
fonts.json states the chains, the files, and each face's overlay: characters drawn by another glyph than
the font's own choice (full-width “ ” — ·, digits of one width). Knows nothing of reportlab.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgetreport.data import folder
from budgetreport.typeset.sfnt import Sfnt

_UNPRINTABLE = frozenset({"Cc", "Cf", "Co", "Cs"})
"""General categories never printed: control, format, private use, lone surrogates."""


class MissingGlyphError(Exception):
    """No font of the role has the character."""

    def __init__(self, char: str) -> None:
        self.char = char
        super().__init__(f"U+{ord(char):04X}")


class _Glyphs(dict[str, int]):
    """Glyph by character, looked up in the font once."""

    def __init__(self, sfnt: Sfnt, overlay: Mapping[str, int]) -> None:
        super().__init__(overlay)
        self._sfnt = sfnt

    def __missing__(self, char: str) -> int:
        glyph = self[char] = self._sfnt.glyph(ord(char))
        return glyph


class Face:
    """One font file under its key. Measures in em; 0 is the glyph of a character that the face lacks."""

    def __init__(self, key: str, sfnt: Sfnt, overlay: Mapping[str, int]) -> None:
        self.key = key
        self.sfnt = sfnt
        self.units_per_em = self.sfnt.units_per_em
        self.ascent, self.descent = (value / self.units_per_em for value in self.sfnt.vertical)
        self._glyphs = _Glyphs(self.sfnt, overlay)

    def glyph(self, char: str) -> int:
        """The glyph drawn for the character, overlay applied."""
        return self._glyphs[char]

    def has(self, char: str) -> bool:
        """Whether the face can draw the character."""
        return self._glyphs[char] != 0

    def width(self, char: str) -> float:
        """Advance width in em."""
        return self.sfnt.advance(self._glyphs[char]) / self.units_per_em


@dataclass(frozen=True, slots=True)
class Installed:
    """A font of the machine that draws what it can before the shipped face of the key `face`.

    `number` counts the fonts of a collection (TTC) from 0.
    """

    face: str
    path: Path
    number: int = 0

    @property
    def key(self) -> str:
        """The key of its own face, which no shipped one has."""
        return f"{self.face}/{self.path.name}"

    def open(self) -> Sfnt:
        """Open the file; raises OSError or BadFontError."""
        return Sfnt(self.path, self.number)


class _Choices(dict[str, Face]):
    """The face that draws each character in one role."""

    def __init__(self, fonts: FontSet, chain: tuple[str, ...]) -> None:
        super().__init__()
        self._fonts = fonts
        self.chain = chain

    def draws(self, char: str) -> bool:
        """Whether any face of the chain has the character."""
        try:
            return bool(self[char])
        except MissingGlyphError:
            return False

    def __missing__(self, char: str) -> Face:
        if unicodedata.category(char) not in _UNPRINTABLE:
            for face in map(self._fonts.face, self.chain):
                if face.has(char):
                    self[char] = face
                    return face
        raise MissingGlyphError(char)


class Widths(dict[str, float]):
    """Width in em of each character in one role; a plain dict look-up after the first time.

    Raises MissingGlyphError for a character that no face of the role has.
    """

    def __init__(self, choices: Mapping[str, Face]) -> None:
        super().__init__()
        self._choices = choices

    def __missing__(self, char: str) -> float:
        width = self[char] = self._choices[char].width(char)
        return width


class FontSet:
    """All fonts of a folder, by role. A face's file is opened when a character first needs it."""

    def __init__(self, fonts: Path, installed: Sequence[Installed] = ()) -> None:
        """Read the folder's fonts.json; raises OSError. Each of `installed` stands before its shipped face."""
        self._folder = fonts
        self.installed = tuple(installed)
        index = json.loads((fonts / "fonts.json").read_text(encoding="utf-8"))
        self._entries: dict[str, Any] = index["faces"]
        self._faces: dict[str, Face] = {}
        self._before = {one.face: one for one in installed}
        self._own = {one.key: one for one in installed}
        self._choices = {role: _Choices(self, tuple(self._chain(chain))) for role, chain in index["roles"].items()}
        self._last = min(self._choices.values(), key=lambda choices: len(choices.chain))
        self._widths = {role: Widths(choices) for role, choices in self._choices.items()}

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles there are."""
        return tuple(self._choices)

    @property
    def entries(self) -> Mapping[str, Mapping[str, str]]:
        """What fonts.json tells of each shipped face, by its key."""
        return self._entries

    def chain(self, role: str) -> tuple[str, ...]:
        """Keys of the faces that draw a role, in the order in which they are asked."""
        return self._choices[role].chain

    def face(self, key: str) -> Face:
        """The face with this key; KeyError where there is none. Raises OSError or BadFontError."""
        if key not in self._faces:
            self._faces[key] = self._opened(key)
        return self._faces[key]

    def _opened(self, key: str) -> Face:
        if key in self._own:
            sfnt = self._own[key].open()
            fixed = {_char(code) for entry in self._entries.values() for code in entry["overlay"]}
            return Face(key, sfnt, _left_out(sfnt, fixed))
        entry = self._entries[key]
        overlay = {_char(code): glyph for code, glyph in entry["overlay"].items()}
        return Face(key, Sfnt(self._folder / entry["file"]), overlay)

    def _chain(self, keys: Iterable[str]) -> Iterator[str]:
        """The shipped chain, an installed font before the face that it stands for."""
        for key in keys:
            if key in self._before:
                yield self._before[key].key
            yield key

    def choose(self, role: str, char: str) -> str:
        """Key of the first face of the role's chain that has the character; else MissingGlyphError."""
        return self._choices[role][char].key

    def widths(self, role: str) -> Widths:
        """Widths in em by character, the fastest way to measure much text of one role."""
        return self._widths[role]

    def lacking(self, text: Iterable[str]) -> set[str]:
        """The characters that cannot be drawn in every role; line ends lack nothing.

        Judged by the shortest chain (宋体, rare characters), which ends every other one.
        """
        chars = set().union(*text) - {"\n"}
        return {char for char in chars if not self._last.draws(char)}


def _left_out(sfnt: Sfnt, fixed: Iterable[str]) -> dict[str, int]:
    """An overlay that leaves to the shipped face what would not have the width typesetting counts on.

    `fixed` are the characters of fixed width: digits as wide as each other, all others one em.
    """
    digits = [char for char in fixed if char.isdigit()]
    widths = {sfnt.advance(sfnt.glyph(ord(char))) for char in digits}
    others = (char for char in fixed if char not in digits)
    narrow = [char for char in others if sfnt.advance(sfnt.glyph(ord(char))) != sfnt.units_per_em]
    return dict.fromkeys([*narrow, *(digits if len(widths) > 1 else ())], 0)


def _char(code: str) -> str:
    """The character of 'U+4E00'."""
    return chr(int(code.removeprefix("U+"), base=16))


@cache
def shipped() -> FontSet:
    """The fonts that come with the program."""
    return FontSet(folder("fonts"))

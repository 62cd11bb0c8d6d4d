"""Fonts by role: which font file draws a character, and how wide it is.

A role (小标宋, 宋体, 黑体, 仿宋, 楷体) is a chain of faces: its own, then 宋体, then the rare characters.
fonts.json states the chains, the files, and each face's overlay: characters drawn by another glyph than
the font's own choice (full-width “ ” — ·, digits of one width). Knows nothing of reportlab.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path

from budgetreport.data import folder
from budgetreport.typeset.sfnt import Sfnt

_UNPRINTABLE = frozenset({"Cc", "Cf", "Co", "Cs"})
"""General categories never printed: control, format, private use, lone surrogates."""


class MissingGlyphError(Exception):
    """No shipped font has the character."""

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

    def __init__(self, key: str, path: Path, overlay: Mapping[str, int]) -> None:
        """Open the file; raises OSError or BadFontError."""
        self.key = key
        self.path = path
        self.sfnt = Sfnt(path)
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

    def __init__(self, fonts: Path) -> None:
        """Read the folder's fonts.json; raises OSError."""
        self._folder = fonts
        index = json.loads((fonts / "fonts.json").read_text(encoding="utf-8"))
        self._entries = index["faces"]
        self._faces: dict[str, Face] = {}
        self._choices = {role: _Choices(self, tuple(chain)) for role, chain in index["roles"].items()}
        self._last = min(self._choices.values(), key=lambda choices: len(choices.chain))
        self._widths = {role: Widths(choices) for role, choices in self._choices.items()}

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles there are."""
        return tuple(self._choices)

    @property
    def opened(self) -> set[str]:
        """Keys of the faces whose files have been opened."""
        return set(self._faces)

    def face(self, key: str) -> Face:
        """The face with this key; KeyError where there is none."""
        if key not in self._faces:
            entry = self._entries[key]
            overlay = {_char(code): glyph for code, glyph in entry["overlay"].items()}
            self._faces[key] = Face(key, self._folder / entry["file"], overlay)
        return self._faces[key]

    def choose(self, role: str, char: str) -> str:
        """Key of the first face of the role's chain that has the character; else MissingGlyphError."""
        return self._choices[role][char].key

    def widths(self, role: str) -> Widths:
        """Widths in em by character, the fastest way to measure much text of one role."""
        return self._widths[role]

    def width(self, role: str, char: str) -> float:
        """Width in em of the character in the face chosen for it."""
        return self._widths[role][char]

    def runs(self, role: str, text: str) -> Iterator[tuple[str, str]]:
        """The text in pieces that one face draws: (face key, piece)."""
        choices = self._choices[role]
        for key, piece in groupby(text, key=lambda char: choices[char].key):
            yield key, "".join(piece)

    def lacking(self, text: Iterable[str]) -> set[str]:
        """The characters that cannot be drawn in every role; line ends lack nothing.

        Judged by the shortest chain (宋体, rare characters), which ends every other one.
        """
        chars = set().union(*text) - {"\n"}
        return {char for char in chars if not self._last.draws(char)}


def _char(code: str) -> str:
    """The character of 'U+4E00'."""
    return chr(int(code.removeprefix("U+"), base=16))


@cache
def shipped() -> FontSet:
    """The fonts that come with the program."""
    return FontSet(folder("fonts"))

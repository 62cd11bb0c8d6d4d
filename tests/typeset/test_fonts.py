from __future__ import annotations

import hashlib
import json
import shutil
import struct
from typing import TYPE_CHECKING

import pytest

from budgetreport.data import folder
from budgetreport.typeset.fonts import FontSet, MissingGlyphError, shipped
from budgetreport.typeset.measure import Measure
from budgetreport.typeset.sfnt import BadFontError, Sfnt

if TYPE_CHECKING:
    from pathlib import Path

ROLES = ("小标宋", "宋体", "黑体", "仿宋", "楷体")
LEVEL_3 = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
"""Hanzi of GB 18030-2022 level 3, beside twelve compatibility characters."""
COMPATIBLE = "\uf92c\uf979\uf995\uf9e7\uf9f1\ufa0c\ufa0d\ufa0e\ufa0f\ufa11\ufa13\ufa14"


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return shipped()


@pytest.mark.parametrize("role", ROLES)
def test_punctuation_is_one_em_wide_in_every_role(fonts: FontSet, role: str) -> None:
    assert {char: fonts.widths(role)[char] for char in "，。、：；（）《》“”‘’—…·％国\u3000"} == dict.fromkeys(
        "，。、：；（）《》“”‘’—…·％国\u3000", 1.0
    )


@pytest.mark.parametrize("role", ROLES)
def test_digits_have_one_width_in_every_role(fonts: FontSet, role: str) -> None:
    widths = {fonts.widths(role)[digit] for digit in "0123456789"}
    assert len(widths) == 1
    assert 0.4 < widths.pop() <= 0.6


@pytest.mark.parametrize("role", ROLES)
def test_both_spaces_are_equally_wide_and_no_em(fonts: FontSet, role: str) -> None:
    assert fonts.widths(role)[" "] == pytest.approx(fonts.widths(role)["\xa0"], abs=0.003)
    assert 0.15 < fonts.widths(role)[" "] < 0.4


def test_a_character_falls_back_to_songti_then_to_the_rare_font(fonts: FontSet) -> None:
    assert [fonts.choose("仿宋", char) for char in "预①Ⅰ𠮷"] == ["仿宋", "宋体", "宋体", "罕用字"]


def test_runs_split_where_the_face_changes_and_lose_nothing(fonts: FontSet) -> None:
    measure = Measure(fonts, "仿宋")
    runs = measure.runs(measure.line("标准①②级，姓𠮷"), 16, 0, 0)
    assert [(run.face, run.text) for run in runs] == [
        ("仿宋", "标准"),
        ("宋体", "①②"),
        ("仿宋", "级，姓"),
        ("罕用字", "𠮷"),
    ]


def test_every_gb2312_character_is_drawn_in_its_own_role_but_by_fangsong(fonts: FontSet) -> None:
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    gb2312 = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    assert len(gb2312) == 7445
    borrowed = {role: sum(fonts.choose(role, char) != role for char in gb2312) for role in ROLES}
    assert borrowed == {"小标宋": 0, "宋体": 0, "黑体": 0, "仿宋": 290, "楷体": 0}


def test_all_hanzi_of_gb18030_level_3_can_be_drawn(fonts: FontSet) -> None:
    hanzi = [chr(code) for start, end in LEVEL_3 for code in range(start, end + 1)] + list(COMPATIBLE)
    assert len(hanzi) == 87_887
    assert fonts.lacking(hanzi) == set()


def test_lacking_names_what_cannot_be_printed_and_spares_line_ends(fonts: FontSet) -> None:
    text = "预算\n\x00\t\u200b\ue000\ud800\U0001f600"
    assert fonts.lacking(text) == {"\x00", "\t", "\u200b", "\ue000", "\ud800", "\U0001f600"}
    assert fonts.lacking(["一段", "又一段\x07"]) == {"\x07"}


@pytest.mark.parametrize("char", ["\U0001f600", "\ue000", "\x07"])
def test_choosing_a_face_for_a_character_without_one_names_it(fonts: FontSet, char: str) -> None:
    with pytest.raises(MissingGlyphError, match=f"U\\+{ord(char):04X}") as caught:
        fonts.choose("宋体", char)
    assert caught.value.char == char


def test_the_rare_font_is_not_opened_for_common_text(tmp_path: Path) -> None:
    shutil.copy(folder("fonts") / "fonts.json", tmp_path)
    fonts = FontSet(tmp_path)
    shutil.copy(folder("fonts") / fonts.entries["宋体"]["file"], tmp_path)
    assert fonts.lacking("部门预算①") == set()
    with pytest.raises(FileNotFoundError):
        fonts.lacking("𠮷")


def test_the_em_box_holds_one_em(fonts: FontSet) -> None:
    for role in ROLES:
        face = fonts.face(role)
        assert face.ascent - face.descent == pytest.approx(1)


def test_the_index_describes_the_files() -> None:
    index = json.loads((folder("fonts") / "fonts.json").read_text(encoding="utf-8"))
    for entry in index["faces"].values():
        data = (folder("fonts") / entry["file"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["bytes"], entry["sha256"])
        licence = (folder("fonts") / entry["licence"]).read_text(encoding="utf-8")
        assert "Copyright" in licence
        if "OFL" in entry["licence"]:
            assert licence.startswith(entry["copyright"])


def test_a_font_with_only_the_old_character_map_reads_the_same(tmp_path: Path) -> None:
    original = folder("fonts") / "fangsong.ttf"
    data = bytearray(original.read_bytes())
    for format_12 in (struct.pack(">HH", 0, 4), struct.pack(">HH", 3, 10)):
        start = _cmap(data)
        place = data.index(format_12, start, start + 4 + 5 * 8)
        data[place : place + 4] = struct.pack(">HH", 9, 9)  # a platform that nobody reads
    old = tmp_path / "old.ttf"
    old.write_bytes(data)
    expected, found = Sfnt(original), Sfnt(old)
    assert all(found.glyph(code) == expected.glyph(code) for code in range(0xFFFF))
    assert found.glyph(0x20BB7) == 0


def _cmap(data: bytearray) -> int:
    """Where the table cmap begins."""
    return int.from_bytes(data[(place := data.index(b"cmap")) + 8 : place + 12])


def test_a_file_that_is_no_truetype_font_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"OTTO" + bytes(100))
    with pytest.raises(BadFontError, match=r"a\.ttf"):
        Sfnt(tmp_path / "a.ttf")

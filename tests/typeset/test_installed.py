"""Installed fonts stand before the shipped ones, and only where they can and may be embedded."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from budgetreport.data import folder
from budgetreport.problems import ProblemsError
from budgetreport.typeset.fonts import FontSet, Installed, shipped
from budgetreport.typeset.installed import installed
from budgetreport.typeset.sfnt import BadFontError, Sfnt

SHIPPED = folder("fonts")


def directory(data: bytes) -> dict[str, tuple[int, int, int]]:
    """Tag: (where its record is, offset, length)."""
    (count,) = struct.unpack_from(">H", data, 4)
    places = range(12, 12 + 16 * count, 16)
    return {data[at : at + 4].decode(): (at, *struct.unpack_from(">II", data, at + 8)) for at in places}


def collection(*fonts: bytes) -> bytes:
    """A TTC of these fonts: a header, then each file with its offsets moved."""
    start = 12 + 4 * len(fonts)
    moved, offsets = b"", []
    for font in fonts:
        offsets.append(start + len(moved))
        data = bytearray(font)
        for at, offset, _ in directory(font).values():
            struct.pack_into(">I", data, at + 8, offset + offsets[-1])
        moved += bytes(data)
    return b"ttcf" + struct.pack(f">II{len(fonts)}I", 0x10000, len(fonts), *offsets) + moved


def patched(font: str, place: tuple[str, int], value: bytes) -> bytes:
    """A shipped font with other bytes at an offset in a table."""
    data = bytearray((SHIPPED / font).read_bytes())
    start = directory(bytes(data))[place[0]][1] + place[1]
    data[start : start + len(value)] = value
    return bytes(data)


def test_an_installed_font_is_asked_before_the_shipped_one_and_no_other_role_changes(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "kai.ttf", tmp_path / "SIMFANG.TTF")
    fonts = installed([tmp_path])
    assert fonts.chain("仿宋") == ("仿宋/SIMFANG.TTF", "仿宋", "宋体", "罕用字")
    assert [fonts.choose("仿宋", char) for char in "预①𠮷"] == ["仿宋/SIMFANG.TTF", "仿宋/SIMFANG.TTF", "罕用字"]
    assert {role: fonts.chain(role) for role in fonts.roles if role != "仿宋"} == {
        role: shipped().chain(role) for role in fonts.roles if role != "仿宋"
    }


def test_an_installed_songti_stands_in_every_chain_and_nothing_is_lacking(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "hei.ttf", tmp_path / "simsun.ttf")
    fonts = installed([tmp_path])
    assert fonts.chain("黑体") == ("黑体", "宋体/simsun.ttf", "宋体", "罕用字")
    assert fonts.lacking("预算𠮷\u4dae") == set()


def test_what_would_not_be_one_em_or_of_one_width_stays_with_the_shipped_font(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "fangsong.ttf", tmp_path / "simfang.ttf")
    fonts = installed([tmp_path])
    digits = {fonts.widths("仿宋")[digit] for digit in "0123456789"}
    assert len(digits) == 1
    assert {fonts.widths("仿宋")[char] for char in "“”‘’—·"} == {1}
    assert fonts.choose("仿宋", "“") == "仿宋"


def test_the_fonts_of_a_collection_are_read_by_their_number(tmp_path: Path) -> None:
    kai, title = ((SHIPPED / name).read_bytes() for name in ("kai.ttf", "title.ttf"))
    path = tmp_path / "simsun.ttc"
    path.write_bytes(collection(kai, title))
    for number, name in enumerate(("kai.ttf", "title.ttf")):
        one, own = Sfnt(path, number), Sfnt(SHIPPED / name)
        glyph = own.glyph(ord("预"))
        assert one.name == own.name
        assert (one.glyph(ord("预")), one.outline(glyph), one.bearing(glyph)) == (
            glyph,
            own.outline(glyph),
            own.bearing(glyph),
        )
    with pytest.raises(BadFontError):
        Sfnt(path, 2)
    assert installed([tmp_path]).installed == (Installed("宋体", path),)


BROKEN = {
    "restricted": (patched("kai.ttf", ("OS/2", 8), b"\0\2"), "不许嵌入"),
    "no subsetting": (patched("kai.ttf", ("OS/2", 8), b"\1\4"), "不许只嵌入用到的字形"),
    "bitmaps only": (patched("kai.ttf", ("OS/2", 8), b"\2\0"), "不许只嵌入用到的字形"),
    "CFF": (b"OTTO" + bytes(100), "CFF"),
    "empty": (b"", "已损坏"),
    "text": ("不是字体".encode() * 10, "已损坏"),
    "cut": ((SHIPPED / "kai.ttf").read_bytes()[:200_000], "不完整"),
    "header alone": ((SHIPPED / "kai.ttf").read_bytes()[:40], "已损坏"),
    "collection's header alone": (b"ttcf\0\1\0\0", "已损坏"),
    "no em": (patched("kai.ttf", ("head", 18), b"\0\0"), "不完整"),
}


@pytest.mark.parametrize(("data", "said"), BROKEN.values(), ids=BROKEN)
def test_a_font_that_cannot_or_may_not_be_embedded_is_a_problem_with_its_file(
    data: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / "simkai.ttf").write_bytes(data)
    with pytest.raises(ProblemsError) as caught:
        installed([tmp_path])
    (problem,) = caught.value.problems
    assert (problem.rule, str(problem.where)) == ("OS-04", str(tmp_path / "simkai.ttf"))
    assert said in problem.what
    assert "随附的字体" in problem.fix


@pytest.mark.parametrize("rights", [b"\0\0", b"\0\4", b"\0\10"], ids=["installable", "preview", "editable"])
def test_a_font_that_may_be_embedded_is_taken(rights: bytes, tmp_path: Path) -> None:
    (tmp_path / "simkai.ttf").write_bytes(patched("kai.ttf", ("OS/2", 8), rights))
    assert [one.face for one in installed([tmp_path]).installed] == ["楷体"]


def test_the_first_folder_and_the_first_name_count(tmp_path: Path) -> None:
    for name in ("a/simkai.ttf", "b/simkai.ttf", "b/楷体_GB2312.ttf", "b/simhei.ttf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(SHIPPED / "kai.ttf", tmp_path / name)
    found = {one.face: one.path for one in installed([tmp_path / "a", tmp_path / "b"]).installed}
    assert found == {"黑体": tmp_path / "b/simhei.ttf", "楷体": tmp_path / "b/楷体_GB2312.ttf"}


def test_without_installed_fonts_a_set_is_the_shipped_one() -> None:
    fonts = FontSet(SHIPPED)
    assert fonts.installed == ()
    assert fonts.chain("楷体") == ("楷体", "宋体", "罕用字")

"""Make the shipped fonts from the upstream files: `python fonts/build.py UPSTREAM_DIR`.

Needs fontTools (extra `fonts`). Writes the .ttf files, fonts.json (what the program reads) and the
licence texts beside this script. Same upstream files and same fontTools, same bytes. README.md tells
why each font is made as it is.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
FANGSONG = "LXGWZhuqueFangsong-Regular.ttf"
SONG = "NotoSerifSC_400Regular.ttf"
DIGITS = {digit: unicodedata.name(digit).removeprefix("DIGIT ").lower() for digit in "0123456789"}
"""Glyph names of digits, zero to nine."""
PRIVATE = range(0xE000, 0xF900)
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))
KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)
UNNEEDED = ("BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "gasp", "vhea", "vmtx", "hdmx", "meta")
"""Tables of layout, vertical text and screens; hinting goes by the subsetter's own option."""


@dataclass(frozen=True)
class Recipe:
    """How one shipped font is made.

    `characters` says which are kept: 'unchanged', 'all', 'headings' (repertoire of a heading font)
    or 'rest' (what 宋体 lacks). `overlay` maps a character to the upstream glyph drawn for it.
    """

    key: str
    file: str
    family: str
    upstream: str
    origin: str
    licence: str
    characters: str
    overlay: dict[str, str] = field(default_factory=dict)


NOTO_SERIF = "npm @expo-google-fonts/noto-serif-sc 0.4.3"
NOTO_SANS = "npm @expo-google-fonts/noto-sans-sc 0.4.3"
TEXLIVE = "Debian unstable texlive-lang-chinese 2026.20260911-1"
RECIPES = (
    Recipe(
        "小标宋", "title.ttf", "BudgetReport Title", "NotoSerifSC_700Bold.ttf", NOTO_SERIF, "OFL-title.txt", "headings",
        {"—": "SF100000", "·": "uni30FB"},
    ),
    Recipe(
        "宋体", "song.ttf", "BudgetReport Song", SONG, NOTO_SERIF, "OFL-song.txt", "all",
        {"—": "SF100000", "·": "uni30FB"},
    ),
    Recipe(
        "黑体", "hei.ttf", "BudgetReport Hei", "NotoSansSC_500Medium.ttf", NOTO_SANS, "OFL-hei.txt", "headings",
        {"—": "SF100000"},
    ),
    Recipe(
        "仿宋", "fangsong.ttf", "", FANGSONG, TEXLIVE, "OFL-fangsong.txt", "unchanged",
        {
            "“": "quotedblleft.uv002", "”": "quotedblright.uv002", "‘": "quoteleft.uv002", "’": "quoteright.uv002",
            "·": "periodcentered.vert", **{digit: f"{name}.tf" for digit, name in DIGITS.items()},
        },
    ),
    Recipe(
        "楷体", "kai.ttf", "BudgetReport Kai", "LXGWWenKaiGBLite-Regular.ttf", TEXLIVE, "OFL-kai.txt", "headings",
        {
            "“": "quotedblleft.full", "”": "quotedblright.full", "‘": "quoteleft.full", "’": "quoteright.full",
            "·": "katakanamiddledot", "—": "horizontalbar",
        },
    ),
    Recipe(
        "罕用字", "rare.ttf", "BudgetReport Rare", "HanaMinB.ttf", "Debian fonts-hanazono 20170904-2.1",
        "HANAZONO.txt", "rest",
    ),
)  # fmt: skip
CHAINS = {key: list(dict.fromkeys([key, "宋体", "罕用字"])) for key in ("小标宋", "宋体", "黑体", "仿宋", "楷体")}


def main(upstream: Path) -> None:
    """Build every font, then the index."""
    faces = {}
    for recipe in RECIPES:
        entry = build(recipe, upstream)
        faces[recipe.key] = entry
        print(f"{recipe.key} {entry['file']} {entry['bytes']:,}", file=sys.stderr)  # noqa: T201 - a script's progress
    index = {"roles": CHAINS, "faces": faces}
    (HERE / "fonts.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def build(recipe: Recipe, upstream: Path) -> dict[str, object]:
    """Write one font and its licence; give its entry of fonts.json."""
    source = upstream / recipe.upstream
    font = TTFont(source, recalcTimestamp=False, recalcBBoxes=False)
    copyright_line = " ".join(font["name"].getDebugName(0).split())
    overlay = recipe.overlay | (tabular_digits(font) if "Noto" in recipe.upstream else {})
    target = HERE / recipe.file
    if recipe.characters == "unchanged":
        shutil.copyfile(source, target)
    else:
        reduce_to(font, repertoire(recipe, font, upstream), set(overlay.values()))
        rename(font, recipe, copyright_line)
        font.save(target, reorderTables=False)
    write_licence(recipe, copyright_line)
    data = target.read_bytes()
    return {
        "file": recipe.file,
        "upstream": recipe.upstream,
        "origin": recipe.origin,
        "copyright": copyright_line,
        "licence": f"licenses/{recipe.licence}",
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "overlay": {f"U+{ord(char):04X}": font.getGlyphID(name) for char, name in sorted(overlay.items())},
    }


def tabular_digits(font: TTFont) -> dict[str, str]:
    """The digits of one width that Noto keeps for other languages (`locl`); its own are proportional."""
    substitutes: dict[str, str] = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "locl":
            for index in record.Feature.LookupListIndex:
                for subtable in gsub.LookupList.Lookup[index].SubTable:
                    substitutes |= getattr(getattr(subtable, "ExtSubTable", subtable), "mapping", {})
    cmap = font.getBestCmap()
    digits = {digit: substitutes[cmap[ord(digit)]] for digit in DIGITS}
    if len({font["hmtx"][name][0] for name in digits.values()}) != 1:
        raise ValueError(f"digits of {font['name'].getDebugName(6)} differ in width")
    return digits


def repertoire(recipe: Recipe, font: TTFont, upstream: Path) -> set[int]:
    """The code points that the font keeps.

    Headings: every hanzi of the body font 朱雀仿宋 (which holds GB2312 and 通用规范汉字表), so that a
    name does not change its font between text and heading, and everything that is no hanzi.
    """
    own = {code for code in font.getBestCmap() if code not in PRIVATE and code >= ord(" ")}
    if recipe.characters == "all":
        return own
    other = set(TTFont(upstream / (SONG if recipe.characters == "rest" else FANGSONG), lazy=True).getBestCmap())
    if recipe.characters == "rest":
        return {code for code in own - other if is_han(code)}
    gb2312 = {ord(char) for char in characters_of("gb2312")}
    return {code for code in own if code in other or code in gb2312 or not (is_han(code) or is_hangul(code))}


def characters_of(encoding: str) -> set[str]:
    """All two-byte characters of a legacy Chinese encoding."""
    pairs = (bytes((high, low)) for high in range(0xA1, 0xFF) for low in range(0xA1, 0xFF))
    return set().union(*(pair.decode(encoding, errors="ignore") for pair in pairs))


def is_han(code: int) -> bool:
    """Whether a code point lies in a block of hanzi."""
    return any(code in block for block in HAN)


def is_hangul(code: int) -> bool:
    """Whether a code point is Korean script, which no heading of ours holds."""
    return code in range(0x1100, 0x1200) or code in range(0xAC00, 0xD7B0)


def reduce_to(font: TTFont, codes: set[int], glyphs: set[str]) -> None:
    """Drop all other characters, hinting, and layout and vertical tables."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.drop_tables += UNNEEDED
    options.notdef_outline = True
    options.name_IDs = list(KEPT_NAMES)
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes, glyphs=glyphs)
    subsetter.subset(font)


def rename(font: TTFont, recipe: Recipe, copyright_line: str) -> None:
    """Give the font a name of ours: the OFL reserves some upstream names, and this is not upstream's font."""
    names = font["name"]
    licence_texts = {i: names.getDebugName(i) for i in (13, 14)}
    names.names = []
    post_script = recipe.family.replace(" ", "") + "-Regular"
    texts = {
        0: f"{copyright_line} Modified for budgetreport: characters, hinting and layout tables removed; renamed.",
        1: recipe.family,
        2: "Regular",
        3: post_script,
        4: recipe.family,
        5: "Version 1.000",
        6: post_script,
        **licence_texts,
    }
    for name_id, text in texts.items():
        if text:
            names.setName(text, name_id, 3, 1, 0x409)


def write_licence(recipe: Recipe, copyright_line: str) -> None:
    """The OFL must stand beside each font with that font's own copyright line."""
    if recipe.licence.startswith("OFL"):
        text = (HERE / "licenses" / "OFL-1.1.txt").read_text(encoding="utf-8")
        (HERE / "licenses" / recipe.licence).write_text(f"{copyright_line}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

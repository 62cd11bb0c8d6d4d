"""`fonts`: roles, their faces, licences and coverage; or which face draws each character of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from budgetreport.cli.console import Console, Exit
from budgetreport.cli.installed import chosen
from budgetreport.cli.options import format_option
from budgetreport.problems import ProblemsError
from budgetreport.typeset.fonts import FontSet, MissingGlyphError, shipped
from budgetreport.typeset.repertoires import Share, coverage


@click.command(options_metavar="[选项]")
@click.option("--text", default="", metavar="文字", help="这段文字的每个字，各角色由哪个字体印")
@click.option("--fonts", "wanted", default="", metavar="来源", help="用已安装的字体：windows，或字体所在的文件夹")
@format_option
def fonts(text: str, wanted: str, as_json: bool) -> int:  # noqa: FBT001 - click gives flags by position
    """列出字体：角色、文件、许可、收字，或一段文字由谁印。"""
    console = Console("fonts", as_json)
    try:
        having = chosen(wanted) if wanted else shipped()
    except ProblemsError as error:
        console.problems += error.problems
        return console.finish(Exit.MACHINE)
    return _characters(having, text, console) if text else _listed(having, console)


def _characters(having: FontSet, text: str, console: Console) -> int:
    """Which face draws each character in each role; an error where none does."""
    found: list[dict[str, object]] = []
    for char in dict.fromkeys(text):
        faces = {role: _drawing(having, role, char) for role in having.roles}
        found.append({"char": char, "code": f"U+{ord(char):04X}", "faces": faces})
        said = "；".join(f"{role}：{face}" for role, face in faces.items()) if any(faces.values()) else "没有字体可印"
        console.say(f"{char if char.isprintable() else '控制字符'}  U+{ord(char):04X}  {said}")
    drawn = all(_drawing(having, having.roles[0], char) for char in text)
    return console.finish(Exit.FINE if drawn else Exit.ERRORS, characters=found)


def _drawing(having: FontSet, role: str, char: str) -> str:
    """The key of the face that draws the character; '' where none does."""
    try:
        return having.choose(role, char)
    except MissingGlyphError:
        return ""


def _listed(having: FontSet, console: Console) -> int:
    """The roles with their chains, the faces with what they hold."""
    roles: list[dict[str, object]] = []
    for role in having.roles:
        chain = having.chain(role)
        shares = _shares(having, *chain)
        roles.append({"role": role, "chain": list(chain), "coverage": _as_json(shares)})
        console.say(f"{role}  {' → '.join(chain)}\n  {_said(shares)}")
    console.say("")
    faces: list[dict[str, object]] = []
    for key, file, licence in _faces(having):
        name, shares = having.face(key).sfnt.name, _shares(having, key)
        faces.append({"face": key, "file": file, "name": name, "licence": licence, "coverage": _as_json(shares)})
        console.say(f"{key}  {file}  {name}\n  许可：{licence}\n  {_said(shares)}")
    return console.finish(Exit.FINE, roles=roles, faces=faces)


def _faces(having: FontSet) -> Iterator[tuple[str, str, str]]:
    """Each face's key, file and licence; installed ones first: they are asked first."""
    for one in having.installed:
        rights = having.face(one.key).sfnt.rights
        yield one.key, str(one.path), f"已安装的字体，按字体公司的约定（fsType {rights}，可以嵌入）"
    for key, entry in having.entries.items():
        yield key, entry["file"], f"{entry['copyright']}（fonts/{entry['licence']}）"


def _shares(having: FontSet, *keys: str) -> tuple[Share, ...]:
    """Coverage by these faces together."""
    faces = [having.face(key) for key in keys]
    return coverage(lambda char: any(face.has(char) for face in faces))


def _as_json(shares: Sequence[Share]) -> list[dict[str, object]]:
    return [{"set": share.name, "drawn": share.drawn, "of": share.of} for share in shares]


def _said(shares: Sequence[Share]) -> str:
    """Coverage in a line."""
    return "，".join(f"{share.name} {share.drawn}/{share.of}" for share in shares)

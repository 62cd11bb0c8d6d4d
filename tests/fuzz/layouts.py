"""Layouts and a bureau's rules with mistakes made by chance: bytes, values, runaway expressions."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.fuzz.chance import Chance
from tests.fuzz.hostile import TEXTS

PROJECT = Path(__file__).parents[2]
LAYOUTS = PROJECT / "layouts"
RUNAWAY = (
    "{% for i in range(10000) %}{% for j in range(10000) %}x{% endfor %}{% endfor %}",
    "{{ 'x' * 10**9 }}", "{{ 9**99**9 }}", "{{ [1] * 10**9 }}", "{{ '%999999999d' % 1 }}", "{{ 'x'.ljust(10**9) }}",
    "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}", "{{ '{:>999999999}'.format(1) }}",
    "{{ range(10**9)|list }}", "{{ sum().__class__ }}", "{{ unit.__init__.__globals__ }}", "{{ cycler }}",
    "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% extends '../../x' %}", "{{ self }}", "{{ loop }}",
    "{{ ledger|map('replace', 'a', 'b')|list }}", "{{ 1/0 }}", "{{ sum() / 0 }}", "{{ none + 1 }}", "{{ year.x.y }}",
    "{{ sum(use='没有') }}", "{{ cell('a', 'b', 'c') }}", "{{ name('x', 'y') }}", "{{ present('x') }}", "{{ unit }}",
    "{{ (((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))) }}", "{{", "{% if %}", "{% raw %}", "{# ",
)  # fmt: skip
EXPRESSIONS = (
    "find(texts, '(a+)+$')", "find(texts, '(.*)*x{1,60}(.*)*y')", "range(10000)|map('string')|join|length * 10**9",
    "pairs(texts, pairs(texts, texts))", "texts|map('length')|sum > 0", "matches('" + "a" * 40 + "!', '^(a|aa)+$')",
    "replaced('a', '', 'x' * 1000000)", "'x' * 10**9", "9 ** 9 ** 9", "it.__class__", "texts[0].document.__init__.__globals__",
    "cell('没有', '', '')", "texts[10**9]", "none.x", "number('x')", "total(texts)", "first([])", "1/0", "{}['x']", "[", "a b",
)  # fmt: skip
PATTERNS = (
    "(a+)+$",
    "(.*)*",
    "(.|\\n)*?\\d{50}(.|\\n)*",
    "[",
    "(?P<x>",
    "a{999999999}",
    "(" * 200,
    "(?:x?){100}x{100}",
    ".",
    "",
    "(?<=.*)x",
)
VALUES = (
    "", "~", "[]", "{}", "[a, b]", "{a: b}", "yes", "-1", "0", "999999999999999999", "1e9", ".nan", "*x", "&x y", "!!python/object:os.system x",
    "<<", "../../etc", "'", '"', "- - - -", "{{ 7*7 }}", "|", ">", "%", "@", "\t", "没有", "any", "none", "{not: 没有}",
)  # fmt: skip


def layout_changed(chance: Chance, folder: Path, layout: str) -> str:
    """A copy of all layouts under `folder`/layouts with mistakes in a file of one, or of what all inherit: which, what."""
    made = folder / "layouts"
    shutil.copytree(LAYOUTS, made)
    region = layout.partition("/")[0]
    inherited = (path for name in ("common", region) for path in (made / name).rglob("*"))
    files = sorted(path for path in inherited if path.suffix in (".yaml", ".j2", ".csv"))
    path = chance.pick(files)
    how = " + ".join(_file_changed(chance, path) for _ in range(chance.some(1, 2)))
    return f"{path.relative_to(made).as_posix()}: {how}"


def _file_changed(chance: Chance, path: Path) -> str:
    data = path.read_bytes()
    kind = chance.below(6)
    if kind == 0 and data:
        at = chance.below(len(data))
        path.write_bytes(data[:at] + bytes([chance.below(256)]) + data[at + chance.below(4) :])
        return "bytes"
    lines = data.decode("utf-8", "replace").splitlines()
    at = chance.below(len(lines)) if lines else 0
    if kind == 1 and lines:
        del lines[at : at + chance.some(1, 3)]
        how = f"line {at + 1} deleted"
    elif kind == 2 and lines:
        lines.insert(chance.below(len(lines)), lines[at])
        how = f"line {at + 1} again"
    elif path.suffix == ".j2":
        lines.insert(at, chance.pick((*RUNAWAY, *TEXTS)))
        how = f"line {at + 1} inserted"
    elif lines and ":" in lines[at]:
        key, _, value = lines[at].partition(":")
        among = (
            PATTERNS
            if key.strip() in ("find", "except", "match")
            else EXPRESSIONS
            if "checks" in path.parts
            else VALUES
        )
        told = _quoted(chance.pick((*among, *RUNAWAY, *EXPRESSIONS))) if chance.one_in(2) else chance.pick(VALUES)
        lines[at] = f"{key}: {told}" + (value[value.rindex("}") :] if "}" in value and chance.one_in(2) else "")
        how = f"line {at + 1} given {told}"
    else:
        lines.insert(at, chance.pick(("  ", "", "- ", "? ", "a: b: c", "x:", "...", "---", "% x", "\t- a")))
        how = f"line {at + 1} inserted"
    path.write_text("\n".join([*lines, ""]), "utf-8", errors="replace")
    return how


def rules_made(chance: Chance, folder: Path) -> str:
    """A bureau's own rules, some of them runaway or broken, in `folder`/rules."""
    (folder / "rules").mkdir()
    said = []
    for number in range(chance.some(1, 4)):
        rule = [
            f"  本-{number:02d}:",
            "    name: 某事不对",
            "    level: " + chance.pick(("错误", "警告", "提示", "警告", "提示", "没有")),
        ]
        if chance.one_in(2):
            rule.append("    find: " + _quoted(chance.pick(PATTERNS)))
        else:
            rule.append("    each: " + _quoted(chance.pick((*EXPRESSIONS, "texts", "tables", "[1]"))))
            rule.append("    require: " + _quoted(chance.pick((*EXPRESSIONS, "it", "false"))))
        rule += ["    basis: 惯例", "    fix: 改正"]
        rule.append("    what: " + _quoted(chance.pick((chance.pick(RUNAWAY), "这里不对", "“{{ text }}”不对"))))
        if chance.one_in(4):
            rule.append(f"    {chance.pick(('mend', 'where', 'also', 'if', 'when', 'x'))}: {chance.pick(VALUES)}")
        said += rule
    (folder / "rules" / "本局.yaml").write_text("\n".join(["rules:", *said, ""]), "utf-8")
    return "\n".join(said)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

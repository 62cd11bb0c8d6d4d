"""Values that have hurt programs: what a fuzzer puts where something else should be."""

from __future__ import annotations

from typing import Any

NAMES = (
    "CON", "nul.json", "a/b", "a\\b", "../../etc/passwd", "..", ".", "name. . ", ".hidden", "~$tmp", "con.pdf",
    "a:b", "|", "<>", "C:\\x", "//host/share", "a\nb", "\u202e反向", "\u200b", "[sheet]", "'quoted'", "History",
)  # fmt: skip
TEXTS = (
    "", " ", "\u3000", "{{ 7*7 }}", "{% for i in range(10000) %}{% endfor %}", "{{ ''.__class__.__mro__ }}",
    "{#", "}}", "=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x")',
    "<para>", "<b>粗</b>", "&amp;&lt;", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "%PDF-1.7", "(\\", ")\\", "endstream",
    "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd00\ufdd1甲\ufdd2", "\ufdd099999\ufdd1x\ufdd2", "\u202e右到左\u202c", "\u200f", "\u0301", "\u200d",
    "\ufeff", "\u00ad", "\u2028", "\u2029", "\ue000", "𠮷野家", "䶮", "🏛️", "é", "ﬁ", "①", "㍿", "ｱ", "العربية", "हिन्दी",
    "一\n二", "一\r\n二", "制\t表", "\x7f", "\x85", "_x0041_", "_x000D_", "\\u0000", "%s%n", "$(id)", "`id`", "'; DROP--",
    "1e5", "１２３", "1,234.56", "-0", "0.00", "二〇二六年", "，", "。。", "（", "）（", "“”", "一" * 40, "长" * 500, "A" * 300,
    "a b " * 60, "8" * 60, "http://" + "a" * 200, *NAMES,
)  # fmt: skip
NUMBERS: tuple[Any, ...] = (
    0, -0.0, -1, 0.01, 0.001, 1e-7, 85.2100001, 99999999.99, 10**9, 10**13, 1e15, 1e99, 2**31, 2**63, -(2**63), 0.1 + 0.2,
)  # fmt: skip
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], [{}], {"": ""}, [None], [1, "1"], {"amount": 1})
RAW = (
    b"\xff", b"\xfe\xff", b"\x00", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\x81\x30\x81\x30", b'"', b"\\", b"\\u0000",
    b"\\ud800", b"{", b"}", b"[" * 60, b"]", b",", b",,", b":", b"//", b"/*", b"NaN", b"-", b"1e999", b"0" * 50, b"\r", b"\n", b"\t",
    "，".encode(), "：".encode(), "“".encode(), "１".encode(), "\u3000".encode(),
)  # fmt: skip
